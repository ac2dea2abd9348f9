"""A year of a thousand debtors: nobody who paid, promised or disputed is reminded, and no debt is forgotten."""

from bot.domain.workdays import Workdays
from handlers.app import default_ladder
from tests.support.debtors import year


def test_a_year_of_a_thousand_clients_reminds_everybody_and_nobody_wrongly() -> None:
    found = year(default_ladder(), Workdays(public=True), 1000)
    assert found.wrong == []
    assert sorted(found.sent) == ["late_1", "late_14", "late_30", "late_7", "soon", "today"]
    assert (found.bills > 7000, found.promises > 500, found.broken > 100, found.claims > 300, found.disputes > 300) == (
        (True,) * 5
    )  # fmt: skip

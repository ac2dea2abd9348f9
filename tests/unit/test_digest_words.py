"""The digest under its picture: all of it fits, however long names and sums are."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bot.domain.aging import Age, Aging
from bot.domain.money import ZERO, Money
from bot.domain.promises import PromiseView
from bot.domain.receivable import Debt
from bot.i18n import translator
from bot.services.debts import Owed
from bot.services.digest import Answers, Change, Debtor, DigestView, Told
from bot.services.standing import LastKnown
from handlers.staff.debt_words import share
from handlers.staff.digest import CAPTION, chart, digest_text
from tests.support.desk import MONDAY_MORNING

DAY = date(2026, 11, 23)
SUM = Money(12_345_678_900)
TOLD = Told(DAY, 123_456, 12_345, SUM, 12_345, SUM)
LONG = "Товариство з обмеженою відповідальністю «Ресторанно-готельний комплекс Дніпровські зорі»"
PROMISE = PromiseView(
    UUID(int=2), UUID(int=1), LONG, None, "Олена", DAY, DAY, {"d": SUM.kopiykas}, MONDAY_MORNING, None, None, ""
)
NOTHING_SAID = Answers((), (), 0, 0)
MUCH_SAID = Answers((PROMISE,) * 300, (PROMISE,) * 300, 1234, 1234)


def debt(rest: Money, *, overdue: bool) -> Debt:
    return Debt(1, "d", "shipment", "РН-1", DAY, rest, DAY, rest, overdue)


def debtor(name: str) -> Debtor:
    debts = (debt(SUM, overdue=True), debt(SUM, overdue=False))
    return Debtor(UUID(int=1), name, Owed(debts, ZERO, DAY))


def view(*debtors: Debtor, answers: Answers = NOTHING_SAID) -> DigestView:
    changes = (Change(DAY, SUM, ZERO - SUM), Change(DAY, ZERO - SUM, SUM))
    return DigestView(
        DAY,
        debtors,
        Aging((SUM,) * len(Age)),
        SUM,
        changes,
        TOLD,
        answers,
        (1234, SUM),
        (12, SUM),
        LastKnown(MONDAY_MORNING),
    )


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_the_longest_digest_fits_under_a_picture_with_all_ten(language: str) -> None:
    text = digest_text(translator(language), view(*[debtor(LONG)] * 300, answers=MUCH_SAID), CAPTION)
    assert len(text.striptags()) <= CAPTION
    assert "<b>10.</b> " in text
    assert "<b>11.</b> " not in text


def test_without_a_picture_names_and_overdue_are_said_in_full() -> None:
    text = digest_text(translator("uk"), view(*[debtor("Ресторан «Дніпровські зорі»")] * 10), None)
    assert text.count("Ресторан «Дніпровські зорі»: 246\u00a0913\u00a0578,00\u00a0грн, прострочено 123") == 10


def test_what_clients_promised_and_said_is_told() -> None:
    said = replace(MUCH_SAID, today=(PROMISE,), broken=(), disputes=0)
    text = digest_text(translator("uk"), view(debtor("Кафе"), answers=said), None)
    assert "Обіцяно на сьогодні: 1 (123\u00a0456\u00a0789,00\u00a0грн)\nКажуть, що сплачено: 1234" in text


def test_a_name_is_never_a_tag() -> None:
    text = digest_text(translator("uk"), view(debtor("<b>&co")), CAPTION)
    assert "&lt;b&gt;&amp;co" in text


def test_the_chart_has_a_bar_for_every_age_and_marks_those_that_are_late() -> None:
    drawn = chart(translator("uk"), view(debtor("Кафе")))
    assert [(bar.label, bar.late) for bar in drawn.bars] == [
        ("вчасно", False), ("1–7 днів", True), ("8–14 днів", True), ("15–30 днів", True), ("31–60 днів", True),
        ("понад 60", True),
    ]  # fmt: skip
    assert (drawn.title, drawn.subtitle) == (
        "Борги на 23.11.2026",
        "Прострочено 617\u00a0283\u00a0945,00\u00a0грн (83 %)",
    )


@pytest.mark.parametrize(
    ("late", "owed", "said"), [(0, 100, 0), (1, 10**9, 1), (500, 1000, 50), (1000, 1000, 100), (999, 1000, 99)]
)
def test_what_is_overdue_is_never_called_nothing(late: int, owed: int, said: int) -> None:
    assert share(Aging((Money(owed - late), Money(late), ZERO, ZERO, ZERO, ZERO))) == said

"""A client left alone with a day and a reason in finance's own words."""

from datetime import date

import pytest

from bot.domain.errors import NotFound, Refused
from bot.domain.promises import ExemptionView
from tests.db.people import ANDRII, DNIPRO, RANOK
from tests.services.backroom import Backroom
from tests.services.cashbox import Cashbox
from tests.services.reminding import FRIDAY, OKSANA, Reminding

WHY = "чекаємо на акт звірки"
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def reminding(backroom: Backroom) -> Reminding:
    """On each database in turn, on a Friday."""
    reminding = Reminding(Cashbox(backroom))
    reminding.at(FRIDAY)
    return reminding


async def exemptions(reminding: Reminding) -> list[tuple[str, int | None, date | None, str, str]]:
    found = [one for _, one in await reminding.desk.holds()]
    return [
        (one.client, one.grace, one.until, one.reason, one.made_by) for one in found if isinstance(one, ExemptionView)
    ]


async def test_a_day_and_a_reason_of_ones_own_stand_in_the_list_with_who(reminding: Reminding) -> None:
    await reminding.desk.exempt(RANOK.id, None, CHRISTMAS, f"  {WHY} ", OKSANA)
    assert await exemptions(reminding) == [(RANOK.name, None, CHRISTMAS, WHY, "Оксана")]


async def test_the_last_word_counts_and_the_same_word_twice_is_one(reminding: Reminding) -> None:
    for _ in range(2):
        await reminding.desk.exempt(RANOK.id, 7, None, WHY, OKSANA)
    ((_, first),) = await reminding.desk.holds()
    await reminding.desk.exempt(RANOK.id, 14, CHRISTMAS, WHY, ("Петро", "telegram:2002"))
    assert await exemptions(reminding) == [(RANOK.name, 14, CHRISTMAS, WHY, "Петро")]
    ended = await reminding.room.books.read(lambda tx: tx.promises.exemption_view(first.id))
    assert ended is not None
    assert (ended.reason, ended.ended_by) == (WHY, "Петро")


@pytest.mark.parametrize(
    ("grace", "until", "reason", "code"),
    [
        (None, CHRISTMAS, " ", "no_exemption"),
        (0, CHRISTMAS, WHY, "no_exemption"),
        (61, CHRISTMAS, WHY, "no_exemption"),
        (None, date(2026, 11, 26), WHY, "promise_past"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    reminding: Reminding, grace: int | None, until: date, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        await reminding.desk.exempt(RANOK.id, grace, until, reason, OKSANA)
    assert (caught.value.code, await exemptions(reminding)) == (code, [])


async def test_today_may_be_the_last_day(reminding: Reminding) -> None:
    await reminding.desk.exempt(RANOK.id, None, FRIDAY, WHY, OKSANA)
    assert [until for _, _, until, _, _ in await exemptions(reminding)] == [FRIDAY]


async def test_a_client_nobody_knows_is_not_left_alone(reminding: Reminding) -> None:
    with pytest.raises(NotFound):
        await reminding.desk.exempt(ANDRII, None, CHRISTMAS, WHY, OKSANA)


async def test_a_client_is_called_by_the_code_that_its_screen_shows(reminding: Reminding) -> None:
    for client in (RANOK, DNIPRO):
        view = await reminding.forecasts.debtor(client.id)
        assert await reminding.desk.called(view.code) == client.id
    assert await reminding.desk.called("ранок") == RANOK.id


@pytest.mark.parametrize("said", ["нема такого", "о"])
async def test_a_name_of_nobody_or_of_several_is_refused(reminding: Reminding, said: str) -> None:
    with pytest.raises(Refused) as caught:
        await reminding.desk.called(said)
    assert caught.value.code == "no_exemption"

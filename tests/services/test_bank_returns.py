"""What of a transfer goes back: it is divided no more, stands until finance ticks it off, and can be called off."""

import pytest

from bot.domain.bank import LineState, ReturnState
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import Money
from bot.services.bank import Returning
from bot.services.bank.news import TransferNews
from tests.db.people import OLENA, RANOK
from tests.services.backroom import Backroom
from tests.services.cashbox import PETRO
from tests.services.test_bank import OKSANA, Till, owes, paid

WHY = "переплата за рахунком"


@pytest.fixture
async def till(backroom: Backroom) -> Till:
    """On each database in turn: 1600 hryvnias came, and whose they are has to be said."""
    await backroom.sign_in(OLENA, "telegram", "1")
    till = Till(backroom)
    await owes(till)
    await till.takes(paid("1600.00"))
    return till


@pytest.fixture
def returning(till: Till) -> Returning:
    return Returning(till.room.books, till.room.clock)


async def split(till: Till, *sums: tuple[str, str]) -> None:
    await till.desk.split(1, sums, OKSANA)


async def to_return(till: Till) -> tuple[int, Money]:
    return (await till.desk.overview()).to_return


async def test_what_was_paid_too_much_goes_back_with_who_how_much_and_why(till: Till, returning: Returning) -> None:
    await split(till, ("РН-77", "1000.10"), ("РН-81", "500.20"))
    await returning.ask(1, Money.of("99.70"), WHY, OKSANA)
    view = await till.line()
    (one,) = view.returns
    assert (one.amount, one.reason, one.asked_by, one.state) == (Money(9970), WHY, "Оксана", ReturnState.OPEN)
    assert (view.advance, view.returnable, view.row.state) == (Money(0), Money(0), LineState.SPLIT)
    overview = await till.desk.overview()
    assert (overview.to_return, [row.number for row, _ in overview.returning]) == ((1, Money(9970)), [1])


async def test_the_client_does_not_read_of_it_as_of_an_advance(till: Till, returning: Returning) -> None:
    await split(till, ("РН-77", "1000.10"))
    await returning.ask(1, Money.of(500), WHY, OKSANA)
    news = TransferNews(till.room.books, till.room.standing, till.room.clock)
    view = await news.booked(1, 1, RANOK.id)
    assert view is not None
    assert (view.amount, view.advance) == (Money.of(1600), Money(9990))


async def test_it_stands_until_finance_says_that_it_has_left_and_that_can_be_taken_back(
    till: Till, returning: Returning
) -> None:
    await split(till, ("РН-77", "1000.10"))
    await returning.ask(1, Money.of(500), WHY, OKSANA)
    await returning.done(1, 1, PETRO)
    (one,) = (await till.line()).returns
    assert (one.state, one.ended_by, await to_return(till)) == (ReturnState.RETURNED, "Петро", (0, Money(0)))
    assert (await till.line()).advance == Money(9990)
    await returning.undo(1, 1, ReturnState.RETURNED, OKSANA)
    assert await to_return(till) == (1, Money.of(500))
    await returning.undo(1, 1, ReturnState.OPEN, OKSANA)
    view = await till.line()
    assert (await to_return(till), view.advance, view.returns[0].state) == (
        (0, Money(0)), Money(59990), ReturnState.CALLED_OFF,
    )  # fmt: skip


async def test_a_part_that_goes_back_is_not_divided(till: Till, returning: Returning) -> None:
    await returning.ask(1, Money.of(600), WHY, OKSANA)
    assert await till.desk.unidentified() == (1, Money.of(1000))
    with pytest.raises(Refused) as caught:
        await split(till, ("РН-77", "1000.10"))
    assert (caught.value.code, caught.value.values) == ("more_than_came", {"limit": Money.of(1000)})
    (choice,) = (await till.line()).choices
    view = await till.desk.choose(1, choice.candidate.client, choice.mark, OKSANA, oldest=True)
    assert [(one.called, one.part.amount) for one in view.parts] == [("РН-81", Money(50020)), ("РН-77", Money(49980))]
    assert view.advance == Money(0)


async def test_what_goes_back_whole_is_nobodys_until_it_is_called_off(till: Till, returning: Returning) -> None:
    await returning.ask(1, Money.of(1600), "mistake", OKSANA)
    view = await till.line()
    assert (view.row.state, view.row.apart) == (LineState.IGNORED, "to_return")
    assert await till.desk.unidentified() == (0, Money(0))
    with pytest.raises(Outdated):
        await till.desk.undo(1, view.row.booking, OKSANA)
    await returning.undo(1, 1, ReturnState.OPEN, OKSANA)
    assert (await till.line()).row.state is LineState.UNDONE
    assert await till.desk.unidentified() == (1, Money.of(1600))


async def test_a_booking_undone_of_which_all_goes_back_leaves_nothing_to_identify(
    till: Till, returning: Returning
) -> None:
    await split(till, ("РН-77", "0.10"))
    await till.desk.undo(1, 1, OKSANA)
    await returning.ask(1, Money.of("1599.90"), WHY, OKSANA)
    await split(till, ("РН-77", "0.10"))
    await returning.done(1, 1, OKSANA)
    await till.desk.undo(1, 2, OKSANA)
    assert await till.desk.unidentified() == (1, Money(10))
    await returning.ask(1, Money(10), WHY, OKSANA)
    assert await till.stands() == "ignored"


async def test_all_on_account_and_all_of_it_back_is_set_aside_when_it_is_undone(
    till: Till, returning: Returning
) -> None:
    found = await till.desk.find(1, "ранок")
    client = found.choices[0].candidate.client
    await till.owes()
    (choice,) = (await till.desk.find(1, "ранок")).choices
    await till.desk.choose(1, client, choice.mark, OKSANA)
    await returning.ask(1, Money.of(1600), WHY, OKSANA)
    assert await till.stands() == "chosen"
    await till.desk.undo(1, 1, OKSANA)
    assert ((await till.line()).row.apart, await till.desk.unidentified()) == ("to_return", (0, Money(0)))


@pytest.mark.parametrize(
    ("sum_", "reason", "code"),
    [
        ("599.91", WHY, "more_than_free"),
        ("0", WHY, "not_positive"),
        ("-5", WHY, "not_positive"),
        ("5", " ", "no_reason"),
    ],
)
async def test_what_cannot_go_back_is_refused(
    till: Till, returning: Returning, sum_: str, reason: str, code: str
) -> None:
    await split(till, ("РН-77", "1000.10"))
    with pytest.raises(Refused) as caught:
        await returning.ask(1, Money.of(sum_), reason, OKSANA)
    assert (caught.value.code, await to_return(till)) == (code, (0, Money(0)))


async def test_one_at_a_time_goes_back_and_each_step_is_made_once(till: Till, returning: Returning) -> None:
    await returning.ask(1, Money.of(5), WHY, OKSANA)
    with pytest.raises(Outdated):
        await returning.ask(1, Money.of(5), WHY, PETRO)
    await returning.done(1, 1, OKSANA)
    for late in (returning.done(1, 1, PETRO), returning.undo(1, 1, ReturnState.OPEN, PETRO)):
        with pytest.raises(Outdated):
            await late
    await returning.ask(1, Money.of(7), WHY, OKSANA)
    with pytest.raises(Outdated):
        await returning.undo(1, 1, ReturnState.RETURNED, PETRO)
    assert await to_return(till) == (1, Money.of(7))


async def test_a_payment_that_is_not_there_cannot_go_back(returning: Returning) -> None:
    for asked in (returning.ask(9, Money.of(5), WHY, OKSANA), returning.done(9, 1, OKSANA)):
        with pytest.raises(NotFound):
            await asked

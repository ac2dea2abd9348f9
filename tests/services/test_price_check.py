"""Orders agreed on unchecked prices: what moved is told, and asked about where it matters."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from bot.domain.accounting import Subject
from bot.domain.dialogue import Turn
from bot.domain.difference import DifferenceKind
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Run
from bot.domain.money import Money
from bot.domain.order import Repeatable, State
from bot.domain.pricelist import OfferRecord
from bot.services.handover import SUBMIT
from bot.services.price_check import PriceCheck, PriceQuestion, check_job
from tests.db.people import DNIPRO, OLENA, RANOK, turn
from tests.db.test_orders import CREAM_LINE, MILK_LINE
from tests.services.backroom import Backroom, Told
from tests.support.desk import MONDAY_MORNING, RULES

AGREED = Money.of("1149.60")


def check(room: Backroom) -> PriceCheck:
    """Without a look at the ledger's prices: the tests set those that are here."""
    return PriceCheck(room.books, RULES, room.clock)


async def looked(room: Backroom) -> None:
    await check(room).run(Run("1", check_job(room.clock()), 1))


async def agreed(room: Backroom, *lines: object) -> UUID:
    """An order on the last known prices that is on its way, and Olena listens."""
    await room.sign_in(OLENA, "telegram", "1")
    total = sum((line.amount for line in lines), Money(0)) if lines else AGREED  # type: ignore[attr-defined]
    return await room.handed(*lines, total=total, provisional=True)


async def question(room: Backroom, order_id: UUID) -> PriceQuestion:
    return await check(room).question(RANOK, order_id, "uk")


@pytest.mark.parametrize(
    ("price", "stock", "verdict", "matters"),
    [
        ("50.00", "100", Repeatable.DEARER, True),
        ("45.00", "100", Repeatable.CHEAPER, False),
        (None, "100", Repeatable.GONE, True),
        ("47.90", "0", Repeatable.OUT_OF_STOCK, True),
        ("47.90", "23", Repeatable.SAME, True),
        ("45.00", "23", Repeatable.CHEAPER, True),
    ],
)
async def test_each_verdict(room: Backroom, price: str | None, stock: str, verdict: Repeatable, matters: bool) -> None:
    order_id = await agreed(room)
    await room.price("10661", price)
    await room.stock("10661", stock)
    asked = await question(room, order_id)
    assert [line.verdict for line in asked.lines] == [verdict]
    assert asked.matters is matters


async def test_what_did_not_move_is_settled_without_a_word(room: Backroom) -> None:
    order_id = await agreed(room)
    await looked(room)
    order = await room.order(order_id)
    assert (order.provisional, order.asked, order.revision) == (False, False, 1)
    assert await room.told() == []


async def test_what_is_cheaper_is_given_to_the_client_at_once(backroom: Backroom) -> None:
    order_id = await agreed(backroom, MILK_LINE, CREAM_LINE)
    await backroom.price("10661", "45.00")
    await looked(backroom)
    order = await backroom.order(order_id)
    assert (order.revision, order.total, order.provisional) == (2, Money.of("1364.25"), False)
    assert [(line.price, line.amount) for line in order.lines] == [
        (Money.of("45.00"), Money.of("1080.00")), (Money.of("189.50"), Money.of("284.25")),
    ]  # fmt: skip
    assert await backroom.told() == [Told("telegram:1", "prices_fell", str(order_id))]
    await backroom.submit()
    assert backroom.ledger.written == [("K-000001", 1), ("K-000001", 2)]


async def test_what_is_dearer_is_asked_about_once_and_stands_as_agreed(backroom: Backroom) -> None:
    order_id = await agreed(backroom)
    await backroom.price("10661", "50.00")
    await looked(backroom)
    await looked(backroom)
    order = await backroom.order(order_id)
    assert (order.asked, order.provisional, order.total, order.revision) == (True, True, AGREED, 1)
    assert await backroom.told() == [Told("telegram:1", "prices_moved", str(order_id))]
    assert len(await backroom.jobs(SUBMIT)) == 1


async def test_the_prices_of_the_ledger_are_fetched_first(room: Backroom) -> None:
    order_id = await agreed(room)
    room.ledger.price_list[Subject.PRICES] = [OfferRecord("a-10661", 0, prices=(("t-wholesale", 5000),))]
    await room.price_check.run(Run("1", check_job(room.clock()), 1))
    assert room.ledger.calls[-2:] == ["catalogue", "catalogue"]
    assert (await question(room, order_id)).total == Money.of("1200.00")
    assert (await room.order(order_id)).asked


async def test_without_such_orders_nothing_is_fetched(room: Backroom) -> None:
    await room.handed()
    await room.price_check.run(Run("1", check_job(room.clock()), 1))
    assert "catalogue" not in room.ledger.calls


@pytest.mark.parametrize("state", [State.SHIPPED, State.CLOSED, State.CANCELLED])
async def test_an_order_that_is_final_is_not_asked_about(room: Backroom, state: State) -> None:
    order_id = await agreed(room)
    await room.price("10661", "45.00")
    await room.books.write(lambda tx: tx.orders.set_state(order_id, State.PLACED, state, room.clock(), None))
    await looked(room)
    assert await room.told() == []
    assert (await room.order(order_id)).total == AGREED


async def test_an_order_the_warehouse_has_accepted_is_asked_about(room: Backroom) -> None:
    order_id = await agreed(room)
    await room.price("10661", "50.00")
    await room.books.write(lambda tx: tx.orders.set_state(order_id, State.PLACED, State.ACCEPTED, room.clock(), None))
    await looked(room)
    assert (await room.order(order_id)).asked


async def asked_about(room: Backroom, *lines: object) -> UUID:
    """Milk has become dearer, and Olena was asked."""
    order_id = await agreed(room, *lines)
    await room.price("10661", "50.00")
    await looked(room)
    return order_id


async def test_new_prices_that_are_accepted_leave_for_the_ledger(room: Backroom) -> None:
    order_id = await asked_about(room)
    accepted = await check(room).accept(turn(), RANOK, order_id, 1, 120_000)
    assert (accepted.total, accepted.revision) == (Money.of("1200.00"), 2)
    assert (accepted.provisional, accepted.asked) == (False, False)
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("1200.00")


@pytest.mark.parametrize(("revision", "kopiykas"), [(1, 114_960), (1, 119_999), (2, 120_000)])
async def test_another_sum_or_revision_than_was_seen_is_not_accepted(
    room: Backroom, revision: int, kopiykas: int
) -> None:
    order_id = await asked_about(room)
    with pytest.raises(Outdated):
        await check(room).accept(turn(), RANOK, order_id, revision, kopiykas)
    assert (await room.order(order_id)).asked


async def test_accepting_twice_has_one_effect(room: Backroom) -> None:
    order_id = await asked_about(room)
    event = turn()
    await check(room).accept(event, RANOK, order_id, 1, 120_000)
    assert (await check(room).accept(event, RANOK, order_id, 1, 120_000)).revision == 2
    with pytest.raises(Outdated):
        await check(room).accept(turn(), RANOK, order_id, 1, 120_000)
    with pytest.raises(Outdated):
        await check(room).accept(turn(), RANOK, order_id, 2, 120_000)
    assert len(await room.jobs(SUBMIT)) == 2


async def test_prices_that_nobody_asked_about_cannot_be_accepted(room: Backroom) -> None:
    order_id = await room.handed()
    await room.price("10661", "45.00")
    with pytest.raises(Outdated):
        await check(room).accept(turn(), RANOK, order_id, 1, 108_000)
    assert (await room.order(order_id)).total == AGREED


async def test_after_the_cut_off_nothing_is_accepted(room: Backroom) -> None:
    order_id = await asked_about(room)
    late = Turn("viber", "olena=", "late", MONDAY_MORNING + timedelta(hours=12))
    with pytest.raises(Refused, match="cutoff_passed"):
        await check(room).accept(late, RANOK, order_id, 1, 120_000)


async def test_an_order_of_which_nothing_is_left_cannot_be_accepted(room: Backroom) -> None:
    order_id = await asked_about(room)
    await room.price("10661", None)
    with pytest.raises(Refused, match="cart_empty"):
        await check(room).accept(turn(), RANOK, order_id, 1, 0)


async def test_what_is_gone_is_left_out_of_what_is_accepted(room: Backroom) -> None:
    order_id = await asked_about(room, MILK_LINE, CREAM_LINE)
    await room.price("11011", None)
    accepted = await check(room).accept(turn(), RANOK, order_id, 1, 120_000)
    assert [(line.sku, line.amount) for line in accepted.lines] == [("10661", Money.of("1200.00"))]


async def test_another_clients_order_is_not_there(room: Backroom) -> None:
    order_id = await asked_about(room)
    with pytest.raises(NotFound):
        await check(room).accept(turn(), DNIPRO, order_id, 1, 120_000)
    with pytest.raises(NotFound):
        await check(room).question(DNIPRO, order_id, "uk")


async def test_an_order_that_was_changed_after_it_was_asked_about_can_be_asked_about_again(room: Backroom) -> None:
    order_id = await asked_about(room)
    await room.amend(order_id, MILK_LINE, total="1149.60", provisional=True)
    assert not (await room.order(order_id)).asked
    await looked(room)
    assert (await room.order(order_id)).asked
    assert len(await room.told()) == 2


async def test_a_line_that_moved_says_by_how_much(room: Backroom) -> None:
    order_id = await asked_about(room)
    (line,) = (await question(room, order_id)).lines
    assert (line.then, line.now, line.percent) == (Money.of("47.90"), Money.of("50.00"), Decimal("4.4"))
    assert replace(line, now=None).percent == 0


async def test_as_much_as_was_ordered_is_enough(room: Backroom) -> None:
    order_id = await agreed(room)
    await room.stock("10661", "24")
    assert (await question(room, order_id)).lines == ()


async def test_what_is_out_of_stock_or_short_stays_for_the_manager_to_confirm(room: Backroom) -> None:
    order_id = await agreed(room, MILK_LINE, CREAM_LINE)
    await room.stock("10661", "23")
    await room.stock("11011", "0")
    asked = await question(room, order_id)
    assert ([line.short for line in asked.lines], asked.short) == ([True, False], True)
    await looked(room)
    accepted = await check(room).accept(turn(), RANOK, order_id, 1, 143_385)
    assert [(line.sku, line.quantity) for line in accepted.lines] == [("10661", Decimal(24)), ("11011", Decimal("1.5"))]


@pytest.mark.parametrize("price", ["50.00", "45.00"])
async def test_after_the_cut_off_the_order_stands_and_the_managers_hear_of_it(room: Backroom, price: str) -> None:
    order_id = await agreed(room)
    await room.price("10661", price)
    room.later(hours=12)
    await looked(room)
    await looked(room)
    order = await room.order(order_id)
    assert (order.total, order.revision, order.provisional, order.asked) == (AGREED, 1, False, False)
    assert await room.told() == []
    (difference,) = await room.differences()
    assert (difference.kind, difference.order_id) == (DifferenceKind.PRICES_LATE, order_id)
    total = str(Money.of(price).times(Decimal(24)).amount)
    assert difference.detail == {
        "number": "K-000001", "agreed": "1149.60", "now": total, "lines": "Молоко 2,6% 1 л «Молочна Криниця»",
    }  # fmt: skip
    assert await room.told_staff() == [Told("managers", "difference", str(difference.id))]
    assert len(await room.jobs(SUBMIT)) == 1

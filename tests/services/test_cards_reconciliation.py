"""Yesterday at the gateway against the books: what differs is read back, what nobody knows is told, each once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.payment import GatewayState, Outcome
from bot.services.cards_reconciliation import CardReconciliation, CardsCompared
from bot.services.payments import CHECK
from tests.services.backroom import Told
from tests.services.cashbox import Cashbox

SUM = Money.of("1149.60")


async def compared(cashbox: Cashbox) -> CardsCompared:
    """The next morning."""
    return await CardReconciliation(cashbox.room.books, cashbox.gateway, cashbox.room.clock).compare()


async def reads_back(cashbox: Cashbox) -> int:
    return await cashbox.room.run(CHECK, cashbox.payments.check)


async def test_the_seven_days_before_today_are_asked_for_in_bounded_pieces(cashbox: Cashbox) -> None:
    await compared(cashbox)
    asked = cashbox.gateway.asked_between
    assert (asked[0][0], asked[-1][1]) == (
        datetime(2026, 11, 15, 22, tzinfo=UTC), datetime(2026, 11, 22, 22, tzinfo=UTC),
    )  # fmt: skip
    assert [end - begin for begin, end in asked] == [timedelta(hours=6)] * 28
    assert [one[1] for one in asked[:-1]] == [one[0] for one in asked[1:]]


async def test_a_day_that_agrees_asks_for_nothing(cashbox: Cashbox) -> None:
    await cashbox.pays(await cashbox.for_order(await cashbox.room.handed()))
    before = len(await cashbox.room.jobs(CHECK))
    cashbox.room.later(days=1)
    assert await compared(cashbox) == CardsCompared(1, 0, 0)
    assert len(await cashbox.room.jobs(CHECK)) == before


async def test_a_payment_that_nobody_told_us_of_is_read_back(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    reference = await cashbox.start(await cashbox.for_order(order_id))
    cashbox.gateway.say(reference, Outcome.PAID)
    cashbox.room.later(days=1)
    assert await compared(cashbox) == CardsCompared(1, 1, 0)
    assert await compared(cashbox) == CardsCompared(1, 1, 0)
    assert await reads_back(cashbox) == 1
    assert (await cashbox.payments.paid(order_id)).kept == SUM


@pytest.mark.parametrize(
    ("outcome", "refunded"), [(Outcome.PAID, Money.of(100)), (Outcome.REFUNDED, SUM)], ids=["a part", "all"]
)
async def test_what_went_back_in_the_gateways_cabinet_is_read_back(
    cashbox: Cashbox, outcome: Outcome, refunded: Money
) -> None:
    order_id = await cashbox.room.handed()
    reference = await cashbox.pays(await cashbox.for_order(order_id))
    cashbox.gateway.say(reference, outcome, refunded=refunded)
    cashbox.room.later(days=1)
    assert await compared(cashbox) == CardsCompared(1, 1, 0)
    await reads_back(cashbox)
    assert (await cashbox.payments.paid(order_id)).kept == SUM - refunded
    assert [told.kind for told in await cashbox.room.told()] == ["order_paid", "order_refunded"]


async def test_what_went_back_in_the_cabinet_days_after_the_payment_is_read_back(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    reference = await cashbox.pays(await cashbox.for_order(order_id))
    cashbox.room.later(days=6)
    cashbox.gateway.say(reference, Outcome.PAID, refunded=Money.of(100))
    assert (await compared(cashbox)).read_back == 1
    await reads_back(cashbox)
    assert (await cashbox.payments.paid(order_id)).kept == SUM - Money.of(100)


async def test_what_the_gateway_calls_declined_after_it_was_paid_is_read_back_and_told(cashbox: Cashbox) -> None:
    reference = await cashbox.pays(await cashbox.for_order(await cashbox.room.handed()))
    cashbox.gateway.say(reference, Outcome.DECLINED)
    cashbox.room.later(days=1)
    assert (await compared(cashbox)).read_back == 1
    await reads_back(cashbox)
    view = await cashbox.payment(reference)
    assert (view.disowned, view.sums.kept) == (True, SUM)
    assert await cashbox.room.told_staff() == [Told("finance", "money", str(view.id))] * 2
    cashbox.room.later(days=1)
    assert (await compared(cashbox)).read_back == 0


async def test_money_of_ours_that_the_list_lacks_is_asked_about(cashbox: Cashbox) -> None:
    reference = await cashbox.start(await cashbox.for_order(await cashbox.room.handed()))
    at = cashbox.room.clock()
    known = cashbox.gateway.states[reference]
    cashbox.gateway.states[reference] = GatewayState(
        reference, Outcome.PAID, known.amount, processed_at=at, card="44****4444"
    )
    await cashbox.payments.told(cashbox.gateway.states[reference])
    await reads_back(cashbox)
    del cashbox.gateway.states[reference]
    cashbox.room.later(days=1)
    assert await compared(cashbox) == CardsCompared(0, 1, 0)
    await reads_back(cashbox)
    assert (await cashbox.payment(reference)).sums.kept == SUM


async def test_money_that_nobody_knows_is_told_to_staff_once(cashbox: Cashbox) -> None:
    for reference, outcome in (
        ("K-000777-1-abc", Outcome.PAID), ("SHOP-1", Outcome.HELD), ("SHOP-2", Outcome.DECLINED),
        ("SHOP-3", Outcome.UNDER_WAY),
    ):  # fmt: skip
        cashbox.gateway.states[reference] = GatewayState(reference, outcome, Money.of(100))
    assert await compared(cashbox) == CardsCompared(4, 0, 2)
    found_at = cashbox.room.clock()
    assert await cashbox.room.told_staff() == [Told("finance", "strange_money", found_at.isoformat())]
    assert [one[0] for one in await cashbox.moves.strangers(found_at)] == ["K-000777-1-abc", "SHOP-1"]
    cashbox.room.later(hours=1)
    assert await compared(cashbox) == CardsCompared(4, 0, 0)
    assert len(await cashbox.room.told_staff()) == 1


async def test_a_list_that_breaks_off_changes_nothing(cashbox: Cashbox) -> None:
    cashbox.gateway.states["SHOP-1"] = GatewayState("SHOP-1", Outcome.PAID, Money.of(100))
    cashbox.gateway.silent = True
    with pytest.raises(Unavailable):
        await compared(cashbox)
    assert await cashbox.room.told_staff() == []

"""Attempts that nothing is left to pay for: the gateway takes no money by them, and if it did, it is told."""

from asyncio import gather

import pytest

from bot.domain.errors import Refused, Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.payment import GatewayState, Outcome, PayState
from bot.domain.promotion import Rules
from bot.services.carts import Carts
from bot.services.money_in import note
from bot.services.ordering import Ordering
from bot.services.promotions import Promotions
from tests.db.people import OLENA, RANOK, turn
from tests.services.cashbox import PUBLIC, Cashbox
from tests.support.desk import RULES

SUM = Money.of("1149.60")


async def test_once_an_order_is_paid_its_other_attempts_are_withdrawn(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    first = await cashbox.start(token)
    await cashbox.pays(token)
    assert await cashbox.withdraws() == 1
    assert cashbox.gateway.withdrawn == [first]
    attempt = await cashbox.attempt(first)
    assert (attempt.settled, attempt.withdrawn_at) == (True, cashbox.room.clock())


async def test_a_new_attempt_withdraws_the_one_that_it_replaces_waiting_or_declined(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    waiting = await cashbox.start(token)
    declined = await cashbox.start(token)
    await cashbox.says(declined, Outcome.DECLINED)
    await cashbox.start(token)
    await cashbox.withdraws()
    assert cashbox.gateway.withdrawn == [waiting, declined]
    await cashbox.start(token)
    await cashbox.withdraws()
    assert len(cashbox.gateway.withdrawn) == 3


async def test_a_declined_attempt_by_another_link_is_withdrawn_once_the_debt_is_paid(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    whole, part = ((await cashbox.pay_all()).address, (await cashbox.pay_sum("500")).address)
    declined = await cashbox.start(part.removeprefix(f"{PUBLIC}/pay/"))
    await cashbox.says(declined, Outcome.DECLINED)
    await cashbox.pays(whole.removeprefix(f"{PUBLIC}/pay/"))
    await cashbox.withdraws()
    assert cashbox.gateway.withdrawn == [declined]


async def test_a_declined_attempt_of_a_cancelled_order_is_withdrawn(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    declined = await cashbox.start(await cashbox.for_order(order_id))
    await cashbox.says(declined, Outcome.DECLINED)
    await _ordering(cashbox).cancel(turn(), RANOK, OLENA, order_id)
    await cashbox.withdraws()
    assert cashbox.gateway.withdrawn == [declined]


async def test_a_late_success_on_a_paid_link_is_told_to_staff_as_a_surplus_that_can_go_back(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    late = await cashbox.start(token)
    await cashbox.pays(token)
    await cashbox.says(late, Outcome.PAID)
    view = await cashbox.payment(late)
    assert (view.surplus, view.sums.kept) == (SUM, SUM)
    assert await cashbox.parts(late) == []
    assert [told.about for told in await cashbox.room.told_staff()][-1] == str(view.id)
    await cashbox.hands()
    parts = {one.payment.reference: one.payment.allocations for one in cashbox.room.ledger.receipts.values()}
    assert parts[late] == ()


async def test_what_was_paid_while_it_was_being_withdrawn_is_found(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    late = await cashbox.start(token)
    await cashbox.pays(token)
    cashbox.gateway.say(late, Outcome.PAID)
    await cashbox.withdraws()
    assert (await cashbox.payment(late)).surplus == SUM


async def test_an_order_that_is_cancelled_withdraws_what_nobody_has_paid(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    token = await cashbox.for_order(order_id)
    reference = await cashbox.start(token)
    await _ordering(cashbox).cancel(turn(), RANOK, OLENA, order_id)
    assert await cashbox.withdraws() == 1
    assert cashbox.gateway.withdrawn == [reference]
    assert await cashbox.room.told_staff() == []


async def test_the_payment_of_an_order_that_was_cancelled_meanwhile_is_all_surplus(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    reference = await cashbox.start(await cashbox.for_order(order_id))
    await _ordering(cashbox).cancel(turn(), RANOK, OLENA, order_id)
    await cashbox.says(reference, Outcome.PAID)
    view = await cashbox.payment(reference)
    assert (view.cancelled, view.surplus) == (True, SUM)


async def test_a_debt_that_is_paid_withdraws_attempts_for_it_by_other_links_and_no_others(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    links = {}
    for one in ("d1", "d2", "d3"):
        await cashbox.choose(one)
        links[one] = (await cashbox.pay_chosen()).address.removeprefix(f"{PUBLIC}/pay/")
        await cashbox.choose(one, on=False)
    attempts = {one: await cashbox.start(links[one]) for one in ("d2", "d3")}
    together = (await cashbox.pay_sum("1500")).address.removeprefix(f"{PUBLIC}/pay/")
    await cashbox.pays(together)
    await cashbox.withdraws()
    assert cashbox.gateway.withdrawn == [attempts["d2"]]
    assert await cashbox.state(links["d1"]) is PayState.REVOKED
    assert await cashbox.state(links["d3"]) is PayState.UNPAID


async def test_a_silent_gateway_is_asked_to_withdraw_until_it_does(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    late = await cashbox.start(token)
    await cashbox.pays(token)
    cashbox.gateway.silent = True
    with pytest.raises(Unavailable):
        await cashbox.withdraws()
    cashbox.gateway.silent = False
    await cashbox.withdraws()
    assert cashbox.gateway.withdrawn == [late]


async def test_two_payments_for_one_debt_noted_in_the_same_moment_are_a_payment_and_a_surplus(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    tokens = [
        (await cashbox.pay_all()).address.removeprefix(f"{PUBLIC}/pay/"),
        (await cashbox.pay_sum("500")).address.removeprefix(f"{PUBLIC}/pay/"),
    ]
    references = [await cashbox.start(token) for token in tokens]
    states = [cashbox.gateway.say(reference, Outcome.PAID) for reference in references]
    now = cashbox.room.clock()

    async def noted(state: GatewayState) -> None:
        await cashbox.room.books.write(
            lambda tx: note(
                tx, state.reference, state, now, connected=True, promotions=Promotions(Rules(), cashbox.room.clock)
            )
        )

    await gather(*(noted(state) for state in states))
    views = [await cashbox.payment(reference) for reference in references]
    assert sum((view.surplus for view in views), ZERO) == Money.of(500)
    assert await cashbox.owed() == []


async def test_two_links_for_one_debt_are_never_both_paid_by_who_looks_first(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    whole = (await cashbox.pay_all()).address.removeprefix(f"{PUBLIC}/pay/")
    part = (await cashbox.pay_sum("500")).address.removeprefix(f"{PUBLIC}/pay/")
    await cashbox.pays(whole)
    with pytest.raises(Refused, match="revoked"):
        await cashbox.start(part)


def _ordering(cashbox: Cashbox) -> Ordering:
    room = cashbox.room
    return Ordering(room.books, Carts(room.books, RULES, Money.of(500), room.clock), RULES, room.standing)

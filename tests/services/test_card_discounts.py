"""The discount for paying by card: promised with the link, counted with the money, gone with what is given back."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest.mock import ANY
from uuid import UUID

import pytest

from bot.domain.accounting import OutgoingOrder
from bot.domain.errors import Refused, Unavailable
from bot.domain.money import Money, total
from bot.domain.payment import Outcome, PayState, PayView
from bot.domain.promotion import Applies, Off, Promotion, Rules
from bot.services.handover import SUBMIT
from bot.services.money_moves import MoneyMoves
from bot.services.pay_links import order_key
from bot.services.payments import CHECK, Payments
from bot.services.promotion_costs import costs
from bot.services.promotions import Promotions
from tests.db.people import OLENA, RANOK
from tests.services.backroom import Backroom, Told
from tests.services.test_payments import PUBLIC, SUM, Desk
from tests.services.test_promotions import GRANTED, ONLINE, Counter, adds_up

LAST = date(2026, 12, 20)
CODE = "online_payment:2026-11-20"
BY_CARD = Promotion(CODE, Decimal(2), Applies.ONLINE_PAYMENT, date(2026, 11, 20), LAST)
OFF, DUE = Money.of("22.99"), Money.of("1126.61")
"""Of two cases of milk."""


class Till(Desk):
    """The desk of payments, with promotions."""

    def allow(self, *promotions: Promotion, most: int = 10) -> "Till":
        rules = Rules(promotions, Decimal(most))
        self.payments = Payments(
            self.room.books, self.gateway, self.room.clock, public_url=PUBLIC, payee="ГастроОпт", connected=True,
            promotions=Promotions(rules, self.room.clock),
        )  # fmt: skip
        return self

    async def view(self) -> PayView:
        link = await self.room.books.read(lambda tx: tx.pay_links.of(order_key(self.order_id)))
        assert link is not None
        page = await self.payments.page(link.token)
        assert page is not None
        return page

    async def pays_twice(self) -> list[str]:
        """Two attempts that were begun before either was paid."""
        references = [await self.start(), await self.start()]
        for reference in references:
            self.gateway.say(reference, Outcome.PAID)
            await self.told(reference)
        return references

    async def refunds(self, reference: str, hryvnias: str) -> None:
        await self.gateway.refund(reference, Money.of(hryvnias), "брак")
        await self.told(reference)

    async def spent(self) -> Money:
        return (await self.room.books.read(lambda tx: tx.discounts.spent([CODE]))).get(CODE, Money(0))

    async def outgoing(self) -> OutgoingOrder:
        found = await self.room.books.read(lambda tx: tx.documents.outgoing(self.order_id))
        assert found is not None
        return found


@pytest.fixture
async def till(backroom: Backroom) -> Till:
    await backroom.sign_in(OLENA, "telegram", "1")
    return Till(backroom, await backroom.handed()).allow(BY_CARD)


async def test_a_link_says_what_paying_by_card_saves(till: Till) -> None:
    await till.token()
    page = await till.view()
    assert page.offer == Off(CODE, Applies.ONLINE_PAYMENT, Decimal(2), OFF, LAST)
    assert (page.amount, page.due, page.due_by_card) == (SUM, SUM, DUE)
    order = await till.room.order(till.order_id)
    assert await till.payments.off(order, await till.payments.paid(order.id)) == page.offer


async def test_without_the_promotion_the_whole_sum_is_charged(till: Till) -> None:
    till.allow(replace(BY_CARD, until=date(2026, 11, 22)))
    await till.start()
    assert (await till.view()).offer is None
    assert till.gateway.charges[-1].amount == SUM


async def test_what_is_charged_is_less_and_the_order_is_paid_in_full(till: Till) -> None:
    await till.pays()
    (charge,) = till.gateway.charges
    assert charge.amount == DUE == total([item.price for item in charge.items])
    page = await till.view()
    assert (page.state, page.paid, page.due) == (PayState.PAID, DUE, Money(0))
    order = await till.room.order(till.order_id)
    assert (order.total, order.discount, order.card_discount) == (DUE, OFF, OFF)
    assert adds_up(order)
    assert await till.spent() == OFF


async def test_the_order_goes_to_1c_anew_with_the_discount_in_its_lines(till: Till) -> None:
    await till.pays()
    assert len(await till.room.jobs(SUBMIT)) == 2
    await till.room.submit()
    (record,) = till.room.ledger.documents.values()
    assert (record.total, [line.amount for line in record.lines]) == (DUE, [DUE])
    assert [line.discount for line in (await till.outgoing()).lines] == [OFF]
    assert await till.room.differences() == []
    till.room.later(minutes=20)
    assert (await till.room.reconciliation.compare()).differing == 0
    assert await till.room.told_staff() == [Told("finance", "money", ANY)]


async def test_a_posted_document_stays_and_the_discount_counts_as_paid(till: Till) -> None:
    record = till.room.ledger.change(str(till.order_id), posted=True)
    await till.room.news.take([record])
    reference = await till.pays()
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, order.discount, order.revision) == (SUM, Money(0), 1)
    assert (paid.kept, paid.discount, paid.settled) == (DUE, OFF, SUM)
    assert await till.state() is PayState.PAID
    assert (await till.payments.offer(order))[1] is None
    assert len(await till.room.jobs(SUBMIT)) == 1
    told = await MoneyMoves(till.room.books, till.gateway, till.room.clock).view(UUID(await till.id_of(reference)))
    assert (told.paid.discount if told.paid else None, told.surplus) == (OFF, Money(0))


async def test_where_staff_keep_the_full_price_there_the_client_still_owes_nothing(till: Till) -> None:
    """The document was posted before the discount got there: somebody decides that it stays as it is."""
    till.room.ledger.change(str(till.order_id), posted=True)
    await till.pays()
    await till.room.submit()
    (difference,) = await till.room.differences()
    await till.room.reconciliation.take_theirs(difference.id, "Тарас")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, order.card_discount) == (SUM, Money(0))
    assert (paid.discount, paid.settled) == (OFF, SUM)
    assert await till.state() is PayState.PAID
    assert [told.kind for told in await till.room.told_staff()] == ["money", "difference", "money"]


async def test_of_an_order_that_shrank_after_it_was_paid_the_rest_can_be_given_back_exactly(till: Till) -> None:
    counter = Counter(till.room, BY_CARD)
    till.order_id = (await counter.order(a10661="24")).id
    reference = await till.pays()
    assert await counter.ordering.amend(counter.turn(), RANOK, till.order_id, "uk") is not None
    shrunk = await counter.order(a10661="12")
    assert (shrunk.card_discount, shrunk.total) == (Money.of("11.50"), Money.of("563.30"))
    assert (await till.room.told_staff())[-1] == Told("finance", "money", ANY)
    view = await MoneyMoves(till.room.books, till.gateway, till.room.clock).view(UUID(await till.id_of(reference)))
    assert view.surplus == Money.of("563.31")
    await till.refunds(reference, "563.31")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, paid.kept, paid.settled) == (Money.of("563.30"), Money.of("563.30"), Money.of("563.30"))
    assert await till.spent() == Money.of("11.50")


async def test_a_full_refund_takes_the_discount_back(till: Till) -> None:
    reference = await till.pays()
    await till.refunds(reference, "1126.61")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, order.discount, order.offs) == (SUM, Money(0), ())
    assert (paid.kept, paid.discount) == (Money(0), Money(0))
    assert (await till.view()).due == SUM
    assert await till.spent() == Money(0)
    assert await till.room.books.read(costs) == []
    await till.room.submit()
    (record,) = till.room.ledger.documents.values()
    assert record.total == SUM


async def test_a_partial_refund_takes_the_same_part_of_it_back(till: Till) -> None:
    reference = await till.pays()
    await till.refunds(reference, "126.61")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.card_discount, order.total) == (Money.of("20.41"), Money.of("1129.19"))
    assert (paid.kept, order.total - paid.settled) == (Money.of(1000), Money.of("129.19"))
    assert adds_up(order)
    assert await till.spent() == Money.of("20.41")


async def test_who_pays_twice_has_the_discount_once(till: Till) -> None:
    await till.pays_twice()
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, paid.kept, await till.spent()) == (DUE, DUE + DUE, OFF)


@pytest.mark.parametrize("back", [0, 1], ids=["the first", "the second"])
async def test_of_two_payments_one_is_given_back_and_the_discount_stays_with_the_other(till: Till, back: int) -> None:
    paid_by = await till.pays_twice()
    await till.refunds(paid_by[back], "1126.61")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, order.card_discount) == (DUE, OFF)
    assert (paid.kept, await till.spent()) == (DUE, OFF)
    assert await till.state() is PayState.PAID
    await till.refunds(paid_by[1 - back], "1126.61")
    order, paid = await till.room.order(till.order_id), await till.payments.paid(till.order_id)
    assert (order.total, order.card_discount, paid.settled) == (SUM, Money(0), Money(0))
    assert await till.spent() == Money(0)


async def test_a_part_of_one_of_two_payments_is_given_back_and_the_other_keeps_the_whole_discount(till: Till) -> None:
    first, _ = await till.pays_twice()
    await till.refunds(first, "500")
    order = await till.room.order(till.order_id)
    assert (order.total, order.card_discount, await till.spent()) == (DUE, OFF, OFF)


async def test_money_without_a_promise_goes_back_and_the_payment_beside_it_has_its_discount_after_all(
    till: Till,
) -> None:
    till.allow()
    plain = await till.start()
    till.allow(BY_CARD)
    promised = await till.start()
    for reference in (plain, promised):
        till.gateway.say(reference, Outcome.PAID)
        await till.told(reference)
    assert ((await till.room.order(till.order_id)).total, await till.spent()) == (SUM, Money(0))
    await till.refunds(plain, "1149.60")
    assert ((await till.room.order(till.order_id)).total, await till.spent()) == (DUE, OFF)
    assert await till.state() is PayState.PAID


async def test_said_again_it_is_counted_once(till: Till) -> None:
    reference = await till.pays()
    for _ in range(3):
        till.room.later(minutes=1)
        await till.told(reference)
    order = await till.room.order(till.order_id)
    assert (order.total, order.revision, await till.spent()) == (DUE, 2, OFF)


async def test_an_attempt_that_ends_without_money_gives_its_promise_back(till: Till) -> None:
    reference = await till.start()
    assert await till.spent() == OFF
    till.gateway.say(reference, Outcome.DECLINED)
    await till.told(reference)
    assert await till.spent() == Money(0)
    lost = await till.start()
    del till.gateway.states[lost]
    till.room.later(hours=2)
    await till.room.books.write(till.payments._look)
    await till.room.run(CHECK, till.payments.check)
    assert await till.spent() == Money(0)


async def test_who_begins_again_has_the_same_discount_from_the_same_budget(till: Till) -> None:
    till.allow(replace(BY_CARD, budget=Money.of(30)))
    await till.start()
    page = await till.view()
    assert (page.offer.amount if page.offer else None, page.due_by_card) == (OFF, DUE)
    await till.start()
    assert [charge.amount for charge in till.gateway.charges] == [DUE, DUE]
    assert await till.spent() == OFF


async def test_a_superseded_attempt_that_is_paid_all_the_same_has_what_it_was_promised(till: Till) -> None:
    first = await till.start()
    await till.start()
    till.gateway.say(first, Outcome.PAID)
    await till.told(first)
    assert ((await till.room.order(till.order_id)).total, await till.spent()) == (DUE, OFF)
    assert await till.state() is PayState.PAID


async def test_an_order_that_is_cancelled_frees_what_its_attempt_was_promised(till: Till) -> None:
    await till.start()
    counter = Counter(till.room, BY_CARD)
    await counter.ordering.cancel(counter.turn(), RANOK, OLENA, till.order_id)
    assert await till.spent() == Money(0)


async def test_an_attempt_that_outlived_its_hour_frees_its_promise_whatever_the_gateway_still_says(till: Till) -> None:
    await till.start()
    till.room.later(minutes=63)
    await till.room.books.write(till.payments._look)
    await till.room.run(CHECK, till.payments.check)
    assert await till.spent() == Money(0)


async def test_an_attempt_whose_page_did_not_open_frees_its_promise(till: Till) -> None:
    token = await till.token()
    till.gateway.silent = True
    with pytest.raises(Unavailable):
        await till.payments.start(token, "uk", DUE)
    assert await till.spent() == Money(0)


async def test_another_sum_than_was_shown_is_not_charged(till: Till) -> None:
    token = await till.token()
    shown = (await till.view()).due_by_card
    till.allow()
    with pytest.raises(Refused, match="sum_changed"):
        await till.payments.start(token, "uk", shown)
    assert (till.gateway.charges, await till.spent()) == ([], Money(0))
    assert (await till.view()).due_by_card == SUM
    assert await till.payments.start(token, "uk", SUM)


async def test_a_promise_is_kept_after_the_promotion_has_ended(till: Till) -> None:
    reference = await till.start()
    till.allow()
    till.gateway.say(reference, Outcome.PAID)
    await till.told(reference)
    assert (await till.room.order(till.order_id)).total == DUE
    assert await till.state() is PayState.PAID


async def test_the_last_of_a_budget_is_promised_once(till: Till) -> None:
    till.allow(replace(BY_CARD, budget=Money.of(30)))
    other = Till(till.room, await till.room.handed())
    other.payments, other.gateway = till.payments, till.gateway
    tokens = [await till.token(), await other.token()]
    ended = await asyncio.gather(*(till.payments.start(token, "uk", DUE) for token in tokens), return_exceptions=True)
    assert {one.code for one in ended if isinstance(one, Refused)} <= {"promotion_over", "sum_changed"}
    assert await till.spent() <= Money.of(30)
    charged = total([charge.amount for charge in till.gateway.charges])
    asked = Money(SUM.kopiykas * len(till.gateway.charges))
    assert asked - charged == await till.spent()


async def test_both_discounts_together_stop_at_the_floor(till: Till) -> None:
    counter = Counter(till.room, ONLINE, GRANTED, most=6)
    await counter.grant()
    order = await counter.order(a10661="24")
    assert (order.discount, order.total) == (Money.of("68.97"), Money.of("1080.63"))
    till.order_id = order.id
    till.allow(BY_CARD, most=7)
    await till.pays()
    after = await till.room.order(order.id)
    assert (after.card_discount, after.total) == (Money.of("11.50"), Money.of("1069.13"))
    assert [off.whole for off in after.offs] == [True, False, False]
    assert adds_up(after)


async def test_a_change_of_a_paid_order_keeps_what_paying_brought(till: Till) -> None:
    counter = Counter(till.room, BY_CARD)
    till.order_id = (await counter.order(a10661="24")).id
    await till.pays()
    assert await counter.ordering.amend(counter.turn(), RANOK, till.order_id, "uk") is not None
    changed = await counter.order(a10661="36")
    assert (changed.id, changed.total, changed.card_discount) == (till.order_id, Money.of("1701.41"), OFF)
    paid = await till.payments.paid(till.order_id)
    assert changed.total - paid.settled == Money.of("574.80")
    assert adds_up(changed)
    page = await till.view()
    assert (page.offer.amount if page.offer else None) == Money.of("11.50")


async def test_the_cost_of_payments_is_reported_by_the_month_they_came_in(till: Till) -> None:
    await till.pays()
    (cost,) = await till.room.books.read(costs)
    assert (cost.month, cost.code, cost.orders, cost.goods, cost.discount) == ("2026-11", CODE, 1, SUM, OFF)

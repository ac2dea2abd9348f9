"""Promotions at work: taken by the confirm, once, within the budget; recomputed by a change, given back by a cancel."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from bot.domain.accounting import OrderRecordLine
from bot.domain.cart import CartView
from bot.domain.client import Buyer
from bot.domain.dialogue import Turn
from bot.domain.errors import Refused
from bot.domain.money import Money, total
from bot.domain.order import OrderView, State
from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules
from bot.domain.quantity import Unit
from bot.services.carts import Carts
from bot.services.ordering import Ordering
from bot.services.promotion_costs import costs
from bot.services.promotions import Promotions
from handlers.terminal.promotions import written
from tests.db.people import ANDRII, DNIPRO, IRYNA, OLENA, RANOK, turn
from tests.services.backroom import Backroom
from tests.support.desk import RULES
from tests.support.wholesaler import uid

TUESDAY = date(2026, 11, 24)
LAST = date(2026, 12, 20)
ONLINE = Promotion("online_order:2026-11-20", Decimal(5), Applies.ONLINE_ORDER, date(2026, 11, 20), LAST)
GRANTED = Promotion(VCHASNO, Decimal(5), Applies.GRANT, once_per_client=True)


class Counter:
    """Where clients of the wholesaler order, under these rules."""

    def __init__(self, room: Backroom, *promotions: Promotion, most: int = 10, floor_prices: str = "") -> None:
        self.room = room
        self.promotions = Promotions(Rules(promotions, Decimal(most), floor_prices), room.clock)
        self.carts = Carts(room.books, RULES, Money.of(500), room.clock, self.promotions)
        self.ordering = Ordering(room.books, self.carts, RULES, room.standing)

    def turn(self, person: str = "olena=") -> Turn:
        made = turn(person)
        return Turn(made.channel, made.external_id, made.event_id, self.room.clock())

    async def fill(self, buyer: Buyer = RANOK, **articles: str) -> CartView:
        """The cart holds so much of these, and only waits for its confirm."""
        for sku, quantity in articles.items():
            self.room.later(seconds=1)
            await self.carts.put(self.turn(), buyer, uid(sku.removeprefix("a")), Decimal(quantity), Unit.BASE, "uk")
        point = "Готель" if buyer is DNIPRO else "Ранок на Подолі"
        await self.carts.choose_point(self.turn(), buyer, uid(point), "uk")
        cart = await self.carts.choose_date(self.turn(), buyer, TUESDAY, "uk")
        assert cart is not None
        return cart

    async def confirm(self, cart: CartView, buyer: Buyer = RANOK, person: UUID = OLENA) -> OrderView:
        kopiykas = cart.total.kopiykas
        return await self.ordering.place(self.turn(), buyer, person, cart.id, cart.version, kopiykas)

    async def order(self, buyer: Buyer = RANOK, person: UUID = OLENA, **articles: str) -> OrderView:
        return await self.confirm(await self.fill(buyer, **articles), buyer, person)

    async def grant(self, buyer: Buyer = RANOK) -> bool:
        return await self.room.books.write(lambda tx: self.promotions.grant(tx, buyer.id, VCHASNO, "зареєструвався"))

    async def spent(self, code: str = ONLINE.code) -> Money:
        found = await self.room.books.read(lambda tx: tx.discounts.spent([code]))
        return found.get(code, Money(0))


def taken(order: OrderView) -> list[tuple[str, str]]:
    return [(off.code, str(off.amount.amount)) for off in order.offs]


def adds_up(order: OrderView) -> bool:
    """Lines, promotions and the order say the same."""
    return (
        total([line.amount for line in order.lines]) == order.total
        and total([line.discount for line in order.lines]) == order.discount
        and total([off.amount for off in order.offs]) == order.discount
        and all(line.gross == line.price.times(line.quantity) for line in order.lines)
    )


async def test_an_order_made_here_costs_less_to_the_kopiyka(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    cart = await counter.fill(a10661="24", a11011="1")
    assert (cart.goods, cart.discount, cart.total) == (Money.of("1339.10"), Money.of("66.96"), Money.of("1272.14"))
    order = await counter.confirm(cart)
    assert (order.total, order.discount) == (Money.of("1272.14"), Money.of("66.96"))
    assert [(line.discount.amount, line.amount.amount) for line in order.lines] == [
        (Decimal("57.48"), Decimal("1092.12")),
        (Decimal("9.48"), Decimal("180.02")),
    ]
    assert [(off.percent, off.until, off.whole) for off in order.offs] == [(Decimal(5), LAST, True)]
    assert adds_up(order)
    assert await counter.spent() == Money.of("66.96")


async def test_without_promotions_nothing_comes_off(backroom: Backroom) -> None:
    order = await Counter(backroom).order(a10661="24")
    assert (order.total, order.discount, order.offs) == (Money.of("1149.60"), Money(0), ())


async def test_the_minimum_of_an_order_is_of_the_full_price(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    cart = await counter.fill(a11011="1", a15700="1")
    assert (cart.goods, cart.total, cart.lacking) == (Money.of("501.50"), Money.of("476.42"), Money(0))


async def test_a_promotion_may_ask_for_a_sum_of_its_own(backroom: Backroom) -> None:
    asking = Promotion(ONLINE.code, Decimal(5), Applies.ONLINE_ORDER, min_order=Money.of(1000))
    counter = Counter(backroom, asking)
    assert (await counter.fill(a10661="12")).offs == ()
    assert (await counter.fill(a10661="24")).discount == Money.of("57.48")


async def test_a_promotion_that_ended_before_the_confirm_is_shown_anew(backroom: Backroom) -> None:
    counter = Counter(backroom, Promotion(ONLINE.code, Decimal(5), Applies.ONLINE_ORDER, until=date(2026, 11, 23)))
    cart = await counter.fill(a10661="24")
    assert cart.discount == Money.of("57.48")
    backroom.later(hours=14)
    await counter.carts.choose_date(counter.turn(), RANOK, date(2026, 11, 25), "uk")
    again = await counter.carts.view(RANOK, "uk")
    assert again is not None
    with pytest.raises(Refused, match="cart_changed"):
        await counter.ordering.place(counter.turn(), RANOK, OLENA, again.id, again.version, cart.total.kopiykas)
    assert (await counter.confirm(again)).discount == Money(0)


async def test_a_grant_stacks_on_the_next_order_and_on_no_other(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    assert await counter.grant() is True
    assert await counter.grant() is False
    order = await counter.order(a10661="24")
    assert taken(order) == [(ONLINE.code, "57.48"), (VCHASNO, "57.48")]
    assert taken(await counter.order(a10661="24")) == [(ONLINE.code, "57.48")]
    assert taken(await counter.order(DNIPRO, IRYNA, a10661="24")) == [(ONLINE.code, "55.14")]
    assert await counter.grant() is False


async def test_what_is_given_once_a_client_is_given_once_until_it_is_given_back(backroom: Backroom) -> None:
    counter = Counter(backroom, Promotion("once", Decimal(5), Applies.ONLINE_ORDER, once_per_client=True))
    first = await counter.order(a10661="24")
    assert taken(first) == [("once", "57.48")]
    assert (await counter.order(a10661="24")).offs == ()
    assert taken(await counter.order(DNIPRO, IRYNA, a10661="24")) == [("once", "55.14")]
    await counter.ordering.cancel(counter.turn(), RANOK, OLENA, first.id)
    assert taken(await counter.order(a10661="24")) == [("once", "57.48")]


async def test_all_promotions_together_stop_at_the_floor(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED, most=7)
    await counter.grant()
    order = await counter.order(a10661="24")
    assert [(off.amount.amount, off.whole) for off in order.offs] == [
        (Decimal("57.48"), True),
        (Decimal("22.99"), False),
    ]
    assert order.total == Money.of("1069.13")


async def test_no_line_goes_below_its_floor_price(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, floor_prices="HoReCa VIP")
    await backroom.price("10661", "47.00", "vip")
    order = await counter.order(a10661="24", a11011="1")
    assert [line.discount.amount for line in order.lines] == [Decimal("21.60"), Decimal("9.48")]
    assert order.lines[0].amount == Money.of(47 * 24)
    assert adds_up(order)


async def test_a_cancelled_order_gives_back_what_it_took(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    await counter.grant()
    first = await counter.order(a10661="24")
    for _ in range(2):
        await counter.ordering.cancel(counter.turn(), RANOK, OLENA, first.id)
    assert (await counter.spent(), await counter.spent(VCHASNO)) == (Money(0), Money(0))
    assert taken(await counter.order(a10661="12")) == [(ONLINE.code, "28.74"), (VCHASNO, "28.74")]


async def test_a_changed_order_keeps_its_terms_on_its_new_lines(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    await counter.grant()
    first = await counter.order(a10661="24")
    assert await counter.ordering.amend(counter.turn(), RANOK, first.id, "uk") is not None
    later = Counter(backroom, Promotion("other", Decimal(50), Applies.ONLINE_ORDER))
    changed = await later.order(a10661="36")
    assert (changed.id, changed.revision) == (first.id, 2)
    assert taken(changed) == [(ONLINE.code, "86.22"), (VCHASNO, "86.22")]
    assert adds_up(changed)
    assert await counter.spent() == Money.of("86.22")
    backroom.clock.moment += timedelta(hours=1)
    await counter.ordering.cancel(counter.turn(), RANOK, OLENA, first.id)
    assert await counter.spent() == Money(0)


async def test_a_budget_is_used_to_its_end_and_no_further(backroom: Backroom) -> None:
    counter = Counter(backroom, Promotion(ONLINE.code, Decimal(5), Applies.ONLINE_ORDER, budget=Money.of(100)))
    assert taken(await counter.order(a10661="24")) == [(ONLINE.code, "57.48")]
    second = await counter.order(a10661="24")
    assert [(off.amount.amount, off.whole) for off in second.offs] == [(Decimal("42.52"), False)]
    assert (await counter.order(a10661="24")).offs == ()
    await counter.ordering.cancel(counter.turn(), RANOK, OLENA, second.id)
    assert taken(await counter.order(a10661="24")) == [(ONLINE.code, "42.52")]
    assert await counter.spent() == Money.of(100)


async def test_two_clients_who_confirm_at_once_do_not_share_the_last_of_a_budget(backroom: Backroom) -> None:
    counter = Counter(backroom, Promotion(ONLINE.code, Decimal(5), Applies.ONLINE_ORDER, budget=Money.of(60)))
    ranok, dnipro = await counter.fill(a10661="24"), await counter.fill(DNIPRO, a10661="24")
    assert (ranok.discount, dnipro.discount) == (Money.of("57.48"), Money.of("55.14"))
    ended = await asyncio.gather(counter.confirm(ranok), counter.confirm(dnipro, DNIPRO, IRYNA), return_exceptions=True)
    placed = [one for one in ended if isinstance(one, OrderView)]
    refused = [one.code for one in ended if isinstance(one, Refused)]
    assert (len(placed), refused) == (1, ["cart_changed"])
    assert await counter.spent() == placed[0].discount


async def test_a_grant_is_used_once_by_two_who_confirm_at_once(backroom: Backroom) -> None:
    """Two orders of one client at once: its carts come one after another, so the second is put in by hand."""
    counter = Counter(backroom, GRANTED)
    await counter.grant()
    ids = [await backroom.place(), await backroom.place()]
    offs = (await counter.fill(a10661="24")).offs

    async def take(order_id: UUID) -> str:
        try:
            await backroom.books.write(
                lambda tx: counter.promotions.take(tx, order_id, RANOK.id, offs, backroom.clock())
            )
        except Refused as refusal:
            return refusal.code
        return "taken"

    assert sorted(await asyncio.gather(*map(take, ids))) == ["cart_changed", "taken"]
    assert await counter.spent(VCHASNO) == Money.of("57.48")


async def test_two_people_of_one_client_make_one_order_with_one_discount(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    await counter.grant()
    cart = await counter.fill(a10661="24")
    first, second = await asyncio.gather(counter.confirm(cart), counter.confirm(cart, person=ANDRII))
    assert first.id == second.id
    assert await counter.spent(VCHASNO) == Money.of("57.48")


async def test_what_goes_to_1c_comes_back_without_a_difference(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    order = await counter.order(a10661="24", a11011="1")
    await backroom.submit()
    (record,) = backroom.ledger.documents.values()
    assert (record.total, [line.amount for line in record.lines]) == (
        Money.of("1272.14"),
        [Money.of("1092.12"), Money.of("180.02")],
    )
    assert await backroom.news.take([record]) == []
    backroom.later(minutes=20)
    report = await backroom.reconciliation.compare()
    assert (report.compared, report.differing) == (1, 0)
    after = await backroom.order(order.id)
    assert (after.lines, after.offs, after.revision) == (order.lines, order.offs, 1)


async def test_a_line_that_the_office_cut_takes_its_discount_with_it(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    order = await counter.order(a10661="24", a11011="1")
    await backroom.submit()
    milk, cream = next(iter(backroom.ledger.documents.values())).lines
    half = OrderRecordLine(milk.article, milk.name, Decimal(12), milk.price, Money.of("546.06"))
    backroom.ledger.change(str(order.id), lines=(half, cream), total=Money.of("726.08"))
    await backroom.news.take(list(backroom.ledger.documents.values()))
    after = await backroom.order(order.id)
    assert [(line.discount.amount, line.amount.amount) for line in after.lines] == [
        (Decimal("28.74"), Decimal("546.06")),
        (Decimal("9.48"), Decimal("180.02")),
    ]
    assert adds_up(after)
    assert await counter.spent() == Money.of("38.22")


async def test_a_discount_that_the_office_took_away_is_not_counted_any_more(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    order = await counter.order(a10661="24")
    await backroom.submit()
    (milk,) = next(iter(backroom.ledger.documents.values())).lines
    full = OrderRecordLine(milk.article, milk.name, milk.quantity, milk.price, Money.of("1149.60"))
    backroom.ledger.change(str(order.id), lines=(full,), total=Money.of("1149.60"))
    await backroom.news.take(list(backroom.ledger.documents.values()))
    after = await backroom.order(order.id)
    assert (after.total, after.discount, after.offs) == (Money.of("1149.60"), Money(0), ())
    assert await counter.spent() == Money(0)


async def test_an_order_cancelled_there_gives_back_and_one_revived_takes_again(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    await counter.grant()
    order = await counter.order(a10661="24")
    await backroom.submit()
    record = backroom.ledger.change(str(order.id), state=State.CANCELLED)
    await backroom.news.take([record])
    assert (await counter.spent(), await counter.spent(VCHASNO)) == (Money(0), Money(0))
    alive = backroom.ledger.change(str(order.id), state=State.ACCEPTED)
    await backroom.books.write(lambda tx: backroom.news.revive(tx, order.id, alive))
    assert (await counter.spent(), await counter.spent(VCHASNO)) == (Money.of("57.48"), Money.of("57.48"))
    assert taken(await counter.order(a10661="24")) == [(ONLINE.code, "57.48")]


async def test_the_cost_is_reported_by_month_net_of_what_was_given_back(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE, GRANTED)
    assert written(await backroom.books.read(costs)) == ["Акції ще нічого не коштували."]
    await counter.grant()
    cancelled = await counter.order(a10661="24")
    await counter.ordering.cancel(counter.turn(), RANOK, OLENA, cancelled.id)
    await counter.order(a10661="24")
    await counter.order(a11011="10")
    found = await backroom.books.read(costs)
    assert [(one.month, one.code, one.orders, one.goods, one.discount) for one in found] == [
        ("2026-11", ONLINE.code, 2, Money.of("3044.60"), Money.of("152.23")),
        ("2026-11", VCHASNO, 1, Money.of("1149.60"), Money.of("57.48")),
    ]
    lines = [" ".join(line.replace("\u00a0", " ").split()) for line in written(found)]
    assert lines[1:] == [
        "2026-11 замовлення в боті з 20.11 2 3 044,60 грн 152,23 грн 5,00 %",
        "2026-11 реєстрація у «Вчасно» 1 1 149,60 грн 57,48 грн 5,00 %",
        "Разом знижок: 209,71 грн",
    ]


async def test_a_price_that_moved_moves_the_discount_with_it(backroom: Backroom) -> None:
    counter = Counter(backroom, ONLINE)
    price_check = type(backroom.price_check)(backroom.books, RULES, backroom.clock, promotions=counter.promotions)
    order = await counter.order(a10661="24", a11011="1")
    await backroom.price("10661", "50.00")
    question = await price_check.question(RANOK, order.id, "uk")
    assert question.total == Money.of("1320.02")
    await backroom.books.write(lambda tx: tx.orders.prices_asked(order.id, backroom.clock()))
    after = await price_check.accept(counter.turn(), RANOK, order.id, 1, question.total.kopiykas)
    assert (after.total, after.discount) == (Money.of("1320.02"), Money.of("69.48"))
    assert adds_up(after)
    assert await counter.spent() == Money.of("69.48")

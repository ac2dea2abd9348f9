"""People of one client at the same cart at the same moment: nothing lost, nothing doubled."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.cart import CartView
from bot.domain.errors import BusinessError
from bot.domain.money import Money
from bot.domain.order import OrderView, State
from bot.domain.quantity import Unit
from bot.services.carts import Carts
from bot.services.ordering import Ordering
from bot.services.standing import Standing
from tests.db.people import ANDRII, CREAM, GOUDA, MILK, OLENA, RANOK, turn
from tests.support.desk import RULES, Clock
from tests.support.wholesaler import uid

TUESDAY = date(2026, 11, 24)


@dataclass
class Desk:
    """The services that two people use at once."""

    books: Books
    carts: Carts
    ordering: Ordering

    async def plus(self, article_id: UUID, who: str, steps: int = 1) -> None:
        await self.carts.change(turn(who), RANOK, article_id, steps, Unit.BASE, "uk")

    async def cart(self) -> CartView:
        found = await self.carts.view(RANOK, "uk")
        assert found is not None
        return found

    async def quantities(self) -> dict[str, Decimal]:
        found = await self.carts.view(RANOK, "uk")
        return {line.sku: line.quantity for line in found.lines} if found else {}

    async def summary(self) -> CartView:
        """A cart that only waits for its confirm."""
        await self.plus(MILK, "olena=", 24)
        await self.carts.choose_point(turn(), RANOK, uid("Ранок на Подолі"), "uk")
        await self.carts.choose_date(turn(), RANOK, TUESDAY, "uk")
        return await self.cart()

    async def confirm(self, cart: CartView, who: str = "olena=", person: UUID = OLENA) -> OrderView:
        return await self.ordering.place(turn(who), RANOK, person, cart.id, cart.version, cart.total.kopiykas)

    async def orders(self) -> Sequence[OrderView]:
        briefs = (await self.ordering.history(RANOK, 0)).orders
        return [await self.ordering.order(RANOK, brief.id) for brief in briefs]


@pytest.fixture
def desk(stocked: Books) -> Desk:
    carts = Carts(stocked, RULES, Money.of(1500), Clock())
    return Desk(stocked, carts, Ordering(stocked, carts, RULES, Standing(stocked, Clock())))


async def test_two_people_press_plus_a_hundred_times_each_and_lose_nothing(desk: Desk) -> None:
    await asyncio.gather(*(desk.plus(MILK, who) for _ in range(100) for who in ("olena=", "andrii=")))
    assert await desk.quantities() == {"10661": Decimal(200)}
    assert (await desk.cart()).version == 200


async def test_the_first_taps_of_a_crowd_open_one_cart(desk: Desk) -> None:
    await asyncio.gather(*(desk.plus(article, who) for article in (MILK, CREAM, GOUDA) for who in ("1", "2", "3", "4")))
    assert await desk.quantities() == {"10661": Decimal(4), "11011": Decimal(4), "15700": Decimal(2)}


async def test_two_confirms_at_once_make_one_order(desk: Desk) -> None:
    cart = await desk.summary()
    placed = await asyncio.gather(
        *(desk.confirm(cart, who, person) for _ in range(5) for who, person in (("olena=", OLENA), ("andrii=", ANDRII)))
    )
    assert {order.number for order in placed} == {"K-000001"}
    assert len({order.id for order in placed}) == 1
    assert len(await desk.orders()) == 1
    assert await desk.quantities() == {}


async def test_what_is_added_while_somebody_confirms_is_in_the_order_or_in_the_cart(desk: Desk) -> None:
    cart = await desk.summary()
    await asyncio.gather(desk.confirm(cart), *(desk.plus(CREAM, "andrii=") for _ in range(20)), return_exceptions=True)
    ordered = [line.quantity for order in await desk.orders() for line in order.lines if line.sku == "11011"]
    waiting = (await desk.quantities()).get("11011", Decimal(0))
    assert sum(ordered, waiting) == 20


async def test_two_people_begin_to_change_an_order_and_share_one_cart(desk: Desk) -> None:
    order = await desk.confirm(await desk.summary())
    await asyncio.gather(*(desk.ordering.amend(turn(who), RANOK, order.id, "uk") for who in "abcdef"))
    assert (await desk.cart()).amends == "K-000001"
    assert await desk.quantities() == {"10661": Decimal(24)}


async def test_a_change_confirmed_twice_at_once_changes_the_order_once(desk: Desk) -> None:
    order = await desk.confirm(await desk.summary())
    await desk.ordering.amend(turn(), RANOK, order.id, "uk")
    await desk.plus(MILK, "olena=", 12)
    cart = await desk.cart()
    changed = await asyncio.gather(*(desk.confirm(cart, who) for who in "abcdef"))
    assert {(each.number, each.revision, each.total) for each in changed} == {("K-000001", 2, Money.of("1724.40"))}
    assert len(await desk.orders()) == 1


async def test_an_order_cancelled_while_its_change_is_confirmed_stays_cancelled(desk: Desk) -> None:
    order = await desk.confirm(await desk.summary())
    await desk.ordering.amend(turn(), RANOK, order.id, "uk")
    cart = await desk.cart()
    results = await asyncio.gather(
        desk.confirm(cart),
        desk.ordering.cancel(turn("andrii="), RANOK, ANDRII, order.id),
        return_exceptions=True,
    )
    (after,) = await desk.orders()
    assert after.state is State.CANCELLED
    assert after.history[-1][0] is State.CANCELLED
    assert [type(result) for result in results if not isinstance(result, (OrderView, BusinessError))] == []


async def test_numbers_have_no_gaps_though_orders_are_rolled_back(stocked: Books) -> None:
    def number(tx: Tx, fails: bool) -> str:
        given = tx.orders.next_number()
        if fails:
            raise LookupError
        return given

    results = await asyncio.gather(*(stocked.write(number, n % 3 == 0) for n in range(30)), return_exceptions=True)
    given = sorted(result for result in results if isinstance(result, str))
    assert given == [f"K-{n:06d}" for n in range(1, 21)]


async def test_a_link_used_by_two_accounts_at_once_lets_one_in(stocked: Books) -> None:
    def use(tx: Tx, account: str) -> UUID | None:
        used = tx.accounts.use_invite("hash", turn().at)
        if used is not None:
            tx.accounts.sign_in("viber", account, used, turn().at)
        return used

    def prepare(tx: Tx) -> None:
        tx.accounts.add_invite("hash", OLENA, turn().at, turn().at.replace(year=2027))
        for account in "abcd":
            tx.accounts.meet("viber", account, account, turn().at, None)

    await stocked.write(prepare)
    used = await asyncio.gather(*(stocked.write(use, account) for account in "abcd"))
    assert sorted(used, key=str) == [None, None, None, OLENA]
    people = await stocked.read(lambda tx: [tx.accounts.identity("viber", account).person_id for account in "abcd"])
    assert people == used

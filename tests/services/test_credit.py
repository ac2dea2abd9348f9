"""The credit gate over the books: what counts, what does not, and who is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.db.models import Client
from bot.domain.cart import CartView
from bot.domain.client import Buyer
from bot.domain.credit import CreditRules
from bot.domain.errors import Forbidden, Outdated, Refused
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.services.balance import Balance
from bot.services.credit import Credit, CreditView, position_of
from bot.services.payments import Payments
from tests.db.people import DNIPRO, RANOK, turn
from tests.services.cashbox import PUBLIC, Cashbox
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt

TODAY = date(2026, 11, 23)


class Cart(CartView):
    """A cart of that sum."""

    @property
    def total(self) -> Money:
        return self.minimum


def cart(hryvnias: str, **fields: object) -> CartView:
    whole = Cart(RANOK.id, 1, (), Money.of(hryvnias))
    return replace(whole, **fields)  # type: ignore[arg-type]


def gate(cashbox: Cashbox, payments: Payments | None = None, rules: CreditRules = CreditRules(on=True)) -> Credit:  # noqa: B008 frozen
    room = cashbox.room
    return Credit(room.books, rules, payments or cashbox.payments, room.standing, room.clock)


async def limit(cashbox: Cashbox, hryvnias: str | None) -> None:
    change = update(Client).where(Client.id == RANOK.id)
    value = None if hryvnias is None else Money.of(hryvnias)
    await cashbox.room.books.write(lambda tx: tx._connection.execute(change.values(credit_limit=value)).rowcount)


async def look(cashbox: Cashbox, hryvnias: str, buyer: Buyer = RANOK) -> CreditView | None:
    return await gate(cashbox).look(buyer, cart(hryvnias))


async def test_an_order_over_the_limit_is_said_with_what_is_lacking(cashbox: Cashbox) -> None:
    await limit(cashbox, "2000.00")
    await cashbox.owes(debt("d1", "1500.00", due=TODAY + timedelta(days=3)))
    assert await look(cashbox, "500.00") is None
    found = await look(cashbox, "500.01")
    assert found is not None
    assert (found.trouble.used, found.trouble.over, found.trouble.late) == (Money.of(1500), Money(1), ZERO)
    assert (found.may_see, found.payable) == (True, True)


async def test_what_is_paid_makes_room_at_once_and_exactly(cashbox: Cashbox) -> None:
    await limit(cashbox, "2000.00")
    await cashbox.owes(debt("d1", "1500.00", due=TODAY - timedelta(days=1)), debt("d2", "400.00", due=TODAY))
    found = await look(cashbox, "1000.00")
    assert found is not None
    assert (found.trouble.over, found.trouble.late, found.trouble.to_pay) == (
        Money.of(900), Money.of(1500), Money.of(1500),
    )  # fmt: skip
    link = await cashbox.balance.pay_oldest(turn(), RANOK, found.trouble.to_pay.kopiykas)
    assert link.asked.due == Money.of(1500)
    await cashbox.pays(token_of(link.address))
    assert await look(cashbox, "1000.00") is None
    assert await cashbox.owed() == [("d2", Money.of(400))]


async def test_orders_that_have_not_left_count_until_they_are_debts_or_paid(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    ref, sum_ = (await cashbox.room.link(order_id)).ref, (await cashbox.room.order(order_id)).total
    await cashbox.owes()

    async def unshipped() -> Money:
        return (await cashbox.room.books.read(lambda tx: position_of(tx, RANOK.id, TODAY))).unshipped

    assert await unshipped() == sum_
    await cashbox.owes(debt(ref, "10.00"))
    assert await unshipped() == ZERO
    await cashbox.owes()
    await cashbox.pays(await cashbox.for_order(order_id))
    assert await unshipped() == ZERO
    other = await cashbox.room.place()
    assert await unshipped() == sum_
    await cashbox.room.cancel(other)
    assert await unshipped() == ZERO


async def test_an_order_that_is_being_changed_does_not_count_twice(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.place()
    sum_ = (await cashbox.room.order(order_id)).total
    await cashbox.owes()
    await limit(cashbox, str(sum_.amount))
    assert await look(cashbox, "0.01") is not None
    assert await gate(cashbox).look(RANOK, cart(str(sum_.amount), amends_id=order_id)) is None


async def test_a_shipped_order_counts_by_its_debt_alone(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.place()
    await cashbox.room.books.write(
        lambda tx: tx.orders.set_state(order_id, State.PLACED, State.SHIPPED, cashbox.room.clock(), None)
    )
    await cashbox.owes()
    position = await cashbox.room.books.read(lambda tx: position_of(tx, RANOK.id, TODAY))
    assert (position.used, position.limit) == (ZERO, None)


async def test_on_old_data_nobody_is_warned(cashbox: Cashbox) -> None:
    await limit(cashbox, "0.00")
    assert await look(cashbox, "500.00") is None
    await cashbox.owes(debt("d1", "1500.00"))
    assert await look(cashbox, "500.00") is not None
    cashbox.room.later(hours=3)
    assert await look(cashbox, "500.00") is None


async def test_who_only_orders_learns_no_sums(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1500.00"))
    found = await look(cashbox, "500.00", replace(RANOK, pays=False))
    assert found is not None
    assert (found.may_see, found.payable) == (False, False)
    with pytest.raises(Forbidden):
        await cashbox.balance.pay_oldest(turn(), replace(RANOK, pays=False), 150_000)


async def test_without_a_gateway_there_is_nothing_to_press(cashbox: Cashbox) -> None:
    room = cashbox.room
    without = Payments(room.books, None, room.clock, public_url=PUBLIC, payee="ГастроОпт", connected=True)
    await cashbox.owes(debt("d1", "1500.00"))
    found = await gate(cashbox, without).look(RANOK, cart("500.00"))
    assert found is not None
    assert (found.may_see, found.payable) == (True, False)
    with pytest.raises(Refused, match="no_cards"):
        await Balance(room.books, without, room.standing, room.clock).pay_oldest(turn(), RANOK, 150_000)


async def test_debts_of_others_are_nothing_to_this_client(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1500.00", client="dnipro"))
    assert await look(cashbox, "500.00") is None
    assert await look(cashbox, "500.00", DNIPRO) is not None


async def test_switched_off_it_looks_at_nothing(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1500.00"))
    assert await gate(cashbox, rules=CreditRules()).look(RANOK, cart("500.00")) is None


@pytest.mark.parametrize("kopiykas", [0, -100, 150_001])
async def test_a_sum_that_is_not_owed_makes_no_link(cashbox: Cashbox, kopiykas: int) -> None:
    await cashbox.owes(debt("d1", "1500.00"))
    with pytest.raises(Outdated):
        await cashbox.balance.pay_oldest(turn(), RANOK, kopiykas)

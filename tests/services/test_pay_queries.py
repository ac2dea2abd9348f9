"""However many documents a link is for, the books are asked as often as for two."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from bot.db.tx import Tx
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.payment import Outcome
from bot.domain.promotion import Applies, Off
from bot.i18n import KYIV
from bot.services.debts import owed
from bot.services.pay_links import asked_by
from tests.db.people import OLENA, RANOK, turn
from tests.services.cashbox import PUBLIC, Cashbox
from tests.services.test_receivables_in import debt


def asked(tx: Tx, read: Callable[[Tx], Any]) -> int:
    """How many statements that takes."""
    statements: list[str] = []

    def heard(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(tx._connection, "before_cursor_execute", heard)
    read(tx)
    event.remove(tx._connection, "before_cursor_execute", heard)
    return len(statements)


async def another_debt(cashbox: Cashbox) -> str:
    """A shipped order, paid in part by a link of its own, with a discount, declined once, and begun again."""
    order_id = await cashbox.room.handed()
    part = await cashbox.balance.pay_part(turn(), RANOK, order_id, "100")
    reference = await cashbox.pays(part.address.removeprefix(f"{PUBLIC}/pay/"))
    whole = await cashbox.for_order(order_id)
    await cashbox.says(await cashbox.start(whole), Outcome.DECLINED)
    await cashbox.start(whole)
    off, now = Off("card", Applies.ONLINE_PAYMENT, Decimal(2), Money.of(2), date(2026, 12, 20)), cashbox.room.clock()

    def shipped(tx: Tx) -> None:
        tx.card_discounts.promise(reference, order_id, off)
        tx.card_discounts.hold(reference, off.amount, now)
        tx.orders.set_state(order_id, tx.orders.state(order_id), State.SHIPPED, now, OLENA)

    await cashbox.room.books.write(shipped)
    return (await cashbox.room.link(order_id)).ref


async def counted(cashbox: Cashbox, debts: list[str]) -> tuple[int, int]:
    """How often the books are asked for what a link for all of these asks, and for what the client owes."""
    await cashbox.owes(*(debt(ref, "1149.60") for ref in debts))
    token = (await cashbox.pay_all()).address.removeprefix(f"{PUBLIC}/pay/")
    await cashbox.says(await cashbox.start(token), Outcome.PAID, amount=Money.of(600))
    now = cashbox.room.clock()

    def count(tx: Tx) -> tuple[int, int]:
        link = tx.pay_links.named(token)
        assert link is not None
        assert len(link.targets) == len(debts)
        asking = asked(tx, lambda tx: asked_by(tx, link, now))
        return asking, asked(tx, lambda tx: owed(tx, RANOK.id, now.astimezone(KYIV).date()))

    return await cashbox.room.books.read(count)


async def test_a_link_for_many_orders_asks_the_books_no_more_often_than_one_for_two(cashbox: Cashbox) -> None:
    debts = [await another_debt(cashbox) for _ in range(2)]
    for_two = await counted(cashbox, debts)
    debts += [await another_debt(cashbox) for _ in range(7)]
    assert await counted(cashbox, debts) == for_two
    assert sum(for_two) < 40

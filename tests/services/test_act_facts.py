"""An act of reconciliation: 1C's balance now, and what moved before it as the books know it."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from bot.db.models import BankLine, Order, OrderState
from bot.db.tx import Tx
from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.settlements import Movement
from bot.domain.signing import DocumentKind
from bot.domain.template.facts import ActFacts, ActRow
from bot.services.contract_facts import ContractFactsBook, Wanted
from bot.services.price_sheets import PriceSheets
from tests.db.people import RANOK
from tests.services.cashbox import Cashbox
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt
from tests.support.contract_facts import COMPANY

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 23))


async def act(cashbox: Cashbox, since: date, until: date) -> ActFacts:
    room = cashbox.room
    book = ContractFactsBook(room.books, PriceSheets(room.books, room.clock), room.standing, COMPANY, "м. Київ")
    wanted = Wanted(DocumentKind.RECONCILIATION, RANOK.id, "3", until, since, until)
    found = (await book.gather(wanted, prices=False)).act
    assert found is not None
    return found


async def ships(cashbox: Cashbox, order_id: UUID, at: datetime) -> str:
    """The order leaves; its number."""

    def leave(tx: Tx) -> str:
        connection = tx._connection
        connection.execute(update(Order).where(Order.id == order_id).values(state="shipped"))
        connection.execute(insert(OrderState).values(order_id=order_id, position=9, state="shipped", at=at, note=""))
        return str(connection.execute(select(Order.number).where(Order.id == order_id)).scalar_one())

    return await cashbox.room.books.write(leave)


async def transfers(cashbox: Cashbox, day: date, sum_: str, state: str = "chosen") -> None:
    await cashbox.room.books.write(
        lambda tx: tx._connection.execute(
            insert(BankLine).values(
                number=day.day, fingerprint=f"{day}", bank_id="", our_account="", booked_on=day,
                amount=Money.of(sum_), currency="UAH", payer="", payer_code="", payer_account="", purpose="",
                paper="77", state=state, client_id=RANOK.id, taken_at=datetime(2026, 11, 23, tzinfo=UTC),
            )
        )
    )  # fmt: skip


async def test_what_moved_is_taken_back_from_what_is_owed_now(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"), debt("d2", "250.00", due=date(2026, 11, 25)))
    order_id = await cashbox.room.place()
    number = await ships(cashbox, order_id, datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    total = (await cashbox.room.order(order_id)).total
    await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    await transfers(cashbox, date(2026, 11, 20), "100")
    found = await act(cashbox, date(2026, 11, 1), date(2026, 11, 23))
    assert found.rows == (
        ActRow(date(2026, 11, 20), "Платіжна інструкція № 77", credit=Money.of(100)),
        ActRow(date(2026, 11, 23), "Оплата карткою 23.11.2026", credit=Money.of(300)),
        ActRow(date(2026, 11, 23), f"Поставка за замовленням № {number}", debit=total),
    )
    assert found.closing == Money.of(950)
    assert found.opening == Money.of(950) + Money.of(400) - total


async def test_an_act_of_an_earlier_time_ends_before_what_came_later(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    await transfers(cashbox, date(2026, 11, 20), "100")
    await transfers(cashbox, date(2026, 10, 12), "40")
    found = await act(cashbox, date(2026, 10, 1), date(2026, 10, 31))
    assert [row.credit for row in found.rows] == [Money.of(40)]
    assert (found.opening, found.closing) == (Money.of(1140), Money.of(1100))


async def test_a_transfer_that_nobody_booked_is_not_in_it(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    await transfers(cashbox, date(2026, 11, 20), "100", "offered")
    assert (await act(cashbox, date(2026, 11, 1), date(2026, 11, 23))).rows == ()


async def test_old_debts_make_no_act(cashbox: Cashbox, tmp_path: Path) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    cashbox.room.later(days=3)
    with pytest.raises(Unavailable):
        await act(cashbox, date(2026, 11, 1), date(2026, 11, 26))


async def account(cashbox: Cashbox, *moves: Movement) -> ActFacts:
    """The act of November by the ledger's own account of the café."""
    room = cashbox.room
    room.ledger.moves["ranok"] = list(moves)
    book = ContractFactsBook(
        room.books, PriceSheets(room.books, room.clock), room.standing, COMPANY, "м. Київ", room.ledger
    )
    wanted = Wanted(DocumentKind.RECONCILIATION, RANOK.id, "3", NOVEMBER[1], *NOVEMBER)
    found = (await book.gather(wanted, prices=False)).act
    assert found is not None
    return found


async def test_1c_gives_its_own_account_of_the_client(cashbox: Cashbox) -> None:
    found = await account(
        cashbox,
        Movement("d0", "shipment", "РН-1", date(2026, 10, 30), debit=Money.of(500)),
        Movement("d1", "shipment", "РН-2", date(2026, 11, 2), debit=Money.of(1000)),
        Movement("d2", "payment", "", date(2026, 11, 5), credit=Money.of(700)),
        Movement("d3", "shipment", "РН-3", date(2026, 11, 24), debit=Money.of(90)),
    )
    assert found.rows == (
        ActRow(date(2026, 11, 2), "Видаткова накладна № РН-2", debit=Money.of(1000)),
        ActRow(date(2026, 11, 5), "Оплата", credit=Money.of(700)),
    )
    assert (found.opening, found.closing) == (Money.of(500), Money.of(800))


async def test_while_1c_is_silent_an_act_waits(cashbox: Cashbox) -> None:
    cashbox.room.ledger.silent = True
    with pytest.raises(Unavailable):
        await account(cashbox)

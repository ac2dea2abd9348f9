"""A statement: what the books know of a client's orders, payments and debts, and of nobody else's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import Forbidden
from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from bot.services.statements import Statement, Statements, months_before
from tests.db.people import DNIPRO, RANOK
from tests.services.cashbox import Cashbox
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt


async def statement(cashbox: Cashbox, months: int = 3) -> Statement:
    room = cashbox.room
    return await Statements(room.books, room.standing, room.clock).of(RANOK, months)


async def test_orders_and_payments_of_the_time_and_debts_of_the_moment_are_told(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"), debt("d2", "250.00", due=date(2026, 11, 25)))
    await cashbox.room.place()
    cashbox.room.later(days=1)
    await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    found = await statement(cashbox)
    assert (found.client, found.since, found.on) == ("Кафе «Ранок»", date(2026, 8, 24), date(2026, 11, 24))
    assert [(one.document, one.amount, one.rest) for one in found.owed.debts] == [
        ("d1", Money.of(1000), Money.of(700)), ("d2", Money.of(1000), Money.of(250)),
    ]  # fmt: skip
    assert (found.owed.total, found.owed.overdue, found.owed.due_soon) == (
        Money.of(950), Money.of(700), Money.of(250),
    )  # fmt: skip
    assert [one.number for one in found.orders] == ["K-000001"]
    (paid,) = found.payments
    assert (paid.charged, paid.refunded, [name[1] for name in paid.names]) == (Money.of(300), ZERO, ["РН-d1"])
    assert (found.ordered, found.paid) == (found.orders[0].total, Money.of(300))
    assert found.whole


async def test_what_was_given_back_is_told_with_its_payment(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    cashbox.room.later(hours=1)
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of(100))
    found = await statement(cashbox)
    assert [(one.charged, one.refunded) for one in found.payments] == [(Money.of(300), Money.of(100))]
    assert found.paid == Money.of(200)


async def test_what_was_before_the_time_and_what_was_cancelled_stays_out(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    await cashbox.room.place()
    await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    cashbox.room.later(days=120)
    await cashbox.room.cancel(await cashbox.room.place())
    found = await statement(cashbox)
    assert (found.orders, found.payments) == ((), ())
    assert found.as_of is not None
    assert [one.number for one in (await statement(cashbox, 12)).orders] == ["K-000001"]


async def test_what_is_other_peoples_stays_out(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00", client="dnipro"))
    await cashbox.room.place(buyer=DNIPRO)
    assert (await statement(cashbox)).empty


async def test_who_may_not_see_the_balance_gets_no_statement(cashbox: Cashbox) -> None:
    room = cashbox.room
    statements = Statements(room.books, room.standing, room.clock)
    with pytest.raises(Forbidden):
        await statements.of(replace(RANOK, pays=False), 3)


async def test_a_day_of_the_statement_begins_at_midnight_in_kyiv(cashbox: Cashbox) -> None:
    cashbox.room.clock.moment = cashbox.room.clock.moment.replace(hour=22, minute=30)
    await cashbox.room.place()
    cashbox.room.clock.moment += timedelta(days=92)
    found = await statement(cashbox)
    assert (found.since, [one.number for one in found.orders]) == (date(2026, 11, 24), ["K-000001"])


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 27), 3, date(2026, 8, 27)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 3, 1), 3, date(2025, 12, 1)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before

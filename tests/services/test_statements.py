"""A statement: what the books know of a client's orders, payments and debts, and of nobody else's."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import Forbidden
from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from bot.domain.settlements import Movement, Settlements
from bot.services.statements import AccountView, Statement, Statements, months_before
from tests.db.people import DNIPRO, RANOK
from tests.services.cashbox import Cashbox
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt


async def statement(cashbox: Cashbox, months: int = 3, *, connected: bool = False) -> Statement:
    """`connected`: there is 1C to ask."""
    room = cashbox.room
    accounting = room.ledger if connected else None
    return await Statements(room.books, room.standing, room.clock, accounting).of(RANOK, months)


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


# --- the account ------------------------------------------------------------------------------------------------------


def moved(cashbox: Cashbox, *moves: tuple[str, str, date, str, str]) -> None:
    """Documents there: a reference, its kind, its day, what is owed more and what less by it."""
    cashbox.room.ledger.moves["ranok"] = [
        Movement(ref, kind, f"№{ref}", day, Money.of(debit), Money.of(credit))
        for ref, kind, day, debit, credit in moves
    ]


async def with_account(cashbox: Cashbox) -> None:
    """Owed are 700 of what was shipped for 1500 since July; 100 were owed before."""
    moved(
        cashbox,
        ("d0", "shipment", date(2026, 7, 1), "100.00", "0"),
        ("d1", "shipment", date(2026, 11, 10), "1000.00", "0"),
        ("p1", "payment", date(2026, 11, 12), "0", "900.00"),
        ("d2", "shipment", date(2026, 11, 14), "500.00", "0"),
    )
    await cashbox.owes(debt("d1", "200.00"), debt("d2", "500.00"))


async def account_of(cashbox: Cashbox, months: int = 3) -> AccountView:
    account = (await statement(cashbox, months, connected=True)).account
    assert account is not None
    return account


async def test_the_account_begins_with_what_was_owed_before_and_ends_with_the_balance(cashbox: Cashbox) -> None:
    await with_account(cashbox)
    found = await statement(cashbox, connected=True)
    account = found.account
    assert account is not None
    assert (account.settlements.since, account.opening) == (date(2026, 8, 23), Money.of(100))
    assert [balance for _, balance in account.settlements.running()] == [
        Money.of(1100), Money.of(200), Money.of(700),
    ]  # fmt: skip
    assert (account.closing, account.agreed) == (Money.of(700), True)
    assert account.closing == found.owed.total - found.owed.advance


async def test_what_was_paid_here_and_is_not_there_yet_is_taken_off_the_closing_balance(cashbox: Cashbox) -> None:
    await with_account(cashbox)
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    found = await statement(cashbox, connected=True)
    assert found.account is not None
    assert (found.account.pending, found.account.closing, found.owed.total) == (
        Money.of(300), Money.of(400), Money.of(400),
    )  # fmt: skip
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of(100))
    assert (await account_of(cashbox)).pending == Money.of(200)


async def test_a_payment_that_is_posted_there_already_is_not_taken_off_twice(cashbox: Cashbox) -> None:
    await with_account(cashbox)
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    await cashbox.hands()
    link = await cashbox.room.books.read(lambda tx: tx.money.document(reference))
    assert link is not None
    paid = Movement(link.ref, "payment", link.number, date(2026, 11, 23), ZERO, Money.of(300))
    cashbox.room.ledger.moves["ranok"].append(paid)
    account = await account_of(cashbox)
    assert (account.pending, account.closing, account.agreed) == (ZERO, Money.of(400), False)


async def test_what_moved_since_debts_were_read_is_said(cashbox: Cashbox) -> None:
    await with_account(cashbox)
    cashbox.room.ledger.moves["ranok"].append(Movement("p2", "payment", "№p2", date(2026, 11, 23), ZERO, Money.of(50)))
    account = await account_of(cashbox)
    assert (account.closing, account.agreed) == (Money.of(650), False)


async def test_while_1c_is_silent_the_statement_comes_without_the_account_and_says_so(cashbox: Cashbox) -> None:
    await with_account(cashbox)
    cashbox.room.ledger.silent = True
    found = await statement(cashbox, connected=True)
    assert (found.account, found.asked, found.owed.total) == (None, True, Money.of(700))
    assert (await statement(cashbox)).asked is False


async def test_where_1c_is_known_to_be_silent_nobody_waits_for_it(cashbox: Cashbox) -> None:
    room = cashbox.room
    await with_account(cashbox)
    await room.books.write(lambda tx: tx.systems.silent("onec", room.clock(), ""))
    room.ledger.calls.clear()
    assert (await statement(cashbox, connected=True)).account is None
    assert room.ledger.calls == []


async def test_where_1c_is_too_slow_the_statement_does_not_wait(
    cashbox: Cashbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_account(cashbox)
    monkeypatch.setattr("bot.services.statements.PATIENCE", 0.0)
    monkeypatch.setattr(cashbox.room.ledger, "settlements", _never)
    assert (await statement(cashbox, connected=True)).account is None


async def test_of_very_many_documents_the_last_ones_are_shown_with_what_was_before(
    cashbox: Cashbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_account(cashbox)
    monkeypatch.setattr("bot.services.statements.MOVES", 1)
    account = await account_of(cashbox)
    assert [one.document for one in account.settlements.movements] == ["d2"]
    assert (account.settlements.since, account.opening, account.closing, account.agreed) == (
        date(2026, 11, 14), Money.of(200), Money.of(700), True,
    )  # fmt: skip


async def test_who_may_not_see_the_balance_has_nobody_asked(cashbox: Cashbox) -> None:
    room = cashbox.room
    statements = Statements(room.books, room.standing, room.clock, room.ledger)
    with pytest.raises(Forbidden):
        await statements.of(replace(RANOK, pays=False), 3)
    assert "settlements" not in room.ledger.calls


async def _never(client: str, since: date) -> Settlements:
    await asyncio.Event().wait()
    raise AssertionError

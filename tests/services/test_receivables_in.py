"""Debts come in as a whole set: what a whole pull does not name is not owed any more."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.accounting import DocumentHead, ReceivableRecord, Subject
from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.receivable import ReceivableView
from tests.db.people import RANOK
from tests.services.backroom import Backroom
from tests.services.cards import BAR

DEBTS = Subject.RECEIVABLES
TENTH = date(2026, 11, 10)


def debt(document: str, balance: str, **fields: Any) -> ReceivableRecord:
    """By a shipment of the tenth, due in a week."""
    head = DocumentHead("shipment", f"РН-{document}", TENTH, Money.of("1000.00"))
    values = {"client": "ranok", "contract": None, "due": date(2026, 11, 17), "head": head} | fields
    return ReceivableRecord(document=document, balance=Money.of(balance), **values)


async def owed(room: Backroom) -> list[tuple[str, Money]]:
    found = await room.books.read(lambda tx: tx.receivables.of_client(RANOK.id))
    return [(one.document, one.balance) for one in found]


async def test_a_debt_comes_with_its_document(backroom: Backroom) -> None:
    backroom.ledger.owes(debt("d1", "1000.00"), debt("d2", "-50.00", due=None))
    report = await backroom.pull(DEBTS)
    assert (report.seen, report.gone) == (2, 0)
    found = await backroom.books.read(lambda tx: tx.receivables.of_client(RANOK.id))
    assert found == [
        ReceivableView(
            "d1", "shipment", "РН-d1", TENTH, Money.of("1000.00"), Money.of("1000.00"), date(2026, 11, 17)
        ),
        ReceivableView("d2", "shipment", "РН-d2", TENTH, Money.of("1000.00"), Money.of("-50.00"), None),
    ]  # fmt: skip
    total = await backroom.books.read(lambda tx: tx.receivables.total())
    assert (total, type(total.kopiykas)) == (Money.of("1000.00"), int)
    early = date(2026, 11, 17)
    assert await backroom.books.read(lambda tx: tx.receivables.total(due_before=early)) == Money(0)
    assert [one.overdue(date(2026, 11, 18)) for one in found] == [True, False]


async def test_a_known_document_moves_without_its_head(backroom: Backroom) -> None:
    backroom.ledger.owes(debt("d1", "1000.00"))
    await backroom.pull(DEBTS)
    backroom.ledger.owes(debt("d1", "400.00", due=None))
    await backroom.pull(DEBTS)
    (one,) = await backroom.books.read(lambda tx: tx.receivables.of_client(RANOK.id))
    assert (one.balance, one.number, one.due) == (Money.of("400.00"), "РН-d1", date(2026, 11, 17))


async def test_what_is_not_named_is_paid(backroom: Backroom) -> None:
    backroom.ledger.owes(debt("d1", "1000.00"), debt("d2", "10.00"))
    await backroom.pull(DEBTS)
    del backroom.ledger.owed["d1"]
    assert (await backroom.pull(DEBTS)).gone == 1
    assert await owed(backroom) == [("d2", Money.of("10.00"))]
    backroom.ledger.owed.clear()
    await backroom.pull(DEBTS)
    assert await owed(backroom) == []


async def test_half_an_answer_takes_nothing_away(room: Backroom) -> None:
    room.ledger.page = 1
    room.ledger.owes(debt("d1", "1000.00"), debt("d2", "10.00"))
    await room.pull(DEBTS)
    room.ledger.owed = {"d3": debt("d3", "5.00"), "d2": debt("d2", "7.00")}
    room.ledger.breaks_off = 1
    with pytest.raises(Unavailable):
        await room.pull(DEBTS)
    assert sorted(await owed(room)) == [
        ("d1", Money.of("1000.00")), ("d2", Money.of("10.00")), ("d3", Money.of("5.00")),
    ]  # fmt: skip
    room.ledger.breaks_off = None
    await room.pull(DEBTS)
    assert sorted(await owed(room)) == [("d2", Money.of("7.00")), ("d3", Money.of("5.00"))]


async def test_a_debt_of_a_client_nobody_knows_waits_for_the_client(room: Backroom) -> None:
    room.ledger.owes(debt("d1", "1000.00", client="bar"))
    assert (await room.pull(DEBTS)).problems == [("client_unknown", "d1")]
    room.ledger.add_client(BAR)
    await room.pull(Subject.CLIENTS)
    assert (await room.pull(DEBTS)).problems is None
    bar = await room.client("bar")
    (one,) = await room.books.read(lambda tx: tx.receivables.of_client(bar.id))
    assert one.number == "РН-d1"


async def test_a_debt_follows_its_document_to_another_client(room: Backroom) -> None:
    room.ledger.owes(debt("d1", "1000.00"))
    await room.pull(DEBTS)
    room.ledger.owes(replace(debt("d1", "1000.00"), client="dnipro"))
    await room.pull(DEBTS)
    assert await owed(room) == []


async def test_a_full_pull_asks_for_the_heads_again(room: Backroom) -> None:
    room.ledger.owes(debt("d1", "1000.00"))
    await room.pull(DEBTS)
    moved = DocumentHead("shipment", "РН-1/виправлена", TENTH, Money.of("900.00"))
    room.ledger.owes(debt("d1", "900.00", head=moved))
    await room.pull(DEBTS, full=True)
    (one,) = await room.books.read(lambda tx: tx.receivables.of_client(RANOK.id))
    assert (one.number, one.amount) == ("РН-1/виправлена", Money.of("900.00"))

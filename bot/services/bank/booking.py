"""A line becomes a payment of a client, or stops being one: with all that follows, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.db.bank import LineRow
from bot.db.bank_money import PartRow
from bot.db.tx import Tx
from bot.domain.allocation import Part, Target
from bot.domain.bank import LineState, StatementLine
from bot.domain.errors import Outdated
from bot.domain.job import Job, Queue
from bot.domain.matching import Rule, RuleKind, Share, Sign, bare
from bot.domain.money import ZERO
from bot.services.bank.book import divisible, opens_of, orders_named
from bot.services.bank.news import tell_booked, tell_undone
from bot.services.look_again import look_again
from bot.services.notices import renew_shown
from bot.services.paid import withdraw

RECEIVE_BANK = "receive_bank"
TAKE_BACK = "take_back_bank"
CLIENTS_OWN = ("26", "25", "35")
"""How accounts of clients begin; money of many comes from the banks' transit accounts."""


def book(
    tx: Tx, row: LineRow, client_id: UUID, shares: Sequence[Share], state: LineState, by: tuple[str, str],
    now: datetime, *, connected: bool, detail: str = "",
) -> None:  # fmt: skip
    """The line is locked by the caller. Raises Outdated where less is left of a document, or of the line, by now."""
    tx.clients.lock(client_id)
    named = orders_named(tx, [row.line.purpose]).get(client_id, [])
    rests = {(one.document, one.order_id): one.rest for one in opens_of(tx, client_id, now, named)}
    for share in shares:
        left = rests.get((share.open.document, share.open.order_id))
        if left is None or share.amount > left:
            raise Outdated("bank line")
    if sum((share.amount for share in shares), ZERO) > divisible(tx, row).amount:
        raise Outdated("bank line")
    parts = [
        PartRow(
            Part(share.open.order_id, share.open.document, share.amount),
            share.open.kind, share.open.number, share.open.dated, None,
        )
        for share in shares
    ]  # fmt: skip
    tx.bank_money.put_parts(row.number, parts)
    tx.bank.decide(row, state, now, by=by, client_id=client_id, detail=detail, booked=True)
    booking = row.booking + 1
    whole = [
        Target(share.open.order_id, share.open.document)
        for share in shares
        if share.amount == rests[share.open.document, share.open.order_id]
    ]
    withdraw(tx, whole)
    _renew(tx, parts, f"bank:{row.number}:{booking}", now)
    tell_booked(tx, row.number, booking, client_id, now)
    look_again(tx, f"bank:{row.number}:{booking}", client_id)
    if connected and tx.bank_money.document(row.number) is None:
        tx.jobs.add(receive_job(row.number, booking))


def unbook(tx: Tx, row: LineRow, by: tuple[str, str], now: datetime, *, connected: bool) -> None:
    """The line is locked by the caller; what it went to is owed again, and its document in 1C is taken back."""
    parts = tx.bank_money.parts(row.number)
    detail = "; ".join(f"{one.called} {one.part.amount.amount}" for one in parts)
    if row.client_id is not None:
        tx.clients.lock(row.client_id)
        tx.bank_money.unlearn(lessons(row.line, row.client_id))
    tx.bank_money.put_parts(row.number, ())
    tx.bank.decide(row, LineState.UNDONE, now, by=by, detail=detail)
    _renew(tx, parts, f"unbank:{row.number}:{row.booking}", now)
    tell_undone(tx, row.number, row.booking, now)
    paper = tx.bank_money.document(row.number)
    if connected and (paper is None or not paper.theirs):
        tx.jobs.add(take_back_job(row.number, row.booking))


def receive_job(number: int, booking: int) -> Job:
    return _job(RECEIVE_BANK, number, booking)


def take_back_job(number: int, booking: int) -> Job:
    return _job(TAKE_BACK, number, booking)


def _job(name: str, number: int, booking: int) -> Job:
    return Job(
        name,
        Queue.ONEC,
        {"number": number, "booking": booking},
        key=f"{name}:{number}:{booking}",
        lock=f"bank:{number}",
        priority=3,
    )


def lessons(line: StatementLine, client_id: UUID, own: frozenset[str] = frozenset()) -> list[Rule]:
    """What a choice teaches: whose this payer's money is. A name only where there is nothing better.

    `own` are the client's codes, which teach nothing.
    """
    found = []
    if line.payer_code and line.payer_code not in own:
        found.append(Rule(RuleKind.CODE, line.payer_code, client_id))
    if line.payer_account and _of_a_client(line.payer_account):
        found.append(Rule(RuleKind.ACCOUNT, line.payer_account, client_id))
    name = bare(line.payer)
    if not found and not line.payer_code and len(name) > 3:
        found.append(Rule(RuleKind.NAME, name, client_id))
    return found


def seen_account(line: StatementLine, client_id: UUID, signs: frozenset[Sign]) -> list[Rule]:
    """What a booking by the client's own code teaches."""
    of_client = bool(line.payer_account) and _of_a_client(line.payer_account)
    return [Rule(RuleKind.ACCOUNT, line.payer_account, client_id)] if of_client and Sign.CODE in signs else []


def _of_a_client(account: str) -> bool:
    """By the number of the balance account within an IBAN."""
    return not account.startswith("UA") or account[10:].lstrip("0").startswith(CLIENTS_OWN)


def _renew(tx: Tx, parts: Sequence[PartRow], version: str, now: datetime) -> None:
    for order_id in {one.part.order_id for one in parts if one.part.order_id is not None}:
        renew_shown(tx, order_id, version, now)

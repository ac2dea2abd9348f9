"""New lines find their place: set apart, known to 1C already, booked, or offered to finance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.db.bank import LineRow
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import BankReceipt
from bot.domain.bank import Apart, LineState, StatementLine, ToOnec
from bot.domain.errors import Outdated
from bot.domain.job import Job, Queue
from bot.domain.matching import Automatic, Book, Offered, SetApart, Verdict, match
from bot.ports import Accounting, Clock
from bot.services.bank.book import opens_of, orders_named, the_book
from bot.services.bank.booking import book, seen_account
from bot.services.bank.terms import BankTerms
from bot.services.bank.there import twins

SETTLE_BANK = "settle_bank"
AROUND = timedelta(days=5)
"""A document of 1C may be dated so much before or after the line."""
NOBODY = ("", "")


def settle_job(because: str) -> Job:
    return Job(SETTLE_BANK, Queue.ONEC, {}, key=f"{SETTLE_BANK}:{because}", lock=SETTLE_BANK, priority=2)


class Settling:
    """Matches what is new; the book of record is asked first, where it may have loaded the same."""

    def __init__(self, books: Books, accounting: Accounting | None, terms: BankTerms, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._terms = terms
        self._now = now

    @property
    def writes(self) -> bool:
        """Whether booked lines become documents there."""
        return self._accounting is not None and self._terms.to_onec is not ToOnec.NEVER

    async def run(self) -> int:
        """How many lines found their place. Raises what Accounting.bank_receipts raises, with nothing done."""
        rows = await self._books.read(lambda tx: tx.bank.standing([LineState.NEW]))
        if not rows:
            return 0
        receipts = await self.receipts(min(row.line.booked_on for row in rows))
        same = await self._books.read(twins_of, rows, receipts)
        known = await self._books.read(lambda tx: the_book(tx, [row.line for row in rows], self._terms, self._now()))
        for row in rows:
            verdict = match(row.line, known)
            if await self._books.write(self._place, row.number, verdict, same.get(row.number)):
                known = await self._books.read(self._moved_on, known, verdict, row.line)
        return len(rows)

    async def receipts(self, since: date) -> list[BankReceipt]:
        """What stands there; nothing where we are not to care."""
        if self._accounting is None or self._terms.to_onec is ToOnec.ALWAYS:
            return []
        found: list[BankReceipt] = []
        async for page in self._accounting.bank_receipts(since - AROUND):
            found += page
        return found

    def _place(self, tx: Tx, number: int, verdict: Verdict, twin: BankReceipt | None) -> bool:
        """Whether money was booked, so that less is owed now."""
        row, now = tx.bank.line(number, lock=True), self._now()
        if row is None or row.state is not LineState.NEW:
            return False
        if isinstance(verdict, SetApart):
            tx.bank.decide(row, LineState.IGNORED, now, apart=verdict.why.value)
            return False
        if twin is not None:
            claim(tx, number, twin, self._now())
            if twin.link.posted:
                tx.bank.decide(row, LineState.IGNORED, now, apart=Apart.THERE.value)
                return False
        if isinstance(verdict, Automatic):
            return self._book(tx, row, verdict)
        tx.bank.decide(row, LineState.OFFERED if isinstance(verdict, Offered) else LineState.UNKNOWN, now)
        return False

    def _book(self, tx: Tx, row: LineRow, verdict: Automatic) -> bool:
        one, now = verdict.candidate, self._now()
        signs = ",".join(sorted(sign.value for sign in one.signs))
        try:
            book(tx, row, one.client, one.shares, LineState.AUTOMATIC, NOBODY, now, connected=self.writes, detail=signs)
        except Outdated:  # somebody paid meanwhile
            tx.bank.decide(row, LineState.OFFERED, now)
            return False
        tx.bank_money.learn(seen_account(row.line, one.client, one.signs), "", now)
        return True

    def _moved_on(self, tx: Tx, known: Book, verdict: Verdict, line: StatementLine) -> Book:
        """What the client still has to pay after this."""
        assert isinstance(verdict, Automatic)
        client = verdict.candidate.client
        others = [one for one in known.opens if one.client != client]
        orders = {one.order_id for one in known.opens if one.client == client and one.order_id is not None}
        named = orders_named(tx, [line.purpose]).get(client, [])
        fresh = opens_of(tx, client, self._now(), [*orders, *(one for one in named if one not in orders)])
        return replace(known, opens=[*others, *fresh])


def twins_of(tx: Tx, rows: Sequence[LineRow], receipts: Sequence[BankReceipt]) -> dict[int, BankReceipt]:
    """By line; a payer is known there by the code, or by whom the line was booked to."""
    if not receipts:
        return {}
    ids = tx.bank_money.ids_there()
    codes: dict[str, set[str]] = {}
    for _, (own, code) in ids.items():
        if code:
            codes.setdefault(code, set()).add(own)
    lines = {}
    for row in rows:
        booked = {ids[row.client_id][0]} if row.client_id in ids else set()
        lines[row.number] = (row.line, booked | codes.get(row.line.payer_code, set()))
    return twins(lines, receipts, tx.bank_money.claimed([one.link.ref for one in receipts]))


def claim(tx: Tx, number: int, twin: BankReceipt, at: datetime) -> None:
    """The document that 1C has loaded is this line's."""
    link = twin.link
    tx.bank_money.handed(number, link.ref, link.number, link.version, at, posted=link.posted, theirs=True)

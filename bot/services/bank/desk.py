"""Finance's desk for bank transfers: statements in, lines seen, chosen, split, set aside and undone."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from bot.db.bank import LineRow
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.bank import BOOKED, UNIDENTIFIED, Apart, LineState, Statement
from bot.domain.errors import NotFound, Outdated, OutsideError, Refused
from bot.domain.job import Run
from bot.domain.matching import Candidate, Open, Share, offers
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.ports import Accounting, Clock
from bot.services.bank.book import divisible, the_book
from bot.services.bank.booking import book, lessons, unbook
from bot.services.bank.settling import Settling, settle_job
from bot.services.bank.terms import BankTerms, ReadStatement
from bot.services.bank.views import Choice, LineView, Overview, Taken, following, label, mark_of, overview_of, sums_of
from bot.services.money_moves import Who
from bot.services.notices import tell_finance

FOUND = 3
LARGEST = 20 * 1024**2
Fetch = Callable[[str, int], Awaitable[bytes]]
"""A file by its ref in the messenger, no longer than so many bytes. Raises OutsideError."""


class BankDesk:
    """Statements and decisions; without a reader no file is taken in."""

    def __init__(
        self,
        books: Books,
        accounting: Accounting | None,
        now: Clock,
        terms: BankTerms | None = None,
        reader: ReadStatement | None = None,
    ) -> None:
        self._books = books
        self._now = now
        self._reader = reader
        self._fetch: Fetch | None = None
        self.terms = terms or BankTerms()
        self.settling = Settling(books, accounting, self.terms, now)

    def connect(self, fetch: Fetch) -> None:
        """How a file that was sent is brought here."""
        self._fetch = fetch

    async def take_sent(self, ref: str, name: str) -> Taken:
        """A file that somebody sent. Raises as `take`, and OutsideError."""
        if self._fetch is None or self._reader is None:
            raise Refused("no_bank")
        content = await self._fetch(ref, LARGEST)
        with tempfile.TemporaryDirectory(prefix="statement-") as folder:
            path = Path(folder) / f"statement{Path(name).suffix[:8]}"
            await asyncio.to_thread(path.write_bytes, content)
            return await self.take(path)

    async def take(self, path: Path) -> Taken:
        """Raises BrokenStatement; Refused: no_bank."""
        if self._reader is None:
            raise Refused("no_bank")
        return await self.take_lines(await asyncio.to_thread(self._reader, path))

    async def take_lines(self, statement: Statement) -> Taken:
        """The same file again has no effect."""
        now = self._now()
        own = min(self.terms.accounts, default="")
        lines = [one if one.our_account else replace(one, our_account=own) for one in statement.lines]
        new = await self._books.write(lambda tx: tx.bank.take(lines, now))
        waits = False
        try:
            await self.settling.run()
        except OutsideError:
            waits = True
            await self._books.write(lambda tx: tx.jobs.add(settle_job(now.isoformat())))
        sums = await self._books.read(sums_of, new)
        return Taken(len(statement.lines), len(new), len(statement.left_out), sums, waits)

    async def settle(self, _: Run) -> None:
        """The job of lines that waited for 1C; finance hears what became of them. Raises OutsideError."""
        if await self.settling.run():
            await self.tell()

    async def tell(self) -> None:
        """Finance sees what nobody knows yet."""
        now = self._now().isoformat()
        await self._books.write(lambda tx: tell_finance(tx, Notice(NoticeKind.BANK, "statement", now)))

    async def overview(self, page: int = 0) -> Overview:
        return await self._books.read(overview_of, page)

    async def unidentified(self) -> tuple[int, Money]:
        """How many payments nobody knows yet, and their sum."""
        return await self._books.read(lambda tx: tx.bank.unidentified())

    async def view(self, number: int, clients: Sequence[UUID] = ()) -> LineView:
        """`clients` are to choose of in the place of what the line points to. Raises NotFound."""
        return await self._books.read(self._view, number, tuple(clients))

    async def find(self, number: int, text: str) -> LineView:
        """The line with clients of this name or code to choose of. Raises NotFound."""
        found = await self._books.read(lambda tx: tx.bank_money.clients_called(text, FOUND))
        if not found:
            raise NotFound("client")
        return await self.view(number, found)

    async def opens(self, number: int, client_id: UUID) -> tuple[LineView, Choice, list[Open]]:
        """What the client has to pay, oldest due first, to split the line's sum. Raises NotFound, Outdated."""

        def read(tx: Tx) -> tuple[LineView, Choice, list[Open]]:
            view = self._view(tx, number, (client_id,))
            if not view.choices:
                raise Outdated("bank line")
            return view, view.choices[0], self._opens(tx, view.row, client_id)

        return await self._books.read(read)

    # --- decisions ---------------------------------------------------------------------------------------------------

    async def choose(self, number: int, client_id: UUID, mark: int, who: Who, *, oldest: bool = False) -> LineView:
        """The money goes to what was seen, or to the oldest debts of this client.

        Raises NotFound; Outdated where the line or the debts have moved since.
        """

        def decide(tx: Tx, row: LineRow) -> None:
            found = self._offers(tx, row, (client_id,))
            same = next((one for one in found if mark_of(one) == mark), None)
            if same is None:
                raise Outdated("bank line")
            shares = _oldest(same, self._opens(tx, row, client_id)) if oldest else same.shares
            self._book(tx, row, client_id, shares, LineState.SPLIT if oldest else LineState.CHOSEN, who)

        return await self._decided(number, UNIDENTIFIED, decide)

    async def split(self, number: int, sums: Sequence[tuple[str, str]], who: Who) -> LineView:
        """Sums by documents, as they are called; what they leave goes on the client's account.

        Raises NotFound, Outdated; Refused: not_a_sum, not_positive, more_than_came, no_document, two_clients.
        """

        shares = await self._books.read(self._shares, number, sums)
        clients = {share.open.client for share in shares}
        if len(clients) != 1:
            raise Refused("two_clients")
        client_id = clients.pop()

        def decide(tx: Tx, row: LineRow) -> None:
            self._book(tx, row, client_id, shares, LineState.SPLIT, who)

        return await self._decided(number, UNIDENTIFIED, decide)

    async def ignore(self, number: int, who: Who) -> LineView:
        """No client's payment. Raises NotFound, Outdated."""

        def decide(tx: Tx, row: LineRow) -> None:
            by = (who.name, who.account)
            tx.bank.decide(row, LineState.IGNORED, self._now(), by=by, apart=Apart.NO_CLIENT.value)

        return await self._decided(number, UNIDENTIFIED, decide)

    async def undo(self, number: int, booking: int, who: Who) -> LineView:
        """As if it had not been booked, or set apart; `booking` is the one that was seen. Raises NotFound, Outdated."""

        def decide(tx: Tx, row: LineRow) -> None:
            by = (who.name, who.account)
            if row.booking != booking or row.apart == Apart.TO_RETURN:
                raise Outdated("bank line")
            if row.state is LineState.IGNORED:
                tx.bank.decide(row, LineState.UNDONE, self._now(), by=by, detail=row.apart)
                return
            unbook(tx, row, by, self._now(), connected=self.settling.writes)
            if not divisible(tx, row).amount:
                tx.bank.decide(row, LineState.IGNORED, self._now(), by=by, apart=Apart.TO_RETURN.value)

        return await self._decided(number, BOOKED | {LineState.IGNORED}, decide)

    async def _decided(
        self, number: int, states: frozenset[LineState], decide: Callable[[Tx, LineRow], None]
    ) -> LineView:
        def body(tx: Tx) -> None:
            row = tx.bank.line(number, lock=True)
            if row is None:
                raise NotFound("bank line")
            if row.state not in states:
                raise Outdated("bank line")
            decide(tx, row)

        await self._books.write(body)
        return await self.view(number)

    def _book(self, tx: Tx, row: LineRow, client_id: UUID, shares: Sequence[Share], state: LineState, who: Who) -> None:
        by, now = (who.name, who.account), self._now()
        book(tx, row, client_id, shares, state, by, now, connected=self.settling.writes)
        payer = tx.bank_money.payers().get(client_id)
        tx.bank_money.learn(lessons(row.line, client_id, payer.codes if payer else frozenset()), who.name, now)

    # --- views -------------------------------------------------------------------------------------------------------

    def _view(self, tx: Tx, number: int, clients: tuple[UUID, ...] = ()) -> LineView:
        row = tx.bank.line(number)
        if row is None:
            raise NotFound("bank line")
        decisions = tx.bank.decisions(number)
        open_ = row.state in UNIDENTIFIED
        found = self._offers(tx, row, clients) if open_ else []
        seen = {one.client for one in found} | ({row.client_id} if row.client_id else set())
        names = {one: buyer.name for one in seen if (buyer := tx.clients.buyer_of(one)) is not None}
        return LineView(
            row,
            names.get(row.client_id, "") if row.client_id else "",
            tuple(tx.bank_money.parts(number)),
            tuple(Choice(one, names.get(one.client, ""), mark_of(one)) for one in found),
            decisions[-1] if decisions else None,
            tx.bank_money.document(number),
            following(tx, row),
            tuple(tx.bank_returns.of_line(number)),
        )

    def _offers(self, tx: Tx, row: LineRow, clients: Sequence[UUID]) -> list[Candidate]:
        return offers(divisible(tx, row), the_book(tx, [row.line], self.terms, self._now(), clients), clients)

    def _opens(self, tx: Tx, row: LineRow, client_id: UUID) -> list[Open]:
        return the_book(tx, [row.line], self.terms, self._now(), [client_id]).of_client.get(client_id, [])

    def _shares(self, tx: Tx, number: int, sums: Sequence[tuple[str, str]]) -> list[Share]:
        """Of the clients that the line may be of; a name that two documents have is refused."""
        row = tx.bank.line(number)
        if row is None:
            raise NotFound("bank line")
        if row.state not in UNIDENTIFIED:
            raise Outdated("bank line")
        opens = the_book(tx, [row.line], self.terms, self._now()).opens
        shares, total = [], ZERO
        for name, said in sums:
            mine = [one for one in opens if label(one) == name.casefold()]
            if len({one.client for one in mine}) > 1:
                likely = {one.client for one in self._offers(tx, row, ())}
                mine = [one for one in mine if one.client in likely]
            if len(mine) != 1:
                raise Refused("no_document" if not mine else "two_clients", name=name.upper())
            try:
                amount = Money.read(said)
            except ValueError:
                raise Refused("not_a_sum") from None
            if amount <= ZERO:
                raise Refused("not_positive")
            if amount > mine[0].rest:
                raise Refused("more_than_owed", limit=mine[0].rest)
            total += amount
            shares.append(Share(mine[0], amount))
        if total > (free := divisible(tx, row).amount):
            raise Refused("more_than_came", limit=free)
        if not shares:
            raise Refused("no_document", name="")
        return shares


def _oldest(candidate: Candidate, opens: Sequence[Open]) -> tuple[Share, ...]:
    shares, left = [], candidate.amount
    for one in opens:
        part = min(left, one.rest)
        if part > ZERO:
            shares.append(Share(one, part))
            left -= part
    return tuple(shares)

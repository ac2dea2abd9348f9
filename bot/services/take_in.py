"""The book of record into the books: one subject at a time, in bounded pages, with how fresh each one is."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

from bot.db.books import Books
from bot.db.directory import GONE
from bot.db.tx import Tx
from bot.domain.accounting import ReceivableRecord, Subject
from bot.domain.difference import MENDED, DifferenceKind
from bot.domain.errors import OutsideError
from bot.domain.job import Job, Queue, Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.pricelist import BrokenPriceList, Record, Records, Report
from bot.domain.pull import PullReport, PullState
from bot.logs import log
from bot.ports import Accounting, Clock
from bot.services.directory import Directory
from bot.services.look_again import look_again
from bot.services.notices import tell_staff
from bot.services.order_news import OrderNews
from bot.services.pricelist import CatalogueKeepsChanging, PriceListImport

PULL = "pull"
LOOK_BACK = timedelta(days=45)
"""Orders older than this do not change any more."""
LATELY = timedelta(days=3)
"""Where nearly everything happens: looked at every minute, and when 1C says that an order changed."""
FEW, SHARE = 20, 0.2
"""A list of clients that lacks more of those we know than so many and than such a share is not believed."""
_AT_ONCE = 50
_A_HANDFUL = 200
_LISTS = {
    Subject.CATALOGUE: frozenset({Subject.CATALOGUE, Subject.PRICES, Subject.STOCK}),
    Subject.PRICES: frozenset({Subject.PRICES}),
    Subject.STOCK: frozenset({Subject.STOCK}),
}
ALL = (Subject.CATALOGUE, Subject.CLIENTS, Subject.RECEIVABLES, Subject.ORDERS)
"""Everything, each before what leans on it; the catalogue brings prices and stock."""
logger = log("take_in")


def pull_job(subject: Subject, asked: datetime, *, priority: int = 0, far: bool = False) -> Job:
    """Take the subject in as it is at `asked` or later; two of a subject never run at once.

    Of orders only the latest are looked at, unless it is to be a `far` look.
    """
    return Job(
        PULL,
        Queue.ONEC_IN,
        {"subject": subject.value, "asked": asked.isoformat(), "far": far},
        key=f"pull:{subject.value}:{asked.isoformat()}",
        lock=f"pull:{subject.value}",
        priority=priority,
    )


class TakeIn:
    """Takes subjects in; a pull that broke off is noted, and what it brought stays."""

    def __init__(self, books: Books, accounting: Accounting, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now
        self._directory = Directory(books)
        self._news = OrderNews(books, now)
        self._told: dict[Subject, frozenset[tuple[str, str]]] = {}

    async def run(self, run: Run) -> None:
        """The job of `pull_job`; nothing to do where the subject was taken in whole since it was asked for."""
        subject, asked = Subject(str(run.job.args["subject"])), datetime.fromisoformat(str(run.job.args["asked"]))
        state = await self._books.read(_state, subject)
        whole = state is None or state.done_at is None or bool(run.job.args.get("far"))
        if whole or state is None or state.done_at is None or not asked <= state.began_at <= state.done_at:
            await self.pull(subject, since=LOOK_BACK if whole else LATELY)

    async def pull(
        self,
        subject: Subject,
        *,
        full: bool = False,
        since: timedelta = LOOK_BACK,
        told: Callable[[PullReport], None] = lambda _: None,
    ) -> PullReport:
        """`full` asks for what has not changed too, `since` says how old orders may be. `told` hears of the progress.

        Raises OutsideError.
        """
        began, report = self._now(), PullReport(subject)
        serial = await self._books.write(_begin, subject, began)
        try:
            await self._pull(report, serial, full, since, told)
        except (OutsideError, BrokenPriceList, CatalogueKeepsChanging) as error:
            await self._books.write(_failed, subject, self._now(), f"{type(error).__name__} {error}")
            raise
        if not report.believed:
            return report
        await self._books.write(_done, subject, serial, began, self._now(), report.changed)
        left_out = frozenset(report.problems or ())
        if left_out and left_out != self._told.get(subject):
            codes = sorted({code for code, _ in left_out})
            logger.warning("left out of a pull", subject=subject.value, codes=codes, count=len(left_out))
        self._told[subject] = left_out
        return report

    async def _pull(
        self, report: PullReport, serial: int, full: bool, since: timedelta, told: Callable[[PullReport], None]
    ) -> None:
        match report.subject:
            case Subject.CLIENTS:
                await self._clients(report, full, told)
            case Subject.RECEIVABLES:
                await self._receivables(report, serial, full, told)
            case Subject.ORDERS:
                await self._orders(report, full, since, told)
            case _:
                await self._lists(report, told)

    async def _clients(self, report: PullReport, full: bool, told: Callable[[PullReport], None]) -> None:
        before = await self._books.read(_versions)
        gone = set(before)
        async for page in self._accounting.clients({} if full else before):
            gone.difference_update(page.present)
            for start in range(0, len(page.changed), _AT_ONCE):
                troubles = await self._directory.follow(page.changed[start : start + _AT_ONCE])
                for code, about in troubles:
                    report.trouble(code, about)
            report.seen += len(page.present)
            report.changed += len(page.changed)
            told(report)
        known = {external_id for external_id, version in before.items() if version != GONE}
        if len(gone & known) > max(FEW, len(known) * SHARE):
            report.believed = False
            report.trouble("clients_gone", f"{len(gone & known)}/{len(known)}")
            await self._books.write(_not_believed, len(gone & known), len(known), self._now())
            return
        await self._books.write(_believed, self._now())
        if gone and report.seen:
            report.gone = await self._books.write(_switch_off, gone)

    async def _receivables(
        self, report: PullReport, serial: int, full: bool, told: Callable[[PullReport], None]
    ) -> None:
        known = frozenset[str]() if full else await self._books.read(_known_documents)
        async for page in self._accounting.receivables(known):
            for document in await self._books.write(_put_receivables, page, serial):
                report.trouble("client_unknown", document)
            report.seen += len(page)
            told(report)
        report.gone = await self._books.write(_sweep_receivables, serial)
        report.changed = report.seen

    async def _orders(
        self, report: PullReport, full: bool, since: timedelta, told: Callable[[PullReport], None]
    ) -> None:
        now = self._now()
        known = await self._books.read(lambda tx: tx.documents.versions((now - LOOK_BACK).date()))
        state = await self._books.read(_state, Subject.ORDERS)
        pulled_before = state is not None and state.done_at is not None
        async for page in self._accounting.orders((now - since).date(), {} if full else known):
            for code, about in await self._news.take(page, tell=pulled_before, known=known):
                report.trouble(code, about)
            report.seen += len(page)
            report.changed += len(page)
            told(report)

    async def _lists(self, report: PullReport, told: Callable[[PullReport], None]) -> None:
        source = self._accounting.catalogue(_LISTS[report.subject])
        loop = asyncio.get_running_loop()
        done: Report = await PriceListImport(self._books).run(_from_thread(source, loop), now=self._now())
        report.seen = sum(count.added + count.changed + count.unchanged for count in done.kinds.values())
        report.changed = sum(count.written for count in done.kinds.values())
        for problem in done.problems:
            report.trouble(problem.code, problem.article or "")
        told(report)


def _from_thread(source: AsyncIterator[Record], loop: asyncio.AbstractEventLoop) -> Records:
    """The records for a reader in another thread, some at a time: it waits for the loop, never the other way round."""

    async def following() -> list[Record]:
        some: list[Record] = []
        async for record in source:
            some.append(record)
            if len(some) == _A_HANDFUL:
                break
        return some

    while some := asyncio.run_coroutine_threadsafe(following(), loop).result():
        yield from some


def _state(tx: Tx, subject: Subject) -> PullState | None:
    return tx.pulls.state(subject)


def _begin(tx: Tx, subject: Subject, at: datetime) -> int:
    return tx.pulls.begin(subject, at)


def _done(tx: Tx, subject: Subject, serial: int, began: datetime, at: datetime, changed: int) -> None:
    """A whole catalogue is whole prices and a whole stock too; whole debts know of what was posted before."""
    tx.pulls.done(subject, serial, at, changed)
    if subject is Subject.RECEIVABLES:
        tx.money.seen(began, at)
        tx.bank_money.seen(began, at)
        look_again(tx, f"pull:{serial}")
    for covered in _LISTS.get(subject, frozenset()) - {subject}:
        tx.pulls.done(covered, tx.pulls.begin(covered, began), at, changed)


def _failed(tx: Tx, subject: Subject, at: datetime, error: str) -> None:
    tx.pulls.failed(subject, at, error)


def _versions(tx: Tx) -> dict[str, str]:
    return tx.directory.versions()


def _not_believed(tx: Tx, gone: int, known: int, at: datetime) -> None:
    """A right that was taken away looks as if most clients had left: the managers are to look."""
    tx.pulls.failed(Subject.CLIENTS, at, f"{gone} of {known} clients are not named any more: nobody was switched off")
    detail = {"gone": str(gone), "known": str(known)}
    about = Subject.CLIENTS.value
    if tx.differences.let_be(DifferenceKind.CLIENTS_GONE, about, detail):
        return
    found = tx.differences.found(DifferenceKind.CLIENTS_GONE, about, None, detail, at)
    if found is not None:
        tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))


def _believed(tx: Tx, at: datetime) -> None:
    tx.differences.settle_all(DifferenceKind.CLIENTS_GONE, at, MENDED)


def _switch_off(tx: Tx, external_ids: set[str]) -> int:
    return tx.directory.switch_off(external_ids)


def _known_documents(tx: Tx) -> frozenset[str]:
    return tx.receivables.known()


def _put_receivables(tx: Tx, page: Sequence[ReceivableRecord], serial: int) -> list[str]:
    return tx.receivables.put(page, serial)


def _sweep_receivables(tx: Tx, serial: int) -> int:
    return tx.receivables.sweep(serial)

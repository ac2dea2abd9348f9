"""When the book of record stops answering: staff hear of it after a while, and of its end; then prices are checked."""

from datetime import datetime, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.job import Job, Postponed, Queue, Run, SystemState
from bot.domain.notice import Notice, NoticeKind
from bot.ports import Clock
from bot.services.notices import tell_staff
from bot.services.price_check import check_job
from bot.services.take_in import pull_job

WATCH = "watch_silence"
WORTH_TELLING = timedelta(minutes=5)
LOOK_EVERY = timedelta(seconds=20)


class Silence:
    """Hears of every change of the gate, in the transaction that records it."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    def told(self, tx: Tx, state: SystemState) -> None:
        if state.silent_since is None:
            tx.jobs.add(check_job(self._now()))
            tx.jobs.add(pull_job(Subject.PRICES, self._now(), priority=2))
            return
        tx.jobs.add(
            Job(
                WATCH,
                Queue.LOCAL,
                {"system": state.name, "since": state.silent_since.isoformat()},
                key=f"{WATCH}:{state.name}:{state.silent_since.isoformat()}",
                not_before=state.silent_since + WORTH_TELLING,
            )
        )

    async def run(self, run: Run) -> None:
        """Raises Postponed as long as the silence lasts."""
        if await self._books.write(self._look, run):
            raise Postponed(self._now() + LOOK_EVERY)

    def _look(self, tx: Tx, run: Run) -> bool:
        since = datetime.fromisoformat(str(run.job.args["since"]))
        silent = tx.systems.state(str(run.job.args["system"])).silent_since == since
        unheard_of = tx.jobs.first_time(run, "told")
        if silent and unheard_of:
            tell_staff(tx, Notice(NoticeKind.SILENT, since.isoformat()))
        if not silent and not unheard_of:
            tell_staff(tx, Notice(NoticeKind.ANSWERS, since.isoformat()))
        return silent

"""How a run ended, written down: on to the next attempt, to the dead letters, or gone."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import JobView, Run, pause
from bot.jobs.handling import Done, Ending, Failed, GivenBack, Later
from bot.jobs.troubles import named
from bot.logs import log
from bot.ports import Clock

T = TypeVar("T")
OnDead = Callable[[Tx, JobView], None]
LONGEST_PAUSE = 30.0
UNBURIED = timedelta(hours=1)
"""After that a job is tried again whose burial `on_dead` prevented."""
AGAIN, LET_BE, DEAD = "job will be tried again", "job ends until the next one like it", "job is dead"
logger = log("jobs")


@dataclass
class Ended:
    """A run with its ending; `holder` is whose hands it was in, where the engine knows more than one."""

    run: Run
    ending: Ending
    holder: int | None = None
    unburied: bool = field(default=False, init=False)


class Settling:
    """Writes endings down; `on_dead` is called in the transaction that buries a job."""

    def __init__(self, books: Books, now: Clock, on_dead: OnDead | None) -> None:
        self._books = books
        self._now = now
        self._on_dead = on_dead
        self._patient = True

    async def settle(self, ended: Ended, then: Callable[[Tx], T]) -> T:
        """Try until it is written, because the job would stay running for nobody; `then` in the same transaction."""
        wait = 1.0
        while True:
            try:
                outcome, result = await self._books.write(self._write_and, ended, then)
            except Exception as error:
                logger.error("ending not written", job=ended.run.id, error=named(error))
                if ended.unburied:
                    ended = Ended(ended.run, Later(self._now() + UNBURIED), ended.holder)
                    continue
                if not self._patient:
                    raise
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_PAUSE)
            else:
                _tell(ended, outcome)
                return result

    def hurry(self) -> None:
        """From now on a failure to write comes out: the process ends, and others find the job."""
        self._patient = False

    def _write_and(self, tx: Tx, ended: Ended, then: Callable[[Tx], T]) -> tuple[str, T]:
        return self._write(tx, ended), then(tx)

    def _write(self, tx: Tx, ended: Ended) -> str:
        """What became of a failed job. A failure says nothing of one that is in other hands meanwhile."""
        job_id = int(ended.run.id)
        if isinstance(ended.ending, Done):
            tx.jobs.finish(job_id)
            return AGAIN
        if not tx.jobs.held(job_id, ended.holder):
            return AGAIN
        match ended.ending:
            case GivenBack():
                tx.jobs.again(job_id, None)
            case Later(until):
                tx.jobs.troubles.postponed(job_id)
                tx.jobs.again(job_id, until)
            case Failed() as failed:
                return self._failed(tx, ended, job_id, failed)
        return AGAIN

    def _failed(self, tx: Tx, ended: Ended, job_id: int, failed: Failed) -> str:
        now, patience = self._now(), failed.patience
        trouble = tx.jobs.troubles.failed(job_id, failed.error, now)
        if trouble.failing_for < patience.lasts:
            pausing = pause(trouble.failures, random.random(), patience.longest_pause)  # noqa: S311 jitter
            tx.jobs.again(job_id, now + pausing)
            return AGAIN
        if not patience.buried:
            tx.jobs.troubles.forget(job_id)
            tx.jobs.finish(job_id)
            return LET_BE
        tx.jobs.bury(job_id, now)
        view = tx.jobs.show(str(job_id))
        if self._on_dead and view:
            ended.unburied = True
            self._on_dead(tx, view)
            ended.unburied = False
        return DEAD


def _tell(ended: Ended, outcome: str) -> None:
    if isinstance(ended.ending, Failed):
        say = logger.warning if outcome == AGAIN else logger.error
        say(outcome, job=ended.run.id, name=ended.run.job.name, attempt=ended.run.attempt, error=ended.ending.error)

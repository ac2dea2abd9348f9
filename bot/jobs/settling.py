"""How a run ended, written down: on to the next attempt, to the dead letters, or gone."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import GIVE_UP, JobView, Run, pause
from bot.jobs.handling import Done, Ending, Failed, GivenBack, Later
from bot.jobs.troubles import named
from bot.logs import log
from bot.ports import Clock

T = TypeVar("T")
OnDead = Callable[[Tx, JobView], None]
LONGEST_PAUSE = 30.0
UNBURIED = timedelta(hours=1)
"""After that a job is tried again whose burial `on_dead` prevented."""
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
                dead, result = await self._books.write(self._write_and, ended, then)
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
                _tell(ended, dead)
                return result

    def hurry(self) -> None:
        """From now on a failure to write comes out: the process ends, and others find the job."""
        self._patient = False

    def _write_and(self, tx: Tx, ended: Ended, then: Callable[[Tx], T]) -> tuple[bool, T]:
        return self._write(tx, ended), then(tx)

    def _write(self, tx: Tx, ended: Ended) -> bool:
        """True where the job is dead of it. A failure says nothing of a job that is in other hands meanwhile."""
        job_id = int(ended.run.id)
        if isinstance(ended.ending, Done):
            tx.jobs.finish(job_id)
            return False
        if not tx.jobs.held(job_id, ended.holder):
            return False
        match ended.ending:
            case GivenBack():
                tx.jobs.again(job_id, None)
            case Later(until):
                tx.jobs.troubles.postponed(job_id)
                tx.jobs.again(job_id, until)
            case Failed(error, final):
                return self._failed(tx, ended, job_id, error, final)
        return False

    def _failed(self, tx: Tx, ended: Ended, job_id: int, error: str, final: bool) -> bool:
        now = self._now()
        trouble = tx.jobs.troubles.failed(job_id, error, now)
        if not final and trouble.failing_for < GIVE_UP:
            tx.jobs.again(job_id, now + pause(trouble.failures, random.random()))  # noqa: S311 jitter
            return False
        tx.jobs.bury(job_id, now)
        view = tx.jobs.show(str(job_id))
        if self._on_dead and view:
            ended.unburied = True
            self._on_dead(tx, view)
            ended.unburied = False
        return True


def _tell(ended: Ended, dead: bool) -> None:
    if isinstance(ended.ending, Failed):
        say, words = (logger.error, "job is dead") if dead else (logger.warning, "job will be tried again")
        say(words, job=ended.run.id, name=ended.run.job.name, attempt=ended.run.attempt, error=ended.ending.error)

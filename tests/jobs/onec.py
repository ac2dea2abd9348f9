"""A system that answers, is silent or refuses us, as told, behind one gate for both of its lanes."""

import asyncio

from bot.db.tx import Tx
from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.domain.job import Queue, Run, SystemState
from bot.jobs import Gate, Lane
from tests.jobs.floor import Floor


class LockedOut(Rejected):
    """It does not let us in, whatever we ask."""

    of_system = True


def locked_out(operation: str) -> LockedOut:
    return LockedOut("onec", operation, "unauthorized")


class Onec:
    """`refuses_jobs` while its ping is answered; `at_once` is how many pings there ever were at one time."""

    def __init__(self, floor: Floor, *, look_every: float = 15.0) -> None:
        self.answers = True
        self.refuses = False
        self.refuses_jobs = False
        self.changes: list[SystemState] = []
        self.pings = 0
        self.at_once = 0
        self._pinging = 0
        self.gate = Gate(
            "onec", self.ping, floor.books, floor.clock, told=self.told,
            first_pause=0.02, longest_pause=0.04, look_every=look_every,
        )  # fmt: skip
        self.lanes = {Queue.ONEC: Lane(4, self.gate), Queue.ONEC_IN: Lane(3, self.gate), Queue.VIBER: Lane(2)}

    async def ping(self) -> None:
        self.pings += 1
        self._pinging += 1
        self.at_once = max(self.at_once, self._pinging)
        try:
            await asyncio.sleep(0.01)
            self._answer("ping", refuses=self.refuses)
        finally:
            self._pinging -= 1

    def serve(self, _: Run | None = None) -> None:
        self._answer("submit", refuses=self.refuses or self.refuses_jobs)

    def told(self, _: Tx, state: SystemState) -> None:
        self.changes.append(state)

    def _answer(self, operation: str, *, refuses: bool) -> None:
        error: OutsideError | None = None if self.answers else Unavailable("onec", operation, 503)
        if refuses:
            error = locked_out(operation)
        if error is not None:
            raise error

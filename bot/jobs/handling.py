"""From a run to how it ended: the handler is called, and what it raises is understood."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.domain.job import Patience, Postponed, Run
from bot.jobs.gate import Gate
from bot.jobs.troubles import named

Handler = Callable[[Run], Awaitable[None]]
NOT_AGAIN = timedelta(0)
SINGLED_OUT = timedelta(minutes=15)
"""For so long we try again where the system lets our ping in and not this request; then somebody has to hear of it."""


@dataclass(frozen=True)
class Lane:
    """How many of a queue's jobs run at once in this process, the gate of the system they need, and what may fail."""

    at_once: int
    gate: Gate | None = None
    patience: Patience = field(default_factory=Patience)

    @property
    def is_open(self) -> bool:
        return self.gate is None or self.gate.is_open


@dataclass(frozen=True, slots=True)
class Done:
    """It succeeded."""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """It did not come to an end, through no fault of its own."""


@dataclass(frozen=True, slots=True)
class Later:
    """It wants to be tried at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """It failed, and is tried again for as long as there is patience with it."""

    error: str
    patience: Patience = field(default_factory=Patience)


Ending: TypeAlias = Done | GivenBack | Later | Failed


class Handling:
    """Calls the handlers."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    async def ending(self, run: Run, lane: Lane) -> Ending:
        """How the run ended; only a cancellation comes out of here."""
        handler = self._handlers.get(run.job.name)
        ours = Patience(longest_pause=lane.patience.longest_pause)  # for faults of ours, which nobody else tells of
        if handler is None:
            return Failed("no handler", ours)  # a newer process may have one
        try:
            await handler(run)
        except Postponed as postponed:
            return Later(postponed.until)
        except OutsideError as error:
            return await _outside(error, lane)
        except Exception as error:
            return Failed(named(error), ours)
        return Done()


async def _outside(error: OutsideError, lane: Lane) -> Ending:
    """The gate tells whether it is the system that failed or only this job."""
    if isinstance(error, Unavailable) or error.of_system:
        if lane.gate is not None and not await lane.gate.ask():
            return GivenBack()
        if error.of_system and lane.is_open:
            return Failed(named(error), replace(lane.patience, lasts=min(lane.patience.lasts, SINGLED_OUT)))
    elif isinstance(error, Rejected):
        return Failed(named(error), replace(lane.patience, lasts=NOT_AGAIN))
    return Failed(named(error), lane.patience)

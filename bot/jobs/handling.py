"""From a run to how it ended: the handler is called, and what it raises is understood."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.errors import Rejected, Unavailable
from bot.domain.job import Postponed, Run
from bot.jobs.gate import Gate
from bot.jobs.troubles import named

Handler = Callable[[Run], Awaitable[None]]


@dataclass(frozen=True)
class Lane:
    """How many of a queue's jobs run at once in this process, and the gate of the system they need."""

    at_once: int
    gate: Gate | None = None

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
    """It failed; where that is `final`, it must not be tried again as it is."""

    error: str
    final: bool = False


Ending: TypeAlias = Done | GivenBack | Later | Failed


class Handling:
    """Calls the handlers."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    async def ending(self, run: Run, lane: Lane) -> Ending:
        """How the run ended; only a cancellation comes out of here."""
        handler = self._handlers.get(run.job.name)
        if handler is None:
            return Failed("no handler")  # a newer process may have one
        try:
            await handler(run)
        except Postponed as postponed:
            return Later(postponed.until)
        except Unavailable as error:
            if lane.gate is not None and not await lane.gate.ask():
                return GivenBack()
            return Failed(named(error))
        except Rejected as error:
            return Failed(named(error), final=True)
        except Exception as error:
            return Failed(named(error))
        return Done()

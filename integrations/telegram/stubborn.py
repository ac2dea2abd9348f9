"""A step tried until it works: pauses grow, a lost connection is logged once, a wrong token ends it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.domain.errors import OutsideError, Rejected
from bot.logs import log
from integrations.telegram.faults import Conflict, TooMany, Unknown
from integrations.telegram.tempo import Tempo

_log = log("integrations.telegram")


class Stubborn:
    """Shared by what must go on while Telegram is away."""

    def __init__(self, tempo: Tempo) -> None:
        self._tempo = tempo
        self._ended = asyncio.Event()
        self._failures = 0
        self.tried = asyncio.Event()
        self.reason: str | None = None

    @property
    def ended(self) -> bool:
        return self._ended.is_set()

    def end(self, reason: str | None = None) -> None:
        self.reason = reason
        self._ended.set()
        self.tried.set()

    async def until_done(self, step: Callable[[], Awaitable[object]]) -> bool:
        """Whether the step worked before the end."""
        while not self.ended:
            try:
                await step()
            except Exception as error:
                await self._failed(error)
            else:
                self._worked()
                return True
        return False

    def _worked(self) -> None:
        if self._failures:
            _log.info("telegram is back", failures=self._failures)
        self._failures = 0
        self.tried.set()

    async def _failed(self, error: Exception) -> None:
        self._failures += 1
        self.tried.set()
        match error:
            case Unknown():
                _log.error("telegram stopped: the token is wrong or withdrawn, ask BotFather", reason=str(error))
                self.end(str(error))
            case Conflict():
                _log.error("telegram updates go to somebody else: is the bot running twice?", reason=str(error))
                await self.rest(self._tempo.conflict_pause)
            case TooMany(retry_after=seconds):
                await self.rest(seconds)
            case _:
                self._report(error)
                await self.rest(self._tempo.pause(self._failures))

    def _report(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            _log.error("telegram refuses", reason=str(error), failures=self._failures)
        elif not isinstance(error, OutsideError):  # ours; its text may hold what people wrote
            _log.error("telegram updates not taken", kind=type(error).__name__, failures=self._failures)
        elif self._failures == 1:
            _log.warning("telegram is away", reason=str(error))

    async def rest(self, seconds: float) -> None:
        """A pause that the end cuts short."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)

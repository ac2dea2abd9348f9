"""Work on files that came: it goes on beside the requests that ask how far it is."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.domain.errors import OutsideError
from bot.domain.pricelist import BrokenPriceList
from bot.logs import log
from integrations.onec.exchange import words
from integrations.onec.exchange.uploads import Named, UploadRefused

Work = Callable[[list[Named]], Awaitable[str]]
"""Does the work and says in one line what changed; raises UploadRefused or BrokenPriceList with the reason."""
_log = log("integrations.onec")


class Run:
    """One import; `failure` is None while it works and after it did."""

    def __init__(self, files: list[Named], work: Work) -> None:
        self.files = files
        self.failure: str | None = None
        self._task = asyncio.create_task(self._guarded(work))

    @property
    def done(self) -> bool:
        return self._task.done()

    async def until_done(self, seconds: float | None = None) -> bool:
        """Whether it is done by then; giving up the waiting does not stop the work."""
        await asyncio.wait({self._task}, timeout=seconds)
        return self._task.done()

    def cancel(self) -> None:
        self._task.cancel()

    async def _guarded(self, work: Work) -> None:
        names = ", ".join(file.path.name for file in self.files)
        self.failure = words.OWN_FAULT  # also where it is cancelled
        self.failure = await explained(work(self.files), names)


async def explained(work: Awaitable[str], names: str) -> str | None:
    """None once it is done, or why it could not be: in words for 1C's log."""
    try:
        _log.info("exchange import done", files=names[:200], said=(await work)[:300])
        return None
    except UploadRefused as error:
        failure = str(error)
    except BrokenPriceList as error:
        failure = words.refusal(error)
    except OutsideError as error:
        _log.warning("exchange import put off", files=names[:200], kind=type(error).__name__, code=error.code)
        return words.NOT_ANSWERING
    except Exception:
        _log.exception("exchange import failed", files=names[:200])
        return words.OWN_FAULT
    _log.warning("exchange import refused", files=names[:200], reason=failure[:300])
    return failure

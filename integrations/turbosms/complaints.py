"""What is said of callbacks that are turned away."""

from datetime import datetime, timedelta

from bot.logs import log
from bot.ports import Clock

_QUIET = timedelta(minutes=1)

_log = log("integrations.turbosms")


class Complaints:
    """One line a minute of each kind, with how many were not written: anyone can send rubbish to an open door."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._last: dict[str, datetime] = {}
        self._kept_back: dict[str, int] = {}

    def tell(self, event: str, **values: int) -> None:
        now, last = self._now(), self._last.get(event)
        if last is not None and timedelta(0) <= now - last < _QUIET:
            self._kept_back[event] = self._kept_back.get(event, 0) + 1
            return
        self._last[event] = now
        _log.warning(event, more=self._kept_back.pop(event, 0), **values)

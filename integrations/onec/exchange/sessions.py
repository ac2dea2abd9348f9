"""The dialogues that go on: one session for each checkauth, with a folder and a memory of its own."""

import asyncio
import hashlib
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from bot.ports import Clock
from integrations.onec.exchange.runs import Run
from integrations.onec.exchange.uploads import Upload

IDLE = timedelta(minutes=30)
LIVE = 8
_PREFIX = "dialogue-"


class Session:
    """What one base of 1C said and was told since it came in."""

    def __init__(self, caller: str, moment: datetime) -> None:
        self.cookie = secrets.token_hex(16)
        self.sessid = secrets.token_hex(16)
        self.caller = caller
        self.began = self.seen = moment
        self.by_cookie = False
        self.version: str | None = None
        self.upload: Upload | None = None
        self.runs: dict[str, Run] = {}
        self.handed_out: Mapping[UUID, int] = {}
        self.lock = asyncio.Lock()

    def owns(self, sessid: str) -> bool:
        """Whether the number in the address, where there is one, is this session's."""
        return not sessid or secrets.compare_digest(self.sessid.encode(), sessid.encode(errors="replace"))

    @property
    def busy(self) -> bool:
        return self.lock.locked() or any(not run.done for run in self.runs.values())


class Sessions:
    """At most so many at once; one that has been silent for long is over."""

    def __init__(self, folder: Path, upload_limit: int, now: Clock) -> None:
        self._folder = folder
        self._upload_limit = upload_limit
        self._now = now
        self._live: OrderedDict[str, Session] = OrderedDict()
        self._leaving: dict[asyncio.Task[None], list[Run]] = {}
        for left in folder.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)

    def open(self, caller: str) -> Session:
        session = Session(caller, self._now())
        self._live[_key(session.cookie)] = session
        idle = [key for key, one in self._live.items() if not one.busy and one is not session]
        for key in idle[: max(len(self._live) - LIVE, 0)]:
            self._end(self._live.pop(key))
        return session

    def by_cookie(self, cookie: str) -> Session | None:
        session = self._touched(self._live.get(_key(cookie)))
        if session:
            session.by_cookie = True
        return session

    def by_caller(self, caller: str, sessid: str) -> Session | None:
        """For who sends no cookie: the one of that sessid, or the last that came in from there without a cookie."""
        for session in reversed(self._live.values()):
            if session.caller == caller and session.owns(sessid) and (sessid or not session.by_cookie):
                return self._touched(session)
        return None

    def begin(self, session: Session) -> None:
        """A clean start: what an unfinished upload left is gone."""
        self._end(session)
        session.handed_out = {}

    def upload(self, session: Session) -> Upload:
        if session.upload is None:
            session.upload = Upload(self._folder / f"{_PREFIX}{secrets.token_hex(8)}", self._upload_limit)
        return session.upload

    def finish(self, session: Session) -> None:
        """Nothing of its files is needed any more."""
        self._end(session)

    def sweep(self) -> None:
        for key, session in list(self._live.items()):
            if self._now() - session.seen > IDLE and not session.busy:
                self._end(self._live.pop(key))

    async def close(self) -> None:
        for session in self._live.values():
            self._end(session)
        self._live.clear()
        for run in [run for runs in self._leaving.values() for run in runs]:
            run.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _end(self, session: Session) -> None:
        """Delete its files as soon as nobody reads them."""
        upload, runs = session.upload, list(session.runs.values())
        session.upload, session.runs = None, {}
        if upload is not None:
            leaving = asyncio.create_task(_leave(upload, runs))
            self._leaving[leaving] = runs
            leaving.add_done_callback(lambda task: self._leaving.pop(task, None))

    def _touched(self, session: Session | None) -> Session | None:
        if session is None or (self._now() - session.seen > IDLE and not session.busy):
            return None
        session.seen = self._now()
        self._live.move_to_end(_key(session.cookie))
        return session


async def _leave(upload: Upload, runs: list[Run]) -> None:
    for run in runs:
        await run.until_done()
    await asyncio.to_thread(upload.discard)


def _key(cookie: str) -> str:
    """Looked up by its hash, so that the time of the look-up tells nothing."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogateescape")).hexdigest()

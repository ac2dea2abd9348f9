"""The steps of the dialogue for a session that was let in: what each mode does, for goods and for orders."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

from bot.ports import Clock, ExchangeDesk
from integrations.onec.exchange import words
from integrations.onec.exchange.config import ExchangeSettings
from integrations.onec.exchange.orders_exchange import OrdersExchange
from integrations.onec.exchange.receiving import receive
from integrations.onec.exchange.replies import Replies
from integrations.onec.exchange.runs import Run, Work
from integrations.onec.exchange.sessions import Session, Sessions
from integrations.onec.exchange.uploads import Named

Step = Callable[[web.Request, Session], Coroutine[Any, Any, web.StreamResponse]]
_CATALOG, _SALE = "catalog", "sale"


class Dialogue:
    """Raises UploadRefused and BrokenPriceList, with the reason for the log of 1C."""

    def __init__(
        self, settings: ExchangeSettings, desk: ExchangeDesk, sessions: Sessions, replies: Replies, now: Clock
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._sessions = sessions
        self._replies = replies
        self._orders = OrdersExchange(settings, desk, replies, now)
        self._one_at_a_time = asyncio.Lock()
        both: dict[str, Step] = {"init": self._init, "deactivate": self._nothing, "complete": self._complete}
        self._steps: dict[str, dict[str, Step]] = {
            _CATALOG: both | {"file": self._file, "import": self._import},
            _SALE: both
            | {
                "query": self._orders.query,
                "success": self._orders.success,
                "file": self._orders_file,
                "import": self._orders_import,
                "info": self._info,
            },
        }

    async def answer(self, request: web.Request, session: Session) -> web.StreamResponse:
        kind, mode = request.query.get("type", ""), request.query.get("mode", "")
        steps = self._steps.get(kind)
        if steps is None:
            return self._replies.failure(words.UNKNOWN_TYPE)
        step = steps.get(mode)
        if step is None:
            return self._replies.failure(words.UNKNOWN_MODE.format(mode=mode[:40], kind=kind))
        return await step(request, session)

    async def _init(self, request: web.Request, session: Session) -> web.Response:
        """A clean start; what an unfinished upload left is gone. Who tells a version is told ours."""
        asked = request.query.get("version")
        async with session.lock:
            self._sessions.begin(session)
        session.version = min(asked, self._settings.version, key=_ordered) if asked and _is_version(asked) else None
        lines = [f"zip={'yes' if self._settings.zip else 'no'}", f"file_limit={self._settings.file_limit}"]
        if asked or "sessid" in request.query:
            lines += [f"sessid={session.sessid}", f"version={self._settings.version}"]
        return self._replies.lines(*lines)

    async def _nothing(self, _: web.Request, __: Session) -> web.Response:
        """What is gone from a whole catalogue was switched off when it was imported."""
        return self._replies.lines("success")

    async def _complete(self, _: web.Request, session: Session) -> web.Response:
        async with session.lock:
            self._sessions.finish(session)
        return self._replies.lines("success")

    async def _info(self, _: web.Request, __: Session) -> web.Response:
        return self._replies.statuses()

    async def _file(self, request: web.Request, session: Session) -> web.Response:
        async with session.lock:
            await self._received(request, session)
        return self._replies.lines("success")

    async def _import(self, request: web.Request, session: Session) -> web.Response:
        async with session.lock:
            upload = self._sessions.upload(session)
            file = await asyncio.to_thread(upload.named, request.query.get("filename", ""))
            files = await asyncio.to_thread(upload.together, file)
            run = _run(session, "goods", files, self._take_goods)
        return await self._told(run, session, file.name)

    async def _orders_file(self, request: web.Request, session: Session) -> web.Response:
        """Orders are taken as soon as their file is whole: not every 1C asks for the import of it."""
        async with session.lock:
            name = await self._received(request, session)
            upload = self._sessions.upload(session)
            files = await asyncio.to_thread(upload.finished_documents, name)
            if not files:
                return self._replies.lines("success")
            run = _run(session, "orders", files, self._orders.take)
        await run.until_done()
        return await self._told(run, session, name)

    async def _orders_import(self, request: web.Request, session: Session) -> web.Response:
        async with session.lock:
            upload = self._sessions.upload(session)
            file = await asyncio.to_thread(upload.named, request.query.get("filename", ""))
            run = _run(session, "orders", [file], self._orders.take)
        return await self._told(run, session, file.name)

    async def _received(self, request: web.Request, session: Session) -> str:
        upload = self._sessions.upload(session)
        return await receive(request, upload, request.query.get("filename", ""), self._settings.file_limit)

    async def _take_goods(self, files: list[Named]) -> str:
        """One import at a time, whoever sent it."""
        async with self._one_at_a_time:
            return await self._desk.take_price_list([file.path for file in files])

    async def _told(self, run: Run, session: Session, name: str) -> web.Response:
        """How far the work is; a failure is told once, and the same request after it tries anew."""
        if not await run.until_done(self._settings.answer_within):
            return self._replies.lines("progress", words.WORKING.format(name=name))
        if run.failure is None:
            return self._replies.lines("success")
        for key in [key for key, known in session.runs.items() if known is run]:
            del session.runs[key]
        return self._replies.failure(run.failure)


def _run(session: Session, kind: str, files: list[Named], work: Work) -> Run:
    """The work on exactly these files as they are: what goes on or was done is not begun again."""
    key = f"{kind}:{files[0].name}"
    known = session.runs.get(key)
    if known is not None and known.files == files:
        return known
    session.runs[key] = begun = Run(files, work)
    return begun


def _is_version(text: str) -> bool:
    major, _, minor = text.partition(".")
    return major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit() and len(text) < 8


def _ordered(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor)

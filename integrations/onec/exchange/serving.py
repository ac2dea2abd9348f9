"""The two addresses that 1C calls: the exchange, where it opens a session first, and the call-backs."""

from aiohttp import web

from bot.domain.errors import OutsideError
from bot.domain.pricelist import BrokenPriceList
from bot.incoming import sender
from bot.logs import log
from bot.ports import Clock, ExchangeDesk
from integrations.onec.exchange import words
from integrations.onec.exchange.config import ExchangeSettings
from integrations.onec.exchange.dialogue import Dialogue
from integrations.onec.exchange.door import PAUSE, Door, Entry
from integrations.onec.exchange.events import Events
from integrations.onec.exchange.replies import Replies
from integrations.onec.exchange.sessions import Session, Sessions
from integrations.onec.exchange.uploads import UploadRefused

EXCHANGE, EVENTS = "/1c/exchange", "/1c/events"
COOKIE = "komora_1c"
_log = log("integrations.onec")


class Exchange:
    """Lives in one process: a restart ends the sessions, and 1C begins its dialogue anew."""

    def __init__(self, settings: ExchangeSettings, desk: ExchangeDesk, now: Clock) -> None:
        self._door = Door(settings, now)
        self._replies = Replies(settings.encoding)
        self._sessions = Sessions(settings.folder, settings.upload_limit, now)
        self._dialogue = Dialogue(settings, desk, self._sessions, self._replies, now)
        self._events = Events(desk, self._door)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(EXCHANGE, self._handle, allow_head=False),
            web.post(EXCHANGE, self._handle),
            web.post(EVENTS, self._events.handle),
        ]

    async def close(self) -> None:
        """Imports that go on are stopped, and what they read is deleted."""
        await self._sessions.close()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        """All but a wrong password is HTTP 200 with words: any other status ends 1C's dialogue without a reason."""
        self._sessions.sweep()
        if request.query.get("mode") == "checkauth":
            return self._opened(request)
        session, refused = self._known(request)
        if session is None:
            return refused
        try:
            return await self._dialogue.answer(request, session)
        except UploadRefused as error:
            return self._refused(request, str(error))
        except BrokenPriceList as error:
            return self._refused(request, words.refusal(error))
        except OutsideError as error:
            return self._refused(request, words.NOT_ANSWERING, kind=type(error).__name__)
        except Exception:
            _log.exception("exchange step failed", mode=request.query.get("mode", "")[:40])
            return self._replies.failure(words.OWN_FAULT)

    def _opened(self, request: web.Request) -> web.Response:
        entry = self._door.basic(request)
        if entry is not Entry.KNOWN:
            return self._stranger(entry)
        session = self._sessions.open(sender(request))
        lines = ["success", COOKIE, session.cookie, f"sessid={session.sessid}"]
        if request.query.get("type") == "catalog":
            lines.append(f"timestamp={int(session.began.timestamp())}")
        return self._replies.lines(*lines)

    def _known(self, request: web.Request) -> tuple[Session | None, web.Response]:
        """The session of the cookie; without one, that of the password's owner."""
        ended = self._replies.failure(words.NO_SESSION)
        cookie, sessid = request.cookies.get(COOKIE), request.query.get("sessid", "")
        if cookie:
            session = self._sessions.by_cookie(cookie)
            return (session if session and session.owns(sessid) else None), ended
        entry = self._door.basic(request)
        if entry is not Entry.KNOWN:
            return None, self._stranger(entry)
        return self._sessions.by_caller(sender(request), sessid), ended

    def _stranger(self, entry: Entry) -> web.Response:
        if entry is Entry.TOO_MANY:
            minutes = int(PAUSE.total_seconds()) // 60
            return self._replies.stranger(words.TOO_MANY_TRIES.format(minutes=minutes))
        return self._replies.stranger(words.NOT_KNOWN)

    def _refused(self, request: web.Request, reason: str, **details: str) -> web.Response:
        mode = request.query.get("mode", "")[:40]
        _log.warning("exchange step refused", mode=mode, reason=reason[:300], **details)
        return self._replies.failure(reason)

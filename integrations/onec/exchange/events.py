"""1C's call-backs: something changed there. Bounded, tolerant of how 1C writes, and never lost by our fault."""

import json
import re
from typing import Any

from aiohttp import ClientError, web

from bot.domain.accounting import AccountingEvent, Subject
from bot.domain.signing import DocumentKind
from bot.incoming import bounded
from bot.logs import log
from bot.ports import ExchangeDesk
from integrations.onec.exchange import words
from integrations.onec.exchange.door import PAUSE, Door, Entry

BODY_LIMIT = 64 * 1024
_READING = 30.0
_LONGEST = 100
_UUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_NOTHING = "00000000-0000-0000-0000-000000000000"
_SUBJECTS = {
    "order": Subject.ORDERS,
    "price": Subject.PRICES,
    "stock": Subject.STOCK,
    "counterparty": Subject.CLIENTS,
    "partner": Subject.CLIENTS,
    "contract": Subject.CLIENTS,
    "client": Subject.CLIENTS,
    "article": Subject.CATALOGUE,
    "product": Subject.CATALOGUE,
    "nomenclature": Subject.CATALOGUE,
    "payment": Subject.RECEIVABLES,
    "shipment": Subject.RECEIVABLES,
    "debt": Subject.RECEIVABLES,
    "receivable": Subject.RECEIVABLES,
}
"""By what stands before the point of a type: `order.changed` is about orders."""
_WANTED = {"contract.wanted": DocumentKind.CONTRACT, "contract.amendment_wanted": DocumentKind.AMENDMENT}
"""A press of somebody in 1C; the object is the client."""
_log = log("integrations.onec")


class Malformed(Exception):
    """{reason}: what the sender has to mend."""


class Events:
    """A wrong message is answered 4xx and never comes again; trouble on our side is 503, so that it does."""

    def __init__(self, desk: ExchangeDesk, door: Door) -> None:
        self._desk = desk
        self._door = door

    async def handle(self, request: web.Request) -> web.Response:
        if refused := self._stopped(request):
            return refused
        try:
            body = await bounded(request, BODY_LIMIT, _READING)
            message_id, event = read(body)
        except Malformed as error:
            _log.warning("1c event refused", reason=str(error))
            return web.json_response({"error": str(error)}, status=400)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({"error": words.BODY_TOO_LARGE}, status=413)
        except (web.HTTPRequestTimeout, ConnectionError, ClientError):
            return _later(words.NO_MESSAGE_YET)
        return await self._taken(message_id, event)

    async def _taken(self, message_id: str, event: AccountingEvent | None) -> web.Response:
        if event is None:
            return web.json_response({"message_id": message_id, "result": "accepted"})
        try:
            new = await self._desk.event(event)
        except Exception:
            _log.exception("1c event put off", subject=event.subject)
            return _later(words.NOT_ANSWERING)
        return web.json_response({"message_id": message_id, "result": "accepted" if new else "duplicate"})

    def _stopped(self, request: web.Request) -> web.Response | None:
        entry = self._door.key(request)
        if entry is Entry.NOT_TRIED:
            entry = self._door.basic(request)
        if entry is Entry.KNOWN:
            return None
        if entry is Entry.TOO_MANY:
            minutes = int(PAUSE.total_seconds()) // 60
            return _later(words.TOO_MANY_TRIES.format(minutes=minutes), int(PAUSE.total_seconds()))
        challenge = {"WWW-Authenticate": 'Basic realm="Komora", charset="UTF-8"'}
        return web.json_response({"error": words.NOT_KNOWN}, status=401, headers=challenge)


def read(body: bytes) -> tuple[str, AccountingEvent | None]:
    """The message's id as it was written, and the event; None for a type that means nothing here. Raises Malformed.

    Only what the event needs is looked at, so odd dates and numbers in the rest do no harm.
    """
    try:
        message: Any = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Malformed(words.NOT_JSON) from error
    if not isinstance(message, dict):
        raise Malformed(words.NOT_JSON)
    written, kind = message.get("message_id"), message.get("type")
    if not isinstance(written, str) or not written.strip() or len(written) > _LONGEST or not written.isprintable():
        raise Malformed(words.NO_MESSAGE_ID)
    if not isinstance(kind, str) or not kind.strip():
        raise Malformed(words.NO_TYPE)
    subject = _SUBJECTS.get(kind.strip().lower().partition(".")[0])
    if subject is None:
        _log.info("1c event of an unknown type", kind=kind.strip()[:40])
        return written, None
    wanted = _WANTED.get(kind.strip().lower())
    return written, AccountingEvent(_plain(written), subject, _reference(message.get("object")), wanted)


def _reference(what: object) -> str | None:
    """The object's id; None where it is not said, or is 1C's empty reference."""
    ref = what.get("ref") if isinstance(what, dict) else what
    if not isinstance(ref, str) or not ref.isprintable():
        return None
    plain = _plain(ref)[:200]
    return None if plain in {"", _NOTHING} else plain


def _plain(text: str) -> str:
    """A UUID in lower case and without braces; anything else as it is."""
    bare = text.strip()
    found = _UUID.fullmatch(bare)
    return found[1].lower() if found else bare


def _later(reason: str, seconds: int = 30) -> web.Response:
    return web.json_response({"error": reason}, status=503, headers={"Retry-After": str(seconds)})

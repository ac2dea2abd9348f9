"""Who may come in: the exchange's user and password, compared in constant time, and not guessed at."""

import base64
import binascii
import hmac
from collections import OrderedDict
from datetime import datetime, timedelta
from enum import Enum

from aiohttp import web

from bot.incoming import sender
from bot.ports import Clock
from integrations.onec.exchange.config import ExchangeSettings

TRIES = 10
"""Wrong passwords from one address before it has to wait."""
PAUSE = timedelta(minutes=10)
_ADDRESSES = 1024
_ENCODINGS = ("utf-8", "windows-1251")


class Entry(Enum):
    """What became of somebody's try to come in."""

    KNOWN = "known"
    NOT_TRIED = "not_tried"
    WRONG = "wrong"
    TOO_MANY = "too_many"


class Door:
    """Checks Basic authorisation, and the key of the call-backs in a header of its own."""

    def __init__(self, settings: ExchangeSettings, now: Clock) -> None:
        password = settings.password.get_secret_value()
        self._pairs = tuple(_encoded(f"{settings.user}:{password}", encoding) for encoding in _ENCODINGS)
        self._key = settings.events_key.get_secret_value().encode()
        self._now = now
        self._wrong: OrderedDict[str, list[datetime]] = OrderedDict()

    def basic(self, request: web.Request) -> Entry:
        header = request.headers.get("Authorization", "")
        return self._entry(request, _is_pair(header, self._pairs)) if header else Entry.NOT_TRIED

    def key(self, request: web.Request) -> Entry:
        """By `X-Api-Key`, where a key is set."""
        given = request.headers.get("X-Api-Key", "").encode("utf-8", "surrogateescape")
        if not given:
            return Entry.NOT_TRIED
        return self._entry(request, bool(self._key) and hmac.compare_digest(given, self._key))

    def _entry(self, request: web.Request, right: bool) -> Entry:
        """A right password has to wait too: otherwise waiting would not slow the guessing down."""
        address, now = sender(request), self._now()
        recent = [moment for moment in self._wrong.get(address, ()) if now - moment < PAUSE]
        if len(recent) >= TRIES:
            return Entry.TOO_MANY
        if right:
            self._wrong.pop(address, None)
            return Entry.KNOWN
        self._wrong[address] = [*recent, now]
        self._wrong.move_to_end(address)
        if len(self._wrong) > _ADDRESSES:
            self._wrong.popitem(last=False)
        return Entry.WRONG


def _is_pair(header: str, pairs: tuple[bytes, ...]) -> bool:
    kind, _, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded.strip().encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    matches = [hmac.compare_digest(given, pair) for pair in pairs]
    return kind.lower() == "basic" and any(matches)


def _encoded(pair: str, encoding: str) -> bytes:
    """As the platform may write it; what windows-1251 cannot hold stays as UTF-8."""
    try:
        return pair.encode(encoding)
    except UnicodeEncodeError:
        return pair.encode()

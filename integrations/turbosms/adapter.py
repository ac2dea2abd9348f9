"""TurboSMS as the sender of text messages, by SMS and by Viber."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import httpx
import stamina

from bot.domain.errors import Rejected, Unavailable
from bot.domain.sms import SmsRefusal, SmsReport, SmsSent, segments
from integrations.turbosms.client import PATIENCE, TurboSmsClient
from integrations.turbosms.codes import SYSTEM, UNKNOWN_MESSAGE
from integrations.turbosms.config import TurboSmsSettings
from integrations.turbosms.models import Row
from integrations.turbosms.values import Statuses, channel, moment

CURRENCY = "UAH"
MOST_SEGMENTS = 10
LONGEST_VIBER_TEXT = 1000
SHORTEST_TTL, LONGEST_TTL = 60, 86_400
BATCH = 100
_reading = partial(stamina.retry_context, on=Unavailable, attempts=3, timeout=20, wait_initial=0.5)
_E164 = re.compile(r"\+?([1-9][0-9]{9,14})", re.ASCII)
_MESSAGE = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
_SEQUENCE = re.compile(r"[0-9A-Za-z._:-]{1,64}", re.ASCII)


class TurboSms:
    """Implements SmsSender: a key is the `sequence_id`, and one that was used gives the earlier result again."""

    system = SYSTEM
    repeatable = True

    def __init__(self, settings: TurboSmsSettings, http: httpx.AsyncClient, patience: float = PATIENCE) -> None:
        self._sender = settings.sender
        self._viber_sender = settings.viber_sender
        self._client = TurboSmsClient(settings, http, patience)
        self._statuses = Statuses()

    @property
    def has_viber(self) -> bool:
        """Whether a sender for Viber is registered."""
        return bool(self._viber_sender)

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        """An SMS. Raises Unavailable, Rejected, and Ambiguous, after which the same key may be asked for again."""
        return await self._send(phone, key, sms=text)

    async def send_viber(self, phone: str, text: str, key: str, ttl: int) -> SmsSent:
        """By Viber alone, tried for `ttl` seconds; it has no parts."""
        return await self._send(phone, key, viber=text, ttl=ttl)

    async def send_hybrid(self, phone: str, text: str, key: str, ttl: int) -> SmsSent:
        """By Viber, and by SMS where it has not come within `ttl` seconds, 60 to 86400; the parts are the SMS's."""
        return await self._send(phone, key, sms=text, viber=text, ttl=ttl)

    async def _send(
        self, phone: str, key: str, *, sms: str | None = None, viber: str | None = None, ttl: int = SHORTEST_TTL
    ) -> SmsSent:
        number = _E164.fullmatch(phone)
        if number is None:
            raise _refusal(SmsRefusal.BAD_PHONE)
        ways: dict[str, Mapping[str, Any]] = {}
        parts = 0
        if sms is not None:
            parts = segments(sms)
            if not sms.strip() or parts > MOST_SEGMENTS:
                raise _refusal(SmsRefusal.BAD_TEXT)
            ways["sms"] = {"sender": self._sender, "text": sms}
        if viber is not None:
            ways["viber"] = self._viber(viber, ttl)
        return SmsSent(await self._client.send(number[1], _sequence(key), ways), parts, None)

    def _viber(self, text: str, ttl: int) -> Mapping[str, Any]:
        if not SHORTEST_TTL <= ttl <= LONGEST_TTL:
            raise ValueError(f"Viber is tried for {SHORTEST_TTL} to {LONGEST_TTL} seconds")
        if not self.has_viber:
            raise _refusal(SmsRefusal.BAD_SENDER, of_system=True)
        if not text.strip() or len(text) > LONGEST_VIBER_TEXT:
            raise _refusal(SmsRefusal.BAD_TEXT)
        return {"sender": self._viber_sender, "text": text, "ttl": int(ttl)}

    async def reports(self, ids: Sequence[str]) -> Mapping[str, SmsReport]:
        """Asked a hundred at a time. `channel` tells by which way a hybrid went; of one whose Viber part failed
        a text message may still follow.
        """
        wanted = [one for one in dict.fromkeys(ids) if _MESSAGE.fullmatch(one)]
        found: dict[str, SmsReport] = {}
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            async for attempt in _reading():
                with attempt:
                    rows = await self._client.status(batch)
            told = {row.message_id: row for row in rows if row.status and row.response_code != UNKNOWN_MESSAGE}
            found |= {one: self._report(told[one]) for one in batch if one in told}
        return found

    def _report(self, row: Row) -> SmsReport:
        at = moment(row.updated) or moment(row.sent)
        return SmsReport(self._statuses.read(row.status), at, channel=channel(row.type))

    async def ping(self) -> None:
        """The balance, once: whether the API's own ping looks at the token is not told."""
        await self._client.balance()

    async def balance(self) -> Decimal:
        """Hryvnias left. Raises Unavailable, Rejected."""
        async for attempt in _reading():
            with attempt:
                balance = await self._client.balance()
        return balance

    async def check(self) -> str:
        """The balance in words, which also proves the token. Raises Unavailable, Rejected."""
        return f"{await self.balance():.2f} {CURRENCY}"


def _sequence(key: str) -> str:
    """The key itself where it is short and plain: how long a `sequence_id` may be is not told."""
    return key if _SEQUENCE.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()


def _refusal(refusal: SmsRefusal, *, of_system: bool = False) -> Rejected:
    error = Rejected(SYSTEM, "message/send", refusal.value)
    error.of_system = of_system
    return error

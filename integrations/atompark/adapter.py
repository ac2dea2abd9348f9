"""AtomPark as the sender of text messages."""

import re
from decimal import Decimal

import httpx
import stamina

from bot.domain.errors import Rejected, Unavailable
from integrations.atompark.client import SYSTEM, AtomParkClient
from integrations.atompark.config import AtomParkSettings
from integrations.atompark.refusals import Refusal
from integrations.atompark.segments import segments

CURRENCY = "UAH"
MOST_SEGMENTS = 10
_E164 = re.compile(r"\+?([1-9][0-9]{9,14})", re.ASCII)


class AtomParkSms:
    """Implements SmsSender."""

    def __init__(self, settings: AtomParkSettings, http: httpx.AsyncClient) -> None:
        self._client = AtomParkClient(settings, http)

    async def send(self, phone: str, text: str) -> str:
        """To an E.164 phone; returns the campaign's id. Raises Unavailable, Rejected, Ambiguous.

        Ambiguous is for a person to decide: a second call would be a second, paid message.
        """
        number = _E164.fullmatch(phone)
        if number is None:
            raise Rejected(SYSTEM, "sendSMS", Refusal.BAD_PHONE)
        if not text.strip() or segments(text) > MOST_SEGMENTS:
            raise Rejected(SYSTEM, "sendSMS", "empty or too long text")
        return await self._client.send_sms(number[1], text)

    async def balance(self) -> Decimal:
        """Hryvnias left. Raises Unavailable, Rejected."""
        async for attempt in stamina.retry_context(on=Unavailable, attempts=3, timeout=20, wait_initial=0.5):
            with attempt:
                balance = await self._client.get_user_balance(CURRENCY)
        return balance

    async def check(self) -> str:
        """The balance in words, which also proves the keys. Raises Unavailable, Rejected."""
        return f"{await self.balance():.2f} {CURRENCY}"

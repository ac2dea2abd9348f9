"""AtomPark as the sender of text messages."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

import httpx
import stamina

from bot.domain.errors import Rejected, Unavailable
from bot.domain.sms import SmsRefusal, SmsReport, SmsSent, segments
from integrations.atompark.client import AtomParkClient
from integrations.atompark.config import AtomParkSettings
from integrations.atompark.refusals import NO_SUCH_CAMPAIGN, SYSTEM
from integrations.atompark.values import Statuses, price

CURRENCY = "UAH"
MOST_SEGMENTS = 10
_E164 = re.compile(r"\+?([1-9][0-9]{9,14})", re.ASCII)
_reading = partial(stamina.retry_context, on=Unavailable, attempts=3, timeout=20, wait_initial=0.5)
_CAMPAIGN = re.compile(r"[0-9]{1,18}", re.ASCII)


class AtomParkSms:
    """Implements SmsSender."""

    system = SYSTEM
    repeatable = False

    def __init__(self, settings: AtomParkSettings, http: httpx.AsyncClient) -> None:
        self._client = AtomParkClient(settings, http)
        self._statuses = Statuses()

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        """To an E.164 phone; the id is the campaign's. AtomPark has no place for a key.

        Ambiguous is for a person to decide: a second call would be a second, paid message.
        """
        number = _E164.fullmatch(phone)
        if number is None:
            raise Rejected(SYSTEM, "sendSMS", SmsRefusal.BAD_PHONE.value)
        parts = segments(text)
        if not text.strip() or parts > MOST_SEGMENTS:
            raise Rejected(SYSTEM, "sendSMS", SmsRefusal.BAD_TEXT.value)
        campaign, result = await self._client.send_sms(number[1], text)
        return SmsSent(campaign, parts, price(result))

    async def reports(self, ids: Sequence[str]) -> Mapping[str, SmsReport]:
        """One call a message: the group's answer does not say which campaign a row is of."""
        found: dict[str, SmsReport] = {}
        for campaign in dict.fromkeys(ids):
            if _CAMPAIGN.fullmatch(campaign) and (report := await self._report(campaign)):
                found[campaign] = report
        return found

    async def _report(self, campaign: str) -> SmsReport | None:
        try:
            async for attempt in _reading():
                with attempt:
                    stats = await self._client.get_campaign_delivery_stats(campaign)
        except Rejected as error:
            if error.code in NO_SUCH_CAMPAIGN:
                return None
            raise
        return self._statuses.read(stats)

    async def ping(self) -> None:
        """The balance, once."""
        await self._client.get_user_balance(CURRENCY)

    async def balance(self) -> Decimal:
        """Hryvnias left. Raises Unavailable, Rejected."""
        async for attempt in _reading():
            with attempt:
                balance = await self._client.get_user_balance(CURRENCY)
        return balance

    async def check(self) -> str:
        """The balance in words, which also proves the keys. Raises Unavailable, Rejected."""
        return f"{await self.balance():.2f} {CURRENCY}"

"""The calls of SMS API 3.0: a signed form in, JSON out, HTTP 200 even for errors."""

import asyncio
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import httpx

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.logs import log
from integrations.atompark.config import AtomParkSettings
from integrations.atompark.refusals import SYSTEM, rejected
from integrations.atompark.signature import signature

_TIMEOUT = httpx.Timeout(10, connect=3, pool=3)
_WHOLE_CALL = 15.0
_ANSWER_LIMIT = 1024 * 1024
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_REFUSED_UNREAD = frozenset({429, 503})

_log = log("integrations.atompark")


class AtomParkClient:
    """Each method is one call, never repeated here: AtomPark has no key that would make a second one harmless."""

    def __init__(self, settings: AtomParkSettings, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._http = http

    async def send_sms(self, phone: str, text: str) -> tuple[str, dict[str, Any]]:
        """To digits with the country's code; the campaign's id and all that is said of it.

        Raises Unavailable, Rejected, Ambiguous.
        """
        settings = self._settings
        params = {
            "sender": settings.sender,
            "text": text,
            "phone": phone,
            "datetime": "",
            "sms_lifetime": str(settings.lifetime),
        }
        if settings.test:
            params["test"] = "1"
        result = await self._call("sendSMS", params, lost=Ambiguous)
        campaign = result.get("id")
        if not isinstance(campaign, (str, int)) or isinstance(campaign, bool) or not str(campaign):
            raise Ambiguous(SYSTEM, "sendSMS", "no campaign id")
        return str(campaign), result

    async def get_campaign_delivery_stats(self, campaign: str) -> dict[str, Any]:
        """Parallel arrays, a place for each phone of the campaign. Raises Unavailable, Rejected."""
        return await self._call("getCampaignDeliveryStats", {"id": campaign}, lost=Unavailable)

    async def get_user_balance(self, currency: str) -> Decimal:
        """Raises Unavailable, Rejected."""
        result = await self._call("getUserBalance", {"currency": currency}, lost=Unavailable)
        try:
            balance = Decimal(str(result.get("balance_currency")))
        except ArithmeticError:
            raise Unavailable(SYSTEM, "getUserBalance", "broken answer") from None
        if not balance.is_finite():
            raise Unavailable(SYSTEM, "getUserBalance", "broken answer")
        return balance

    async def _call(self, action: str, params: Mapping[str, str], *, lost: type[OutsideError]) -> dict[str, Any]:
        """`lost` is what an unknown outcome means: of a reading nothing is lost, a message may have gone out."""
        form = {**params, "key": self._settings.public_key.get_secret_value()}
        form["sum"] = signature(action, form, self._settings.private_key.get_secret_value())
        try:
            async with asyncio.timeout(_WHOLE_CALL):
                code, raw = await self._exchange(action, form)
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, action, type(error).__name__) from None
        except (httpx.RequestError, TimeoutError) as error:
            raise lost(SYSTEM, action, type(error).__name__) from None
        if code in _REFUSED_UNREAD:
            raise Unavailable(SYSTEM, action, f"http {code}")
        if 300 <= code < 500:
            _log.error("atompark address or request is wrong", operation=action, http=code)
            raise _misdirected(action, code)
        if code != httpx.codes.OK:
            raise lost(SYSTEM, action, f"http {code}")
        return _result(action, raw, lost)

    async def _exchange(self, action: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        url = f"{self._settings.base_url}/sms/3.0/{action}"
        async with self._http.stream("POST", url, data=form, timeout=_TIMEOUT, follow_redirects=False) as response:
            raw = bytearray()
            async for chunk in response.aiter_bytes():
                raw += chunk
                if len(raw) > _ANSWER_LIMIT:
                    break
            return response.status_code, bytes(raw)


def _misdirected(action: str, code: int) -> Rejected:
    """Errors come with 200: with another code the request did not get there, and no other will."""
    error = Rejected(SYSTEM, action, f"http {code}")
    error.of_system = True
    return error


def _result(action: str, raw: bytes, lost: type[OutsideError]) -> dict[str, Any]:
    """`result` of an answer; an error stands beside it or, in the vendor's own samples, inside it."""
    try:
        answer = json.loads(raw, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise lost(SYSTEM, action, "broken answer") from None
    result = answer.get("result") if isinstance(answer, dict) else None
    for place in (answer, result):
        if isinstance(place, dict) and place.get("error"):
            raise rejected(action, place.get("code", answer.get("code")))
    if not isinstance(result, dict):
        raise lost(SYSTEM, action, "broken answer")
    return result

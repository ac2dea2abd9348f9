"""The calls of TurboSMS: JSON with a bearer token in, JSON out, HTTP 200 even for errors."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.logs import log
from integrations.turbosms.codes import DONE_BEFORE, SUCCESS, SYSTEM, UNKNOWN_MESSAGE, error_of
from integrations.turbosms.config import TurboSmsSettings
from integrations.turbosms.models import Envelope, Row

PATIENCE = 15.0
"""Seconds for a whole call."""
ANSWER_LIMIT = 1024 * 1024
_CONNECTING = 3.0
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_REFUSED_UNREAD = frozenset({429, 503})

_log = log("integrations.turbosms")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked; `lost` is what an unknown outcome means."""

    operation: str
    lost: type[OutsideError]


class TurboSmsClient:
    """Each method is one call, never repeated here."""

    def __init__(self, settings: TurboSmsSettings, http: httpx.AsyncClient, patience: float = PATIENCE) -> None:
        self._base_url = settings.base_url
        self._headers = {"Authorization": f"Bearer {settings.token.get_secret_value()}", "Accept": "application/json"}
        self._http = http
        self._patience = patience

    async def send(self, phone: str, key: str, ways: Mapping[str, Mapping[str, Any]]) -> str:
        """By `sms`, by `viber`, or by `viber` and then `sms`, to digits; returns the id of the message.

        Raises Unavailable, Rejected, Ambiguous.
        """
        call = Call("message/send", Ambiguous)
        body = {"recipients": [phone], "sequence_id": key, **ways}
        return _taken(call, phone, await self._ask(call, body))

    async def status(self, ids: Sequence[str]) -> list[Row]:
        """What is known of these messages. Raises Unavailable, Rejected."""
        call = Call("message/status", Unavailable)
        answer = await self._ask(call, {"messages": list(ids)})
        rows = [Row.model_validate(row) for row in answer.rows()]
        if answer.response_code in SUCCESS | {UNKNOWN_MESSAGE}:
            return rows
        raise error_of(call.operation, answer.response_code, call.lost)

    async def balance(self) -> Decimal:
        """Hryvnias left. Raises Unavailable, Rejected."""
        call = Call("user/balance", Unavailable)
        answer = await self._ask(call, {})
        if answer.response_code not in SUCCESS:
            raise error_of(call.operation, answer.response_code, call.lost)
        try:
            (row,) = answer.rows()
            balance = Decimal(Row.model_validate(row).balance)
        except (ValueError, ArithmeticError):
            raise Unavailable(SYSTEM, call.operation, "broken answer") from None
        if not balance.is_finite():
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        return balance

    # --- the wire ----------------------------------------------------------------------------------------------------

    async def _ask(self, call: Call, body: Mapping[str, Any]) -> Envelope:
        try:
            async with asyncio.timeout(self._patience):
                code, raw = await self._exchange(f"{self._base_url}/{call.operation}.json", body)
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, call.operation, type(error).__name__) from None
        except (httpx.TimeoutException, TimeoutError):
            raise call.lost(SYSTEM, call.operation, "timeout") from None
        except httpx.RequestError as error:
            raise call.lost(SYSTEM, call.operation, type(error).__name__) from None
        if code in _REFUSED_UNREAD:
            raise Unavailable(SYSTEM, call.operation, f"http {code}")
        if code >= 500 or code == httpx.codes.REQUEST_TIMEOUT:
            raise call.lost(SYSTEM, call.operation, f"http {code}")
        if code != httpx.codes.OK:
            _log.error("turbosms address or request is wrong", operation=call.operation, http=code)
            raise _misdirected(call.operation, code)
        return _envelope(call, raw)

    async def _exchange(self, url: str, body: Mapping[str, Any]) -> tuple[int, bytes]:
        limit = httpx.Timeout(self._patience, connect=_CONNECTING)
        async with self._http.stream(
            "POST", url, json=body, headers=self._headers, timeout=limit, follow_redirects=False
        ) as response:
            raw = bytearray()
            async for chunk in response.aiter_bytes():
                raw += chunk
                if len(raw) > ANSWER_LIMIT:
                    break
            return response.status_code, bytes(raw)


def _misdirected(operation: str, code: int) -> Rejected:
    """A valid request is answered with 200 whatever comes of it: with another code it did not get there."""
    error = Rejected(SYSTEM, operation, f"http {code}")
    error.of_system = True
    return error


def _taken(call: Call, phone: str, answer: Envelope) -> str:
    """The id of the message: the row of its recipient decides, and then the whole."""
    rows = [Row.model_validate(row) for row in answer.rows()]
    mine = next((row for row in rows if row.phone.removeprefix("+") in ("", phone)), Row())
    if mine.response_code is not None and mine.response_code not in SUCCESS:
        raise error_of(call.operation, mine.response_code, call.lost)
    if answer.response_code not in SUCCESS | {DONE_BEFORE}:
        if mine.message_id:
            raise call.lost(SYSTEM, call.operation, "both taken and refused")
        raise error_of(call.operation, answer.response_code, call.lost)
    if not mine.message_id:
        raise call.lost(SYSTEM, call.operation, "no message id")
    return mine.message_id


def _envelope(call: Call, raw: bytes) -> Envelope:
    if len(raw) > ANSWER_LIMIT:
        raise call.lost(SYSTEM, call.operation, "too_large")
    try:
        said = json.loads(raw, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise call.lost(SYSTEM, call.operation, "broken answer") from None
    answer = Envelope.model_validate(said if isinstance(said, dict) else {})
    if answer.response_code is None:
        raise call.lost(SYSTEM, call.operation, "broken answer")
    return answer

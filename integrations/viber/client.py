"""The calls of Viber's Bot API: one method each, over httpx, with the token in a header."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import stamina
from pydantic import ValidationError
from viberbot.api.consts import BOT_API_ENDPOINT as ENDPOINT

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.logs import log
from integrations.viber.config import ViberSettings
from integrations.viber.models import Answer
from integrations.viber.rendering import Message, serialised
from integrations.viber.status import Fate, fate_of, name_of

SYSTEM = "viber"
ATTEMPTS = 3
_TIMEOUT = httpx.Timeout(10, connect=3, pool=3)
_WHOLE_CALL = 10.0
_ANSWER_LIMIT = 1024 * 1024
_NOT_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
_PERHAPS_WRITTEN = (httpx.WriteError, httpx.WriteTimeout)

_log = log("integrations.viber")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Viber took; `billing` is its billing_status."""

    message_id: str
    billing: int | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What it means where nobody knows what happened: `lost` is of an answer that did not come, `broken` of one that
    says nothing (5xx, no JSON) or of a question that broke off.
    """

    lost: type[OutsideError]
    broken: type[OutsideError]


ASKED = Doubt(Unavailable, Unavailable)
"""To be asked again does no harm."""
REPLY = Doubt(Ambiguous, Unavailable)
"""Somebody waits for it: where it may well not have gone out, twice is better than never."""
NOTICE = Doubt(Ambiguous, Ambiguous)
"""Nobody waits for it, and nobody is to get it twice."""


@dataclass(frozen=True, slots=True)
class Account:
    """The bot as Viber knows it; `uri` is its name in deep links."""

    name: str
    uri: str


class ViberClient:
    """Raises Unavailable, Rejected, Ambiguous. Stops sending when Viber says that the account itself is out."""

    def __init__(self, settings: ViberSettings, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._http = http
        self._stopped: int | None = None

    @property
    def stopped(self) -> str | None:
        """Why nothing is sent, or None."""
        return None if self._stopped is None else f"{self._stopped} {name_of(self._stopped)}"

    async def send_message(self, external_id: str, message: Message, *, insists: bool = False) -> Sent:
        """Repeated on 12, general errors and where nobody listens; not where it may have gone out: Ambiguous.

        `insists`: somebody waits for it, so it is repeated on 5xx too.
        """
        if self._stopped is not None:
            raise Unavailable(SYSTEM, ENDPOINT.SEND_MESSAGE, self._stopped)
        doubt = REPLY if insists else NOTICE
        answer = await self._call(ENDPOINT.SEND_MESSAGE, {"receiver": external_id} | message, doubt)
        return Sent(answer.message_token or "", answer.billing_status)

    async def set_webhook(self, url: str, event_types: Sequence[str]) -> None:
        """Viber calls the address back before it answers; names of people are asked for, pictures are not."""
        wanted = {"url": url, "event_types": list(event_types), "send_name": True, "send_photo": False}
        await self._call(ENDPOINT.SET_WEBHOOK, wanted, ASKED)
        self._resume()

    async def get_account_info(self) -> Account:
        """A good answer also ends a stop."""
        answer = await self._call(ENDPOINT.GET_ACCOUNT_INFO, {}, ASKED)
        self._resume()
        return Account(answer.name or "", answer.uri or "")

    async def _call(self, operation: str, body: dict[str, Any], doubt: Doubt) -> Answer:
        def again(error: Exception) -> bool:
            return isinstance(error, Unavailable) and self._stopped is None

        async for attempt in stamina.retry_context(on=again, attempts=ATTEMPTS, timeout=20, wait_initial=0.5):
            with attempt:
                answer = await self._once(operation, serialised(body), doubt)
                self._judge(operation, answer)
        return answer

    async def _once(self, operation: str, content: bytes, doubt: Doubt) -> Answer:
        try:
            async with asyncio.timeout(_WHOLE_CALL):
                code, raw = await self._exchange(operation, content)
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, operation, type(error).__name__) from None
        except _PERHAPS_WRITTEN as error:
            raise doubt.broken(SYSTEM, operation, type(error).__name__) from None
        except (httpx.RequestError, TimeoutError) as error:
            raise doubt.lost(SYSTEM, operation, type(error).__name__) from None
        if code != httpx.codes.OK:
            broken = doubt.broken if code >= httpx.codes.INTERNAL_SERVER_ERROR else Unavailable
            raise broken(SYSTEM, operation, f"http {code}")
        try:
            return Answer.model_validate(json.loads(raw))
        except (ValidationError, ValueError, RecursionError):
            raise doubt.broken(SYSTEM, operation, "broken answer") from None

    async def _exchange(self, operation: str, content: bytes) -> tuple[int, bytes]:
        headers = {
            "X-Viber-Auth-Token": self._settings.token.get_secret_value(),
            "Content-Type": "application/json",
        }
        url = f"{self._settings.api_base}/{operation}"
        async with self._http.stream(
            "POST", url, content=content, headers=headers, timeout=_TIMEOUT, follow_redirects=False
        ) as response:
            raw = bytearray()
            async for chunk in response.aiter_bytes():
                raw += chunk
                if len(raw) > _ANSWER_LIMIT:
                    break
            return response.status_code, bytes(raw)

    def _judge(self, operation: str, answer: Answer) -> None:
        code = answer.status
        match fate_of(code):
            case Fate.OK:
                return
            case Fate.RETRY:
                raise Unavailable(SYSTEM, operation, code)
            case Fate.GONE:
                raise Rejected(SYSTEM, operation, code)
            case Fate.MISTAKE:
                words = (answer.status_message or "")[:300]
                _log.error("viber code error", operation=operation, code=code, status=name_of(code), said=words)
                raise Rejected(SYSTEM, operation, code)
            case Fate.STOP:
                self._stop(code)
                raise Unavailable(SYSTEM, operation, code)

    def _stop(self, code: int) -> None:
        if self._stopped is None:
            _log.critical("viber channel stopped", code=code, status=name_of(code))
        self._stopped = code

    def _resume(self) -> None:
        if self._stopped is not None:
            _log.warning("viber channel resumed", code=self._stopped)
        self._stopped = None

"""The gateway's calls: signed JSON in, JSON out, HTTP 200 even for refusals."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.money import Money
from bot.logs import log
from integrations.wayforpay.codes import OK, SYSTEM, error_of
from integrations.wayforpay.config import WayForPaySettings
from integrations.wayforpay.models import Answer
from integrations.wayforpay.signature import MONEY, NAMED, PERIOD, PURCHASE, signed
from integrations.wayforpay.values import CURRENCY
from integrations.wayforpay.wire import Number, Value, amount_text, decoded, encoded, form

ANSWER_LIMIT = 16 * 1024 * 1024
PATIENCE = 30.0
"""Seconds for a whole call: behind a refund stands a bank."""
_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_CONNECTING = 5.0
_REFUSED_UNREAD = frozenset({429, 503})

_log = log("integrations.wayforpay")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked; `lost` is what an unknown outcome means."""

    operation: str
    lost: type[OutsideError]


class WayForPayClient:
    """Each method is one call, never repeated here. Raises Unavailable, Rejected, Ambiguous."""

    def __init__(self, settings: WayForPaySettings, http: httpx.AsyncClient, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._secret = settings.secret.get_secret_value()
        self._http = http
        self._patience = patience

    async def purchase(self, order: Mapping[str, Value]) -> str:
        """The address of a page; lost, it is one that nobody knows."""
        call = Call("PURCHASE", Unavailable)
        body = {**order, "merchantSignature": signed(self._secret, order, PURCHASE)}
        answer = _answer(call, await self._send(call, f"{self._settings.pay_url}?behavior=offline", data=form(body)))
        return self._page(call, answer, answer.url)

    async def create_invoice(self, order: Mapping[str, Value]) -> str:
        """The address of an invoice; lost, it may be on its way to the payer's mail."""
        call = Call("CREATE_INVOICE", Ambiguous)
        answer = _answer(call, await self._ask(call, order, PURCHASE))
        return self._page(call, answer, answer.invoice_url)

    async def remove_invoice(self, reference: str) -> Answer:
        """Harmless to repeat. An answer that is a refusal is returned."""
        call = Call("REMOVE_INVOICE", Unavailable)
        return _answer(call, await self._ask(call, self._named(reference), NAMED))

    async def check_status(self, reference: str) -> Answer:
        """Whatever it says, neither verified nor compared."""
        call = Call("CHECK_STATUS", Unavailable)
        return _answer(call, await self._ask(call, self._named(reference), NAMED))

    async def refund(self, reference: str, amount: Money, comment: str) -> Answer:
        """Whatever it says, neither verified nor compared."""
        call = Call("REFUND", Ambiguous)
        body = {**self._named(reference), **_sum(amount), "comment": comment}
        return _answer(call, await self._ask(call, body, MONEY))

    async def settle(self, reference: str, amount: Money) -> Answer:
        """Whatever it says, neither verified nor compared."""
        call = Call("SETTLE", Ambiguous)
        return _answer(call, await self._ask(call, {**self._named(reference), **_sum(amount)}, MONEY))

    async def transaction_list(self, begin: int, end: int) -> list[Answer]:
        """Between two Unix seconds, both within, not more than 31 days apart."""
        call = Call("TRANSACTION_LIST", Unavailable)
        period: dict[str, Value] = {
            "merchantAccount": self._settings.account,
            "dateBegin": Number(begin),
            "dateEnd": Number(end),
        }
        said = await self._ask(call, period, PERIOD)
        answer, rows = _answer(call, said), said.get("transactionList")
        if answer.code != OK:
            raise error_of(call.operation, answer.code, call.lost)
        if rows is not None and not isinstance(rows, list):
            raise call.lost(SYSTEM, call.operation, "broken answer")
        return [Answer.model_validate(row) for row in rows or () if isinstance(row, dict)]

    # --- the wire ----------------------------------------------------------------------------------------------------

    def _named(self, reference: str) -> dict[str, Value]:
        return {"merchantAccount": self._settings.account, "orderReference": reference}

    def _page(self, call: Call, answer: Answer, url: str) -> str:
        if not url or answer.code not in (None, OK):
            raise error_of(call.operation, answer.code, call.lost)
        if not self._settings.is_page(url):
            _log.error("wayforpay gives an address that is not its own", operation=call.operation)
            raise Rejected(SYSTEM, call.operation, "address")
        return url

    async def _ask(self, call: Call, fields: Mapping[str, Value], order: tuple[str, ...]) -> dict[str, Any]:
        body: dict[str, Value] = {
            "transactionType": call.operation,
            "apiVersion": Number("1"),
            **fields,
            "merchantSignature": signed(self._secret, fields, order),
        }
        return await self._send(call, self._settings.api_url, content=encoded(body), headers=_JSON)

    async def _send(self, call: Call, url: str, **sent: Any) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._patience):
                status, raw = await self._exchange(url, sent)
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, call.operation, type(error).__name__) from None
        except (httpx.TimeoutException, TimeoutError):
            raise call.lost(SYSTEM, call.operation, "timeout") from None
        except httpx.RequestError as error:
            raise call.lost(SYSTEM, call.operation, type(error).__name__) from None
        if status in _REFUSED_UNREAD:
            raise Unavailable(SYSTEM, call.operation, f"http {status}")
        if status >= 500 or status == httpx.codes.REQUEST_TIMEOUT:
            raise call.lost(SYSTEM, call.operation, f"http {status}")
        if status != httpx.codes.OK:
            _log.error("wayforpay address or request is wrong", operation=call.operation, http=status)
            raise Rejected(SYSTEM, call.operation, f"http {status}")
        return _json(call, raw)

    async def _exchange(self, url: str, sent: dict[str, Any]) -> tuple[int, bytes]:
        limit = httpx.Timeout(self._patience, connect=_CONNECTING)
        async with self._http.stream("POST", url, timeout=limit, follow_redirects=False, **sent) as response:
            raw = bytearray()
            async for chunk in response.aiter_bytes():
                raw += chunk
                if len(raw) > ANSWER_LIMIT:
                    break
            return response.status_code, bytes(raw)


def _json(call: Call, raw: bytes) -> dict[str, Any]:
    if len(raw) > ANSWER_LIMIT:
        raise call.lost(SYSTEM, call.operation, "too_large")
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise call.lost(SYSTEM, call.operation, "html")
    try:
        return decoded(raw)
    except ValueError:
        raise call.lost(SYSTEM, call.operation, "broken answer") from None


def _answer(call: Call, said: Mapping[str, Any]) -> Answer:
    answer = Answer.model_validate(said)
    if not answer.url and answer.code is None:
        raise call.lost(SYSTEM, call.operation, "broken answer")
    return answer


def _sum(amount: Money) -> dict[str, Value]:
    return {"amount": amount_text(amount), "currency": CURRENCY}

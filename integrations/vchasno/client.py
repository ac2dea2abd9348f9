"""The calls of Vchasno: one method each, with the raw token in a header, in the company's pace."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.logs import log
from integrations.vchasno.codes import SYSTEM, TOO_MANY, Call, error_of, word
from integrations.vchasno.config import VchasnoSettings
from integrations.vchasno.models import Billing, Comment, Document, Signature, documents, objects
from integrations.vchasno.pace import Pace

PATIENCE = 30.0
"""Seconds for a call; files have longer."""
WITH_FILES = 10
ANSWER_LIMIT = 16 * 1024 * 1024
SHORTEST_HOLD, LONGEST_HOLD = 1.0, 3600.0
_CONNECTING = 5.0
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
Query = Mapping[str, str | int]

_log = log("integrations.vchasno")


class VchasnoClient:
    """Each method is one call, never repeated here. Raises Unavailable, Rejected, Ambiguous."""

    def __init__(
        self, settings: VchasnoSettings, http: httpx.AsyncClient, pace: Pace, patience: float = PATIENCE
    ) -> None:
        self._root = f"{settings.base_url}/api/v2"
        self._headers = {"Authorization": settings.token.get_secret_value(), "Accept": "application/json"}
        self._http = http
        self._pace = pace
        self._patience = patience

    async def upload(self, query: Query, name: str, content: bytes) -> Document:
        """A document with this file; the metadata go in the query."""
        call = Call("upload", Ambiguous)
        said = await self._ask(call, "POST", "documents", params=query, files={"file": (name, content)}, is_long=True)
        found = documents(said)
        if len(found) != 1:
            raise call.lost(SYSTEM, call.operation, "broken answer")
        return found[0]

    async def document(self, ref: str) -> Document:
        """With its recipients."""
        call = Call("document")
        found = documents(await self._ask(call, "GET", f"documents/{ref}", params={"with_recipients": 1}))
        mine = [one for one in found if one.id == ref]
        if not mine:
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        return mine[0]

    async def documents(self, query: Query) -> tuple[list[Document], str]:
        """A page of our outgoing documents, and the cursor of the next one; empty after the last."""
        call = Call("documents")
        said = await self._ask(call, "GET", "documents", params=query)
        if not isinstance(said, (dict, list)):
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        cursor = said.get("next_cursor") if isinstance(said, dict) else None
        return documents(said), cursor if isinstance(cursor, str) else ""

    async def statuses(self, refs: Sequence[str]) -> list[Document]:
        """How far these came; of at most five hundred."""
        call = Call("statuses")
        said = await self._ask(call, "POST", "documents/statuses", json={"document_ids": list(refs)})
        if not isinstance(said, (dict, list)):
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        return documents(said.get("data_list", said) if isinstance(said, dict) else said)

    async def put_recipient(self, ref: str, code: str, email: str) -> None:
        body = {"edrpou": code, "email": email}
        await self._ask(Call("recipient"), "PATCH", f"documents/{ref}/recipient", json=body)

    async def send(self, ref: str) -> None:
        await self._ask(Call("send", Ambiguous), "POST", f"documents/{ref}/send")

    async def delete(self, ref: str) -> None:
        await self._ask(Call("delete"), "DELETE", f"documents/{ref}")

    async def sign_session(self, body: Mapping[str, str]) -> str:
        """The address at which somebody signs; lost, it is one that nobody knows."""
        call = Call("sign session")
        said = await self._ask(call, "POST", "sign-sessions", json=body)
        url = said.get("url") if isinstance(said, dict) else None
        if not isinstance(url, str) or not url:
            raise call.lost(SYSTEM, call.operation, "broken answer")
        return url

    async def signatures(self, ref: str) -> list[Signature]:
        said = await self._ask(Call("signatures"), "GET", f"documents/{ref}/signatures")
        return [Signature.model_validate(one) for one in _listed("signatures", said)]

    async def comments(self, ref: str) -> list[Comment]:
        said = await self._ask(Call("comments"), "GET", f"documents/{ref}/comments")
        return [Comment.model_validate(one) for one in _listed("comments", said)]

    async def is_registered(self, code: str) -> bool:
        """Raises Rejected("not_found") where the service says so of a company it does not know."""
        call = Call("company")
        said = await self._ask(call, "POST", "check/company", json={"edrpou": code})
        if not isinstance(said, dict) or "is_registered" not in said:
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        return str(said["is_registered"]).lower() in ("true", "1")

    async def billing(self) -> Billing:
        said = await self._ask(Call("billing"), "GET", "company/billing")
        if not isinstance(said, dict):
            raise Unavailable(SYSTEM, "billing", "broken answer")
        return Billing.model_validate(said)

    @asynccontextmanager
    async def download(self, ref: str, what: str, query: Query) -> AsyncIterator[AsyncIterator[bytes]]:
        """A file of a document in pieces, as long as the block lasts."""
        call = Call(what)
        headers = {**self._headers, "Accept": "*/*"}
        async with self._answer(
            call, "GET", f"documents/{ref}/{what}", True, headers=headers, params=query
        ) as response:
            yield response.aiter_bytes()

    # --- the wire ----------------------------------------------------------------------------------------------------

    async def _ask(self, call: Call, method: str, path: str, *, is_long: bool = False, **sent: Any) -> Any:
        """What it says, or None where it says nothing: many a success is an empty body, or two words."""
        async with self._answer(call, method, path, is_long, headers=self._headers, **sent) as response:
            raw = await _bounded(call, response)
            return _decoded(call, response.headers.get("Content-Type", ""), raw)

    @asynccontextmanager
    async def _answer(
        self, call: Call, method: str, path: str, is_long: bool, **sent: Any
    ) -> AsyncIterator[httpx.Response]:
        """A success, still to be read; what breaks off while it is read is told the same way."""
        if not await self._pace.turn():
            raise Unavailable(SYSTEM, call.operation, TOO_MANY)
        seconds = self._patience * (WITH_FILES if is_long else 1)
        limit = httpx.Timeout(self._patience, connect=_CONNECTING)
        url = f"{self._root}/{path}"
        try:
            async with (
                asyncio.timeout(seconds),
                self._http.stream(method, url, timeout=limit, follow_redirects=False, **sent) as response,
            ):
                if not response.is_success:
                    raise await self._refusal(call, response)
                yield response
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, call.operation, type(error).__name__) from None
        except (httpx.TimeoutException, TimeoutError):
            raise call.lost(SYSTEM, call.operation, "timeout") from None
        except httpx.RequestError as error:
            raise call.lost(SYSTEM, call.operation, type(error).__name__) from None

    async def _refusal(self, call: Call, response: httpx.Response) -> Exception:
        status = response.status_code
        if status == httpx.codes.TOO_MANY_REQUESTS:
            self._pace.hold(_pause_asked(response.headers.get("Retry-After", "")))
        raw = await _bounded(call, response)
        try:
            said = json.loads(raw)
        except (ValueError, RecursionError):
            said = None
        code = word(said.get("code")) if isinstance(said, dict) else ""
        error = error_of(call, status, code)
        if isinstance(error, Rejected):
            _log.info("vchasno refuses", operation=call.operation, http=status, code=code)
        return error


def _pause_asked(said: str) -> float:
    """Seconds; the shortest pause for what is no number."""
    written = said.strip()
    seconds = float(written) if written.isascii() and written.isdecimal() and len(written) <= 6 else 0.0
    return min(max(seconds, SHORTEST_HOLD), LONGEST_HOLD)


async def _bounded(call: Call, response: httpx.Response) -> bytes:
    raw = bytearray()
    async for chunk in response.aiter_bytes():
        raw += chunk
        if len(raw) > ANSWER_LIMIT:
            raise call.lost(SYSTEM, call.operation, "too_large")
    return bytes(raw)


def _decoded(call: Call, kind: str, raw: bytes) -> Any:
    text = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text:
        return None
    if text[:1] == b"<":
        raise call.lost(SYSTEM, call.operation, "html")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if "json" in kind.lower():
            raise call.lost(SYSTEM, call.operation, "broken answer") from None
        return None


def _listed(name: str, said: Any) -> list[dict[str, Any]]:
    """The objects of a bare list, or of one in an object."""
    found = said.get(name) if isinstance(said, dict) else said
    if not isinstance(found, list):
        raise Unavailable(SYSTEM, name, "broken answer")
    return objects(found)

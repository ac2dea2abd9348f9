"""The calls of 1C's OData service, one method each; at most four at once, in the order they came."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import stamina

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.logs import log
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.literals import guid, moment, quoted
from integrations.onec.odata.refusals import SYSTEM, Call, Missing, Refusal, ambiguous, error_of
from integrations.onec.odata.url import Query, address

Row = dict[str, Any]
AT_ONCE = 4
ANSWER_LIMIT = 64 * 1024 * 1024
HEAVY = frozenset({"timeout", "too_large", "http 500", "http 502", "http 504"})
"""What a page that is too large ends in: a smaller one is asked for instead of the same again."""
_ANSWERED = frozenset({"locked", "too_large", "http 500"})
_FORMAT = ("$format", "application/json;odata=nometadata")
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

_log = log("integrations.onec")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds a call may take: after a pause 1C opens a session first; virtual tables are counted anew each time."""

    ordinary: float = 60
    first: float = 60
    heavy: float = 180
    idle: float = 600


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of an answer and how many bytes it had."""

    rows: list[Row]
    size: int


class OnecClient:
    """Raises Unavailable, Rejected, Ambiguous. Readings are repeated here, writings and pages never."""

    def __init__(self, settings: OnecSettings, http: httpx.AsyncClient, patience: Patience | None = None) -> None:
        self._root = settings.root
        self._http = http
        self._patience = patience or Patience()
        login = f"{settings.user}:{settings.password.get_secret_value()}".encode()
        self._headers = {
            "Authorization": f"Basic {b64encode(login).decode()}",
            "Accept": "application/json",
            "DataServiceVersion": "3.0",
            "MaxDataServiceVersion": "3.0",
        }
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._answered_at: float | None = None
        self._away = False

    # --- reading -----------------------------------------------------------------------------------------------------

    async def page(self, resource: str, query: Query = (), *, heavy: bool = False) -> Page:
        """Once: whoever pages asks for less where it was too much. `resource` is a set or a function of it."""
        call = Call(f"GET {resource}", resource.partition("/")[0], Unavailable)
        url = address(self._root, resource, (_FORMAT, *query))
        answer, size = await self._exchange(call, "GET", url, heavy=heavy)
        rows = answer.get("value")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Unavailable(SYSTEM, call.operation, "broken answer")
        return Page(rows, size)

    async def rows(self, resource: str, query: Query = (), *, heavy: bool = False) -> list[Row]:
        """All rows of one answer."""
        async for attempt in _again():
            with attempt:
                page = await self.page(resource, query, heavy=heavy)
        return page.rows

    async def get_one(self, entity: str, ref: str | UUID, select: str = "") -> Row | None:
        """None where there is no such object."""
        call = Call(f"GET {entity}(…)", entity, Unavailable)
        query = (_FORMAT, ("$select", select)) if select else (_FORMAT,)
        try:
            async for attempt in _again():
                with attempt:
                    url = address(self._root, f"{entity}({guid(ref)})", query)
                    row, _ = await self._exchange(call, "GET", url)
        except Missing:
            return None
        return row

    async def slice_last(self, register: str, condition: str, query: Query = ()) -> Page:
        """The last records of an information register, once; the condition goes into the query."""
        return await self.page(f"{register}/SliceLast", (*_condition(condition), *query), heavy=True)

    async def balance(self, register: str, condition: str = "", query: Query = ()) -> Page:
        """What is left in an accumulation register, once."""
        return await self.page(f"{register}/Balance", (*_condition(condition), *query), heavy=True)

    async def turnovers(self, register: str, begin: datetime, condition: str, query: Query = ()) -> Page:
        """What stood in an accumulation register at the naive moment `begin`, what moved and what stands, once."""
        period = ("StartPeriod", moment(begin))
        return await self.page(f"{register}/BalanceAndTurnovers", (period, *_condition(condition), *query), heavy=True)

    async def service_root(self) -> list[str]:
        """The names of all sets that are published: cheap, unlike `$metadata`."""
        call = Call("GET /", "", Unavailable)
        async for attempt in _again():
            with attempt:
                root, _ = await self._exchange(call, "GET", address(self._root, "", (_FORMAT,)))
        return [str(row.get("name") or row.get("url")) for row in root.get("value") or ()]

    @asynccontextmanager
    async def metadata(self) -> AsyncIterator[AsyncIterator[bytes]]:
        """`$metadata` in pieces: it may be 20 MB of XML."""
        call = Call("GET $metadata", "$metadata", Unavailable)
        url = address(self._root, "$metadata")
        headers = self._headers | {"Accept": "application/xml"}
        async with self._turns:
            try:
                limit = httpx.Timeout(self._patience.heavy, connect=10)
                async with self._http.stream("GET", url, headers=headers, timeout=limit) as response:
                    if response.status_code != httpx.codes.OK:
                        raise error_of(call, response.status_code, await _bounded(call, response))
                    yield response.aiter_bytes()
            except httpx.RequestError as error:
                raise Unavailable(SYSTEM, call.operation, type(error).__name__) from None

    # --- writing -----------------------------------------------------------------------------------------------------

    async def create(self, entity: str, body: Mapping[str, Any]) -> Row:
        """The whole object as 1C keeps it."""
        return await self._write("POST", entity, entity, body)

    async def patch(self, entity: str, ref: str | UUID, body: Mapping[str, Any], version: str) -> Row:
        """A partial change; bases are known to ignore If-Match, so compare the version before."""
        return await self._write("PATCH", entity, f"{entity}({guid(ref)})", body, {"If-Match": version})

    async def post_document(self, entity: str, ref: str | UUID) -> None:
        """Not operational: the document need not be of today. The answer is empty, so look at Posted afterwards."""
        call = Call(f"POST {entity}(…)/Post", entity, ambiguous(True))
        url = address(self._root, f"{entity}({guid(ref)})/Post", (("PostingModeOperational", "false"),))
        await self._exchange(call, "POST", url, b"")

    async def _write(
        self, method: str, entity: str, resource: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Row:
        call = Call(f"{method} {entity}", entity, ambiguous(True))
        content = json.dumps(body, ensure_ascii=False, default=_number).encode()
        row, _ = await self._exchange(call, method, address(self._root, resource, (_FORMAT,)), content, headers)
        return row

    # --- the wire ----------------------------------------------------------------------------------------------------

    async def _exchange(
        self,
        call: Call,
        method: str,
        url: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        heavy: bool = False,
    ) -> tuple[Row, int]:
        """The object of a success and how many bytes it had; empty where a writing answers nothing."""
        sent = {**self._headers, **(headers or {})}
        if content:
            sent["Content-Type"] = "application/json; charset=utf-8"
        async with self._turns:
            try:
                raw = await self._once(call, method, url, content, sent, heavy)
                row = {} if content == b"" and not raw else _json(call, raw)
            except (Unavailable, Ambiguous) as error:
                self._lost(error)
                raise
            except Rejected:
                self._found()
                raise
        self._found()
        return row, len(raw)

    async def _once(
        self, call: Call, method: str, url: str, content: bytes | None, headers: Mapping[str, str], heavy: bool
    ) -> bytes:
        seconds = self._seconds(heavy)
        limit = httpx.Timeout(seconds, connect=min(10, seconds))
        try:
            async with (
                asyncio.timeout(seconds),
                self._http.stream(method, url, content=content, headers=headers, timeout=limit) as response,
            ):
                raw = await _bounded(call, response)
        except _NOT_WRITTEN as error:
            raise Unavailable(SYSTEM, call.operation, type(error).__name__) from None
        except (httpx.TimeoutException, TimeoutError):
            raise call.lost(SYSTEM, call.operation, "timeout") from None
        except httpx.RequestError as error:
            raise call.lost(SYSTEM, call.operation, type(error).__name__) from None
        if response.is_success:
            return raw
        raise error_of(call, response.status_code, raw)

    def _seconds(self, heavy: bool) -> float:
        patience = self._patience
        seconds = patience.heavy if heavy else patience.ordinary
        now = asyncio.get_running_loop().time()
        if self._answered_at is None or now - self._answered_at > patience.idle:
            return max(seconds, patience.first)
        return seconds

    def _lost(self, error: OutsideError) -> None:
        if error.code in _ANSWERED:
            return
        if not self._away:
            _log.warning("1c is away", operation=error.operation, code=error.code)
        self._away = True

    def _found(self) -> None:
        if self._away:
            _log.warning("1c is back")
        self._away = False
        self._answered_at = asyncio.get_running_loop().time()


def is_heavy(error: OutsideError) -> bool:
    """Whether a smaller page may do."""
    return error.code in HEAVY or (isinstance(error, Refusal) and error.code == "-1")


def _again() -> Any:
    return stamina.retry_context(on=_passing, attempts=3, timeout=90, wait_initial=0.5, wait_max=5)


def _passing(error: Exception) -> bool:
    return isinstance(error, Unavailable) and error.code != "publication"


def _condition(condition: str) -> Query:
    return (("Condition", quoted(condition)),) if condition else ()


async def _bounded(call: Call, response: httpx.Response) -> bytes:
    raw = bytearray()
    async for chunk in response.aiter_bytes():
        raw += chunk
        if len(raw) > ANSWER_LIMIT:
            raise call.lost(SYSTEM, call.operation, "too_large")
    return bytes(raw)


def _json(call: Call, raw: bytes) -> Row:
    """UTF-8 whatever was announced: some publications say windows-1251 of it."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unavailable(SYSTEM, call.operation, "html")
    try:
        answer = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise call.lost(SYSTEM, call.operation, "encoding") from None
    except (ValueError, RecursionError):
        raise call.lost(SYSTEM, call.operation, "broken answer") from None
    if not isinstance(answer, dict):
        raise call.lost(SYSTEM, call.operation, "broken answer")
    return answer


def _number(value: object) -> float:
    """Edm.Double is what 1C has for money: a sum of up to 15 digits leaves with exactly the digits it has."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)

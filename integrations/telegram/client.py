"""Calls of the Bot API: aiogram's typed methods go out as JSON, only what is used of an answer is read.

aiogram's own session posts forms and rebuilds a generic model for every answer, which costs several times the call.
"""

import json
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import certifi
from aiogram.methods import TelegramMethod
from yarl import URL

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from integrations.telegram.config import TelegramSettings
from integrations.telegram.faults import SYSTEM, broken, fault_of

_CONNECT = 10.0
_IDLE = 30.0
_CONNECTIONS = 100
_SLOW_LINE = 256 * 1024  # bytes a second
_ANSWER_LIMIT = 16 * 1024 * 1024
TOO_LARGE = "too_large"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to go with a call, named there as `attach://` and this name."""

    name: str
    filename: str
    content: bytes
    mime: str = "application/octet-stream"


class BotApi:
    """One bot's calls over kept connections. The token is a part of the address, so no address leaves this class."""

    def __init__(self, settings: TelegramSettings, patience: float) -> None:
        self._patience = patience
        self._root = f"{settings.api_base}/bot{settings.token.get_secret_value()}/"
        self._files = f"{settings.api_base}/file/bot{settings.token.get_secret_value()}/"
        self._urls: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: TelegramMethod[Any], upload: Upload | None = None, *, patience: float | None = None
    ) -> Any:
        """The `result`, as JSON gave it. Raises Unavailable, Rejected, Ambiguous (faults.py)."""
        name = method.__api_method__
        try:
            status, body = await self._post(name, method, upload, (patience or self._patience) + _on_its_way(upload))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unavailable(SYSTEM, name, type(error).__name__) from None  # their text may hold the address
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Ambiguous(SYSTEM, name, type(error).__name__) from None
        return _result(name, status, body)

    async def download(self, path: str, limit: int) -> bytes:
        """A file by the path that getFile gave. Raises Unavailable, Rejected."""
        try:
            async with self._sessioned().get(
                URL(self._files + quote(path)), timeout=aiohttp.ClientTimeout(total=self._patience + limit / _SLOW_LINE)
            ) as response:
                if response.status >= 500:
                    raise Unavailable(SYSTEM, "download", response.status)
                if response.status != 200:
                    raise Rejected(SYSTEM, "download", response.status)
                return await _bounded(response, limit)
        except _TooLong:
            raise Rejected(SYSTEM, "download", TOO_LARGE) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unavailable(SYSTEM, "download", type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _sessioned(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = _session(secure=self._root.startswith("https"))
        return self._session

    async def _post(
        self, name: str, method: TelegramMethod[Any], upload: Upload | None, patience: float
    ) -> tuple[int, bytes]:
        url = self._urls.get(name) or self._urls.setdefault(name, URL(self._root + name))
        data = _form(method, upload) if upload else method.model_dump_json(exclude_unset=True, warnings=False).encode()
        async with self._sessioned().post(
            url,
            data=data,
            headers=None if upload else _JSON,
            timeout=aiohttp.ClientTimeout(total=patience, sock_connect=_CONNECT),
            allow_redirects=False,
        ) as response:
            return response.status, await _bounded(response)


class _TooLong(aiohttp.ClientPayloadError):
    """More than was allowed for."""


def _session(*, secure: bool) -> aiohttp.ClientSession:
    context = ssl.create_default_context(cafile=certifi.where()) if secure else True
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE, ssl=context),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _on_its_way(upload: Upload | None) -> float:
    """Seconds that a file may take over a slow line."""
    return len(upload.content) / _SLOW_LINE if upload else 0.0


def _form(method: TelegramMethod[Any], upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for key, value in method.model_dump(mode="json", exclude_unset=True, warnings=False).items():
        form.add_field(key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    form.add_field(upload.name, upload.content, filename=upload.filename, content_type=upload.mime)
    return form


async def _bounded(response: aiohttp.ClientResponse, limit: int = _ANSWER_LIMIT) -> bytes:
    if (response.content_length or limit + 1) <= limit:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise _TooLong("the answer is too long")
    return bytes(body)


def _result(name: str, status: int, body: bytes) -> Any:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise _unreadable(name, status)
    if status == 200 and answer.get("ok") is True and "result" in answer:
        return answer["result"]
    if answer.get("ok") is True:
        raise _unreadable(name, status)
    raise fault_of(name, status, answer)


def _unreadable(name: str, status: int) -> OutsideError:
    """A proxy's page, or half an answer."""
    if 200 <= status < 300:
        return Ambiguous(SYSTEM, name, "unreadable answer")
    return broken(name, status) if status >= 500 else Unavailable(SYSTEM, name, status)

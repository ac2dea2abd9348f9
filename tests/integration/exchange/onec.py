"""1C by hand: a server of ours on loopback, and the single requests of a dialogue."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from integrations.onec.exchange import Exchange, ExchangeSettings, connect
from tests.integration.exchange.desk import MemoryDesk
from tests.support.loopback import client, serving

USER, PASSWORD, KEY = "обмін", "пароль від 1С", "key-of-the-call-backs"
BODY_LIMIT = 1024 * 1024
"""As the application itself sets it; parts of files are larger."""


class Watch:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Onec:
    """One base of 1C with its cookie; `as_password` sends the password with every request in its place."""

    address: str
    http: httpx.AsyncClient
    auth: tuple[str, str] = (USER, PASSWORD)
    as_password: bool = False
    cookie: str = ""
    sessid: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    async def asks(self, kind: str, mode: str, method: str = "GET", body: bytes | None = None, **query: str) -> str:
        """The text of an answer, which is always 200."""
        response = await self.raw(kind, mode, method, body, **query)
        assert response.status_code == 200
        return response.text

    async def raw(
        self, kind: str, mode: str, method: str = "GET", body: bytes | None = None, **query: str
    ) -> httpx.Response:
        headers: dict[str, str] = {} if self.as_password or not self.cookie else {"Cookie": self.cookie}
        options: dict[str, Any] = {"auth": httpx.BasicAuth(*(part.encode() for part in self.auth))}
        return await self.http.request(
            method,
            f"{self.address}/1c/exchange",
            params={"type": kind, "mode": mode} | query | self.extra,
            content=body,
            headers=headers,
            **(options if self.as_password or mode == "checkauth" else {}),
        )

    async def comes_in(self, kind: str = "catalog", **query: str) -> "Onec":
        """checkauth and init."""
        lines = (await self.asks(kind, "checkauth")).split("\n")
        assert lines[0] == "success"
        self.cookie, self.sessid = f"{lines[1]}={lines[2]}", lines[3].removeprefix("sessid=")
        assert (await self.asks(kind, "init", "GET", None, **query)).startswith("zip=yes\nfile_limit=")
        return self

    async def sends(self, name: str, content: bytes | str, kind: str = "catalog") -> str:
        body = content if isinstance(content, bytes) else content.encode()
        return await self.asks(kind, "file", "POST", body, filename=name)

    async def imports(self, name: str, kind: str = "catalog") -> str:
        """The last answer of as many requests as it takes."""
        said = "progress"
        while said.startswith("progress"):
            said = await self.asks(kind, "import", filename=name)
        return said


@dataclass
class House:
    """One process of ours."""

    desk: MemoryDesk
    watch: Watch
    folder: Path
    address: str
    http: httpx.AsyncClient
    exchange: Exchange

    def base(self, **changes: Any) -> Onec:
        """A base of 1C that has not come in yet."""
        return Onec(self.address, self.http, **changes)

    def left(self) -> list[str]:
        """The files on the disk, whosever they are."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


@asynccontextmanager
async def running(desk: MemoryDesk, watch: Watch, folder: Path, **changes: Any) -> AsyncIterator[House]:
    plain = {"user": USER, "password": SecretStr(PASSWORD), "events_key": SecretStr(KEY), "folder": folder}
    exchange = connect(ExchangeSettings.model_validate(plain | changes), desk, watch)
    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes(exchange.routes())
    async with client() as http, serving(app) as address:
        yield House(desk, watch, folder, address, http, exchange)
        desk.gate.set()
        await exchange.close()

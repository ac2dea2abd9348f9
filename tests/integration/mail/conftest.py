"""A mail server of the sandbox on loopback and our sender in front of it."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import httpx
import pytest

from bot.domain.mail import Bounce, Letter
from integrations.mail import Mail, MailSettings, connect
from sandbox.mail import addresses, create_app
from tests.support.loopback import NO_TLS, client, serving

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
USER, PASSWORD = "komora", "p@ss:word/1"
Json = dict[str, Any]


def letter(**changes: Any) -> Letter:
    made: Json = {
        "to": "olena@lypa.example",
        "subject": "Рахунок № 17",
        "text": "Добрий день!\nРахунок у вкладенні.\n",
        "html": "<p>Добрий день!</p>",
        "key": "invoice:17",
    }
    return Letter(**made | changes)


@dataclass
class Server:
    """The sandbox's pages, and the addresses of its ports."""

    page: str
    http: httpx.AsyncClient
    ports: dict[str, str]

    async def control(self, path: str, **wanted: Any) -> Json:
        answer = await self.http.post(f"{self.page}/_control/{path}", json=wanted)
        return dict(answer.raise_for_status().json())

    async def fault(self, **fault: Any) -> None:
        await self.control("faults", **fault)

    async def messages(self) -> list[Json]:
        return list((await self.http.get(f"{self.page}/_control/messages")).json()["messages"])

    async def received(self) -> EmailMessage:
        """The newest letter, as the standard library reads it."""
        newest = (await self.messages())[-1]["id"]
        raw = (await self.http.get(f"{self.page}/letters/{newest}/raw")).content
        read = message_from_bytes(raw, policy=default)
        assert isinstance(read, EmailMessage)
        return read

    async def calls(self) -> list[tuple[str, str]]:
        answer = await self.http.get(f"{self.page}/_control/calls")
        return [(one["what"], one["reply"]) for one in answer.json()["calls"]]

    async def returns(self) -> int:
        return len((await self.http.get(f"{self.page}/_control/returns")).json()["returns"])

    async def returned(self, raw: str) -> None:
        """A letter that lies in the mailbox of what came back."""
        answer = await self.http.post(f"{self.page}/_control/returns", content=raw.encode())
        answer.raise_for_status()

    def mail(self, tls: ssl.SSLContext = NO_TLS, **changes: Any) -> Mail:
        settings: Json = {
            "url": self.ports["smtp"],
            "from": "Гурт «Полонина» <orders@shop.example>",
            "bounces": f"{self.ports['pop3']}/bounces@shop.example",
        }
        return connect(MailSettings(**settings | changes), now=lambda: NOW, tls=tls)

    async def came_back(self, mail: Mail) -> list[Bounce]:
        """Once what is on its way back has arrived."""
        await self.control("clock", advance=2)
        return list(await mail.bounces())


@asynccontextmanager
async def served(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    app = create_app(USER, PASSWORD, tls=tls)
    async with serving(app) as page, client() as http:
        yield Server(page, http, addresses(app))


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with served() as up:
        yield up


@pytest.fixture
def mail(server: Server) -> Mail:
    return server.mail()

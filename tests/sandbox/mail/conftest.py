"""The mail sandbox served over loopback, with a clock of its own and the standard library's clients."""

import asyncio
import poplib
import smtplib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, TypeVar

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.mail import create_app
from sandbox.mail.office import Office
from sandbox.mail.servers import OFFICE

USER, PASSWORD = "komora", "sandbox"
START = 1_767_225_600.0  # 2026-01-01 00:00:00 GMT
T = TypeVar("T")


def letter(to: str = "olena@lypa.example", **changes: str) -> EmailMessage:
    made = EmailMessage()
    headers = {
        "From": "orders@shop.example",
        "To": to,
        "Subject": "Рахунок",
        "Date": "Thu, 01 Jan 2026 00:00:00 +0000",
        "Message-ID": "<1@shop.example>",
    }
    for name, value in (headers | changes).items():
        if value:
            made[name] = value
    made.set_content("Добрий день!\n")
    return made


@dataclass
class Post:
    """The sandbox as foreign programs see it."""

    http: httpx.AsyncClient
    office: Office

    def _sent(self, message: EmailMessage, user: str, password: str) -> dict[str, tuple[int, bytes]]:
        with smtplib.SMTP("127.0.0.1", self.office.ports["smtp"], timeout=5) as smtp:
            if user:
                smtp.login(user, password)
            return smtp.send_message(message)

    async def send(self, message: EmailMessage | None = None, *, user: str = USER, password: str = PASSWORD) -> None:
        """Raises what smtplib raises."""
        assert await asyncio.to_thread(self._sent, message or letter(), user, password) == {}

    async def pop(self, work: Callable[[poplib.POP3], T], *, password: str = PASSWORD) -> T:
        """What `work` makes of the mailbox of what came back."""

        def visit() -> T:
            box = poplib.POP3("127.0.0.1", self.office.ports["pop3"], timeout=5)
            try:
                box.user(USER)
                box.pass_(password)
                return work(box)
            finally:
                box.close()

        return await asyncio.to_thread(visit)

    async def control(self, path: str, **wanted: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/_control/{path}", json=wanted)
        return dict(answer.raise_for_status().json())

    async def messages(self, **query: str) -> list[dict[str, Any]]:
        return list((await self.http.get("/_control/messages", params=query)).json()["messages"])


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    app = create_app(USER, PASSWORD, now=lambda: START)
    server = TestServer(app)
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False, timeout=5) as http:
        yield Post(http, app[OFFICE])
    await server.close()

"""The service's sandbox served over loopback, with clocks of its own and a client that asks by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.vchasno import create_app

TOKEN = "k3y-of-one-employee"
START = 1_767_600_000.0  # 2026-01-05 10:00 in Kyiv
OWN, HOTEL, CAFE = "41870016", "31451288", "2530414071"
FILE = b"%PDF-1.4\nthe contract, as it was\n%%EOF"
Json = dict[str, Any]


@dataclass
class Seconds:
    """A monotonic clock that stands until it is told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Service:
    """One company at the served sandbox."""

    http: httpx.AsyncClient
    pace: Seconds
    token: str = TOKEN
    url: str = ""

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A call a second after the one before, so that none is too fast."""
        self.pace.now += 1
        return await self.http.request(method, f"/api/v2{path}", headers={"Authorization": self.token}, **more)

    async def refused(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        answer = await self.ask(method, path, **more)
        return answer.status_code, answer.json()["code"]

    async def upload(self, name: str = "contract-1.pdf", content: bytes = FILE, /, **words: Any) -> httpx.Response:
        return await self.ask("POST", "/documents", params=words, files={"file": (name, content, "application/pdf")})

    async def uploaded(self, **words: Any) -> str:
        """To the hotel unless it is said otherwise; the document's id."""
        to = {"recipient_edrpou": HOTEL, "recipient_emails": "office@hotel.example", "title": "Договір"}
        answer = await self.upload(**(to | words))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["documents"][0]["id"])

    async def sent(self, **words: Any) -> str:
        """Uploaded, signed by the director and sent."""
        id = await self.uploaded(**words)
        await self.acts(id, "owner-signs")
        return id

    async def done(self, method: str, path: str, status: int = 200, /, **more: Any) -> None:
        """It is done, and the answer has no body."""
        answer = await self.ask(method, path, **more)
        assert (answer.status_code, answer.content) == (status, b""), answer.text

    async def got(self, path: str, **more: Any) -> Any:
        answer = await self.ask("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def status(self, id: str) -> int:
        answer = await self.ask("POST", "/documents/statuses", json={"document_ids": [id]})
        return int(answer.json()["data_list"][0]["status_id"])

    async def acts(self, id: str, act: str, **fields: Any) -> Json:
        return await self.control(f"documents/{id}/{act}", **fields)

    async def control(self, path: str, /, *, refused: int = 200, **fields: Any) -> Json:
        answer = await self.http.post(f"/_control/{path}", json=fields)
        assert answer.status_code == refused, answer.text
        return dict(answer.json())

    async def state(self) -> Json:
        return dict((await self.http.get("/_control/state")).json())

    async def reads(self, path: str, status: int = 200) -> str:
        answer = await self.http.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    async def presses(self, path: str, **form: str) -> str:
        """A button on a page; what the page shows then."""
        answer = await self.http.post(path, data=form, follow_redirects=True)
        return answer.text


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    pace = Seconds()
    server = TestServer(create_app(TOKEN, OWN, "ТОВ «Гурт»", now=lambda: START, pace=pace))
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=5) as http:
        yield Service(http, pace, url=url)
    await server.close()

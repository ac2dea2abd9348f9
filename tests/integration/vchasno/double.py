"""A service that says what a test told it to, and our side of it; what it was asked is kept."""

import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot.domain.signing import DocumentKind, Recipient
from bot.ports import OutgoingDocument
from integrations.vchasno import Vchasno, VchasnoSettings
from integrations.vchasno.pace import Pace
from tests.support.loopback import NO_TLS, serving

TOKEN = "t0ken-of-the-tests-5d41402abc4b2a76b9719d911017c592"
REF = "3f0a5b1e-9b0c-4f56-8d4e-0d0c3a1b2c3d"
KEY = "contract-7"
CLIENT = Recipient("12345678", "olena@horeca.example")
NOON = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
Json = dict[str, Any]
Bodies = dict[str, Any] | list[Any]


@dataclass(frozen=True)
class Says:
    """One answer; `drops` closes the line instead, after the question was read."""

    body: Bodies | bytes | str | None = None
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    drops: bool = False


DROPS = Says(drops=True)


def refuses(status: int, code: str = "", **headers: str) -> Says:
    said = {"code": code, "reason": "сказано людині", "details": None}
    return Says(said, status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@dataclass(frozen=True)
class Asked:
    """A question as it came."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Clock:
    """Both times: the moment, and the seconds of the pace, which pass only by waiting."""

    moment: datetime = NOON
    seconds: float = 1000.0
    pauses: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)

    def tick(self) -> float:
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.seconds += seconds


@dataclass
class Service:
    """Answers in turn, the last of them again and again; 404 to what no test spoke of."""

    asked: list[Asked] = field(default_factory=list)
    _answers: dict[str, deque[Says]] = field(default_factory=dict)

    def says(self, question: str, *answers: Says | Bodies) -> None:
        """`question` is a method and a path under /api/v2/."""
        self._answers[question] = deque(one if isinstance(one, Says) else Says(one) for one in answers)

    def heard(self) -> list[str]:
        return [str(one) for one in self.asked]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v2/")
        raw = await request.read()
        pairs = list(request.query.items())
        self.asked.append(Asked(request.method, path, pairs, dict(request.headers), raw))
        waiting = self._answers.get(f"{request.method} {path}", deque([refuses(404)]))
        said = waiting.popleft() if len(waiting) > 1 else waiting[0]
        if said.drops:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if isinstance(said.body, (dict, list)):
            return web.json_response(said.body, status=said.status, headers=said.headers)
        body = said.body.encode() if isinstance(said.body, str) else said.body
        kind = said.kind if body else None
        return web.Response(body=body, status=said.status, content_type=kind, headers=said.headers)


@dataclass
class Sides:
    """Both sides, and their time."""

    service: Service
    signing: Vchasno
    clock: Clock
    address: str


def settings(address: str = "https://edo.vchasno.ua", token: str = TOKEN) -> VchasnoSettings:
    return VchasnoSettings(token=SecretStr(token), base_url=address)


@asynccontextmanager
async def opened(**changes: Any) -> AsyncIterator[Sides]:
    service, clock = Service(), Clock()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/api/v2/{path:.*}", service.answer)
    async with (
        serving(app) as address,
        httpx.AsyncClient(verify=NO_TLS, trust_env=False, follow_redirects=True) as http,
    ):
        pace = Pace(clock.tick, clock.pause)
        signing = Vchasno(settings(address), http, now=clock.now, pace=pace, **changes)
        yield Sides(service, signing, clock, address)


def document(**changes: Any) -> Json:
    """A document as the service says it."""
    said: Json = {
        "id": REF,
        "status": 7001,
        "status_text": "Готовий до підписання",
        "vendor_id": KEY,
        "url": f"https://edo.vchasno.ua/app/documents/{REF}",
        "date_finished": None,
        "extension": ".pdf",
        "recipients": [{"edrpou": CLIENT.code, "emails": [CLIENT.email], "name": "ТОВ «Хорека»", "role": "signer"}],
        "something_new": {"never": ["heard", "of"]},
    }
    return said | changes


def listed(*documents: Json, cursor: str | None = None) -> Json:
    return {"documents": list(documents), "next_cursor": cursor}


def contract(file: Path, **changes: Any) -> OutgoingDocument:
    said: Json = {
        "key": KEY,
        "kind": DocumentKind.CONTRACT,
        "title": "Договір поставки № 7/26",
        "number": "7/26",
        "dated": date(2026, 11, 2),
        "file": file,
        "name": "Договір 7.pdf",
        "recipient": CLIENT,
    }
    return OutgoingDocument(**said | changes)

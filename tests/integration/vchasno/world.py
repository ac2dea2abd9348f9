"""The service's sandbox and our side of it, with a contract on its way between the two companies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bot.domain.signing import Recipient, ServiceDocument
from bot.ports import OutgoingDocument
from integrations.vchasno import Vchasno
from integrations.vchasno.pace import Pace
from sandbox.vchasno import create_app
from tests.integration.vchasno.double import Clock, contract, settings
from tests.support.loopback import client, serving

TOKEN = "t0ken-of-one-employee"
OURS, THEIRS = "41870016", "31451288"
HOTEL = Recipient(THEIRS, "office@hotel.example")
MORNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\nthe contract, as it was\n%%EOF"
Json = dict[str, Any]


@dataclass
class World:
    """Both sides; `acts` is the control side's, by which clients and troubles come."""

    signing: Vchasno
    http: httpx.AsyncClient
    address: str
    clock: Clock

    async def acts(self, path: str, **said: Any) -> Json:
        answer = await self.http.post(f"{self.address}/_control/{path}", json=said)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def fails(self, kind: str, call: str = "", **said: Any) -> None:
        await self.acts("faults", kind=kind, call=call, **said)

    async def calls(self) -> list[str]:
        answer = await self.http.get(f"{self.address}/_control/calls")
        return [f"{one['call']} {one['status']}" for one in answer.json()["calls"]]

    async def there(self) -> list[Json]:
        """Every document as the service has it."""
        answer = await self.http.get(f"{self.address}/_control/state")
        return list(answer.json()["documents"])

    async def uploaded(self, file: Path, **changes: Any) -> ServiceDocument:
        return await self.signing.upload(to_the_hotel(file, **changes))

    async def signed(self, file: Path, **client_signs: Any) -> str:
        """A contract that the client signed first, and then we; its reference."""
        ref = (await self.uploaded(file)).ref
        await self.signing.send(ref)
        await self.acts(f"documents/{ref}/client-signs", **client_signs)
        await self.acts(f"documents/{ref}/owner-signs")
        return ref


def to_the_hotel(file: Path, **changes: Any) -> OutgoingDocument:
    return contract(file, **{"recipient": HOTEL} | changes)


@asynccontextmanager
async def opened(*, token: str = TOKEN) -> AsyncIterator[World]:
    """`token` is ours; the service's is always the same."""
    clock, seconds = Clock(MORNING), [100.0]

    def pace() -> float:
        seconds[0] += 1
        return seconds[0]

    app = create_app(TOKEN, OURS, "ТОВ «Гурт»", now=lambda: clock.now().timestamp(), pace=pace)
    async with serving(app) as address, client() as http:
        signing = Vchasno(settings(address, token), http, now=clock.now, pace=Pace(clock.tick, clock.pause))
        yield World(signing, http, address, clock)

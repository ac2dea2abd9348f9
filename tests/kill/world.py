"""A messenger, a person with a phone, and a product between them that is killed and started again."""

import asyncio
import re
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

import sandbox.atompark
import sandbox.telegram
import sandbox.viber
from tests.kill.nursery import PATIENCE, Nursery
from tests.support.chat import Talker
from tests.support.loopback import client, door, serving
from tests.support.telegram_line import TelegramLine
from tests.support.viber_line import ViberLine

TELEGRAM_TOKEN = "7100000001:AAExampleTokenOfTheKillTests12345678"
VIBER_TOKEN = "0123456789abcdef-0123456789abcdef-0123456789abcdef"
ATOMPARK = {"ATOMPARK__PUBLIC_KEY": "a" * 32, "ATOMPARK__PRIVATE_KEY": "b" * 32, "ATOMPARK__SENDER": "Komora"}
WAYS = ("telegram-polling", "telegram-webhook", "viber")
SIGKILL = -9
ON_A_WRITE = ("before_commit", "after_commit")
LATER = 61.0
"""Seconds after which a messenger that was refused once or twice tries again."""


@dataclass
class MortalWorld:
    """One SQLite file and one port for every life of the product; it dies at one point."""

    way: str
    point: str
    folder: Path
    environment: dict[str, str]
    nursery: Nursery
    http: httpx.AsyncClient
    messenger: str
    atompark: str
    line: TelegramLine | ViberLine
    person: Talker
    deaths: int = 0

    async def start(self) -> None:
        order = {
            "work": "product",
            "environment": self.environment,
            "point": self.point,
            "fuse": f"{self.fuse}",
            "log": f"{self.log}",
        }
        await self.nursery.start(order)

    async def dies(self, act: Coroutine[Any, Any, None], *, writes: bool = True) -> None:
        """The person acts and the product dies of it, is started again and hears of it again.

        A turn that writes nothing cannot die at its commit, and simply passes.
        """
        if self.point in ON_A_WRITE and not writes:
            await act
            return
        self.fuse.touch()
        acting = asyncio.create_task(act)
        assert await self.nursery.ended() == SIGKILL
        self.deaths += 1
        await self.start()
        if self.way == "viber":
            await self._post("clock", advance=LATER)
        await self.settled()
        await acting
        self.person.screen = await self.line.look()

    async def settled(self) -> None:
        """The messenger has told everything, and everything is answered."""
        await self.until(self._is_settled)

    async def until(self, happened: Callable[[], Awaitable[bool]]) -> None:
        """Wait for a condition while the messenger's time passes."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for _ in range(25):
                    if await happened():
                        return
                    await asyncio.sleep(0.02)
                await self._post("clock", advance=LATER)

    async def listens(self) -> bool:
        """Whether the messenger knows where to bring what people do, if it is to bring it at all."""
        if self.way != "viber":
            return True
        return bool((await self._get("account"))["webhook"])

    async def code(self, phone: str) -> str:
        """The code in the last SMS to the phone."""
        await self.http.post(f"{self.atompark}/_control/clock", json={"advance": LATER})
        answer = await self.http.get(f"{self.atompark}/_control/inbox", params={"phone": phone.lstrip("+")})
        found = re.search(r"\d{6}", answer.json()["messages"][-1]["text"])
        assert found
        return found[0]

    @property
    def cart(self) -> dict[str, Decimal]:
        """Base units by article number."""
        rows = self.rows(
            "SELECT sku, quantity FROM cart_lines JOIN carts ON carts.id = cart_id AND status = 'open'"
            " JOIN articles ON articles.id = article_id"
        )
        return {sku: Decimal(thousandths) / 1000 for sku, thousandths in rows}

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Number and state of each."""
        return self.rows("SELECT number, state FROM orders ORDER BY number")

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "komora.db")) as connection:
            return connection.execute(query).fetchall()

    @property
    def log(self) -> Path:
        return self.folder / "product.log"

    @property
    def fuse(self) -> Path:
        return self.folder / "fuse"

    async def _is_settled(self) -> bool:
        if self.rows("SELECT 1 FROM inbox"):
            return False
        if self.way == "viber":
            return all(one["state"] == "delivered" for one in await self._get("callbacks"))
        return not await self._get("updates")

    async def _get(self, what: str) -> Any:
        return (await self.http.get(f"{self.messenger}/_control/{what}")).raise_for_status().json()

    async def _post(self, what: str, **fields: Any) -> None:
        (await self.http.post(f"{self.messenger}/_control/{what}", json=fields)).raise_for_status()


@asynccontextmanager
async def mortal_world(way: str, point: str, folder: Path, nursery: Nursery) -> AsyncIterator[MortalWorld]:
    """`folder` holds the wholesaler's books already."""
    async with AsyncExitStack() as stack:
        viber = way == "viber"
        app = sandbox.viber.create_app(VIBER_TOKEN) if viber else sandbox.telegram.create_app(TELEGRAM_TOKEN)
        messenger = await stack.enter_async_context(serving(app))
        atompark = await stack.enter_async_context(
            serving(sandbox.atompark.create_app(ATOMPARK["ATOMPARK__PUBLIC_KEY"], ATOMPARK["ATOMPARK__PRIVATE_KEY"]))
        )
        http = await stack.enter_async_context(client())
        environment = ATOMPARK | {"ATOMPARK__BASE_URL": atompark} | place_of(folder)
        if viber:
            environment |= {"VIBER__TOKEN": VIBER_TOKEN, "VIBER__API_BASE": f"{messenger}/pa"}
            line: TelegramLine | ViberLine = ViberLine(http, messenger, "b2xlbmE=", "Олена")
        else:
            environment |= {"TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__API_BASE": messenger}
            environment |= {"TELEGRAM__MODE": way.removeprefix("telegram-"), "TELEGRAM__WEBHOOK_SECRET": "kill"}
            line = TelegramLine(http, messenger, 1001, "Олена")
            await http.post(f"{messenger}/_control/limits", json={"enabled": False})
        stack.push_async_callback(line.close)
        world = MortalWorld(
            way, point, folder, environment, nursery, http, messenger, atompark, line, Talker(line)
        )  # fmt: skip
        stack.push_async_callback(_end, nursery)
        await world.start()
        await world.until(world.listens)
        yield world


def place_of(folder: Path) -> dict[str, str]:
    taken, address = door()
    taken.close()
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komora.db'}",
        "PORT": address.rpartition(":")[2],
        "PUBLIC_URL": address,
        "MEDIA_DIR": str(folder),
    }


async def _end(nursery: Nursery) -> None:
    if nursery.pid:
        await nursery.stop(signal.SIGKILL)

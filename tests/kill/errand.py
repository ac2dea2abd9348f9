"""A product without a person: it has something to bring to an outside system, and is killed on the way."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.db.opening import open_books
from tests.kill.nursery import PATIENCE, Nursery
from tests.kill.world import SIGKILL, place_of

T = TypeVar("T")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Errand:
    """One SQLite file and one port for every life of the product; `point` is where it dies once the fuse is lit."""

    folder: Path
    nursery: Nursery
    environment: dict[str, str]
    point: str = "by_hand"

    @property
    def here(self) -> str:
        return self.environment["PUBLIC_URL"]

    @property
    def fuse(self) -> Path:
        return self.folder / "fuse"

    async def prepare(self, body: Callable[..., T], *args: Any) -> T:
        """Write into the books while nobody has them."""
        books = open_books(self.environment["DATABASE_URL"])
        try:
            return await books.write(body, *args)
        finally:
            await books.close()

    async def start(self) -> None:
        log = str(self.folder / "product.log")
        order = {"work": "product", "environment": self.environment, "point": self.point, "fuse": f"{self.fuse}"}
        await self.nursery.start(order | {"log": log})

    async def dies(self) -> None:
        assert await self.nursery.stop(signal.SIGKILL) == SIGKILL

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "komora.db")) as connection:
            return connection.execute(query).fetchall()

    def states(self, way: str) -> dict[str, int]:
        """How many notices of this way stand how."""
        return dict(self.rows(f"SELECT state, count(*) FROM dispatches WHERE way = '{way}' GROUP BY state"))  # noqa: S608

    async def until(self, happened: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await happened():  # noqa: ASYNC110 a file is what two processes share
                await asyncio.sleep(0.01)


@asynccontextmanager
async def errand(folder: Path, nursery: Nursery, point: str = "by_hand", **more: str) -> AsyncIterator[Errand]:
    """Not started yet; `more` are settings. It is dead at the end."""
    try:
        yield Errand(folder, nursery, place_of(folder) | more, point)
    finally:
        if nursery.pid:
            await nursery.stop(signal.SIGKILL)

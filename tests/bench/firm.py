"""A wholesaler at work: the product in a process that can be killed, and the systems around it on loopback.

Telegram and WayForPay are the sandboxes in this process, 1C is the sandbox in one of its own:
`python -m tests.bench.firm` serves it until its input closes.
"""

import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

import sandbox.onec
import sandbox.telegram
import sandbox.wayforpay
from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.schema import migrate
from sandbox.telegram.keys import WORLD
from sandbox.telegram.people import Person
from sandbox.telegram.world import World
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant
from tests.support.loopback import client, door, serving

ROOT = Path(__file__).parents[2]
HORECA = ROOT / "sandbox" / "horeca" / "wholesaler"
TOKEN = "7100000001:AAExampleTokenOfTheBenchmarks123456789"
ACCOUNT, SECRET = "bench_merchant", "bench-secret"
USER, PASSWORD = "bench", "bench"
Measures = list[tuple[str, float, str]]
"""Name, value and unit of every figure."""


@dataclass
class Firm:
    """`crowded` counts what Telegram refused because it was too much."""

    folder: Path
    environment: dict[str, str]
    http: httpx.AsyncClient
    telegram: World
    gateway: Merchant
    onec: str
    here: str
    messenger: str
    crowded: int = 0
    _process: asyncio.subprocess.Process | None = field(default=None)

    @property
    def url(self) -> str:
        return self.environment["DATABASE_URL"]

    @asynccontextmanager
    async def books(self) -> AsyncIterator[Books]:
        """Beside the product, as another process."""
        books = open_books(self.url)
        try:
            yield books
        finally:
            await books.close()

    async def start(self) -> None:
        """Return once the product serves."""
        log = await asyncio.to_thread((self.folder / "product.log").open, "ab")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "main.py"), "run",
            cwd=self.folder, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=log,
        )  # fmt: skip
        log.close()
        assert self._process.stdout
        line = await self._process.stdout.readline()
        assert line.decode().startswith("Komora"), f"the product did not start: see {self.folder}/product.log"

    async def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None

    def rows(self, query: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "komora.db", timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    async def until(self, happened: Callable[[], Awaitable[bool]], patience: float) -> float:
        """Wait for it; the seconds that took."""
        began = time.monotonic()
        while not await happened():
            assert time.monotonic() - began < patience, f"{happened.__name__} has not happened in {patience:.0f} s"
            await asyncio.sleep(0.2)
        return time.monotonic() - began

    def has_telegram(self, number: int, name: str) -> None:
        """An account that has written to the bot once."""
        self.telegram.add_person(Person(number, name))
        self.telegram.chats[number].opened = True

    def _watch_limits(self) -> None:
        spend = self.telegram.limits.spend

        def watched(*args: Any) -> None:
            try:
                spend(*args)
            except Exception:
                self.crowded += 1
                raise

        self.telegram.limits.spend = watched  # type: ignore[method-assign, assignment]


@asynccontextmanager
async def opened(folder: Path, *, trading: bool) -> AsyncIterator[Firm]:
    """Empty books at the newest schema; the product is not started. `trading`: with a gateway and a 1C."""
    async with AsyncExitStack() as stack:
        telegram = sandbox.telegram.create_app(TOKEN)
        gateway = sandbox.wayforpay.create_app(ACCOUNT, SECRET)
        messenger = await stack.enter_async_context(serving(telegram))
        pay = await stack.enter_async_context(serving(gateway))
        onec = await stack.enter_async_context(_onec()) if trading else ""
        http = await stack.enter_async_context(client())
        taken, here = door()
        taken.close()
        environment = {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komora.db'}", "MEDIA_DIR": str(folder),
            "PORT": here.rpartition(":")[2], "PUBLIC_URL": here, "PYTHONUTF8": "1", "LOG_LEVEL": "WARNING",
            "TELEGRAM__TOKEN": TOKEN, "TELEGRAM__API_BASE": messenger,
        }  # fmt: skip
        if trading:
            environment |= {
                "WAYFORPAY__ACCOUNT": ACCOUNT, "WAYFORPAY__SECRET": SECRET, "WAYFORPAY__DOMAIN": "bench.example",
                "WAYFORPAY__API_URL": f"{pay}/api", "WAYFORPAY__PAY_URL": f"{pay}/pay",
                "COMPANY__NAME": "ГастроОпт", "COMPANY__EDRPOU": "31451288",
                "COMPANY__IBAN": "UA213223130000026007233566001",
                "ONEC__BASE_URL": f"{onec}/base", "ONEC__USER": USER, "ONEC__PASSWORD": PASSWORD,
            }  # fmt: skip
        await migrate(environment["DATABASE_URL"])
        firm = Firm(folder, environment, http, telegram[WORLD], gateway[MERCHANT], onec, here, messenger)
        firm._watch_limits()
        stack.push_async_callback(firm.kill)
        yield firm


@asynccontextmanager
async def child(*arguments: str) -> AsyncIterator[str]:
    """The address that a module serves, until the block ends."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *arguments, cwd=ROOT, stdin=pipe, stdout=pipe)
    try:
        assert process.stdout
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


def _onec() -> Any:
    return child("tests.bench.firm")


async def serve(app: Any) -> None:
    """Tell the address, then serve until the input closes."""
    async with serving(app) as address:
        print(address, flush=True)  # noqa: T201
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(sandbox.onec.create_app(USER, PASSWORD, data=HORECA)))

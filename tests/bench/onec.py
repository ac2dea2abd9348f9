"""Orders to 1C: how soon one is there, and how long a thousand take that waited for it.

`python -m tests.bench.onec [orders]`. The real client, the real worker on SQLite, and 1C's sandbox in a process of its
own. After the outage every call takes 0.3 s, as a busy 1C does; the reference is the time that so many calls, four at
once, would take if nothing else took any.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

import httpx
from pydantic import SecretStr

from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.job import Queue
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.jobs import Gate, Lane, worker_for
from bot.jobs.duties import CALLS_AT_ONCE
from bot.services.handover import SUBMIT, HandOver, hand_over
from bot.services.take_in import TakeIn
from integrations.onec import odata
from tests.conftest import create_schema
from tests.support.loopback import client as loopback_client

ORDERS = 1000
ONE_BY_ONE = 100
A_CALL = 0.3
ROOT = Path(__file__).parents[2]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Bench:
    """The books of a wholesaler whose 1C is the sandbox at `base`."""

    url: str
    books: Books
    http: httpx.AsyncClient
    base: str
    accounting: odata.OnecAccounting

    async def control(self, path: str, **fields: object) -> None:
        (await self.http.post(f"{self.base}/_control/{path}", json=fields)).raise_for_status()

    async def place(self, count: int) -> list[UUID]:
        """So many orders of one line, agreed in one transaction."""
        return await self.books.write(_place, count)

    async def until_there(self, count: int) -> None:
        """Until the books know that so many orders have their documents."""
        while await self.books.read(_there) < count:  # noqa: ASYNC110 the books are what two tasks share
            await asyncio.sleep(0.005)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        gate = Gate("onec", self.accounting.ping, self.books, now, first_pause=0.5, longest_pause=2.0)
        lanes = {Queue.ONEC: Lane(CALLS_AT_ONCE, gate)}
        handlers = {SUBMIT: HandOver(self.books, self.accounting, now).submit}
        worker, stop = worker_for(self.url, self.books, handlers, [], lanes, now=now), asyncio.Event()
        running = asyncio.create_task(worker.run(stop))
        try:
            yield
        finally:
            stop.set()
            await running


@asynccontextmanager
async def opened() -> AsyncIterator[Bench]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "main.py", "sandbox", "onec", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    base = (await process.stdout.readline()).decode().removeprefix("ready ").strip().removesuffix("/base")
    settings = odata.OnecSettings(base_url=f"{base}/base", user="bench", password=SecretStr("bench"), profile="ut_ua")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        url = f"sqlite+aiosqlite:///{folder}/komora.db"
        create_schema(url)
        books = open_books(url)
        async with loopback_client() as http:
            accounting = odata.connect(settings, http)
            for subject in (Subject.CATALOGUE, Subject.CLIENTS):
                await TakeIn(books, accounting, now).pull(subject)
            try:
                yield Bench(url, books, http, base, accounting)
            finally:
                await books.close()
                process.terminate()
                await process.wait()


async def soon(bench: Bench) -> list[float]:
    """Seconds from the COMMIT of an order to the books knowing its document, one order after another."""
    took = []
    async with bench.working():
        for number in range(1, ONE_BY_ONE + 1):
            began = time.perf_counter()
            await bench.place(1)
            await bench.until_there(number)
            took.append(time.perf_counter() - began)
    return took


async def after_an_outage(bench: Bench, orders: int) -> tuple[float, int]:
    """Seconds from the end of the outage to the last document, and the calls that took."""
    there = await bench.books.read(_there)
    await bench.control("power", on=False)
    async with bench.working():
        await bench.place(orders)
        await asyncio.sleep(1.0)
        await bench.control("quirks", latency=A_CALL)
        before = await _calls(bench)
        began = time.perf_counter()
        await bench.control("power", on=True)
        await bench.until_there(there + orders)
        return time.perf_counter() - began, await _calls(bench) - before


async def _calls(bench: Bench) -> int:
    state = (await bench.http.get(f"{bench.base}/_control/state")).json()
    served: int = state["requests"]
    return served


def _place(tx: Tx, count: int) -> list[UUID]:
    client = tx._connection.exec_driver_sql("SELECT id FROM clients WHERE active ORDER BY name LIMIT 1").scalar_one()
    article = tx._connection.exec_driver_sql(
        "SELECT a.id, a.sku, a.name, a.base_unit, p.price FROM articles a JOIN prices p ON p.article_id = a.id"
        " WHERE a.active ORDER BY a.sku LIMIT 1"
    ).one()
    return [_order(tx, UUID(client), article) for _ in range(count)]


def _order(tx: Tx, client: UUID, article: Sequence[object]) -> UUID:
    price, order_id = Money(int(str(article[4]))), uuid4()
    values = {
        "id": order_id, "number": tx.orders.next_number(), "cart_id": order_id, "client_id": client,
        "placed_by": None, "channel": "telegram", "price_type_id": None, "placed_at": now(), "note": "",
        "total": price.times(Decimal(10)), "point_id": None, "delivery_name": "Кухня", "delivery_address": "Київ",
        "delivery_date": now().date() + timedelta(days=1),
    }  # fmt: skip
    line = {
        "article_id": UUID(str(article[0])), "sku": article[1], "name": article[2], "base_unit": article[3],
        "unit": "b", "quantity": Decimal(10), "price": price, "discount": ZERO, "amount": price.times(Decimal(10)),
        "vat": Decimal(20),
    }  # fmt: skip
    tx.orders.enter(values, [line], State.PLACED)
    hand_over(tx, order_id, 1)
    return order_id


def _there(tx: Tx) -> int:
    count: int = tx._connection.exec_driver_sql("SELECT count(*) FROM order_documents").scalar_one()
    return count


async def measured(orders: int) -> list[tuple[str, float, str]]:
    async with opened() as bench:
        took = await soon(bench)
        seconds, calls = await after_an_outage(bench, orders)
    floor = calls * A_CALL / CALLS_AT_ONCE
    return [
        ("1C: from the commit to the document, p50", median(took) * 1000, "ms"),
        ("1C: from the commit to the document, p95", quantiles(took, n=20)[-1] * 1000, "ms (target 1000)"),
        (f"1C: {orders} orders after an outage, 0.3 s a call", seconds, "s (target 300)"),
        ("1C: calls an order", calls / orders, ""),
        ("1C: against those calls alone, four at once", seconds / floor, "x"),
    ]


def run() -> list[tuple[str, float, str]]:
    return asyncio.run(measured(int(sys.argv[1]) if len(sys.argv) > 1 else ORDERS))


if __name__ == "__main__":
    for name, value, unit in run():
        print(f"{name:56} {value:12.3f} {unit}")  # noqa: T201

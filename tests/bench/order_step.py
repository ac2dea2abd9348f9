"""The order step: a tap on "+1" comes in, the database is committed, both answers are out.

`python -m tests.bench.order_step [steps]` runs the rivals of servers.py in turn under the same load in one run: 32
people, each waiting for the answers to their tap before the next. CPU is the server process's own; latency is from the
update's first byte to both answers.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import NamedTuple

import aiohttp
from aiohttp import web

from bot.conversation.action import Action
from bot.domain.quantity import Unit
from keyboards.actions import ChangeQuantity
from tests.bench.servers import PEOPLE, SECRET
from tests.support.wholesaler import uid

STEPS = 3000
WARM_UP = 600
ROUNDS = 3
STEP: Action = ChangeQuantity(uid("10661"), 1, Unit.PACK)


class Figures(NamedTuple):
    """CPU milliseconds a step, and milliseconds of latency."""

    cpu: float
    p50: float
    p99: float


class BotApi:
    """A Bot API that answers at once, and tells when both answers for a chat are out."""

    def __init__(self) -> None:
        self.edited = {person: asyncio.Event() for person in range(1, PEOPLE + 1)}
        self.answered: dict[str, asyncio.Event] = {}

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await request.json() if request.content_type == "application/json" else dict(await request.post())
        if method == "answerCallbackQuery":
            self.answered[str(given["callback_query_id"])].set()
            return web.json_response({"ok": True, "result": True})
        if method == "editMessageText":
            chat = int(str(given["chat_id"]))
            self.edited[chat].set()
            return web.json_response({"ok": True, "result": message(chat)})
        if method == "getMe":
            return web.json_response(
                {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "K", "username": "k"}}
            )
        return web.json_response({"ok": True, "result": True})


def message(chat: int) -> dict[str, object]:
    who = {"id": chat, "type": "private", "first_name": "Олена"}
    return {"message_id": 5, "date": 1_790_000_000, "chat": who, "text": "…"}


def update(number: int, person: int) -> dict[str, object]:
    who = {"id": person, "is_bot": False, "first_name": "Олена"}
    tap = {"id": str(number), "from": who, "chat_instance": "1", "message": message(person), "data": STEP.pack()}
    return {"update_id": number, "callback_query": tap}


async def measure(kind: str, steps: int) -> Figures:
    api = BotApi()
    async with _api(api) as address, _server(kind, address) as server, aiohttp.ClientSession() as http:
        await _load(http, server, api, WARM_UP, 1)
        before = await _cpu(http, server)
        spent = sorted(await _load(http, server, api, steps, 1_000_000))
        cpu = await _cpu(http, server) - before
    return Figures(cpu * 1000 / steps, spent[len(spent) // 2], spent[len(spent) * 99 // 100])


async def _load(http: aiohttp.ClientSession, server: str, api: BotApi, steps: int, first: int) -> list[float]:
    numbers = iter(range(first, first + steps))
    spent: list[float] = []

    async def person(who: int) -> None:
        for number in numbers:
            began = time.perf_counter()
            await _step(http, server, api, number, who)
            spent.append((time.perf_counter() - began) * 1000)

    await asyncio.gather(*(person(who) for who in range(1, PEOPLE + 1)))
    return spent


async def _step(http: aiohttp.ClientSession, server: str, api: BotApi, number: int, who: int) -> None:
    answered = api.answered[str(number)] = asyncio.Event()
    api.edited[who].clear()
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with http.post(f"{server}/telegram/webhook", json=update(number, who), headers=headers) as response:
        if response.status != 200:
            raise RuntimeError(f"the webhook answered {response.status}")
        body = await response.read()
    if b"answerCallbackQuery" in body:
        answered.set()
    async with asyncio.timeout(30):
        await asyncio.gather(answered.wait(), api.edited[who].wait())
    del api.answered[str(number)]


async def _cpu(http: aiohttp.ClientSession, server: str) -> float:
    async with http.get(f"{server}/cpu") as response:
        return float(await response.json())


@asynccontextmanager
async def _api(api: BotApi) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def _server(kind: str, api: str) -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.servers", kind, api, folder,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin and process.stdout
        try:
            line = (await process.stdout.readline()).decode().split()
            if line[:1] != ["ready"]:
                raise RuntimeError(f"{kind} did not start")
            yield f"http://127.0.0.1:{line[1]}"
        finally:
            process.kill()
            await process.wait()


def run(steps: int = STEPS) -> list[tuple[str, float, str]]:
    """(name, value, unit) of every figure; the rivals take turns, the medians of the rounds are compared."""
    rounds = {kind: [] for kind in ("stock", "plain", "komora")}  # type: dict[str, list[Figures]]
    for _ in range(ROUNDS):
        for kind, figures in rounds.items():
            figures.append(asyncio.run(measure(kind, steps)))
    results: list[tuple[str, float, str]] = []
    cpu = {kind: median(each.cpu for each in figures) for kind, figures in rounds.items()}
    for kind, figures in rounds.items():
        results.append((f"order step, {kind}", cpu[kind], "ms CPU"))
        results.append((f"order step, {kind}: p50", median(each.p50 for each in figures), "ms"))
        results.append((f"order step, {kind}: p99", median(each.p99 for each in figures), "ms"))
    results.append(("order step, komora / stock", cpu["komora"] / cpu["stock"], "x"))
    results.append(("order step, komora / plain", cpu["komora"] / cpu["plain"], "x"))
    return results


if __name__ == "__main__":
    for name, value, unit in run(*(int(each) for each in sys.argv[1:2])):
        print(f"{name:44} {value:9.3f} {unit}")  # noqa: T201

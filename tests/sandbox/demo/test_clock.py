"""The demo's one time: the working morning, the sandboxes together, the product told, and who may not move it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from aiohttp.test_utils import TestServer
from pytest import fixture, mark, raises
from pytest_asyncio import fixture as async_fixture

from sandbox.demo import MovedTime, create_app
from sandbox.demo.keeper import Keeper
from sandbox.demo.moving import KYIV, next_morning
from sandbox.registry import sandboxes

START = 1_790_000_000.0
KEYS = {
    "TELEGRAM__TOKEN": "7:x",
    "VIBER__TOKEN": "v",
    "ONEC__USER": "u",
    "ONEC__PASSWORD": "p",
    "WAYFORPAY__ACCOUNT": "a",
    "WAYFORPAY__SECRET": "s",
}
PRODUCT = "import sys; print(sys.argv[1:], flush=True); [print(line, end='', flush=True) for line in sys.stdin]"


@fixture
def clock() -> MovedTime:
    return MovedTime(lambda: START)


@async_fixture(loop_scope="function")
async def demo(clock: MovedTime) -> AsyncIterator[httpx.AsyncClient]:
    apps = {name: one.make() for name, one in sandboxes(KEYS, now=clock).items()}
    server = TestServer(create_app(apps, product_url="http://127.0.0.1:9", company="Гурт", clock=clock))
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False) as http:
        yield http
    await server.close()


@mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-27 19:15", "2026-11-30 09:35"),
        ("2026-11-30 09:34", "2026-11-30 09:35"),
        ("2026-11-30 09:35", "2026-12-01 09:35"),
        ("2027-03-26 12:00", "2027-03-29 09:35"),
    ],
)
def test_the_next_morning_is_of_a_working_day_in_kyiv(now: str, morning: str) -> None:
    found = next_morning(datetime.fromisoformat(now).replace(tzinfo=KYIV))
    assert f"{found.astimezone(KYIV):%Y-%m-%d %H:%M}" == morning


def test_time_goes_forward_only(clock: MovedTime) -> None:
    for seconds in (-1.0, float("nan"), float("inf"), 1e10):
        with raises(ValueError, match="seconds"):
            clock.advance(seconds)
    assert clock.ahead == 0


@mark.parametrize("name", ["telegram", "viber", "onec", "wayforpay", "atompark", "turbosms", "mail", "bank", "vchasno"])
async def test_every_sandbox_goes_by_the_one_time(demo: httpx.AsyncClient, name: str) -> None:
    moved = await demo.post("/_demo/clock", json={"advance": 86_400})
    assert moved.json() == {"now": START + 86_400, "ahead": 86_400}
    told = (await demo.post(f"/{name}/_control/clock", json={"advance": 0})).json()["now"]
    assert _seconds(told) == START + 86_400


def _seconds(told: Any) -> float:
    """A sandbox tells its time in seconds, or as a moment: 1C in the local time of its server."""
    if isinstance(told, int | float):
        return float(told)
    moment = datetime.fromisoformat(told)
    return (moment if moment.tzinfo else moment.replace(tzinfo=KYIV)).timestamp()


async def test_to_the_morning_and_by_wrong_words_nowhere(demo: httpx.AsyncClient, clock: MovedTime) -> None:
    told = (await demo.post("/_demo/clock", json={"to": "morning"})).json()
    assert f"{datetime.fromtimestamp(told['now'], KYIV):%H:%M}" == "09:35"
    wrongs: list[Any] = [{"advance": -5}, {"advance": "x"}, {"to": "evening"}, [], {"advance": None}]
    for wrong in wrongs:
        assert (await demo.post("/_demo/clock", json=wrong)).status_code == 400
    assert (await demo.get("/_demo/clock")).json() == told


async def test_another_page_cannot_move_it(demo: httpx.AsyncClient, clock: MovedTime) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    assert (await demo.post("/_demo/clock", json={"advance": 5}, headers=elsewhere)).status_code == 403
    assert (await demo.post("/_demo/clock", content='{"advance": 5}')).status_code == 403
    assert clock.ahead == 0


async def test_the_product_hears_of_every_move_and_one_started_later_begins_there(
    tmp_path: Path, clock: MovedTime
) -> None:
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    program = tmp_path / "product.py"
    program.write_text(f"import sys; sys.stdout = open({str(heard)!r}, 'w')\n{PRODUCT}", encoding="utf-8")
    keeper = Keeper([sys.executable, str(program)], {}, tmp_path)
    clock.heard.append(keeper.move)
    clock.advance(60)
    running = asyncio.create_task(keeper.keep_running())
    told = await asyncio.to_thread(heard.open)
    assert await asyncio.to_thread(told.readline) == "['driven', '--ahead', '60.0']\n"
    clock.advance(3600)
    assert await asyncio.to_thread(told.readline) == "3660.0\n"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    told.close()

"""A polite end, and a second process on the same books."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.kill.nursery import PATIENCE, ROOT, Nursery
from tests.kill.world import WAYS, MortalWorld, mortal_world
from tests.support.wholesaler import OLENA_PHONE


@pytest.mark.parametrize("way", WAYS)
async def test_a_polite_stop_finishes_the_turn_in_hand(way: str, folder: Path, nursery: Nursery) -> None:
    async with mortal_world(way, "held", folder, nursery) as world:
        await joins(world)
        world.fuse.touch()
        acting = asyncio.create_task(world.person.writes("борошно рисове"))
        await world.until(lambda: is_there(world.fuse.with_suffix(".held")))
        stopping = asyncio.create_task(nursery.stop(signal.SIGTERM))
        await world.until(lambda: refuses(world))
        world.fuse.unlink()
        assert await stopping == 0
        await acting
        world.person.sees("«борошно рисове»: 1 товар")
        assert world.rows("SELECT body FROM inbox") == []


async def joins(world: MortalWorld) -> None:
    await world.person.starts()
    await world.person.shares_phone(OLENA_PHONE)
    if world.way == "viber":
        await world.person.writes(await world.code(OLENA_PHONE))
    world.person.sees("Добрий день, Олена!")
    await world.settled()


async def is_there(file: Path) -> bool:
    return await asyncio.to_thread(file.exists)


async def refuses(world: MortalWorld) -> bool:
    """Whether the product takes no connection any more."""
    try:
        await world.http.get(f"{world.environment['PUBLIC_URL']}/healthz")
    except httpx.ConnectError:
        return True
    except httpx.TransportError:  # a kept connection that it has just closed
        return False
    return False


async def test_a_second_process_on_one_file_says_why_it_will_not_start(folder: Path) -> None:
    async with running(folder) as first:
        assert first.stdout
        async with asyncio.timeout(PATIENCE):
            assert (await first.stdout.readline()).decode().startswith("Komora працює")
        async with running(folder) as second:
            _, error = await asyncio.wait_for(second.communicate(), PATIENCE)
        assert second.returncode == 1
        assert error.decode() == (
            f"База {folder / 'komora.db'} уже відкрита іншим процесом Komora. "
            "Зупиніть його або перейдіть на PostgreSQL.\n"
        )
        first.terminate()
        assert await asyncio.wait_for(first.wait(), PATIENCE) == 0


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`main.py run` itself, with a Telegram that nobody answers for."""
    environment = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komora.db'}",
        "PORT": "0",
        "TELEGRAM__TOKEN": "7100000001:AAExampleTokenOfTheKillTests12345678",
        "TELEGRAM__API_BASE": "http://127.0.0.1:9",
        "PYTHONUTF8": "1",
    }
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(ROOT / "main.py"), "run", cwd=folder, env=environment, stdout=pipe, stderr=pipe
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()

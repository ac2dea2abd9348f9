"""The real product, and the real import, in a process of its own that dies where it is told.

`python -m tests.kill.product` imports everything once and then, for every line of its input, forks a process in no
time. A line is a JSON object: `work` is product or import, `environment` as for `main.py`, `log` takes the output; the
rest is for the work. Lines of its own tell what became of it: "ready PID", then "ended STATUS" (negative: the signal).
"""

import asyncio
import ctypes
import gc
import json
import os
import select
import signal
import sqlite3
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

import main
from bot import config, logs
from handlers.terminal import price_list
from integrations import viber
from integrations.onec import commerceml
from integrations.telegram import adapter
from tests.kill import points

WARMED = (viber, adapter, commerceml)
DIE_WITH_PARENT = 1
OFTEN = 20
"""Instructions of SQLite between two looks around."""


async def serve(order: dict[str, Any], told: int) -> None:
    """The product as `main.py run` has it, with `point` and `fuse` laid (points.py); a byte tells that it is up."""
    points.lay(order["point"], Path(order["fuse"]))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with main.product(config.Settings(_env_file=None)):
        os.write(told, b"!")
        await stop.wait()


async def take_in(order: dict[str, Any], told: int) -> None:
    """`main.py import` of `files`, dying at its `moment`-th look around; how many there were goes into `looks`."""
    looks = 0

    def look_around() -> None:
        nonlocal looks
        looks += 1
        if looks == order["moment"]:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "connect")
    def watch(driver: object, _: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_progress_handler(look_around, OFTEN)

    os.write(told, b"!")
    url = config.Settings(_env_file=None).database_url
    await price_list.take_in(url, [Path(file) for file in order["files"]], commerceml.read, main.utc_now)
    await asyncio.to_thread(Path(order["looks"]).write_text, str(looks))


WORKS = {"product": serve, "import": take_in}


def born(order: dict[str, Any], told: int) -> None:
    """The child's whole life."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for standard, ours in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(ours, standard)
        os.environ.clear()
        os.environ.update(order["environment"])
        logs.configure("INFO")
        asyncio.run(WORKS[order["work"]](order, told))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


class Nursery:
    """One product at a time, and the pipe that tells of its life."""

    def __init__(self) -> None:
        self.pid = 0
        self.pipe = -1

    def bear(self, order: dict[str, Any]) -> None:
        self.pipe, told = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            born(order, told)
        os.close(told)

    def hear(self) -> None:
        """A byte is a cry of life; the end of the pipe is the end of the product."""
        if os.read(self.pipe, 1):
            print(f"ready {self.pid}", flush=True)  # noqa: T201
            return
        os.close(self.pipe)
        self.pipe = -1
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        print(f"ended {status}", flush=True)  # noqa: T201


async def rehearse() -> None:
    """A product that meets nobody: whatever is imported late is imported now."""
    with tempfile.TemporaryDirectory() as folder:
        async with main.product(
            config.Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{folder}/komora.db", port=0)
        ):
            pass


def run() -> None:
    asyncio.run(rehearse())
    gc.collect()
    gc.freeze()
    nursery = Nursery()
    while True:
        heard, _, _ = select.select([0, *([nursery.pipe] if nursery.pipe >= 0 else [])], [], [])
        if nursery.pipe in heard:
            nursery.hear()
        elif not (line := os.read(0, 1 << 20)):
            return
        else:
            nursery.bear(json.loads(line))


if __name__ == "__main__":
    run()

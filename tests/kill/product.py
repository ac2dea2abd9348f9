"""The real product in a process of its own that dies where it is told.

`python -m tests.kill.product` imports everything once and then, for every line of its input, forks a product in no
time. A line is a JSON object: `environment` as for `main.py run`, `point` and `fuse` (points.py), `log` for its output.
Lines of its own tell what became of it: "ready PID", then "ended STATUS" (negative: the signal).
"""

import asyncio
import ctypes
import gc
import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

import main
from bot import config, logs
from bot.services import pricelist
from integrations.telegram import adapter
from tests.kill import points

WARMED = (adapter, pricelist, main.build_app)
DIE_WITH_PARENT = 1


async def serve(told: int) -> None:
    """The product as `main.py run` has it; a byte is written when it is up."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with main.product(config.Settings(_env_file=None)):
        os.write(told, b"!")
        await stop.wait()


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
        points.lay(order["point"], Path(order["fuse"]))
        asyncio.run(serve(told))
        code = 0
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


def run() -> None:
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

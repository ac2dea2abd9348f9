"""The product as a process of its own: its commands, keeping it running, waiting until it is ready."""

import asyncio
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import ClientSession

from sandbox.demo.readiness import Readiness

QUICK = 5.0
"""A life of fewer seconds is a start that failed."""
ASK_EVERY = 0.1


class ProductFailed(Exception):
    """The product would not do its part; what it said itself is on standard error."""


class Keeper:
    """Drives `command` in `folder`, where no `.env` lies, and with nothing of this process's environment."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._command = command
        self._environment = environment
        self._folder = folder
        self._ahead = 0.0
        self._running: asyncio.subprocess.Process | None = None

    def move(self, ahead: float) -> None:
        """The time of the product that runs, and of every one started later, is so many seconds ahead."""
        self._ahead = ahead
        if self._running is not None and self._running.stdin is not None and self._running.returncode is None:
            self._running.stdin.write(f"{ahead}\n".encode())

    async def do(self, *arguments: str) -> None:
        """One command to its end. Raises ProductFailed."""
        child = await self._start(*arguments, stderr=asyncio.subprocess.PIPE)
        try:
            _, said = await child.communicate()
        finally:
            await _end(child)
        if child.returncode:
            print(said.decode(errors="replace"), file=sys.stderr, end="")  # noqa: T201
            raise ProductFailed(f"{arguments[0]}: код {child.returncode}, причина вище.")

    async def keep_running(self) -> None:
        """`driven` for ever, started again should it die; it ends with this process. Raises ProductFailed."""
        loop, quick = asyncio.get_running_loop(), 0
        while True:
            child, began = await self._start("driven", "--ahead", str(self._ahead)), loop.time()
            self._running = child
            try:
                code = await child.wait()
            finally:
                await _end(child)
            quick = quick + 1 if loop.time() - began < QUICK else 0
            if quick == 3:
                raise ProductFailed(f"вона тричі поспіль зупинилася одразу після запуску: код {code}, причина вище.")
            print(f"Komora зупинилася з кодом {code}, запускаю знову", file=sys.stderr)  # noqa: T201
            await asyncio.sleep(1)

    async def _start(self, *arguments: str, stderr: int | None = None) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            env=dict(self._environment),
            cwd=self._folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=stderr,
        )


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        child.terminate()
        await child.wait()


async def until_ready(product_url: str) -> None:
    """Raises ProductFailed after a minute."""
    readiness = Readiness(product_url)
    async with ClientSession() as http:
        while (state := await readiness.state(http)) != "ready":
            if state == "down":
                raise ProductFailed("run не відповідає вже хвилину.")
            await asyncio.sleep(ASK_EVERY)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

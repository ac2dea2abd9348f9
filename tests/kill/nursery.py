"""The products' parent as the tests see it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class Nursery:
    """Starts products and waits for their deaths."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.product"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.pid = 0

    async def start(self, order: dict[str, Any]) -> None:
        """Return once the product is up."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode())
        self._process.stdin.flush()
        word, number = await self._told()
        assert word == "ready", f"the product ended with {number}:\n{_text(order['log'])}"
        self.pid = number

    async def ended(self) -> int:
        """The exit code of the product in hand, or minus the signal that killed it."""
        word, number = await self._told()
        assert word == "ended"
        self.pid = 0
        return number

    async def stop(self, how: signal.Signals) -> int:
        os.kill(self.pid, how)
        return await self.ended()

    def close(self) -> None:
        """The product in hand dies with its parent."""
        self._process.kill()
        self._process.communicate()

    async def _told(self) -> tuple[str, int]:
        assert self._process.stdout
        async with asyncio.timeout(PATIENCE):
            line = await asyncio.to_thread(self._process.stdout.readline)
        word, number = line.decode().split()
        return word, int(number)


def _text(file: str) -> str:
    return Path(file).read_text("utf-8")

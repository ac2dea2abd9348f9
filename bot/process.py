"""The life of a process: why it cannot start, what runs beside it, and how it is told to stop."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.logs import log

LONGEST_PAUSE = 300.0


class CannotStart(Exception):
    """What an administrator has to mend, as one sentence for each thing; never holds a secret."""


def private_folder(name: str) -> Path:
    """A folder of this user's for what is on its way, closed to others. Raises CannotStart where it is not ours."""
    folder = Path(tempfile.gettempdir()) / f"komora-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    standing = folder.lstat()
    if standing.st_uid != os.getuid() or not folder.is_dir() or folder.is_symlink():
        raise CannotStart(f"Тека {folder} належить не нам. Приберіть її або задайте TMPDIR.")
    folder.chmod(0o700)
    return folder


def background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Run beside everything else, and be cancelled with it."""
    task = asyncio.create_task(work)
    task.add_done_callback(_heard)

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)


def _heard(ended: "asyncio.Task[None]") -> None:
    """Nothing ends by a fault of ours without a word."""
    error = None if ended.cancelled() else ended.exception()
    if error is not None:
        log("process").critical("background work ended", error=type(error).__name__)


async def until_done(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """The work, again and again with longer pauses, until it succeeds."""
    pause = 1.0
    while True:
        try:
            return await work()
        except Exception as error:
            log("process").error(f"{name} failed", error=f"{type(error).__name__}: {error}", again_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def until_told(until_input_closes: bool = False, heard: Callable[[str], None] | None = None) -> None:
    """Wait for Ctrl-C, a polite kill, or the end of the input, whose lines go to `heard`."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, told.set)
    if until_input_closes:
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        closed = asyncio.ensure_future(_to_the_end(reader, heard))
        closed.add_done_callback(lambda _: told.set())
    await told.wait()


async def _to_the_end(reader: asyncio.StreamReader, heard: Callable[[str], None] | None) -> None:
    if heard is None:
        await reader.read()
        return
    while line := await reader.readline():
        heard(line.decode())

"""LibreOffice run without a window: one at a time, in a profile of its own, never longer than it may."""

import asyncio
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.domain.errors import Unavailable

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 90.0
"""A price list of 5,000 lines takes a third of it."""
_HEAD = b"%PDF-"


class LibreOffice:
    """Without a program it is not available; what it leaves is removed with its folder."""

    system = "libreoffice"

    def __init__(self, program: str | None = None, *, seconds: float = SECONDS) -> None:
        self._program = program or next(filter(None, map(shutil.which, PROGRAMS)), None)
        self._seconds = seconds
        self._one_at_a_time = asyncio.Lock()

    @property
    def available(self) -> bool:
        return self._program is not None

    async def convert(self, source: Path, target: Path) -> None:
        """Raises Unavailable: absent, timeout, failed."""
        if self._program is None:
            raise self._unavailable("absent")
        async with self._one_at_a_time:
            folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="komora-pdf-"))
            try:
                await self._run(self._program, source, folder)
                await asyncio.to_thread(self._take, folder / "out" / f"{source.stem}.pdf", target)
            finally:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _run(self, program: str, source: Path, folder: Path) -> None:
        words = [
            f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "pdf", "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        process = await self._started(program, words, folder)
        try:
            async with asyncio.timeout(self._seconds):
                code = await process.wait()
        except TimeoutError as error:
            raise self._unavailable("timeout") from error
        finally:
            await _ended(process)
        if code != 0:
            raise self._unavailable("failed")

    async def _started(self, program: str, words: list[str], folder: Path) -> asyncio.subprocess.Process:
        """Whoever is cancelled meanwhile leaves nothing running."""
        nothing = asyncio.subprocess.DEVNULL
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                program, *words, stdin=nothing, stdout=nothing, stderr=nothing, cwd=folder, start_new_session=True
            )
        )
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            await _ended(await starting)
            raise
        except OSError as error:
            raise self._unavailable("failed") from error

    def _take(self, made: Path, target: Path) -> None:
        try:
            with made.open("rb") as file:
                good = file.read(len(_HEAD)) == _HEAD
            if good:
                shutil.move(made, target)
        except OSError as error:
            raise self._unavailable("failed") from error
        if not good:
            raise self._unavailable("failed")

    def _unavailable(self, code: str) -> Unavailable:
        return Unavailable(self.system, "convert", code)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """With its children: they are of its group."""
    with suppress(ProcessLookupError):  # it ended, and its children with it
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()

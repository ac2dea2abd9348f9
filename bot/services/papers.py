"""Papers and charts as files: drawn beside the event loop, one at a time, into a private place."""

import asyncio
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.domain.chart import AnyChart
from bot.domain.errors import Unavailable
from bot.domain.paper import Form, Paper
from bot.ports import DrawChart, DrawPaper
from bot.services.private_files import PrivateFiles

WAITING = 8
"""So many people may wait for theirs: each paper is seconds of work at most."""
MIME = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}
SUFFIX = {Form.XLSX: ".xlsx", Form.PDF: ".pdf"}
_NAME = 200
"""Bytes: a file system takes 255."""
T = TypeVar("T")
_FORBIDDEN = frozenset('\\/:*?"<>|')


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that lies ready; `token` is its secret part in an address."""

    path: Path
    name: str
    mime: str
    size: int
    token: str


class Papers:
    """Draws papers and charts; where nobody gave it a hand and a place, it cannot."""

    def __init__(
        self, draw: DrawPaper | None = None, files: PrivateFiles | None = None, chart: DrawChart | None = None
    ) -> None:
        self._draw = draw
        self._files = files
        self._chart = chart
        self._one_at_a_time = asyncio.Lock()
        self._waiting = 0

    async def copy(self, name: str, path: Path) -> Made:
        """A file of ours under this name, for a day. Raises Unavailable."""
        return await self.keep(name, await asyncio.to_thread(path.read_bytes))

    async def keep(self, name: str, content: bytes) -> Made:
        """A file that somebody sent; the name is one of `name_of`. Raises Unavailable."""
        if self._files is None:
            raise Unavailable("papers", "keep", "no place")
        try:
            return await asyncio.to_thread(_kept, self._files, name, content)
        except OSError as error:
            raise Unavailable("papers", "keep", type(error).__name__) from error

    async def written(self, name: str, write: Callable[[Path], None]) -> Made:
        """A file that somebody else draws; the name is one of `name_of`. Raises Unavailable, and as `write` does."""
        files = self._files
        if files is None:
            raise Unavailable("papers", "written", "no place")
        return await self._drawn(partial(_written, files, name, write))

    async def make(self, paper: Paper, form: Form, name: str) -> Made:
        """A file called `name` and the form's suffix. Raises Unavailable."""
        draw, files = self._draw, self._files
        if draw is None or files is None:
            raise Unavailable("papers", "make", "nobody draws")
        return await self._drawn(partial(_make, draw, files, paper, form, file_name(name, form)))

    async def picture(self, chart: AnyChart) -> Path:
        """A PNG for staff, kept for a day. Raises Unavailable."""
        draw, files = self._chart, self._files
        if draw is None or files is None:
            raise Unavailable("papers", "picture", "nobody draws")
        return await self._drawn(partial(_picture, draw, files, chart))

    async def _drawn(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING:
            raise Unavailable("papers", "make", "too many wait")
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                return await asyncio.to_thread(work)
        except OSError as error:
            raise Unavailable("papers", "make", type(error).__name__) from error
        finally:
            self._waiting -= 1


def file_name(name: str, form: Form) -> str:
    """What every system takes as a name of a file: no separators, no quotes, not too long."""
    kept = "".join(char for char in name if char.isprintable() and char not in _FORBIDDEN)
    short = " ".join(kept.split()).encode()[:_NAME].decode(errors="ignore")
    return (short.strip(" .") or "paper") + SUFFIX[form]


def _kept(files: PrivateFiles, name: str, content: bytes) -> Made:
    token, path, mime = files.keep(name, content)
    return Made(path, name, mime, len(content), token)


def _written(files: PrivateFiles, name: str, write: Callable[[Path], None]) -> Made:
    files.tidy()
    token, path = files.place(name)
    write(path)
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Made(path, name, mime, path.stat().st_size, token)


def _make(draw: DrawPaper, files: PrivateFiles, paper: Paper, form: Form, name: str) -> Made:
    files.tidy()
    token, path = files.place(name)
    draw(paper, form, path)
    return Made(path, name, MIME[form], path.stat().st_size, token)


def _picture(draw: DrawChart, files: PrivateFiles, chart: AnyChart) -> Path:
    files.tidy()
    _, path = files.place("chart.png")
    draw(chart, path)
    return path

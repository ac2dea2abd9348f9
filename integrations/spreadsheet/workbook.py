"""The rows of a workbook (XLSX, XLS), checked before and read by a process of its own."""

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bot.domain.pricelist import BrokenPriceList

LARGEST_FILE = 64 * 1024**2
LARGEST_INSIDE = 512 * 1024**2
RATIO = 200
RATIO_MATTERS_FROM = 1024**2
_READER = Path(__file__).with_name("cells.py")


class Row(NamedTuple):
    """A row of a sheet; `merged` where its first cells are one, as in a heading."""

    line: int
    cells: list[Any]
    merged: bool = False


class Sheet(NamedTuple):
    name: str
    rows: Iterator[Row]
    total: int


def is_workbook(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


@contextmanager
def sheets(path: Path) -> Iterator[Iterator[Sheet]]:
    """The visible sheets one after another; the rows of each before the next. Raises BrokenPriceList."""
    _check(path)
    child = subprocess.Popen(  # noqa: S603 our own script and a path
        [sys.executable, "-I", str(_READER), str(path.resolve())],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield _Parts(path, child).sheets()
    finally:
        child.kill()
        if child.stdout:
            child.stdout.close()
        child.wait()


class _Parts:
    """What the reading process says, part by part: the heading of a sheet, batches of its rows, the end."""

    def __init__(self, path: Path, child: "subprocess.Popen[bytes]") -> None:
        self._name = path.name
        self._child = child
        self._part: Any = None

    def sheets(self) -> Iterator[Sheet]:
        self._advance()
        while "sheet" in self._part:
            heading = self._part
            self._advance()
            yield Sheet(heading["sheet"], self._rows(set(heading["merged"])), heading["rows"])
            while isinstance(self._part, list):
                self._advance()

    def _rows(self, merged: set[int]) -> Iterator[Row]:
        number = 0
        while isinstance(self._part, list):
            for cells in self._part:
                number += 1
                yield Row(number, cells, number - 1 in merged)
            self._advance()

    def _advance(self) -> None:
        line = self._child.stdout.readline() if self._child.stdout else b""
        part = json.loads(line) if line.endswith(b"\n") else {"error": "завелика або пошкоджена"}
        if "error" in part:
            raise BrokenPriceList(self._name, "broken_workbook", detail=part["error"])
        self._part = part


def _check(path: Path) -> None:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BrokenPriceList(path.name, "too_large", detail=f"{size // 1024**2} МБ")
    with path.open("rb") as file:
        if not file.read(4).startswith(b"PK"):
            return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, ValueError) as error:
        raise BrokenPriceList(path.name, "broken_archive") from error
    inside = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if inside > LARGEST_INSIDE or (inside > RATIO_MATTERS_FROM and inside > RATIO * max(packed, 1)):
        raise BrokenPriceList(path.name, "archive_bomb", detail=f"{inside // 1024**2} МБ")

"""CSV of any delimiter and encoding that Ukrainian programs write."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.domain.pricelist import BrokenPriceList
from integrations.spreadsheet.workbook import Row

HEAD = 256 * 1024
LARGEST_FILE = 1024**3
LONGEST_CELL = 64 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@contextmanager
def rows(path: Path) -> Iterator[Iterator[Row]]:
    """The rows of the file as it is read. Raises BrokenPriceList, with the line."""
    size = path.stat().st_size
    if not size or size > LARGEST_FILE:
        raise BrokenPriceList(path.name, "too_large" if size else "empty", detail=f"{size // 1024**2} МБ")
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding = _encoding(head)
    with path.open(encoding=encoding, newline="") as lines:
        sample = head.decode(encoding, errors="ignore")
        yield _read(path.name, csv.reader(lines, delimiter=_delimiter(sample)))


def _read(name: str, reader: Any) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    line = 1
    try:
        for cells in reader:
            yield Row(line, cells)
            line = reader.line_num + 1
    except UnicodeError as error:
        raise BrokenPriceList(name, "wrong_encoding", line=line, detail=str(error)[:100]) from error
    except csv.Error as error:
        raise BrokenPriceList(name, "broken_table", line=line, detail=str(error)[:100]) from error


def _encoding(head: bytes) -> str:
    """By the byte order mark, else UTF-8 where the bytes are, else windows-1251."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(head) - 4 and len(head) == HEAD else "windows-1251"
    return "utf-8"


def _delimiter(sample: str) -> str:
    """The one that cuts the first lines into most columns, and most evenly."""
    lines = [line for line in sample.splitlines()[:40] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return (0, 0)
        widest = max(counts, default=0)
        return (sum(count == widest for count in counts) if widest > 1 else 0, widest)

    return max(";\t,|", key=evenness)

"""Workbooks made for tests: XLSX by the library, XLS byte by byte (BIFF8 in a compound file, as old Excel wrote)."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx(path: Path, rows: Sequence[Sequence[Any]], *, merged: Sequence[int] = (), sheet: str = "Прайс") -> Path:
    workbook = xlsxwriter.Workbook(path)
    page = workbook.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(number, column, cell)
    for number in merged:
        page.merge_range(number, 0, number, 3, rows[number][0])
    workbook.close()
    return path


def xls(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    stream = _globals() + _sheet(rows)
    path.write_bytes(_compound(stream + bytes(-len(stream) % SECTOR) + bytes(max(0, 4096 - len(stream)))))
    return path


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _globals() -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = "Прайс"
    tail = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    end = _record(0x000A, b"")
    offset = len(begin) + 4 + 6 + len(tail) + len(end)
    return begin + _record(0x0085, struct.pack("<IH", offset, 0) + tail) + end


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    cells = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                cells.append(_record(0x0204, place + text))
            else:
                cells.append(_record(0x0203, place + struct.pack("<d", cell)))
    return b"".join(cells) + _record(0x000A, b"")


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream: a sector of allocation, one of the directory, then the stream."""
    sectors = len(stream) // SECTOR
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[_FREE] * (SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<I", _FREE) * 108
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream)) + bytes(256)
    return header + table + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    body = encoded + bytes(64 - len(encoded)) + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child)
    return body + bytes(36) + struct.pack("<IQ", start, size)

"""A file of a bank, whichever of the forms it is in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import Any

from bot.domain.bank import BrokenStatement, Statement, StatementLine
from bot.domain.pricelist import BrokenPriceList
from integrations.bank import exchange, exchange_xml, privat, table, values
from integrations.bank.sides import Ours

LARGEST = 20 * 1024**2
_HEAD = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Found = tuple[list[StatementLine], list[tuple[int, str]]]
Tables = Callable[[Path], AbstractContextManager[Iterator[Iterator[tuple[int, Sequence[Any]]]]]]
"""Opens XLSX, XLS or CSV and gives the rows of each sheet with their numbers; raises BrokenPriceList."""


def read(
    path: Path,
    tables: Tables,
    *,
    accounts: Collection[str] = (),
    codes: Collection[str] = (),
    columns: Mapping[str, str] | None = None,
) -> Statement:
    """`accounts` and `codes` are ours; `columns` names the columns of a table. Raises BrokenStatement."""
    size = path.stat().st_size
    if not size or size > LARGEST:
        raise BrokenStatement("too_large" if size else "empty", f"{size // 1024**2} МБ")
    ours = Ours({values.account(one) for one in accounts if one}, {values.code(one) for one in codes if one})
    lines, left_out = _read(path, tables, columns or {}, ours)
    if not lines and not left_out:
        raise BrokenStatement("no_lines")
    return Statement(tuple(lines), tuple(left_out))


def _read(path: Path, tables: Tables, columns: Mapping[str, str], ours: Ours) -> Found:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = _decoded(head, strict=False)
    if text.lstrip("\ufeff \r\n").startswith(exchange.MARK):
        return exchange.read(_decoded(path.read_bytes()), ours)
    if exchange_xml.ROOT in text and "<" in text[:20]:
        return exchange_xml.read(path.read_bytes(), ours)
    if text.lstrip("\ufeff \r\n").startswith("{"):
        return table.read(privat.rows(path.read_bytes()), columns, ours)
    if text.lstrip("\ufeff \r\n").startswith("<"):
        raise BrokenStatement("no_header")
    return _table(path, tables, columns, ours)


def _table(path: Path, tables: Tables, columns: Mapping[str, str], ours: Ours) -> Found:
    """Of the sheets, the first that looks like a statement."""
    broken: BrokenStatement | None = None
    try:
        with tables(path) as sheets:
            for rows in sheets:
                try:
                    return table.read(chain(rows), columns, ours)
                except BrokenStatement as error:
                    if error.code != "no_columns":
                        raise
                    broken = broken or error
    except BrokenPriceList as error:
        raise BrokenStatement(error.code, error.detail or "") from error
    raise broken or BrokenStatement("no_columns")


def _decoded(content: bytes, *, strict: bool = True) -> str:
    """By the byte order mark, else UTF-8, else what the file says of itself, else windows-1251."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as(content, encoding, strict=strict)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        dos = b"=DOS" in content[:500]
        return _as(content, "cp866" if dos else "windows-1251", strict=strict)


def _as(content: bytes, encoding: str, *, strict: bool) -> str:
    try:
        return content.decode(encoding, errors="strict" if strict else "replace")
    except UnicodeError as error:
        raise BrokenStatement("wrong_encoding", encoding) from error

"""A statement as a table, and PrivatBank's own answer: one row a payment."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from bot.domain.bank import BrokenStatement, StatementLine
from bot.domain.money import Money
from integrations.bank import values
from integrations.bank.columns import LOOKED_AT, Columns, guess
from integrations.bank.sides import Ours, Side, Transfer, lines

MOST = 50_000
_OUT = {"d", "д", "дебет", "debit", "-", "витрата", "списання", "расход", "out"}
_NOT_DONE = {"p", "t", "n"}
_ONE_SIDED = "payer", "code", "account"
Row = tuple[int, Sequence[Any]]


def read(
    rows: Iterable[Row], asked: Mapping[str, str], ours: Ours
) -> tuple[list[StatementLine], list[tuple[int, str]]]:
    """`rows` with their numbers in the file. Raises BrokenStatement."""
    source = iter(rows)
    head = list(islice(source, LOOKED_AT))
    at, columns = guess([cells for _, cells in head], asked)
    reader = _Reader(columns)
    for count, (number, cells) in enumerate(chain(head[at + 1 :], source)):
        if count >= MOST:
            raise BrokenStatement("too_many", str(MOST))
        reader.take(number, [_text(cell) for cell in cells])
    return reader.result(ours)


def _text(cell: Any) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return values.words(str(cell))


class _Reader:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._lines: list[StatementLine] = []
        self._transfers: list[Transfer] = []
        self._left_out: list[tuple[int, str]] = []

    def take(self, number: int, cells: Sequence[str]) -> None:
        said = {field: cells[place] for field, place in self._columns.items() if place < len(cells)}
        if not any(said.get(field) for field in ("amount", "credit", "debit")):
            return  # an empty row, or a heading between them
        if not said.get("date") or said.get("state", "").lower() in _NOT_DONE or said.get("real", "r").lower() != "r":
            return  # the total under the table, or a payment that is not done
        try:
            self._one(number, said)
        except ValueError:
            self._left_out.append((number, "unreadable"))

    def result(self, ours: Ours) -> tuple[list[StatementLine], list[tuple[int, str]]]:
        found, foreign = lines(self._transfers, ours)
        return [*self._lines, *found], sorted([*self._left_out, *foreign])

    def _one(self, number: int, said: Mapping[str, str]) -> None:
        sum_ = _sum(said)
        if not sum_:
            raise ValueError("a sum of nothing")
        day, purpose = values.day(said["date"]), said.get("purpose", "")
        paper = said.get("number", "")[:40]
        bank_id = " ".join(part for part in (said.get("bank_id", ""), said.get("bank_id_tail", "")) if part)[:80]
        if "from_account" in said and "to_account" in said:
            self._transfers.append(
                Transfer(number, day, sum_, _side(said, "from"), _side(said, "to"), purpose, paper, bank_id)
            )
            return
        name, code, account = (said.get(field, "") for field in _ONE_SIDED)
        self._lines.append(
            StatementLine(
                day, sum_, purpose, name, values.code(code), values.account(account),
                values.account(said.get("our_account", "")), paper, bank_id,
            )
        )  # fmt: skip


def _side(said: Mapping[str, str], which: str) -> Side:
    return Side(
        values.account(said.get(f"{which}_account", "")),
        values.code(said.get(f"{which}_code", "")),
        said.get(f"{which}_name", ""),
    )


def _sum(said: Mapping[str, str]) -> Money:
    """Above zero what came in, below it what went out."""
    currency = values.currency(said.get("currency", ""))
    came, went = (said.get(field, "").strip() for field in ("credit", "debit"))
    if came or went:
        sums = [values.amount(text, currency) if text.strip("-–— ") else Money(0, currency) for text in (came, went)]
        return Money(abs(sums[0].kopiykas) - abs(sums[1].kopiykas), currency)
    sum_ = values.amount(said.get("amount", ""), currency)
    if said.get("direction", "").lower() in _OUT and sum_.kopiykas > 0:
        return Money(-sum_.kopiykas, currency)
    return sum_

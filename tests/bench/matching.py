"""Accuracy of the matching of bank statements: `python -m tests.bench.matching [folder of a corpus] [-v]`.

A corpus is three files of fields parted by «|»: clients.txt, documents.txt, lines.txt (see tests/corpus/purposes).
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from bot.domain.bank import StatementLine
from bot.domain.matching import Automatic, Book, Candidate, Offered, Open, Payer, SetApart, Unknown, Verdict, match
from bot.domain.money import Money, total

CORPUS = Path(__file__).parents[1] / "corpus" / "purposes"
OURS = ("44445555", "UA903052992990004149123456789")
Put = frozenset[tuple[str, Money]]


@dataclass(frozen=True)
class Labelled:
    """`kind` is clear, free, ask or apart; `puts` are the documents that it pays, `why` why it is set apart."""

    number: int
    kind: str
    client: UUID | None
    puts: Put
    why: str
    line: StatementLine


@dataclass(frozen=True)
class Score:
    """How many lines, and those of each kind that came out otherwise than they should."""

    lines: int
    clear: int
    automatic: int
    offered_first: int
    asked: int
    wrong: tuple[Labelled, ...]
    missed: tuple[Labelled, ...]
    misplaced: tuple[Labelled, ...]


def read(folder: Path = CORPUS) -> tuple[Book, list[Labelled]]:
    payers = {
        _id(key): Payer(_id(key), name, _some(code), _some(accounts))
        for key, name, code, accounts in _rows(folder, "clients")
    }
    opens = [_open(*row) for row in _rows(folder, "documents")]
    book = Book(payers, opens, own_codes=frozenset({OURS[0]}), own_accounts=frozenset({OURS[1]}))
    return book, [_labelled(book, number, *row) for number, row in enumerate(_rows(folder, "lines", 5), 1)]


def score(book: Book, lines: list[Labelled]) -> Score:
    """Booked otherwise than labelled, or at all where a human has to look, is wrong."""
    found = [(one, match(one.line, book)) for one in lines]
    clear = [(one, verdict) for one, verdict in found if one.kind == "clear"]
    first = [
        one for one, verdict in found
        if isinstance(verdict, Offered) and one.puts and _put(verdict.candidates[0]) == (one.client, one.puts)
    ]  # fmt: skip
    return Score(
        len(lines),
        len(clear),
        sum(_right(one, verdict) for one, verdict in clear),
        len(first),
        sum(isinstance(verdict, Offered | Unknown) for one, verdict in found if one.kind == "ask"),
        tuple(one for one, verdict in found if isinstance(verdict, Automatic) and not _right(one, verdict)),
        tuple(one for one, verdict in clear if not isinstance(verdict, Automatic)),
        tuple(one for one, verdict in found if _misplaced(one, verdict)),
    )


def run(folder: Path = CORPUS) -> list[tuple[str, float, str]]:
    """(name, value, unit) of every measure."""
    got = score(*read(folder))
    return [
        ("bank lines", got.lines, "lines"),
        ("bank lines wrongly automatic", len(got.wrong), "lines"),
        ("clear bank lines automatic", 100 * got.automatic / max(got.clear, 1), "%"),
        ("bank lines wrongly set apart, or not", len(got.misplaced), "lines"),
    ]


def _right(one: Labelled, verdict: Verdict) -> bool:
    return (
        isinstance(verdict, Automatic)
        and one.kind in ("clear", "free")
        and _put(verdict.candidate) == (one.client, one.puts)
    )


def _misplaced(one: Labelled, verdict: Verdict) -> bool:
    why = verdict.why.value if isinstance(verdict, SetApart) else ""
    return why != one.why


def _put(candidate: Candidate) -> tuple[UUID, Put]:
    return candidate.client, frozenset((share.open.number, share.amount) for share in candidate.shares)


def _open(key: str, number: str, also: str, rest: str, day: str, due: str) -> Open:
    at, until = date.fromisoformat(day), date.fromisoformat(due)
    return Open(_id(key), number, Money.read(rest), at, f"{key}/{number}", due=until, also=tuple(_some(also)))


def _labelled(
    book: Book, number: int, expected: str, payer: str, code: str, account: str, amount: str, purpose: str
) -> Labelled:
    kind, _, rest = expected.partition(" ")
    key, _, names = rest.partition(":")
    client = book.payers.get(_id(key.strip())) if kind in ("clear", "free") else None
    wanted = _some(names)
    puts = frozenset(
        (one.number, one.rest) for one in book.opens if client and one.client == client.id and one.number in wanted
    )
    if len(puts) != len(wanted):
        raise ValueError(f"line {number}: {expected}")
    sum_ = total(tuple(part for _, part in puts)) if amount == "=" else Money.read(amount)
    line = StatementLine(
        date(2026, 3, 12), sum_, _filled(purpose, sum_), _own(payer, client.name if client else ""),
        _own(code, *(client.codes if client else ())), _own(account, *(client.accounts if client else ())),
        number=str(number),
    )  # fmt: skip
    return Labelled(number, kind, client.id if client else None, puts, rest.strip() if kind == "apart" else "", line)


def _filled(purpose: str, sum_: Money) -> str:
    vat, said = f"{sum_.times(Decimal(1) / 6).amount:.2f}", f"{sum_.amount:.2f}"
    for name, value in {
        "vat,": vat.replace(".", ","),
        "vat-": vat.replace(".", "-"),
        "vat": vat,
        "sum,": said.replace(".", ","),
        "sum": said,
    }.items():
        purpose = purpose.replace(f"{{{name}}}", value)
    return purpose


def _own(text: str, *own: str) -> str:
    return "" if text == "-" else (own[0] if own else "") if text == "=" else text


def _rows(folder: Path, name: str, most: int = -1) -> Iterator[list[str]]:
    for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [part.strip() for part in line.split("|", most)]


def _some(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_OID, key)


if __name__ == "__main__":
    folders = [Path(one) for one in sys.argv[1:] if one != "-v"]
    folder = folders[0] if folders else CORPUS
    for name, value, unit in run(folder):
        print(f"{name:56} {value:12.3f} {unit}")  # noqa: T201
    if "-v" in sys.argv:
        got = score(*read(folder))
        for what, lines in (("WRONG", got.wrong), ("missed", got.missed), ("misplaced", got.misplaced)):
            for one in lines:
                print(what, one.number, one.kind, one.line.payer, one.line.amount.amount, one.line.purpose)  # noqa: T201

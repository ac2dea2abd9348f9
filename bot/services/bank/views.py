"""What finance sees of bank transfers."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.db.bank import DecisionRow, LineRow
from bot.db.bank_money import PaperRow, PartRow
from bot.db.bank_returns import ReturnRow, kept_back
from bot.db.tx import Tx
from bot.domain.bank import BOOKED, UNIDENTIFIED, LineState, ReturnState
from bot.domain.matching import Candidate, Open
from bot.domain.money import ZERO, Money

PAGE = 6
RETURNABLE = BOOKED | UNIDENTIFIED


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file. `sums` are of the new lines by state; `waits`: 1C is silent, and they wait for it."""

    lines: int
    new: int
    left_out: int
    sums: dict[LineState, tuple[int, Money]]
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as finance sees it; `mark` tells whether it is the same when it is chosen."""

    candidate: Candidate
    name: str
    mark: int


@dataclass(frozen=True, slots=True)
class LineView:
    """A line with what may be done with it. `following` is the next that nobody knows."""

    row: LineRow
    client: str
    parts: tuple[PartRow, ...]
    choices: tuple[Choice, ...]
    last: DecisionRow | None
    paper: PaperRow | None
    following: int | None
    returns: tuple[ReturnRow, ...] = ()

    @property
    def advance(self) -> Money:
        """What went to no document and does not go back."""
        gone = sum((one.part.amount for one in self.parts), ZERO) + kept_back(self.returns)
        return self.row.line.amount - gone

    @property
    def returning(self) -> ReturnRow | None:
        """The return that finance has still to make."""
        return next((one for one in self.returns if one.state is ReturnState.OPEN), None)

    @property
    def returnable(self) -> Money:
        """What may be asked to go back: nothing while something is on its way."""
        may = self.row.state in RETURNABLE and self.returning is None
        return self.advance if may else ZERO


@dataclass(frozen=True, slots=True)
class Overview:
    """What nobody knows yet, a page of it, what was booked last, and what is to go back: the oldest, and all of it."""

    count: int
    total: Money
    shown: tuple[LineRow, ...]
    page: int
    pages: int
    booked: tuple[LineRow, ...]
    waiting: int
    returning: tuple[tuple[LineRow, ReturnRow], ...] = ()
    to_return: tuple[int, Money] = (0, ZERO)


def label(one: Open) -> str:
    """How a document is called where its sum is typed: its number without blanks."""
    return "".join(one.number.split()).casefold()


def mark_of(candidate: Candidate) -> int:
    """The same for the same sums of the same documents."""
    said = ";".join(f"{one.open.document}:{one.open.order_id}:{one.amount.kopiykas}" for one in candidate.shares)
    return int.from_bytes(sha256(f"{candidate.client}:{said}".encode()).digest()[:5], "big")


def following(tx: Tx, row: LineRow) -> int | None:
    """The next of those that nobody knows; after the last, the first again."""
    numbers = [one.number for one in tx.bank.standing(UNIDENTIFIED)]
    others = [one for one in numbers if one != row.number]
    if not others:
        return None
    return next(
        (one for one in others if row.number in numbers and numbers.index(one) > numbers.index(row.number)), others[0]
    )


def sums_of(tx: Tx, numbers: Sequence[int]) -> dict[LineState, tuple[int, Money]]:
    found: dict[LineState, tuple[int, Money]] = {}
    for number in numbers:
        row = tx.bank.line(number)
        if row is None or not row.line.incoming or row.line.amount.currency != "UAH":
            continue
        count, sum_ = found.get(row.state, (0, ZERO))
        found[row.state] = (count + 1, sum_ + row.line.amount)
    return found


def overview_of(tx: Tx, page: int) -> Overview:
    count, total = tx.bank.unidentified()
    pages = max(1, -(-count // PAGE))
    at = min(max(page, 0), pages - 1)
    shown = tx.bank.standing(UNIDENTIFIED, limit=PAGE, skip=at * PAGE)
    waiting = len(tx.bank.standing([LineState.NEW]))
    back = [(row, one) for one in tx.bank_returns.open(PAGE) if (row := tx.bank.line(one.number)) is not None]
    booked, to_return = tuple(tx.bank.booked_lately(PAGE)), tx.bank_returns.open_sum()
    return Overview(count, total, tuple(shown), at, pages, booked, waiting, tuple(back), to_return)

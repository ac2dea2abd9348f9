"""Bank statements in the books: lines taken in once, and what was decided of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import BankDecision, BankLine, BankReturn, Counter
from bot.domain.bank import BOOKED, UNIDENTIFIED, LineState, ReturnState, StatementLine
from bot.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it stands; `apart` says why it is nobody's, where it is."""

    number: int
    id: UUID
    line: StatementLine
    state: LineState
    apart: str
    client_id: UUID | None
    booking: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    at: datetime
    state: LineState
    by_name: str
    by_account: str
    client_id: UUID | None
    detail: str


class Bank:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- lines -------------------------------------------------------------------------------------------------------

    def take(self, lines: Sequence[StatementLine], at: datetime) -> list[int]:
        """Those that are new, by number. Two equal lines of one file are two; of two files they are one."""
        last = self._next(len(lines))
        seen: defaultdict[str, int] = defaultdict(int)
        found = self._known(lines)
        taken: list[int] = []
        for line in lines:
            seen[line.fingerprint] += 1
            if found.has(line, seen[line.fingerprint]):
                continue
            number = last + len(taken) + 1
            self._connection.execute(insert(BankLine).values(number=number, taken_at=at, **_values(line)))
            found.add(line)
            taken.append(number)
        return taken

    def _next(self, count: int) -> int:
        """The last number before so many new ones; whoever takes lines in at the same time waits here."""
        given = self._connection.execute(
            self._insert(Counter)
            .values(series="bank", value=count)
            .on_conflict_do_update(index_elements=["series"], set_={"value": Counter.value + count})
            .returning(Counter.value)
        ).scalar_one()
        return int(given) - count

    def _known(self, lines: Sequence[StatementLine]) -> "_Known":
        known = _Known()
        prints = list({line.fingerprint for line in lines})
        for start in range(0, len(prints), 500):
            rows = self._connection.execute(
                select(BankLine.fingerprint, BankLine.our_account, BankLine.bank_id).where(
                    BankLine.fingerprint.in_(prints[start : start + 500])
                )
            )
            for row in rows:
                known.put(row.fingerprint, (row.our_account, row.bank_id))
        ids = [line.bank_id for line in lines if line.bank_id]
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            pairs = select(BankLine.our_account, BankLine.bank_id).where(BankLine.bank_id.in_(some))
            known.ids |= {(row.our_account, row.bank_id) for row in self._connection.execute(pairs)}
        return known

    def line(self, number: int, *, lock: bool = False) -> LineRow | None:
        """`lock`: nobody else decides anything of it before this transaction ends."""
        if lock:
            self._connection.execute(select(BankLine.number).where(BankLine.number == number).with_for_update())
        row = self._connection.execute(_LINE.where(BankLine.number == number)).first()
        return _row(row) if row else None

    def standing(self, states: Collection[LineState], *, limit: int | None = None, skip: int = 0) -> list[LineRow]:
        """Oldest first."""
        found = _LINE.where(BankLine.state.in_([one.value for one in states]))
        found = found.order_by(BankLine.booked_on, BankLine.number).offset(skip)
        return [_row(row) for row in self._connection.execute(found.limit(limit) if limit is not None else found)]

    def booked_lately(self, limit: int) -> list[LineRow]:
        found = _LINE.where(BankLine.state.in_([one.value for one in BOOKED]))
        rows = self._connection.execute(found.order_by(BankLine.booked_on.desc(), BankLine.number.desc()).limit(limit))
        return [_row(row) for row in rows]

    def sums(self) -> dict[LineState, tuple[int, Money]]:
        """How many incoming lines of hryvnias stand where, and their sum."""
        rows = self._connection.execute(
            select(BankLine.state, func.count(), func.sum(BankLine.amount))
            .where(BankLine.amount > ZERO, BankLine.currency == "UAH")
            .group_by(BankLine.state)
        )
        return {LineState(state): (count, Money(int(_kopiykas(sum_)))) for state, count, sum_ in rows}

    def unidentified(self) -> tuple[int, Money]:
        """How many payments nobody knows yet, and their sum, less what of them goes back."""
        found = [pair for state, pair in self.sums().items() if state in UNIDENTIFIED]
        kept_back = select(func.sum(BankReturn.amount)).join(BankLine, BankLine.number == BankReturn.number)
        kept_back = kept_back.where(
            BankReturn.state != ReturnState.CALLED_OFF.value, BankLine.state.in_([one.value for one in UNIDENTIFIED])
        )
        back = Money(_kopiykas(self._connection.execute(kept_back).scalar()))
        return sum(count for count, _ in found), sum((sum_ for _, sum_ in found), ZERO) - back

    # --- decisions ---------------------------------------------------------------------------------------------------

    def decide(
        self, row: LineRow, state: LineState, at: datetime, *, by: tuple[str, str] = ("", ""),
        client_id: UUID | None = None, apart: str = "", detail: str = "", booked: bool = False,
    ) -> None:  # fmt: skip
        """The line is locked by the caller; `booked` begins a booking of its own."""
        booking = BankLine.booking + (1 if booked else 0)
        self._connection.execute(
            update(BankLine)
            .where(BankLine.number == row.number)
            .values(state=state.value, client_id=client_id, apart=apart, booking=booking)
        )
        position = select(func.count()).where(BankDecision.number == row.number)
        self._connection.execute(
            insert(BankDecision).values(
                number=row.number, position=self._connection.execute(position).scalar_one() + 1, at=at,
                state=state.value, by_name=by[0], by_account=by[1], client_id=client_id, detail=detail,
            )
        )  # fmt: skip

    def decisions(self, number: int) -> list[DecisionRow]:
        """Oldest first."""
        rows = self._connection.execute(
            select(
                BankDecision.at, BankDecision.state, BankDecision.by_name, BankDecision.by_account,
                BankDecision.client_id, BankDecision.detail,
            )
            .where(BankDecision.number == number)
            .order_by(BankDecision.position)
        )  # fmt: skip
        return [DecisionRow(row.at, LineState(row.state), *row[2:]) for row in rows]


class _Known:
    """Lines that are in the books, as far as a file's lines can be one of them."""

    def __init__(self) -> None:
        self.ids: set[tuple[str, str]] = set()
        self._prints: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def put(self, fingerprint: str, bank_id: tuple[str, str]) -> None:
        self._prints[fingerprint].append(bank_id)

    def add(self, line: StatementLine) -> None:
        """It is taken in now, and stands for the next file; within this one it is told by its place."""
        if line.bank_id:
            self.ids.add((line.our_account, line.bank_id))

    def has(self, line: StatementLine, occurrence: int) -> bool:
        """By the bank's id; where one of the two has none, by what both say, as often as they say it."""
        there = self._prints[line.fingerprint]
        if not line.bank_id:
            return len(there) >= occurrence
        if (line.our_account, line.bank_id) in self.ids:
            return True
        return sum(1 for _, bank_id in there if not bank_id) >= occurrence


_LINE: Any = select(
    BankLine.number, BankLine.id, BankLine.booked_on, BankLine.amount, BankLine.currency, BankLine.purpose,
    BankLine.payer, BankLine.payer_code, BankLine.payer_account, BankLine.our_account, BankLine.paper,
    BankLine.bank_id, BankLine.state, BankLine.apart, BankLine.client_id, BankLine.booking, BankLine.taken_at,
)  # fmt: skip


def _values(line: StatementLine) -> Mapping[str, Any]:
    return {
        "id": uuid4(), "fingerprint": line.fingerprint, "bank_id": line.bank_id, "our_account": line.our_account,
        "booked_on": line.booked_on, "amount": line.amount, "currency": line.amount.currency, "payer": line.payer,
        "payer_code": line.payer_code, "payer_account": line.payer_account, "purpose": line.purpose,
        "paper": line.number, "state": LineState.NEW.value, "apart": "", "booking": 0,
    }  # fmt: skip


def _row(row: Any) -> LineRow:
    line = StatementLine(
        row.booked_on, Money(row.amount.kopiykas, row.currency), row.purpose, row.payer, row.payer_code,
        row.payer_account, row.our_account, row.paper, row.bank_id,
    )  # fmt: skip
    return LineRow(row.number, row.id, line, LineState(row.state), row.apart, row.client_id, row.booking, row.taken_at)


def _kopiykas(sum_: Any) -> int:
    return sum_.kopiykas if isinstance(sum_, Money) else int(sum_ or 0)

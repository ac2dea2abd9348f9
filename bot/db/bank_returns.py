"""Parts of bank transfers that are to go back to the payer, from when finance said so until it was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.db.models import BankReturn
from bot.domain.bank import ReturnState
from bot.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """`reason` is one of ReturnReason, or finance's own words."""

    number: int
    position: int
    amount: Money
    reason: str
    state: ReturnState
    asked_at: datetime
    asked_by: str
    ended_at: datetime | None
    ended_by: str


class BankReturns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, number: int, amount: Money, reason: str, at: datetime, by: tuple[str, str]) -> None:
        """The line is locked by the caller; `by` is a name and an account."""
        position = len(self.of_line(number)) + 1
        self._connection.execute(
            insert(BankReturn).values(
                number=number, position=position, amount=amount, reason=reason, state=ReturnState.OPEN.value,
                asked_at=at, asked_by=by[0], asked_by_account=by[1], ended_by="", ended_by_account="",
            )
        )  # fmt: skip

    def move(
        self, number: int, position: int, was: ReturnState, to: ReturnState, at: datetime, by: tuple[str, str]
    ) -> bool:
        """False where it was not as it was seen."""
        ended = at if to is not ReturnState.OPEN else None
        this = (BankReturn.number == number, BankReturn.position == position, BankReturn.state == was.value)
        done = self._connection.execute(
            update(BankReturn)
            .where(*this)
            .values(state=to.value, ended_at=ended, ended_by=by[0], ended_by_account=by[1])
        )
        return bool(done.rowcount)

    def of_line(self, number: int) -> list[ReturnRow]:
        """Oldest first, with those called off."""
        found = _RETURN.where(BankReturn.number == number).order_by(BankReturn.position)
        return [_row(row) for row in self._connection.execute(found)]

    def kept_back(self, number: int) -> Money:
        """How much of the line goes back or has gone."""
        return kept_back(self.of_line(number))

    def open(self, limit: int) -> list[ReturnRow]:
        """Of all lines, asked for first first."""
        found = _RETURN.where(BankReturn.state == ReturnState.OPEN.value)
        found = found.order_by(BankReturn.asked_at, BankReturn.number).limit(limit)
        return [_row(row) for row in self._connection.execute(found)]

    def open_sum(self) -> tuple[int, Money]:
        """How many are still to be made, and how much that is."""
        found = select(func.count(), func.sum(BankReturn.amount)).where(BankReturn.state == ReturnState.OPEN.value)
        count, sum_ = self._connection.execute(found).one()
        return count, sum_ or ZERO


def kept_back(returns: Iterable[ReturnRow]) -> Money:
    return sum((one.amount for one in returns if one.state is not ReturnState.CALLED_OFF), ZERO)


_RETURN: Any = select(
    BankReturn.number, BankReturn.position, BankReturn.amount, BankReturn.reason, BankReturn.state,
    BankReturn.asked_at, BankReturn.asked_by, BankReturn.ended_at, BankReturn.ended_by,
)  # fmt: skip


def _row(row: Any) -> ReturnRow:
    return ReturnRow(
        row.number, row.position, row.amount, row.reason, ReturnState(row.state), row.asked_at, row.asked_by,
        row.ended_at, row.ended_by,
    )  # fmt: skip

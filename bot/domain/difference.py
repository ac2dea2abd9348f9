"""What does not agree between the books and the book of record, and what staff may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DifferenceKind(StrEnum):
    """Why somebody has to look."""

    MISSING_THERE = "missing_there"  # the order is here, no document there
    MISSING_HERE = "missing_here"  # the document says it is ours, no such order here
    TWICE = "twice"  # two documents for one order
    TOTAL = "total"  # the sums do not agree
    LINES = "lines"  # the lines do not agree
    CANCELLED_HERE = "cancelled_here"  # and alive there
    CANCELLED_THERE = "cancelled_there"  # and alive here
    KEPT_OTHERWISE = "kept_otherwise"  # 1C cut or changed what was sent
    CHANGED_THERE = "changed_there"  # the client and the office changed the same order
    POSTED = "posted"  # a change came too late: the document is posted
    REFUSED = "refused"  # 1C does not take the order
    PRICES_LATE = "prices_late"  # prices moved since it was agreed, and it is too late to ask the client
    BANK_LEFT = "bank_left"  # a transfer was taken back here, and its document stands there
    CONTRACT_OTHERWISE = "contract_otherwise"  # a signed contract stands there with other terms
    CLIENTS_GONE = "clients_gone"  # a list of clients that lacks too many to be believed


SENDS_AGAIN = frozenset(
    {
        DifferenceKind.MISSING_THERE,
        DifferenceKind.CHANGED_THERE,
        DifferenceKind.POSTED,
        DifferenceKind.REFUSED,
        DifferenceKind.TOTAL,
        DifferenceKind.LINES,
        DifferenceKind.CANCELLED_HERE,
    }
)
"""Safe to mend by handing our order over once more: nothing that is posted is ever written over."""
TAKES_THEIRS = frozenset(
    {
        DifferenceKind.CHANGED_THERE,
        DifferenceKind.POSTED,
        DifferenceKind.TOTAL,
        DifferenceKind.LINES,
        DifferenceKind.CANCELLED_THERE,
    }
)
"""Safe to mend by taking the document as it stands there: the client is told what changed."""
COMPARED = frozenset(
    {
        DifferenceKind.MISSING_THERE,
        DifferenceKind.MISSING_HERE,
        DifferenceKind.TWICE,
        DifferenceKind.TOTAL,
        DifferenceKind.LINES,
        DifferenceKind.CANCELLED_HERE,
        DifferenceKind.CANCELLED_THERE,
    }
)
"""What a comparison finds, and what the next one finds mended; the others are found by handing an order over."""
TOO_LATE = frozenset({DifferenceKind.CHANGED_THERE, DifferenceKind.POSTED})
"""Ours came when theirs could not be written over any more."""
DISMISSED = "dismissed"
MENDED = "handed_over"
"""How a difference was settled: somebody let it be; it mended itself."""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    id: UUID
    kind: DifferenceKind
    about: str
    order_id: UUID | None
    detail: Mapping[str, str]
    found_at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    settlement: str = ""

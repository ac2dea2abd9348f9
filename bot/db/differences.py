"""What does not agree, until somebody settles it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Difference
from bot.domain.difference import DISMISSED, DifferenceKind, DifferenceView

_VIEW = select(
    Difference.id,
    Difference.kind,
    Difference.about,
    Difference.order_id,
    Difference.detail,
    Difference.found_at,
    Difference.settled_at,
    Difference.settled_by,
    Difference.settlement,
)


class Differences:
    """Open and settled differences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def found(
        self, kind: DifferenceKind, about: str, order_id: UUID | None, detail: Mapping[str, str], at: datetime
    ) -> UUID | None:
        """A difference that was not known; None where it is open already."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return self._connection.execute(
            dialect.insert(Difference)
            .values(
                id=uuid4(), kind=kind.value, about=about, order_id=order_id, detail=dict(detail), found_at=at,
                settled_by="", settlement="",
            )
            .on_conflict_do_nothing()
            .returning(Difference.id)
        ).scalar()  # fmt: skip

    def renew(self, kind: DifferenceKind, about: str, detail: Mapping[str, str]) -> None:
        """The open difference happened once more, by now like this."""
        self._connection.execute(
            update(Difference)
            .where(Difference.kind == kind.value, Difference.about == about, Difference.settled_at.is_(None))
            .values(detail=dict(detail))
        )

    def view(self, difference_id: UUID) -> DifferenceView | None:
        row = self._connection.execute(_VIEW.where(Difference.id == difference_id)).first()
        return DifferenceView(row.id, DifferenceKind(row.kind), *row[2:]) if row else None

    def let_be(self, kind: DifferenceKind, about: str, detail: Mapping[str, str]) -> bool:
        """Whether somebody looked at exactly this last, and let it be."""
        row = self._last_settled(kind, about)
        return row is not None and row.settlement == DISMISSED and row.detail == dict(detail)

    def dismissed(self, kind: DifferenceKind, about: str) -> bool:
        """Whether somebody let the last of this kind be, whatever it said."""
        row = self._last_settled(kind, about)
        return row is not None and row.settlement == DISMISSED

    def _last_settled(self, kind: DifferenceKind, about: str) -> Any:
        last = (
            select(Difference.detail, Difference.settlement)
            .where(Difference.kind == kind.value, Difference.about == about, Difference.settled_at.is_not(None))
            .order_by(Difference.settled_at.desc(), Difference.found_at.desc())
            .limit(1)
        )
        return self._connection.execute(last).first()

    def open(self, limit: int | None = 50) -> list[DifferenceView]:
        """Oldest first."""
        rows = self._connection.execute(
            _VIEW.where(Difference.settled_at.is_(None)).order_by(Difference.found_at, Difference.about).limit(limit)
        )
        return [DifferenceView(row.id, DifferenceKind(row.kind), *row[2:]) for row in rows]

    def count_open(self) -> int:
        found = select(func.count()).select_from(Difference).where(Difference.settled_at.is_(None))
        return self._connection.execute(found).scalar_one()

    def settle(self, difference_id: UUID, at: datetime, by: str, settlement: str) -> bool:
        """False where it is settled already."""
        settled = self._connection.execute(
            update(Difference)
            .where(Difference.id == difference_id, Difference.settled_at.is_(None))
            .values(settled_at=at, settled_by=by, settlement=settlement)
        )
        return bool(settled.rowcount)

    def settle_all(self, kind: DifferenceKind, at: datetime, settlement: str) -> int:
        """What mended itself, of a kind that is about no order."""
        return self._connection.execute(
            update(Difference)
            .where(Difference.kind == kind.value, Difference.settled_at.is_(None))
            .values(settled_at=at, settlement=settlement)
        ).rowcount

    def settle_about(self, order_id: UUID, kinds: frozenset[DifferenceKind], at: datetime, settlement: str) -> int:
        """What mended itself."""
        return self._connection.execute(
            update(Difference)
            .where(
                Difference.order_id == order_id,
                Difference.kind.in_([kind.value for kind in kinds]),
                Difference.settled_at.is_(None),
            )
            .values(settled_at=at, settlement=settlement)
        ).rowcount

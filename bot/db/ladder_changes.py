"""What finance changed of the ladder in the chat, over its file: drafts, and what was saved, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update

from bot.db.models import LadderChange


@dataclass(frozen=True, slots=True)
class LadderChangeRow:
    id: UUID
    level: str
    field: str
    value: str
    by_name: str
    made_at: datetime
    saved_at: datetime | None


class LadderChanges:
    """The newest saved value of a field counts; the earlier ones are the record of who changed what."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, level: str, field: str, value: str, by: tuple[str, str], at: datetime, *, draft: bool) -> UUID:
        """`by` is a name and an account."""
        change_id = uuid4()
        self._connection.execute(
            insert(LadderChange).values(
                id=change_id, level=level, field=field, value=value, by_name=by[0], by_account=by[1], made_at=at,
            )
        )  # fmt: skip
        if not draft:
            self.save(change_id, at)
        return change_id

    def save(self, change_id: UUID, at: datetime) -> bool:
        """A draft counts from now on; false where it did already."""
        done = update(LadderChange).where(LadderChange.id == change_id, LadderChange.saved_at.is_(None))
        last = self._connection.execute(select(func.max(LadderChange.position))).scalar() or 0
        return bool(self._connection.execute(done.values(saved_at=at, position=last + 1)).rowcount)

    def get(self, change_id: UUID) -> LadderChangeRow | None:
        row = self._connection.execute(_CHANGE.where(LadderChange.id == change_id)).first()
        return LadderChangeRow(*row) if row else None

    def saved(self) -> Sequence[LadderChangeRow]:
        """In the order in which they were saved."""
        found = _CHANGE.where(LadderChange.saved_at.is_not(None)).order_by(LadderChange.position, LadderChange.id)
        return [LadderChangeRow(*row) for row in self._connection.execute(found)]


_CHANGE = select(
    LadderChange.id,
    LadderChange.level,
    LadderChange.field,
    LadderChange.value,
    LadderChange.by_name,
    LadderChange.made_at,
    LadderChange.saved_at,
)

"""The wholesaler's own people: who they are, what each did, and the answers they keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import CannedAnswer, StaffAct, StaffMember
from bot.domain.desk import Role


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody met in a staff group."""

    channel: str
    external_id: str
    name: str
    role: Role
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what, when and about whom; an empty outcome: it was begun, and nothing is known of its end."""

    at: datetime
    channel: str
    external_id: str
    name: str
    desk: str
    what: str
    about: str
    outcome: str


class StaffTables:
    """Members, the log of what they did, and canned answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def role(self, channel: str, external_id: str) -> Role | None:
        """None for somebody who was never met."""
        found = select(StaffMember.role).where(StaffMember.channel == channel, StaffMember.external_id == external_id)
        role = self._connection.execute(found).scalar()
        return Role(role) if role else None

    def meet(self, channel: str, external_id: str, name: str, at: datetime) -> Role:
        """Note that they are there; whoever comes to a staff group may answer."""
        self._connection.execute(
            self._insert(StaffMember)
            .values(
                channel=channel, external_id=external_id, name=name, role=Role.AGENT.value, met_at=at, seen_at=at
            )
            .on_conflict_do_update(index_elements=["channel", "external_id"], set_={"name": name, "seen_at": at})
        )  # fmt: skip
        role = self.role(channel, external_id)
        assert role is not None
        return role

    def set_role(self, channel: str, external_id: str, role: Role) -> bool:
        """False for somebody who was never met."""
        here = update(StaffMember).where(StaffMember.channel == channel, StaffMember.external_id == external_id)
        return self._connection.execute(here.values(role=role.value)).rowcount == 1

    def members(self) -> list[Member]:
        rows = self._connection.execute(
            select(
                StaffMember.channel,
                StaffMember.external_id,
                StaffMember.name,
                StaffMember.role,
                StaffMember.seen_at,
            ).order_by(StaffMember.name, StaffMember.external_id)
        )
        return [Member(row.channel, row.external_id, row.name, Role(row.role), row.seen_at) for row in rows]

    def acts(
        self, event: tuple[str, str], who: tuple[str, str], desk: str, what: str, at: datetime, *, about: str = "",
        outcome: str = "",
    ) -> None:  # fmt: skip
        """Note it, once for an event (channel and id); `who` is an account's id and name."""
        self._connection.execute(
            self._insert(StaffAct)
            .values(
                at=at, channel=event[0], event_id=event[1], external_id=who[0], name=who[1], desk=desk,
                what=what, about=about, outcome=outcome,
            )
            .on_conflict_do_nothing()
        )  # fmt: skip

    def acted(self, event: tuple[str, str], about: str, outcome: str) -> None:
        """How what was begun with the event ended."""
        here = update(StaffAct).where(StaffAct.channel == event[0], StaffAct.event_id == event[1])
        self._connection.execute(here.values(about=about, outcome=outcome))

    def log(self, since: datetime, limit: int, who: str = "") -> list[Act]:
        """The newest of them, in their order; `who` is a part of a name, or an id."""
        rows = self._connection.execute(
            select(
                StaffAct.at,
                StaffAct.channel,
                StaffAct.external_id,
                StaffAct.name,
                StaffAct.desk,
                StaffAct.what,
                StaffAct.about,
                StaffAct.outcome,
            )
            .where(StaffAct.at >= since)
            .order_by(StaffAct.at.desc(), StaffAct.id.desc())
        )
        found = [Act(*row) for row in rows]
        named = [act for act in found if who.casefold() in act.name.casefold() or act.external_id == who]
        return named[:limit][::-1]

    def canned(self) -> Mapping[str, str]:
        """Texts by their names."""
        rows = self._connection.execute(select(CannedAnswer.name, CannedAnswer.text).order_by(CannedAnswer.name))
        return {row.name: row.text for row in rows}

    def keep_canned(self, name: str, text: str, by: str, at: datetime) -> None:
        values = {"text": text, "kept_by": by, "kept_at": at}
        self._connection.execute(
            self._insert(CannedAnswer)
            .values(name=name, **values)
            .on_conflict_do_update(index_elements=["name"], set_=values)
        )

    def drop_canned(self, name: str) -> bool:
        return self._connection.execute(delete(CannedAnswer).where(CannedAnswer.name == name)).rowcount == 1

    def _insert(self, table: type) -> Any:
        return (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(table)

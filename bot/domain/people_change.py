"""What staff change about who is who: a person taken from a client, an account signed out, two people who are one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

UNDONE_WITHIN = timedelta(days=7)


class ChangeKind(StrEnum):
    UNLINKED = "unlinked"
    SIGNED_OUT = "signed_out"
    MERGED = "merged"


class Why(StrEnum):
    """Why somebody is taken away; the words are in keyboards/desk_people.py."""

    LEFT = "l"
    MISTAKE = "m"
    LOST = "p"
    ASKED = "a"


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account of a person, with the client that it acts for; `name` is what it calls itself."""

    channel: str
    external_id: str
    client_id: UUID | None
    name: str = ""
    seen_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.external_id}"


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with what they may do for the client at hand, their accounts, and the names of all their clients."""

    id: UUID
    name: str
    phone: str | None
    orders: bool
    pays: bool
    signs: bool
    accounts: tuple[AccountView, ...]
    clients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Who did what to whom, and when; `other` was merged into the person."""

    id: UUID
    kind: ChangeKind
    client_id: UUID
    person_id: UUID
    person: str
    other_id: UUID | None
    other: str
    channel: str
    external_id: str
    kept: dict[str, object]
    why: str
    by_name: str
    at: datetime
    undone_at: datetime | None

"""What clients say to a reminder, and what finance decides: promises, claims, disputes, exemptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.ladder import Exemption
from bot.domain.money import Money


class Ended(StrEnum):
    """How a promise ended."""

    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"  # by another of the same client
    CALLED_OFF = "called_off"  # by finance


class Why(StrEnum):
    """Why finance leaves a client alone."""

    AGREED = "a"  # with the manager
    OFFSET = "o"  # a mutual settlement
    CLOSING = "c"
    COURT = "l"
    OTHER = "x"


class HoldKind(StrEnum):
    """What keeps reminders back."""

    PROMISE = "p"
    CLAIM = "c"
    DISPUTE = "d"
    EXEMPTION = "e"


@dataclass(frozen=True, slots=True)
class PromiseView:
    """`debts` is what was owed by each document when it was promised; it cannot be put off beyond `latest`."""

    id: UUID
    client_id: UUID
    client: str
    person_id: UUID | None
    person: str
    day: date
    latest: date
    debts: Mapping[str, int] = field(hash=False)
    made_at: datetime
    ended: Ended | None
    ended_at: datetime | None
    ended_by: str

    @property
    def total(self) -> Money:
        return Money(sum(self.debts.values()))


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that was sent as a payment order: `ref` fetches it from the messenger."""

    channel: str
    kind: str
    name: str
    ref: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaidClaimView:
    """Somebody says that it is paid; nobody is reminded through `until`."""

    id: UUID
    client_id: UUID
    client: str
    person: str
    day: date | None
    words: str
    until: date
    proof: Proof | None
    made_at: datetime
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A document that somebody asks about or does not agree with."""

    id: UUID
    client_id: UUID
    client: str
    person: str
    document: str
    kind: str
    number: str
    dated: date | None
    words: str
    made_at: datetime
    ended_at: datetime | None
    ended_by: str

    @property
    def called(self) -> tuple[str, str, date | None]:
        """As Translator.document wants it."""
        return self.kind, self.number, self.dated


@dataclass(frozen=True, slots=True)
class ExemptionView:
    """Finance's word for a client, with its reason."""

    id: UUID
    client_id: UUID
    client: str
    grace: int | None
    until: date | None
    reason: str
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str

    @property
    def rule(self) -> Exemption:
        return Exemption(self.grace, self.until)


@dataclass(frozen=True, slots=True)
class Word:
    """How a client keeps its promises."""

    kept: int
    broken: int

    @property
    def percent(self) -> int | None:
        """None where there is nothing to count."""
        made = self.kept + self.broken
        return round(100 * self.kept / made) if made else None

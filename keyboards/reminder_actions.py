"""The payloads under a reminder of debts, and of finance's screens about reminding."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.promises import HoldKind, Why

# --- what a client answers --------------------------------------------------------------------------------------------


@payload("dpa")
@dataclass(frozen=True, slots=True)
class AskPaid(Action):
    """Awaits the day of the payment, or a file."""


@payload("dps")
@dataclass(frozen=True, slots=True)
class SaidPaid(Action):
    """It was paid on this day."""

    day: date


@payload("dpw")
@dataclass(frozen=True, slots=True)
class AskPromise(Action):
    """The days that may be promised."""


@payload("dpp")
@dataclass(frozen=True, slots=True)
class MakePromise(Action):
    """It will be paid on this day."""

    day: date


@payload("dqa")
@dataclass(frozen=True, slots=True)
class AskQuestion(Action):
    """Which document is it about?"""

    page: int = 0


@payload("dqd")
@dataclass(frozen=True, slots=True)
class AskDispute(Action):
    """Awaits the words about a debt."""

    mark: int


# --- finance ----------------------------------------------------------------------------------------------------------


@payload("rd")
@dataclass(frozen=True, slots=True)
class ShowReminding(Action):
    """How reminding stands."""


@payload("ro")
@dataclass(frozen=True, slots=True)
class ShowForecast(Action):
    """Who gets what on the next working day, and why."""

    page: int = 0


@payload("rc")
@dataclass(frozen=True, slots=True)
class ShowDebtor(Action):
    """One client's debts, and what stands against reminding."""

    client: UUID


@payload("rh")
@dataclass(frozen=True, slots=True)
class ShowHolds(Action):
    """Everything that keeps reminders back."""

    page: int = 0


@payload("rk")
@dataclass(frozen=True, slots=True)
class ShowHold(Action):
    """A promise, a claim, a dispute or an exemption."""

    kind: HoldKind
    hold: UUID


@payload("rz")
@dataclass(frozen=True, slots=True)
class EndHold(Action):
    """Remind again."""

    kind: HoldKind
    hold: UUID


@payload("re")
@dataclass(frozen=True, slots=True)
class AskExempt(Action):
    """How is the client to be left alone?"""

    client: UUID


@payload("rw")
@dataclass(frozen=True, slots=True)
class AskExemptWhy(Action):
    """Why? `grace` None is never; `days` None is without an end."""

    client: UUID
    grace: int | None
    days: int | None


@payload("rx")
@dataclass(frozen=True, slots=True)
class Exempt(Action):
    """Leave the client alone."""

    client: UUID
    grace: int | None
    days: int | None
    why: Why


# --- the ladder -------------------------------------------------------------------------------------------------------


@payload("rl")
@dataclass(frozen=True, slots=True)
class ShowLadder(Action):
    """All levels."""


@payload("rv")
@dataclass(frozen=True, slots=True)
class ShowLevel(Action):
    """A level with its words, as a real debtor would read them."""

    level: str
    language: str


@payload("rg")
@dataclass(frozen=True, slots=True)
class ShowSms(Action):
    """A level's text message, with what it costs."""

    level: str
    language: str


@payload("rs")
@dataclass(frozen=True, slots=True)
class SwitchLevel(Action):
    """On or off."""

    level: str
    on: bool


@payload("rm")
@dataclass(frozen=True, slots=True)
class MoveLevel(Action):
    """It begins on this day."""

    level: str
    day: int


@payload("rt")
@dataclass(frozen=True, slots=True)
class SaveWords(Action):
    """The words that were shown count from now on."""

    change: UUID

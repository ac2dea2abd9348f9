"""The payloads of buttons about talks with the staff: those of clients first, then those of the topics."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.asking import Which
from bot.domain.people_change import Why


@payload("qf")
@dataclass(frozen=True, slots=True)
class AskFinance(Action):
    """A question about money."""


@payload("qp")
@dataclass(frozen=True, slots=True)
class PassOn(Action):
    """What was looked for and not found goes to the manager as a question."""


@payload("tn")
@dataclass(frozen=True, slots=True)
class NoteNext(Action):
    """The next message of whoever pressed is a note."""

    topic: UUID


@payload("tc")
@dataclass(frozen=True, slots=True)
class ShowCanned(Action):
    """The canned answers, to send one."""

    topic: UUID
    page: int = 0


@payload("tk")
@dataclass(frozen=True, slots=True)
class SendCanned(Action):
    """This canned answer, in these very words: `mark` is of its name and text."""

    topic: UUID
    mark: str


@payload("tb")
@dataclass(frozen=True, slots=True)
class HandBack(Action):
    """The bot speaks again."""

    topic: UUID


@payload("ea")
@dataclass(frozen=True, slots=True)
class AskLink(Action):
    """Which way to pay is to be sent to the client."""

    topic: UUID


@payload("eb")
@dataclass(frozen=True, slots=True)
class SendOrderLink(Action):
    """The way to pay for an order; `at` is of the list it was chosen from, in minutes: a second press sends nothing."""

    topic: UUID
    order: UUID
    at: int


@payload("ec")
@dataclass(frozen=True, slots=True)
class SendDebtsLink(Action):
    """The way to pay these debts; `mark` is of the one document."""

    topic: UUID
    which: Which
    mark: int
    at: int


@payload("ed")
@dataclass(frozen=True, slots=True)
class ShowCardPayments(Action):
    """What the client paid by card and may get back."""

    topic: UUID


@payload("ee")
@dataclass(frozen=True, slots=True)
class RequestRefund(Action):
    """Finance is asked to give this payment back."""

    topic: UUID
    payment: UUID


@payload("ef")
@dataclass(frozen=True, slots=True)
class AskOrder(Action):
    """What is to be ordered for the client."""

    topic: UUID


@payload("eg")
@dataclass(frozen=True, slots=True)
class DraftFrom(Action):
    """A draft of what this order held."""

    topic: UUID
    order: UUID


@payload("eh")
@dataclass(frozen=True, slots=True)
class ShowDraft(Action):
    """The draft as it stands."""

    draft: UUID


@payload("ei")
@dataclass(frozen=True, slots=True)
class AskDraftDay(Action):
    """For which day."""

    draft: UUID


@payload("ej")
@dataclass(frozen=True, slots=True)
class ChooseDraftDay(Action):
    draft: UUID
    version: int
    day: date


@payload("ek")
@dataclass(frozen=True, slots=True)
class AskDraftPoint(Action):
    """Where to."""

    draft: UUID
    page: int = 0


@payload("el")
@dataclass(frozen=True, slots=True)
class ChooseDraftPoint(Action):
    draft: UUID
    version: int
    point: UUID


@payload("em")
@dataclass(frozen=True, slots=True)
class PlaceDraft(Action):
    """Exactly this, for the client."""

    draft: UUID
    version: int
    kopiykas: int


@payload("en")
@dataclass(frozen=True, slots=True)
class DropDraft(Action):
    """Nothing is ordered."""

    draft: UUID


@payload("ep")
@dataclass(frozen=True, slots=True)
class ShowPeople(Action):
    """Who acts for the client, and what can be undone."""

    topic: UUID


@payload("eq")
@dataclass(frozen=True, slots=True)
class ShowPerson(Action):
    """One of them, by their mark."""

    topic: UUID
    person: int


@payload("er")
@dataclass(frozen=True, slots=True)
class AskUnlink(Action):
    """Why they are taken from the client."""

    topic: UUID
    person: int


@payload("es")
@dataclass(frozen=True, slots=True)
class Unlink(Action):
    topic: UUID
    person: int
    why: Why


@payload("et")
@dataclass(frozen=True, slots=True)
class AskSignOut(Action):
    """Why an account, by its mark, is signed out."""

    topic: UUID
    account: int


@payload("eu")
@dataclass(frozen=True, slots=True)
class SignOut(Action):
    topic: UUID
    account: int
    why: Why


@payload("ev")
@dataclass(frozen=True, slots=True)
class AskMerge(Action):
    """Who else is this person."""

    topic: UUID
    person: int


@payload("ew")
@dataclass(frozen=True, slots=True)
class AskMergeSure(Action):
    """Whether these two are one."""

    topic: UUID
    person: int
    other: int


@payload("ex")
@dataclass(frozen=True, slots=True)
class Merge(Action):
    """Yes: `other` is `person`."""

    topic: UUID
    person: int
    other: int


@payload("ey")
@dataclass(frozen=True, slots=True)
class UndoChange(Action):
    """As it was before this change of people."""

    topic: UUID
    change: UUID

"""The payloads of buttons about talks with the staff: those of clients first, then those of the topics."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload


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

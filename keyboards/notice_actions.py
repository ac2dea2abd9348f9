"""The payloads about what a person is told of without asking."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.notice import Topic
from bot.domain.quantity import Unit
from keyboards.actions import Back


@payload("wt")
@dataclass(frozen=True, slots=True)
class Watch(Action):
    """Tell me when the article is in stock again, or do not; the rest leads back to its card."""

    article: UUID
    on: bool
    unit: Unit = Unit.BASE
    back: Back = Back.SHELF
    page: int = 0


@payload("sw")
@dataclass(frozen=True, slots=True)
class ShowSwitches(Action):
    """What this person is told of without asking."""


@payload("sb")
@dataclass(frozen=True, slots=True)
class SwitchTopic(Action):
    topic: Topic
    on: bool

"""How the staff desk's messages are drawn: the words are the handlers', the moment is now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.pipeline import Frame
from bot.conversation.screen import Screen
from bot.domain.client import Identity
from bot.domain.desk import PassageView, TopicView
from bot.domain.desk_jobs import Post, Spoken
from bot.domain.job import JsonValue
from bot.i18n import translator
from bot.ports import Clock
from bot.services.desk_card import CardFacts

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Posted:
    """A word of ours in a topic: about which message, or about what else."""

    post: Post
    title: str
    said: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class DeskWords(Generic[S]):
    """How everything is said.

    An answer is said with what it answers where the messenger shows no quote itself; a question with the client's name
    where it has no topic that bears it, and with the reason why its file is not there.
    """

    question: Callable[[Context[S], PassageView, str, str], Screen]
    answer: Callable[[Context[S], PassageView, PassageView | None], Screen]
    post: Callable[[Context[S], Posted], Screen]
    card: Callable[[Context[S], TopicView, CardFacts], Screen]
    spoken: Callable[[Context[S], Spoken, str], Screen]
    frame: Frame[S]


@dataclass(frozen=True, slots=True)
class Drawing(Generic[S]):
    """Words with the services they look things up in."""

    services: S
    words: DeskWords[S]
    now: Clock
    default_language: str = "uk"

    def context(self, event_id: str, who: Identity) -> Context[S]:
        now = self.now()
        event = Event(event_id, Sender(who.channel, who.external_id), Kind.STARTED, now)
        return Context(event, who, self.services, translator(who.language or self.default_language), now)

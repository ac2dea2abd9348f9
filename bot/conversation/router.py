"""Which handler answers an event; one table, filled by decorators beside the handlers."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from bot.conversation.action import Action, unpack
from bot.conversation.context import Context, S
from bot.conversation.event import Event, Kind
from bot.conversation.screen import Screen
from bot.domain.errors import Forbidden, Outdated
from bot.logs import log

A = TypeVar("A", bound=Action)
Plain = Callable[[Event, Context[S]], Awaitable[Screen | None]]
"""None: somebody else answers, and the bot is quiet."""
Commanded = Callable[[Event, Context[S], str], Awaitable[Screen]]
"""A command with the words after it."""
Tapped = Callable[[Event, Context[S], A], Awaitable[Screen]]
STAFF_ONLY = "staff"
"""What Forbidden says of an action that only a staff desk may do."""
Desks = str | tuple[str, ...]
"""One staff desk, or several."""
_COMMAND = re.compile(r"/([A-Za-z]\w{0,31})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
logger = log("conversation")


class Router(Generic[S]):
    """Handlers by action, by step, by kind; words that work everywhere are actions too."""

    def __init__(self) -> None:
        self._taps: dict[type[Action], Callable[[Event, Context[S], Any], Awaitable[Screen]]] = {}
        self._staff: dict[tuple[str, type[Action]], Callable[[Event, Context[S], Any], Awaitable[Screen]]] = {}
        self._commands: dict[tuple[str, str], Commanded[S]] = {}
        self._files: dict[str, Plain[S]] = {}
        self._steps: dict[str, Plain[S]] = {}
        self._file_steps: dict[str, Plain[S]] = {}
        self._kinds: dict[Kind, Plain[S]] = {}
        self._heard: dict[str, Plain[S]] = {}
        self._words: dict[str, Action] = {}

    def tap(self, action: type[A]) -> Callable[[Tapped[S, A]], Tapped[S, A]]:
        """Answers a button with this action."""

        def register(handler: Tapped[S, A]) -> Tapped[S, A]:
            if action in self.actions:
                raise ValueError(f"{action.__name__} has a handler already")
            self._taps[action] = handler
            return handler

        return register

    def staff(self, desks: Desks, action: type[A]) -> Callable[[Tapped[S, A]], Tapped[S, A]]:
        """Answers a button with this action when it is pressed in the group of these staff desks, and nowhere else."""

        def register(handler: Tapped[S, A]) -> Tapped[S, A]:
            for desk in _each(desks):
                if action in self._taps or (desk, action) in self._staff:
                    raise ValueError(f"{action.__name__} has a handler already")
                self._staff[desk, action] = handler
            return handler

        return register

    def command(self, desks: Desks, name: str) -> Callable[[Commanded[S]], Commanded[S]]:
        """Answers `/name words` when it is written in the group of these staff desks, and nowhere else."""

        def register(handler: Commanded[S]) -> Commanded[S]:
            for desk in _each(desks):
                if (desk, name) in self._commands:
                    raise ValueError(f"/{name} has a handler already")
                self._commands[desk, name] = handler
            return handler

        return register

    def file(self, desks: Desks) -> Callable[[Plain[S]], Plain[S]]:
        """Answers a document that is sent into the group of these staff desks, in no talk with a client."""

        def register(handler: Plain[S]) -> Plain[S]:
            self._files.update(dict.fromkeys(_each(desks), handler))
            return handler

        return register

    def heard(self, desks: Desks) -> Callable[[Plain[S]], Plain[S]]:
        """Hears what is written, sent or reworded in the group of these staff desks."""

        def register(handler: Plain[S]) -> Plain[S]:
            for desk in _each(desks):
                if desk in self._heard:
                    raise ValueError(f"what is said to {desk} is heard already")
                self._heard[desk] = handler
            return handler

        return register

    def concerns(self, desk: str, event: Event) -> bool:
        """Whether what happened in the desk's group is for us: a button, a command, or a document in no talk."""
        if event.kind is Kind.SENT_FILE:
            return desk in self._files and _is_document(event) and not (event.thread or event.reply_to)
        return event.kind is Kind.TAPPED or (event.kind is Kind.WROTE and _command(event.text, desk) in self._commands)

    def step(self, name: str) -> Callable[[Plain[S]], Plain[S]]:
        """Answers what is typed while this step awaits it."""

        def register(handler: Plain[S]) -> Plain[S]:
            if name in self._steps:
                raise ValueError(f"step {name} has a handler already")
            self._steps[name] = handler
            return handler

        return register

    def file_step(self, name: str) -> Callable[[Plain[S]], Plain[S]]:
        """Answers a file that is sent while this step awaits it."""

        def register(handler: Plain[S]) -> Plain[S]:
            if name in self._file_steps:
                raise ValueError(f"step {name} has a handler of files already")
            self._file_steps[name] = handler
            return handler

        return register

    def kind(self, kind: Kind) -> Callable[[Plain[S]], Plain[S]]:
        """Answers an event of this kind that nothing more particular answers."""

        def register(handler: Plain[S]) -> Plain[S]:
            self._kinds[kind] = handler
            return handler

        return register

    def words(self, words: Mapping[str, Action]) -> None:
        """Typed words that are as good as a button, from every state."""
        self._words.update({word.casefold(): action for word, action in words.items()})

    def include(self, other: "Router[S]") -> None:
        for mine, theirs in (
            (self._taps, other._taps),
            (self._staff, other._staff),
            (self._commands, other._commands),
            (self._files, other._files),
            (self._steps, other._steps),
            (self._file_steps, other._file_steps),
            (self._kinds, other._kinds),
            (self._words, other._words),
            (self._heard, other._heard),
        ):
            doubled = mine.keys() & theirs.keys()
            if doubled:
                raise ValueError(f"two handlers for {doubled}")
            mine.update(theirs)  # type: ignore[arg-type]
        if both := self._taps.keys() & self.staff_actions:
            raise ValueError(f"for everybody and for staff: {both}")

    @property
    def actions(self) -> frozenset[type[Action]]:
        """Every action that has a handler."""
        return frozenset(self._taps) | self.staff_actions

    @property
    def staff_actions(self) -> frozenset[type[Action]]:
        """Those that only a staff desk may do."""
        return frozenset(action for _, action in self._staff)

    def is_for_staff(self, payload: str) -> bool:
        """Whether only a staff desk may do what the payload says."""
        try:
            return type(unpack(payload)) in self.staff_actions
        except Outdated:
            return False

    async def answer(self, event: Event, context: Context[S]) -> Screen | None:
        """The screen of the handler that fits best; None where nothing is to be said.

        Raises Outdated for a payload of no present-day button, Forbidden for a staff button pressed elsewhere.
        """
        if event.kind is Kind.TAPPED:
            return await self._tapped(event, context, unpack(event.action))
        if context.who.desk:
            return await self._said(event, context)
        if event.kind is Kind.SENT_FILE and context.who.dialogue.step in self._file_steps:
            return await self._file_steps[context.who.dialogue.step](event, context)
        if event.kind is Kind.WROTE:
            word = self._words.get(event.text.strip().casefold()[:64])
            if word is not None:
                return await self._tapped(event, context, word)
            if context.who.dialogue.step in self._steps:
                return await self._steps[context.who.dialogue.step](event, context)
        return await self._kinds[event.kind](event, context)

    async def _said(self, event: Event, context: Context[S]) -> Screen | None:
        """In a group of the staff: a command or a document for its desk, or words for whoever hears them."""
        concerns = self.concerns(context.who.desk, event)
        if concerns and event.kind is Kind.SENT_FILE:
            return await self._files[context.who.desk](event, context)
        if concerns:
            written = _COMMAND.fullmatch(event.text.strip())
            words = written[2] if written else None
            command = self._commands[_command(event.text, context.who.desk)]
            return await command(event, context, " ".join((words or "").split()))
        heard = self._heard.get(context.who.desk)
        return await heard(event, context) if heard else None

    async def _tapped(self, event: Event, context: Context[S], action: Action) -> Screen:
        desk, kind = context.who.desk, type(action)
        if (desk, kind) in self._staff:
            return await self._staff[desk, kind](event, context, action)
        if kind in self.staff_actions:
            logger.warning("staff action refused", action=kind.CODE, channel=event.sender.channel, desk=desk)
            raise Forbidden(STAFF_ONLY)
        if desk:
            raise Outdated(kind.CODE)
        return await self._taps[kind](event, context, action)


def _each(desks: Desks) -> tuple[str, ...]:
    return (desks,) if isinstance(desks, str) else desks


def _is_document(event: Event) -> bool:
    return event.file is not None and event.file.kind == "document"


def _command(text: str, desk: str) -> tuple[str, str]:
    """The desk and the command's name, empty where the text is none."""
    written = _COMMAND.fullmatch(text.strip())
    return desk, written[1].lower() if written else ""

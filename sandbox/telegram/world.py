"""The whole state of the sandbox: people, chats, messages, files, what the bot set, and what waits for it."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.telegram.faults import Faults
from sandbox.telegram.feed import Feed
from sandbox.telegram.files import Files
from sandbox.telegram.limits import Limits
from sandbox.telegram.mailbox import Mailbox
from sandbox.telegram.people import Chat, Message, Person
from sandbox.telegram.view import message_view

Json = dict[str, Any]
KEPT_CALLS = 1000
KEPT_QUERIES = 5000
MOST_CHATS = 50_000
FIRST_PERSON = 1001
FIRST_GROUP = 4_000_000_001
FIRST_SUPERGROUP = 1_000_000_000_001


@dataclass(slots=True)
class Query:
    """A tap waiting for answerCallbackQuery; `answer` is what the person then sees."""

    id: str
    chat: int
    user: int
    message_id: int
    at: float
    answer: Json | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


class World:
    """One Telegram with one bot."""

    def __init__(self, token: str, now: Callable[[], float], bot_username: str) -> None:
        self.token = token
        self.bot_username = bot_username
        self.bot_id = int(token.partition(":")[0]) if token.partition(":")[0].isdecimal() else 7_000_000_001
        self.bot_name = "Комора"
        self.clock = Clock(now)
        self.faults, self.limits, self.feed, self.files = Faults(), Limits(), Feed(), Files()
        self.mailbox = Mailbox(self.clock, self.faults)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self._message_ids = 0
        self._groups = 0

    def bot(self) -> Json:
        """The wire's User of the bot."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.bot_name, "username": self.bot_username}

    def add_person(self, person: Person) -> Person:
        """Adds or changes an account; a changed one keeps its chat. Raises OverflowError when there are too many."""
        known = self.people.get(person.id)
        if known is not None:
            for name in ("first_name", "last_name", "username", "language_code", "phone"):
                setattr(known, name, getattr(person, name))
            return known
        self._check_room()
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", person=person)
        return person

    def next_person_id(self) -> int:
        return max([FIRST_PERSON - 1, *self.people]) + 1

    def add_group(self, title: str, kind: str, chat_id: int | None = None) -> Chat:
        """Raises OverflowError when there are too many chats."""
        self._check_room()
        self._groups += 1
        fresh = -(FIRST_SUPERGROUP if kind == "supergroup" else FIRST_GROUP) - self._groups
        chat = Chat(chat_id or fresh, kind, title=title)
        self.chats[chat.id] = chat
        return chat

    def _check_room(self) -> None:
        if len(self.chats) >= MOST_CHATS:
            raise OverflowError("there are too many chats")

    def post(self, chat: Chat, sender: Json, content: Json, markup: str = "none") -> Message:
        """Puts a message into the chat; ids grow through all small chats together and in every supergroup apart."""
        head = {"message_id": self._next_message_id(chat), "from": sender, "chat": chat.wire()}
        message = Message(head | {"date": self.clock.seconds()} | content, markup)
        chat.add(message)
        self.set_action(chat, None)
        self.feed.tell("message", chat.id, message=message_view(message))
        return message

    def _next_message_id(self, chat: Chat) -> int:
        if chat.kind == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self._message_ids += 1
        return self._message_ids

    def changed(self, chat: Chat, message: Message) -> None:
        self.feed.tell("edited", chat.id, message=message_view(message))

    def delete(self, chat: Chat, message_ids: list[int]) -> None:
        for message_id in message_ids:
            chat.messages.pop(message_id, None)
        chat.pinned = [one for one in chat.pinned if one not in message_ids]
        self.feed.tell("deleted", chat.id, message_ids=message_ids)

    def set_reply_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        chat.reply_keyboard = keyboard
        self.feed.tell("reply_keyboard", chat.id, keyboard=keyboard)

    def set_action(self, chat: Chat, action: str | None, thread: int | None = None) -> None:
        """What the bot is busy with, shown for five seconds."""
        if action is None and chat.action is None:
            return
        chat.action = {"action": action, "until": self.clock.time() + 5} if action else None
        self.feed.tell("chat_action", chat.id, action=action, thread=thread, seconds=5 if action else 0)

    def ask(self, chat: Chat, user: int, message_id: int) -> Query:
        """A tap begins to wait for its answer."""
        query = Query(str(secrets.randbits(62)), chat.id, user, message_id, self.clock.time())
        self.queries[query.id] = query
        while len(self.queries) > KEPT_QUERIES:
            del self.queries[next(iter(self.queries))]
        return query

    def reset(self) -> None:
        """No people, chats, files, logs, faults; time as it is outside. What the bot set stays; ids go on growing."""
        for gone in (self.people, self.chats, self.queries, self.calls):
            gone.clear()
        self.files = Files()
        self.faults.clear()
        self.limits.set(enabled=True, burst=self.limits.burst)
        self.mailbox.clear()
        self.clock.reset()
        self.feed.tell("reset")

"""People who have Telegram, and the chats they and the bot are in."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
KEPT_MESSAGES = 1000


@dataclass(slots=True)
class Person:
    """One account; `phone` is digits with the country code, as the client shares it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "uk"
    phone: str = ""
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> Json:
        """The wire's User."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | _filled(optional)


@dataclass(slots=True)
class Message:
    """A message as the wire has it; `markup` is the kind of keyboard it was sent with: inline, other or none."""

    wire: Json
    markup: str = "none"

    @property
    def id(self) -> int:
        return int(self.wire["message_id"])


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group; `members` are the people's ids."""

    id: int
    kind: str
    title: str = ""
    person: Person | None = None
    members: set[int] = field(default_factory=set)
    administrators: set[int] = field(default_factory=set)
    bot_status: str = "member"
    is_forum: bool = False
    opened: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    topics: dict[int, Json] = field(default_factory=dict)
    last_message_id: int = 0
    action: Json | None = None

    def wire(self) -> Json:
        """The wire's Chat."""
        if self.person is not None:
            names = {"username": self.person.username, "last_name": self.person.last_name}
            return {"id": self.id, "type": "private", "first_name": self.person.first_name} | _filled(names)
        return {"id": self.id, "type": self.kind, "title": self.title} | ({"is_forum": True} if self.is_forum else {})

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        while len(self.messages) > KEPT_MESSAGES:
            del self.messages[next(iter(self.messages))]

    def forget(self) -> None:
        """Back to a chat in which nobody wrote yet."""
        self.messages.clear()
        self.pinned.clear()
        self.reply_keyboard = self.action = None
        self.opened = False


def _filled(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value}

"""People who have Telegram, and the chats they and the bot are in."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
KEPT_MESSAGES = 1000
RIGHTS = frozenset(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
        "can_pin_messages",
        "can_manage_topics",
    )
)
"""What an administrator of a group may be allowed to do."""


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
class Topic:
    """A thread of a forum by the id of the message that began it; `creator` is an account's id."""

    id: int
    name: str
    colour: int
    creator: int
    icon: str = ""
    closed: bool = False
    hidden: bool = False

    def wire(self) -> Json:
        """The wire's ForumTopic."""
        icon = {"icon_custom_emoji_id": self.icon} if self.icon else {}
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.colour} | icon


GENERAL = 1
"""The thread in which everything lies that belongs to no topic; the wire never names it."""


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
    bot_rights: frozenset[str] = RIGHTS
    is_forum: bool = False
    opened: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    general: Topic = field(default_factory=lambda: Topic(GENERAL, "General", 0x6FB9F0, 0))
    last_message_id: int = 0
    action: Json | None = None

    def wire(self) -> Json:
        """The wire's Chat."""
        if self.person is not None:
            names = {"username": self.person.username, "last_name": self.person.last_name}
            return {"id": self.id, "type": "private", "first_name": self.person.first_name} | _filled(names)
        return {"id": self.id, "type": self.kind, "title": self.title} | ({"is_forum": True} if self.is_forum else {})

    def bot_may(self, right: str) -> bool:
        """Has the bot this right of an administrator here."""
        return self.bot_status == "administrator" and right in self.bot_rights

    def add(self, message: Message) -> None:
        self.messages[message.id] = message
        while len(self.messages) > KEPT_MESSAGES:
            oldest = next(iter(self.messages))
            del self.messages[oldest]
            self.pinned = [one for one in self.pinned if one != oldest]

    def forget(self) -> None:
        """Back to a chat in which nobody wrote yet."""
        self.messages.clear()
        self.pinned.clear()
        self.reply_keyboard = self.action = None
        self.opened = False


def _filled(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value}

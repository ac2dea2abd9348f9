"""A person with Viber on a phone: who they are, and the chat with the bot as their client shows it."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Status = Literal["sent", "delivered", "seen", "failed"]
CHAT_LENGTH = 500
LONGEST_MESSAGE = 7000
SESSION = 24 * 3600


@dataclass
class Entry:
    """One message of the chat; tokens leave the program as text, since they do not fit a JavaScript number."""

    id: int
    token: int
    side: Literal["bot", "person"]
    kind: str
    content: Json
    at: int
    status: Status = "sent"
    sender: str = ""
    level: int = 1

    def view(self) -> Json:
        shown = {"id": self.id, "token": str(self.token), "from": "bot" if self.side == "bot" else "user"}
        return (
            shown
            | {"type": self.kind, "at": self.at, "status": self.status}
            | {
                "sender": self.sender,
                "level": self.level,
            }
            | self.content
        )


@dataclass
class Person:
    """State of one person towards this bot; `id` is opaque and base64-like as in Viber."""

    id: str
    name: str
    phone: str
    language: str = "uk"
    country: str = "UA"
    api_version: int = 10
    desktop: bool = False
    devices: int = 1
    opened: bool = False
    subscribed: bool = False
    blocked: bool = False
    session_opened_at: float | None = None
    tracking_data: str | None = None
    keyboard: Json | None = None
    keyboard_level: int = 1
    chat: deque[Entry] = field(default_factory=lambda: deque(maxlen=CHAT_LENGTH))
    unanswered: deque[float] = field(default_factory=deque)
    detail_calls: deque[float] = field(default_factory=deque)

    def in_session(self, now: float) -> bool:
        return self.session_opened_at is not None and now < self.session_opened_at + SESSION

    def writes(self, now: float) -> None:
        """A message from the person subscribes them, opens a session if none is open, and lifts the hourly limit."""
        self.opened = self.subscribed = True
        self.unanswered.clear()
        if not self.in_session(now):
            self.session_opened_at = now

    def forget(self) -> None:
        """Back to a person who has never met the bot; who they are and the API's limits stay."""
        self.opened = self.subscribed = self.blocked = False
        self.session_opened_at = self.tracking_data = self.keyboard = None
        self.chat.clear()
        self.unanswered.clear()

    def view(self) -> Json:
        names = ("id", "name", "phone", "language", "country", "api_version", "desktop", "devices")
        shown = {name: getattr(self, name) for name in names}
        return shown | {"opened": self.opened, "subscribed": self.subscribed, "blocked": self.blocked}

    def chat_view(self) -> Json:
        """The chat as the client shows it, the failed messages marked; only the last message's keyboard."""
        keyboard = {"keyboard": self.keyboard, "keyboard_level": self.keyboard_level}
        return {"user": self.view(), "messages": [entry.view() for entry in self.chat]} | keyboard

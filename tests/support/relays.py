"""Messengers in memory, whose chats and topics can be read and broken."""

from dataclasses import dataclass, field, replace
from itertools import count

from bot.conversation.event import File
from bot.conversation.messenger import PlaceRights, ThreadFault, Topics
from bot.conversation.screen import Attachment, Screen, Tap, Traits
from bot.domain.errors import OutsideError, Rejected
from tests.support.neutral import plain


@dataclass(frozen=True, slots=True)
class Message:
    """What stands in a chat."""

    id: str
    to: str
    thread: str
    text: str
    reply_to: str
    file: str
    screen: Screen

    def payload(self, label: str) -> str:
        return next(
            button.action.pack()
            for row in self.screen.rows
            for button in row
            if isinstance(button, Tap) and button.label == label
        )

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.screen.rows for button in row]


@dataclass
class RelayInMemory:
    """`errors` are raised by the next shows, one each."""

    channel: str
    edits: bool = True
    forum: "TopicsInMemory | None" = None
    shown: list[Message] = field(default_factory=list)
    errors: list[OutsideError | None] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = count(1000)
        self.traits = Traits(
            can_edit=self.edits, keeps_menu=self.edits, text_limit=4096, caption_limit=768, label_limit=25, rows=8,
            row_width=6, quotes=self.edits,
        )  # fmt: skip

    @property
    def topics(self) -> Topics | None:
        return self.forum

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        if self.forum is not None:
            self.forum.require(thread)
        id_ = str(next(self._ids))
        self.shown.append(Message(id_, external_id, thread, _text(screen), reply_to, _file(screen), screen))
        return id_

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        for place, message in enumerate(self.shown):
            if (message.id, message.to) == (message_id, external_id) and self.edits:
                self.shown[place] = replace(message, text=_text(screen), screen=screen)
                return True
        return False

    async def check(self) -> str:
        return self.channel

    async def fetch(self, file: File) -> bytes:
        if file.ref not in self.files:
            raise Rejected(self.channel, "fetch", "too_large")
        return self.files[file.ref]

    def to(self, external_id: str, thread: str | None = None) -> list[Message]:
        return [one for one in self.shown if one.to == external_id and thread in (None, one.thread)]


@dataclass
class TopicsInMemory:
    """Topics of one group by their threads; `allowed` is whether the bot may make any."""

    allowed: bool = True
    renames: bool = True
    titles: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    pinned: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = count(1)

    def require(self, thread: str) -> None:
        if thread and thread not in self.titles:
            raise Rejected("telegram", "sendMessage", ThreadFault.GONE)
        if thread in self.closed:
            raise Rejected("telegram", "sendMessage", ThreadFault.CLOSED)

    async def open(self, place: str, title: str) -> str:
        if not self.allowed:
            raise Rejected("telegram", "createForumTopic", ThreadFault.NO_FORUM)
        thread = str(next(self._ids))
        self.titles[thread] = title
        return thread

    async def rename(self, place: str, thread: str, title: str) -> None:
        if thread not in self.titles:
            raise Rejected("telegram", "editForumTopic", ThreadFault.GONE)
        if not self.renames:
            raise Rejected("telegram", "editForumTopic", "rights")
        self.titles[thread] = title

    async def reopen(self, place: str, thread: str) -> None:
        self.closed.discard(thread)
        self.reopened.append(thread)

    async def pin(self, place: str, message_id: str) -> None:
        self.pinned.append(message_id)

    async def rights(self, place: str) -> PlaceRights:
        return PlaceRights("Менеджери", member=True, forum=self.allowed, topics=self.allowed, pins=True)


def _text(screen: Screen) -> str:
    return plain(screen.text).replace("\u00a0", " ")


def _file(screen: Screen) -> str:
    return screen.media.name if isinstance(screen.media, Attachment) else ""

"""The ways by which a notice reaches a person: each draws it in its own form and brings it there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from bot.conversation.context import Context
from bot.conversation.messenger import Messenger, ThreadFault
from bot.conversation.pipeline import Frame
from bot.conversation.screen import Screen
from bot.domain.dispatch import Way
from bot.domain.errors import Rejected
from bot.domain.mail import Attachment, Letter
from bot.domain.money import Money
from bot.domain.notice import Notice
from bot.domain.sms import SmsRefusal
from bot.ports import MailSender, SmsSender

S = TypeVar("S")
Draw = Callable[[Context[S], Notice], Awaitable[Screen | None]]
Renewed = Callable[[Context[S], UUID], Awaitable[Screen | None]]
Brief = Callable[[Context[S], Notice], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as a letter, before it has an address."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


Write = Callable[[Context[S], Notice], Awaitable[Written | None]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What the way calls the message, and what it cost where that is known."""

    message_id: str
    price: Money | None = None


class Parcel(Protocol):
    """A notice drawn for one way; `carry` raises Unavailable, Rejected or Ambiguous.

    `name` is what the way will call it, where that is known before it leaves; else empty.
    """

    def name(self, key: str) -> str: ...

    async def carry(self, to: str, key: str) -> Carried: ...


class Carrier(Protocol[S]):
    """One way. `repeatable`: what was sent once under a key is not sent again under it; `reports`: it can be asked."""

    way: Way
    repeatable: bool
    reports: bool
    at_once: int
    per_second: float

    async def draw(self, context: Context[S], notice: Notice) -> Parcel | None:
        """None where there is nothing left to tell, or no words for it this way."""
        ...

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        """Bring a message that shows the order up to date, where that can be."""
        ...

    def stops(self, refusal: Rejected) -> bool:
        """Whether the refusal says that nothing is to be sent to this address any more."""
        ...

    async def ping(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Shown:
    screen: Screen
    messenger: Messenger
    thread: str = ""

    def name(self, key: str) -> str:
        return ""

    async def carry(self, to: str, key: str) -> Carried:
        """Where the topic is in the way, the whole group reads it."""
        try:
            return Carried(await self.messenger.show(to, self.screen, thread=self.thread))
        except Rejected as error:
            if not self.thread or error.code not in set(ThreadFault):
                raise
            return Carried(await self.messenger.show(to, self.screen))


class ChatCarrier(Generic[S]):
    """A messenger: the notice is a screen. Whoever blocked it is noted by the messenger itself."""

    repeatable = False
    reports = False
    at_once = 8
    per_second = 20.0

    def __init__(self, messenger: Messenger, draw: Draw[S], frame: Frame[S], renewed: Renewed[S]) -> None:
        self.way = Way(messenger.channel)
        self._messenger = messenger
        self._draw = draw
        self._frame = frame
        self._renewed = renewed

    async def draw(self, context: Context[S], notice: Notice) -> _Shown | None:
        screen = await self._draw(context, notice)
        thread = context.event.thread
        return None if screen is None else _Shown(self._frame(screen, context), self._messenger, thread)

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        if not self._messenger.traits.can_edit:
            return
        screen = await self._renewed(context, order_id)
        if screen is not None:
            await self._messenger.renew(context.who.external_id, message_id, screen)

    def stops(self, refusal: Rejected) -> bool:
        return False

    async def ping(self) -> None:
        await self._messenger.check()


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    sender: SmsSender
    part: Money

    def name(self, key: str) -> str:
        return ""

    async def carry(self, to: str, key: str) -> Carried:
        sent = await self.sender.send(to, self.text, key)
        return Carried(sent.id, sent.cost or Money(self.part.kopiykas * sent.parts))


class TextCarrier(Generic[S]):
    """SMS; `part` is what a part of one costs where the provider does not say."""

    way = Way.SMS
    reports = True
    at_once = 2
    per_second = 5.0

    def __init__(self, sender: SmsSender, brief: Brief[S], part: Money) -> None:
        self.repeatable = sender.repeatable
        self._sender = sender
        self._brief = brief
        self._part = part

    async def draw(self, context: Context[S], notice: Notice) -> _Text | None:
        text = await self._brief(context, notice)
        return None if text is None else _Text(text, self._sender, self._part)

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        """What was sent stays as it is."""

    def stops(self, refusal: Rejected) -> bool:
        return refusal.code in (SmsRefusal.BAD_PHONE, SmsRefusal.OPTED_OUT)

    async def ping(self) -> None:
        await self._sender.ping()


@dataclass(frozen=True, slots=True)
class _Posted:
    written: Written
    sender: MailSender
    leave: str

    def name(self, key: str) -> str:
        return self.sender.identity(key)

    async def carry(self, to: str, key: str) -> Carried:
        written = self.written
        leave = f"{self.leave}/{key}" if self.leave else ""
        letter = Letter(
            to, written.subject, written.text, written.html, key, written.attachments, unsubscribe_url=leave
        )
        return Carried(await self.sender.send(letter))


class MailCarrier(Generic[S]):
    """Letters; `leave` is where a person says that they want no more of them, empty where that is not known."""

    way = Way.MAIL
    repeatable = False
    reports = False
    at_once = 2
    per_second = 5.0
    nobody = ("5.1.", "550", "551", "553")
    """Codes of a mailbox that does not exist (RFC 3463, RFC 5321)."""

    def __init__(self, sender: MailSender, write: Write[S], leave: str) -> None:
        self._sender = sender
        self._write = write
        self._leave = leave

    async def draw(self, context: Context[S], notice: Notice) -> _Posted | None:
        written = await self._write(context, notice)
        return None if written is None else _Posted(written, self._sender, self._leave)

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        """What was sent stays as it is."""

    def stops(self, refusal: Rejected) -> bool:
        return str(refusal.code).startswith(self.nobody)

    async def ping(self) -> None:
        await self._sender.ping()

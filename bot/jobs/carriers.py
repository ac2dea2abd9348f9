"""The ways by which a notice reaches a person: each draws it in its own form and brings it there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from bot.conversation.context import Context
from bot.conversation.messenger import Messenger
from bot.conversation.pipeline import Frame
from bot.conversation.screen import Screen
from bot.domain.dispatch import Way
from bot.domain.money import Money
from bot.domain.notice import Notice

S = TypeVar("S")
Draw = Callable[[Context[S], Notice], Awaitable[Screen | None]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What the way calls the message, and what it cost where the way says so."""

    message_id: str
    price: Money | None = None


class Parcel(Protocol):
    """A notice drawn for one way; `carry` raises Unavailable, Rejected or Ambiguous."""

    async def carry(self, to: str, key: str) -> Carried: ...


Renewed = Callable[[Context[S], UUID], Awaitable[Screen | None]]


class Carrier(Protocol[S]):
    """One way. `repeatable`: what was sent once under a key is not sent again under it; `reports`: it can be asked."""

    way: Way
    repeatable: bool
    reports: bool

    async def draw(self, context: Context[S], notice: Notice) -> Parcel | None:
        """None where there is nothing left to tell, or no words for it this way."""
        ...

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        """Bring a message that shows the order up to date, where that can be."""
        ...

    async def ping(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Shown:
    screen: Screen
    messenger: Messenger

    async def carry(self, to: str, key: str) -> Carried:
        return Carried(await self.messenger.show(to, self.screen))


class ChatCarrier(Generic[S]):
    """A messenger: the notice is a screen."""

    repeatable = False
    reports = False

    def __init__(self, messenger: Messenger, draw: Draw[S], frame: Frame[S], renewed: Renewed[S]) -> None:
        self.way = Way(messenger.channel)
        self._messenger = messenger
        self._draw = draw
        self._frame = frame
        self._renewed = renewed

    async def draw(self, context: Context[S], notice: Notice) -> _Shown | None:
        screen = await self._draw(context, notice)
        return None if screen is None else _Shown(self._frame(screen, context), self._messenger)

    async def renew(self, context: Context[S], order_id: UUID, message_id: str) -> None:
        if not self._messenger.traits.can_edit:
            return
        screen = await self._renewed(context, order_id)
        if screen is not None:
            await self._messenger.renew(context.who.external_id, message_id, screen)

    async def ping(self) -> None:
        await self._messenger.check()

"""The way of every event: once, one at a time per person, known, throttled, routed, guarded."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Generic
from uuid import uuid4

from bot.conversation.context import Context, S
from bot.conversation.event import Event, Kind
from bot.conversation.messenger import Delivery, Kept
from bot.conversation.router import Router
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Identity
from bot.domain.dialogue import Turn
from bot.domain.errors import KomoraError
from bot.i18n import translator
from bot.logs import log
from bot.ports import Clock

SESSION = timedelta(hours=24)
MEET_AGAIN = timedelta(minutes=10)
BURST = 30
PER_SECOND = 3.0
REMEMBERED = 10_000

Frame = Callable[[Screen, Context[S]], Screen]
Measured = Callable[[str, str, float], None]
"""Told of every turn: channel, kind of event, seconds."""
Trouble = Callable[[Exception, Context[S], str], Awaitable[Screen]]
logger = log("conversation")


class Pipeline(Generic[S]):
    """The kernel as adapters see it (bot.conversation.messenger.Desk).

    `frame` puts on every screen what all screens share (the menu); `trouble` turns an exception, with the number under
    which it is logged, into a screen; `calm` is the answer to somebody too fast.
    """

    def __init__(
        self,
        books: Books,
        router: Router[S],
        services: S,
        *,
        now: Clock,
        frame: Frame[S],
        trouble: Trouble[S],
        calm: Callable[[Context[S]], Screen],
        default_language: str = "uk",
        burst: int = BURST,
        measured: Measured = lambda *_: None,
    ) -> None:
        self._books = books
        self._router = router
        self._services = services
        self._now = now
        self._frame = frame
        self._trouble = trouble
        self._calm = calm
        self._default_language = default_language
        self._measured = measured
        self._lines = _Lines()
        self._throttle = _Throttle(burst)

    async def answer(self, event: Event) -> Screen | None:
        began = time.perf_counter()
        try:
            return await self._answer(event.storable())
        finally:
            self._measured(event.sender.channel, event.kind.value, time.perf_counter() - began)

    async def _answer(self, event: Event) -> Screen | None:
        sender = event.sender
        async with self._lines.one_at_a_time((sender.channel, sender.external_id)):
            if event.kind is Kind.LEFT:
                await self.unreachable(sender.channel, sender.external_id)
                return None
            now = self._now()
            try:
                who = await self._books.read(_identity, sender.channel, sender.external_id, event.id)
                await self._meet(event, who, now)
            except Exception as error:
                return await self._troubled(
                    error, self._context(event, Identity(sender.channel, sender.external_id), now)
                )
            context = self._context(event, who, now)
            if not self._throttle.allows((sender.channel, sender.external_id)):
                return self._frame(self._calm(context), context)
            return await self._turn(event, context)

    async def _turn(self, event: Event, context: Context[S]) -> Screen:
        try:
            screen = await self._router.answer(event, context)
            if context.dialogue != context.who.dialogue:
                await self._books.write(_save_dialogue, context.turn)
            return self._frame(screen, context)
        except Exception as error:
            return await self._troubled(error, context)

    async def _troubled(self, error: Exception, context: Context[S]) -> Screen:
        number = uuid4().hex[:8]
        if not isinstance(error, KomoraError):
            logger.error("turn failed", number=number, kind=context.event.kind.value, exc_info=error)
        screen = await self._trouble(error, context, number)
        return self._frame(screen, context)

    def _context(self, event: Event, who: Identity, now: datetime) -> Context[S]:
        language = who.language or self._default_language
        return Context(event, who, self._services, translator(language), now)

    async def _meet(self, event: Event, who: Identity, now: datetime) -> None:
        """Note that the person is there; not more often than it matters."""
        session = who.session_opened_at
        opened = session is None or now - session >= SESSION
        fresh = who.last_event_at is not None and now - who.last_event_at < MEET_AGAIN
        if who.known and who.reachable and fresh and not opened:
            return
        sender = event.sender
        name = sender.name[:100] or who.name
        await self._books.write(_meet, sender.channel, sender.external_id, name, now, now if opened else session)

    async def keep(self, channel: str, events: Sequence[tuple[str, str]], at: datetime) -> list[Kept]:
        return [Kept(*row) for row in await self._books.write(_keep, channel, list(events), at)]

    async def kept(self, channel: str) -> list[Kept]:
        return [Kept(*row) for row in await self._books.read(_kept, channel)]

    async def done(self, kept_id: int) -> None:
        await self._books.write(_done, kept_id, self._now())

    async def unreachable(self, channel: str, external_id: str) -> None:
        await self._books.write(_unreachable, channel, external_id)

    async def moved(self, channel: str, old_id: str, new_id: str) -> None:
        await self._books.write(_moved, channel, old_id, new_id)

    async def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        await self._books.write(_sent, channel, external_id, message_id, at, billing)

    async def delivered(self, channel: str, message_id: str, delivery: Delivery) -> None:
        await self._books.write(_delivered, channel, message_id, delivery.value)


class _Lines:
    """A queue of one per person."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def one_at_a_time(self, key: tuple[str, str]) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[key]
            if waiting == 1:
                del self._locks[key]
            else:
                self._locks[key] = lock, waiting - 1


class _Throttle:
    """A bucket of turns per person: a burst of thumbs passes, a machine does not."""

    def __init__(self, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allows(self, key: tuple[str, str]) -> bool:
        moment = self._clock()
        tokens, last = self._buckets.pop(key, (float(self._burst), moment))
        tokens = min(self._burst, tokens + (moment - last) * PER_SECOND)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, moment)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed


def _identity(tx: Tx, channel: str, external_id: str, event_id: str) -> Identity:
    return tx.accounts.identity(channel, external_id, event_id)


def _meet(tx: Tx, channel: str, external_id: str, name: str, at: datetime, session_from: datetime | None) -> None:
    tx.accounts.meet(channel, external_id, name, at, session_from)


def _save_dialogue(tx: Tx, turn: Turn) -> None:
    tx.dialogues.save(turn)


def _keep(tx: Tx, channel: str, events: list[tuple[str, str]], at: datetime) -> list[tuple[int, str]]:
    return tx.inbox.keep(channel, events, at)


def _kept(tx: Tx, channel: str) -> list[tuple[int, str]]:
    return tx.inbox.kept(channel)


def _done(tx: Tx, kept_id: int, at: datetime) -> None:
    tx.inbox.done(kept_id, at)


def _unreachable(tx: Tx, channel: str, external_id: str) -> None:
    tx.accounts.set_reachable(channel, external_id, reachable=False)


def _moved(tx: Tx, channel: str, old_id: str, new_id: str) -> None:
    tx.accounts.move_chat(channel, old_id, new_id)


def _sent(tx: Tx, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
    tx.inbox.sent(channel, external_id, message_id, at, billing)


def _delivered(tx: Tx, channel: str, message_id: str, status: str) -> None:
    tx.inbox.delivered(channel, message_id, status)

"""The way of every event: once, one at a time per person, known, throttled, routed, guarded."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic
from uuid import UUID, uuid4

from bot.conversation.context import Context, S
from bot.conversation.event import Event, Kind
from bot.conversation.inbox import Inbox
from bot.conversation.messenger import Delivery, Kept
from bot.conversation.router import STAFF_ONLY, Router
from bot.conversation.screen import Screen
from bot.conversation.staff import REFUSED, StaffGroups
from bot.conversation.turns import Lines, Throttle
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Identity
from bot.domain.desk import ROLE, Role
from bot.domain.desk_jobs import Post, post_job
from bot.domain.dialogue import Turn
from bot.domain.dispatch import DispatchState, Way
from bot.domain.errors import BusinessError, Forbidden, KomoraError
from bot.i18n import translator
from bot.logs import log
from bot.ports import Clock

SESSION = timedelta(hours=24)
MEET_AGAIN = timedelta(minutes=10)
BURST = 30

Frame = Callable[[Screen, Context[S]], Screen]
Measured = Callable[[str, str, float], None]
"""Told of every turn: channel, kind of event, seconds."""
Trouble = Callable[[Exception, Context[S], str], Awaitable[Screen]]
Came = Callable[[Tx, Way, str, DispatchState, datetime], None]
"""Told what became of a message, in the transaction that notes it."""
logger = log("conversation")


class Pipeline(Generic[S]):
    """The kernel as adapters see it (bot.conversation.messenger.Desk).

    `frame` puts on every screen what all screens share (the menu); `trouble` turns an exception, with the number under
    which it is logged, into a screen; `calm` is the answer to somebody too fast. `came` hears what became of our
    messages. `staff` names the desk of each group
    of the wholesaler's own people; what happens in other groups is not answered.
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
        came: Came,
        default_language: str = "uk",
        burst: int = BURST,
        measured: Measured = lambda *_: None,
        staff: Mapping[str, str] | None = None,
    ) -> None:
        self._books = books
        self._router = router
        self._services = services
        self._now = now
        self._frame = frame
        self._trouble = trouble
        self._calm = calm
        self._came = came
        self._default_language = default_language
        self._measured = measured
        self._staff = StaffGroups(books, staff or {})
        self._inbox = Inbox(books, now)
        self._lines = Lines()
        self._throttle = Throttle(burst)

    async def answer(self, event: Event) -> Screen | None:
        began = time.perf_counter()
        try:
            return await self._answer(event.storable())
        finally:
            self._measured(event.sender.channel, event.kind.value, time.perf_counter() - began)

    async def _answer(self, event: Event) -> Screen | None:
        if event.place:
            return await self._answer_staff(event)
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

    async def _answer_staff(self, event: Event) -> Screen | None:
        """A group is one conversation, whoever speaks or presses in it; a group of strangers is not for us."""
        sender = event.sender
        desk = await self._staff.desk_at(sender.channel, event.place)
        tapped = event.kind is Kind.TAPPED or (desk is not None and self._router.concerns(desk, event))
        if tapped and not self._throttle.allows((sender.channel, sender.external_id)):
            return None
        if desk is None:
            if tapped and self._router.is_for_staff(event.action):
                logger.warning("staff action refused", channel=sender.channel, place=event.place)
                await self._staff.refused(event, self._now())
            return None
        async with self._lines.one_at_a_time((sender.channel, event.place)):
            who = Identity(sender.channel, sender.external_id, sender.name[:100], desk=desk)
            context = self._context(event, who, self._now())
            try:
                context.who = replace(who, role=await self._staff.met(event, self._now()))
                if tapped:
                    await self._staff.begins(event, desk, self._now())
            except Exception as error:
                return await self._troubled(error, context)
            return await self._acts(event, context) if tapped else await self._turn(event, context)

    async def _acts(self, event: Event, context: Context[S]) -> Screen | None:
        """Somebody of the staff presses a button: it is in the log before anything is done, and then how it ended."""
        if context.who.role is Role.WATCHER:
            context.ended = REFUSED
            screen: Screen | None = await self._troubled(Forbidden(ROLE), context)
        else:
            screen = await self._turn(event, context)
        await self._staff.ended(event, context.about, context.ended)
        return screen

    async def _turn(self, event: Event, context: Context[S]) -> Screen | None:
        try:
            screen = await self._router.answer(event, context)
            if context.dialogue != context.who.dialogue:
                await self._books.write(_save_dialogue, context.turn)
            return None if screen is None else self._frame(screen, context)
        except Exception as error:
            context.ended = REFUSED if isinstance(error, BusinessError) else "failed"
            if isinstance(error, Forbidden) and error.args == (STAFF_ONLY,) and not context.who.desk:
                await self._staff.refused(event, self._now())
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
        return await self._inbox.keep(channel, events, at)

    async def kept(self, channel: str, *, alone: bool = False) -> list[Kept]:
        return await self._inbox.kept(channel, alone=alone)

    async def done(self, kept_id: int) -> None:
        await self._inbox.done(kept_id)

    async def leads(self, task: str) -> bool:
        return await self._books.leads(task)

    async def resign(self, task: str) -> None:
        await self._books.resign(task)

    async def unreachable(self, channel: str, external_id: str) -> None:
        await self._books.write(_unreachable, channel, external_id)

    async def moved(self, channel: str, old_id: str, new_id: str) -> None:
        await self._books.write(_moved, channel, old_id, new_id)

    async def thread_closed(self, channel: str, place: str, thread: str, *, closed: bool) -> None:
        await self._books.write(_closed, place, thread, closed)

    async def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        await self._books.write(_sent, channel, external_id, message_id, at, billing)

    async def shown(self, channel: str, external_id: str, message_id: str, about: UUID | None) -> None:
        try:
            if await self._books.read(_stands_in, channel, external_id, message_id) != about:
                await self._books.write(_shown, channel, external_id, message_id, about, self._now())
        except Exception as error:
            logger.error("a message will not be renewed", channel=channel, error=type(error).__name__)

    async def delivered(self, channel: str, message_id: str, delivery: Delivery) -> None:
        await self._books.write(self._delivered, channel, message_id, delivery.value, self._now())

    def _delivered(self, tx: Tx, channel: str, message_id: str, delivery: str, at: datetime) -> None:
        tx.inbox.delivered(channel, message_id, delivery, at)
        self._came(tx, Way(channel), message_id, DispatchState(delivery), at)
        lost = tx.relayed.lost(channel, message_id) if delivery == Delivery.FAILED.value else None
        if lost is not None:
            said = {"reason": delivery}
            tx.jobs.add(post_job(lost.topic_id, Post.FAILED, f"{lost.id}:reported", message=lost.id, said=said))


def _identity(tx: Tx, channel: str, external_id: str, event_id: str) -> Identity:
    return tx.accounts.identity(channel, external_id, event_id)


def _meet(tx: Tx, channel: str, external_id: str, name: str, at: datetime, session_from: datetime | None) -> None:
    tx.accounts.meet(channel, external_id, name, at, session_from)


def _save_dialogue(tx: Tx, turn: Turn) -> None:
    tx.dialogues.save(turn)


def _unreachable(tx: Tx, channel: str, external_id: str) -> None:
    tx.accounts.set_reachable(channel, external_id, reachable=False)


def _moved(tx: Tx, channel: str, old_id: str, new_id: str) -> None:
    tx.accounts.move_chat(channel, old_id, new_id)
    tx.desk.move_place(old_id, new_id)


def _closed(tx: Tx, place: str, thread: str, closed: bool) -> None:
    tx.desk.set_closed(place, thread, closed=closed)


def _sent(tx: Tx, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
    tx.inbox.sent(channel, external_id, message_id, at, billing)


def _stands_in(tx: Tx, channel: str, external_id: str, message_id: str) -> UUID | None:
    return tx.shown_orders.stands_in(channel, external_id, message_id)


def _shown(tx: Tx, channel: str, external_id: str, message_id: str, about: UUID | None, at: datetime) -> None:
    tx.shown_orders.shown(channel, external_id, message_id, about, at)

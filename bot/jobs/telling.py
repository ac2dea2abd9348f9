"""Notices on their way: a screen for each person by how things stand, through the messenger it was made for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.conversation.messenger import Messenger
from bot.conversation.pipeline import Frame
from bot.conversation.screen import Screen
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.client import Identity
from bot.domain.errors import Rejected
from bot.domain.job import Postponed, Run
from bot.domain.notice import PRICES, Notice, NoticeKind
from bot.i18n import translator
from bot.logs import log
from bot.ports import Clock
from bot.services.standing import Standing

Desk = tuple[str, str]
"""A messenger, and the id of a staff group there."""
LEANS_ON: Mapping[NoticeKind, Subject] = dict.fromkeys(PRICES, Subject.PRICES)
"""What must be fresh for a notice to leave."""
LOOK_EVERY = timedelta(minutes=5)
WAITS = timedelta(hours=4)
PER_SECOND = 20.0
BURST = 20
logger = log("notices")


class Knows(Protocol):
    """Services that say how fresh is what we know."""

    @property
    def standing(self) -> Standing: ...


S = TypeVar("S", bound=Knows)


Draw = Callable[[Context[S], Notice], Awaitable[Screen | None]]


class Telling(Generic[S]):
    """The handlers of the jobs TELL and TELL_STAFF."""

    def __init__(
        self,
        books: Books,
        services: S,
        messengers: Mapping[str, Messenger],
        desks: Mapping[str, Desk],
        *,
        draw: Draw[S],
        frame: Frame[S],
        now: Clock,
        pause: Callable[[float], Awaitable[None]],
        default_language: str = "uk",
    ) -> None:
        self._books = books
        self._services = services
        self.messengers = messengers
        self._desks = desks
        self._draw = draw
        self._frame = frame
        self._now = now
        self._pause = pause
        self._default_language = default_language

    async def tell(self, run: Run) -> None:
        """To a person; one who cannot be reached in this messenger is let be.

        Raises Unavailable, Ambiguous, and Postponed for what leans on data that is old just now.
        """
        if await self._waits_in_vain(run):
            return
        args = run.job.args
        channel, to = str(args["channel"]), str(args["to"])
        who = await self._books.read(_recipient, channel, to, str(args["about"]))
        if who.person_id is None or who.buyer is None or not who.reachable or channel not in self.messengers:
            return
        await self._show(run, who, channel, to)

    async def tell_staff(self, run: Run) -> None:
        """To a desk's group; without one the log tells."""
        desk = str(run.job.args["desk"])
        if desk not in self._desks:
            logger.warning("a notice for staff, and no group for it", desk=desk, kind=run.job.args["kind"])
            return
        channel, group = self._desks[desk]
        await self._show(run, Identity(channel, group, desk=desk), channel, group)

    async def _waits_in_vain(self, run: Run) -> bool:
        """No price leaves on old prices: it waits for fresh ones, for some hours."""
        kind = NoticeKind(str(run.job.args["kind"]))
        subject = LEANS_ON.get(kind)
        if subject is None or await self._services.standing.may_leave(subject):
            return False
        job, now = await self._books.read(lambda tx: tx.jobs.show(run.id)), self._now()
        if job is None or now - job.added_at < WAITS:
            raise Postponed(now + LOOK_EVERY)
        logger.warning("a notice waited in vain for fresh data", kind=kind.value, subject=subject.value)
        return True

    async def _show(self, run: Run, who: Identity, channel: str, to: str) -> None:
        args, now = run.job.args, self._now()
        notice = Notice(NoticeKind(str(args["kind"])), str(args["about"]), str(args["version"]))
        event = Event(f"notice:{run.id}", Sender(channel, to), Kind.STARTED, now)
        context = Context(event, who, self._services, translator(who.language or self._default_language), now)
        screen = await self._draw(context, notice)
        if screen is None:
            return
        await self._pause((await self._books.write(_reserve, channel, now)).total_seconds())
        try:
            await self.messengers[channel].show(to, self._frame(screen, context))
        except Rejected as error:
            if error.of_system:
                raise
            logger.warning("a notice was not taken", channel=channel, kind=notice.kind.value, code=error.code)


def _recipient(tx: Tx, channel: str, external_id: str, about: str) -> Identity:
    """The account, acting for the client whom the notice concerns; without a buyer where it acts for none such."""
    who = tx.accounts.identity(channel, external_id, None)
    client_id = tx.orders.client_of(about) or tx.payments.client_of(about)
    if client_id is None or who.person_id is None:
        return who
    concerned = tx.clients.buyer_for(client_id, who.person_id)
    return replace(who, buyer=concerned, visiting=who.buyer != concerned)


def _reserve(tx: Tx, channel: str, now: datetime) -> timedelta:
    return tx.limits.reserve(f"notices:{channel}", PER_SECOND, BURST, now)

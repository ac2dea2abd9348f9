"""Notices on their way: drawn for each person by how things stand, and brought the way that was found for them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from bot.conversation.context import Context
from bot.conversation.event import Event, Kind, Sender
from bot.db.books import Books
from bot.db.dispatches import DispatchRow
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.client import Identity
from bot.domain.dispatch import CHATS, DispatchState, Terms, Way, may_leave
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import Postponed, Run
from bot.domain.notice import DEBTS, PRICES, RULES, STOCK, Notice, NoticeKind
from bot.domain.sms import SmsRefusal
from bot.i18n import translator
from bot.jobs.carriers import Carried, Carrier, Parcel
from bot.logs import log
from bot.ports import Clock
from bot.services.arrivals import left
from bot.services.dispatch import another_way
from bot.services.notices import tell_staff
from bot.services.reminders import why_not
from bot.services.standing import Standing

Desk = tuple[str, str]
"""A messenger, and the id of a staff group there."""
LEANS_ON: Mapping[NoticeKind, Subject] = (
    dict.fromkeys(PRICES, Subject.PRICES)
    | dict.fromkeys(STOCK, Subject.STOCK)
    | dict.fromkeys(DEBTS, Subject.RECEIVABLES)
)
"""What must be fresh for a notice to leave."""
LOOK_EVERY = timedelta(minutes=5)
WAITS = timedelta(hours=4)
TOPPED_UP = timedelta(minutes=10)
"""So often it is tried whether a sender of messages has been paid again."""
logger = log("notices")


class Knows(Protocol):
    """Services that say how fresh is what we know."""

    @property
    def standing(self) -> Standing: ...


S = TypeVar("S", bound=Knows)


class Telling(Generic[S]):
    """The handlers of the jobs TELL and TELL_STAFF."""

    def __init__(
        self,
        books: Books,
        services: S,
        carriers: Sequence[Carrier[S]],
        desks: Mapping[str, Desk],
        *,
        now: Clock,
        pause: Callable[[float], Awaitable[None]],
        default_language: str = "uk",
        terms: Terms | None = None,
    ) -> None:
        self._terms = terms or Terms()
        self._books = books
        self._services = services
        self.carriers = {carrier.way: carrier for carrier in carriers}
        self._desks = desks
        self._now = now
        self._pause = pause
        self._default_language = default_language

    async def tell(self, run: Run) -> None:
        """A dispatch to its person. Killed in the midst of sending, it is not sent twice, but where that is harmless.

        Raises Unavailable, and Postponed for what leans on data that is old just now; Ambiguous and Rejected where the
        way can be asked again under the same key, or refuses us altogether.
        """
        row = await self._books.read(_underway, UUID(str(run.job.args["dispatch"])), run.job.args["time"])
        if row is None or row.way is None or row.address is None or await self._waits_in_vain(run, row):
            return
        self._let_sleep(row)
        carrier, who = self.carriers.get(row.way), await self._books.read(_recipient, row)
        if who is None:
            await self._settled(row, DispatchState.DROPPED, "not_theirs")
        elif carrier is None or not who.reachable:
            await self._books.write(another_way, row)
        elif row.state is DispatchState.SENDING and not carrier.repeatable:
            await self._settled(row, DispatchState.UNSURE, "interrupted")
        elif (parcel := await carrier.draw(self._context(f"dispatch:{row.id}", who), row.notice)) is None:
            await self._settled(row, DispatchState.DROPPED, await self._books.read(why_not, row.notice))
        else:
            await self._wait(carrier)
            await self._carry(row, carrier, parcel)

    async def tell_staff(self, run: Run) -> None:
        """To a desk's group; without one the managers' group, or the log, tells."""
        desk, args = str(run.job.args["desk"]), run.job.args
        if desk not in self._desks:
            logger.warning("a notice for staff, and no group for it", desk=desk, kind=args["kind"])
            return
        channel, group = self._desks[desk]
        notice = Notice(NoticeKind(str(args["kind"])), str(args["about"]), str(args["version"]))
        carrier = self.carriers[Way(channel)]
        who = Identity(channel, group, desk=desk)
        thread = await self._books.read(_topic_about, channel, group, notice)
        parcel = await carrier.draw(self._context(f"notice:{run.id}", who, thread), notice)
        if parcel is None:
            return
        await self._wait(carrier)
        try:
            await parcel.carry(group, run.id)
        except Rejected as error:
            if error.of_system:
                raise
            logger.warning("a notice was not taken", channel=channel, kind=notice.kind.value, code=error.code)

    async def renew(self, run: Run) -> None:
        """The job of `notices.renew_shown`: a message that shows an order says how things stand with it now.

        Raises Unavailable; that it may have happened is enough, because a second time does no harm.
        """
        args = run.job.args
        channel, to, order_id = str(args["channel"]), str(args["to"]), UUID(str(args["order"]))
        carrier = self.carriers.get(Way(channel))
        who = await self._books.read(_visitor, channel, to, order_id, str(args["message"]))
        if carrier is None or who is None:
            return
        try:
            await carrier.renew(self._context(f"renew:{run.id}", who), order_id, str(args["message"]))
        except Rejected as error:
            if error.of_system:
                raise
            logger.info("a message was not renewed", channel=channel, code=error.code)

    async def _carry(self, row: DispatchRow, carrier: Carrier[S], parcel: Parcel) -> None:
        assert row.address is not None
        name = parcel.name(str(row.id))
        if not await self._books.write(lambda tx: tx.dispatches.begin(row, name, again=carrier.repeatable)):
            return
        try:
            carried = await parcel.carry(row.address, str(row.id))
        except Ambiguous as error:
            if carrier.repeatable:
                raise
            await self._settled(row, DispatchState.UNSURE, f"{error.system} {error.code or ''}".strip())
            raise Unavailable(error.system, error.operation, error.code) from error  # does it answer at all?
        except Unavailable:
            await self._books.write(lambda tx: tx.dispatches.settle(row.id, DispatchState.QUEUED))
            raise
        except Rejected as error:
            await self._books.write(self._refused, row, error, carrier.stops(error))
            if error.code == SmsRefusal.NO_FUNDS:
                raise Postponed(self._now() + TOPPED_UP) from error
            if error.of_system:
                raise
            logger.warning("a notice was not taken", channel=carrier.way.value, code=error.code)
        else:
            await self._books.write(self._sent, row, carried, carrier.reports)

    def _sent(self, tx: Tx, row: DispatchRow, carried: Carried, reports: bool) -> None:
        left(tx, row, carried.message_id, self._now(), price=carried.price, asked=reports)

    def _refused(self, tx: Tx, row: DispatchRow, error: Rejected, stops: bool) -> None:
        """This message goes another way; where the way takes none of ours, all of its wait there."""
        assert row.way is not None and row.address is not None
        if error.code == SmsRefusal.NO_FUNDS:
            tell_staff(tx, Notice(NoticeKind.NO_FUNDS, error.system, f"{self._now():%Y-%m-%d}"))
        if error.of_system:
            tx.dispatches.settle(row.id, DispatchState.QUEUED)
            return
        if stops:
            tx.reach.stop(row.way, row.address, str(error.code), self._now())
        tx.dispatches.not_taken(row, str(error.code or ""))
        another_way(tx, row)

    async def _settled(self, row: DispatchRow, state: DispatchState, reason: str) -> None:
        await self._books.write(lambda tx: tx.dispatches.settle(row.id, state, reason))

    def _let_sleep(self, row: DispatchRow) -> None:
        """What was to leave in the daytime, or in the office's hours, does not leave outside them. Raises Postponed."""
        now = self._now()
        if (later := may_leave(RULES[row.notice.kind], now, self._terms)) > now:
            raise Postponed(later)

    async def _waits_in_vain(self, run: Run, row: DispatchRow) -> bool:
        """Nothing leaves on old prices, stock or debts: it waits for fresh ones, for some hours."""
        subject = LEANS_ON.get(row.notice.kind)
        if subject is None or await self._services.standing.may_leave(subject):
            return False
        now = self._now()
        if now - datetime.fromisoformat(str(run.job.args["at"])) < WAITS:
            raise Postponed(now + LOOK_EVERY)
        logger.warning("a notice waited in vain for fresh data", kind=row.notice.kind.value, subject=subject.value)
        told = RULES[row.notice.kind].compulsory and row.notice.kind not in DEBTS
        state = DispatchState.FAILED if told else DispatchState.DROPPED
        await self._settled(row, state, "old_data")
        return True

    def _context(self, event_id: str, who: Identity, thread: str = "") -> Context[S]:
        now = self._now()
        event = Event(event_id, Sender(who.channel, who.external_id), Kind.STARTED, now, thread=thread)
        return Context(event, who, self._services, translator(who.language or self._default_language), now)

    async def _wait(self, carrier: Carrier[S]) -> None:
        pause = await self._books.write(_reserve, carrier.way.value, carrier.per_second, self._now())
        await self._pause(pause.total_seconds())


def _topic_about(tx: Tx, channel: str, group: str, notice: Notice) -> str:
    """The topic in that group of the client whom a notice for staff is about; empty where there is none."""
    client_id = tx.desk.client_about(notice)
    return tx.desk.thread_of(tx.accounts.chat_now(channel, group), client_id) if client_id else ""


def _underway(tx: Tx, dispatch_id: UUID, time: object) -> DispatchRow | None:
    """None where it is over, or goes another way than the one of this `time` by now."""
    row = tx.dispatches.row(dispatch_id)
    return row if row and row.routed == time and row.state in (DispatchState.QUEUED, DispatchState.SENDING) else None


def _recipient(tx: Tx, row: DispatchRow) -> Identity | None:
    """The person on this way, acting for the client whom the notice concerns; None where they do not any more.

    An account that is not theirs any more counts as one that cannot be reached.
    """
    assert row.way is not None and row.address is not None
    if row.person_id is None:
        who = tx.reach.recipient(row.way, row.address, None)
        return replace(who, buyer=tx.clients.buyer_of(row.client_id))
    buyer = tx.clients.buyer_for(row.client_id, row.person_id)
    if buyer is None:
        return None
    if row.way not in CHATS:
        stopped = tx.reach.stopped(row.way, row.address)
        return replace(tx.reach.recipient(row.way, row.address, row.person_id), buyer=buyer, reachable=not stopped)
    who = tx.accounts.identity(row.way.value, row.address, None)
    theirs = who.reachable and who.person_id == row.person_id
    return replace(who, buyer=buyer, visiting=who.buyer != buyer, reachable=theirs)


def _visitor(tx: Tx, channel: str, external_id: str, order_id: UUID, message: str) -> Identity | None:
    """Whoever has the account now, acting for the order's client; None where they do not act for it.

    None too where something else is shown in the message by now.
    """
    if tx.shown_orders.stands_in(channel, external_id, message) != order_id:
        return None
    who = tx.accounts.identity(channel, external_id, None)
    client_id = tx.orders.client_of(str(order_id))
    if who.person_id is None or client_id is None:
        return None
    buyer = tx.clients.buyer_for(client_id, who.person_id)
    return replace(who, buyer=buyer) if buyer else None


def _reserve(tx: Tx, way: str, per_second: float, now: datetime) -> timedelta:
    return tx.limits.reserve(f"notices:{way}", per_second, round(per_second), now)

"""Finding a way for every notice: the cheapest that reaches, in waking hours, within this month's budget."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from bot.db.books import Books
from bot.db.dispatches import DispatchRow
from bot.db.tx import Tx
from bot.domain.dispatch import (
    SESSION,
    SESSION_ENDS,
    DispatchState,
    Hold,
    Nobody,
    Plan,
    Send,
    Terms,
    Way,
    awake,
    choose,
    month_of,
)
from bot.domain.job import Job, JobView, Queue, Run
from bot.domain.money import ZERO, Money
from bot.domain.notice import BY_TEXT, DEBTS, PRICES, RULES, STOCK, Notice, NoticeKind, NoticeRules
from bot.ports import Clock
from bot.services.notices import ROUTE, TELL, find_way, tell_finance

RELEASE = "release_notices"
AT_ONCE = 200
URGENT = timedelta(hours=1)
"""So long after its event an urgent notice is worth another way at night."""
LINES = ((PRICES, "prices"), (STOCK, "stock"), (DEBTS, "debts"))
"""Notices that lean on fresh data wait in lines of their own."""


class Dispatching:
    """The office's outgoing post. A notice goes one way at a time; what a way does not take goes another."""

    def __init__(self, books: Books, terms: Terms, now: Clock) -> None:
        self._books = books
        self._terms = terms
        self._now = now

    async def route(self, run: Run) -> None:
        """The job of `notices.find_way`."""
        await self._books.write(self._route, UUID(str(run.job.args["dispatch"])))

    async def release(self, _: Run) -> None:
        """What was held until now, or rides along because somebody has opened a session."""
        await self._books.write(self._release)

    def _route(self, tx: Tx, dispatch_id: UUID) -> None:
        row = tx.dispatches.row(dispatch_id, lock=True)
        if row is None or row.state not in (DispatchState.QUEUED, DispatchState.HELD):
            return
        now, rules = self._now(), RULES[row.notice.kind]
        if row.person_id and not rules.compulsory and rules.topic in tx.reach.mutes(row.person_id):
            tx.dispatches.settle(row.id, DispatchState.DROPPED, "muted", price=None)
            return
        match self._plan(tx, row, now):
            case Send(address, price):
                self._send(tx, row, address.way, address.to, price)
            case Hold(until):
                tx.dispatches.hold(row.id, until)
            case Nobody(why):
                tx.dispatches.settle(row.id, DispatchState.FAILED, row.reason or why, price=None, arrived_at=now)
                if why == "budget":
                    tell_finance(tx, Notice(NoticeKind.BUDGET, f"{month_of(now):%Y-%m}"))

    def _plan(self, tx: Tx, row: DispatchRow, now: datetime) -> Plan:
        """What costs something is weighed against what is left, by one at a time, until it is written down.

        What had a way and did not come by it wakes nobody hours later.
        """
        rules = RULES[row.notice.kind]
        if row.tried and now - row.queued_at > URGENT:
            rules = replace(rules, urgent=False)
        addresses = [one for one in tx.reach.addresses(row.person_id, row.client_id) if one.way not in row.tried]
        rules, terms = _for_this(tx, row.notice, rules, self._terms)
        found = partial(choose, rules, addresses, terms, now, queued_at=row.queued_at)
        plan = found()
        if self._terms.budget is None or not (isinstance(plan, Send) and plan.price):
            return plan
        tx.dispatches.spend_in_turn(month_of(now))
        return found(left=money_left(tx, self._terms, now))

    def _send(self, tx: Tx, row: DispatchRow, way: Way, to: str, price: Money) -> None:
        """What leans on fresh data may have to wait, and holds up nothing else on its way there."""
        tx.dispatches.route(row.id, way, to, price)
        line = next((name for kinds, name in LINES if row.notice.kind in kinds), "chat")
        tx.jobs.add(
            Job(
                TELL,
                Queue(way.value),
                {"dispatch": str(row.id), "time": row.routed, "at": self._now().isoformat()},
                key=f"{TELL}:{row.id}:{row.routed}",
                lock=f"{line}:{way.value}:{to}",
                priority=5 if RULES[row.notice.kind].urgent else 0,
            )
        )

    def _release(self, tx: Tx) -> None:
        now = self._now()
        since = now - SESSION + SESSION_ENDS if awake(now, self._terms) == now else None
        for row in tx.dispatches.due(now, since, AT_ONCE):
            another_way(tx, row)


def _for_this(tx: Tx, notice: Notice, rules: NoticeRules, terms: Terms) -> tuple[NoticeRules, Terms]:
    """A reminder is worth what its level says, and goes by the ways of its level; a text beside a chat by text."""
    if notice.version == BY_TEXT:
        return rules, replace(terms, ways=frozenset(terms.ways) & {Way.SMS})
    reminder = tx.reminders.row(UUID(notice.about)) if notice.kind is NoticeKind.REMINDER else None
    if reminder is None:
        return rules, terms
    ways = frozenset(terms.ways) & reminder.ways
    return replace(rules, worth=reminder.worth), replace(terms, ways=ways)


def money_left(tx: Tx, terms: Terms, now: datetime) -> Money | None:
    """What may still be spent on messages this month; None without a limit."""
    if terms.budget is None:
        return None
    return max(terms.budget - tx.dispatches.spent(month_of(now)), ZERO)


def given_up(tx: Tx, job: JobView) -> None:
    """A job that was to bring a notice is a dead letter: the notice goes another way, or is known not to have gone."""
    if job.name not in (TELL, ROUTE):
        return
    row = tx.dispatches.row(UUID(str(job.args["dispatch"])), lock=True)
    if row is None or row.state not in (DispatchState.QUEUED, DispatchState.SENDING):
        return
    if row.state is DispatchState.SENDING:
        tx.dispatches.settle(row.id, DispatchState.UNSURE, "given up")
    elif job.name == ROUTE or row.way is None:
        tx.dispatches.settle(row.id, DispatchState.FAILED, "given up", price=None)
    elif row.routed == job.args.get("time"):
        tx.dispatches.not_taken(row, "given up")
        another_way(tx, row)


def another_way(tx: Tx, row: DispatchRow) -> None:
    """Find a way for it anew."""
    find_way(tx, row.id, row.person_id or row.client_id, tx.dispatches.queue_again(row.id))

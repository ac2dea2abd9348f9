"""Who is to be told: a dispatch for every person and a job to find its way, written with the change they tell of."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.job import Job, Queue
from bot.domain.notice import FINANCE, MANAGERS, RULES, Audience, Notice, NoticeKind

ROUTE = "route_notice"
TELL = "tell"
TELL_STAFF = "tell_staff"
RENEW = "renew_shown"
RENEWED = timedelta(days=30)
"""An order shown longer ago is not looked at any more."""


def tell_client(tx: Tx, client_id: UUID, notice: Notice, at: datetime, *, but: Collection[UUID] = frozenset()) -> int:
    """Everybody of the client whom its kind concerns, each once, `but` those who know; returns how many.

    A client of whom no person is known is told at its own address.
    """
    rules = RULES[notice.kind]
    people: list[UUID | None] = [
        person
        for person in tx.reach.audience(client_id, rules.audience)
        if person not in but and (rules.compulsory or rules.topic not in tx.reach.mutes(person))
    ]
    if not people and not tx.reach.has_people(client_id) and tx.reach.addresses(None, client_id):
        people = [None]
    for person in people:
        tell_person(tx, person, client_id, notice, at)
    return len(people)


def tell_person(tx: Tx, person_id: UUID | None, client_id: UUID, notice: Notice, at: datetime) -> UUID | None:
    """One of them, or the client's own address; returns the dispatch, None where they have this notice already."""
    dispatch = tx.dispatches.add(person_id, client_id, notice, at)
    if dispatch is not None:
        find_way(tx, dispatch, person_id or client_id)
    return dispatch


def tell_payers(tx: Tx, client_id: UUID, order_id: UUID, at: datetime, *, ordered_by: UUID | None = None) -> None:
    """The way to pay for a new order, to those who pay and do not see it with the order itself.

    Of an order of the office everybody who orders is told, with the way to pay.
    """
    knows = {ordered_by} if ordered_by else tx.reach.audience(client_id, Audience.ORDERS)
    tell_client(tx, client_id, Notice(NoticeKind.PAY_LINK, str(order_id)), at, but=knows)


def find_way(tx: Tx, dispatch: UUID, whose: UUID, time: int = 0) -> None:
    """A job that finds a way for it; notices of one person are routed in their order."""
    tx.jobs.add(
        Job(
            ROUTE,
            Queue.LOCAL,
            {"dispatch": str(dispatch)},
            key=f"{ROUTE}:{dispatch}:{time}",
            lock=f"notices:{whose}",
            priority=3,
        )
    )


def renew_shown(tx: Tx, order_id: UUID, version: str, at: datetime) -> None:
    """Messages that show the order are brought up to date where the messenger can."""
    for channel, to, message in tx.shown_orders.shown_in(order_id, at - RENEWED):
        tx.jobs.add(
            Job(
                RENEW,
                Queue(channel),
                {"channel": channel, "to": to, "message": message, "order": str(order_id)},
                key=f"{RENEW}:{channel}:{to}:{message}:{version}",
                lock=f"chat:{channel}:{to}",
            )
        )


def tell_staff(tx: Tx, notice: Notice, desk: str = MANAGERS, *, after: datetime | None = None) -> None:
    """The group of a desk; where it has none, the log tells. Not before `after`, where more is to come together."""
    tx.jobs.add(
        Job(
            TELL_STAFF,
            Queue.TELEGRAM,
            {"kind": notice.kind.value, "about": notice.about, "version": notice.version, "desk": desk},
            key=f"tell:{desk}:{notice.key}",
            lock=f"desk:{desk}",
            not_before=after,
        )
    )


def tell_finance(tx: Tx, notice: Notice) -> None:
    """The group that money concerns."""
    tell_staff(tx, notice, FINANCE)

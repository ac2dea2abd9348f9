"""One notice on its way to one person: which way it goes, when, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.money import ZERO, Money
from bot.domain.notice import NoticeRules
from bot.domain.workdays import Workdays

KYIV = ZoneInfo("Europe/Kyiv")
SESSION = timedelta(hours=24)
"""So long after a person wrote, Viber brings them messages for nothing (viber.md)."""
SESSION_ENDS = timedelta(minutes=10)
"""A session this near to its end is not counted on."""
RIDE = timedelta(days=3)
"""So long a notice that is not urgent waits for a way that costs nothing."""


class Way(StrEnum):
    """By what a message is brought, in the order of preference where two cost the same."""

    TELEGRAM = "telegram"
    VIBER = "viber"
    MAIL = "mail"
    SMS = "sms"


CHATS = frozenset({Way.TELEGRAM, Way.VIBER})
_RANK = {way: rank for rank, way in enumerate(Way)}


class DispatchState(StrEnum):
    """What became of a message; the journal of notices."""

    QUEUED = "queued"
    HELD = "held"  # until morning, or until a way opens that costs nothing
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"  # no way brought it
    UNSURE = "unsure"  # it may have arrived: nobody knows, and it is not repeated
    DROPPED = "dropped"  # there was nothing left to tell, or it was not wanted


OPEN = frozenset({DispatchState.QUEUED, DispatchState.HELD})
"""Not on its way yet: what it says is decided when it leaves."""
ARRIVED = {DispatchState.SENT: 0, DispatchState.UNSURE: 0, DispatchState.DELIVERED: 1, DispatchState.SEEN: 2}
"""How far a message came; news of it only ever go forward."""
SURELY = frozenset(ARRIVED) - {DispatchState.UNSURE}
"""What counts as sent."""
WENT = frozenset(ARRIVED) | {DispatchState.FAILED}
"""What a way may have taken money for."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached by a way; `session_from`: when they last opened Viber's session."""

    way: Way
    to: str
    session_from: datetime | None = None

    def has_session(self, now: datetime) -> bool:
        return self.session_from is not None and now < self.session_from + SESSION - SESSION_ENDS


SMS_PRICE, VIBER_PRICE = Money(120), Money(95)
"""About what a part of an SMS and a Viber message outside the session cost in Ukraine in 2026."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which ways are set up, what a message costs by those that cost, what is left to spend, and when people sleep.

    `sms` is of one part; `viber` is of a message outside the session. `work` is when our office is open.
    """

    ways: Collection[Way] = frozenset(Way)
    sms: Money = SMS_PRICE
    viber: Money = VIBER_PRICE
    budget: Money | None = None
    wakes: time = time(8)
    sleeps: time = time(21)
    work: Workdays = field(default_factory=Workdays)


SMS_PARTS = 2
"""What a notice by SMS is reckoned at before it is written: words and a link."""


@dataclass(frozen=True, slots=True)
class Send:
    """Now, this way, at about this price."""

    address: Address
    price: Money


@dataclass(frozen=True, slots=True)
class Hold:
    """Ask again then, or when a session opens."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is no way: `unreachable`, `costs` (only by ways it is not worth, or has no words for) or `budget`."""

    why: str


Plan: TypeAlias = Send | Hold | Nobody


def choose(
    rules: NoticeRules,
    addresses: Sequence[Address],
    terms: Terms,
    now: datetime,
    *,
    left: Money | None = None,
    queued_at: datetime | None = None,
) -> Plan:
    """The cheapest way that reaches; of two at one price the better one (Way's order, then the addresses').

    `left` is what may still be spent this month, None without a limit. What is not urgent waits for morning; what
    would cost more than it is worth rides along when a Viber session opens, until RIDE after `queued_at`.
    """
    if (later := may_leave(rules, now, terms)) > now:
        return Hold(later)
    ways = sorted(
        ((_price(address, terms, now), address) for address in addresses if address.way in terms.ways),
        key=lambda one: (one[0].kopiykas, _RANK[one[1].way]),
    )
    affordable = [
        (price, address)
        for price, address in ways
        if price <= rules.worth and (rules.texted or address.way is not Way.SMS)
    ]
    if affordable:
        price, address = affordable[0]
        if price and left is not None and price > left and not rules.compulsory:
            return Nobody("budget")
        return Send(address, price)
    rides_until = (queued_at or now) + RIDE
    if now < rides_until and any(address.way is Way.VIBER for _, address in ways):
        return Hold(rides_until)
    return Nobody("costs" if ways else "unreachable")


def _price(address: Address, terms: Terms, now: datetime) -> Money:
    match address.way:
        case Way.SMS:
            return Money(terms.sms.kopiykas * SMS_PARTS)
        case Way.VIBER if not address.has_session(now):
            return terms.viber
    return ZERO


def may_leave(rules: NoticeRules, now: datetime, terms: Terms) -> datetime:
    """Now, or when a notice of this kind may leave: not while people sleep, and some only while our office is open."""
    if rules.office:
        opens = terms.work.opens(now)
        return opens if rules.urgent else max(opens, awake(opens, terms))
    return now if rules.urgent else awake(now, terms)


def awake(now: datetime, terms: Terms) -> datetime:
    """Now, or the coming morning where people sleep; they never do where both hours are the same."""
    local = now.astimezone(KYIV)
    asleep = (
        terms.sleeps <= local.time() or local.time() < terms.wakes
        if terms.wakes <= terms.sleeps
        else terms.sleeps <= local.time() < terms.wakes
    )
    if not asleep or terms.wakes == terms.sleeps:
        return now
    morning = local.replace(hour=terms.wakes.hour, minute=terms.wakes.minute, second=0, microsecond=0)
    if morning <= local:
        morning = (local + timedelta(days=1)).replace(
            hour=terms.wakes.hour, minute=terms.wakes.minute, second=0, microsecond=0
        )
    return morning.astimezone(now.tzinfo)


def month_of(now: datetime) -> datetime:
    """When this month of the budget began, in Kyiv."""
    return now.astimezone(KYIV).replace(day=1, hour=0, minute=0, second=0, microsecond=0)

"""Letting every client in: who has no access yet, by which way each would be invited, and at what pace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.dispatch import Address, Nobody, Send, Terms, Way, choose
from bot.domain.money import ZERO, Money, total
from bot.domain.notice import RULES, NoticeKind

INVITE_LIFE = timedelta(days=30)
"""So long a personal link is good; until then nobody is invited a second time by themselves."""
PACE = 300
"""Invitations an hour, where nobody asks for another pace."""
LEAST_PACE, MOST_PACE = 1, 3600


class Bar(StrEnum):
    """Why somebody is not invited."""

    INVITED = "invited"  # has a link that is still good
    NO_ADDRESS = "no_address"  # neither a phone nor a mailbox is known
    STOPPED = "stopped"  # nothing may be sent to what is known
    NO_WAY = "no_way"  # what would bring it is not set up
    COSTS = "costs"  # only by ways that cost more than it is worth
    SAME_PHONE = "same_phone"  # somebody with the same phone is invited already


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who acts for clients and has no account in any messenger; `client_id` is their first client.

    `addresses` are those that something may be sent to; `stopped`: there are others. `invited_at`: last, by a link
    that has not failed to arrive.
    """

    person_id: UUID
    name: str
    client_id: UUID
    clients: tuple[str, ...]
    addresses: tuple[Address, ...]
    stopped: bool
    invited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """A newcomer with the way and about the price of the invitation, or with what bars it."""

    newcomer: Newcomer
    way: Way | None = None
    price: Money = ZERO
    bar: Bar | None = None


def prospects(newcomers: Iterable[Newcomer], terms: Terms, now: datetime, since: datetime) -> list[Prospect]:
    """Who would be invited now, if neither night nor budget stood in the way; who was invited `since` is not."""
    found, phones = [], set[str]()
    for newcomer in newcomers:
        one = _prospect(newcomer, terms, now, since)
        phone = next((address.to for address in newcomer.addresses if address.way is Way.SMS), None)
        if one.way is Way.SMS and phone in phones:
            one = Prospect(newcomer, bar=Bar.SAME_PHONE)
        if one.way is not None and phone:
            phones.add(phone)
        found.append(one)
    return found


def _prospect(newcomer: Newcomer, terms: Terms, now: datetime, since: datetime) -> Prospect:
    if newcomer.invited_at is not None and newcomer.invited_at >= since:
        return Prospect(newcomer, bar=Bar.INVITED)
    if not newcomer.addresses:
        return Prospect(newcomer, bar=Bar.STOPPED if newcomer.stopped else Bar.NO_ADDRESS)
    awake = replace(terms, wakes=terms.sleeps)
    match choose(RULES[NoticeKind.ACCESS], newcomer.addresses, awake, now):
        case Send(address, price):
            return Prospect(newcomer, address.way, price)
        case Nobody("costs"):
            return Prospect(newcomer, bar=Bar.COSTS)
    return Prospect(newcomer, bar=Bar.NO_WAY)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a campaign would be: by way how many and about what cost, and how many are barred by what."""

    ways: Mapping[Way, tuple[int, Money]]
    bars: Mapping[Bar, int]

    @property
    def people(self) -> int:
        return sum(count for count, _ in self.ways.values())

    @property
    def cost(self) -> Money:
        return total([cost for _, cost in self.ways.values()])

    @property
    def without_access(self) -> int:
        return self.people + sum(self.bars.values())


def outlook(found: Sequence[Prospect]) -> Outlook:
    ways: dict[Way, tuple[int, Money]] = {}
    bars: dict[Bar, int] = {}
    for one in found:
        if one.way is not None:
            count, cost = ways.get(one.way, (0, ZERO))
            ways[one.way] = count + 1, cost + one.price
        elif one.bar is not None:
            bars[one.bar] = bars.get(one.bar, 0) + 1
    return Outlook({way: ways[way] for way in Way if way in ways}, {bar: bars[bar] for bar in Bar if bar in bars})


def rhythm(pace: int) -> tuple[int, timedelta]:
    """How many at once, and how long after them the next, so that `pace` leave in an hour."""
    at_once = max(1, pace // 60)
    return at_once, timedelta(hours=1) * at_once / pace


def since_of(started_at: datetime, *, again: bool) -> datetime:
    """Who was invited after this is not invited by a campaign."""
    return started_at if again else started_at - INVITE_LIFE


@dataclass(frozen=True, slots=True)
class CampaignView:
    """Who began to invite whom and how fast; `clients` empty: everybody's people. `most`: no more than so many."""

    id: UUID
    started_at: datetime
    started_by: str
    clients: tuple[UUID, ...]
    since: datetime
    pace: int
    most: int | None
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """How a campaign went: each count holds those after it, `failed` is by reason."""

    campaign: CampaignView
    invited: int
    waiting: int
    sent: int
    delivered: int
    seen: int
    needless: int
    joined: int
    cost: Money
    failed: Mapping[str, int] = field(default_factory=dict)

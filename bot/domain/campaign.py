"""Campaigns: many people are told the same kind of thing; whom it reaches by which way, and at what pace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.dispatch import Address, Hold, Nobody, Send, Terms, Way, choose
from bot.domain.money import ZERO, Money, total
from bot.domain.notice import RULES, NoticeKind


class Purpose(StrEnum):
    """What a campaign brings; a button carries the letter."""

    ACCESS = "a"  # the personal link, to everybody who has no access yet
    PRICE_LIST = "p"  # their client's whole price list, to everybody who orders
    OFFER = "o"  # the usual basket or a category, as an offer, to everybody who orders


KINDS: Mapping[Purpose, NoticeKind] = {
    Purpose.ACCESS: NoticeKind.ACCESS,
    Purpose.PRICE_LIST: NoticeKind.PRICE_LIST,
    Purpose.OFFER: NoticeKind.OFFER,
}
INVITE_LIFE = timedelta(days=30)
"""So long a personal link is good; until then nobody is invited a second time by themselves."""
LATELY: Mapping[Purpose, timedelta] = {
    Purpose.ACCESS: INVITE_LIFE,
    Purpose.PRICE_LIST: timedelta(days=1),
    Purpose.OFFER: timedelta(days=1),
}
"""Who was told so lately is let be: a second press does not tell everybody twice."""
PACE = 300
"""Messages an hour, where nobody asks for another pace."""
LEAST_PACE, MOST_PACE = 1, 3600


class Bar(StrEnum):
    """Why somebody is not told."""

    TOLD = "told"  # has it already: a link that is still good, a price list of today
    NO_ADDRESS = "no_address"  # neither a chat nor a phone nor a mailbox is known
    STOPPED = "stopped"  # nothing may be sent to what is known
    MUTED = "muted"  # switched such notices off
    NO_WAY = "no_way"  # what would bring it is not set up
    COSTS = "costs"  # only by ways that cost more than it is worth
    SAME_PHONE = "same_phone"  # somebody with the same phone is told already


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom a campaign is for; without a person it is the client's own address.

    `client_id` is whom it concerns, `clients` are the names of all that it is for. `addresses` are those that something
    may be sent to; `stopped`: there are others. `told_at`: last, by a message that has not failed to arrive.
    """

    person_id: UUID | None
    name: str
    client_id: UUID
    clients: tuple[str, ...]
    addresses: tuple[Address, ...]
    stopped: bool
    told_at: datetime | None
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """A recipient with the way and about the price of the message, or with what bars it."""

    recipient: Recipient
    way: Way | None = None
    price: Money = ZERO
    bar: Bar | None = None


def prospects(
    purpose: Purpose, recipients: Iterable[Recipient], terms: Terms, now: datetime, since: datetime
) -> list[Prospect]:
    """Who would be told now, if neither night nor budget stood in the way; who was told `since` is not."""
    found, phones = [], set[str]()
    for recipient in recipients:
        one = _prospect(purpose, recipient, terms, now, since)
        phone = next((address.to for address in recipient.addresses if address.way is Way.SMS), None)
        if one.way is Way.SMS and phone in phones:
            one = Prospect(recipient, bar=Bar.SAME_PHONE)
        if one.way is not None and phone:
            phones.add(phone)
        found.append(one)
    return found


def _prospect(purpose: Purpose, recipient: Recipient, terms: Terms, now: datetime, since: datetime) -> Prospect:
    if recipient.muted:
        return Prospect(recipient, bar=Bar.MUTED)
    if recipient.told_at is not None and recipient.told_at >= since:
        return Prospect(recipient, bar=Bar.TOLD)
    if not recipient.addresses:
        return Prospect(recipient, bar=Bar.STOPPED if recipient.stopped else Bar.NO_ADDRESS)
    awake = replace(terms, wakes=terms.sleeps)
    match choose(RULES[KINDS[purpose]], recipient.addresses, awake, now):
        case Send(address, price):
            return Prospect(recipient, address.way, price)
        case Hold():  # rides along when they write next
            return Prospect(recipient, Way.VIBER)
        case Nobody("costs"):
            return Prospect(recipient, bar=Bar.COSTS)
    return Prospect(recipient, bar=Bar.NO_WAY)


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
    def all(self) -> int:
        """Whom the campaign is for, reached or not."""
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A campaign as somebody asks for it; `codes` are of the clients whose people are told, none means everybody's."""

    purpose: Purpose
    codes: Sequence[str] = ()
    again: bool = False
    category: UUID | None = None
    most: int | None = None
    pace: int = PACE


def rhythm(pace: int) -> tuple[int, timedelta]:
    """How many at once, and how long after them the next, so that `pace` leave in an hour."""
    at_once = max(1, pace // 60)
    return at_once, timedelta(hours=1) * at_once / pace


def since_of(purpose: Purpose, started_at: datetime, *, again: bool) -> datetime:
    """Who was told after this is not told by a campaign."""
    return started_at if again else started_at - LATELY[purpose]


@dataclass(frozen=True, slots=True)
class CampaignView:
    """Who began to tell whom what and how fast.

    `clients` empty: everybody's people. `most`: no more than so many. `category` is of an offer: None is what each
    takes most.
    """

    id: UUID
    purpose: Purpose
    started_at: datetime
    started_by: str
    clients: tuple[UUID, ...]
    since: datetime
    pace: int
    most: int | None
    category: UUID | None = None
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """How a campaign went: each count holds those after it, `failed` is by reason."""

    campaign: CampaignView
    told: int
    waiting: int
    sent: int
    delivered: int
    seen: int
    needless: int
    joined: int
    cost: Money
    failed: Mapping[str, int] = field(default_factory=dict)

"""What somebody is told without having asked: a kind, and what it is about. The words are in handlers/notices.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import ZERO, Money


class NoticeKind(StrEnum):
    """To clients."""

    ORDER_TAKEN = "order_taken"  # an order the office entered: by phone, by mail
    ORDER_CHANGED = "order_changed"  # the office changed an order
    ORDER_STATE = "order_state"
    PAY_LINK = "pay_link"  # to those who pay for what others order
    PRICES_FELL = "prices_fell"  # an order became cheaper, or nothing else worth asking about
    ORDER_PAID = "order_paid"  # by card, wholly or in part
    ORDER_REFUNDED = "order_refunded"
    PRICES_MOVED = "prices_moved"  # an order became dearer or short: the client decides
    ACCESS = "access"  # the personal link that lets somebody in
    """To staff."""
    SILENT = "silent"
    ANSWERS = "answers"
    JOB_DIED = "job_died"
    DIFFERENCE = "difference"
    DIFFERENCES = "differences"
    MONEY = "money"  # a payment or a refund
    NO_FUNDS = "no_funds"  # a sender of messages wants to be paid
    BUDGET = "budget"  # this month's money for messages is spent


PRICES = frozenset({NoticeKind.PRICES_FELL, NoticeKind.PRICES_MOVED})
"""What says a price: it does not leave while prices are old."""


class Topic(StrEnum):
    """What a person may switch off, together."""

    ORDERS = "orders"
    MONEY = "money"
    PRICES = "prices"
    ACCESS = "access"


class Audience(StrEnum):
    """Which of a client's people are told."""

    ORDERS = "orders"
    PAYS = "pays"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Rules:
    """How a kind may be sent.

    `compulsory`: no switch and no budget holds it back. `urgent`: also at night. `worth`: what a message of it may
    cost at most; one that is worth nothing rides along when a way opens that costs nothing.
    """

    topic: Topic
    audience: Audience
    worth: Money = ZERO
    compulsory: bool = False
    urgent: bool = False


_MUCH, _LITTLE = Money(1000), Money(150)
"""Ten hryvnias: by SMS too; one and a half: a Viber message outside the session, but no SMS."""
RULES: Mapping[NoticeKind, Rules] = {
    NoticeKind.ORDER_TAKEN: Rules(Topic.ORDERS, Audience.ORDERS, _MUCH, compulsory=True, urgent=True),
    NoticeKind.ORDER_CHANGED: Rules(Topic.ORDERS, Audience.ORDERS, _LITTLE, compulsory=True),
    NoticeKind.ORDER_STATE: Rules(Topic.ORDERS, Audience.ORDERS, _LITTLE),
    NoticeKind.PAY_LINK: Rules(Topic.MONEY, Audience.PAYS, _MUCH),
    NoticeKind.ORDER_PAID: Rules(Topic.MONEY, Audience.BOTH, _LITTLE, urgent=True),
    NoticeKind.ORDER_REFUNDED: Rules(Topic.MONEY, Audience.BOTH, _LITTLE, compulsory=True, urgent=True),
    NoticeKind.PRICES_FELL: Rules(Topic.PRICES, Audience.ORDERS),
    NoticeKind.PRICES_MOVED: Rules(Topic.PRICES, Audience.ORDERS, _LITTLE, compulsory=True),
    NoticeKind.ACCESS: Rules(Topic.ACCESS, Audience.BOTH, _MUCH),
}
"""Of every kind that clients are told of."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`about` is the id of its subject; `version` tells two notices of one kind about one subject apart."""

    kind: NoticeKind
    about: str
    version: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.about}:{self.version}"


MANAGERS = "managers"
"""The desk of staff that orders concern."""
FINANCE = "finance"
"""The desk that money concerns; where it has no group, the managers hear of it."""

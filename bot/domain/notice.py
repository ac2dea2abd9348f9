"""What somebody is told without having asked: a kind, and what it is about. The words are in handlers/notices.py."""

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """To clients."""

    ORDER_TAKEN = "order_taken"  # an order the office entered: by phone, by mail
    ORDER_CHANGED = "order_changed"  # the office changed an order
    ORDER_STATE = "order_state"
    PRICES_FELL = "prices_fell"  # an order became cheaper, or nothing else worth asking about
    ORDER_PAID = "order_paid"  # by card, wholly or in part
    ORDER_REFUNDED = "order_refunded"
    PAYMENT_CAME = "payment_came"  # for debts, or for more than one order
    PAYMENT_BACK = "payment_back"
    PRICES_MOVED = "prices_moved"  # an order became dearer or short: the client decides
    """To staff."""
    SILENT = "silent"
    ANSWERS = "answers"
    JOB_DIED = "job_died"
    DIFFERENCE = "difference"
    DIFFERENCES = "differences"
    MONEY = "money"  # a payment or a refund
    HELD = "held"  # a sum waits to be taken or let go
    STRANGE_MONEY = "strange_money"  # the gateway has money that is not in the books


PRICES = frozenset({NoticeKind.PRICES_FELL, NoticeKind.PRICES_MOVED})
"""What says a price: it does not leave while prices are old."""
PAYMENTS = frozenset({NoticeKind.PAYMENT_CAME, NoticeKind.PAYMENT_BACK})
"""What is about a payment, and not about an order."""


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

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
    PAYMENT_CAME = "payment_came"  # for debts, or for more than one order
    PAYMENT_BACK = "payment_back"
    TRANSFER_CAME = "transfer_came"  # by the bank, and put to what the client owes
    TRANSFER_UNDONE = "transfer_undone"  # to those who had heard that it was
    PRICES_MOVED = "prices_moved"  # an order became dearer or short: the client decides
    ACCESS = "access"  # the personal link that lets somebody in
    BACK_IN_STOCK = "back_in_stock"  # what somebody waited for has come
    PRICE_NEWS = "price_news"  # of what a client usually takes, once a day
    PRICE_LIST = "price_list"  # all prices of a client as a file, by a campaign
    OFFER = "offer"  # a commercial offer as a file, by a campaign
    REMINDER = "reminder"  # of debts, at a level of the ladder
    PROMISE_KEPT = "promise_kept"
    TO_SIGN = "to_sign"  # a document waits for the client's signature
    GRANTED = "granted"  # a discount on the next order
    SIGNED = "signed"  # it has all signatures, and its files are there
    ORDER_HELD = "order_held"  # taken, and waits for the credit gate
    ORDER_RELEASED = "order_released"
    ORDER_FOR = "order_for"  # the staff placed an order for the client
    ORDER_LINK = "order_link"  # the way to pay for an order, sent once more by hand
    DEBTS_LINK = "debts_link"  # the way to pay debts, sent by hand
    """To staff."""
    SILENT = "silent"
    ANSWERS = "answers"
    JOB_DIED = "job_died"
    DIFFERENCE = "difference"
    DIFFERENCES = "differences"
    MONEY = "money"  # a payment or a refund
    NO_FUNDS = "no_funds"  # a sender of messages wants to be paid
    MAILBOX = "mailbox"  # letters that came back cannot be read
    BUDGET = "budget"  # this month's money for messages is spent
    HELD = "held"  # a sum waits to be taken or let go
    BANK = "bank"  # a statement was taken in: what of it nobody knows
    STRANGE_MONEY = "strange_money"  # the gateway has money that is not in the books
    DIGEST = "digest"  # what is owed, each working morning
    DIGEST_TABLE = "digest_table"  # all debts as a file, after it
    FIGURES = "figures"  # for the owner, on the first working morning of the week
    SAID_PAID = "said_paid"  # somebody says that a debt is paid
    PROMISE_BROKEN = "promise_broken"
    DISPUTE = "dispute"  # somebody asks about a document, or does not agree with it
    REFUND_ASKED = "refund_asked"  # a manager asks finance to give money back
    ESCALATED = "escalated"  # a reminder went so far that the managers hear of it
    REVIEW = "review"  # a document waits for a lawyer
    ALLOWANCE = "allowance"  # the tariff of the service of signatures ends, or its documents do
    ENVELOPE = "envelope"  # something happened to a document that is to be signed
    CREDIT_HELD = "credit_held"  # an order waits for the credit gate
    CREDIT_RELEASED = "credit_released"  # and goes on by itself
    UNREACHED = "unreached"  # how many people did not get what they must be told
    UNSURE = "unsure"  # what may have arrived: nobody knows


MAILED = frozenset({NoticeKind.PRICE_LIST, NoticeKind.OFFER})
"""Files that a campaign brings."""
PRICES = frozenset({NoticeKind.PRICES_FELL, NoticeKind.PRICES_MOVED, NoticeKind.PRICE_NEWS}) | MAILED
"""What says a price: it does not leave while prices are old."""
PAYMENTS = frozenset(
    {NoticeKind.PAYMENT_CAME, NoticeKind.PAYMENT_BACK, NoticeKind.TRANSFER_CAME, NoticeKind.TRANSFER_UNDONE}
)
"""What is about a payment, and not about an order."""
LINKS = frozenset({NoticeKind.PAY_LINK, NoticeKind.ORDER_LINK, NoticeKind.DEBTS_LINK})
"""What brings a way to pay, which is good whomever its reader acts for just now."""
STOCK = frozenset({NoticeKind.BACK_IN_STOCK})
"""What says that something is there: it does not leave while stock is old."""


DEBTS = frozenset({NoticeKind.REMINDER})
"""What says that something is owed: it does not leave while debts are old."""


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
    OWES = "owes"  # those who pay; where nobody pays for the client, those who order
    SIGNS = "signs"  # those who sign; where nobody does, those who pay, and then those who order


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """How a kind may be sent.

    `compulsory`: no switch and no budget holds it back. `urgent`: also at night. `office`: in the office's hours only.
    `worth`: what a message of it may cost at most; one that is worth nothing rides along when a way opens that costs
    nothing. `texted`: there are words for it in a text message; nothing else goes that way, however cheap it is.
    """

    topic: Topic
    audience: Audience
    worth: Money = ZERO
    compulsory: bool = False
    urgent: bool = False
    texted: bool = True
    office: bool = False


_MUCH, _LITTLE = Money(1000), Money(150)
"""Ten hryvnias: by SMS too; one and a half: a Viber message outside the session, but no SMS."""
RULES: Mapping[NoticeKind, NoticeRules] = {
    NoticeKind.ORDER_TAKEN: NoticeRules(Topic.ORDERS, Audience.ORDERS, _MUCH, compulsory=True, urgent=True),
    NoticeKind.ORDER_CHANGED: NoticeRules(Topic.ORDERS, Audience.ORDERS, _LITTLE, compulsory=True),
    NoticeKind.ORDER_STATE: NoticeRules(Topic.ORDERS, Audience.ORDERS, _LITTLE, texted=False),
    NoticeKind.ORDER_HELD: NoticeRules(Topic.ORDERS, Audience.BOTH, _MUCH, compulsory=True),
    NoticeKind.ORDER_RELEASED: NoticeRules(Topic.ORDERS, Audience.BOTH, _LITTLE, compulsory=True, texted=False),
    NoticeKind.PAY_LINK: NoticeRules(Topic.MONEY, Audience.PAYS, _MUCH),
    NoticeKind.ORDER_PAID: NoticeRules(Topic.MONEY, Audience.BOTH, _LITTLE, urgent=True, texted=False),
    NoticeKind.ORDER_REFUNDED: NoticeRules(Topic.MONEY, Audience.BOTH, _LITTLE, compulsory=True, urgent=True),
    NoticeKind.PAYMENT_CAME: NoticeRules(Topic.MONEY, Audience.BOTH, _LITTLE, urgent=True, texted=False),
    NoticeKind.PAYMENT_BACK: NoticeRules(Topic.MONEY, Audience.BOTH, _LITTLE, compulsory=True, urgent=True),
    NoticeKind.TRANSFER_CAME: NoticeRules(Topic.MONEY, Audience.OWES, _LITTLE, texted=False),
    NoticeKind.TRANSFER_UNDONE: NoticeRules(Topic.MONEY, Audience.OWES, _LITTLE, compulsory=True, texted=False),
    NoticeKind.REMINDER: NoticeRules(Topic.MONEY, Audience.OWES, _MUCH, compulsory=True, office=True),
    NoticeKind.PROMISE_KEPT: NoticeRules(Topic.MONEY, Audience.OWES, _LITTLE, texted=False),
    NoticeKind.TO_SIGN: NoticeRules(Topic.ORDERS, Audience.SIGNS, _MUCH, compulsory=True),
    NoticeKind.SIGNED: NoticeRules(Topic.ORDERS, Audience.SIGNS, _LITTLE, compulsory=True, texted=False),
    NoticeKind.GRANTED: NoticeRules(Topic.PRICES, Audience.ORDERS, texted=False),
    NoticeKind.ORDER_FOR: NoticeRules(Topic.ORDERS, Audience.ORDERS, _MUCH, compulsory=True, urgent=True),
    NoticeKind.ORDER_LINK: NoticeRules(Topic.MONEY, Audience.OWES, _MUCH, compulsory=True, urgent=True),
    NoticeKind.DEBTS_LINK: NoticeRules(Topic.MONEY, Audience.OWES, _MUCH, compulsory=True, urgent=True),
    NoticeKind.PRICES_FELL: NoticeRules(Topic.PRICES, Audience.ORDERS, texted=False),
    NoticeKind.PRICES_MOVED: NoticeRules(Topic.PRICES, Audience.ORDERS, _LITTLE, compulsory=True),
    NoticeKind.ACCESS: NoticeRules(Topic.ACCESS, Audience.BOTH, _MUCH),
    NoticeKind.BACK_IN_STOCK: NoticeRules(Topic.PRICES, Audience.ORDERS, _LITTLE, texted=False),
    NoticeKind.PRICE_NEWS: NoticeRules(Topic.PRICES, Audience.ORDERS, texted=False),
    NoticeKind.PRICE_LIST: NoticeRules(Topic.PRICES, Audience.ORDERS, texted=False),
    NoticeKind.OFFER: NoticeRules(Topic.PRICES, Audience.ORDERS, texted=False),
}
"""Of every kind that clients are told of."""
COMPULSORY = frozenset(kind for kind, rules in RULES.items() if rules.compulsory)
MATTERS = COMPULSORY | {NoticeKind.PAY_LINK}
"""What staff have to say themselves where no way was worth it."""
TALKED_OF = MATTERS | {kind for kind, rules in RULES.items() if rules.topic in (Topic.ORDERS, Topic.MONEY)}
"""What staff say themselves where a way was tried and did not bring it."""
SWITCHED = (Topic.ORDERS, Topic.MONEY, Topic.PRICES)
"""Topics that a person may switch off; within them, what is compulsory is told all the same."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`about` is the id of its subject; `version` tells two notices of one kind about one subject apart."""

    kind: NoticeKind
    about: str
    version: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.about}:{self.version}"


BY_TEXT = "text"
"""The version of a notice that is a text message beside what went to a chat."""
MANAGERS = "managers"
"""The desk of staff that orders concern."""
FINANCE = "finance"
"""The desk that money concerns; where it has no group, the managers hear of it."""
LAWYERS = "lawyers"
"""The desk that approves contracts; the same is true of it."""

"""What money came for, in SQL: payments by card, their parts and those of transfers, and documents that people were
reminded of.
"""

from datetime import datetime, timedelta

from sqlalchemy import (
    CTE,
    Connection,
    String,
    Subquery,
    Uuid,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import BigInteger, Integer

from bot.db.kyiv import day_of, written, years_of
from bot.db.models import (
    BankLine,
    BankPart,
    Dispatch,
    Order,
    OrderDocument,
    PayAttempt,
    PaymentEvent,
    PaymentPart,
    PayTarget,
    ReminderStep,
)
from bot.domain.bank import BOOKED
from bot.domain.dispatch import SURELY
from bot.domain.figures import AFTER_REMINDER, Dates
from bot.domain.notice import NoticeKind
from bot.domain.paying import TAKEN
from bot.domain.payment import Outcome
from bot.domain.workdays import midnight

_BACK = 3
"""So many years before a payment the order may be that it is for."""


def cards(begin: datetime, end: datetime) -> Subquery:
    """Attempts whose money came in within that time, as bot.domain.paying.sums reckons them.

    `at` is when it came, `kept` what is left of it after `back` went back: of a held sum that was let go, nothing.
    """
    taken = PaymentEvent.outcome.in_([one.value for one in TAKEN])
    came = func.coalesce(PaymentEvent.processed_at, PaymentEvent.at)
    lately = select(PaymentEvent.reference).where(taken, came >= begin, came < end)
    amount, refunded = (type_coerce(one, BigInteger) for one in (PaymentEvent.amount, PaymentEvent.refunded))
    paid = PaymentEvent.outcome == Outcome.PAID.value
    given = case((paid, refunded), (refunded > amount, refunded), else_=amount)
    whole = (
        select(
            PaymentEvent.reference,
            func.max(case((taken, amount))).label("charged"),
            func.max(case((taken, given))).label("back"),
            func.min(case((taken, PaymentEvent.position))).label("first"),
        )
        .where(PaymentEvent.reference.in_(lately))
        .group_by(PaymentEvent.reference)
        .subquery()
    )
    first = aliased(PaymentEvent)
    at = func.coalesce(first.processed_at, first.at)
    back = case((whole.c.back > whole.c.charged, whole.c.charged), else_=whole.c.back)
    return (
        select(whole.c.reference, at.label("at"), (whole.c.charged - back).label("kept"), back.label("back"))
        .join(first, (first.reference == whole.c.reference) & (first.position == whole.c.first))
        .where(at >= begin, at < end)
        .subquery()
    )


def parts(connection: Connection, dates: Dates) -> Subquery:
    """What money that came on these days went to, by card and by transfer.

    `key` names the payment. `for_day` is the day of the order or the document, `document` what it is in 1C's debts.
    A bank tells no hour: `at` is of cards alone.
    """
    paid, years = cards(midnight(dates.first), midnight(dates.end)), years_of(dates, before=_BACK)
    ordered = day_of(connection, Order.placed_at, years)
    by_card = (
        select(
            paid.c.reference.label("key"),
            PaymentPart.position,
            paid.c.at,
            day_of(connection, paid.c.at, years).label("day"),
            func.coalesce(ordered, written(PayTarget.dated)).label("for_day"),
            func.coalesce(PaymentPart.document, OrderDocument.ref).label("document"),
            type_coerce(PaymentPart.amount, BigInteger).label("amount"),
            paid.c.back,
        )
        .join(PaymentPart, PaymentPart.reference == paid.c.reference)
        .join(PayAttempt, PayAttempt.reference == paid.c.reference)
        .outerjoin(Order, Order.id == PaymentPart.order_id)
        .outerjoin(OrderDocument, OrderDocument.order_id == PaymentPart.order_id)
        .outerjoin(PayTarget, (PayTarget.link_id == PayAttempt.link_id) & (PayTarget.document == PaymentPart.document))
        .where(paid.c.kept > 0)
    )
    by_transfer = (
        select(
            (literal("bank:") + cast(BankPart.number, String)).label("key"),
            BankPart.position,
            cast(null(), PaymentEvent.at.type).label("at"),
            written(BankLine.booked_on).label("day"),
            func.coalesce(ordered, written(BankPart.dated)).label("for_day"),
            func.coalesce(BankPart.document, OrderDocument.ref).label("document"),
            type_coerce(BankPart.amount, BigInteger).label("amount"),
            cast(literal(0), Integer).label("back"),
        )
        .join(BankLine, BankLine.number == BankPart.number)
        .outerjoin(Order, Order.id == BankPart.order_id)
        .outerjoin(OrderDocument, OrderDocument.order_id == BankPart.order_id)
        .where(BankLine.state.in_([one.value for one in BOOKED]), BankLine.booked_on.between(dates.first, dates.last))
    )
    return union_all(by_card, by_transfer).subquery()


def reminders(connection: Connection, begin: datetime, end: datetime) -> Subquery:
    """Those that reached somebody: which, and when the first of its messages left."""
    bare = func.replace(Dispatch.about, "-", "")
    return (
        select(
            (type_coerce(bare, Uuid) if connection.dialect.name == "sqlite" else cast(bare, Uuid)).label("reminder_id"),
            func.min(Dispatch.sent_at).label("at"),
        )
        .where(
            Dispatch.kind == NoticeKind.REMINDER.value,
            Dispatch.state.in_([one.value for one in SURELY]),
            Dispatch.sent_at >= begin,
            Dispatch.sent_at < end,
        )
        .group_by(Dispatch.about)
        .subquery()
    )


def named_in_reminders(connection: Connection, dates: Dates) -> CTE:
    """Documents that reminders had named, with the days within which money for them is what the reminder brought.

    Materialized: otherwise SQLite tries every payment with every reminder.
    """
    begin = midnight(dates.first - timedelta(days=AFTER_REMINDER))
    told, years = reminders(connection, begin, midnight(dates.end)), years_of(dates)
    return (
        select(
            ReminderStep.document,
            told.c.at,
            day_of(connection, told.c.at, years).label("day"),
            day_of(connection, told.c.at, years, plus=AFTER_REMINDER).label("until"),
        )
        .join(told, told.c.reminder_id == ReminderStep.reminder_id)
        .cte("named")
        .prefix_with("MATERIALIZED")
    )

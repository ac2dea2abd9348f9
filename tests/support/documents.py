"""Documents of the book of record in memory: what becomes of what is sent, and where one says something else."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.domain.accounting import (
    DocumentLink,
    Kept,
    OrderRecord,
    OrderRecordLine,
    OutgoingOrder,
    OutgoingPayment,
    ReceivableRecord,
)
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.domain.settlements import Movement


def document_of(order: OutgoingOrder, there: OrderRecord | None) -> OrderRecord:
    """The document that says what the order says."""
    standing = there.state if there is not None else State.PLACED
    return OrderRecord(
        link=there.link if there is not None else DocumentLink(str(order.id), "", ""),
        placed_at=order.placed_at,
        client=order.client,
        state=State.CANCELLED if order.cancelled else standing,
        total=order.total,
        lines=tuple(
            OrderRecordLine(line.article or "", line.name, line.quantity, line.price, line.amount)
            for line in order.lines
        ),
        note=f"{order.held}: {order.note}" if order.held else order.note,
        ours=order.number,
        delivery_date=order.delivery_date,
        delivery_address=order.delivery_address,
    )


def otherwise(sent: OrderRecord, there: OrderRecord) -> Iterator[Kept]:
    for field in ("note", "delivery_address", "total"):
        if getattr(sent, field) != getattr(there, field):
            yield Kept(field, str(getattr(sent, field)), str(getattr(there, field)))
    if sorted(_said(sent)) != sorted(_said(there)):
        yield Kept("lines", str(len(sent.lines)), str(len(there.lines)))


def _said(record: OrderRecord) -> list[tuple[str, Decimal, Money]]:
    return [(line.article, line.quantity, line.amount) for line in record.lines]


def differing(sent: OutgoingPayment, there: OutgoingPayment) -> Iterator[Kept]:
    for field in ("client", "amount", "allocations"):
        if getattr(sent, field) != getattr(there, field):
            yield Kept(field, str(getattr(sent, field)), str(getattr(there, field)))


def by_debts(client: str, owed: Iterable[ReceivableRecord]) -> Iterator[Movement]:
    """An account that nothing has moved but what is owed by these documents, or was paid ahead."""
    for one in owed:
        if one.client == client and one.head is not None:
            head, debit, credit = one.head, max(one.balance, ZERO), max(ZERO - one.balance, ZERO)
            yield Movement(one.document, head.kind, head.number, head.date, debit, credit)

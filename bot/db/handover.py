"""Orders on their way to the book of record, and the documents they became there."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.held_orders import HELD, WAITS, held_of
from bot.db.models import Article, Client, Contract, HeldOrder, Order, OrderDocument, OrderLine, Person, PriceType
from bot.domain.accounting import DocumentLink, OrderRecordLine, OutgoingLine, OutgoingOrder
from bot.domain.order import CHANGEABLE, State

NOT_OURS = ("past",)
"""Orders of these channels were never meant to leave: they tell of the time before Komora."""
OVERWRITE = "*"
"""The version of a document that somebody decided to write over, whatever stands there; no real one looks so."""


class OrderDocuments:
    """What left, at which revision, and what it is called there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def outgoing(self, order_id: UUID) -> OutgoingOrder | None:
        """The order as it is now, with the ids of the book of record."""
        row = self._connection.execute(_ORDER.where(Order.id == order_id)).first()
        return _outgoing(row, self._lines(order_id)) if row else None

    def waiting(self, limit: int | None = None) -> list[UUID]:
        """Orders whose present revision is not there yet, oldest first."""
        found = (
            select(Order.id)
            .outerjoin(OrderDocument, OrderDocument.order_id == Order.id)
            .where(Order.channel.not_in(NOT_OURS), Order.revision > func.coalesce(OrderDocument.handed_revision, 0))
            .order_by(Order.placed_at, Order.number)
            .limit(limit)
        )
        return list(self._connection.execute(found).scalars())

    def count_waiting(self) -> int:
        return len(self.waiting())

    def link(self, order_id: UUID) -> DocumentLink | None:
        row = self._connection.execute(_LINK.where(OrderDocument.order_id == order_id)).first()
        return DocumentLink(*row) if row else None

    def handed_revision(self, order_id: UUID) -> int:
        found = select(OrderDocument.handed_revision).where(OrderDocument.order_id == order_id)
        return self._connection.execute(found).scalar() or 0

    def handed(self, order_id: UUID, revision: int, link: DocumentLink, at: datetime) -> None:
        """The book of record has this revision; an older word never takes a newer one back."""
        values = {"ref": link.ref, "number": link.number, "version": link.version, "posted": link.posted}
        self._connection.execute(
            self._insert(OrderDocument)
            .values(order_id=order_id, handed_revision=revision, handed_at=at, **values)
            .on_conflict_do_update(
                index_elements=["order_id"],
                set_=values | {"handed_revision": revision, "handed_at": at},
                where=OrderDocument.handed_revision <= revision,
            )
        )

    def adopt(self, order_id: UUID, link: DocumentLink) -> bool:
        """A document that says it is this order, and was not looked at yet; false where the order has another."""
        adopted = self._connection.execute(
            self._insert(OrderDocument)
            .values(order_id=order_id, ref=link.ref, number=link.number, version="", posted=False, handed_revision=0)
            .on_conflict_do_update(
                index_elements=["order_id"],
                set_={"ref": link.ref, "number": link.number},
                where=and_(OrderDocument.number == "", OrderDocument.version.in_(("", OVERWRITE))),
            )
            .returning(OrderDocument.order_id)
        )
        return adopted.first() is not None

    def seen(self, order_id: UUID, link: DocumentLink) -> None:
        """The document as it was read there."""
        self._connection.execute(
            update(OrderDocument)
            .where(OrderDocument.order_id == order_id)
            .values(number=link.number, version=link.version, posted=link.posted)
        )

    def forget(self, order_id: UUID) -> None:
        """Somebody decided: the order is handed over anew, and what is there is written over."""
        self._connection.execute(
            update(OrderDocument).where(OrderDocument.order_id == order_id).values(handed_revision=0, version=OVERWRITE)
        )

    def aimed(self, order_id: UUID, link: DocumentLink | None) -> None:
        """What is to be written over, as it stood when it was looked at; None where nothing was there.

        So that the decision holds for that alone: what comes to stand there later is not written over.
        """
        values = {"version": ""} if link is None else {"ref": link.ref, "number": link.number, "version": link.version}
        self._connection.execute(update(OrderDocument).where(OrderDocument.order_id == order_id).values(**values))

    def left_out(self, order_id: UUID, revision: int, at: datetime) -> None:
        """Somebody decided: this revision is not sent any more. A document that is there stays as it is known."""
        version = case((OrderDocument.version == OVERWRITE, ""), else_=OrderDocument.version)
        self._connection.execute(
            self._insert(OrderDocument)
            .values(
                order_id=order_id, ref=str(order_id), number="", version="", posted=False, handed_revision=revision,
                handed_at=at,
            )
            .on_conflict_do_update(
                index_elements=["order_id"],
                set_={"handed_revision": revision, "version": version},
                where=OrderDocument.handed_revision <= revision,
            )
        )  # fmt: skip

    def order_of(self, ref: str) -> UUID | None:
        found = select(OrderDocument.order_id).where(OrderDocument.ref == ref)
        return self._connection.execute(found).scalar()

    def called(self, refs: Collection[str]) -> dict[str, tuple[UUID, str]]:
        """The orders whose documents these are, with our numbers of them."""
        rows = self._connection.execute(
            select(OrderDocument.ref, Order.id, Order.number)
            .join(Order, Order.id == OrderDocument.order_id)
            .where(OrderDocument.ref.in_(list(refs)))
        )
        return {row.ref: (row.id, row.number) for row in rows}

    def order_named(self, ours: UUID | str | None) -> UUID | None:
        """By its id or number."""
        if ours is None:
            return None
        which = Order.id == ours if isinstance(ours, UUID) else Order.number == ours
        return self._connection.execute(select(Order.id).where(which)).scalar()

    def versions(self, since: date) -> dict[str, str]:
        """The documents of orders placed since then, with the versions they had when they were read last.

        With a day to spare: days begin elsewhere at other moments.
        """
        rows = self._connection.execute(
            select(OrderDocument.ref, OrderDocument.version)
            .join(Order, Order.id == OrderDocument.order_id)
            .where(Order.placed_at >= datetime.combine(since, time(), UTC) - timedelta(days=1))
        )
        return {row.ref: row.version for row in rows}

    def numbers(self, order_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """What the documents of these orders are called there."""
        rows = self._connection.execute(
            select(OrderDocument.order_id, OrderDocument.number).where(OrderDocument.order_id.in_(list(order_ids)))
        )
        return {row.order_id: row.number for row in rows}

    def placed_between(self, begin: datetime, end: datetime) -> list[UUID]:
        """Orders that ought to be there, placed in this time."""
        found = select(Order.id).where(Order.placed_at >= begin, Order.placed_at < end, Order.channel.not_in(NOT_OURS))
        return list(self._connection.execute(found.order_by(Order.placed_at)).scalars())

    def provisional(self) -> list[UUID]:
        """Orders that can still change, agreed on prices that were not checked or asked about yet; oldest first."""
        found = select(Order.id).where(
            Order.provisional,
            Order.prices_asked_at.is_(None),
            Order.state.in_([state.value for state in CHANGEABLE]),
        )
        return list(self._connection.execute(found.order_by(Order.placed_at)).scalars())

    def lines(self, order_id: UUID) -> tuple[OrderRecordLine, ...]:
        """Our lines in the words of the book of record."""
        return tuple(
            OrderRecordLine(line.article or "", line.name, line.quantity, line.price, line.amount)
            for line in self._lines(order_id)
        )

    def _lines(self, order_id: UUID) -> tuple[OutgoingLine, ...]:
        rows = self._connection.execute(
            select(
                Article.external_id,
                OrderLine.sku,
                OrderLine.name,
                OrderLine.base_unit,
                OrderLine.quantity,
                OrderLine.price,
                OrderLine.discount,
                OrderLine.amount,
                OrderLine.vat,
            )
            .outerjoin(Article, Article.id == OrderLine.article_id)
            .where(OrderLine.order_id == order_id)
            .order_by(OrderLine.position)
        )
        return tuple(OutgoingLine(*row) for row in rows)

    def _insert(self, table: Any) -> Any:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)


_LINK = select(OrderDocument.ref, OrderDocument.number, OrderDocument.version, OrderDocument.posted)
_ORDER: Select[Any] = (
    select(
        Order.__table__,
        Client.external_id.label("client_ref"),
        Client.name.label("client_name"),
        Client.tax_code,
        Contract.external_id.label("contract_ref"),
        PriceType.external_id.label("price_type_ref"),
        Person.name.label("person"),
        HELD,
    )
    .join(Client, Client.id == Order.client_id)
    .outerjoin(PriceType, PriceType.id == Order.price_type_id)
    .outerjoin(Person, Person.id == Order.placed_by)
    .outerjoin(HeldOrder, WAITS)
    .outerjoin(Contract, and_(Contract.client_id == Client.id, Contract.active, Contract.main))
)


def _outgoing(row: Any, lines: tuple[OutgoingLine, ...]) -> OutgoingOrder:
    return OutgoingOrder(
        id=row.id,
        number=row.number,
        revision=row.revision,
        placed_at=row.placed_at,
        placed_by=row.person or row.staff_by or "",
        client=row.client_ref or "",
        client_name=row.client_name,
        tax_code=row.tax_code,
        contract=row.contract_ref,
        price_type=row.price_type_ref,
        delivery_name=row.delivery_name,
        delivery_address=row.delivery_address,
        delivery_date=row.delivery_date,
        note=row.note,
        lines=lines,
        total=row.total,
        cancelled=row.state == State.CANCELLED.value,
        provisional=row.provisional,
        held=held_of(row.held),
    )

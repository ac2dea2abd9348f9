"""Debts by document, as the last whole pull named them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Insert, bindparam, cast, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Client, Order, PayAttempt, PayLink, PaymentEvent, PaymentPart, PayTarget, Receivable
from bot.db.types import MoneyColumn
from bot.domain.accounting import ReceivableRecord
from bot.domain.dispatch import KYIV
from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from bot.domain.receivable import ReceivableView


@dataclass(frozen=True, slots=True)
class PaidHere:
    """What was paid of a document through the gateway, and when; `dated` is the document's day, or the order's."""

    client_id: UUID
    document: str
    dated: date
    payment_days: int
    amount: Money
    paid_on: date


class Receivables:
    """What clients owe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self) -> frozenset[str]:
        """The documents whose heads are here."""
        return frozenset(self._connection.execute(select(Receivable.document)).scalars())

    def put(self, records: Sequence[ReceivableRecord], pull: int) -> list[str]:
        """What the pull names; returns the documents of clients that are not known here."""
        clients = self._clients({record.client for record in records})
        named = [_row(record, clients[record.client], pull) for record in records if record.client in clients]
        whole, moved = [row for row in named if row["kind"]], [_moved(row) for row in named if not row["kind"]]
        if whole:
            self._connection.execute(self._upsert(), whole)
        if moved:
            self._connection.execute(_MOVE, moved)
        return [record.document for record in records if record.client not in clients]

    def sweep(self, pull: int) -> int:
        """The pull was whole: what it did not name is not owed any more. Returns how many went."""
        return self._connection.execute(delete(Receivable).where(Receivable.pull < pull)).rowcount

    def of_client(self, client_id: UUID) -> list[ReceivableView]:
        """Oldest due first; those without a due date last."""
        rows = self._connection.execute(_VIEW.where(Receivable.client_id == client_id))
        return [_view(row) for row in rows]

    def by_client(self) -> dict[UUID, list[ReceivableView]]:
        """The same of everybody."""
        found: dict[UUID, list[ReceivableView]] = {}
        for row in self._connection.execute(_VIEW):
            found.setdefault(row.client_id, []).append(_view(row))
        return found

    def total(self, *, due_before: date | None = None) -> Money:
        """What all clients owe together, or only what was due before a day; advances are not subtracted."""
        found = select(cast(func.sum(Receivable.balance), MoneyColumn())).where(Receivable.balance > ZERO)
        if due_before is not None:
            found = found.where(Receivable.due < due_before)
        return self._connection.execute(found).scalar() or ZERO

    def paid_here(self, since: date) -> list[PaidHere]:
        """Documents that are not owed any more, and of which money came in by the gateway on that day or later."""
        rows = self._connection.execute(
            select(
                PayLink.client_id,
                PaymentPart.reference,
                PaymentPart.document,
                PaymentPart.order_id,
                PaymentPart.amount,
                func.coalesce(PayTarget.dated, Order.delivery_date).label("dated"),
                Client.payment_days,
                func.min(PaymentEvent.at).label("paid_at"),
            )
            .join(PayAttempt, PayAttempt.reference == PaymentPart.reference)
            .join(PayLink, PayLink.id == PayAttempt.link_id)
            .join(Client, Client.id == PayLink.client_id)
            .join(PaymentEvent, PaymentEvent.reference == PaymentPart.reference)
            .outerjoin(PayTarget, (PayTarget.link_id == PayLink.id) & (PayTarget.document == PaymentPart.document))
            .outerjoin(Order, Order.id == PaymentPart.order_id)
            .where(PaymentEvent.outcome == Outcome.PAID.value)
            .group_by(
                PaymentPart.reference,
                PaymentPart.position,
                PayLink.client_id,
                PayTarget.dated,
                Order.delivery_date,
                Client.payment_days,
            )
        )
        owed = self.known()
        found = []
        for row in rows:
            document, paid_on = row.document or f"order:{row.order_id}", row.paid_at.astimezone(KYIV).date()
            if row.dated is not None and paid_on >= since and document not in owed:
                found.append(PaidHere(row.client_id, document, row.dated, row.payment_days, row.amount, paid_on))
        return found

    def count(self) -> int:
        return self._connection.execute(select(func.count()).select_from(Receivable)).scalar_one()

    def _clients(self, external_ids: set[str]) -> dict[str, UUID]:
        rows = self._connection.execute(
            select(Client.external_id, Client.id).where(Client.external_id.in_(external_ids))
        )
        return {row.external_id: row.id for row in rows if row.external_id is not None}

    def _upsert(self) -> Insert:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        insertion: Any = dialect.insert(Receivable)
        changes = {column.name: insertion.excluded[column.name] for column in Receivable.__table__.columns}
        upsert: Insert = insertion.on_conflict_do_update(index_elements=["document"], set_=changes)
        return upsert


_VIEW = (
    select(
        Receivable.client_id,
        Receivable.document,
        Receivable.kind,
        Receivable.number,
        Receivable.dated,
        Receivable.amount,
        Receivable.balance,
        Receivable.due,
        Receivable.contract,
        Receivable.order_ref,
    )
    .where(Receivable.balance != ZERO)
    .order_by(Receivable.due.is_(None), Receivable.due, Receivable.dated, Receivable.document)
)
"""What is owed, as ReceivableView has it after the client."""
_MOVE = (
    update(Receivable)
    .where(Receivable.document == bindparam("of_document"))
    .values(
        client_id=bindparam("its_client"),
        contract=bindparam("its_contract"),
        balance=bindparam("still_owed"),
        pull=bindparam("named_by"),
        due=func.coalesce(bindparam("due_now", type_=Receivable.due.type), Receivable.due),
        order_ref=func.coalesce(bindparam("its_order", type_=Receivable.order_ref.type), Receivable.order_ref),
    )
)
"""A debt whose document is here already."""


def _view(row: Any) -> ReceivableView:
    return ReceivableView(*row[1:])


def _row(record: ReceivableRecord, client_id: UUID, pull: int) -> dict[str, Any]:
    """All columns; without the document's head its kind is empty."""
    head = record.head
    return {
        "document": record.document,
        "client_id": client_id,
        "contract": record.contract,
        "kind": head.kind if head else "",
        "number": head.number if head else "",
        "dated": head.date if head else None,
        "amount": head.amount if head else None,
        "balance": record.balance,
        "due": record.due,
        "order_ref": record.order,
        "pull": pull,
    }


def _moved(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "of_document": row["document"],
        "its_client": row["client_id"],
        "its_contract": row["contract"],
        "still_owed": row["balance"],
        "named_by": row["pull"],
        "due_now": row["due"],
        "its_order": row["order_ref"],
    }

"""Money that came in: what it went to, its documents in the book of record, and what staff had done with it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import (
    ChosenDebt,
    Client,
    Contract,
    MoneyMove,
    OrderDocument,
    PayAttempt,
    PayLink,
    PaymentDocument,
    PaymentPart,
    Receivable,
    StrangeMoney,
)
from bot.domain.accounting import DocumentLink
from bot.domain.allocation import Part
from bot.domain.money import Money
from bot.domain.money_move import MoveKind, MoveView
from bot.domain.payment import GatewayState, Outcome


class MoneyIn:
    """Parts, documents, moves, and what is chosen to be paid."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- what it went to ---------------------------------------------------------------------------------------------

    def put_parts(self, reference: str, parts: Sequence[Part]) -> None:
        rows = [
            {
                "reference": reference, "position": position, "order_id": part.order_id, "document": part.document,
                "amount": part.amount,
            }
            for position, part in enumerate(parts, 1)
            if part.amount
        ]  # fmt: skip
        if rows:
            self._connection.execute(insert(PaymentPart), rows)

    def parts(self, reference: str) -> tuple[Part, ...]:
        """In the order in which they were paid."""
        return self.parts_of([reference]).get(reference, ())

    def parts_of(self, references: Collection[str]) -> dict[str, tuple[Part, ...]]:
        """Of each that has any, in the order in which they were paid."""
        return self._parts(PaymentPart.reference.in_(list(references)))

    def unseen(self, client_id: UUID) -> Mapping[str, tuple[Part, ...]]:
        """By attempt, whatever its money went to that 1C's debts do not know of yet."""
        attempts = select(PayAttempt.reference).join(PayLink, PayLink.id == PayAttempt.link_id)
        theirs = PaymentPart.reference.in_(attempts.where(PayLink.client_id == client_id))
        return self._parts(theirs, PaymentPart.seen_at.is_(None))

    def _parts(self, *which: ColumnElement[bool]) -> dict[str, tuple[Part, ...]]:
        rows = self._connection.execute(
            select(PaymentPart.reference, PaymentPart.order_id, PaymentPart.document, PaymentPart.amount)
            .where(*which)
            .order_by(PaymentPart.reference, PaymentPart.position)
        )
        found: dict[str, list[Part]] = defaultdict(list)
        for row in rows:
            found[row.reference].append(Part(row.order_id, row.document, row.amount))
        return {reference: tuple(parts) for reference, parts in found.items()}

    def clients_unseen(self) -> set[UUID]:
        """Clients with a payment that 1C's debts do not know of yet."""
        rows = self._connection.execute(
            select(PayLink.client_id)
            .join(PayAttempt, PayAttempt.link_id == PayLink.id)
            .join(PaymentPart, PaymentPart.reference == PayAttempt.reference)
            .where(PaymentPart.seen_at.is_(None))
            .distinct()
        )
        return set(rows.scalars())

    def seen(self, began: datetime, at: datetime) -> int:
        """Debts were taken in whole, from `began` on: what was posted before that is in them."""
        posted = select(PaymentDocument.reference).where(PaymentDocument.posted_at < began)
        return self._connection.execute(
            update(PaymentPart)
            .where(PaymentPart.seen_at.is_(None), PaymentPart.reference.in_(posted))
            .values(seen_at=at)
        ).rowcount

    # --- its documents there -----------------------------------------------------------------------------------------

    def document(self, reference: str) -> DocumentLink | None:
        row = self._connection.execute(
            select(PaymentDocument.ref, PaymentDocument.number, PaymentDocument.version, PaymentDocument.posted).where(
                PaymentDocument.reference == reference
            )
        ).first()
        return DocumentLink(*row) if row else None

    def handed(self, reference: str, link: DocumentLink, at: datetime) -> None:
        values = {"ref": link.ref, "number": link.number, "version": link.version, "posted": link.posted}
        self._connection.execute(
            self._insert(PaymentDocument)
            .values(reference=reference, handed_at=at, **values)
            .on_conflict_do_update(index_elements=["reference"], set_=values | {"handed_at": at})
        )
        if link.posted:
            self.settled_there(reference, at)

    def settled_there(self, reference: str, at: datetime) -> None:
        """Posted, or taken away by somebody who entered the money otherwise: 1C's debts are to be believed again."""
        self._connection.execute(
            update(PaymentDocument)
            .where(PaymentDocument.reference == reference, PaymentDocument.posted_at.is_(None))
            .values(posted_at=at)
        )

    def looked_at(self, reference: str, at: datetime) -> None:
        """Others are looked at before it is again."""
        self._connection.execute(
            update(PaymentDocument).where(PaymentDocument.reference == reference).values(handed_at=at)
        )

    def unposted(self, limit: int) -> list[str]:
        """Payments whose document was not found posted yet, those looked at longest ago first."""
        rows = self._connection.execute(
            select(PaymentDocument.reference)
            .where(PaymentDocument.posted_at.is_(None))
            .order_by(PaymentDocument.handed_at, PaymentDocument.reference)
            .limit(limit)
        )
        return list(rows.scalars())

    def order_document(self, order_id: UUID) -> str | None:
        found = select(OrderDocument.ref).where(OrderDocument.order_id == order_id, OrderDocument.number != "")
        return self._connection.execute(found).scalar()

    def order_documents(self, order_ids: Collection[UUID]) -> dict[UUID, str]:
        rows = self._connection.execute(
            select(OrderDocument.order_id, OrderDocument.ref).where(OrderDocument.order_id.in_(list(order_ids)))
        )
        return {row.order_id: row.ref for row in rows}

    def payer(self, client_id: UUID, documents: Collection[str]) -> tuple[str, str | None]:
        """The client's id there, and a contract: the documents' own where they share one, else the main one."""
        client = self._connection.execute(select(Client.external_id).where(Client.id == client_id)).scalar() or ""
        of_debts = select(Receivable.contract).where(Receivable.document.in_(list(documents))).distinct()
        contracts = [one for one in self._connection.execute(of_debts).scalars() if one]
        if len(contracts) == 1:
            return client, contracts[0]
        main = select(Contract.external_id).where(and_(Contract.client_id == client_id, Contract.active, Contract.main))
        return client, self._connection.execute(main).scalar()

    # --- what staff had done -----------------------------------------------------------------------------------------

    def ask_move(self, values: Mapping[str, Any]) -> UUID | None:
        """None where something is asked for this attempt already; the attempt is locked by the caller."""
        move_id, position = uuid4(), len(self.moves(values["reference"])) + 1
        asked: UUID | None = self._connection.execute(
            self._insert(MoneyMove)
            .values(id=move_id, position=position, **values)
            .on_conflict_do_nothing()
            .returning(MoneyMove.id)
        ).scalar()
        return asked

    def move(self, move_id: UUID) -> MoveView | None:
        row = self._connection.execute(_MOVE.where(MoneyMove.id == move_id)).first()
        return _view(row) if row else None

    def moves(self, reference: str) -> list[MoveView]:
        """Oldest first."""
        rows = self._connection.execute(_MOVE.where(MoneyMove.reference == reference).order_by(MoneyMove.position))
        return [_view(row) for row in rows]

    def moves_of(self, references: Collection[str]) -> dict[str, list[MoveView]]:
        """Of each that has any, oldest first."""
        rows = self._connection.execute(
            _MOVE.where(MoneyMove.reference.in_(list(references))).order_by(MoneyMove.position)
        )
        found: dict[str, list[MoveView]] = defaultdict(list)
        for row in rows:
            found[row.reference].append(_view(row))
        return found

    def accept_move(self, move_id: UUID, at: datetime) -> None:
        """The gateway said that it does it."""
        self._connection.execute(update(MoneyMove).where(MoneyMove.id == move_id).values(accepted_at=at))

    def call_move(self, move_id: UUID, at: datetime | None) -> None:
        """The gateway is about to be asked; None: it surely was not."""
        self._connection.execute(update(MoneyMove).where(MoneyMove.id == move_id).values(called_at=at))

    def end_move(self, move_id: UUID, at: datetime, ended: str) -> bool:
        """False where it has ended before."""
        done = update(MoneyMove).where(MoneyMove.id == move_id, MoneyMove.ended_at.is_(None))
        return bool(self._connection.execute(done.values(ended_at=at, ended=ended)).rowcount)

    # --- what nobody knows of ----------------------------------------------------------------------------------------

    def strange(self, state: GatewayState, at: datetime) -> bool:
        """False where it was found before."""
        found = self._connection.execute(
            self._insert(StrangeMoney)
            .values(
                reference=state.reference, outcome=state.outcome.value, amount=state.amount, at=state.processed_at,
                found_at=at,
            )
            .on_conflict_do_nothing()
            .returning(StrangeMoney.reference)
        )  # fmt: skip
        return found.first() is not None

    def strangers(self, found_at: datetime) -> list[tuple[str, Outcome, Money, datetime | None]]:
        """What was found at that moment, by reference."""
        rows = self._connection.execute(
            select(StrangeMoney.reference, StrangeMoney.outcome, StrangeMoney.amount, StrangeMoney.at)
            .where(StrangeMoney.found_at == found_at)
            .order_by(StrangeMoney.reference)
        )
        return [(row.reference, Outcome(row.outcome), row.amount, row.at) for row in rows]

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def chosen(self, person_id: UUID, client_id: UUID) -> frozenset[str]:
        found = select(ChosenDebt.document).where(ChosenDebt.person_id == person_id, ChosenDebt.client_id == client_id)
        return frozenset(self._connection.execute(found).scalars())

    def choose(self, person_id: UUID, client_id: UUID, document: str, *, on: bool) -> None:
        row = {"person_id": person_id, "client_id": client_id, "document": document}
        if on:
            self._connection.execute(self._insert(ChosenDebt).values(**row).on_conflict_do_nothing())
            return
        self._connection.execute(
            delete(ChosenDebt).where(*(getattr(ChosenDebt, name) == value for name, value in row.items()))
        )


_MOVE = select(
    MoneyMove.id,
    MoneyMove.reference,
    MoneyMove.kind,
    MoneyMove.amount,
    MoneyMove.before,
    MoneyMove.reason,
    MoneyMove.comment,
    MoneyMove.by_name,
    MoneyMove.asked_at,
    MoneyMove.called_at,
    MoneyMove.accepted_at,
    MoneyMove.ended_at,
    MoneyMove.ended,
)


def _view(row: Any) -> MoveView:
    return MoveView(row.id, row.reference, MoveKind(row.kind), *row[3:])

"""Signed contracts on their way to the book of record, and what they are called there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Client, ContractDocument, Envelope, PriceType
from bot.domain.accounting import DocumentLink
from bot.domain.envelope import Stage
from bot.domain.money import Money
from bot.domain.signing import DocumentKind


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """One of our contracts: `link` is None and `recorded_at` too until it is there."""

    contract_id: UUID
    client_id: UUID
    number: str
    asked_at: datetime
    link: DocumentLink | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClientTerms:
    """On what terms a client buys."""

    payment_days: int
    credit_limit: Money | None
    price_type: UUID | None


class ContractDocuments:
    """What was asked for, and what is there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def ask(self, contract_id: UUID, client_id: UUID, number: str, at: datetime) -> bool:
        """False where it was asked for before."""
        asked = self._connection.execute(
            self._insert(ContractDocument)
            .values(contract_id=contract_id, client_id=client_id, number=number, asked_at=at, version="")
            .on_conflict_do_nothing()
        )
        return bool(asked.rowcount)

    def of(self, contract_id: UUID) -> ContractPaper | None:
        """None where it was never asked for."""
        row = self._connection.execute(_PAPER.where(ContractDocument.contract_id == contract_id)).first()
        if row is None:
            return None
        link = None if row.ref is None else DocumentLink(row.ref, row.number, row.version)
        return ContractPaper(row.contract_id, row.client_id, row.number, row.asked_at, link, row.recorded_at)

    def recorded(self, contract_id: UUID, link: DocumentLink, at: datetime) -> None:
        self._connection.execute(
            update(ContractDocument)
            .where(ContractDocument.contract_id == contract_id)
            .values(ref=link.ref, version=link.version, recorded_at=at)
        )

    def unasked(self, limit: int) -> list[UUID]:
        """Envelopes of contracts that are signed, and taken as signed, and were not asked for; the oldest first."""
        taken = or_(Envelope.doubts == "", Envelope.accepted_by != "")
        asked = select(ContractDocument.contract_id).where(ContractDocument.contract_id == Envelope.id)
        rows = self._connection.execute(
            select(Envelope.id)
            .where(Envelope.kind == DocumentKind.CONTRACT.value, Envelope.stage == Stage.SIGNED.value)
            .where(Envelope.recorded == "", taken, ~asked.exists())
            .order_by(Envelope.ended_at, Envelope.id)
            .limit(limit)
        )
        return list(rows.scalars())

    def terms(self, client_id: UUID) -> ClientTerms:
        row = self._connection.execute(
            select(Client.payment_days, Client.credit_limit, Client.price_type_id).where(Client.id == client_id)
        ).one()
        return ClientTerms(*row)

    def refs(self, client_id: UUID, price_type: UUID | None) -> tuple[str, str | None]:
        """The ids there of a client and of a price type."""
        client = self._connection.execute(select(Client.external_id).where(Client.id == client_id)).scalar() or ""
        return client, self._connection.execute(
            select(PriceType.external_id).where(PriceType.id == price_type)
        ).scalar()


_PAPER = select(ContractDocument.__table__)

"""Whom the rules concern by which documents begin: clients without a contract, with one that ends, with new prices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, or_, select, union_all
from sqlalchemy.orm import aliased

from bot.db.models import Account, Client, Contract, Envelope, Membership, Price
from bot.domain.envelope import Stage
from bot.domain.signing import DocumentKind


class EnvelopeStarts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def without_contract(self, limit: int) -> list[UUID]:
        """Active clients with a code whose people have joined, that have no contract of a day here or there."""
        joined = (
            select(Account.person_id)
            .join(Membership, Membership.person_id == Account.person_id)
            .where(Membership.client_id == Client.id, Account.reachable)
        )
        known = select(Contract.external_id).where(
            Contract.client_id == Client.id, Contract.active, Contract.dated.is_not(None)
        )
        ours = select(Envelope.id).where(Envelope.client_id == Client.id, Envelope.kind == DocumentKind.CONTRACT.value)
        rows = self._connection.execute(
            select(Client.id)
            .where(Client.active, Client.tax_code.is_not(None))
            .where(joined.exists(), ~known.exists(), ~ours.exists())
            .order_by(Client.name, Client.id)
            .limit(limit)
        )
        return list(rows.scalars())

    def ending(self, today: date, until: date, asked_before: datetime, limit: int) -> list[UUID]:
        """Active clients whose last contract ends by then, and for whom none was begun since that moment.

        Signed here, or the main one of the book of record unless that ended before `today`: nobody missed it since.
        """
        ours = select(Envelope.client_id, Envelope.until).where(
            Envelope.kind == DocumentKind.CONTRACT.value, Envelope.stage == Stage.SIGNED.value
        )
        theirs = select(Contract.client_id, Contract.until).where(
            Contract.active, Contract.main, Contract.until >= today
        )
        both = union_all(ours, theirs).subquery()
        rows = self._connection.execute(
            select(both.c.client_id)
            .join(Client, Client.id == both.c.client_id)
            .where(Client.active, ~self._newer(DocumentKind.CONTRACT, asked_before, both.c.client_id).exists())
            .group_by(both.c.client_id)
            .having(func.max(both.c.until) <= until)
            .order_by(both.c.client_id)
            .limit(limit)
        )
        return list(rows.scalars())

    def with_old_prices(self, asked_before: datetime, limit: int) -> list[UUID]:
        """Active clients with a signed contract whose prices have moved since their last document was drawn up."""
        newest = (
            select(Price.price_type_id, func.max(Price.since).label("since")).group_by(Price.price_type_id).subquery()
        )
        rows = self._connection.execute(
            select(Envelope.client_id)
            .join(Client, Client.id == Envelope.client_id)
            .join(newest, newest.c.price_type_id == Client.price_type_id)
            .where(Client.active, Envelope.stage == Stage.SIGNED.value)
            .where(Envelope.kind.in_([DocumentKind.CONTRACT.value, DocumentKind.AMENDMENT.value]))
            .where(~self._newer(DocumentKind.CONTRACT, asked_before).exists())
            .where(~self._newer(DocumentKind.AMENDMENT, asked_before).exists())
            .group_by(Envelope.client_id, newest.c.since)
            .having(func.max(Envelope.asked_at) < newest.c.since)
            .order_by(Envelope.client_id)
            .limit(limit)
        )
        return list(rows.scalars())

    def _newer(self, kind: DocumentKind, moment: datetime, client: Any = Envelope.client_id) -> Any:
        """Begun since that moment, or still open, for the same client."""
        other = aliased(Envelope)
        since = or_(other.asked_at >= moment, other.ended_at.is_(None))
        return select(other.id).where(other.client_id == client, other.kind == kind.value, since)

"""Pay links, attempts at the gateway, and everything it ever said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Order, OrderDocument, PayAttempt, PayLink, PaymentDocument, PaymentEvent
from bot.domain.accounting import DocumentLink
from bot.domain.money import Money
from bot.domain.paying import Said
from bot.domain.payment import GatewayState, Outcome


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A pay link and the order it is for."""

    id: UUID
    token: str
    order_id: UUID
    client_id: UUID
    lives_until: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    reference: str
    id: UUID
    order_id: UUID
    client_id: UUID
    amount: Money
    made_at: datetime
    lives_until: datetime
    stirred_at: datetime | None
    checked_at: datetime | None


_LINK = select(
    PayLink.id, PayLink.token, PayLink.order_id, Order.client_id, PayLink.lives_until, PayLink.revoked_at
).join(Order, Order.id == PayLink.order_id)
_ATTEMPT = (
    select(
        PayAttempt.reference,
        PayAttempt.id,
        PayLink.order_id,
        Order.client_id,
        PayAttempt.amount,
        PayAttempt.made_at,
        PayAttempt.lives_until,
        PayAttempt.stirred_at,
        PayAttempt.checked_at,
    )
    .join(PayLink, PayLink.id == PayAttempt.link_id)
    .join(Order, Order.id == PayLink.order_id)
)


class Payments:
    """What was asked for and what came in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def open_link(self, order_id: UUID, token: str, at: datetime, lives_until: datetime) -> LinkRow:
        """The order's link: this one, or the one it has already, which lives at least as long from now on."""
        self._connection.execute(
            self._insert(PayLink)
            .values(id=uuid4(), token=token, order_id=order_id, made_at=at, lives_until=lives_until)
            .on_conflict_do_update(
                index_elements=["order_id"],
                set_={"lives_until": lives_until},
                where=PayLink.lives_until < lives_until,
            )
        )
        link = self.link_of(order_id)
        assert link is not None
        return link

    def link(self, token: str) -> LinkRow | None:
        row = self._connection.execute(_LINK.where(PayLink.token == token)).first()
        return LinkRow(*row) if row else None

    def link_of(self, order_id: UUID) -> LinkRow | None:
        row = self._connection.execute(_LINK.where(PayLink.order_id == order_id)).first()
        return LinkRow(*row) if row else None

    def revoke(self, order_id: UUID, at: datetime) -> None:
        self._connection.execute(
            update(PayLink).where(PayLink.order_id == order_id, PayLink.revoked_at.is_(None)).values(revoked_at=at)
        )

    def add_attempt(
        self, link_id: UUID, reference: str, amount: Money, at: datetime, lives_until: datetime, language: str
    ) -> None:
        self._connection.execute(
            insert(PayAttempt).values(
                reference=reference, id=uuid4(), link_id=link_id, amount=amount, made_at=at, lives_until=lives_until,
                language=language, settled=False,
            )
        )  # fmt: skip

    def count_attempts(self, link_id: UUID) -> int:
        found = select(func.count()).where(PayAttempt.link_id == link_id)
        return self._connection.execute(found).scalar_one()

    def attempt(self, reference: str, *, lock: bool = False) -> AttemptRow | None:
        """`lock`: nobody else notes anything of it before this transaction ends."""
        if lock:
            self._connection.execute(
                select(PayAttempt.reference).where(PayAttempt.reference == reference).with_for_update()
            )
        row = self._connection.execute(_ATTEMPT.where(PayAttempt.reference == reference)).first()
        return AttemptRow(*row) if row else None

    def attempts_of(self, order_id: UUID) -> list[AttemptRow]:
        """Oldest first."""
        rows = self._connection.execute(
            _ATTEMPT.where(PayLink.order_id == order_id).order_by(PayAttempt.made_at, PayAttempt.reference)
        )
        return [AttemptRow(*row) for row in rows]

    def unsettled(self, made_before: datetime, checked_before: datetime, limit: int) -> list[str]:
        """Attempts whose end is not known, those asked about longest ago first."""
        rows = self._connection.execute(
            select(PayAttempt.reference)
            .where(
                PayAttempt.settled.is_(False),
                PayAttempt.made_at < made_before,
                func.coalesce(PayAttempt.checked_at, PayAttempt.made_at) < checked_before,
            )
            .order_by(func.coalesce(PayAttempt.checked_at, PayAttempt.made_at))
            .limit(limit)
        )
        return list(rows.scalars())

    def stirred(self, reference: str, at: datetime) -> None:
        """Something happened there that has not been read yet."""
        self._connection.execute(update(PayAttempt).where(PayAttempt.reference == reference).values(stirred_at=at))

    def checked(self, reference: str, at: datetime, *, settled: bool) -> None:
        self._connection.execute(
            update(PayAttempt).where(PayAttempt.reference == reference).values(checked_at=at, settled=settled)
        )

    def said(self, reference: str) -> list[Said]:
        rows = self._connection.execute(
            select(
                PaymentEvent.at,
                PaymentEvent.outcome,
                PaymentEvent.amount,
                PaymentEvent.refunded,
                PaymentEvent.card,
                PaymentEvent.bank,
                PaymentEvent.code,
                PaymentEvent.processed_at,
            )
            .where(PaymentEvent.reference == reference)
            .order_by(PaymentEvent.position)
        )
        return [Said(row.at, Outcome(row.outcome), *row[2:]) for row in rows]

    def note(self, state: GatewayState, at: datetime, said: Sequence[Said]) -> bool:
        """A new word of the gateway; false where it says the same as last time. The attempt is locked by the caller."""
        last = said[-1] if said else None
        if last and (last.outcome, last.amount, last.refunded) == (state.outcome, state.amount, state.refunded):
            return False
        self._connection.execute(
            insert(PaymentEvent).values(
                reference=state.reference,
                position=len(said) + 1,
                at=at,
                outcome=state.outcome.value,
                amount=state.amount,
                refunded=state.refunded,
                card=state.card,
                bank=state.bank,
                code=state.code,
                processed_at=state.processed_at,
            )
        )
        return True

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

    def order_document(self, order_id: UUID) -> str | None:
        found = select(OrderDocument.ref).where(OrderDocument.order_id == order_id, OrderDocument.number != "")
        return self._connection.execute(found).scalar()

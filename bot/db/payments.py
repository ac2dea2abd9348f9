"""Attempts at the gateway, and everything it ever said of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from bot.db.models import PayAttempt, PayLink, PaymentEvent, PayTarget
from bot.domain.allocation import Target
from bot.domain.money import Money
from bot.domain.paying import Said
from bot.domain.payment import GatewayState, Outcome


@dataclass(frozen=True, slots=True)
class AttemptRow:
    reference: str
    id: UUID
    link_id: UUID
    client_id: UUID
    amount: Money
    made_at: datetime
    lives_until: datetime
    stirred_at: datetime | None
    checked_at: datetime | None
    settled: bool
    held_since: datetime | None
    withdrawn_at: datetime | None


_ATTEMPT: Any = select(
    PayAttempt.reference,
    PayAttempt.id,
    PayAttempt.link_id,
    PayLink.client_id,
    PayAttempt.amount,
    PayAttempt.made_at,
    PayAttempt.lives_until,
    PayAttempt.stirred_at,
    PayAttempt.checked_at,
    PayAttempt.settled,
    PayAttempt.held_since,
    PayAttempt.withdrawn_at,
).join(PayLink, PayLink.id == PayAttempt.link_id)


AT_ONCE = 1000
"""So many are named in one question."""
_SAID: Any = select(
    PaymentEvent.reference,
    PaymentEvent.at,
    PaymentEvent.outcome,
    PaymentEvent.amount,
    PaymentEvent.refunded,
    PaymentEvent.card,
    PaymentEvent.bank,
    PaymentEvent.code,
    PaymentEvent.processed_at,
)


class Payments:
    """What was tried, and what was said of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def attempts_of(self, *order_ids: UUID) -> list[AttemptRow]:
        """By any link that is for one of these, oldest first."""
        rows = self._connection.execute(
            _ATTEMPT.where(_for(order_ids, ())).order_by(PayAttempt.made_at, PayAttempt.reference)
        )
        return [AttemptRow(*row) for row in rows]

    def attempts_by(self, link_id: UUID) -> list[AttemptRow]:
        """Of one link, oldest first."""
        rows = self._connection.execute(
            _ATTEMPT.where(PayAttempt.link_id == link_id).order_by(PayAttempt.made_at, PayAttempt.reference)
        )
        return [AttemptRow(*row) for row in rows]

    def open_attempts(self, targets: Collection[Target]) -> list[AttemptRow]:
        """Whose end is not known, by any link for any of these."""
        orders = [one.order_id for one in targets if one.order_id is not None]
        documents = [one.document for one in targets if one.document is not None]
        rows = self._connection.execute(_ATTEMPT.where(PayAttempt.settled.is_(False), _for(orders, documents)))
        return [AttemptRow(*row) for row in rows]

    def not_withdrawn(self, targets: Collection[Target]) -> list[AttemptRow]:
        """By any link for any of these, oldest first, ended or not: a decline is not the last word."""
        orders = [one.order_id for one in targets if one.order_id is not None]
        documents = [one.document for one in targets if one.document is not None]
        found = _ATTEMPT.where(PayAttempt.withdrawn_at.is_(None), _for(orders, documents))
        rows = self._connection.execute(found.order_by(PayAttempt.made_at, PayAttempt.reference))
        return [AttemptRow(*row) for row in rows]

    def open_of(self, client_id: UUID) -> list[AttemptRow]:
        """Whose end is not known, by any link of the client."""
        rows = self._connection.execute(_ATTEMPT.where(PayLink.client_id == client_id, PayAttempt.settled.is_(False)))
        return [AttemptRow(*row) for row in rows]

    def latest_of(self, client_id: UUID, limit: int) -> list[AttemptRow]:
        """By any link of the client, newest first."""
        latest = _ATTEMPT.where(PayLink.client_id == client_id).order_by(
            PayAttempt.made_at.desc(), PayAttempt.reference
        )
        return [AttemptRow(*row) for row in self._connection.execute(latest.limit(limit))]

    def attempt_by_id(self, attempt_id: UUID) -> AttemptRow | None:
        row = self._connection.execute(_ATTEMPT.where(PayAttempt.id == attempt_id)).first()
        return AttemptRow(*row) if row else None

    def client_of(self, written: str) -> UUID | None:
        """The client of the attempt with this id; None where it is no attempt's id."""
        try:
            attempt = self.attempt_by_id(UUID(written))
        except ValueError:
            return None
        return attempt.client_id if attempt else None

    def held(self, before: datetime) -> list[AttemptRow]:
        """Sums that are held since before then, oldest first."""
        rows = self._connection.execute(
            _ATTEMPT.where(PayAttempt.held_since < before).order_by(PayAttempt.held_since, PayAttempt.reference)
        )
        return [AttemptRow(*row) for row in rows]

    def known(self, references: Collection[str]) -> frozenset[str]:
        """Those of them that are attempts of ours."""
        found = select(PayAttempt.reference).where(PayAttempt.reference.in_(list(references)))
        return frozenset(self._connection.execute(found).scalars())

    def processed_between(self, begin: datetime, end: datetime) -> list[str]:
        """Attempts that the gateway took money by in this time, as it told us."""
        rows = self._connection.execute(
            select(PaymentEvent.reference)
            .where(
                PaymentEvent.outcome.in_([Outcome.PAID.value, Outcome.HELD.value]),
                PaymentEvent.processed_at >= begin,
                PaymentEvent.processed_at < end,
            )
            .distinct()
            .order_by(PaymentEvent.reference)
        )
        return list(rows.scalars())

    def unsettled(self, made_before: datetime, checked_before: datetime, limit: int) -> list[str]:
        """Attempts whose end is not known, but for held sums; those asked about longest ago first."""
        rows = self._connection.execute(
            select(PayAttempt.reference)
            .where(
                PayAttempt.settled.is_(False),
                PayAttempt.held_since.is_(None),
                PayAttempt.made_at < made_before,
                func.coalesce(PayAttempt.checked_at, PayAttempt.made_at) < checked_before,
            )
            .order_by(func.coalesce(PayAttempt.checked_at, PayAttempt.made_at))
            .limit(limit)
        )
        return list(rows.scalars())

    def stirred(self, reference: str, at: datetime) -> None:
        """Something happened there that has not been read yet, whatever was known of its end."""
        self._connection.execute(
            update(PayAttempt).where(PayAttempt.reference == reference).values(stirred_at=at, settled=False)
        )

    def checked(self, reference: str, at: datetime, *, settled: bool, held: bool = False) -> None:
        """It was asked about at that moment; what stirred afterwards is not read yet."""
        since = func.coalesce(PayAttempt.held_since, at) if held else None
        read = or_(PayAttempt.stirred_at.is_(None), PayAttempt.stirred_at <= at)
        self._connection.execute(
            update(PayAttempt)
            .where(PayAttempt.reference == reference)
            .values(checked_at=at, settled=read if settled else False, held_since=since)
        )

    def withdrawn(self, reference: str, at: datetime) -> bool:
        """False where it was before."""
        done = update(PayAttempt).where(PayAttempt.reference == reference, PayAttempt.withdrawn_at.is_(None))
        return bool(self._connection.execute(done.values(withdrawn_at=at)).rowcount)

    def said(self, reference: str) -> list[Said]:
        return self.said_of([reference])[reference]

    def said_of(self, references: Collection[str]) -> dict[str, list[Said]]:
        """Of each of them, oldest first."""
        found: dict[str, list[Said]] = {reference: [] for reference in references}
        named = sorted(found)
        for start in range(0, len(named), AT_ONCE):
            some = _SAID.where(PaymentEvent.reference.in_(named[start : start + AT_ONCE]))
            rows = self._connection.execute(some.order_by(PaymentEvent.reference, PaymentEvent.position))
            for row in rows:
                found[row.reference].append(Said(row.at, Outcome(row.outcome), *row[3:]))
        return found

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


def _for(orders: Collection[UUID], documents: Collection[str]) -> ColumnElement[bool]:
    wanted = or_(PayTarget.order_id.in_(list(orders)), PayTarget.document.in_(list(documents)))
    return PayAttempt.link_id.in_(select(PayTarget.link_id).where(wanted))

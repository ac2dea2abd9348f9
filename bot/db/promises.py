"""What clients said to a reminder: promises, claims that it is paid, disputes; and finance's exemptions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Client, Dispute, PaidClaim, Person, Promise, ReminderExemption
from bot.domain.promises import DisputeView, Ended, ExemptionView, PaidClaimView, PromiseView, Proof, Word
from bot.domain.receivable import Debt

T = TypeVar("T", Promise, PaidClaim, Dispute, ReminderExemption)


class Promises:
    """One open promise, claim and exemption a client, one open dispute a document."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- promises -----------------------------------------------------------------------------------------------------

    def promise(
        self, client_id: UUID, person_id: UUID, day: date, latest: date, debts: Mapping[str, int], at: datetime
    ) -> UUID:
        """The caller has ended the one before."""
        promise_id = uuid4()
        self._connection.execute(
            insert(Promise).values(
                id=promise_id, client_id=client_id, person_id=person_id, day=day, latest=latest, debts=dict(debts),
                made_at=at, ended_by="",
            )
        )  # fmt: skip
        return promise_id

    def open_promise(self, client_id: UUID) -> PromiseView | None:
        row = self._first(_PROMISE.where(Promise.client_id == client_id, Promise.ended_at.is_(None)))
        return _promise(row) if row else None

    def promise_view(self, promise_id: UUID) -> PromiseView | None:
        row = self._first(_PROMISE.where(Promise.id == promise_id))
        return _promise(row) if row else None

    def open_promises(self) -> list[PromiseView]:
        """The nearest day first."""
        found = _PROMISE.where(Promise.ended_at.is_(None)).order_by(Promise.day, Client.name, Promise.id)
        return [_promise(row) for row in self._connection.execute(found)]

    def end_promise(self, promise_id: UUID, ended: Ended, at: datetime, by: str = "") -> bool:
        """False where it had ended before."""
        return self._end(Promise, promise_id, at, by, ended=ended.value)

    def last_broken(self, client_id: UUID) -> PromiseView | None:
        found = _PROMISE.where(Promise.client_id == client_id, Promise.ended == Ended.BROKEN.value)
        row = self._first(found.order_by(Promise.ended_at.desc()))
        return _promise(row) if row else None

    def broken_since(self, moment: datetime) -> list[PromiseView]:
        """By client."""
        found = _PROMISE.where(Promise.ended == Ended.BROKEN.value, Promise.ended_at >= moment)
        return [_promise(row) for row in self._connection.execute(found.order_by(Client.name, Promise.id))]

    def word(self, client_id: UUID) -> Word:
        rows = self._connection.execute(
            select(Promise.ended, func.count()).where(Promise.client_id == client_id).group_by(Promise.ended)
        )
        counted = {row[0]: row[1] for row in rows}
        return Word(counted.get(Ended.KEPT.value, 0), counted.get(Ended.BROKEN.value, 0))

    # --- "it is paid" -------------------------------------------------------------------------------------------------

    def claim(
        self,
        client_id: UUID,
        person_id: UUID,
        until: date,
        at: datetime,
        *,
        day: date | None = None,
        words: str = "",
        proof: Proof | None = None,
    ) -> UUID:
        """What is told later is added to an open one, whose end stands; its id."""
        said: dict[str, Any] = {"day": day} if day else {}
        said |= {"words": words} if words else {}
        if proof is not None:
            said |= {
                "channel": proof.channel, "file_kind": proof.kind, "file_name": proof.name, "file_ref": proof.ref
            }  # fmt: skip
        there = self.open_claim(client_id)
        if there is not None:
            if said:
                self._connection.execute(update(PaidClaim).where(PaidClaim.id == there.id).values(**said))
            return there.id
        empty = {"day": None, "words": "", "channel": "", "file_kind": "", "file_name": "", "file_ref": ""}
        claim_id = uuid4()
        values = empty | said | {"id": claim_id, "client_id": client_id, "person_id": person_id, "until": until}
        self._connection.execute(insert(PaidClaim).values(**values, made_at=at, ended_by=""))
        return claim_id

    def open_claim(self, client_id: UUID) -> PaidClaimView | None:
        row = self._first(_CLAIM.where(PaidClaim.client_id == client_id, PaidClaim.ended_at.is_(None)))
        return _claim(row) if row else None

    def claim_view(self, claim_id: UUID) -> PaidClaimView | None:
        row = self._first(_CLAIM.where(PaidClaim.id == claim_id))
        return _claim(row) if row else None

    def open_claims(self) -> list[PaidClaimView]:
        found = _CLAIM.where(PaidClaim.ended_at.is_(None)).order_by(PaidClaim.until, Client.name, PaidClaim.id)
        return [_claim(row) for row in self._connection.execute(found)]

    def end_claim(self, claim_id: UUID, at: datetime, by: str = "") -> bool:
        return self._end(PaidClaim, claim_id, at, by)

    # --- disputes -----------------------------------------------------------------------------------------------------

    def dispute(self, client_id: UUID, person_id: UUID, debt: Debt, words: str, at: datetime) -> UUID:
        """One open dispute a document: what is said later is added to it; its id."""
        own = (debt.kind, debt.number) if not debt.itself else ("order", debt.order_number)
        there = self._first(
            _DISPUTE.where(
                Dispute.client_id == client_id, Dispute.document == debt.document, Dispute.ended_at.is_(None)
            )
        )
        if there is not None:
            more = words if not there.words else f"{there.words}\n{words}"
            self._connection.execute(update(Dispute).where(Dispute.id == there.id).values(words=more[-2000:]))
            dispute_id: UUID = there.id
            return dispute_id
        dispute_id = uuid4()
        self._connection.execute(
            insert(Dispute).values(
                id=dispute_id, client_id=client_id, person_id=person_id, document=debt.document, kind=own[0],
                number=own[1], dated=None if debt.itself else debt.dated, words=words, made_at=at, ended_by="",
            )
        )  # fmt: skip
        return dispute_id

    def disputed(self, client_id: UUID) -> frozenset[str]:
        found = select(Dispute.document).where(Dispute.client_id == client_id, Dispute.ended_at.is_(None))
        return frozenset(self._connection.execute(found).scalars())

    def dispute_view(self, dispute_id: UUID) -> DisputeView | None:
        row = self._first(_DISPUTE.where(Dispute.id == dispute_id))
        return DisputeView(*row) if row else None

    def open_disputes(self) -> list[DisputeView]:
        """Oldest first."""
        found = _DISPUTE.where(Dispute.ended_at.is_(None)).order_by(Dispute.made_at, Dispute.id)
        return [DisputeView(*row) for row in self._connection.execute(found)]

    def end_dispute(self, dispute_id: UUID, at: datetime, by: str) -> bool:
        return self._end(Dispute, dispute_id, at, by)

    # --- exemptions ---------------------------------------------------------------------------------------------------

    def exempt(
        self, client_id: UUID, grace: int | None, until: date | None, reason: str, at: datetime, by: tuple[str, str]
    ) -> UUID:
        """Instead of the one that was open; `by` is a name and an account."""
        open_ = (ReminderExemption.client_id == client_id, ReminderExemption.ended_at.is_(None))
        self._connection.execute(update(ReminderExemption).where(*open_).values(ended_at=at, ended_by=by[0]))
        exemption_id = uuid4()
        self._connection.execute(
            insert(ReminderExemption).values(
                id=exemption_id, client_id=client_id, grace=grace, until=until, reason=reason, made_at=at,
                made_by=by[0], made_by_account=by[1], ended_by="",
            )
        )  # fmt: skip
        return exemption_id

    def exemption(self, client_id: UUID) -> ExemptionView | None:
        """The one that has not been ended; its last day may be over."""
        row = self._first(
            _EXEMPTION.where(ReminderExemption.client_id == client_id, ReminderExemption.ended_at.is_(None))
        )
        return ExemptionView(*row) if row else None

    def exemption_view(self, exemption_id: UUID) -> ExemptionView | None:
        row = self._first(_EXEMPTION.where(ReminderExemption.id == exemption_id))
        return ExemptionView(*row) if row else None

    def exemptions(self) -> list[ExemptionView]:
        found = _EXEMPTION.where(ReminderExemption.ended_at.is_(None)).order_by(Client.name, ReminderExemption.id)
        return [ExemptionView(*row) for row in self._connection.execute(found)]

    def end_exemption(self, exemption_id: UUID, at: datetime, by: str) -> bool:
        return self._end(ReminderExemption, exemption_id, at, by)

    def _end(self, table: type[T], id: UUID, at: datetime, by: str, **more: Any) -> bool:
        done = update(table).where(table.id == id, table.ended_at.is_(None))
        return bool(self._connection.execute(done.values(ended_at=at, ended_by=by, **more)).rowcount)

    def _first(self, found: Any) -> Any:
        return self._connection.execute(found.limit(1)).first()


_WHO: Sequence[Any] = (Client.name.label("client"), func.coalesce(Person.name, "").label("person"))
_PROMISE: Any = (
    select(
        Promise.id, Promise.client_id, _WHO[0], Promise.person_id, _WHO[1], Promise.day, Promise.latest, Promise.debts,
        Promise.made_at, Promise.ended, Promise.ended_at, Promise.ended_by,
    )
    .join(Client, Client.id == Promise.client_id)
    .outerjoin(Person, Person.id == Promise.person_id)
)  # fmt: skip
_CLAIM: Any = (
    select(
        PaidClaim.id, PaidClaim.client_id, *_WHO, PaidClaim.day, PaidClaim.words, PaidClaim.until, PaidClaim.channel,
        PaidClaim.file_kind, PaidClaim.file_name, PaidClaim.file_ref, PaidClaim.made_at, PaidClaim.ended_at,
        PaidClaim.ended_by,
    )
    .join(Client, Client.id == PaidClaim.client_id)
    .outerjoin(Person, Person.id == PaidClaim.person_id)
)  # fmt: skip
_DISPUTE: Any = (
    select(
        Dispute.id, Dispute.client_id, *_WHO, Dispute.document, Dispute.kind, Dispute.number, Dispute.dated,
        Dispute.words, Dispute.made_at, Dispute.ended_at, Dispute.ended_by,
    )
    .join(Client, Client.id == Dispute.client_id)
    .outerjoin(Person, Person.id == Dispute.person_id)
)  # fmt: skip
_EXEMPTION: Any = select(
    ReminderExemption.id, ReminderExemption.client_id, Client.name, ReminderExemption.grace, ReminderExemption.until,
    ReminderExemption.reason, ReminderExemption.made_at, ReminderExemption.made_by, ReminderExemption.ended_at,
    ReminderExemption.ended_by,
).join(Client, Client.id == ReminderExemption.client_id)  # fmt: skip


def _promise(row: Any) -> PromiseView:
    ended = Ended(row.ended) if row.ended else None
    return PromiseView(
        row.id, row.client_id, row.client, row.person_id, row.person, row.day, row.latest, row.debts, row.made_at,
        ended, row.ended_at, row.ended_by,
    )  # fmt: skip


def _claim(row: Any) -> PaidClaimView:
    proof = Proof(row.channel, row.file_kind, row.file_name, row.file_ref) if row.file_ref else None
    return PaidClaimView(
        row.id, row.client_id, row.client, row.person, row.day, row.words, row.until, proof, row.made_at, row.ended_at,
        row.ended_by,
    )  # fmt: skip

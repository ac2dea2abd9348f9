"""Envelopes in the books: one open of a kind for a client, moved by conditional updates, never back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.envelope_starts import EnvelopeStarts
from bot.db.models import (
    Client,
    Contract,
    Counter,
    Envelope,
    EnvelopeEvent,
    EnvelopeFile,
    EnvelopeSignature,
)
from bot.domain.envelope import (
    Asked,
    Asker,
    EnvelopeView,
    FileMark,
    FileRole,
    Happening,
    HistoryLine,
    Stage,
    Terms,
    Trouble,
)
from bot.domain.signing import DocumentKind, Doubt, FirstSigner, ServiceState, SignatureMark

SERIES: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: "Д",
    DocumentKind.AMENDMENT: "ДУ",
    DocumentKind.RECONCILIATION: "АЗ",
}
"""What numbers of a kind begin with."""


class Envelopes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.starts = EnvelopeStarts(connection)
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def open(
        self, client_id: UUID, kind: DocumentKind, asked: Asked, terms: Terms, token: str, first: FirstSigner,
        dated: date, at: datetime,
    ) -> tuple[UUID, bool]:  # fmt: skip
        """The one that is open for this client, or a new one; whether it is new. Two at once make one."""
        there = self._open_id(client_id, kind)
        if there is not None:
            return there, False
        made = self._connection.execute(
            self._insert(Envelope)
            .values(
                id=uuid4(), client_id=client_id, kind=kind.value, stage=Stage.FILLING.value,
                number=self._next_number(kind, dated), dated=dated, since=terms.since, until=terms.until,
                asked_by=asked.by.value, asked_name=asked.name, asked_account=asked.account, asked_at=at,
                token=token, first=first.value,
            )
            .on_conflict_do_nothing()
            .returning(Envelope.id)
        ).scalar_one_or_none()  # fmt: skip
        if made is not None:
            return made, True
        found = self._open_id(client_id, kind)
        assert found is not None
        return found, False

    def _open_id(self, client_id: UUID, kind: DocumentKind) -> UUID | None:
        found = select(Envelope.id).where(
            Envelope.client_id == client_id, Envelope.kind == kind.value, Envelope.ended_at.is_(None)
        )
        return self._connection.execute(found).scalar_one_or_none()

    def _next_number(self, kind: DocumentKind, dated: date) -> str:
        """Of the year; whoever takes one at the same time waits here."""
        given = self._connection.execute(
            self._insert(Counter)
            .values(series=f"envelope:{kind.value}:{dated.year}", value=1)
            .on_conflict_do_update(index_elements=["series"], set_={"value": Counter.value + 1})
            .returning(Counter.value)
        ).scalar_one()
        return f"{SERIES[kind]}-{dated.year % 100:02d}-{given:04d}"

    # --- reading ------------------------------------------------------------------------------------------------------

    def view(self, envelope_id: UUID) -> EnvelopeView | None:
        return self._one(Envelope.id == envelope_id)

    def named(self, token: str) -> EnvelopeView | None:
        return self._one(Envelope.token == token)

    def numbered(self, number: str) -> EnvelopeView | None:
        return self._one(Envelope.number == number.upper())

    def of_client(self, client_id: UUID, limit: int) -> list[EnvelopeView]:
        """The newest first."""
        return self._all(Envelope.client_id == client_id, newest=limit)

    def at(self, stages: Collection[Stage], limit: int) -> list[EnvelopeView]:
        """Open ones so far, the newest first."""
        return self._all(Envelope.stage.in_([stage.value for stage in stages]), newest=limit)

    def followed(self, stages: Collection[Stage]) -> list[tuple[UUID, str, str]]:
        """Id, reference at the service and the service's last code of all so far."""
        rows = self._connection.execute(
            select(Envelope.id, Envelope.ref, Envelope.said_code)
            .where(Envelope.stage.in_([stage.value for stage in stages]), Envelope.ref != "")
            .order_by(Envelope.asked_at, Envelope.id)
        )
        return [(row.id, row.ref, row.said_code) for row in rows]

    def with_refs(self, refs: Collection[str]) -> dict[str, tuple[UUID, str]]:
        """Id and the last code of those that are known at the service by these references."""
        rows = self._connection.execute(
            select(Envelope.ref, Envelope.id, Envelope.said_code).where(Envelope.ref.in_(list(refs)))
        )
        return {row.ref: (row.id, row.said_code) for row in rows}

    def signed(self, client_id: UUID, kind: DocumentKind) -> EnvelopeView | None:
        """The newest sound one."""
        found = self._all(
            Envelope.client_id == client_id, Envelope.kind == kind.value, Envelope.stage == Stage.SIGNED.value
        )
        return next((one for one in found if one.sound), None)

    def has_contract(self, client_id: UUID, today: date) -> bool:
        """One in force that is signed: here and sound, or in the book of record with a day of its own."""
        signed = self.signed(client_id, DocumentKind.CONTRACT)
        if signed is not None and (signed.terms.until is None or signed.terms.until >= today):
            return True
        there = select(Contract.external_id).where(
            Contract.client_id == client_id, Contract.active, Contract.dated.is_not(None)
        )
        in_force = there.where(or_(Contract.until.is_(None), Contract.until >= today))
        return self._connection.execute(in_force.limit(1)).first() is not None

    def history(self, envelope_id: UUID) -> list[HistoryLine]:
        rows = self._connection.execute(
            select(EnvelopeEvent.at, EnvelopeEvent.what, EnvelopeEvent.who, EnvelopeEvent.words)
            .where(EnvelopeEvent.envelope_id == envelope_id)
            .order_by(EnvelopeEvent.position)
        )
        return [HistoryLine(row.at, Happening(row.what), row.who, row.words) for row in rows]

    def signatures(self, envelope_id: UUID) -> list[SignatureMark]:
        rows = self._connection.execute(
            select(EnvelopeSignature)
            .with_only_columns(
                EnvelopeSignature.code, EnvelopeSignature.company, EnvelopeSignature.name, EnvelopeSignature.title,
                EnvelopeSignature.serial, EnvelopeSignature.at, EnvelopeSignature.ours,
            )
            .where(EnvelopeSignature.envelope_id == envelope_id)
            .order_by(EnvelopeSignature.position)
        )  # fmt: skip
        return [SignatureMark(*row) for row in rows]

    def files(self, envelope_id: UUID) -> dict[FileRole, FileMark]:
        rows = self._connection.execute(
            select(EnvelopeFile.role, EnvelopeFile.sha256, EnvelopeFile.name, EnvelopeFile.size).where(
                EnvelopeFile.envelope_id == envelope_id
            )
        )
        return {FileRole(row.role): FileMark(row.sha256, row.name, row.size) for row in rows}

    def kept_marks(self) -> set[str]:
        """SHA-256 of everything that envelopes need."""
        own = select(Envelope.sha256).where(Envelope.sha256 != "")
        source = select(Envelope.source_sha256).where(Envelope.source_sha256 != "")
        return set(self._connection.execute(own.union(source, select(EnvelopeFile.sha256))).scalars())

    # --- moving -------------------------------------------------------------------------------------------------------

    def move(self, envelope_id: UUID, before: Collection[Stage], to: Stage, at: datetime, **values: Any) -> bool:
        """From one of these stages on; false where it is in none of them any more."""
        if not to.open:
            values.setdefault("ended_at", at)
        return self._change(envelope_id, before, stage=to.value, **values)

    def note(self, envelope_id: UUID, **values: Any) -> None:
        """What is known of it besides its stage."""
        self._connection.execute(update(Envelope).where(Envelope.id == envelope_id).values(**values))

    def note_at(self, envelope_id: UUID, stages: Collection[Stage], **values: Any) -> bool:
        """The same while it is so far; false where it is not."""
        return self._change(envelope_id, stages, **values)

    def _change(self, envelope_id: UUID, before: Collection[Stage], **values: Any) -> bool:
        there = update(Envelope).where(
            Envelope.id == envelope_id, Envelope.stage.in_([stage.value for stage in before])
        )
        return bool(self._connection.execute(there.values(**values)).rowcount)

    def happened(self, envelope_id: UUID, what: Happening, at: datetime, who: str = "", words: str = "") -> None:
        last = select(func.coalesce(func.max(EnvelopeEvent.position), 0)).where(
            EnvelopeEvent.envelope_id == envelope_id
        )
        position = self._connection.execute(last).scalar_one() + 1
        self._connection.execute(
            insert(EnvelopeEvent).values(
                envelope_id=envelope_id, position=position, at=at, what=what.value, who=who[:200], words=words[:1000]
            )
        )

    def keep(
        self, envelope_id: UUID, files: Mapping[FileRole, FileMark], signatures: Sequence[SignatureMark],
        contained: Collection[str], at: datetime,
    ) -> None:  # fmt: skip
        """What was brought of a signed document; brought again it is the same."""
        for role, file in files.items():
            values = {"sha256": file.sha256, "name": file.name, "size": file.size, "kept_at": at}
            self._connection.execute(
                self._insert(EnvelopeFile)
                .values(envelope_id=envelope_id, role=role.value, **values)
                .on_conflict_do_update(index_elements=["envelope_id", "role"], set_=values)
            )
        for position, one in enumerate(signatures):
            self._connection.execute(
                self._insert(EnvelopeSignature)
                .values(
                    envelope_id=envelope_id, position=position, code=one.code, company=one.company, name=one.name,
                    title=one.position, serial=one.serial, at=one.at, ours=one.ours, contained=one.serial in contained,
                )
                .on_conflict_do_nothing()
            )  # fmt: skip

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _one(self, *which: ColumnElement[bool]) -> EnvelopeView | None:
        found = self._all(*which)
        return found[0] if found else None

    def _all(self, *which: ColumnElement[bool], newest: int | None = None) -> list[EnvelopeView]:
        rows = self._connection.execute(
            select(Envelope.__table__, Client.name.label("client"))
            .join(Client, Client.id == Envelope.client_id)
            .where(*which)
            .order_by(Envelope.asked_at.desc(), Envelope.id)
            .limit(newest)
        )
        return [_view(row) for row in rows]


def _view(row: Any) -> EnvelopeView:
    return EnvelopeView(
        id=row.id, client_id=row.client_id, client=row.client, kind=DocumentKind(row.kind), stage=Stage(row.stage),
        revision=row.revision, number=row.number, dated=row.dated, terms=Terms(row.since, row.until),
        asked=Asked(Asker(row.asked_by), row.asked_name, row.asked_account), asked_at=row.asked_at, token=row.token,
        file=FileMark(row.sha256, row.file_name, row.file_size) if row.sha256 else None,
        source=FileMark(row.source_sha256, row.source_name, row.source_size) if row.source_sha256 else None,
        template=row.template, lacks=tuple(row.lacks.split("\n")) if row.lacks else (),
        reviewed_by=row.reviewed_by, reviewed_at=row.reviewed_at, review_due=row.review_due, comment=row.comment,
        recipient_code=row.recipient_code, recipient_email=row.recipient_email, ref=row.ref, page=row.page,
        said=ServiceState(row.said) if row.said else None, said_code=row.said_code,
        trouble=Trouble(row.trouble) if row.trouble else None, first=FirstSigner(row.first), sent_at=row.sent_at,
        sign_by=row.sign_by, ended_at=row.ended_at, rejection=row.rejection,
        doubts=None if row.doubts is None else tuple(Doubt(one) for one in row.doubts.split() if one),
        accepted_by=row.accepted_by, recorded=row.recorded,
    )  # fmt: skip

"""Pay links: addresses that can be forwarded, and what each is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, insert, select, update

from bot.db.models import PayLink, PayTarget
from bot.domain.allocation import Target


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One of the things a link is for, and what it was called when the link was made."""

    target: Target
    kind: str
    number: str
    dated: date | None = None

    @property
    def called(self) -> tuple[str, str, date | None]:
        """As Translator.document wants it."""
        return self.kind, self.number, self.dated


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A pay link; its targets in the order in which they are paid."""

    id: UUID
    token: str
    client_id: UUID
    key: str
    lives_until: datetime
    revoked_at: datetime | None
    targets: tuple[TargetRow, ...]

    @property
    def order_id(self) -> UUID | None:
        """The order, where the link is for one order and nothing else."""
        only = self.targets[0].target
        return only.order_id if len(self.targets) == 1 and only.document is None else None


_LINK = select(PayLink.id, PayLink.token, PayLink.client_id, PayLink.key, PayLink.lives_until, PayLink.revoked_at)


class PayLinks:
    """Who has the token may look and pay."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(
        self, key: str, client_id: UUID, targets: Sequence[TargetRow], token: str, at: datetime, lives_until: datetime
    ) -> LinkRow:
        """The link that is there for this, which lives at least as long from now on, or a new one.

        The caller holds the lock of the order or the client.
        """
        there = self.of(key)
        if there is None:
            self._make(key, client_id, targets, token, at, lives_until)
        else:
            longer = update(PayLink).where(PayLink.id == there.id, PayLink.lives_until < lives_until)
            self._connection.execute(longer.values(lives_until=lives_until))
        link = self.of(key)
        assert link is not None
        return link

    def _make(
        self, key: str, client_id: UUID, targets: Sequence[TargetRow], token: str, at: datetime, lives_until: datetime
    ) -> None:
        link_id = uuid4()
        self._connection.execute(
            insert(PayLink).values(
                id=link_id, token=token, client_id=client_id, key=key, made_at=at, lives_until=lives_until
            )
        )
        self._connection.execute(
            insert(PayTarget),
            [
                {
                    "link_id": link_id, "position": position, "order_id": one.target.order_id,
                    "document": one.target.document, "asked": one.target.asked, "kind": one.kind,
                    "number": one.number, "dated": one.dated,
                }
                for position, one in enumerate(targets, 1)
            ],
        )  # fmt: skip

    def named(self, token: str) -> LinkRow | None:
        return self._found(PayLink.token == token)

    def by_id(self, link_id: UUID) -> LinkRow | None:
        return self._found(PayLink.id == link_id)

    def of(self, key: str) -> LinkRow | None:
        """The newest that was not revoked."""
        return self._found(PayLink.key == key, PayLink.revoked_at.is_(None))

    def by_ids(self, link_ids: Collection[UUID]) -> dict[UUID, LinkRow]:
        rows = self._connection.execute(_LINK.where(PayLink.id.in_(list(link_ids)))).all()
        targets = self._targets([row.id for row in rows])
        return {row.id: LinkRow(*row, targets=tuple(targets[row.id])) for row in rows}

    def _found(self, *which: ColumnElement[bool]) -> LinkRow | None:
        row = self._connection.execute(
            _LINK.where(*which).order_by(PayLink.made_at.desc(), PayLink.id).limit(1)
        ).first()
        return LinkRow(*row, targets=tuple(self._targets([row.id])[row.id])) if row else None

    def _targets(self, link_ids: Sequence[UUID]) -> dict[UUID, list[TargetRow]]:
        rows = self._connection.execute(
            select(PayTarget).with_only_columns(
                PayTarget.link_id, PayTarget.order_id, PayTarget.document, PayTarget.asked, PayTarget.kind,
                PayTarget.number, PayTarget.dated,
            ).where(PayTarget.link_id.in_(link_ids)).order_by(PayTarget.link_id, PayTarget.position)
        )  # fmt: skip
        found: dict[UUID, list[TargetRow]] = {link_id: [] for link_id in link_ids}
        for row in rows:
            found[row.link_id].append(TargetRow(Target(*row[1:4]), *row[4:]))
        return found

    def revoke(self, link_id: UUID, at: datetime) -> bool:
        """False where it is revoked already."""
        revoked = update(PayLink).where(PayLink.id == link_id, PayLink.revoked_at.is_(None)).values(revoked_at=at)
        return bool(self._connection.execute(revoked).rowcount)

"""Money of bank statements: what it went to, its documents in 1C, and what the matching knows of payers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import BankDocument, BankLine, BankPart, BankRule, Client, Order, Receivable
from bot.domain.allocation import Part
from bot.domain.bank import BOOKED
from bot.domain.matching import Payer, Rule, RuleKind
from bot.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part with what it is for, as people call it."""

    part: Part
    kind: str
    called: str
    dated: date | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line's document in 1C."""

    number: int
    ref: str
    called: str
    version: str
    theirs: bool
    posted_at: datetime | None


class BankMoney:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- parts -------------------------------------------------------------------------------------------------------

    def put_parts(self, number: int, parts: Sequence[PartRow]) -> None:
        """In the place of what was there."""
        self._connection.execute(delete(BankPart).where(BankPart.number == number))
        for position, one in enumerate(parts, 1):
            self._connection.execute(
                insert(BankPart).values(
                    number=number, position=position, order_id=one.part.order_id, document=one.part.document,
                    kind=one.kind, called=one.called, dated=one.dated, amount=one.part.amount,
                )
            )  # fmt: skip

    def parts(self, number: int) -> list[PartRow]:
        rows = self._connection.execute(
            select(BankPart).with_only_columns(
                BankPart.order_id, BankPart.document, BankPart.amount, BankPart.kind, BankPart.called, BankPart.dated,
                BankPart.seen_at,
            ).where(BankPart.number == number).order_by(BankPart.position)
        )  # fmt: skip
        return [PartRow(Part(*row[:3]), *row[3:]) for row in rows]

    def unseen(self, client_id: UUID) -> list[Part]:
        """Whatever money of the client's went to that 1C's debts do not know of yet."""
        rows = self._connection.execute(
            select(BankPart.order_id, BankPart.document, BankPart.amount)
            .join(BankLine, BankLine.number == BankPart.number)
            .where(BankLine.client_id == client_id, BankPart.seen_at.is_(None))
        )
        return [Part(*row) for row in rows]

    def paid_for(self, order_ids: Collection[UUID]) -> dict[UUID, Money]:
        """What came in for these orders by transfers."""
        found: dict[UUID, Money] = {}
        rows = self._connection.execute(
            select(BankPart.order_id, BankPart.amount).where(BankPart.order_id.in_(list(order_ids)))
        )
        for order_id, amount in rows:
            if order_id is not None:
                found[order_id] = found.get(order_id, ZERO) + amount
        return found

    def seen(self, began: datetime, at: datetime) -> int:
        """Debts were taken in whole, from `began` on: what was posted before that is in them."""
        posted = select(BankDocument.number).where(BankDocument.posted_at < began)
        seen = update(BankPart).where(BankPart.seen_at.is_(None), BankPart.number.in_(posted)).values(seen_at=at)
        return self._connection.execute(seen).rowcount

    # --- documents there ---------------------------------------------------------------------------------------------

    def handed(
        self, number: int, ref: str, called: str, version: str, at: datetime, *, posted: bool, theirs: bool = False
    ) -> None:
        values = {"ref": ref, "called": called, "version": version, "theirs": theirs, "handed_at": at}
        self._connection.execute(
            self._insert(BankDocument)
            .values(number=number, **values)
            .on_conflict_do_update(index_elements=["number"], set_=values)
        )
        if posted:
            self.settled_there(number, at)

    def settled_there(self, number: int, at: datetime) -> None:
        """Posted, or taken away by somebody who entered the money otherwise: 1C's debts are to be believed again."""
        self._connection.execute(
            update(BankDocument)
            .where(BankDocument.number == number, BankDocument.posted_at.is_(None))
            .values(posted_at=at)
        )

    def document(self, number: int) -> PaperRow | None:
        row = self._connection.execute(_PAPER.where(BankDocument.number == number)).first()
        return PaperRow(*row) if row else None

    def forget_document(self, number: int) -> None:
        self._connection.execute(delete(BankDocument).where(BankDocument.number == number))

    def claimed(self, refs: Collection[str]) -> frozenset[str]:
        """Those of these documents that are some line's already."""
        rows = self._connection.execute(select(BankDocument.ref).where(BankDocument.ref.in_(list(refs))))
        return frozenset(rows.scalars())

    def awaited(self, since: date) -> list[int]:
        """Booked lines from then on whose money 1C's debts do not hold yet."""
        rows = self._connection.execute(
            select(BankLine.number)
            .outerjoin(BankDocument, BankDocument.number == BankLine.number)
            .where(
                BankLine.state.in_([one.value for one in BOOKED]),
                BankLine.booked_on >= since,
                BankDocument.posted_at.is_(None),
            )
            .order_by(BankLine.number)
        )
        return list(rows.scalars())

    # --- what the matching needs -------------------------------------------------------------------------------------

    def payers(self) -> dict[UUID, Payer]:
        """Every client, with the accounts that its money came from."""
        accounts: defaultdict[UUID, set[str]] = defaultdict(set)
        known = select(BankRule.client_id, BankRule.value).where(BankRule.kind == RuleKind.ACCOUNT.value)
        for client_id, account in self._connection.execute(known):
            accounts[client_id].add(account)
        rows = self._connection.execute(select(Client.id, Client.name, Client.tax_code).where(Client.active))
        return {
            row.id: Payer(
                row.id, row.name, frozenset({row.tax_code} if row.tax_code else ()), frozenset(accounts[row.id])
            )
            for row in rows
        }

    def ids_there(self) -> dict[UUID, tuple[str, str]]:
        """By client, its id in the book of record and its code."""
        rows = self._connection.execute(select(Client.id, Client.external_id, Client.tax_code))
        return {row.id: (row.external_id, row.tax_code or "") for row in rows if row.external_id}

    def clients_called(self, text: str, limit: int) -> list[UUID]:
        """Active clients with this code, or with these letters in their name."""
        said = text.strip()
        by_code = select(Client.id).where(Client.active, Client.tax_code == said)
        exact = list(self._connection.execute(by_code).scalars())
        if exact or len(said) < 3:
            return exact
        rows = self._connection.execute(select(Client.id, Client.name).where(Client.active).order_by(Client.name))
        return [row.id for row in rows if said.casefold() in row.name.casefold()][:limit]

    def debtors(self) -> list[UUID]:
        rows = self._connection.execute(select(Receivable.client_id).where(Receivable.balance > ZERO).distinct())
        return list(rows.scalars())

    def orders_named(self, numbers: Collection[str]) -> list[tuple[UUID, UUID]]:
        """The orders with these numbers, each with its client."""
        rows = self._connection.execute(select(Order.id, Order.client_id).where(Order.number.in_(list(numbers))))
        return [(row.id, row.client_id) for row in rows]

    def rules(self) -> list[Rule]:
        """But for accounts, which are the clients' own."""
        rows = self._connection.execute(
            select(BankRule.kind, BankRule.value, BankRule.client_id).where(BankRule.kind != RuleKind.ACCOUNT.value)
        )
        return [Rule(RuleKind(kind), value, client_id) for kind, value, client_id in rows]

    def learn(self, rules: Sequence[Rule], by: str, at: datetime) -> None:
        for rule in rules:
            self._connection.execute(
                self._insert(BankRule)
                .values(kind=rule.kind.value, value=rule.value, client_id=rule.client, learned_at=at, learned_by=by)
                .on_conflict_do_nothing()
            )

    def unlearn(self, rules: Sequence[Rule]) -> None:
        for rule in rules:
            of = (BankRule.kind == rule.kind.value, BankRule.value == rule.value, BankRule.client_id == rule.client)
            self._connection.execute(delete(BankRule).where(*of))


_PAPER: Any = select(
    BankDocument.number, BankDocument.ref, BankDocument.called, BankDocument.version, BankDocument.theirs,
    BankDocument.posted_at,
)  # fmt: skip

"""A client as a contract names it: its card, what staff typed of it, and its terms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Article, Client, ClientRequisites, Contract, Membership, Person, PriceType
from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.domain.template.requisites import Requisites

_TYPED = (
    ClientRequisites.signer, ClientRequisites.signer_genitive, ClientRequisites.position,
    ClientRequisites.position_genitive, ClientRequisites.basis, ClientRequisites.address, ClientRequisites.phone,
    ClientRequisites.email, ClientRequisites.iban, ClientRequisites.bank, ClientRequisites.vat,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardRow:
    """What the book of record says of a client, and who signs for it.

    Its phone and mail are its own, or else those of whoever signs; a ФОП is its people.
    """

    id: UUID
    name: str
    kind: ClientKind
    tax_code: str
    email: str
    payment_days: int
    credit_limit: Money | None
    signer: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class TermsRow:
    """A contract there; None where it does not say."""

    number: str
    dated: date | None
    payment_days: int | None
    credit_limit: Money | None


class ContractParties:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def card(self, client_id: UUID) -> CardRow | None:
        row = self._connection.execute(
            select(
                Client.id, Client.name, Client.full_name, Client.kind, Client.tax_code, Client.email, Client.phone,
                Client.address, Client.payment_days, Client.credit_limit,
            ).where(Client.id == client_id)
        ).first()  # fmt: skip
        if row is None:
            return None
        people = self._connection.execute(
            select(Person.name, Person.phone, Person.email, Membership.signs)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.client_id == client_id, Person.active)
            .order_by(Membership.signs.desc(), Person.name, Person.id)
        ).all()
        name, kind = row.full_name or row.name, ClientKind(row.kind)
        near = people if kind is ClientKind.FOP else [one for one in people if one.signs]
        return CardRow(
            row.id, name, kind, row.tax_code or "",
            row.email or next((one.email for one in near if one.email), ""), row.payment_days, row.credit_limit,
            next((one.name for one in people if one.signs), ""),
            row.phone or next((one.phone for one in near if one.phone), ""), row.address or "",
        )  # fmt: skip

    def contract(self, client_id: UUID) -> TermsRow | None:
        """The main contract in force."""
        found = select(Contract.number, Contract.dated, Contract.payment_days, Contract.credit_limit)
        main = found.where(Contract.client_id == client_id, Contract.active, Contract.main)
        row = self._connection.execute(main.order_by(Contract.dated.desc(), Contract.external_id)).first()
        return TermsRow(*row) if row else None

    def requisites(self, client_id: UUID) -> Requisites:
        row = self._connection.execute(select(*_TYPED).where(ClientRequisites.client_id == client_id)).first()
        return Requisites(*row) if row else Requisites()

    def supply(self, client_id: UUID, given: Mapping[str, str], by: tuple[str, str], at: datetime) -> None:
        """Fields of Requisites; the others stay. `by` is a name and an account."""
        made = {"by_name": by[0], "by_account": by[1], "changed_at": at}
        row = asdict(Requisites()) | dict(given) | made | {"client_id": client_id}
        self._connection.execute(
            self._insert(ClientRequisites)
            .values(row)
            .on_conflict_do_update(index_elements=["client_id"], set_=dict(given) | made)
        )

    def rates(self) -> dict[UUID, int | None]:
        """The VAT of every article, per cent."""
        rows = self._connection.execute(select(Article.id, Article.vat))
        return {row.id: int(row.vat) if row.vat is not None else None for row in rows}

    def vat_included(self, price_type_id: UUID | None) -> bool:
        found = select(PriceType.vat_included).where(PriceType.id == price_type_id)
        included = self._connection.execute(found).scalar()
        return included is not False

"""Clients, their delivery points and the people who act for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import (
    Account,
    Assortment,
    AssortmentItem,
    Client,
    DeliveryPoint,
    Manager,
    Membership,
    Person,
    Table,
)
from bot.domain.cart import PointView
from bot.domain.client import Buyer, ManagerCard
from bot.domain.directory import NotJoined
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class ClientChoice:
    """A client that a person may act for."""

    id: UUID
    name: str


class Clients:
    """Clients and people as 1C knows them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_person(self, person_id: UUID) -> list[ClientChoice]:
        rows = self._connection.execute(
            select(Client.id, Client.name)
            .join(Membership, Membership.client_id == Client.id)
            .where(Membership.person_id == person_id, Client.active)
            .order_by(Client.name, Client.id)
        )
        return [ClientChoice(row.id, row.name) for row in rows]

    def buyer(self, external_id: str) -> Buyer | None:
        """The client as somebody with every role would order for it."""
        row = self._connection.execute(
            select(Client.id, Client.name, Client.price_type_id, Client.assortment_id, Client.minimum_order).where(
                Client.external_id == external_id
            )
        ).first()
        return Buyer(*row, orders=True, pays=True, signs=True) if row else None

    def buyer_for(self, client_id: UUID, person_id: UUID) -> Buyer | None:
        """The client with what this person may do for it; None where they do not act for it."""
        row = self._connection.execute(
            select(
                Client.id,
                Client.name,
                Client.price_type_id,
                Client.assortment_id,
                Client.minimum_order,
                Membership.orders,
                Membership.pays,
                Membership.signs,
            )
            .join(Membership, Membership.client_id == Client.id)
            .where(Client.id == client_id, Client.active, Membership.person_id == person_id)
        ).first()
        return Buyer(*row) if row else None

    def buyer_of(self, client_id: UUID) -> Buyer | None:
        """The same by the client's own id."""
        row = self._connection.execute(
            select(Client.id, Client.name, Client.price_type_id, Client.assortment_id, Client.minimum_order).where(
                Client.id == client_id
            )
        ).first()
        return Buyer(*row, orders=True, pays=True, signs=True) if row else None

    def named(self, words: str, limit: int) -> list[ClientChoice]:
        """Those with this code in the book of record or this tax code; else those whose name holds the words."""
        by_code = select(Client.id, Client.name).where(or_(Client.external_id == words, Client.tax_code == words))
        rows = self._connection.execute(by_code.order_by(Client.name, Client.id)).all()
        if not rows:  # SQLite does not fold Cyrillic letters, so names are compared here
            wanted = words.casefold()
            every = self._connection.execute(select(Client.id, Client.name).order_by(Client.name, Client.id))
            rows = [row for row in every if wanted in row.name.casefold()]
        return [ClientChoice(row.id, row.name) for row in rows[:limit]]

    def code_of(self, client_id: UUID) -> str:
        """What `named` finds this client alone by: its tax code, else its id there; empty where it has neither."""
        found = select(Client.external_id, Client.tax_code).where(Client.id == client_id)
        row = self._connection.execute(found).first()
        codes = [code for code in (row.tax_code, row.external_id) if code] if row else []
        return next((code for code in codes if len(self.named(code, 2)) == 1), "")

    def names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        rows = self._connection.execute(select(Client.id, Client.name))
        return {row.id: row.name for row in rows if row.id in ids}

    def credit_limit(self, client_id: UUID) -> Money | None:
        """None where 1C sets none."""
        return self._connection.execute(select(Client.credit_limit).where(Client.id == client_id)).scalar()

    def terms_of(self, client_id: UUID) -> tuple[Money | None, ManagerCard | None]:
        """The credit limit and the manager."""
        row = self._connection.execute(
            select(Client.credit_limit, Manager.name, Manager.phone)
            .outerjoin(Manager, Manager.id == Client.manager_id)
            .where(Client.id == client_id)
        ).first()
        if row is None:
            return None, None
        return row.credit_limit, ManagerCard(row.name, row.phone) if row.name else None

    def lock(self, client_id: UUID) -> None:
        """Nobody else makes a link, an attempt or a payment of the client's before this transaction ends."""
        self._connection.execute(select(Client.id).where(Client.id == client_id).with_for_update(key_share=True))

    def has_payer(self, client_id: UUID) -> bool:
        """Whether somebody pays for the client, so that it is not for those who order."""
        found = (
            select(Membership.person_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.client_id == client_id, Membership.pays, Person.active)
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def person(self, external_id: str) -> UUID | None:
        """By the id of a contact at any client, or by their own."""
        contact = select(Membership.person_id).where(Membership.contact == external_id).limit(1)
        named = self._connection.execute(contact).scalar()
        return named or self._connection.execute(select(Person.id).where(Person.external_id == external_id)).scalar()

    def points(self, client_id: UUID) -> list[PointView]:
        rows = self._connection.execute(
            select(DeliveryPoint.id, DeliveryPoint.name, DeliveryPoint.address)
            .where(DeliveryPoint.client_id == client_id, DeliveryPoint.active)
            .order_by(DeliveryPoint.position, DeliveryPoint.name, DeliveryPoint.id)
        )
        return [PointView(row.id, row.name, row.address) for row in rows]

    def count(self) -> int:
        return self._connection.execute(select(func.count()).select_from(Client)).scalar_one()

    def find(self, external_id: str) -> UUID | None:
        return self._connection.execute(select(Client.id).where(Client.external_id == external_id)).scalar()

    def price_type(self, client_id: UUID) -> UUID | None:
        return self._connection.execute(select(Client.price_type_id).where(Client.id == client_id)).scalar()

    def add_client(
        self,
        *,
        id: UUID,
        external_id: str | None,
        kind: str,
        name: str,
        tax_code: str | None,
        price_type_id: UUID | None,
        assortment_id: UUID | None = None,
        manager_id: UUID | None = None,
        payment_days: int = 0,
        minimum_order: Money | None = None,
    ) -> None:
        self._connection.execute(
            insert(Client).values(
                id=id,
                external_id=external_id,
                kind=kind,
                name=name,
                tax_code=tax_code,
                price_type_id=price_type_id,
                assortment_id=assortment_id,
                manager_id=manager_id,
                payment_days=payment_days,
                minimum_order=minimum_order,
                active=True,
            )
        )

    def add_manager(self, id: UUID, name: str, phone: str | None) -> None:
        self._add(Manager, id=id, name=name, phone=phone)

    def add_point(self, id: UUID, client_id: UUID, external_id: str, name: str, address: str, position: int) -> None:
        self._add(
            DeliveryPoint,
            id=id,
            client_id=client_id,
            external_id=external_id,
            name=name,
            address=address,
            position=position,
            active=True,
        )

    def add_person(self, id: UUID, external_id: str, name: str, phone: str) -> None:
        self._add(Person, id=id, external_id=external_id, name=name, phone=phone, active=True)

    def add_member(self, person_id: UUID, client_id: UUID, *, orders: bool, pays: bool, signs: bool) -> None:
        self._connection.execute(
            insert(Membership).values(person_id=person_id, client_id=client_id, orders=orders, pays=pays, signs=signs)
        )

    def add_assortment(self, id: UUID, name: str, articles: list[UUID]) -> None:
        self._connection.execute(insert(Assortment).values(id=id, name=name))
        if articles:
            self._connection.execute(
                insert(AssortmentItem), [{"assortment_id": id, "article_id": article} for article in articles]
            )

    def person_with_phone(self, phone: str) -> UUID | None:
        return self._connection.execute(select(Person.id).where(Person.phone == phone).limit(1)).scalar()

    def active_with_code(self, code: str) -> list[UUID]:
        """Active clients that the book of record or the state calls so."""
        rows = self._connection.execute(
            select(Client.id).where(Client.active, or_(Client.external_id == code, Client.tax_code == code))
        )
        return list(rows.scalars())

    def not_joined(self, clients: Sequence[UUID] | None, limit: int) -> list[NotJoined]:
        """People of active clients without an account, by their first client's name and their own."""
        found = (
            select(Person.id, Person.name, Client.name.label("client"))
            .join(Membership, Membership.person_id == Person.id)
            .join(Client, Client.id == Membership.client_id)
            .where(Person.active, Client.active)
            .where(~select(Account.person_id).where(Account.person_id == Person.id).exists())
            .order_by(Client.name, Client.id, Person.name, Person.id)
        )
        if clients is not None:
            found = found.where(Client.id.in_(clients))
        people: dict[UUID, NotJoined] = {}
        for row in self._connection.execute(found):
            known = people.get(row.id)
            if known is None and len(people) == limit:
                continue
            people[row.id] = NotJoined(row.id, row.name, (*(known.clients if known else ()), row.client))
        return list(people.values())

    def _add(self, table: type[Table], **values: object) -> None:
        """The row, unless it is there: people and managers come with several clients."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        self._connection.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())

"""Clients, their people, places and contracts as the book of record names them: what is new, changed or gone."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Insert, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import (
    Account,
    Assortment,
    AssortmentItem,
    Client,
    Contract,
    DeliveryPoint,
    Manager,
    Membership,
    Person,
    Table,
)

GONE = "gone"
"""The version of a client who is not there any more; one who is back has another, so that it is taken in again."""
_AT_ONCE = 5_000
ANOTHER_CLIENT = (
    select(Client.id)
    .join(Membership, Membership.client_id == Client.id)
    .where(Membership.person_id == Account.person_id, Client.active)
    .order_by(Membership.orders.desc(), Client.name, Client.id)
    .limit(1)
    .scalar_subquery()
)
"""For an account: the first client its person may act for, or none."""


class DirectoryTables:
    """Writes what a client record says; the decisions are in bot/services/directory.py."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def versions(self) -> dict[str, str]:
        """The clients that came from the book of record, with the versions they had."""
        rows = self._connection.execute(
            select(Client.external_id, Client.version).where(Client.external_id.is_not(None), Client.version != "")
        )
        return {row.external_id: row.version for row in rows if row.external_id}

    def is_followed(self, external_id: str, tax_code: str | None) -> bool:
        """Whether the book of record already speaks for this client, under this id or this code."""
        same = (
            Client.external_id == external_id
            if tax_code is None
            else or_(Client.external_id == external_id, Client.tax_code == tax_code)
        )
        return self._connection.execute(select(Client.id).where(Client.version != "", same)).first() is not None

    def with_tax_code(self, tax_code: str) -> list[UUID]:
        """Clients with this code that no book of record has named: a list from a file."""
        found = select(Client.id).where(Client.tax_code == tax_code, Client.version == "")
        return list(self._connection.execute(found).scalars())

    def put_client(self, client_id: UUID, values: Mapping[str, Any]) -> None:
        self._put(Client, {"id": client_id}, values)

    def switch_off(self, external_ids: Iterable[str]) -> int:
        """Clients that are not there any more: nobody can order for them, what was ordered stays."""
        rest, count = iter(external_ids), 0
        while some := list(islice(rest, _AT_ONCE)):
            gone = update(Client).where(Client.external_id.in_(some), Client.active)
            off = self._connection.execute(gone.values(active=False, version=GONE)).rowcount
            if not off:
                continue
            count += off
            theirs = select(Client.id).where(Client.external_id.in_(some))
            self._connection.execute(
                update(Account).where(Account.client_id.in_(theirs)).values(client_id=ANOTHER_CLIENT)
            )
        return count

    def put_manager(self, manager_id: UUID, name: str, phone: str | None) -> None:
        values: dict[str, Any] = {"name": name} | ({"phone": phone} if phone else {})
        self._put(Manager, {"id": manager_id}, values)

    def put_point(self, point_id: UUID, values: Mapping[str, Any]) -> None:
        self._put(DeliveryPoint, {"id": point_id}, values)

    def point(self, external_id: str) -> UUID | None:
        found = select(DeliveryPoint.id).where(DeliveryPoint.external_id == external_id)
        return self._connection.execute(found).scalar()

    def keep_points(self, client_id: UUID, point_ids: Iterable[UUID]) -> None:
        """Every other place of the client is given up."""
        self._connection.execute(
            update(DeliveryPoint)
            .where(DeliveryPoint.client_id == client_id, DeliveryPoint.id.not_in(list(point_ids)))
            .values(active=False)
        )

    def person_with_phone(self, phone: str) -> UUID | None:
        """Also somebody who turned out to be another: whom, the caller finds out."""
        found = select(Person.id).where(Person.phone == phone, or_(Person.active, Person.merged_into.is_not(None)))
        return self._connection.execute(found.order_by(Person.active.desc(), Person.id).limit(1)).scalar()

    def name_and_phone(self, person_id: UUID) -> tuple[str, str | None]:
        row = self._connection.execute(select(Person.name, Person.phone).where(Person.id == person_id)).one()
        return row.name, row.phone

    def is_contact_elsewhere(self, person_id: UUID, contact: str) -> bool:
        """Whether the person is known by another contact too."""
        found = select(func.count()).where(Membership.person_id == person_id, Membership.contact != contact)
        return bool(self._connection.execute(found).scalar())

    def put_person(self, person_id: UUID, values: Mapping[str, Any]) -> None:
        self._put(Person, {"id": person_id}, values)

    def put_member(self, person_id: UUID, client_id: UUID, values: Mapping[str, Any]) -> None:
        self._put(Membership, {"person_id": person_id, "client_id": client_id}, values)

    def keep_members(self, client_id: UUID, person_ids: Iterable[UUID]) -> None:
        """Whom the record names no more acts for the client no more; those that staff added stay.

        Accounts that lose the client act for another of theirs; those that had none act for this one.
        """
        self._connection.execute(
            delete(Membership).where(
                Membership.client_id == client_id,
                Membership.contact.is_not(None),
                Membership.person_id.not_in(list(person_ids)),
            )
        )
        acting = (
            select(Membership.person_id)
            .join(Client, Client.id == Membership.client_id)
            .where(Membership.client_id == client_id, Client.active)
        )
        lost = and_(Account.client_id == client_id, Account.person_id.not_in(acting))
        idle = and_(Account.client_id.is_(None), Account.person_id.in_(list(person_ids)))
        self._connection.execute(update(Account).where(or_(lost, idle)).values(client_id=ANOTHER_CLIENT))

    def put_contract(self, external_id: str, values: Mapping[str, Any]) -> None:
        self._put(Contract, {"external_id": external_id}, values)

    def keep_contracts(self, client_id: UUID, external_ids: Iterable[str]) -> None:
        self._connection.execute(
            update(Contract)
            .where(Contract.client_id == client_id, Contract.external_id.not_in(list(external_ids)))
            .values(active=False, main=False)
        )

    def put_assortment(self, assortment_id: UUID, name: str, articles: list[UUID]) -> None:
        self._put(Assortment, {"id": assortment_id}, {"name": name})
        self._connection.execute(delete(AssortmentItem).where(AssortmentItem.assortment_id == assortment_id))
        if articles:
            self._connection.execute(
                insert(AssortmentItem), [{"assortment_id": assortment_id, "article_id": one} for one in articles]
            )

    def _put(self, table: type[Table], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """The row with this key, made or changed."""
        statement = _upsert(table, self._connection.dialect.name, tuple(key), tuple(values))
        self._connection.execute(statement, {**key, **values})


@cache
def _upsert(table: type[Table], dialect: str, key: tuple[str, ...], values: tuple[str, ...]) -> Insert:
    """Made once: with tens of thousands of clients, making it would take longer than running it."""
    insertion: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table.__table__)
    changes = {name: insertion.excluded[name] for name in values}
    upsert: Insert = insertion.on_conflict_do_update(index_elements=list(key), set_=changes)
    return upsert

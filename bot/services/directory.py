"""The directory of clients and people: taken in record by record, the same record twice changes nothing."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.directory import ClientRecord
from bot.domain.errors import NotFound
from bot.domain.money import Money
from bot.domain.requisites import phone, tax_code

SPACE = UUID("5b0e2c0e-93a5-4d3a-8f0c-0d4f6f1a7b11")


class Directory:
    """Takes clients in from the book of record."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def take_in(self, records: Sequence[ClientRecord]) -> None:
        """All of them or none. Raises ValueError for a wrong code or phone, NotFound for an unknown price type."""
        await self._books.write(_take_in, records)

    async def person_with_phone(self, written: str) -> UUID | None:
        """Raises ValueError."""
        number = phone(written)
        return await self._books.read(lambda tx: tx.clients.person_with_phone(number))


def _take_in(tx: Tx, records: Sequence[ClientRecord]) -> None:
    price_types = tx.catalogue.price_types()
    for record in records:
        if record.price_type not in price_types:
            raise NotFound(record.price_type)
        if tx.clients.find(record.external_id) is None:
            _add(tx, record, price_types[record.price_type])


def _add(tx: Tx, record: ClientRecord, price_type_id: UUID) -> None:
    client_id = _id("client", record.external_id)
    tx.clients.add_client(
        id=client_id,
        external_id=record.external_id,
        kind=record.kind.value,
        name=record.name,
        tax_code=tax_code(record.tax_code, record.kind),
        price_type_id=price_type_id,
        assortment_id=_assortment(tx, record),
        manager_id=_manager(tx, record),
        payment_days=record.payment_days,
        minimum_order=None if record.minimum_order is None else Money.of(record.minimum_order),
    )
    for position, point in enumerate(record.points):
        point_id = _id("point", point.external_id)
        tx.clients.add_point(point_id, client_id, point.external_id, point.name, point.address, position)
    for person in record.people:
        person_id = _id("person", person.external_id)
        tx.clients.add_person(person_id, person.external_id, person.name, phone(person.phone))
        tx.clients.add_member(person_id, client_id, orders=person.orders, pays=person.pays, signs=person.signs)


def _manager(tx: Tx, record: ClientRecord) -> UUID | None:
    if not record.manager:
        return None
    manager_id = _id("manager", record.manager)
    tx.clients.add_manager(manager_id, record.manager, record.manager_phone or None)
    return manager_id


def _assortment(tx: Tx, record: ClientRecord) -> UUID | None:
    if record.assortment is None:
        return None
    assortment_id = _id("assortment", record.external_id)
    tx.clients.add_assortment(assortment_id, record.name, tx.catalogue.ids_of(record.assortment))
    return assortment_id


def _id(kind: str, external_id: str) -> UUID:
    return uuid5(SPACE, f"{kind}:{external_id}")

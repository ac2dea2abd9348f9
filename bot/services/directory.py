"""The directory of clients and people: follows the book of record, record by record; the same again changes nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.directory import ClientRecord, NotJoined, PersonRecord, PointRecord
from bot.domain.errors import NotFound
from bot.domain.money import Money
from bot.domain.requisites import ClientKind, phone, tax_code

SPACE = UUID("5b0e2c0e-93a5-4d3a-8f0c-0d4f6f1a7b11")
Trouble = tuple[str, str]
"""A code, and the id of the client it is about."""


class Directory:
    """Takes clients in from the book of record, or from a file until there is one."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def take_in(self, records: Sequence[ClientRecord]) -> None:
        """All of them or none, but for those that the book of record has taken over.

        Raises ValueError for a wrong code or phone, NotFound for an unknown price type.
        """
        for record in records:
            _require_sound(record)
        await self._books.write(_take_in, records)

    async def follow(self, records: Sequence[ClientRecord]) -> list[Trouble]:
        """What the book of record says, with its mistakes: a wrong phone or an unknown price type is left empty."""
        return await self._books.write(_follow, records)

    async def person_with_phone(self, written: str) -> UUID | None:
        """Raises ValueError."""
        number = phone(written)
        return await self._books.read(_person_with_phone, number)

    async def not_joined(self, codes: Sequence[str], *, limit: int) -> list[NotJoined]:
        """People of active clients without an account; of these codes alone where some are named. Raises NotFound."""
        return await self._books.read(_not_joined, codes, limit)


def _person_with_phone(tx: Tx, number: str) -> UUID | None:
    """Whoever turned out to be another is that other."""
    found = tx.clients.person_with_phone(number)
    return (tx.people.merged_into(found) or found) if found else None


def _not_joined(tx: Tx, codes: Sequence[str], limit: int) -> list[NotJoined]:
    chosen: set[UUID] = set()
    for code in codes:
        found = tx.clients.active_with_code(code)
        if not found:
            raise NotFound(code)
        chosen.update(found)
    return tx.clients.not_joined(sorted(chosen) if codes else None, limit)


def _require_sound(record: ClientRecord) -> None:
    tax_code(record.tax_code, record.kind)
    for person in record.people:
        phone(person.phone)


def _take_in(tx: Tx, records: Sequence[ClientRecord]) -> None:
    price_types = tx.catalogue.price_types()
    for record in records:
        if tx.directory.is_followed(record.external_id, _code(record)):
            continue
        if record.price_type not in price_types:
            raise NotFound(record.price_type)
        _put(tx, record, price_types[record.price_type])


def _follow(tx: Tx, records: Sequence[ClientRecord]) -> list[Trouble]:
    by_id, by_name = tx.catalogue.price_types_by_id(), tx.catalogue.price_types()
    troubles: list[Trouble] = []
    for record in records:
        price_type = by_id.get(record.price_type_id or "") or by_name.get(record.price_type)
        if price_type is None and record.active:
            troubles.append(("price_type_unknown", record.external_id))
        troubles += _put(tx, record, price_type)
    return troubles


def _put(tx: Tx, record: ClientRecord, price_type: UUID | None) -> list[Trouble]:
    code = _code(record)
    client_id = _client(tx, record, code)
    tx.directory.put_client(
        client_id,
        {
            "external_id": record.external_id,
            "kind": record.kind.value,
            "name": record.name,
            "tax_code": code,
            "price_type_id": price_type,
            "manager_id": _manager(tx, record),
            "payment_days": record.payment_days,
            "active": record.active,
            "version": record.version,
            "email": record.email or None,
            "full_name": record.full_name or None,
            "address": record.address or None,
            "phone": record.phone or None,
            "credit_limit": None if record.credit_limit is None else Money.of(record.credit_limit),
            **_unless_silent(tx, record),
        },
    )
    _points(tx, client_id, record.points)
    _contracts(tx, client_id, record)
    wrong = [] if code or not record.active else [("tax_code_wrong", record.external_id)]
    return wrong + _people(tx, client_id, record)


def _unless_silent(tx: Tx, record: ClientRecord) -> dict[str, Any]:
    """What the book of record has no place for: where it says nothing, what was set by hand stays."""
    said: dict[str, Any] = {}
    if record.minimum_order is not None or not record.version:
        said["minimum_order"] = None if record.minimum_order is None else Money.of(record.minimum_order)
    if record.assortment is not None or not record.version:
        said["assortment_id"] = _assortment(tx, record)
    return said


def _code(record: ClientRecord) -> str | None:
    """The checked code; 1C sometimes keeps a ФОП as a legal entity and the other way round."""
    for kind in (record.kind, *(kind for kind in ClientKind if kind is not record.kind)):
        try:
            return tax_code(record.tax_code, kind)
        except ValueError:
            continue
    return None


def _client(tx: Tx, record: ClientRecord, code: str | None) -> UUID:
    """The client of this id; else the only one of this code that came from a file; else a new one."""
    known = tx.clients.find(record.external_id)
    if known is None and code and record.version:
        same = tx.directory.with_tax_code(code)
        known = same[0] if len(same) == 1 else None
    return known or _id("client", record.external_id)


def _points(tx: Tx, client_id: UUID, points: Sequence[PointRecord]) -> None:
    kept = []
    for position, point in enumerate(points):
        point_id = tx.directory.point(point.external_id) or _id("point", point.external_id)
        values = {"client_id": client_id, "external_id": point.external_id, "name": point.name, "active": True}
        tx.directory.put_point(point_id, values | {"address": point.address, "position": position})
        kept.append(point_id)
    tx.directory.keep_points(client_id, kept)


def _contracts(tx: Tx, client_id: UUID, record: ClientRecord) -> None:
    if not record.version:
        return
    price_types = tx.catalogue.price_types_by_id()
    for contract in record.contracts:
        limit = contract.credit_limit
        tx.directory.put_contract(
            contract.external_id,
            {
                "client_id": client_id,
                "name": contract.name,
                "number": contract.number,
                "dated": contract.dated,
                "until": contract.until,
                "price_type_id": price_types.get(contract.price_type or ""),
                "payment_days": contract.payment_days,
                "credit_limit": None if limit is None else Money.of(limit),
                "active": contract.active,
                "main": contract.main,
            },
        )
    tx.directory.keep_contracts(client_id, [contract.external_id for contract in record.contracts])


def _people(tx: Tx, client_id: UUID, record: ClientRecord) -> list[Trouble]:
    troubles: list[Trouble] = []
    members: dict[UUID, dict[str, object]] = {}
    for person in record.people:
        try:
            number: str | None = phone(person.phone)
        except ValueError:
            number = None
            if person.phone.strip():
                troubles.append(("phone_wrong", record.external_id))
        person_id = _person(tx, person, number)
        into = tx.people.merged_into(person_id)
        if into is None:
            values = {"name": person.name, "phone": number, "email": person.email or None, "active": True}
            tx.directory.put_person(person_id, values)
        person_id = into or person_id  # two contacts of one human: what is known of the one stays
        member = members.setdefault(person_id, {"contact": person.external_id})
        for role in ("orders", "pays", "signs"):  # one human may be written down twice
            member[role] = bool(member.get(role)) or getattr(person, role)
    gone = {one for one, member in members.items() if tx.people.is_unlinked(one, client_id, str(member["contact"]))}
    members = {one: member for one, member in members.items() if one not in gone}
    for person_id, member in members.items():
        tx.directory.put_member(person_id, client_id, member)
    tx.directory.keep_members(client_id, members)
    return troubles


def _person(tx: Tx, record: PersonRecord, number: str | None) -> UUID:
    """The human behind a contact of 1C.

    The same phone is the same human, whatever clients they are written down at. A contact whose phone and name both
    changed is another human, who must not inherit the first one's messengers.
    """
    by_phone = tx.directory.person_with_phone(number) if number else None
    if by_phone is not None:
        return by_phone
    known = tx.clients.person(record.external_id)
    if known is not None and not tx.directory.is_contact_elsewhere(known, record.external_id):
        name, phone_before = tx.directory.name_and_phone(known)
        if phone_before in (None, number) or name == record.name:
            return known
    return _id("person", f"{record.external_id}:{number or ''}" if known else record.external_id)


def _manager(tx: Tx, record: ClientRecord) -> UUID | None:
    if not record.manager:
        return None
    manager_id = _id("manager", record.manager)
    tx.directory.put_manager(manager_id, record.manager, record.manager_phone or None)
    return manager_id


def _assortment(tx: Tx, record: ClientRecord) -> UUID | None:
    if record.assortment is None:
        return None
    assortment_id = _id("assortment", record.external_id)
    tx.directory.put_assortment(assortment_id, record.name, tx.catalogue.ids_of(record.assortment))
    return assortment_id


def _id(kind: str, external_id: str) -> UUID:
    return uuid5(SPACE, f"{kind}:{external_id}")

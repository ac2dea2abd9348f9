"""Contacts of the ledger become people: merged by phone, never mistaken for somebody else."""

from dataclasses import replace
from uuid import UUID

from bot.domain.accounting import Subject
from bot.domain.client import Identity
from bot.domain.directory import PersonRecord
from tests.db.people import DNIPRO, IRYNA, OLENA
from tests.services.backroom import Backroom
from tests.services.cards import BAR, HANNA, MARKO, MARKO_PHONE, card
from tests.support.wholesaler import OLENA_PHONE


async def taken_in(room: Backroom, *people: PersonRecord) -> None:
    """The bar's card with these contacts."""
    room.ledger.add_client(replace(BAR, people=people, version=f"v{len(room.ledger.calls)}"))
    await room.pull(Subject.CLIENTS)


async def person_at(room: Backroom, phone: str) -> UUID:
    found = await room.books.read(lambda tx: tx.directory.person_with_phone(phone))
    assert found is not None
    return found


async def joined(room: Backroom, phone: str = MARKO_PHONE) -> UUID:
    """The person with this phone in Viber."""
    person_id = await person_at(room, phone)
    await room.sign_in(person_id, "viber", phone)
    return person_id


async def who(room: Backroom, phone: str = MARKO_PHONE) -> Identity:
    """Whoever joined with this phone, as they are now."""
    return await room.books.read(lambda tx: tx.accounts.identity("viber", phone))


def clients_of(identity: Identity) -> str | None:
    return identity.buyer.name if identity.buyer else None


async def test_a_contact_with_a_known_phone_is_that_person(backroom: Backroom) -> None:
    await taken_in(backroom, PersonRecord("h-olena", "Олена Петрівна", OLENA_PHONE))
    clients = await backroom.books.read(lambda tx: tx.clients.of_person(OLENA))
    assert [client.name for client in clients] == ["Бар «Зоря»", "Кафе «Ранок»"]
    assert await backroom.books.read(lambda tx: tx.directory.name_and_phone(OLENA)) == ("Олена Петрівна", OLENA_PHONE)


async def test_contacts_of_two_clients_with_one_phone_are_one_person(room: Backroom) -> None:
    room.ledger.add_client(replace(BAR, people=(MARKO,)), card("inn", people=(replace(MARKO, external_id="h-2"),)))
    await room.pull(Subject.CLIENTS)
    person_id = await person_at(room, MARKO_PHONE)
    clients = await room.books.read(lambda tx: tx.clients.of_person(person_id))
    assert [client.name for client in clients] == ["inn", "Бар «Зоря»"]


async def test_two_contacts_of_a_client_with_one_phone_have_both_their_roles(room: Backroom) -> None:
    pays = replace(MARKO, external_id="h-2", orders=False, pays=True)
    await taken_in(room, MARKO, pays)
    await joined(room)
    buyer = (await who(room)).buyer
    assert buyer is not None
    assert (buyer.orders, buyer.pays, buyer.signs) == (True, True, False)


async def test_a_contact_with_a_new_phone_keeps_the_messenger(room: Backroom) -> None:
    await taken_in(room, MARKO)
    person_id = await joined(room)
    await taken_in(room, replace(MARKO, phone="050 000 00 01"))
    assert await person_at(room, "+380500000001") == person_id
    assert clients_of(await who(room)) == "Бар «Зоря»"


async def test_a_contact_with_a_new_name_keeps_the_messenger(room: Backroom) -> None:
    await taken_in(room, MARKO)
    person_id = await joined(room)
    await taken_in(room, replace(MARKO, name="Марко Іванович"))
    assert await person_at(room, MARKO_PHONE) == person_id
    assert (await who(room)).name == "Марко Іванович"
    assert clients_of(await who(room)) == "Бар «Зоря»"


async def test_a_contact_with_a_new_name_and_phone_is_somebody_else_without_the_messenger(backroom: Backroom) -> None:
    await taken_in(backroom, MARKO)
    before = await joined(backroom)
    await taken_in(backroom, replace(MARKO, name="Соломія", phone="050 000 00 01"))
    after = await person_at(backroom, "+380500000001")
    assert after != before
    gone = await who(backroom)
    assert (gone.person_id, gone.name, gone.buyer) == (before, "Марко", None)
    assert await backroom.books.read(lambda tx: tx.clients.of_person(before)) == []
    await taken_in(backroom, replace(MARKO, name="Соломія", phone="050 000 00 01", email="s@bar.example"))
    assert await person_at(backroom, "+380500000001") == after


async def test_who_shared_a_phone_and_gets_one_of_their_own_is_somebody_of_their_own(room: Backroom) -> None:
    other = replace(MARKO, external_id="h-2", name="Соломія")
    await taken_in(room, MARKO, other)
    before = await joined(room)
    await taken_in(room, MARKO, replace(other, phone="050 000 00 01"))
    assert await person_at(room, MARKO_PHONE) == before
    assert await person_at(room, "+380500000001") != before
    assert clients_of(await who(room)) == "Бар «Зоря»"


async def test_a_contact_who_was_removed_loses_the_client(backroom: Backroom) -> None:
    await taken_in(backroom, MARKO, HANNA)
    person_id = await joined(backroom)
    await taken_in(backroom, HANNA)
    assert (await who(backroom)).person_id == person_id
    assert (await who(backroom)).buyer is None
    assert await backroom.books.read(lambda tx: tx.clients.of_person(person_id)) == []
    await taken_in(backroom, MARKO, HANNA)
    assert clients_of(await who(backroom)) == "Бар «Зоря»"


async def test_a_contact_who_was_removed_acts_for_the_client_that_is_left(backroom: Backroom) -> None:
    room, person = backroom, PersonRecord("h-iryna", "Ірина", "+380631112233")
    await taken_in(room, person)
    await room.sign_in(IRYNA, "viber", "iryna")
    bar = await room.client("bar")
    await room.books.write(lambda tx: tx.accounts.choose_client("viber", "iryna", bar.id))
    await taken_in(room)
    acting = await room.books.read(lambda tx: tx.accounts.identity("viber", "iryna"))
    assert acting.buyer is not None
    assert acting.buyer.id == DNIPRO.id


async def test_nobody_acts_for_a_client_that_is_switched_off(room: Backroom) -> None:
    room.ledger.add_client(replace(BAR, people=(MARKO,)), card("inn", people=(replace(MARKO, external_id="h-2"),)))
    await room.pull(Subject.CLIENTS)
    await joined(room)
    assert clients_of(await who(room)) == "inn"
    del room.ledger.cards["inn"]
    await room.pull(Subject.CLIENTS)
    assert clients_of(await who(room)) == "Бар «Зоря»"
    room.ledger.change_client("bar", active=False)
    await room.pull(Subject.CLIENTS)
    assert clients_of(await who(room)) is None
    room.ledger.change_client("bar", active=True)
    await room.pull(Subject.CLIENTS)
    assert clients_of(await who(room)) == "Бар «Зоря»"


async def test_whom_staff_added_stays_whatever_the_card_says(room: Backroom) -> None:
    bar = card("ranok", people=(MARKO,), tax_code="1759013776")
    room.ledger.add_client(bar)
    await room.pull(Subject.CLIENTS)
    clients = await room.books.read(lambda tx: tx.clients.of_person(OLENA))
    assert [client.name for client in clients] == ["ranok"]


async def test_a_person_is_found_by_the_id_of_any_of_their_contacts(room: Backroom) -> None:
    await taken_in(room, PersonRecord("h-olena", "Олена", OLENA_PHONE))
    assert await room.books.read(lambda tx: tx.clients.person("h-olena")) == OLENA

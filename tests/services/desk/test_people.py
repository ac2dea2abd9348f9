"""Who acts for a client, changed from its topic: taken away, signed out, made one; told, logged, undone."""

from typing import Any
from uuid import UUID

import pytest

from bot.conversation.event import Contact, Kind
from bot.conversation.screen import Screen
from bot.db.tx import Tx
from bot.domain.client import Identity
from bot.domain.directory import PersonRecord
from bot.domain.people_change import ChangeKind, Why
from bot.services.desk_people import mark
from bot.services.directory import Directory
from keyboards.desk_actions import Merge, ShowPerson, Unlink
from tests.db.people import ANDRII, DNIPRO, OLENA, RANOK
from tests.services.cards import card
from tests.services.desk.room import GROUP, MONEY, OLENA_TELEGRAM, OLENA_VIBER, DeskRoom, payload_of, words_of

PEOPLE = "Люди"
UNLINK, MERGE = "Відв’язати від клієнта", "Це та сама людина, що…"


async def who(room: DeskRoom, account: tuple[str, str] = OLENA_VIBER) -> Identity:
    return await room.books.read(lambda tx: tx.accounts.identity(*account))


async def opened(room: DeskRoom, *labels: str) -> Screen:
    await room.asks()
    return await room.opens_menu(PEOPLE, *labels)


async def presses(room: DeskRoom, screen: Screen, label: str) -> Screen:
    shown = await room.does(room._tap(payload_of(screen, label), ("telegram", "Оксана"), GROUP, "1"))
    assert shown is not None
    return shown


def number_of(screen: Screen, name: str) -> str:
    """Of the person in the list."""
    return next(line.split(".")[0] for line in words_of(screen).splitlines() if name in line)


async def test_people_are_listed_with_their_roles_messengers_and_clients(room: DeskRoom) -> None:
    said = words_of(await opened(room))
    assert said.startswith("Люди клієнта Кафе «Ранок»\n\n")
    assert "Олена: …2233, замовляє, платить, Telegram, Viber\n    Кафе «Ранок»" in said


async def test_somebody_taken_from_the_client_is_told_and_orders_no_more(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    after = await presses(room, await presses(room, person, UNLINK), "Там уже не працює")
    assert "Олена:" not in words_of(after).split("Ще можна скасувати")[0]
    assert (await who(room)).buyer is None
    for account in (OLENA_VIBER, OLENA_TELEGRAM):
        assert room.heard(account)[-1].startswith("Ви більше не замовляєте тут для клієнта Кафе «Ранок».")
    assert (await room.log())[-1] == ("Оксана", "Unlink", "Кафе «Ранок», Олена: left", "done")


async def test_a_second_press_takes_nobody_else_away(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    why = await presses(room, person, UNLINK)
    await presses(room, why, "Внесено помилково")
    before = len(room.viber.shown)
    assert words_of(await presses(room, why, "Внесено помилково")) == "Цього тут уже немає."
    assert len(room.viber.shown) == before


async def test_what_was_done_is_undone_and_told(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    after = await presses(room, await presses(room, person, UNLINK), "Попросили самі")
    assert "1. Олена: відв’язано від клієнта (попросили самі); Оксана, 23.11 10:00" in words_of(after)
    back = await presses(room, after, "Скасувати 1")
    assert "Олена:" in words_of(back)
    found = await who(room)
    assert found.buyer is not None
    assert (found.buyer.id, found.buyer.orders) == (RANOK.id, True)
    assert room.heard()[-1].startswith("Ви знову можете замовляти тут для клієнта Кафе «Ранок».")
    assert "застаріла" in words_of(await presses(room, after, "Скасувати 1"))


async def test_after_a_week_nothing_is_undone(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    after = await presses(room, await presses(room, person, UNLINK), "Попросили самі")
    await room.later(days=8)
    assert "застаріла" in words_of(await presses(room, after, "Скасувати 1"))
    assert "Ще можна скасувати" not in words_of(await room.opens_menu(PEOPLE))
    assert (await who(room)).buyer is None


async def test_an_account_that_was_signed_out_is_nobodys_and_comes_back_by_its_phone(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    after = await presses(room, await presses(room, person, "Вийти 2"), "Телефон втрачено")
    assert ((await who(room)).person_id, (await who(room, OLENA_TELEGRAM)).person_id) == (None, OLENA)
    assert room.heard()[-1].startswith("Цей чат більше вас не впізнає.")
    await presses(room, after, "Скасувати 1")
    assert (await who(room)).person_id == OLENA
    assert room.heard()[-1].startswith("Цей чат знову вас упізнає.")


async def test_an_account_that_is_somebodys_by_now_is_not_given_back(room: DeskRoom) -> None:
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    after = await presses(room, await presses(room, person, "Вийти 2"), "Телефон втрачено")
    await room.books.write(lambda tx: tx.accounts.sign_in(*OLENA_VIBER, ANDRII, room.clock()))
    assert "застаріла" in words_of(await presses(room, after, "Скасувати 1"))
    assert (await who(room)).person_id == ANDRII


async def merged(room: DeskRoom) -> Screen:
    """Andrii turned out to be Olena."""
    people = await opened(room)
    person = await presses(room, people, number_of(people, "Олена"))
    others = await presses(room, person, MERGE)
    sure = await presses(room, others, number_of(others, "Андрій"))
    assert words_of(sure).startswith("Це одна людина? Лишиться перша й зможе все, що може кожна.")
    return await presses(room, sure, "Так, це одна людина")


async def roles(room: DeskRoom, person: UUID) -> dict[UUID, dict[str, Any]]:
    return await room.books.read(lambda tx: tx.people.memberships(person))


async def test_two_people_who_are_one_have_all_roles_and_accounts_of_both(room: DeskRoom) -> None:
    def sign_in(tx: Tx) -> None:
        tx.accounts.meet("telegram", "andrii", "Андрій", room.clock(), room.clock())
        tx.accounts.sign_in("telegram", "andrii", ANDRII, room.clock())

    await room.books.write(sign_in)
    before = (await roles(room, ANDRII))[RANOK.id], (await roles(room, OLENA))[RANOK.id]
    await merged(room)
    after = (await roles(room, OLENA))[RANOK.id]
    assert [after[name] for name in ("orders", "pays", "signs")] == [
        before[0][name] or before[1][name] for name in ("orders", "pays", "signs")
    ]
    assert await roles(room, ANDRII) == {}
    assert (await who(room, ("telegram", "andrii"))).person_id == OLENA
    assert room.heard(("telegram", "andrii"))[-1].startswith("Усі ваші чати з нами тепер одне ціле.")


async def test_the_phone_of_either_is_the_one_human(room: DeskRoom) -> None:
    await merged(room)
    phone = await room.books.read(lambda tx: tx.directory.name_and_phone(ANDRII)[1])
    await room.says("", ("telegram", "new"), Kind.SHARED_PHONE, contact=Contact(phone or "", proven=True))
    assert (await who(room, ("telegram", "new"))).person_id == OLENA


async def test_a_merge_is_undone(room: DeskRoom) -> None:
    before = await roles(room, ANDRII), await roles(room, OLENA)
    after = await merged(room)
    await presses(room, after, "Скасувати 1")
    assert (await roles(room, ANDRII), await roles(room, OLENA)) == before
    people = words_of(await room.opens_menu(PEOPLE))
    assert "Андрій:" in people


async def test_nobody_of_another_client_is_looked_at_or_taken_away_from_here(room: DeskRoom) -> None:
    await room.asks()
    topic = await room.books.read(lambda tx: tx.desk.topic_at(GROUP, "1"))
    strange = UUID(int=7)

    def add(tx: Tx) -> None:
        tx.clients.add_person(strange, "p7", "Богдан", "+380670000007")
        tx.clients.add_member(strange, DNIPRO.id, orders=True, pays=False, signs=False)

    await room.books.write(add)
    assert topic is not None
    for action in (
        ShowPerson(topic.id, mark(strange)),
        Unlink(topic.id, mark(strange), Why.LEFT),
        Merge(topic.id, mark(OLENA), mark(strange)),
    ):
        screen = await room.does(room._tap(action.pack(), ("telegram", "Оксана"), GROUP, "1"))
        assert screen is not None
        assert words_of(screen) == "Цього тут уже немає."
    assert DNIPRO.id in await roles(room, strange)


async def test_finance_and_strangers_take_nobody_away(rich: DeskRoom) -> None:
    people = await opened(rich)
    person = await presses(rich, people, number_of(people, "Олена"))
    why = await presses(rich, person, UNLINK)
    press = payload_of(why, "Внесено помилково")
    await rich.does(rich._tap(press, ("telegram", "Бухгалтер"), MONEY))
    await rich.does(rich._tap(press, ("telegram", "Чужий"), "-999"))
    await rich.presses(press)
    assert RANOK.id in await roles(rich, OLENA)
    assert [one[1:] for one in await rich.log() if one[3] == "refused"] == [
        ("Unlink", "", "refused"),
        ("Unlink", "-999", "refused"),
        ("Unlink", "", "refused"),
    ]


@pytest.mark.parametrize("undone", [False, True])
async def test_1c_does_not_bring_back_whom_the_staff_took_away(room: DeskRoom, undone: bool) -> None:
    record = card("night", people=(PersonRecord("c-1", "Соломія", "0677770001"),))
    await Directory(room.books).follow([record])
    client_id = await room.books.read(lambda tx: tx.clients.find("night"))
    someone = await room.books.read(lambda tx: tx.clients.person("c-1"))
    assert client_id is not None
    assert someone is not None

    def unlink(tx: Tx) -> UUID:
        held = tx.people.membership(someone, client_id) or {}
        tx.people.unlink(someone, client_id)
        return tx.people.note(ChangeKind.UNLINKED, client_id, someone, held, ("t:1", "Оксана"), room.clock())

    change = await room.books.write(unlink)
    if undone:
        await room.books.write(lambda tx: tx.people.undo(change, "Оксана", room.clock()))
    await Directory(room.books).follow([record])
    assert (client_id in await roles(room, someone)) is undone


async def test_1c_keeps_two_contacts_of_one_human_as_one(room: DeskRoom) -> None:
    both = (PersonRecord("c-1", "Соломія", "0677770001"), PersonRecord("c-2", "Соломія П.", "0677770002"))
    record = card("night", people=both)
    await Directory(room.books).follow([record])
    first = await room.books.read(lambda tx: tx.clients.person("c-1"))
    second = await room.books.read(lambda tx: tx.clients.person("c-2"))
    assert first is not None
    assert second is not None

    def merge(tx: Tx) -> None:
        client_id = tx.clients.find("night")
        assert client_id is not None
        tx.people.unlink(second, client_id)
        tx.people.merge(second, first)

    await room.books.write(merge)
    await Directory(room.books).follow([record])
    assert await roles(room, second) == {}
    name = await room.books.read(lambda tx: tx.directory.name_and_phone(first))
    assert name == ("Соломія", "+380677770001")


async def test_a_personal_link_of_either_is_the_one_humans(room: DeskRoom) -> None:
    token = await room.office.app.joining.invite(ANDRII)
    await merged(room)
    await room.says(token, ("telegram", "new"), Kind.STARTED)
    assert (await who(room, ("telegram", "new"))).person_id == OLENA
    phone = await room.books.read(lambda tx: tx.directory.name_and_phone(ANDRII)[1])
    assert await Directory(room.books).person_with_phone(phone or "") == OLENA

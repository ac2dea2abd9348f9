"""A contract in the chats on Telegram: a manager begins, a lawyer decides, the client signs, everybody sees it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.db.books import Books
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS
from bot.domain.signing import ServiceState
from bot.services.envelopes.following import POLL
from tests.scenarios.accounting_steps import connected
from tests.scenarios.steps import joined
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import open_office
from tests.support.signing import OURS, Notary
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels, said
from tests.wires.world import over_telegram


@pytest.fixture
def notary() -> Notary:
    return Notary()


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger, notary: Notary) -> AsyncIterator[Group]:
    """One group is all desks: it acts as the lawyers'."""
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): LAWYERS}, signing=notary)
    desks = {desk: ("telegram", str(GROUP)) for desk in (MANAGERS, FINANCE, LAWYERS)}
    async with over_telegram(office, "polling", ledger, desks) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


async def begun(group: Group) -> dict[str, Any]:
    """A contract for the café, by one button; the card that the lawyers read."""
    await group.says(OKSANA, "/dohovir Ранок")
    offered = await group.reads("Документи: Кафе «Ранок»", "Поки що немає жодного.")
    await group.presses(OKSANA, offered, "Заповнити договір")
    return await group.hears("Документ на погодження", "Договір поставки № Д-26-0001 від 23.11.2026", "Кафе «Ранок»")


async def sent(group: Group) -> Talker:
    """An approved contract; Olena, who got it."""
    olena = await joined(group.world)
    card = await begun(group)
    await group.presses(OKSANA, card, "Погодити")
    await group.world.hears(olena)
    return olena


async def polls(group: Group) -> None:
    await group.world.backroom.ticks(POLL)


async def test_one_button_then_one_button_and_the_client_has_it(group: Group, notary: Notary) -> None:
    olena = await sent(group)
    olena.sees("ГастроОпт надсилає вам документ на підпис", "Договір поставки № Д-26-0001", "чекає на ваш підпис")
    olena.sees_buttons("Прочитати й підписати", "Як підписати", "Відкрити документ")
    await olena.taps("Відкрити документ")
    assert await olena.receives("Договір Д-26-0001.pdf") == "Д-26-0001 v1".encode()
    notary.say(next(iter(notary.documents)), ServiceState.SIGNED)
    await polls(group)
    signed = await group.reads("Документ підписали всі", "Структуру підписів перевірено", "Іваненко Іван", "0B02")
    assert {"Підписи (.p7s)", "Усе разом, архів", "Перевірити підписи"} <= set(labels(signed))
    await group.world.hears(olena)
    olena.sees("Дякуємо, підписали всі.", "Підписали у «Вчасно»:")
    await olena.taps("Підписи (.p7s)")
    assert await olena.receives("Д-26-0001.p7s") == b"p7s:" + next(iter(notary.documents)).encode()


async def test_the_lawyers_card_comes_with_the_file(group: Group) -> None:
    card = await begun(group)
    assert card["document"]["name"] == "Договір Д-26-0001.pdf"
    assert labels(card)[:3] == ["Файл", "Погодити", "Повернути"]


async def test_the_slower_lawyer_sees_who_has_decided(group: Group, notary: Notary) -> None:
    card = await begun(group)
    await group.presses(OKSANA, card, "Погодити")
    await group.presses(PETRO, card, "Погодити")
    await group.world.backroom.works()
    assert notary.uploads == 1
    approvals = [line for line in said((await group.messages())[-1]).splitlines() if "погоджено, " in line]
    assert len(approvals) == 1 and "Оксана" in approvals[0]


async def test_a_lawyer_returns_it_in_their_own_words(group: Group) -> None:
    card = await begun(group)
    await group.presses(PETRO, card, "Повернути")
    await group.reads("Що змінити?", "/povernuty Д-26-0001 …")
    await group.says(PETRO, "/povernuty Д-26-0001 відстрочка 14 днів")
    returned = await group.hears("Юрист повернув документ", "Петро повертає: «відстрочка 14 днів»")
    await group.presses(OKSANA, returned, "Заповнити знову")
    await group.hears("Документ на погодження", "Д-26-0001")


async def test_a_lawyer_returns_it_for_a_ready_reason(group: Group) -> None:
    card = await begun(group)
    await group.presses(PETRO, card, "Повернути")
    await group.presses(PETRO, (await group.messages())[-1], "Неправильні ціни")
    await group.hears("Петро повертає: «Неправильні ціни»")


async def test_a_rejection_comes_with_the_clients_words(group: Group, notary: Notary) -> None:
    await sent(group)
    notary.say(next(iter(notary.documents)), ServiceState.REJECTED, "не та адреса")
    await polls(group)
    await group.reads("Клієнт відхилив документ", "Клієнт пише: «не та адреса»")


async def test_a_signature_of_a_stranger_is_looked_at_before_anybody_rejoices(group: Group, notary: Notary) -> None:
    olena = await sent(group)
    notary.signed_by = ["99999999", OURS]
    notary.say(next(iter(notary.documents)), ServiceState.SIGNED)
    await polls(group)
    doubtful = await group.reads("Підписаний документ треба перевірити", "підписав хтось, чий код не наш")
    await group.world.hears(olena)
    olena.sees_not("підписали всі")
    await group.presses(OKSANA, doubtful, "Вважати підписаним")
    await group.reads("Підписаним визнає: Оксана.")
    await group.world.hears(olena)
    olena.sees("Дякуємо, підписали всі.")


async def test_it_is_taken_back_after_a_question(group: Group, notary: Notary) -> None:
    await sent(group)
    card = await group.reads("Документ пішов клієнтові")
    await group.presses(OKSANA, card, "Відкликати")
    await group.presses(OKSANA, (await group.messages())[-1], "Так, відкликати")
    await group.world.backroom.works()
    assert notary.states_[next(iter(notary.documents))] is ServiceState.GONE
    await group.reads("Документ відкликано")


async def test_an_act_is_asked_for_by_the_client(group: Group) -> None:
    olena = await joined(group.world)
    for label in ("Ще", "Документи", "Акт звірки"):
        await olena.taps(label)
    olena.sees("За який час?")
    await olena.taps("Минулий місяць, 10.2026")
    olena.sees("Акт звірки № АЗ-26-0001", "Запит прийнято")
    await group.hears("Документ на погодження", "Акт звірки № АЗ-26-0001")


async def test_the_way_to_sign_is_explained(group: Group) -> None:
    olena = await sent(group)
    await olena.taps("Як підписати")
    olena.sees("Дія.Підпис", "40123456", "надсилати нічого не треба")


async def test_a_manager_does_not_decide_for_the_lawyers(shop: Books, tmp_path: Path, ledger: Ledger) -> None:
    notary = Notary()
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): MANAGERS}, signing=notary)
    async with over_telegram(office, "polling", ledger, {MANAGERS: ("telegram", str(GROUP))}) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        await group.says(OKSANA, "/dohovir Ранок")
        await group.presses(OKSANA, (await group.messages())[-1], "Заповнити договір")
        await world.backroom.works()
        await group.says(OKSANA, "/dohovir")
        await group.reads("Документи в дорозі", "у наших юристів")
        await group.presses(OKSANA, (await group.messages())[-1], "1")
        card = (await group.messages())[-1]
        assert "Погодити" not in labels(card)
        await group.says(OKSANA, "/povernuty Д-26-0001 ні")
        await group.reads("Це для іншої групи працівників.")
    assert notary.uploads == 0

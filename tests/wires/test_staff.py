"""Managers in their group on Telegram: what they are told of 1C, what they press, and who else presses it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.dispatch import DispatchState
from bot.domain.job import Job, Queue
from bot.domain.notice import MANAGERS, Notice, NoticeKind
from bot.services.contract_record import SignedContract, record_contract
from bot.services.journal import FAILURES
from bot.services.take_in import pull_job
from tests.db.people import OLENA, RANOK
from tests.scenarios.accounting_steps import connected, document, lines, told
from tests.scenarios.steps import CREAM, MILK, joined, places, puts
from tests.services.cards import card
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import open_office
from tests.support.loopback import PATIENCE
from tests.support.wholesaler import uid
from tests.wires.world import WireWorld, over_telegram

GROUP = -1001234567890
OKSANA, PETRO = 2001, 2002


@dataclass
class Group:
    """The managers' group, seen through the sandbox's control side."""

    world: WireWorld

    async def opens(self) -> None:
        for person, name in ((OKSANA, "Оксана"), (PETRO, "Петро")):
            await self._post("users", id=person, first_name=name)
        await self._post("chats", id=GROUP, title="Менеджери", members=[OKSANA, PETRO])

    async def messages(self) -> list[dict[str, Any]]:
        said = (await self.world.control(f"chat/{GROUP}"))["messages"]
        return [one for one in said if not one["outgoing"]]

    async def hears(self, *words: str) -> dict[str, Any]:
        """The background does what is due; the newest message says this."""
        await self.world.backroom.works()
        return await self.reads(*words)

    async def reads(self, *words: str, at: int = -1) -> dict[str, Any]:
        message = (await self.messages())[at]
        text = said(message)
        assert [word for word in words if word not in text] == [], text
        return message

    async def presses(self, who: int, message: dict[str, Any], label: str) -> None:
        """A button of the message as it was read, whatever has become of it since."""
        await self._post("tap", user=who, chat=GROUP, message_id=message["message_id"], data=payload_of(message, label))
        await self._settles()

    async def says(self, who: int, text: str) -> None:
        """Somebody writes it in the group."""
        await self._post("say", user=who, chat=GROUP, text=text)
        await self._settles()

    async def _settles(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.world.quiet(self.world):  # noqa: ASYNC110 the other side is asked
                await asyncio.sleep(0.01)

    async def _post(self, what: str, **fields: Any) -> None:
        (await self.world.http.post(f"{self.world.sandbox}/_control/{what}", json=fields)).raise_for_status()


def payload_of(message: dict[str, Any], label: str) -> str:
    return next(str(button["data"]) for row in message["keyboard"] for button in row if button["text"] == label)


def said(message: dict[str, Any]) -> str:
    """Its words, under a picture or a file too; unbreakable spaces as plain ones."""
    return str(message.get("text") or message.get("caption") or "").replace("\u00a0", " ")


def labels(message: dict[str, Any]) -> list[str]:
    return [str(button["text"]) for row in message.get("keyboard", []) for button in row]


async def changed_by_both(group: Group, *there: tuple[str, int, str]) -> Talker:
    """Somebody who has changed an order to three cases of milk, while the office changed it to something else."""
    olena = await joined(group.world)
    await places(olena)
    await group.world.hears(olena)
    await olena.taps("Мої замовлення")
    await olena.taps("1")
    group.world.backroom.ledger.change(document(group.world).link.ref, **lines(*there))
    await olena.taps("Змінити")
    await puts(olena, MILK, "3 ящ")
    for label in ("Кошик", "Оформити", "Підтвердити зміни"):
        await olena.taps(label)
    return olena


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): MANAGERS})
    async with over_telegram(office, "polling", ledger, {MANAGERS: ("telegram", str(GROUP))}) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


async def test_an_order_that_1c_refused_is_sent_again_once_whoever_presses(group: Group, ledger: Ledger) -> None:
    olena = await joined(group.world)
    ledger.refuses = "unknown_client"
    await places(olena)
    refused = await group.hears("K-000001: 1С не приймає замовлення", "вона не знає цього клієнта")
    ledger.refuses = None
    await group.presses(OKSANA, refused, "Надіслати ще раз")
    settled = await group.reads("Закрито 23.11 10:00: надіслано ще раз (Оксана).")
    assert (settled["message_id"], labels(settled)) == (refused["message_id"], ["Усі розбіжності"])
    await group.presses(PETRO, refused, "Надіслати ще раз")
    await group.hears("надіслано ще раз (Оксана)")
    assert [number for number, _ in ledger.written] == ["K-000001"]
    await group.presses(PETRO, settled, "Усі розбіжності")
    await group.reads("З 1С усе збігається.")


async def test_what_the_office_and_the_client_changed_at_once_is_settled_by_taking_theirs(
    group: Group, ledger: Ledger
) -> None:
    olena = await changed_by_both(group, (MILK, 12, "47.90"), (CREAM, 2, "189.50"))
    both = await group.hears("K-000001: клієнт і менеджер змінили замовлення одночасно", "Домовтеся з клієнтом")
    await group.presses(PETRO, both, "Взяти з 1С")
    await group.reads("взято версію з 1С (Петро)")
    await group.presses(OKSANA, both, "Взяти з 1С")
    await group.reads("взято версію з 1С (Петро)")
    await group.world.hears(olena)
    olena.sees("Менеджер змінив ваше замовлення", "Вершки", "Разом: 953,80 грн")
    assert told(group.world)[-1].startswith("Менеджер змінив")
    assert (len(told(group.world)), ledger.written) == (2, [("K-000001", 1)])


async def test_theirs_is_not_taken_where_an_article_of_it_is_unknown_here(group: Group) -> None:
    await changed_by_both(group, (MILK, 12, "47.90"), ("99999", 1, "5.00"))
    both = await group.hears("клієнт і менеджер змінили замовлення одночасно")
    await group.presses(PETRO, both, "Взяти з 1С")
    await group.reads("Звідси цього не виправити. Перегляньте документ у 1С.")
    await group.reads("Домовтеся з клієнтом", at=0)
    assert told(group.world)[1:] == []


async def test_a_difference_that_does_not_matter_is_left_and_who_left_it_stays_said(
    group: Group, ledger: Ledger
) -> None:
    olena = await joined(group.world)
    ledger.keeps = {"delivery_address": "Київ"}
    await places(olena)
    kept = await group.hears("1С записала дещо не так, як надіслано", "Київ, вул. Ранок на Подолі, 1 → Київ")
    await group.presses(OKSANA, kept, "Лишити як є")
    await group.reads("лишено як є (Оксана)")
    await group.presses(PETRO, kept, "Лишити як є")
    await group.reads("лишено як є (Оксана)")
    assert len(await group.messages()) == 1


async def test_a_dead_letter_is_tried_again_once(group: Group, ledger: Ledger) -> None:
    await group.world.backroom.gives_up(
        pull_job(Subject.CLIENTS, group.world.clock()), "Refusal onec clients unauthorized"
    )
    dead = await group.hears("Не вдалося: забрати дані з 1С", "вона нас не впускає")
    await group.presses(OKSANA, dead, "Спробувати ще раз")
    await group.reads("Пробуємо ще раз: забрати дані з 1С (Оксана).")
    await group.presses(PETRO, dead, "Спробувати ще раз")
    await group.reads("Це вже вирішено: забрати дані з 1С.")
    await group.world.backroom.works()
    assert ledger.calls.count("clients") == 1
    await group.presses(PETRO, dead, "Більше не пробувати")
    await group.reads("Цього тут уже немає.")


async def test_a_dead_letter_is_given_up(group: Group, ledger: Ledger) -> None:
    await group.world.backroom.gives_up(pull_job(Subject.CLIENTS, group.world.clock()), "Refusal onec clients access")
    dead = await group.hears("Не вдалося")
    await group.presses(PETRO, dead, "Більше не пробувати")
    await group.reads("Більше не пробуємо: забрати дані з 1С (Петро).")
    await group.presses(OKSANA, dead, "Спробувати ще раз")
    await group.reads("Це вже вирішено")
    await group.world.backroom.works()
    assert "clients" not in ledger.calls


async def test_a_signed_contract_that_1c_does_not_take_is_named_and_tried_again(group: Group, ledger: Ledger) -> None:
    contract = SignedContract(
        uid("contract"), RANOK.id, "Д-26-0001", date(2026, 11, 23), "Договір", group.world.clock(), "Вчасно"
    )
    ledger.refuses = "unknown_client"
    await group.world.books.write(lambda tx: record_contract(tx, contract, group.world.clock()))
    dead = await group.hears("Не вдалося: записати в 1С підписаний договір № Д-26-0001", "вона не знає цього клієнта")
    ledger.refuses = None
    ledger.add_client(card("Кафе «Ранок»"))
    await group.presses(OKSANA, dead, "Спробувати ще раз")
    await group.world.backroom.works()
    assert ledger.recorded == ["Д-26-0001"]


async def test_a_silence_of_1c_is_told_after_a_while_with_its_end(group: Group) -> None:
    olena = await joined(group.world)
    await group.world.backroom.falls_silent()
    await places(olena)
    await group.world.backroom.works()
    assert await group.messages() == []
    group.world.clock.moment += timedelta(minutes=5)
    silent = await group.hears("1С не відповідає з 23.11 10:00", "На передачу чекає 1 замовлення.")
    await group.presses(PETRO, silent, "Оновити")
    await group.reads("1С не відповідає з 23.11 10:00", "ціни: станом на 23.11 10:00")
    await group.world.backroom.answers()
    group.world.clock.moment += timedelta(seconds=20)
    await group.hears("1С знову відповідає. Мовчала з 23.11 10:00", "Усі замовлення вже там.")
    assert len(await group.messages()) == 2


async def test_a_short_silence_of_1c_is_not_worth_telling(group: Group) -> None:
    await group.world.backroom.falls_silent()
    group.world.clock.moment += timedelta(minutes=4)
    await group.world.backroom.answers()
    group.world.clock.moment += timedelta(minutes=10)
    await group.world.backroom.works()
    assert await group.messages() == []


async def test_a_client_who_presses_a_button_of_the_staff_is_refused(group: Group, ledger: Ledger) -> None:
    olena = await joined(group.world)
    ledger.refuses = "unknown_client"
    await places(olena)
    refused = await group.hears("1С не приймає замовлення")
    for label in ("Надіслати ще раз", "Лишити як є", "Усі"):
        await olena.presses(payload_of(refused, label))
        olena.sees("Ця кнопка працює лише в тій групі працівників, для якої її створено.")
    await group.hears("K-000001: 1С не приймає замовлення")
    assert (len(await group.messages()), labels(refused)[0], ledger.written) == (1, "Надіслати ще раз", [])


async def test_managers_hear_of_people_who_were_not_reached_and_see_who_they_are(group: Group) -> None:
    at = group.world.clock()

    def lose(tx: Tx) -> None:
        lost = tx.dispatches.add(OLENA, RANOK.id, Notice(NoticeKind.ORDER_CHANGED, "order"), at)
        assert lost is not None
        tx.dispatches.settle(lost, DispatchState.FAILED, "unreachable", arrived_at=at)
        tx.jobs.add(Job(FAILURES, Queue.LOCAL, {}, key=FAILURES))

    await group.world.books.write(lose)
    told_of = await group.hears("1 людину не вдалося повідомити про важливе.")
    await group.presses(OKSANA, told_of, "Повідомлення клієнтам")
    shown = await group.reads(
        "Повідомлення клієнтам, 11.2026",
        "Без шляху: не вдалося 1",
        "23.11 10:00 Кафе «Ранок», Олена: замовлення змінено (немає ні чату, ні пошти, ні телефону)",
    )
    await group.presses(OKSANA, shown, "Стан 1С")
    standing = await group.reads("1С відповідає")
    assert labels(standing) == ["Оновити", "Повідомлення клієнтам", "Запросити клієнтів", "Надіслати прайси"]

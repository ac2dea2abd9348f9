"""Finance in its group on Telegram: a claim that it is paid, the command that opens reminders, and who may press."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.domain.notice import FINANCE, MANAGERS
from tests.scenarios.accounting_steps import connected
from tests.scenarios.reminding import reminded
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.support.gateway import Gateway
from tests.support.loopback import PATIENCE
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels
from tests.wires.world import over_telegram


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): FINANCE}, gateway=Gateway())
    async with over_telegram(
        office, "polling", ledger, {desk: ("telegram", str(GROUP)) for desk in (MANAGERS, FINANCE)}
    ) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


async def writes(group: Group, who: int, text: str) -> None:
    await group._post("say", user=who, chat=GROUP, text=text)
    async with asyncio.timeout(PATIENCE):
        while not await group.world.quiet(group.world):  # noqa: ASYNC110 the other side is asked
            await asyncio.sleep(0.01)


async def test_finance_hears_of_a_payment_and_ends_the_rest_once_whoever_presses(group: Group) -> None:
    olena = await reminded(group.world)
    await olena.taps("Уже сплачено")
    await olena.taps("Сьогодні")
    told = await group.hears("Клієнт каже, що сплатив", "Кафе «Ранок»", "Сказано: Олена")
    assert labels(told) == ["Гроші не надійшли", "Клієнт", "Що стримує"]
    await group.presses(OKSANA, told, "Гроші не надійшли")
    await group.reads("Закрито: Оксана")
    await group.presses(PETRO, told, "Гроші не надійшли")
    await group.reads("Закрито: Оксана")
    assert await group.world.books.read(lambda tx: tx.promises.open_claims()) == []


async def test_a_command_opens_reminders_in_the_group_and_nothing_else_is_heard(group: Group) -> None:
    await reminded(group.world)
    before = len(await group.messages())
    await writes(group, OKSANA, "борги")
    await writes(group, OKSANA, "/невідома")
    assert len(await group.messages()) == before
    await writes(group, OKSANA, "/reminders@komora_bot")
    opened = await group.reads("Нагадування про борги", "Сьогодні складено", "рівень +1: 1")
    await group.presses(PETRO, opened, "Хто що отримає")
    await group.reads("Хто що отримає: вт, 24 листопада", "Кафе «Ранок»: на цьому рівні вже нагадали")


async def test_a_client_who_is_sent_a_button_of_finance_is_refused(group: Group) -> None:
    olena = await reminded(group.world)
    await olena.presses("~rd1")
    olena.sees("Ця кнопка працює лише в тій групі працівників")
    await olena.writes("/reminders")
    olena.sees_not("Сьогодні складено")


async def test_a_payment_order_that_was_sent_comes_to_finance_with_the_words(group: Group) -> None:
    olena = await reminded(group.world)
    await olena.taps("Уже сплачено")
    await olena.sends_photo()
    told = await group.hears("Клієнт каже, що сплатив", "До бота надіслали файл платіжки")
    assert told["document"]["name"] == "photo.jpg"


async def test_words_of_an_sms_are_seen_with_their_price_before_they_count(group: Group) -> None:
    await reminded(group.world)
    await writes(group, OKSANA, "/slova 4 sms uk [компанія]: чекаємо на [прострочено]. [посилання]")
    shown = await group.reads("ГастроОпт: чекаємо на", "https://", "2 частини SMS, близько 2,40 грн")
    await group.presses(OKSANA, shown, "Зберегти")
    await group.reads("/slova 4 sms uk [компанія]: чекаємо на [прострочено]. [посилання]")
    await writes(group, OKSANA, "/slova 4 sms uk без посилання")
    await group.reads("Так у драбині не можна", "в SMS до 200 і посилання")


async def test_an_exemption_is_typed_with_its_day_and_reason_and_can_be_ended(group: Group) -> None:
    await reminded(group.world)
    await writes(group, OKSANA, "/vyniatok 1759013776 до 25/12 чекаємо на акт звірки")
    told = await group.reads("без нагадувань, до Пт 25.12 включно: чекаємо на акт звірки (Оксана, ")
    await group.presses(PETRO, told, "Не турбувати")
    await group.reads("/vyniatok 1759013776 ")
    await writes(group, OKSANA, "/vyniatok 1759013776 +14 - сезонний заклад")
    await group.reads("на 14 днів пізніше, без строку: сезонний заклад (Оксана, ")
    await writes(group, OKSANA, "/vyniatok 1759013776 25/12")
    await group.reads("Напишіть так: /vyniatok 12345678 25/12 чекаємо на акт")

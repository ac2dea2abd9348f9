"""Managers send price lists from their group: people get a file for each of their clients in the chat, once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.domain.campaign import Purpose
from bot.domain.notice import MANAGERS
from keyboards.staff_actions import ShowMailings, StartCampaign
from tests.scenarios.accounting_steps import connected
from tests.scenarios.steps import joined
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.support.reading_papers import cells, pages
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group
from tests.wires.world import over_telegram


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): MANAGERS})
    async with over_telegram(office, "polling", ledger, {MANAGERS: ("telegram", str(GROUP))}) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


async def opens_mailings(group: Group) -> dict[str, object]:
    """The screen of mailings, opened by the button that the news of 1C carries."""
    await group.world.backroom.falls_silent()
    group.world.clock.moment += timedelta(minutes=6)
    silent = await group.hears("1С не відповідає")
    await group.world.backroom.answers()
    await group.presses(OKSANA, silent, "Надіслати прайси")
    return await group.reads("Прайси й пропозиції всім, хто замовляє", at=0)


async def test_a_press_brings_everybody_their_own_prices_once(group: Group) -> None:
    world = group.world
    olena, iryna = await joined(world), await joined(world, "Ірина")
    screen = await opens_mailings(group)
    await group.presses(OKSANA, screen, "Прайс")
    standing = await group.reads("Отримають:", "Telegram: 3, безкоштовно", "без безплатного шляху: 1", at=0)
    await group.presses(OKSANA, standing, "Надіслати всім")
    asked = await group.reads("Надіслати 3 прайси?", "до 300 на годину", at=0)
    for who in (OKSANA, PETRO, OKSANA):
        await group.presses(who, asked, "Так, надіслати")
        await group.reads("Прайси надсилаються. Початок: 23.11 10:06, Оксана.", at=0)
    await world.backroom.works()
    await world.hears(olena)
    await world.hears(iryna)
    olena.sees("Новий прайс для Кафе «Ранок»", "6 товарів")
    assert cells(await olena.receives("Прайс ГастроОпт 23.11.2026.xlsx"))[7][5] == 47.9
    iryna.sees("Новий прайс для", "товар")
    await olena.taps("PDF")
    (page,) = pages(await olena.receives("Прайс ГастроОпт 23.11.2026.pdf"))
    assert "Клієнт: Кафе «Ранок»" in page
    world.clock.moment += timedelta(minutes=2)
    await world.backroom.works()
    await group.presses(PETRO, (await group.messages())[0], "Звіт")
    await group.reads("Прайс усім, хто замовляє", "Надіслано: 3", "Завершено 23.11", at=0)


async def test_an_offer_of_a_category_is_chosen_by_its_name(group: Group) -> None:
    olena = await joined(group.world)
    await group.presses(OKSANA, await opens_mailings(group), "Пропозиція з розділу")
    chosen = await group.reads("з якого розділу?", at=0)
    await group.presses(OKSANA, chosen, "Борошно")
    standing = await group.reads("Розділ: Борошно", at=0)
    await group.presses(OKSANA, standing, "Надіслати всім")
    await group.presses(OKSANA, await group.reads("Надіслати 1 пропозицію?", at=0), "Так, надіслати")
    await group.world.backroom.works()
    await group.world.hears(olena)
    olena.sees("Комерційна пропозиція для Кафе «Ранок»")
    (page,) = pages(await olena.receives("Комерційна пропозиція Кафе «Ранок» 23.11.2026.pdf"))
    assert ("Борошно рисове" in page, "Молоко" in page) == (True, False)


async def test_a_client_who_presses_the_managers_button_sends_nothing(group: Group) -> None:
    olena = await joined(group.world)
    for action in (ShowMailings(), StartCampaign(Purpose.PRICE_LIST, 1)):
        await olena.presses(action.pack())
        olena.sees("Ця кнопка працює лише в тій групі працівників")
    assert await group.world.office.app.campaigns.reports((Purpose.PRICE_LIST,), 5) == []

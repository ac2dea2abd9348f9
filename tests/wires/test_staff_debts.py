"""Finance in their group on Telegram: the digest with its picture and its table, and debts by command."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.db.books import Books
from bot.domain.job import Job, Queue
from bot.domain.notice import FINANCE, MANAGERS
from bot.services.digest import DIGEST
from tests.scenarios.accounting_steps import HOTEL, connected
from tests.scenarios.paying import owe
from tests.scenarios.steps import joined
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.wires.test_staff import GROUP, OKSANA, Group, labels, said
from tests.wires.world import over_telegram


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): FINANCE})
    desks = {desk: ("telegram", str(GROUP)) for desk in (MANAGERS, FINANCE)}
    async with over_telegram(office, "polling", ledger, desks) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        await owe(world, "1000.00", "500.50")
        await owe(world, "4000.00", client=HOTEL)
        yield group


async def morning(group: Group) -> list[dict[str, Any]]:
    """What came into the group on this morning."""
    before = len(await group.messages())
    tick = group.world.clock().isoformat()
    await group.world.books.write(lambda tx: tx.jobs.add(Job(DIGEST, Queue.LOCAL, {}, key=tick)))
    await group.world.backroom.works()
    return (await group.messages())[before:]


async def test_on_a_working_morning_the_figures_come_under_their_chart_and_then_the_table(group: Group) -> None:
    picture, table = await morning(group)
    text = said(picture)
    for words in (
        "Борги на 23.11.2026",
        "Усього: 5 500,50 грн, 2 клієнти",
        "Прострочено: 5 000,00 грн (90 %), 2 клієнти",
        "Прострочено 1–7 днів: 5 000,00 грн",
        "1. Готель «Дніпро»: 4 000,00 грн, усе прострочено",
        "2. Кафе «Ранок»: 1 500,50 грн, прострочено 1 000,00 грн",
    ):
        assert words in text
    assert picture["photo"]["width"] == 1080
    assert labels(picture) == ["Усі борги, Excel", "Оновити"]
    assert table["document"]["name"] == "Борги клієнтів 23.11.2026.xlsx"
    assert "Борги: 3 документи." in said(table)


async def test_on_sunday_nobody_is_told(group: Group) -> None:
    group.world.clock.moment = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
    assert await morning(group) == []


async def test_old_data_is_said_in_the_first_line(group: Group) -> None:
    group.world.clock.moment = group.world.clock.moment.replace(hour=12)
    picture, _ = await morning(group)
    assert said(picture).startswith("Дані застарілі: як було в 1С на 23.11 10:00.")


async def test_a_command_tells_of_one_client_and_leads_to_all(group: Group) -> None:
    await group.says(OKSANA, "/debts@komora_bot 1759013776")
    told = await group.reads("Кафе «Ранок», борги на 23.11.2026", "До сплати: 1 500,50 грн", "прострочено 1 день")
    await group.presses(OKSANA, told, "Усі клієнти")
    every = await group.reads("Усього: 5 500,50 грн, 2 клієнти")
    await group.presses(OKSANA, every, "Усі борги, Excel")
    assert (await group.messages())[-1]["document"]["name"] == "Борги клієнтів 23.11.2026.xlsx"


async def test_what_is_no_command_of_the_desk_is_not_answered(group: Group) -> None:
    before = len(await group.messages())
    for words in ("скільки винен готель?", "/start", "/debtsandmore", "/help@komora_bot"):
        await group.says(OKSANA, words)
    assert len(await group.messages()) == before


async def test_a_client_who_types_the_command_learns_nothing(group: Group) -> None:
    olena = await joined(group.world)
    await olena.writes("/debts Готель")
    olena.sees_not("4\u00a0000")

"""The owner in a staff group on Telegram: figures each week and by command, other times by buttons, and no one else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.db.books import Books
from bot.domain.desk import Role
from bot.domain.figures import Period
from bot.domain.notice import FINANCE, MANAGERS
from bot.services.figures import FIGURES
from keyboards.staff_actions import ShowFigures, TakeFigures
from tests.scenarios.accounting_steps import CAFE, connected, takes_by_phone
from tests.scenarios.steps import MILK, joined, places
from tests.support.accounting import Ledger
from tests.support.desk import MONDAY_MORNING, open_office
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels, said
from tests.wires.world import over_telegram

PERIODS = ["Цей тиждень", "Минулий тиждень", "Цей місяць", "Минулий місяць", "Три місяці"]


@pytest.fixture
async def group(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Group]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): FINANCE})
    desks = {desk: ("telegram", str(GROUP)) for desk in (MANAGERS, FINANCE)}
    async with over_telegram(office, "polling", ledger, desks) as world:
        group = Group(world)
        await group.opens()
        await connected(world)
        yield group


async def sold(group: Group) -> None:
    """One order in the chat and one by phone, on Monday."""
    await places(await joined(group.world))
    await takes_by_phone(group.world, CAFE, (MILK, 24, "47.90"))


async def test_a_command_tells_of_this_week_with_a_chart_and_buttons_of_other_times(group: Group) -> None:
    await sold(group)
    await group.says(OKSANA, "/stats@komora_bot")
    told = await group.reads(
        "Показники: Пн 23.11.2026", "Замовлень: 2 на", "Онлайн: 50 % (1)", "орієнтир 52 %",
        "Оплат карткою: 0 на 0,00 грн. Виписок банку за ці дні немає", "Заощаджено: 0 год ",
        "замовлення 1 × 6 хв",
    )  # fmt: skip
    assert told["photo"]["width"] == 1080
    assert labels(told) == [*PERIODS, "Таблиця за днями"]
    await group.presses(PETRO, told, "Минулий тиждень")
    empty = await group.reads("За цей час не було ні замовлень, ні оплат, ні повідомлень.", "Виберіть інший час нижче.")
    assert labels(empty) == PERIODS
    await group.presses(PETRO, empty, "Три місяці")
    await group.reads("Показники: Пн 24.08 – Пн 23.11.2026", "Онлайн: 50 % (1)")


async def test_the_table_is_of_the_days_that_were_shown_whenever_it_is_taken(group: Group) -> None:
    await sold(group)
    await group.says(OKSANA, "/stats")
    told = await group.reads("Показники: Пн 23.11.2026")
    group.world.clock.moment += timedelta(days=9)
    await group.presses(OKSANA, told, "Таблиця за днями")
    taken = await group.reads("Показники за днями: Пн 23.11.2026")
    assert taken["document"]["name"] == "Показники 23.11.2026.csv"


async def test_the_last_week_is_told_on_the_first_working_morning(group: Group) -> None:
    await sold(group)
    before = len(await group.messages())
    await group.world.backroom.ticks(FIGURES)
    await group.reads("Показники: Пн 16.11 – Нд 22.11.2026", "За цей час не було")
    group.world.clock.moment = MONDAY_MORNING + timedelta(days=7)
    await group.world.backroom.ticks(FIGURES)
    told = await group.reads("Показники: Пн 23.11 – Нд 29.11.2026", "Замовлення з 1С відомі станом на 23.11 10:00.")
    group.world.clock.moment += timedelta(days=1)
    await group.world.backroom.ticks(FIGURES)
    assert (len(await group.messages()) - before, "photo" in told) == (2, True)


async def test_a_client_is_refused_and_it_is_logged(group: Group) -> None:
    olena = await joined(group.world)
    await olena.writes("/stats")
    olena.sees_not("Показники")
    day = MONDAY_MORNING.date()
    with capture_logs() as logs:
        for action in (ShowFigures(Period.THIS_WEEK), TakeFigures(day, day)):
            await olena.presses(action.pack())
            olena.sees("Ця кнопка працює лише в тій групі працівників, для якої її створено.")
    assert [one["action"] for one in logs if one["event"] == "staff action refused"] == ["fg", "fx"]


async def test_somebody_who_may_only_read_presses_nothing(group: Group) -> None:
    await sold(group)
    await group.says(OKSANA, "/stats")
    told = await group.reads("Показники: Пн 23.11.2026")
    await group.presses(PETRO, told, "Цей місяць")
    await group.reads("Показники: Нд 01.11 – Пн 23.11.2026")
    assert await group.world.books.write(lambda tx: tx.staff.set_role("telegram", str(PETRO), Role.WATCHER))
    await group.presses(PETRO, told, "Три місяці")
    assert "Показники" not in said((await group.messages())[-1])

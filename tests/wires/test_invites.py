"""Managers invite everybody from their group: text messages go out, and their links let people into the chat."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.db.books import Books
from bot.domain.campaign import CampaignReport, Purpose, Wanted
from bot.domain.job import Job, Queue
from bot.domain.notice import MANAGERS
from bot.domain.sms import segments
from bot.services.returns import REPORTS
from integrations.atompark import AtomParkSettings, connect
from keyboards.staff_actions import ShowCampaign, ShowStanding
from sandbox.atompark import create_app
from tests.scenarios.steps import joined
from tests.support.accounting import Ledger
from tests.support.desk import open_office
from tests.support.loopback import client, serving
from tests.wires.test_staff import GROUP, OKSANA, PETRO, Group, labels
from tests.wires.world import WireWorld, over_telegram

OPEN, CLOSED = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
OURS = re.compile(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]{22})$")


@dataclass
class Shop:
    """The managers' group in Telegram, and AtomPark with its phones."""

    world: WireWorld
    group: Group
    provider: str

    async def texts(self) -> dict[str, str]:
        """What stands on each phone."""
        http = self.world.http
        (await http.post(f"{self.provider}/_control/clock", json={"advance": 60})).raise_for_status()
        said = (await http.get(f"{self.provider}/_control/inbox")).raise_for_status().json()["messages"]
        found = {str(one["phone"]): str(one["text"]) for one in said}
        assert len(found) == len(said), "somebody got two"
        return found

    async def runs(self, name: str, queue: Queue) -> None:
        job = Job(name, queue, {}, key=f"{name}:{self.world.clock()}", lock=name)
        await self.world.books.write(lambda tx: tx.jobs.add(job))
        await self.world.backroom.works()

    async def report(self) -> CampaignReport:
        (found,) = await self.world.office.app.campaigns.reports((Purpose.ACCESS,), 5)
        return found

    async def opens_screen(self) -> dict[str, Any]:
        """The screen of invitations, opened by the button that the news of 1C carries."""
        world = self.world
        await world.backroom.falls_silent()
        world.clock.moment += timedelta(minutes=6)
        silent = await self.group.hears("1С не відповідає")
        await world.backroom.answers()
        await self.group.presses(OKSANA, silent, "Запросити клієнтів")
        return await self.group.reads("Доступу ще не", at=0)


@pytest.fixture
async def shop_open(shop: Books, tmp_path: Path, ledger: Ledger) -> AsyncIterator[Shop]:
    office = open_office(shop, tmp_path, accounting=ledger, staff={str(GROUP): MANAGERS})
    provider = create_app(OPEN, CLOSED, now=lambda: office.clock().timestamp())
    async with serving(provider) as address, client() as http:
        sms = connect(
            AtomParkSettings(
                public_key=SecretStr(OPEN), private_key=SecretStr(CLOSED), sender="Komora", base_url=address
            ),
            http,
        )
        desks = {MANAGERS: ("telegram", str(GROUP))}
        async with over_telegram(office, "polling", ledger, desks, sms) as world:
            group = Group(world)
            await group.opens()
            yield Shop(world, group, address)


async def test_a_press_in_the_managers_group_brings_everybody_into_the_chat(shop_open: Shop) -> None:
    world, group = shop_open.world, shop_open.group
    await joined(world, "Андрій")
    screen = await shop_open.opens_screen()
    await group.reads("Доступу ще не мають 2 людини", "SMS: 2, приблизно 4,80 грн", at=0)
    await group.presses(OKSANA, screen, "Надіслати всім")
    asked = await group.reads("Запросити 2 людини?", "до 300 на годину", at=0)
    for who in (OKSANA, PETRO, OKSANA):
        await group.presses(who, asked, "Так, надіслати")
        await group.reads("Запрошення надсилаються. Початок: 23.11 10:06, Оксана.", at=0)
    await world.backroom.works()
    texts = await shop_open.texts()
    assert sorted(texts) == ["380631112233", "380671112233"]
    links = {phone: OURS.search(text) for phone, text in texts.items()}
    assert all(links.values())
    assert {segments(text) for text in texts.values()} == {2}
    assert all(text.startswith("ГастроОпт: ") for text in texts.values())
    token = OURS.findall(texts["380671112233"])[0][1]
    olena = world.person("Олена")
    await olena.starts(token)
    olena.sees("Ви замовляєте для: Кафе «Ранок»")
    stranger = world.person("Перехожий")
    await stranger.starts(token)
    stranger.sees("Поділіться номером")
    stranger.sees_not("Кафе «Ранок»")
    world.clock.moment += timedelta(minutes=2)
    await shop_open.runs(REPORTS, Queue.SMS)
    report = await shop_open.report()
    assert (report.sent, report.delivered, report.joined, report.failed) == (2, 2, 1, {})
    standing = (await group.messages())[0]
    await group.presses(PETRO, standing, "Звіт")
    await group.reads("23.11 10:06, Оксана", "Надіслано: 2, доставлено: 2, прочитано: 0.", "Увійшло: 1 з 2.", at=0)


async def test_an_old_confirm_after_everybody_was_invited_sends_nothing_more(shop_open: Shop) -> None:
    world, group = shop_open.world, shop_open.group
    screen = await shop_open.opens_screen()
    await group.presses(OKSANA, screen, "Надіслати всім")
    asked = await group.reads("Запросити 3 людини?", at=0)
    await group.presses(OKSANA, asked, "Так, надіслати")
    await world.backroom.works()
    world.clock.moment += timedelta(minutes=2)
    await world.backroom.works()
    await group.presses(PETRO, asked, "Так, надіслати")
    await group.reads("Зараз запрошувати нікого")
    await group.presses(PETRO, screen, "Оновити")
    standing = await group.reads("уже запрошено, посилання ще діє: 3", at=0)
    assert "Надіслати всім" not in labels(standing)
    await world.backroom.works()
    assert len(await shop_open.texts()) == 3


async def test_a_campaign_is_stopped_from_the_group(shop_open: Shop) -> None:
    world, group = shop_open.world, shop_open.group
    await world.office.app.campaigns.begin(Wanted(Purpose.ACCESS, pace=60), "")
    await world.backroom.works()
    screen = await shop_open.opens_screen()
    await group.presses(PETRO, screen, "Зупинити розсилку")
    await group.reads("адміністратор", "Зупинено 23.11 10:06: Петро.", at=0)
    world.clock.moment += timedelta(hours=1)
    await world.backroom.works()
    report = await shop_open.report()
    assert (report.campaign.ended_by, report.told) == ("Петро", 2)


async def test_a_client_who_presses_the_managers_button_is_refused(shop_open: Shop) -> None:
    olena = await joined(shop_open.world)
    for action in (ShowCampaign(Purpose.ACCESS), ShowStanding()):
        await olena.presses(action.pack())
        olena.sees("Ця кнопка працює лише в тій групі працівників")


async def test_a_text_message_whose_answer_was_lost_is_not_sent_again(shop_open: Shop) -> None:
    world = shop_open.world
    fault = {"kind": "lost_answer", "action": "sendSMS", "times": 1}
    (await world.http.post(f"{shop_open.provider}/_control/faults", json=fault)).raise_for_status()
    await world.office.app.campaigns.begin(Wanted(Purpose.ACCESS), "")
    await world.backroom.works()
    world.clock.moment += timedelta(minutes=2)
    await world.backroom.works()
    assert len(await shop_open.texts()) == 3
    rows = await world.books.read(lambda tx: tx.dispatches.journal(10))
    assert sorted(row.state.value for row in rows) == ["sent", "sent", "unsure"]

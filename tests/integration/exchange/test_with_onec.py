"""The whole dialogue with a base of 1C written apart, in every dialect."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.money import Money
from bot.domain.order import State
from sandbox.onec import business
from sandbox.onec.commerceml import Habits, exchange
from sandbox.onec.entering import add_article, add_counterparty
from sandbox.onec.exchange_port import Settings, Transcript
from sandbox.onec.things import Currency, Organisation, PriceType, Unit, Warehouse
from sandbox.onec.world import World
from tests.integration.exchange.desk import MemoryDesk
from tests.integration.exchange.onec import PASSWORD, USER, House, Watch, running
from tests.unit.exchange.orders import CAFE, CHEESE, LINE, MILK, ORDER, order

DIALECTS = [
    ("1c", "2.04", "utf-8", False, 0),
    ("1c", "2.05", "windows-1251", True, 0),
    ("1c", "2.07", "utf-8", True, 700),
    ("1c", "2.08", "utf-8", False, 500),
    ("bitrix", "2.05", "windows-1251", False, 600),
    ("bitrix", "2.08", "windows-1251", True, 400),
    ("bitrix", "2.08", "utf-8", False, 0),
    ("bitrix", "2.10", "utf-8", True, 0),
]


@pytest.fixture
def base() -> World:
    """Milk and cheese at one price each, and a café."""
    world = World()
    with world.filling():
        world.add(Currency(code="980", name="UAH"))
        world.add(Organisation(name="ТОВ «Гуртівня»", edrpou="37000006"))
        unit, wholesale = world.add(Unit(code="796", name="шт")), world.add(PriceType(name="Оптова"))
        world.add(Warehouse(name="Основний склад"))
        for ref, sku, name in ((MILK, "10661", "Молоко 2,5% 1 л"), (CHEESE, "20001", "Сир твердий")):
            add_article(world, ref=ref, sku=sku, name=name, unit=unit.ref)
            world.set_price(wholesale.ref, ref, Decimal("42.50"))
        add_counterparty(world, ref=CAFE, name="ТОВ «Кав'ярня»", edrpou="14360570", price_type=wholesale.ref)
    return world


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[House]:
    desk = MemoryDesk()
    gift = replace(LINE, article=CHEESE, name="Сир твердий", quantity=Decimal(2), amount=Money(8500))
    desk.place(order(lines=(LINE, gift), total=Money(59500)))
    async with running(desk, Watch(), tmp_path / "uploads") as house:
        yield house


def settings(site: House, **changes: Any) -> Settings:
    plain = {"url": f"{site.address}/1c/exchange", "user": USER, "password": PASSWORD}
    return Settings.model_validate(plain | changes)


def troubles(transcript: Transcript) -> list[Any]:
    return [step for step in transcript if step["status"] != 200 or step["reply"].startswith("failure")]


@pytest.mark.parametrize(("dialect", "version", "encoding", "zip", "part"), DIALECTS)
async def test_the_whole_dialogue_goes_through(
    base: World, site: House, dialect: str, version: str, encoding: str, zip: bool, part: int
) -> None:
    phoned = business.enter_order(base, CAFE, [(MILK, Decimal(3), None)])
    said = {"dialect": dialect, "version": version, "encoding": encoding, "zip": zip, "part_bytes": part}
    transcript = await exchange(base, settings(site, **said))
    assert troubles(transcript) == []
    assert {MILK, CHEESE} <= {id for _, ids in site.desk.imports for id in ids}
    assert site.desk.confirmed == {ORDER: 3}
    theirs = next(record for record in site.desk.records if record.client == CAFE and record.total == Money(12750))
    assert theirs.link.number == phoned.number
    assert [(line.article, line.quantity, line.amount) for line in theirs.lines] == [
        (MILK, Decimal(3), Money(12750)),
    ]
    taken = next(one for one in base.orders.values() if one.from_site)
    assert (taken.counterparty, taken.total, taken.marked) == (CAFE, Decimal("595.00"), False)
    assert [(line.article, line.quantity, line.amount) for line in taken.lines] == [
        (MILK, Decimal(12), Decimal("510.00")),
        (CHEESE, Decimal(2), Decimal("85.00")),
    ]


@pytest.mark.parametrize("dialect", ["1c", "bitrix"])
async def test_a_discount_is_in_the_sums_there_and_back(base: World, site: House, dialect: str) -> None:
    milk = replace(LINE, quantity=Decimal(12), price=Money(4250), discount=Money(2551), amount=Money(48449))
    site.desk.place(order(revision=4, lines=(milk,), total=Money(48449)))
    assert troubles(await exchange(base, settings(site, what="sale", dialect=dialect))) == []
    (taken,) = (one for one in base.orders.values() if one.from_site)
    (line,) = taken.lines
    assert (taken.total, line.price, line.amount) == (Decimal("484.49"), Decimal("42.50"), Decimal("484.49"))
    assert (line.discount, line.discount_percent, business.agrees(line)) == (Decimal("25.51"), Decimal("5.00"), True)
    site.desk.records.clear()
    business.post(base, taken.ref)
    await exchange(base, settings(site, what="sale", dialect=dialect))
    (back,) = site.desk.records
    assert (back.total, back.lines[0].amount) == (Money(48449), Money(48449))
    site.desk.records.clear()
    business.change_line(base, taken.ref, 1, Decimal(6), None)
    await exchange(base, settings(site, what="sale", dialect=dialect))
    (cut,) = site.desk.records
    assert (cut.total, cut.lines[0].amount) == (Money(24225), Money(24225))


@pytest.mark.parametrize("dialect", ["1c", "bitrix"])
@pytest.mark.parametrize("habits", [Habits(basic_always=False), Habits(temporary_names=True)])
async def test_bases_of_other_habits_are_served_too(base: World, site: House, dialect: str, habits: Habits) -> None:
    assert troubles(await exchange(base, settings(site, dialect=dialect), habits)) == []
    assert len(site.desk.imports) >= 2
    assert site.desk.confirmed == {ORDER: 3}


@pytest.mark.parametrize("dialect", ["1c", "bitrix"])
async def test_what_happens_to_an_order_in_1c_comes_back_as_ours(base: World, site: House, dialect: str) -> None:
    await exchange(base, settings(site, what="sale", dialect=dialect))
    taken = next(one for one in base.orders.values() if one.from_site)
    site.desk.records.clear()
    business.post(base, taken.ref)
    business.change_line(base, taken.ref, 1, Decimal(10), None)
    assert troubles(await exchange(base, settings(site, what="sale", dialect=dialect))) == []
    (back,) = site.desk.records
    assert (back.ours, back.link.number, back.link.posted) == (ORDER, taken.number, True)
    assert (back.state, back.total, back.lines[0].quantity) == (State.ACCEPTED, Money(51000), Decimal(10))
    business.set_state(base, taken.ref, "cancelled")
    await exchange(base, settings(site, what="sale", dialect=dialect))
    assert site.desk.records[-1].state is State.CANCELLED


@pytest.mark.parametrize("dialect", ["1c", "bitrix"])
async def test_a_dialogue_cut_off_anywhere_loses_nothing_and_doubles_nothing(
    base: World, site: House, dialect: str
) -> None:
    whole = len(await exchange(base, settings(site, dialect=dialect)))
    for step in range(1, whole + 1):
        site.desk.place(order(revision=3 + step))
        await exchange(base, settings(site, dialect=dialect, interrupt_after=step))
        assert troubles(await exchange(base, settings(site, dialect=dialect))) == []
        assert site.desk.confirmed == {ORDER: 3 + step}
    assert len([one for one in base.orders.values() if one.from_site]) == 1


async def test_a_cancelled_order_is_withdrawn_in_1c(base: World, site: House) -> None:
    await exchange(base, settings(site, what="sale"))
    site.desk.place(order(revision=4, cancelled=True))
    assert troubles(await exchange(base, settings(site, what="sale"))) == []
    (taken,) = (one for one in base.orders.values() if one.from_site)
    assert taken.marked or taken.state == "cancelled"


async def test_a_wrong_password_ends_the_dialogue_at_its_first_step(base: World, site: House) -> None:
    (step,) = await exchange(base, settings(site, password="?"))
    assert step["status"] == 401

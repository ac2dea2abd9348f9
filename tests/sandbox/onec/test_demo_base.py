"""The invented wholesaler's base: what it must hold so that the demo is right, and so that it is like a real one."""

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import phonenumbers
import pytest
from lxml import etree
from stdnum.ua import edrpou, rntrc

from sandbox.horeca.wholesaler.__main__ import write
from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec.demo_base import load
from sandbox.onec.things import Counterparty
from sandbox.onec.world import World

HORECA = Path(__file__).parents[3] / "sandbox" / "horeca"
FOLDER = HORECA / "wholesaler"
TODAY = date(2026, 11, 27)


def noon() -> datetime:
    return datetime.fromisoformat("2026-11-27T12:00:00")


@pytest.fixture(scope="module")
def world() -> World:
    made = World(clock=noon)
    load(made, FOLDER, TODAY)
    return made


def clients(world: World) -> list[Counterparty]:
    return list(world.counterparties.values())


def test_the_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_text("utf-8") == (FOLDER / path.name).read_text("utf-8"), path.name


def test_articles_are_those_of_the_commerceml_files(world: World) -> None:
    root = etree.parse(str(HORECA / "commerceml" / "import.xml")).getroot()
    theirs = {
        one.findtext("{*}Ид"): (
            one.findtext("{*}Артикул"),
            one.findtext("{*}Наименование"),
            one.findtext("{*}ПометкаУдаления") == "true",
            one.findtext("{*}Группы/{*}Ид"),
        )
        for one in root.iter("{*}Товар")
    }
    assert {one.ref: (one.sku, one.name, one.marked, one.parent) for one in world.goods()} == theirs
    groups = {one.findtext("{*}Ид"): one.findtext("{*}Наименование") for one in root.iter("{*}Группа")}
    assert {one.ref: one.name for one in world.articles.values() if one.folder} == groups


def test_prices_and_stock_are_those_of_the_commerceml_files(world: World) -> None:
    root = etree.parse(str(HORECA / "commerceml" / "offers.xml")).getroot()
    for offer in root.iter("{*}Предложение"):
        ref = offer.findtext("{*}Ид") or ""
        prices = {
            one.findtext("{*}ИдТипаЦены") or "": Decimal(one.findtext("{*}ЦенаЗаЕдиницу") or "")
            for one in offer.iterfind("{*}Цены/{*}Цена")
        }
        assert {key: world.price(key, ref) for key in world.price_types if world.price(key, ref)} == prices
        for held in offer.iterfind("{*}Остатки/{*}Остаток/{*}Склад"):
            stock = world.stock[held.findtext("{*}Ид") or "", ref]
            assert stock.quantity == Decimal(held.findtext("{*}Количество") or "")


def test_the_first_three_clients_are_those_of_the_demo(world: World) -> None:
    for row, client in zip(json.loads((HORECA / "clients.json").read_text("utf-8")), clients(world), strict=False):
        contract, manager = world.contracts[client.contract], world.users[client.manager]
        people = [world.people[ref] for ref in client.people]
        assert (client.ref, client.name, client.edrpou) == (
            guid("client", row["external_id"]),
            row["name"],
            row["tax_code"],
        )
        assert (world.price_types[contract.price_type].name, contract.payment_days) == (
            row["price_type"],
            row["payment_days"],
        )
        assert (manager.name, manager.phone) == (row["manager"], row["manager_phone"])
        assert [(one.name, one.text) for one in client.addresses] == [
            (point["name"], point["address"]) for point in row["points"]
        ]
        assert [(one.name, one.phones) for one in people] == [(one["name"], [one["phone"]]) for one in row["people"]]
        assert client.comment == (f"Мінімальне замовлення {row['minimum_order']} грн" if "minimum_order" in row else "")


def test_the_demo_history_is_in_the_base(world: World) -> None:
    hotel = guid("client", "C-002")
    recent = [one for one in world.orders.values() if one.counterparty == hotel and one.date]
    told = {
        (noon().date() - one.date.date()).days: {world.articles[line.article].sku: line.quantity for line in one.lines}
        for one in recent
        if one.date
    }
    assert told[15] == {"11011": 48, "20461": 30, "11556": 40}
    assert told[6] == {"11011": 36, "20461": 25, "10661": 60, "21164": 6}
    assert min(days for days in told if days > 15) > 25


def test_two_hundred_clients_have_right_codes_but_one(world: World) -> None:
    found = clients(world)
    assert len(found) == 200
    assert [one.code for one in found if not one.edrpou] == ["000000063"]
    coded = [one for one in found if one.edrpou]
    assert all((edrpou if len(one.edrpou) == 8 else rntrc).is_valid(one.edrpou) for one in coded)
    assert {one.kind: len(one.edrpou) for one in coded} == {"company": 8, "entrepreneur": 10}
    assert Counter(one.kind for one in found)["entrepreneur"] > 60
    names = Counter(one.name for one in found)
    assert {name for name, times in names.items() if times > 1} == {found[11].name, found[44].name}
    assert [one.code for one in found if one.marked] == [
        "000000037",
        "000000088",
        "000000121",
        "000000160",
        "000000199",
        "000000200",
    ]


def test_every_phone_but_one_is_ukrainian_and_nobody_elses(world: World) -> None:
    wrong: list[str] = []
    owners: dict[int, set[str]] = {}
    for person in world.people.values():
        for phone in person.phones:
            number = phonenumbers.parse(phone, "UA")
            if phonenumbers.is_valid_number(number):
                owners.setdefault(number.national_number or 0, set()).add(person.name)
            else:
                wrong.append(phone)
    assert wrong == ["067 111-2"]
    assert {len(names) for names in owners.values()} == {1}
    demo = {one["phone"]: one["name"] for one in json.loads((HORECA / "people.json").read_text("utf-8"))}
    known = {f"380{number}": names for number, names in owners.items() if f"380{number}" in demo}
    assert known == {phone: {name} for phone, name in demo.items() if name != "Тарас Новак"}


def test_some_people_act_for_two_clients(world: World) -> None:
    acting = Counter(person.phones[0] for person in world.people.values())
    assert sorted(acting[phone] for phone in acting if acting[phone] > 1) == [2, 2, 2]


def test_mails_go_nowhere(world: World) -> None:
    mails = [mail for one in clients(world) for mail in one.emails]
    mails += [mail for one in world.people.values() for mail in one.emails]
    assert len(mails) > 200
    assert all(re.fullmatch(r"[a-z0-9]+@([a-z0-9]+\.)?example\.(com|org)", mail) for mail in mails)


def test_orders_of_four_months_are_mostly_shipped(world: World) -> None:
    assert len(world.orders) == 1491
    states = Counter(one.state for one in world.orders.values())
    assert states["closed"] + states["shipped"] > 1400
    assert {"new", "accepted", "cancelled"} < set(states)
    days = [one.date for one in world.orders.values() if one.date]
    assert noon() - timedelta(days=121) < min(days) and max(days) < noon()
    assert all(one.total == sum(line.amount for line in one.lines) > 0 for one in world.orders.values())


def test_debts_are_of_every_age_and_payments_close_the_rest(world: World) -> None:
    owed = [one for one in world.receivables.values() if one.left]
    ages = Counter(_age((noon().date() - one.due.date()).days) for one in owed if one.due)
    assert len(owed) == 456
    assert min(ages.values()) > 40 and set(ages) == {"not due", "a week", "a month", "two months", "older"}
    assert len([one for one in owed if one.paid]) > 40
    assert all(0 <= one.left <= one.total for one in world.receivables.values())
    paid: Counter[str] = Counter()
    for payment in world.payments.values():
        for row in payment.rows:
            paid[row.document] += row.amount  # type: ignore[assignment]
    left = {ref: one.left for ref, one in world.receivables.items()}
    assert all(paid[ref] + left.get(ref, 0) == one.total for ref, one in world.shipments.items())
    assert len([1 for one in world.payments.values() for row in one.rows if not row.document]) == 24


def test_nothing_is_in_the_future_even_in_the_small_hours() -> None:
    made = World(clock=lambda: datetime.fromisoformat("2026-11-27T00:05:00"))
    load(made, FOLDER, TODAY)
    assert all(one.date and one.date <= made.now() for one in made.documents())


def test_filling_tells_nobody(world: World) -> None:
    assert world.changes.last_id == 0


def _age(days: int) -> str:
    limits = ((-1, "not due"), (7, "a week"), (30, "a month"), (60, "two months"))
    return next((name for limit, name in limits if days <= limit), "older")

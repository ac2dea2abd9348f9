"""Clients and people as 1C knows them: the same again changes nothing."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.db.books import Books
from bot.db.clients import ClientChoice
from bot.db.tx import Tx
from bot.domain.cart import PointView
from bot.domain.client import Buyer
from bot.domain.directory import ClientRecord, PersonRecord, PointRecord
from bot.domain.errors import NotFound
from bot.domain.money import Money
from bot.domain.requisites import ClientKind
from bot.services.directory import Directory
from tests.db.people import DNIPRO, IRYNA, OLENA, RANOK
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import OLENA_PHONE, uid

BAR = ClientRecord(
    external_id="C-1",
    kind=ClientKind.LEGAL,
    name="Бар «Зоря»",
    tax_code="2113 3352",
    price_type="Оптова",
    points=(PointRecord("P-1", "Бар", "Львів, 1"), PointRecord("P-2", "Тераса", "Львів, 2")),
    people=(PersonRecord("H-1", "Марко", "067 999 88 77", pays=True),),
    manager="Тарас",
    manager_phone="+380441112233",
    payment_days=14,
    assortment=frozenset({"10661", "60010"}),
)


async def test_a_persons_clients_are_listed_by_name(stocked: Books) -> None:
    dnipro, ranok = ClientChoice(DNIPRO.id, "Готель «Дніпро»"), ClientChoice(RANOK.id, "Кафе «Ранок»")
    assert await stocked.read(lambda tx: tx.clients.of_person(IRYNA)) == [dnipro, ranok]
    assert await stocked.read(lambda tx: tx.clients.of_person(OLENA)) == [ranok]
    assert await stocked.read(lambda tx: tx.clients.of_person(uid("nobody"))) == []


async def test_places_are_the_clients_own(stocked: Books) -> None:
    points = await stocked.read(lambda tx: tx.clients.points(RANOK.id))
    assert [point.name for point in points] == ["Ранок на Печерську", "Ранок на Подолі"]
    assert [point.id for point in await stocked.read(lambda tx: tx.clients.points(DNIPRO.id))] == [uid("Готель")]


async def test_a_client_is_taken_in_with_everything_that_hangs_on_it(stocked: Books) -> None:
    directory = Directory(stocked)
    await directory.take_in([BAR])
    person_id = await directory.person_with_phone("+38 (067) 999-88-77")
    assert person_id is not None

    def sign_in(tx: Tx) -> Buyer:
        tx.accounts.meet("viber", "1", "Марко", MONDAY_MORNING, None)
        tx.accounts.sign_in("viber", "1", person_id, MONDAY_MORNING)
        return tx.accounts.identity("viber", "1").require_buyer()

    buyer = await stocked.write(sign_in)
    assert (buyer.name, buyer.price_type_id, buyer.minimum_order) == ("Бар «Зоря»", uid("wholesale"), None)
    assert (buyer.orders, buyer.pays, buyer.signs) == (True, True, False)
    points = await stocked.read(lambda tx: tx.clients.points(buyer.id))
    assert [(point.name, point.address) for point in points] == [("Бар", "Львів, 1"), ("Тераса", "Львів, 2")]
    assert buyer.assortment_id is not None
    allowed = await stocked.read(lambda tx: tx.catalogue.assortment(buyer.assortment_id or uid("none")))
    assert allowed == {uid("10661"), uid("60010")}
    manager = (await stocked.read(lambda tx: tx.accounts.identity("viber", "1"))).manager
    assert manager is not None
    assert (manager.name, manager.phone) == ("Тарас", "+380441112233")


async def test_the_same_record_twice_changes_nothing(stocked: Books) -> None:
    directory = Directory(stocked)
    await directory.take_in([BAR, BAR])
    await directory.take_in([BAR])
    assert await stocked.read(lambda tx: tx.clients.count()) == 3


async def test_a_person_who_comes_with_two_clients_is_one_person(stocked: Books) -> None:
    another = ClientRecord("C-2", ClientKind.FOP, "ФОП Марко", "1759013776", "HoReCa VIP", (), BAR.people)
    directory = Directory(stocked)
    await directory.take_in([BAR, another])
    person_id = await directory.person_with_phone("0679998877")
    assert person_id is not None
    clients = await stocked.read(lambda tx: tx.clients.of_person(person_id))
    assert [client.name for client in clients] == ["Бар «Зоря»", "ФОП Марко"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"tax_code": "21133353"}, ValueError),
        ({"people": (PersonRecord("H-9", "Хтось", "12"),)}, ValueError),
        ({"price_type": "Роздрібна"}, NotFound),
    ],
)
async def test_one_wrong_record_takes_none_in(stocked: Books, wrong: dict[str, object], error: type[Exception]) -> None:
    bad = ClientRecord(**{name: getattr(BAR, name) for name in BAR.__slots__} | {"external_id": "C-2"} | wrong)
    with pytest.raises(error):
        await Directory(stocked).take_in([BAR, bad])
    assert await stocked.read(lambda tx: tx.clients.count()) == 2


async def test_people_are_found_by_any_spelling_of_their_phone(stocked: Books) -> None:
    directory = Directory(stocked)
    assert await directory.person_with_phone("067 111 22 33") == OLENA
    assert await directory.person_with_phone("067 111 22 34") is None
    with pytest.raises(ValueError, match="not a phone"):
        await directory.person_with_phone("hello")


async def test_a_client_is_known_once_by_the_id_it_has_outside(stocked: Books) -> None:
    def add(tx: Tx) -> None:
        tx.clients.add_client(
            id=uid("new"), external_id="C-7", kind="fop", name="ФОП", tax_code=None, price_type_id=None,
            minimum_order=Money(100),
        )  # fmt: skip

    await stocked.write(add)
    assert await stocked.read(lambda tx: (tx.clients.find("C-7"), tx.clients.find("C-8"))) == (uid("new"), None)
    with pytest.raises(IntegrityError):
        await stocked.write(add)


async def test_a_place_a_person_and_a_manager_are_added_once(stocked: Books) -> None:
    def add(tx: Tx) -> None:
        tx.clients.add_point(uid("Склад"), RANOK.id, "P-7", "Склад", "Київ, 7", 5)
        tx.clients.add_person(uid("Петро"), "H-7", "Петро", "+380671119999")
        tx.clients.add_manager(uid("Ганна"), "Ганна", None)

    await stocked.write(add)
    await stocked.write(add)
    assert (await stocked.read(lambda tx: tx.clients.points(RANOK.id)))[-1] == PointView(
        uid("Склад"), "Склад", "Київ, 7"
    )
    assert await stocked.read(lambda tx: tx.clients.person_with_phone("+380671119999")) == uid("Петро")
    assert await stocked.read(lambda tx: tx.clients.person_with_phone(OLENA_PHONE)) == OLENA

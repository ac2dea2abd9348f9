"""Clients come in from the ledger: what changed, what is gone, and what is wrong there."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.db.models import Client, Contract
from bot.domain.accounting import Subject
from bot.domain.difference import DifferenceKind
from bot.domain.directory import ContractRecord, PointRecord
from bot.domain.errors import Unavailable
from bot.domain.requisites import ClientKind
from bot.services.directory import Directory
from tests.services.backroom import Backroom, Told
from tests.services.cards import BAR, card
from tests.support.wholesaler import uid

CLIENTS = Subject.CLIENTS


async def count(room: Backroom) -> int:
    found = select(func.count()).select_from(Client)
    return await room.books.read(lambda tx: tx._connection.execute(found).scalar_one())


async def test_a_client_comes_with_everything_that_hangs_on_it(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    report = await backroom.pull(CLIENTS)
    assert (report.seen, report.changed, report.gone, report.problems) == (1, 1, 0, None)
    bar = await backroom.client("bar")
    assert (bar.name, bar.kind, bar.tax_code, bar.payment_days) == ("Бар «Зоря»", "legal", "21133352", 14)
    assert (bar.price_type_id, bar.active, bar.version) == (uid("vip"), True, "v1")
    points = await backroom.books.read(lambda tx: tx.clients.points(bar.id))
    assert [(point.name, point.address) for point in points] == [("Бар", "Львів, 1"), ("Тераса", "Львів, 2")]
    contract = await backroom.books.read(lambda tx: tx._connection.execute(select(Contract.__table__)).one())
    assert (contract.external_id, contract.client_id, contract.number) == ("k-1", bar.id, "17/26")
    assert (contract.price_type_id, contract.payment_days, contract.main) == (uid("vip"), 14, True)
    assert (contract.dated, contract.until) == (date(2026, 1, 5), date(2026, 12, 31))


async def test_what_has_not_changed_is_not_taken_in_again(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR, card("inn"))
    await backroom.pull(CLIENTS)
    assert (await backroom.pull(CLIENTS)).changed == 0
    backroom.ledger.change_client("bar", name="Бар «Нова зоря»")
    assert (await backroom.pull(CLIENTS)).changed == 1
    assert (await backroom.client("bar")).name == "Бар «Нова зоря»"
    assert (await backroom.pull(CLIENTS, full=True)).changed == 2


async def test_a_place_and_a_contract_that_are_named_no_more_are_given_up(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    await backroom.pull(CLIENTS)
    moved, contract = PointRecord("p-2", "Тераса", "Львів, 3"), ContractRecord("k-2", "Новий", main=True)
    backroom.ledger.change_client("bar", points=(moved,), contracts=(contract,))
    await backroom.pull(CLIENTS)
    bar = await backroom.client("bar")
    points = await backroom.books.read(lambda tx: tx.clients.points(bar.id))
    assert [(point.name, point.address) for point in points] == [("Тераса", "Львів, 3")]
    found = select(Contract.external_id, Contract.active, Contract.main).order_by(Contract.external_id)
    rows = await backroom.books.read(lambda tx: [tuple(row) for row in tx._connection.execute(found)])
    assert rows == [("k-1", False, False), ("k-2", True, True)]


async def test_a_client_who_is_gone_is_switched_off_after_a_whole_pull_only(room: Backroom) -> None:
    room.ledger.page = 1
    room.ledger.add_client(BAR, card("inn"), card("pub"))
    await room.pull(CLIENTS)
    del room.ledger.cards["bar"]
    room.ledger.breaks_off = 1
    with pytest.raises(Unavailable):
        await room.pull(CLIENTS)
    assert (await room.client("bar")).active
    room.ledger.breaks_off = None
    assert (await room.pull(CLIENTS)).gone == 1
    assert not (await room.client("bar")).active
    assert (await room.client("inn")).active
    assert (await room.pull(CLIENTS)).gone == 0


async def test_a_client_who_is_back_unchanged_is_on_again(room: Backroom) -> None:
    room.ledger.add_client(BAR, card("inn"))
    await room.pull(CLIENTS)
    del room.ledger.cards["bar"]
    await room.pull(CLIENTS)
    room.ledger.add_client(BAR)
    await room.pull(CLIENTS)
    assert (await room.client("bar")).active


async def test_any_number_of_clients_can_be_gone(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    await backroom.pull(CLIENTS)
    gone = ["bar", *(f"gone {number}" for number in range(70_000))]
    assert await backroom.books.write(lambda tx: tx.directory.switch_off(gone)) == 1


async def test_an_empty_answer_switches_nobody_off(room: Backroom) -> None:
    room.ledger.add_client(BAR)
    await room.pull(CLIENTS)
    room.ledger.cards.clear()
    assert (await room.pull(CLIENTS)).gone == 0
    assert (await room.client("bar")).active


async def test_clients_of_a_file_stay_whatever_the_ledger_names(room: Backroom) -> None:
    room.ledger.add_client(BAR)
    await room.pull(CLIENTS)
    assert (await room.client("ranok")).active


async def test_a_client_marked_for_deletion_orders_no_more(room: Backroom) -> None:
    room.ledger.add_client(BAR)
    await room.pull(CLIENTS)
    room.ledger.change_client("bar", active=False, price_type_id=None)
    report = await room.pull(CLIENTS)
    assert not (await room.client("bar")).active
    assert report.problems is None


async def test_a_pull_that_breaks_off_keeps_what_it_brought_and_leaves_the_rest_as_it_was(room: Backroom) -> None:
    room.ledger.page = 1
    room.ledger.add_client(BAR, card("inn"))
    await room.pull(CLIENTS)
    room.ledger.change_client("bar", name="Бар 2")
    room.ledger.change_client("inn", name="Корчма 2")
    room.ledger.breaks_off = 1
    with pytest.raises(Unavailable):
        await room.pull(CLIENTS)
    assert [(await room.client(one)).name for one in ("bar", "inn")] == ["Бар 2", "inn"]
    room.ledger.breaks_off = None
    assert (await room.pull(CLIENTS)).changed == 1
    assert (await room.client("inn")).name == "Корчма 2"


@pytest.mark.parametrize(
    ("wrong", "code", "kept"),
    [
        ({"tax_code": "21133353"}, "tax_code_wrong", {"tax_code": None}),
        ({"price_type_id": "t-none"}, "price_type_unknown", {"price_type_id": None}),
        ({"people": (replace(BAR.people[0], phone="тел. 12"),)}, "phone_wrong", {"name": "Бар «Зоря»"}),
    ],
)
async def test_what_is_wrong_there_is_left_empty_and_reported(
    room: Backroom, wrong: dict[str, object], code: str, kept: dict[str, object]
) -> None:
    room.ledger.add_client(replace(BAR, **wrong))  # type: ignore[arg-type]
    report = await room.pull(CLIENTS)
    assert report.problems == [(code, "bar")]
    bar = await room.client("bar")
    assert {name: getattr(bar, name) for name in kept} == kept
    assert (await room.standing.view()).pulls[0].failed_at is None


async def test_a_person_without_a_readable_phone_stays_a_contact(room: Backroom) -> None:
    room.ledger.add_client(replace(BAR, people=(replace(BAR.people[0], phone=""),)))
    assert (await room.pull(CLIENTS)).problems is None
    person = await room.books.read(lambda tx: tx.clients.person("h-marko"))
    assert person is not None
    assert await room.books.read(lambda tx: tx.directory.name_and_phone(person)) == ("Марко", None)


async def test_a_code_is_right_under_the_other_kind_of_client(room: Backroom) -> None:
    room.ledger.add_client(card("fop", kind=ClientKind.LEGAL, tax_code="1759013776"))
    assert (await room.pull(CLIENTS)).problems is None
    assert (await room.client("fop")).tax_code == "1759013776"


async def test_the_id_of_a_price_type_goes_before_its_name(room: Backroom) -> None:
    room.ledger.add_client(card("a", price_type="Оптова"), card("b", price_type="Оптова", price_type_id=None))
    await room.pull(CLIENTS)
    assert [(await room.client(one)).price_type_id for one in ("a", "b")] == [uid("vip"), uid("wholesale")]


async def test_a_client_from_a_file_becomes_the_one_of_its_code_once(backroom: Backroom) -> None:
    cafe = await backroom.client("ranok")
    backroom.ledger.add_client(
        card("guid-1", tax_code="1759013776"), card("guid-2", tax_code="1759013776", name="Друга точка")
    )
    await backroom.pull(CLIENTS)
    assert (await backroom.client("guid-1")).id == cafe.id
    assert (await backroom.client("guid-2")).id != cafe.id
    assert await count(backroom) == 3
    assert (await backroom.pull(CLIENTS, full=True)).changed == 2
    assert await count(backroom) == 3


async def many(room: Backroom, count: int) -> None:
    room.ledger.add_client(*(card(f"c-{number}") for number in range(count)))
    await room.pull(CLIENTS)


def leave(room: Backroom, count: int) -> None:
    for number in range(count):
        del room.ledger.cards[f"c-{number}"]


@pytest.mark.parametrize(("known", "gone"), [(100, 20), (105, 21)])
async def test_some_clients_may_be_gone(room: Backroom, known: int, gone: int) -> None:
    await many(room, known)
    leave(room, gone)
    assert (await room.pull(CLIENTS)).gone == gone
    assert await room.told_staff() == []


async def test_a_list_that_lacks_too_many_clients_is_not_believed(backroom: Backroom) -> None:
    await many(backroom, 100)
    before = backroom.clock()
    backroom.later(hours=1)
    leave(backroom, 21)
    report = await backroom.pull(CLIENTS)
    assert (report.gone, report.problems, report.believed) == (0, [("clients_gone", "21/100")], False)
    assert (await backroom.client("c-0")).active
    (state,) = (await backroom.standing.view()).pulls
    assert (state.done_at, state.failed_at) == (before, backroom.clock())
    assert state.error == "21 of 100 clients are not named any more: nobody was switched off"


async def test_the_managers_hear_of_a_list_that_is_not_believed_once_until_it_is_good_again(room: Backroom) -> None:
    await many(room, 100)
    gone = dict(room.ledger.cards)
    leave(room, 30)
    for _ in range(2):
        await room.pull(CLIENTS)
    (difference,) = await room.differences()
    assert (difference.kind, difference.detail) == (DifferenceKind.CLIENTS_GONE, {"gone": "30", "known": "100"})
    assert await room.told_staff() == [Told("managers", "difference", str(difference.id))]
    room.ledger.cards = gone
    await room.pull(CLIENTS)
    assert await room.differences() == []


async def test_a_short_list_that_somebody_let_be_is_not_told_again(room: Backroom) -> None:
    await many(room, 100)
    leave(room, 30)
    await room.pull(CLIENTS)
    (difference,) = await room.differences()
    await room.reconciliation.dismiss(difference.id, "Оксана")
    await room.pull(CLIENTS)
    assert await room.differences() == []
    assert (await room.client("c-0")).active


async def test_clients_of_a_file_that_the_ledger_has_taken_over_are_passed_by(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    await backroom.pull(CLIENTS)
    by_id = replace(BAR, name="З файлу", tax_code="14360570", price_type="Оптова", price_type_id=None, version="")
    by_code = replace(by_id, external_id="file-bar", tax_code=BAR.tax_code)
    other = replace(by_id, external_id="file-inn", tax_code="32855961", name="Корчма", people=(), points=())
    await Directory(backroom.books).take_in([by_id, by_code, other])
    assert ((await backroom.client("bar")).name, (await backroom.client("file-inn")).name) == ("Бар «Зоря»", "Корчма")
    assert await count(backroom) == 4

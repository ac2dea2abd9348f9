"""What 1C's own exchanges bring and fetch."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.domain.accounting import AccountingEvent, DocumentLink, Subject
from bot.domain.credit import HeldState, Released
from bot.domain.order import State
from bot.domain.pricelist import ArticleRecord, BrokenPriceList, CategoryRecord, OfferRecord, Record
from bot.services.exchange import Exchange
from bot.services.take_in import PULL
from tests.db.people import OLENA, RANOK
from tests.services.backroom import Backroom, Told, phone_order
from tests.support.wholesaler import uid

EVENT = AccountingEvent("m-1", Subject.ORDERS, None)


def read(files: Sequence[Path]) -> Iterator[Record]:
    if not files:
        raise BrokenPriceList("import.xml", "broken")
    return iter([OfferRecord("a-10661", 0, prices=(("t-wholesale", 4990),))])


def desk(room: Backroom, *, connected: bool = False) -> Exchange:
    """By default 1C fetches the orders itself, and there is no other way there."""
    return Exchange(room.books, room.clock, read, connected=connected)


async def test_an_event_is_taken_once_and_asks_for_its_subject(room: Backroom) -> None:
    exchange = desk(room, connected=True)
    assert [await exchange.event(EVENT), await exchange.event(EVENT)] == [True, False]
    (job,) = await room.jobs(PULL)
    assert (job.args["subject"], job.lock) == ("orders", "pull:orders")
    assert await exchange.event(AccountingEvent("m-2", Subject.STOCK, None))
    assert len(await room.jobs(PULL)) == 2


async def test_an_event_asks_for_nothing_where_there_is_nowhere_to_look(room: Backroom) -> None:
    exchange = desk(room)
    assert [await exchange.event(EVENT), await exchange.event(EVENT)] == [True, False]
    assert await room.jobs(PULL) == []


async def test_orders_are_fetched_oldest_first_until_they_were_confirmed(backroom: Backroom) -> None:
    exchange = desk(backroom)
    newer = await backroom.unsent(at=backroom.clock() + timedelta(minutes=1))
    older = await backroom.unsent()
    assert [order.id for order in await exchange.outgoing()] == [older, newer]
    await exchange.handed({older: 1})
    assert [order.id for order in await exchange.outgoing()] == [newer]
    assert await backroom.link(older) == DocumentLink(str(older), "", "")


async def test_an_order_changed_after_it_was_fetched_is_fetched_again(room: Backroom) -> None:
    exchange = desk(room)
    order_id = await room.place()
    (fetched,) = await exchange.outgoing()
    await room.amend(order_id)
    await exchange.handed({order_id: fetched.revision})
    (again,) = await exchange.outgoing()
    assert (again.id, again.revision) == (order_id, 2)
    await exchange.handed({order_id: 2})
    assert list(await exchange.outgoing()) == []


async def test_an_order_that_is_held_is_fetched_once_it_may_go(room: Backroom) -> None:
    order_id = await room.place()
    await room.books.write(lambda tx: tx.held_orders.hold(order_id, RANOK.id, HeldState.HELD, room.clock()))
    assert list(await desk(room).outgoing()) == []
    await room.books.write(lambda tx: tx.held_orders.release(order_id, Released.STAFF, room.clock()))
    assert [order.id for order in await desk(room).outgoing()] == [order_id]


async def test_a_confirmation_of_an_order_that_is_not_here_harms_no_other(backroom: Backroom) -> None:
    order_id = await backroom.place()
    await desk(backroom).handed({uuid4(): 1, order_id: 1})
    assert await backroom.handed_revision(order_id) == 1


async def test_a_cancelled_order_is_fetched_as_cancelled(room: Backroom) -> None:
    order_id = await room.place()
    await desk(room).handed({order_id: 1})
    await room.cancel(order_id)
    (order,) = await desk(room).outgoing()
    assert order.cancelled


async def test_orders_that_are_brought_move_ours_and_enter_theirs(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "1")
    order_id = await room.place()
    await desk(room).take_orders([])
    await desk(room).handed({order_id: 1})
    ours = phone_order("ours", link=DocumentLink(str(order_id), "ГО-17", "v1"), ours=order_id, state=State.SHIPPED)
    theirs = phone_order()
    await desk(room).take_orders([ours, theirs])
    await desk(room).take_orders([ours, theirs])
    assert (await room.order(order_id)).state is State.SHIPPED
    assert (await room.order(order_id)).document == "ГО-17"
    assert await room.told() == [
        Told("telegram:1", "order_state", str(order_id)), Told("telegram:1", "order_taken", theirs.link.ref),
    ]  # fmt: skip


async def test_an_order_that_is_brought_under_an_id_of_theirs_is_ours_by_its_number(room: Backroom) -> None:
    order_id = await room.place()
    await desk(room).handed({order_id: 1})
    await desk(room).take_orders([phone_order("x", link=DocumentLink("ut-17", "ГО-17", "v1"), ours="K-000001")])
    assert await room.link(order_id) == DocumentLink("ut-17", "ГО-17", "v1")
    assert await room.books.read(lambda tx: tx.orders.count()) == 1


async def test_the_first_upload_of_orders_tells_nobody(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "1")
    await desk(room).take_orders([phone_order("history")])
    await desk(room).take_orders([phone_order("history"), phone_order("news")])
    assert [told.about for told in await room.told()] == [str(uid("news"))]


async def test_orders_that_go_there_by_our_jobs_are_not_given_to_the_exchange_too(room: Backroom) -> None:
    order_id = await room.place()
    exchange = desk(room, connected=True)
    assert list(await exchange.outgoing()) == []
    await exchange.handed({order_id: 1})
    assert await room.handed_revision(order_id) == 0
    assert await room.submit() == 1
    assert room.ledger.written == [("K-000001", 1)]


async def fresh(room: Backroom) -> dict[Subject, datetime | None]:
    return {state.subject: state.done_at for state in (await room.standing.view()).pulls}


async def test_orders_that_are_brought_are_fresh_where_nothing_else_brings_them(room: Backroom) -> None:
    await desk(room, connected=True).take_orders([phone_order()])
    assert await fresh(room) == {}
    await desk(room).take_orders([phone_order()])
    assert await fresh(room) == {Subject.ORDERS: room.clock()}


MILK_OFFER = OfferRecord("a-10661", 0, prices=(("t-wholesale", 4790),))


@pytest.mark.parametrize(
    ("record", "subject"),
    [
        (MILK_OFFER, Subject.PRICES),
        (OfferRecord("a-10661", 0, stock=(("w-main", 7000),)), Subject.STOCK),
        (ArticleRecord("a-10661", "10661", "Молоко", 0), Subject.CATALOGUE),
        (CategoryRecord("c-1", "Сири", None, 0), Subject.CATALOGUE),
    ],
)
async def test_a_price_list_makes_fresh_what_it_tells_of_and_nothing_else(
    room: Backroom, record: Record, subject: Subject
) -> None:
    exchange = Exchange(room.books, room.clock, lambda _: iter([record]), connected=True)
    await exchange.take_price_list([Path("import.xml")])
    assert await fresh(room) == {subject: room.clock()}


async def test_a_price_list_says_what_it_changed(room: Backroom) -> None:
    assert await desk(room).take_price_list([Path("offers.xml")]) == "price +0 ~1 -0"


async def test_a_broken_price_list_makes_nothing_fresh(room: Backroom) -> None:
    with pytest.raises(BrokenPriceList):
        await desk(room).take_price_list([])
    assert list((await room.standing.view()).pulls) == []

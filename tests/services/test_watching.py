"""Whoever waits for an article is told once when it comes, however stock came in, and then waits no more."""

from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from bot.db.models import AssortmentItem, Membership, StockWatch
from bot.domain.accounting import Subject
from bot.domain.client import Buyer
from bot.domain.dispatch import DispatchState
from bot.domain.errors import NotFound
from bot.domain.notice import Notice, NoticeKind, Topic
from bot.domain.pricelist import OfferRecord, Record
from bot.services.pricelist import PriceListImport
from bot.services.watching import Watching
from tests.db.people import BURRATA, DNIPRO, FLOUR, IRYNA, OLENA, RANOK, RICE, turn
from tests.services.backroom import Backroom, Told

BACK = (OLENA, NoticeKind.BACK_IN_STOCK)


async def wait(room: Backroom, article: UUID = BURRATA, person: UUID = OLENA, buyer: Buyer = RANOK) -> bool:
    watched = await Watching(room.books).switch(turn(), person, buyer, article, on=True, language="uk")
    return watched.waits


async def waits(room: Backroom, article: UUID = BURRATA, person: UUID = OLENA) -> bool:
    return await Watching(room.books).waits(person, RANOK, article)


def lie(*stock: tuple[str, int]) -> list[Record]:
    """So many pieces of each."""
    return [OfferRecord(f"a-{sku}", 0, stock=(("w-main", pieces * 1000),)) for sku, pieces in stock]


async def come(room: Backroom, *stock: tuple[str, int]) -> None:
    """1C says that so much is there now."""
    room.ledger.price_list[Subject.STOCK] = lie(*stock)
    room.later(minutes=10)
    await room.pull(Subject.STOCK)


async def notice(room: Backroom) -> Notice:
    """The newest."""
    rows = await room.books.read(lambda tx: tx.dispatches.journal(1))
    return rows[0].notice


async def drawn(room: Backroom, person: UUID = OLENA) -> list[UUID]:
    """What the newest notice names as it leaves."""
    articles = await Watching(room.books).come(person, RANOK, await notice(room), "uk")
    return [article.id for article in articles]


async def ended(room: Backroom, state: DispatchState) -> None:
    rows = await room.books.read(lambda tx: tx.dispatches.journal(1))
    await room.books.write(lambda tx: tx.dispatches.settle(rows[0].id, state))


async def notices(room: Backroom) -> list[tuple[UUID | None, NoticeKind]]:
    """To whom and of what kind, whatever became of them."""
    rows = await room.books.read(lambda tx: tx.dispatches.journal(10))
    return [(row.person_id, row.notice.kind) for row in rows]


async def watches(room: Backroom) -> int:
    count = select(func.count()).select_from(StockWatch)
    return await room.books.read(lambda tx: tx._connection.execute(count).scalar_one())


@pytest.fixture
async def store(backroom: Backroom) -> Backroom:
    """Olena has a chat; on each database in turn."""
    await backroom.sign_in(OLENA, "viber", "olena")
    return backroom


async def test_who_waits_is_told_once_and_waits_no_more(store: Backroom) -> None:
    assert await wait(store)
    await come(store, ("15662", 7))
    assert await store.told() == [Told("viber:olena", "back_in_stock", str(RANOK.id))]
    assert await drawn(store) == [BURRATA]
    await ended(store, DispatchState.SENT)
    await come(store, ("15662", 0))
    await come(store, ("15662", 9))
    assert await notices(store) == [BACK]
    assert await watches(store) == 0


async def test_goods_that_come_by_a_price_list_are_told_too(store: Backroom) -> None:
    await wait(store)
    await PriceListImport(store.books).run(iter(lie(("15662", 7))), now=store.clock())
    assert await notices(store) == [BACK]


async def test_a_price_list_that_is_only_tried_tells_nobody(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await wait(room)
    await PriceListImport(room.books).run(iter(lie(("15662", 7))), now=room.clock(), dry_run=True)
    assert await notices(room) == []


async def test_what_comes_at_once_is_told_in_one_notice_and_so_is_what_comes_before_it_leaves(store: Backroom) -> None:
    await store.stock("60010", "0")
    await store.stock("60020", "0")
    for article in (BURRATA, FLOUR, RICE):
        await wait(store, article)
    await come(store, ("15662", 7), ("60010", 25))
    await come(store, ("60020", 5))
    assert await notices(store) == [BACK]
    assert sorted(await drawn(store)) == sorted((BURRATA, FLOUR, RICE))


async def test_what_is_gone_before_it_is_told_is_waited_for_again(store: Backroom) -> None:
    await store.stock("60010", "0")
    await wait(store)
    await wait(store, FLOUR)
    await come(store, ("15662", 7), ("60010", 25))
    await come(store, ("15662", 0))
    assert await drawn(store) == [FLOUR]
    await ended(store, DispatchState.DELIVERED)
    assert await waits(store)
    await come(store, ("15662", 3))
    assert await notices(store) == [BACK, BACK]
    assert await drawn(store) == [BURRATA]


async def test_a_notice_with_nothing_left_to_tell_leaves_the_person_waiting(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    await come(store, ("15662", 0))
    assert await drawn(store) == []
    await ended(store, DispatchState.DROPPED)
    await come(store, ("15662", 3))
    assert await notices(store) == [BACK, BACK]


async def test_a_notice_that_waited_in_vain_for_fresh_stock_leaves_the_person_waiting(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    await ended(store, DispatchState.DROPPED)
    await come(store, ("15662", 8))
    assert await notices(store) == [BACK, BACK]


async def test_a_notice_that_reached_nobody_is_not_tried_for_ever(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    await ended(store, DispatchState.FAILED)
    await come(store, ("15662", 8))
    assert (await notices(store), await watches(store)) == ([BACK], 0)


async def test_what_joined_a_notice_too_late_to_be_named_is_told_in_the_next(store: Backroom) -> None:
    await store.stock("60010", "0")
    await wait(store)
    await wait(store, FLOUR)
    await come(store, ("15662", 7))
    assert await drawn(store) == [BURRATA]
    await come(store, ("60010", 25))
    await ended(store, DispatchState.SENT)
    await come(store, ("15662", 8))
    assert await notices(store) == [BACK, BACK]
    assert await drawn(store) == [FLOUR]


async def test_what_a_client_may_not_see_any_more_is_not_told(store: Backroom) -> None:
    await store.sign_in(IRYNA, "viber", "iryna")
    await wait(store, person=IRYNA, buyer=DNIPRO)
    hidden = delete(AssortmentItem).where(AssortmentItem.article_id == BURRATA)
    await store.books.write(lambda tx: tx._connection.execute(hidden).rowcount)
    await come(store, ("15662", 7))
    assert (await notices(store), await watches(store)) == ([], 1)


async def test_nobody_can_wait_for_what_their_client_may_not_see(store: Backroom) -> None:
    await store.stock("60020", "0")
    with pytest.raises(NotFound):
        await wait(store, RICE, IRYNA, DNIPRO)
    assert await watches(store) == 0


async def test_what_is_there_is_not_waited_for(store: Backroom) -> None:
    assert not await wait(store, FLOUR)
    assert await watches(store) == 0


async def test_who_does_not_want_to_be_told_any_more_is_not(store: Backroom) -> None:
    await wait(store)
    await Watching(store.books).switch(turn(), OLENA, RANOK, BURRATA, on=False, language="uk")
    await come(store, ("15662", 7))
    assert (await notices(store), await waits(store)) == ([], False)


async def test_one_press_told_twice_is_one_wish(store: Backroom) -> None:
    pressed, watching = turn(), Watching(store.books)
    for _ in range(2):
        await watching.switch(pressed, OLENA, RANOK, BURRATA, on=True, language="uk")
    await watching.switch(turn(), OLENA, RANOK, BURRATA, on=False, language="uk")
    await watching.switch(pressed, OLENA, RANOK, BURRATA, on=True, language="uk")
    assert not await waits(store)


async def test_who_switched_such_notices_off_hears_when_they_are_on_again(store: Backroom) -> None:
    await wait(store)
    await store.books.write(lambda tx: tx.reach.mute(OLENA, Topic.PRICES, muted=True))
    await come(store, ("15662", 7))
    assert await notices(store) == []
    await store.books.write(lambda tx: tx.reach.mute(OLENA, Topic.PRICES, muted=False))
    await come(store, ("15662", 8))
    assert await notices(store) == [BACK]


async def test_who_left_the_client_is_not_told_and_waits_for_nothing(store: Backroom) -> None:
    await wait(store)
    left = delete(Membership).where(Membership.person_id == OLENA)
    await store.books.write(lambda tx: tx._connection.execute(left).rowcount)
    await come(store, ("15662", 7))
    assert (await notices(store), await watches(store)) == ([], 0)


async def test_waiting_anew_after_a_notice_is_told_anew(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    assert await drawn(store) == [BURRATA]
    await ended(store, DispatchState.SEEN)
    await come(store, ("15662", 0))
    assert await wait(store)
    await come(store, ("15662", 4))
    assert await notices(store) == [BACK, BACK]


async def test_a_notice_drawn_again_after_a_failure_names_the_same(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    assert await drawn(store) == await drawn(store) == [BURRATA]


async def test_a_watch_does_not_outlive_the_record_of_its_notice(store: Backroom) -> None:
    await wait(store)
    await come(store, ("15662", 7))
    await store.route()
    store.later(days=400)
    await store.books.write(lambda tx: tx.upkeep.dispatches(store.clock()))
    assert await watches(store) == 0


async def test_a_notice_of_goods_holds_up_nothing_else_in_its_chat(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await wait(room)
    await come(room, ("15662", 7))
    await room.route()
    assert [job.lock for job in await room.jobs("tell")] == ["stock:viber:olena"]


async def test_somebody_elses_notice_names_nothing(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await wait(room)
    await come(room, ("15662", 7))
    assert await drawn(room, IRYNA) == []
    assert await drawn(room) == [BURRATA]

"""Once a day people hear which prices of what their client usually takes have moved, and nobody hears it twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.db.models import Membership, Person
from bot.domain.accounting import Subject
from bot.domain.client import Buyer
from bot.domain.dispatch import DispatchState
from bot.domain.job import Postponed, Run
from bot.domain.notice import NoticeKind, Topic
from bot.services.price_news import PriceNews, price_news_job
from bot.services.standing import Standing
from tests.db.people import ANDRII, DNIPRO, OLENA, RANOK
from tests.db.test_orders import CREAM_LINE, FLOUR_LINE, MILK_LINE
from tests.services.backroom import Backroom
from tests.support.desk import MONDAY_MORNING

Lines = list[tuple[str, str, str, Decimal]]


def news(room: Backroom) -> PriceNews:
    return PriceNews(room.books, Standing(room.books, room.clock, connected=True), room.clock)


async def look(room: Backroom) -> None:
    """This morning's news."""
    await news(room).run(Run("1", price_news_job(room.clock()), 1))


async def morning(room: Backroom, **prices: str) -> None:
    """The next morning; articles by their numbers cost this by then, and 1C has just said so."""
    room.later(days=1)
    for sku, price in prices.items():
        await room.price(sku.removeprefix("a"), price)
    await room.pull(Subject.PRICES)
    await look(room)


async def notices(room: Backroom) -> int:
    return len(await room.books.read(lambda tx: tx.dispatches.journal(100)))


async def drawn(room: Backroom, buyer: Buyer = RANOK) -> Lines:
    """What the newest notice says as it leaves."""
    (row, *_) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    assert row.person_id is not None
    moves = await news(room).moves(row.person_id, buyer, row.notice, "uk")
    return [(move.name, str(move.was.amount), str(move.now.amount), move.percent) for move in moves]


async def told(room: Backroom, state: DispatchState = DispatchState.SENT) -> Lines:
    """The same, and it is sent, or ends otherwise."""
    (row, *_) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    said = await drawn(room)
    await room.books.write(lambda tx: tx.dispatches.settle(row.id, state))
    return said


def milk(was: str, now: str, percent: str) -> tuple[str, str, str, Decimal]:
    return "Молоко 2,6% 1 л «Молочна Криниця»", was, now, Decimal(percent)


def cream(was: str, now: str, percent: str) -> tuple[str, str, str, Decimal]:
    return "Вершки 33% 1 л «Молочна Криниця»", was, now, Decimal(percent)


@pytest.fixture
async def store(backroom: Backroom) -> Backroom:
    """The café has ordered milk and cream, and Olena has a chat; one morning has passed."""
    await backroom.sign_in(OLENA, "telegram", "olena")
    await backroom.unsent()
    await backroom.place(MILK_LINE, CREAM_LINE)
    await morning(backroom)
    return backroom


async def test_the_first_morning_there_is_nothing_to_compare_with(store: Backroom) -> None:
    assert await notices(store) == 0


async def test_prices_that_moved_are_told_the_farthest_first(store: Backroom) -> None:
    await morning(store, a10661="49.90", a11011="170.55", a60010="99.00")
    ((_, kind, about),) = await store.told()
    assert (kind, about) == ("price_news", str(RANOK.id))
    assert await told(store) == [cream("189.50", "170.55", "-10.0"), milk("47.90", "49.90", "4.2")]


async def test_nobody_hears_the_same_twice(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await told(store)
    await morning(store)
    assert await notices(store) == 1
    await morning(store, a10661="52.00")
    assert await told(store) == [milk("49.90", "52.00", "4.2")]


async def test_what_may_have_arrived_when_a_process_died_is_not_told_again(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await told(store, DispatchState.UNSURE)
    await morning(store)
    assert await notices(store) == 1


async def test_less_than_one_percent_adds_up(store: Backroom) -> None:
    await morning(store, a10661="48.20")
    await morning(store, a10661="48.37")
    assert await notices(store) == 0
    await morning(store, a10661="48.38")
    assert await told(store) == [milk("47.90", "48.38", "1.0")]


async def test_what_has_not_left_by_the_next_morning_says_what_is_so_by_then(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await morning(store, a10661="51.00", a11011="200.00")
    assert await notices(store) == 1
    assert await told(store) == [milk("47.90", "51.00", "6.5"), cream("189.50", "200.00", "5.5")]
    await morning(store)
    assert await notices(store) == 1


@pytest.mark.parametrize("state", [DispatchState.FAILED, DispatchState.DROPPED])
async def test_what_did_not_arrive_is_told_the_next_morning(store: Backroom, state: DispatchState) -> None:
    await morning(store, a10661="49.90")
    await told(store, state)
    await morning(store)
    assert await notices(store) == 2
    assert await drawn(store) == [milk("47.90", "49.90", "4.2")]


async def test_a_price_that_is_back_where_it_was_is_not_told(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await store.price("10661", "47.90")
    assert await told(store, DispatchState.DROPPED) == []
    await morning(store)
    assert await notices(store) == 1


async def test_a_price_that_was_not_named_after_all_is_compared_with_what_was_known_before(store: Backroom) -> None:
    await morning(store, a10661="49.90", a11011="200.00")
    await store.price("10661", "48.00")
    assert await told(store) == [cream("189.50", "200.00", "5.5")]
    await morning(store, a10661="48.50")
    assert await told(store) == [milk("47.90", "48.50", "1.3")]


async def test_a_notice_drawn_again_after_a_failure_says_the_same(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    assert await drawn(store) == await drawn(store) == [milk("47.90", "49.90", "4.2")]


async def test_two_looks_in_one_day_are_one_notice(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await told(store)
    await store.price("11011", "200.00")
    await look(store)
    assert await notices(store) == 1
    await morning(store)
    assert await told(store) == [cream("189.50", "200.00", "5.5")]


async def test_a_client_hears_its_own_prices(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "olena")
    await backroom.books.write(lambda tx: tx.clients.add_member(OLENA, DNIPRO.id, orders=True, pays=False, signs=False))
    await backroom.place(MILK_LINE, buyer=DNIPRO)
    await morning(backroom)
    await backroom.price("10661", "50.00", "vip")
    await morning(backroom, a10661="60.00")
    assert await drawn(backroom, DNIPRO) == [milk("45.95", "50.00", "8.8")]


async def test_what_was_not_ordered_for_two_months_is_not_usual(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "olena")
    await backroom.place(FLOUR_LINE)
    backroom.later(days=60)
    await backroom.place(MILK_LINE)
    await morning(backroom)
    await morning(backroom, a60010="99.00")
    assert await notices(backroom) == 0
    await morning(backroom, a10661="99.00")
    assert await notices(backroom) == 1


async def test_who_switched_such_notices_off_is_not_told(store: Backroom) -> None:
    await store.books.write(lambda tx: tx.reach.mute(OLENA, Topic.PRICES, muted=True))
    await morning(store, a10661="49.90")
    assert await notices(store) == 0
    await store.books.write(lambda tx: tx.reach.mute(OLENA, Topic.PRICES, muted=False))
    await morning(store)
    assert await told(store) == [milk("47.90", "49.90", "4.2")]


async def test_who_does_not_order_or_could_only_be_told_for_money_is_not_told(store: Backroom) -> None:
    await store.sign_in(ANDRII, "telegram", "andrii")
    only_pays = update(Membership).where(Membership.person_id == ANDRII).values(orders=False)
    no_phone = update(Person).where(Person.id == OLENA).values(phone=None)
    await store.books.write(lambda tx: [tx._connection.execute(one) for one in (only_pays, no_phone)] and None)
    await morning(store, a10661="49.90")
    rows = await store.books.read(lambda tx: tx.dispatches.journal(100))
    assert [(row.person_id, row.notice.kind) for row in rows] == [(OLENA, NoticeKind.PRICE_NEWS)]


async def test_everybody_hears_what_moved_since_they_heard_last(store: Backroom) -> None:
    await morning(store, a10661="49.90")
    await told(store)
    await store.sign_in(ANDRII, "telegram", "andrii")
    await morning(store)
    await morning(store, a10661="52.00")
    rows = await store.books.read(lambda tx: tx.dispatches.journal(2))
    assert {row.person_id for row in rows} == {OLENA, ANDRII}


async def test_while_prices_are_old_the_news_waits_and_after_hours_there_is_none(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "olena")
    await room.place()
    job = price_news_job(room.clock())
    with pytest.raises(Postponed) as postponed:
        await news(room).run(Run("1", job, 1))
    assert postponed.value.until == MONDAY_MORNING + timedelta(minutes=10)
    room.later(hours=6)
    with capture_logs() as lines:
        await news(room).run(Run("1", job, 2))
    assert [line["event"] for line in lines] == ["no news of prices today: they are old"]

"""Two at one thing at one moment, on PostgreSQL: whoever comes second sees what the first did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.engine import make_url

from bot.db.books import Books
from bot.db.dispatches import DispatchRow
from bot.db.models import Cart
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.accounting import OrderRecord, Subject
from bot.domain.dispatch import DispatchState, Terms, Way
from bot.domain.errors import Outdated, Refused
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.services.arrivals import came, left
from bot.services.carts import Carts
from bot.services.dispatch import Dispatching
from bot.services.journal import Journal
from bot.services.notices import ROUTE, TELL, tell_person
from bot.services.ordering import Ordering
from tests.db.people import ANDRII, OLENA, RANOK, turn
from tests.services.backroom import TUESDAY, Backroom, connect, record_line, run_of
from tests.support.desk import RULES

HALF = (record_line("a-10661", "12", "47.90"),)


class Office:
    """The other transaction: it has done its first step, and commits once somebody waits for it."""

    def __init__(self, room: Backroom, engine: Engine) -> None:
        self.room = room
        self._engine = engine

    async def meanwhile(
        self, first: Callable[[Tx], object], other: Awaitable[Any], then: Callable[[Tx], object] = lambda _: None
    ) -> Any:
        """What came of `other`, begun after the first step and before the commit; what it raised is returned."""
        with self._engine.connect() as connection, connection.begin():
            first(Tx(connection))
            begun = asyncio.ensure_future(other)
            while not (begun.done() or await asyncio.to_thread(self._somebody_waits)):
                pass
            await asyncio.to_thread(then, Tx(connection))
        return (await asyncio.gather(begun, return_exceptions=True))[0]

    def shortens(self, tx: Tx, record: OrderRecord, order_id: UUID) -> None:
        """It leaves half of the milk."""
        assert self.room.news.follow(tx, order_id, record) == ""

    def _somebody_waits(self) -> bool:
        with self._engine.connect() as connection:
            return _waiting(connection) > 0


def _waiting(connection: Connection) -> int:
    waits = select(func.count()).select_from(text("pg_stat_activity")).where(
        text("wait_event_type = 'Lock' AND datname = current_database()")
    )  # fmt: skip
    return connection.execute(waits).scalar_one()


@pytest.fixture
async def books(filled_postgres: str) -> AsyncIterator[Books]:
    books = open_books(filled_postgres)
    await books.write(connect)
    yield books
    await books.close()


@pytest.fixture
async def office(books: Books, filled_postgres: str) -> AsyncIterator[Office]:
    engine = create_engine(make_url(filled_postgres))
    yield Office(Backroom(books), engine)
    engine.dispose()


@pytest.fixture
async def order_id(office: Office) -> UUID:
    """An order that is there, as the office has changed it there."""
    order_id = await office.room.handed(provisional=True)
    await office.room.pull(Subject.ORDERS)
    return order_id


def shortened(office: Office, order_id: UUID) -> OrderRecord:
    return office.room.ledger.change(str(order_id), lines=HALF, total=Money.of("574.80"))


def ordering(office: Office) -> tuple[Carts, Ordering]:
    carts = Carts(office.room.books, RULES, Money.of(500), office.room.clock)
    return carts, Ordering(office.room.books, carts, RULES, office.room.standing)


async def test_new_prices_are_not_agreed_over_lines_the_office_has_just_changed(office: Office, order_id: UUID) -> None:
    room = office.room
    await room.price("10661", "50.00")
    await room.books.write(lambda tx: tx.orders.prices_asked(order_id, room.clock()))
    record = shortened(office, order_id)
    result = await office.meanwhile(
        lambda tx: office.shortens(tx, record, order_id),
        room.price_check.accept(turn(), RANOK, order_id, 1, 120_000),
    )
    assert isinstance(result, Outdated)
    assert (await room.order(order_id)).total == Money.of("574.80")


async def test_a_change_is_not_confirmed_over_lines_the_office_has_just_changed(office: Office, order_id: UUID) -> None:
    room = office.room
    carts, orders = ordering(office)
    await orders.amend(turn(), RANOK, order_id, "uk")
    cart = await carts.choose_date(turn(), RANOK, TUESDAY, "uk")
    assert cart is not None
    record = shortened(office, order_id)

    def shortens(tx: Tx) -> None:
        nobody_has_it = select(Cart.id).where(Cart.id == cart.id).with_for_update(nowait=True)
        tx._connection.execute(nobody_has_it)  # order before cart: neither waits for the other in a circle
        office.shortens(tx, record, order_id)

    result = await office.meanwhile(
        lambda tx: tx.orders.lock(order_id),
        orders.place(turn(), RANOK, OLENA, cart.id, cart.version, cart.total.kopiykas),
        then=shortens,
    )
    assert isinstance(result, Refused)
    assert result.code == "cart_changed"
    order = await room.order(order_id)
    assert (order.total, order.revision) == (Money.of("574.80"), 2)


async def test_an_order_is_not_cancelled_that_was_shipped_at_that_moment(office: Office, order_id: UUID) -> None:
    room = office.room
    _, orders = ordering(office)
    result = await office.meanwhile(
        lambda tx: tx.orders.set_state(order_id, State.PLACED, State.SHIPPED, room.clock(), None),
        orders.cancel(turn(), RANOK, OLENA, order_id),
    )
    assert isinstance(result, Refused)
    assert result.code == "order_final"
    assert (await room.order(order_id)).state is State.SHIPPED


async def test_theirs_is_not_taken_over_a_change_confirmed_at_that_moment(office: Office, order_id: UUID) -> None:
    room = office.room
    shortened(office, order_id)
    room.later(minutes=20)
    await room.reconciliation.compare()
    (difference,) = await room.differences()
    result = await office.meanwhile(
        lambda tx: tx.orders.revise(order_id), room.reconciliation.take_theirs(difference.id, "Оксана")
    )
    assert isinstance(result, Outdated)
    assert (await room.order(order_id)).total == Money.of("1149.60")
    assert [one.id for one in await room.differences()] == [difference.id]


async def test_a_difference_settled_at_that_moment_sends_nothing_again(office: Office, order_id: UUID) -> None:
    room = office.room
    shortened(office, order_id)
    room.later(minutes=20)
    await room.reconciliation.compare()
    (difference,) = await room.differences()

    def dismissed(tx: Tx) -> None:
        tx.orders.lock(order_id)
        tx.differences.settle(difference.id, room.clock(), "Тарас", "dismissed")

    result = await office.meanwhile(dismissed, room.reconciliation.send_again(difference.id, "Оксана"))
    assert isinstance(result, Outdated)
    assert (await room.order(order_id)).revision == 1


@pytest.mark.parametrize(("budget", "sent"), [(479, 1), (480, 2)])
async def test_two_workers_do_not_spend_the_same_money_on_messages(office: Office, budget: int, sent: int) -> None:
    room, terms = office.room, Terms(ways={Way.SMS}, budget=Money(budget))
    room.dispatching = Dispatching(room.books, terms, room.clock)
    for number in ("1", "2"):
        notice = Notice(NoticeKind.PAY_LINK, str(uuid4()), number)
        await room.books.write(lambda tx, notice=notice: tell_person(tx, ANDRII, RANOK.id, notice, room.clock()))  # type: ignore[misc]
    one, two = await room.jobs(ROUTE)
    of_one = UUID(str(one.args["dispatch"]))
    await office.meanwhile(lambda tx: room.dispatching._route(tx, of_one), room.dispatching.route(run_of(two)))
    rows = await room.books.read(lambda tx: tx.dispatches.journal(100))
    assert sorted(row.reason for row in rows) == [""] * sent + ["budget"] * (2 - sent)
    assert len(await room.jobs(TELL)) == sent


@pytest.fixture
async def sending(office: Office) -> DispatchRow:
    """A notice that is being sent by Viber; the messenger has it, as m1."""
    room = office.room
    await room.sign_in(ANDRII, "viber", "andrii")
    notice = Notice(NoticeKind.ORDER_TAKEN, str(uuid4()))
    await room.books.write(lambda tx: tell_person(tx, ANDRII, RANOK.id, notice, room.clock()))
    await room.route()
    (row,) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    await room.books.write(lambda tx: tx.dispatches.begin(row, "", again=False))
    await room.books.write(lambda tx: tx.inbox.sent("viber", "andrii", "m1", room.clock(), 0))
    return row


def told(room: Backroom, state: DispatchState) -> Callable[[Tx], None]:
    """Viber calls back."""

    def tell(tx: Tx) -> None:
        tx.inbox.delivered("viber", "m1", state.value, room.clock())
        came(tx, Way.VIBER, "m1", state, room.clock())

    return tell


async def test_news_that_come_while_the_sending_is_noted_count(office: Office, sending: DispatchRow) -> None:
    room, seen = office.room, told(office.room, DispatchState.SEEN)
    noted = room.books.write(lambda tx: left(tx, sending, "m1", room.clock()))
    await office.meanwhile(seen, noted)
    (row,) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    assert row.state is DispatchState.SEEN


async def test_a_sending_that_is_noted_while_news_of_it_come_has_them(office: Office, sending: DispatchRow) -> None:
    room, seen = office.room, told(office.room, DispatchState.SEEN)
    await office.meanwhile(lambda tx: left(tx, sending, "m1", room.clock()), room.books.write(seen))
    (row,) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    assert row.state is DispatchState.SEEN


async def test_a_failure_told_twice_at_one_moment_looks_for_one_other_way(office: Office, sending: DispatchRow) -> None:
    room, failed = office.room, told(office.room, DispatchState.FAILED)
    await room.books.write(lambda tx: left(tx, sending, "m1", room.clock()))
    await office.meanwhile(failed, room.books.write(failed))
    assert [job.key for job in await room.jobs(ROUTE)] == [f"{ROUTE}:{sending.id}:{time}" for time in (0, 1)]
    (row,) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    assert (row.state, row.tried, row.routed) == (DispatchState.QUEUED, frozenset({Way.VIBER}), 1)


async def test_what_arrived_after_all_is_not_lost_any_more(office: Office, sending: DispatchRow) -> None:
    room = office.room
    await room.books.write(lambda tx: left(tx, sending, "m1", room.clock(), price=Money(95)))
    for state in (DispatchState.FAILED, DispatchState.DELIVERED):
        await room.books.write(told(room, state))
    (row,) = await room.books.read(lambda tx: tx.dispatches.journal(1))
    assert (row.state, row.way, row.address) == (DispatchState.DELIVERED, Way.VIBER, "andrii")
    assert await room.books.read(lambda tx: tx.dispatches.spent(room.clock().replace(day=1))) == ZERO
    (way,) = (await Journal(room.books, room.clock).month()).ways
    assert (way.way, way.delivered, way.failed) == (Way.VIBER, 1, 0)

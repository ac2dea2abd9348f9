"""The promises of the books: all or nothing, once for an event, and nobody pays for another's failure."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.db.books import Books
from bot.db.models import SeenEvent
from bot.db.tx import Tx
from bot.domain.dialogue import FREE, Dialogue, Turn
from tests.support.desk import MONDAY_MORNING

EVENT = Turn("viber", "olena=", "event 1", MONDAY_MORNING)


def number(tx: Tx) -> str:
    return tx.orders.next_number()


def number_and_fail(tx: Tx) -> str:
    tx.orders.next_number()
    raise LookupError("a rule said no")


def number_for_nobody(tx: Tx) -> None:
    tx.orders.next_number()
    tx.accounts.add_invite("hash", UUID(int=1), MONDAY_MORNING, MONDAY_MORNING)


def nothing(_: Tx) -> None:
    """A body without effect."""


@pytest.fixture
def elsewhere(filled_url: str) -> Iterator[Engine]:
    """Another program at the same database."""
    driver = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
    url = make_url(filled_url)
    engine = create_engine(url.set(drivername=driver[url.get_backend_name()]))
    yield engine
    engine.dispose()


async def test_every_write_is_kept(stocked: Books) -> None:
    assert [await stocked.write(number), await stocked.write(number)] == ["K-000001", "K-000002"]


async def test_an_exception_leaves_nothing_behind_and_comes_out_as_it_is(stocked: Books) -> None:
    with pytest.raises(LookupError, match="a rule said no"):
        await stocked.write(number_and_fail)
    assert await stocked.write(number) == "K-000001"


async def test_a_broken_constraint_leaves_nothing_behind(stocked: Books) -> None:
    with pytest.raises(IntegrityError):
        await stocked.write(number_for_nobody)
    assert await stocked.write(number) == "K-000001"


async def test_a_failing_body_spoils_nobody_elses_work(stocked: Books) -> None:
    bodies = [number, number_and_fail, number, number_for_nobody, number] * 6
    results = await asyncio.gather(*(stocked.write(body) for body in bodies), return_exceptions=True)
    numbers = [result for result in results if isinstance(result, str)]
    assert sorted(numbers) == [f"K-{n:06d}" for n in range(1, 19)]
    assert [type(result).__name__ for result in results[:5]] == ["str", "LookupError", "str", "IntegrityError", "str"]
    assert await stocked.write(number) == "K-000019"


async def test_a_read_cannot_write(stocked: Books) -> None:
    with pytest.raises(DBAPIError):
        await stocked.read(number)
    assert await stocked.write(number) == "K-000001"


async def test_a_failing_read_spoils_no_later_one(stocked: Books) -> None:
    for _ in range(5):
        with pytest.raises(DBAPIError):
            await stocked.read(number)
    assert await asyncio.gather(*(stocked.read(lambda tx: tx.orders.count()) for _ in range(10))) == [0] * 10


async def test_a_read_sees_one_view_though_others_write_meanwhile(stocked: Books, elsewhere: Engine) -> None:
    def look(tx: Tx) -> bool:
        return not tx.dialogues._connection.exec_driver_sql("SELECT * FROM seen_events").all()

    def look_twice(tx: Tx) -> tuple[bool, bool]:
        before = look(tx)
        with elsewhere.begin() as connection:
            connection.execute(insert(SeenEvent).values(channel="viber", event_id="1", at=MONDAY_MORNING))
        return before, look(tx)

    assert await stocked.read(look_twice) == (True, True)
    assert await stocked.read(look) is False


async def test_an_effect_happens_once_however_often_its_event_arrives(stocked: Books) -> None:
    views = await asyncio.gather(*(stocked.apply(EVENT, number, lambda _: "the screen") for _ in range(50)))
    assert views == ["the screen"] * 50
    assert await stocked.write(number) == "K-000002"


async def test_the_same_id_in_two_channels_is_two_events(stocked: Books) -> None:
    await stocked.apply(EVENT, number, nothing)
    await stocked.apply(Turn("telegram", "1", EVENT.event_id, MONDAY_MORNING), number, nothing)
    assert await stocked.write(number) == "K-000003"


async def test_an_effect_that_was_refused_is_tried_when_its_event_comes_again(stocked: Books) -> None:
    with pytest.raises(LookupError):
        await stocked.apply(EVENT, number_and_fail, nothing)
    await stocked.apply(EVENT, number, nothing)
    assert await stocked.write(number) == "K-000002"


async def test_a_view_that_fails_undoes_the_effect(stocked: Books) -> None:
    with pytest.raises(LookupError):
        await stocked.apply(EVENT, number, number_and_fail)
    assert await stocked.write(number) == "K-000001"


async def test_the_dialogue_goes_with_its_effect_and_a_repeat_does_not_bring_it_back(stocked: Books) -> None:
    def awaited(tx: Tx) -> Dialogue:
        return tx.accounts.identity("viber", "olena=").dialogue

    await stocked.write(lambda tx: tx.accounts.meet("viber", "olena=", "Олена", MONDAY_MORNING, None))
    asked = Turn("viber", "olena=", "1", MONDAY_MORNING, Dialogue("note", {"a": "б"}))
    assert await stocked.apply(asked, nothing, awaited) == Dialogue("note", {"a": "б"})
    ended = Turn("viber", "olena=", "2", MONDAY_MORNING, FREE)
    with pytest.raises(LookupError):
        await stocked.apply(ended, number_and_fail, awaited)
    assert await stocked.read(awaited) == Dialogue("note", {"a": "б"})
    assert await stocked.apply(ended, nothing, awaited) == FREE
    assert await stocked.apply(asked, nothing, awaited) == FREE

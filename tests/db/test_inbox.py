"""Which process answers what was accepted: whoever took it, and after its death another, each event once."""

from datetime import timedelta

from sqlalchemy import create_engine

from bot.db.books import Books
from bot.db.inbox import Hold
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.support.desk import MONDAY_MORNING

SECOND = timedelta(seconds=1)
LEASE = 30 * SECOND


def hold(who: str, after: int = 0) -> Hold:
    return Hold(who, MONDAY_MORNING + after * SECOND + LEASE)


async def keep(books: Books, who: str | None, *event_ids: str, after: int = 0, channel: str = "viber") -> None:
    events = [(event_id, f"body {event_id}") for event_id in event_ids]
    held = hold(who, after) if who else None
    await books.write(lambda tx: tx.inbox.keep(channel, events, MONDAY_MORNING, held))


async def claim(books: Books, who: str, *, after: int = 0, alone: bool = False) -> list[str]:
    at = MONDAY_MORNING + after * SECOND
    rows = await books.write(lambda tx: tx.inbox.claim("viber", at, hold(who, after), alone=alone))
    return [body.removeprefix("body ") for _, body in rows]


async def test_what_nobody_holds_goes_to_the_first_who_asks_oldest_first(stocked: Books) -> None:
    await keep(stocked, None, "1", "2", "3")
    await keep(stocked, None, "1", channel="telegram")
    assert await claim(stocked, "a") == ["1", "2", "3"]
    assert await claim(stocked, "a", after=3600) == []


async def test_what_a_living_process_holds_stays_with_it(filled_postgres: str) -> None:
    books = open_books(filled_postgres)
    await keep(books, "a", "1", "2")
    assert await claim(books, "b", after=30) == []
    await books.write(lambda tx: tx.inbox.renew(hold("a", 20)))
    assert await claim(books, "b", after=50) == []
    assert await claim(books, "b", after=51) == ["1", "2"]
    await books.close()


async def test_who_was_taken_for_dead_does_not_get_back_what_another_took_over(filled_postgres: str) -> None:
    books = open_books(filled_postgres)
    await keep(books, "a", "1")
    assert await claim(books, "b", after=31) == ["1"]
    await books.write(lambda tx: tx.inbox.renew(hold("a", 32)))
    assert await claim(books, "a", after=60) == []
    assert await claim(books, "a", after=62) == ["1"]
    await books.close()


async def test_the_only_process_of_a_channel_need_not_wait(filled_postgres: str) -> None:
    books = open_books(filled_postgres)
    await keep(books, "a", "1")
    await keep(books, "b", "2")
    assert await claim(books, "b", alone=True) == ["1"]
    await books.close()


async def test_a_sqlite_file_is_one_processs_whatever_an_earlier_one_held(filled_sqlite: str) -> None:
    books = open_books(filled_sqlite)
    await keep(books, "a", "1", "2")
    await keep(books, "b", "3")
    assert await claim(books, "b") == ["1", "2"]
    await books.close()


async def test_two_who_ask_at_once_share_nothing_and_do_not_wait_for_each_other(filled_postgres: str) -> None:
    books = open_books(filled_postgres)
    await keep(books, "dead", "1", "2", "3")
    engine = create_engine(filled_postgres)
    with engine.begin() as connection:
        taken = Tx(connection).inbox.claim("viber", MONDAY_MORNING + 31 * SECOND, hold("a", 31))
        assert await claim(books, "b", after=31) == []
    assert [body for _, body in taken] == ["body 1", "body 2", "body 3"]
    engine.dispose()
    await books.close()

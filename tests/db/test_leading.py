"""What only one of several processes may do."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.db.books import Books
from bot.db.opening import open_books
from tests.support.loopback import PATIENCE


@pytest.fixture
async def first(postgres_url: str) -> AsyncIterator[Books]:
    books = open_books(postgres_url)
    yield books
    await books.close()


@pytest.fixture
async def second(postgres_url: str) -> AsyncIterator[Books]:
    books = open_books(postgres_url)
    yield books
    await books.close()


async def test_one_process_leads_as_long_as_it_likes(first: Books, second: Books) -> None:
    assert [await first.leads("updates"), await second.leads("updates"), await first.leads("updates")] == [
        True,
        False,
        True,
    ]
    assert [await second.leads("updates"), await second.leads("letters"), await first.leads("letters")] == [
        False,
        True,
        False,
    ]


async def test_who_resigns_is_followed_at_once(first: Books, second: Books) -> None:
    await first.leads("updates")
    await first.leads("updates")
    await first.resign("updates")
    assert [await second.leads("updates"), await first.leads("updates")] == [True, False]


async def test_a_process_that_ends_leads_no_more(first: Books, second: Books) -> None:
    assert [await first.leads("updates"), await second.leads("updates")] == [True, False]
    await first.close()
    await _follows(second)


async def test_who_loses_the_connection_hears_of_it_and_may_lead_again(
    first: Books, second: Books, postgres_url: str
) -> None:
    await first.leads("updates")
    _break_sessions(postgres_url)
    await _follows(second)
    with pytest.raises(DBAPIError):
        await first.leads("updates")
    assert await first.leads("updates") is False
    await second.resign("updates")
    await _follows(first)


async def test_the_only_process_of_a_sqlite_file_leads(shop: Books) -> None:
    assert await shop.leads("updates") is True
    await shop.resign("updates")
    assert await shop.leads("updates") is True


async def _follows(books: Books) -> None:
    """The server may take a moment to see that a session is over."""
    async with asyncio.timeout(PATIENCE):
        while not await books.leads("updates"):  # noqa: ASYNC110 the server rings no bell
            await asyncio.sleep(0.02)


def _break_sessions(url: str) -> None:
    """Every session of the database that holds an advisory lock, as a broken network would."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"))
    engine.dispose()

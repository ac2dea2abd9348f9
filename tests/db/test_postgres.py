"""PostgreSQL: what the server asks to be tried again is tried again, and nothing else is."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import DBAPIError

from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.postgres import ATTEMPTS
from bot.db.tx import Tx


@pytest.fixture
async def served(filled_postgres: str) -> AsyncIterator[Books]:
    books = open_books(filled_postgres)
    yield books
    await books.close()


class Troubled:
    """A body that the server turns down with a code, so many times."""

    def __init__(self, code: str, times: int) -> None:
        self._code, self._times = code, times
        self.runs = 0

    def __call__(self, tx: Tx) -> str:
        self.runs += 1
        number = tx.orders.next_number()
        if self.runs <= self._times:
            tx.orders._connection.exec_driver_sql(f"DO $$ BEGIN RAISE SQLSTATE '{self._code}'; END $$")
        return number


@pytest.mark.parametrize("code", ["40001", "40P01"])
async def test_a_deadlock_and_a_failed_serialization_are_tried_again(served: Books, code: str) -> None:
    body = Troubled(code, ATTEMPTS - 1)
    assert await served.write(body) == "K-000001"
    assert body.runs == ATTEMPTS


async def test_not_for_ever(served: Books) -> None:
    body = Troubled("40001", ATTEMPTS)
    with pytest.raises(DBAPIError):
        await served.write(body)
    assert body.runs == ATTEMPTS


async def test_any_other_error_comes_out_at_once(served: Books) -> None:
    body = Troubled("22012", 1)
    with pytest.raises(DBAPIError):
        await served.write(body)
    assert body.runs == 1

"""A pull holds a page and what is known, not the whole of what comes; tests/bench/taking_in.py has the large sizes."""

import tracemalloc

from bot.domain.accounting import Subject
from bot.services.take_in import TakeIn
from tests.services.backroom import Backroom
from tests.services.crowd import Crowd

MEBIBYTE = 2**20


async def peak(room: Backroom, documents: int) -> float:
    """MiB held at most while so many debts come in again."""
    take_in = TakeIn(room.books, Crowd(20, documents), room.clock)
    await take_in.pull(Subject.CLIENTS)
    await take_in.pull(Subject.RECEIVABLES)
    tracemalloc.start()
    try:
        await take_in.pull(Subject.RECEIVABLES, full=True)
        return tracemalloc.get_traced_memory()[1] / MEBIBYTE
    finally:
        tracemalloc.stop()


async def test_what_a_pull_holds_does_not_grow_with_what_it_brings(room: Backroom) -> None:
    little, much = await peak(room, 1_000), await peak(room, 5_000)
    assert much < little + 0.5

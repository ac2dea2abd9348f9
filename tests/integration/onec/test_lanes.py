"""What comes in from 1C never takes the place of what goes out: an order leaves while pulls are under way."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.db.opening import open_books
from bot.domain.accounting import Subject
from bot.domain.job import JobState, Queue, Run
from bot.jobs import Lane
from bot.jobs.duties import duties
from bot.jobs.telling import Telling
from bot.services.handover import SUBMIT
from bot.services.take_in import pull_job
from integrations.onec.odata.client import Patience
from tests.conftest import create_schema
from tests.integration.onec.world import Base
from tests.jobs.floor import PATIENCE, Floor, job
from tests.support.desk import RULES

SLOW = Patience(ordinary=60, first=60, heavy=60)
SUBJECTS = (Subject.STOCK, Subject.PRICES, Subject.RECEIVABLES, Subject.CLIENTS)
UNDER_WAY = {JobState.RUNNING: 3, JobState.WAITING: 1}


@pytest.fixture
async def floor(sqlite_url: str) -> AsyncIterator[Floor]:
    create_schema(sqlite_url)
    books = open_books(sqlite_url)
    yield Floor(sqlite_url, books)
    await books.close()


async def test_an_order_leaves_while_as_many_pulls_as_may_be_wait_for_their_answers(base: Base, floor: Floor) -> None:
    onec, order, left = base.accounting(patience=SLOW), await base.ordered(), asyncio.Event()

    async def submit(_: Run) -> None:
        await onec.submit(order, None)
        left.set()

    telling: Telling[Any] = Telling(
        floor.books, None, [], {}, now=floor.clock, pause=asyncio.sleep,
    )  # fmt: skip
    todo = duties(floor.books, telling, onec, RULES, floor.clock)
    lanes: dict[Queue, Lane] = {queue: todo.lanes[queue] for queue in (Queue.ONEC, Queue.ONEC_IN)}
    await base.fault("slow", method="GET", times=3, seconds=60)
    async with floor.working({**todo.handlers, SUBMIT: submit, "job": submit}, lanes, grace=0.0):
        await floor.add(*(pull_job(subject, floor.clock()) for subject in SUBJECTS))
        async with asyncio.timeout(PATIENCE):
            while await _faults(base):  # noqa: ASYNC110 what the sandbox holds rings no bell
                await asyncio.sleep(0.01)
        await floor.add(job("order", Queue.ONEC))
        async with asyncio.timeout(PATIENCE):
            await left.wait()
        await floor.until(lambda tx: Queue.ONEC not in tx.jobs.counts())
        assert await floor.books.read(lambda tx: tx.jobs.counts()) == {Queue.ONEC_IN: UNDER_WAY}
    assert len(await base.from_site()) == 1


async def _faults(base: Base) -> int:
    """How many troubles wait: none, once the pulls have met with them."""
    answer = await base.http.get(f"{base.address}/_control/faults")
    return len(answer.raise_for_status().json()["faults"])

"""What becomes of work that was given up: an order is a difference, anything else is told as it is."""

import pytest

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.difference import DifferenceKind
from bot.domain.job import Job, JobState, JobView, Queue
from bot.jobs import Lane
from bot.services.handover import SUBMIT, buried
from bot.services.notices import TELL_STAFF
from tests.jobs.floor import Floor
from tests.services.backroom import Backroom, Told

LANES = {Queue.ONEC: Lane(2)}


async def test_an_order_the_ledger_refuses_becomes_a_difference_as_its_job_is_buried(
    backroom: Backroom, filled_url: str
) -> None:
    floor = Floor(filled_url, backroom.books)
    backroom.ledger.refuses = "unknown_article"
    order_id = await backroom.place()
    async with floor.working(
        {SUBMIT: backroom.handover.submit}, LANES, on_dead=lambda tx, job: buried(tx, job, floor.clock())
    ):
        (dead,) = await floor.until_state(JobState.DEAD)
    (difference,) = await backroom.differences()
    assert (difference.kind, difference.order_id) == (DifferenceKind.REFUSED, order_id)
    assert difference.detail == {
        "number": "K-000001", "revision": "1", "error": "Rejected onec submit unknown_article", "job": dead.id,
    }  # fmt: skip
    assert await backroom.told_staff() == [Told("managers", "difference", str(difference.id))]


async def test_without_its_difference_no_order_is_buried(stocked: Books) -> None:
    backroom = Backroom(stocked)
    order_id = await backroom.place()
    (job,) = await backroom.jobs(SUBMIT)

    def half(tx: Tx) -> None:
        buried(tx, job, backroom.clock())
        raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        await stocked.write(half)
    assert await backroom.differences() == []
    assert await backroom.told_staff() == []
    assert await backroom.handed_revision(order_id) == 0


async def test_a_refusal_settles_itself_once_the_order_is_there(room: Backroom) -> None:
    await room.place()
    (job,) = await room.jobs(SUBMIT)
    await room.books.write(lambda tx: buried(tx, job, room.clock()))
    (difference,) = await room.differences()
    await room.submit()
    settled = await room.reconciliation.view(difference.id)
    assert (settled.settled_at, settled.settlement, settled.settled_by) == (room.clock(), "handed_over", "")


async def test_other_work_that_died_is_told_as_it_is(room: Backroom) -> None:
    pull = Job("pull", Queue.ONEC_IN, {"subject": "clients"}, "pull:clients")
    dead = await died(room, pull)
    assert await room.told_staff() == [Told("managers", "job_died", dead.id)]


async def test_of_several_dead_of_a_kind_the_first_is_told_until_somebody_decides_about_it(backroom: Backroom) -> None:
    first = await dies(backroom, "pull", "1")
    await dies(backroom, "pull", "2")
    other = await dies(backroom, "tell", "3")
    assert [told.about for told in await backroom.told_staff()] == [first, other]
    await backroom.books.write(
        lambda tx: [tx.jobs.drop(job.id, backroom.clock()) for job in tx.jobs.list([JobState.DEAD])]
    )
    again = await dies(backroom, "pull", "4")
    assert [told.about for told in await backroom.told_staff()] == [first, other, again]


async def test_a_notice_to_staff_that_died_is_not_told_to_staff(room: Backroom) -> None:
    await died(room, Job(TELL_STAFF, Queue.TELEGRAM, {"desk": "managers", "kind": "silent", "about": ""}, "tell"))
    assert len(await room.told_staff()) == 1


async def dies(room: Backroom, name: str, key: str) -> str:
    """As the engine buries it; returns its id."""

    def body(tx: Tx) -> str:
        tx.jobs.add(Job(name, Queue.ONEC_IN, {}, key))
        (view,) = [view for view in tx.jobs.list() if view.key == key]
        tx.jobs.bury(int(view.id), room.clock())
        buried(tx, view, room.clock())
        return view.id

    return await room.books.write(body)


async def died(room: Backroom, job: Job) -> JobView:
    await room.books.write(lambda tx: tx.jobs.add(job))
    (dead,) = await room.jobs(job.name)
    await room.books.write(lambda tx: buried(tx, dead, room.clock()))
    return dead

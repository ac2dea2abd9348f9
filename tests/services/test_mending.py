"""What staff may do about a difference, and what they may not."""

import asyncio
from uuid import UUID, uuid4

import pytest

from bot.domain.accounting import Subject
from bot.domain.difference import SENDS_AGAIN, TAKES_THEIRS, DifferenceKind, DifferenceView
from bot.domain.errors import NotFound, Outdated, Refused, Unavailable
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.order import State
from bot.services.exchange import Exchange
from bot.services.handover import SUBMIT, buried
from tests.db.people import OLENA
from tests.services.backroom import Backroom, Told, record_line

KIND = DifferenceKind
OKSANA = "Оксана"


async def both_changed(room: Backroom, **there: object) -> tuple[UUID, DifferenceView]:
    """The office and Olena changed the same order, and she listens."""
    await room.sign_in(OLENA, "telegram", "1")
    order_id = await room.handed()
    fields = {"lines": (record_line("a-60010", "50", "18.40"),), "total": Money.of("920.00")} | there
    room.ledger.change(str(order_id), **fields)  # type: ignore[arg-type]
    await room.amend(order_id)
    await room.submit()
    (difference,) = await room.differences()
    return order_id, difference


async def open_difference(room: Backroom, kind: DifferenceKind) -> tuple[UUID, UUID]:
    order_id = await room.handed()
    found = await room.books.write(lambda tx: tx.differences.found(kind, str(order_id), order_id, {}, room.clock()))
    assert found is not None
    return order_id, found


async def test_ours_is_sent_again_over_what_is_there(backroom: Backroom) -> None:
    order_id, difference = await both_changed(backroom)
    settled = await backroom.reconciliation.send_again(difference.id, OKSANA)
    assert (settled.settlement, settled.settled_by, settled.settled_at) == ("sent_again", OKSANA, backroom.clock())
    await backroom.submit()
    assert backroom.ledger.documents[str(order_id)].total == Money.of("189.50")
    assert await backroom.differences() == []
    assert await backroom.books.read(lambda tx: tx.documents.waiting()) == []


async def test_an_order_that_was_handed_over_is_sent_again_too(room: Backroom) -> None:
    """The document carries the mark of this very revision, and says something else."""
    order_id = await room.handed()
    room.ledger.change(str(order_id), total=Money.of("1100.00"))
    room.later(minutes=20)
    await room.reconciliation.compare()
    (difference,) = await room.differences()
    await room.reconciliation.send_again(difference.id, OKSANA)
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("1149.60")
    assert await room.differences() == []


async def test_an_order_that_is_missing_there_is_written_anew(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.documents.clear()
    room.later(minutes=20)
    await room.reconciliation.compare()
    (difference,) = await room.differences()
    await room.reconciliation.send_again(difference.id, OKSANA)
    await room.submit()
    assert list(room.ledger.documents) == [str(order_id)]
    assert await room.differences() == []


async def test_a_posted_document_is_never_written_over(room: Backroom) -> None:
    order_id, difference = await both_changed(room, posted=True)
    assert difference.kind is KIND.POSTED
    await room.reconciliation.send_again(difference.id, OKSANA)
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("920.00")
    (again,) = await room.differences()
    assert (again.kind, again.id != difference.id) == (KIND.POSTED, True)


async def test_theirs_is_taken_and_the_client_is_told(backroom: Backroom) -> None:
    order_id, difference = await both_changed(backroom, state=State.ACCEPTED)
    settled = await backroom.reconciliation.take_theirs(difference.id, OKSANA)
    assert (settled.settlement, settled.settled_by) == ("took_theirs", OKSANA)
    order = await backroom.order(order_id)
    assert (order.total, order.state) == (Money.of("920.00"), State.ACCEPTED)
    assert await backroom.told() == [
        Told("telegram:1", "order_changed", str(order_id)), Told("telegram:1", "order_state", str(order_id)),
    ]  # fmt: skip
    assert await backroom.submit() == 0
    assert backroom.ledger.written == [("K-000001", 1)]
    assert (await backroom.pull(Subject.ORDERS)).changed == 0


async def test_an_order_cancelled_too_late_lives_again_where_theirs_is_taken(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "1")
    order_id = await room.handed()
    room.ledger.change(str(order_id), posted=True, state=State.ACCEPTED)
    await room.cancel(order_id)
    await room.submit()
    (difference,) = await room.differences()
    await room.reconciliation.take_theirs(difference.id, OKSANA)
    assert (await room.order(order_id)).state is State.ACCEPTED
    assert await room.told() == [Told("telegram:1", "order_changed", str(order_id))]
    room.later(minutes=20)
    assert (await room.reconciliation.compare()).differing == 0


async def test_lines_that_cannot_be_taken_leave_the_difference_open(room: Backroom) -> None:
    _, difference = await both_changed(room, lines=(record_line("a-kefir", "6", "50.00"),))
    with pytest.raises(Refused, match="not_safe"):
        await room.reconciliation.take_theirs(difference.id, OKSANA)
    assert [one.id for one in await room.differences()] == [difference.id]
    assert await room.told() == []


async def test_a_document_that_is_gone_cannot_be_taken(room: Backroom) -> None:
    _, difference = await both_changed(room)
    room.ledger.documents.clear()
    with pytest.raises(Refused, match="not_there"):
        await room.reconciliation.take_theirs(difference.id, OKSANA)


async def test_in_a_silence_nothing_is_taken(room: Backroom) -> None:
    order_id, difference = await both_changed(room)
    room.ledger.silent = True
    with pytest.raises(Unavailable):
        await room.reconciliation.take_theirs(difference.id, OKSANA)
    assert (await room.order(order_id)).total == Money.of("189.50")


@pytest.mark.parametrize("kind", sorted(set(DifferenceKind) - SENDS_AGAIN))
async def test_what_sending_again_would_not_mend_is_not_sent(room: Backroom, kind: DifferenceKind) -> None:
    _, difference_id = await open_difference(room, kind)
    with pytest.raises(Refused, match="not_safe"):
        await room.reconciliation.send_again(difference_id, OKSANA)
    assert len(await room.jobs(SUBMIT)) == 1


@pytest.mark.parametrize("kind", sorted(set(DifferenceKind) - TAKES_THEIRS))
async def test_what_taking_theirs_would_not_mend_is_not_taken(room: Backroom, kind: DifferenceKind) -> None:
    _, difference_id = await open_difference(room, kind)
    with pytest.raises(Refused, match="not_safe"):
        await room.reconciliation.take_theirs(difference_id, OKSANA)


async def test_a_difference_is_settled_once(room: Backroom) -> None:
    _, difference = await both_changed(room)
    await room.reconciliation.dismiss(difference.id, OKSANA)
    again = await room.reconciliation.dismiss(difference.id, "Тарас")
    assert (again.settlement, again.settled_by) == ("dismissed", OKSANA)
    with pytest.raises(Outdated):
        await room.reconciliation.send_again(difference.id, "Тарас")
    with pytest.raises(Outdated):
        await room.reconciliation.take_theirs(difference.id, "Тарас")


async def test_a_difference_that_was_never_there(room: Backroom) -> None:
    for mend in (room.reconciliation.send_again, room.reconciliation.take_theirs, room.reconciliation.dismiss):
        with pytest.raises(NotFound):
            await mend(uuid4(), OKSANA)


async def refused(room: Backroom) -> tuple[UUID, DifferenceView]:
    """An order that the ledger does not take; its job was given up."""
    order_id = await room.place()
    (job,) = await room.jobs(SUBMIT)
    await room.books.write(lambda tx: buried(tx, job, room.clock()))
    (difference,) = await room.differences()
    return order_id, difference


async def waiting(room: Backroom) -> list[UUID]:
    return await room.books.read(lambda tx: tx.documents.waiting())


async def test_an_order_let_be_with_its_refusal_waits_no_more(backroom: Backroom) -> None:
    order_id, difference = await refused(backroom)
    await backroom.reconciliation.dismiss(difference.id, OKSANA)
    assert await waiting(backroom) == []
    exchange = Exchange(backroom.books, backroom.clock, lambda _: iter(()), connected=False)
    assert list(await exchange.outgoing()) == []
    await backroom.handover.gather(Run("1", Job("gather", Queue.LOCAL, {}, "gather"), 1))
    await backroom.submit()
    assert backroom.ledger.calls == []
    assert len(await backroom.jobs(SUBMIT)) == 1
    assert (await backroom.order(order_id)).document == ""


async def test_a_comparison_does_not_miss_what_was_let_be_with_its_refusal(room: Backroom) -> None:
    order_id, difference = await refused(room)
    await room.reconciliation.dismiss(difference.id, OKSANA)
    room.later(minutes=20)
    assert (await room.reconciliation.compare()).new == 0
    await room.amend(order_id)
    assert (await room.reconciliation.compare()).new == 1


async def test_an_order_let_be_leaves_once_it_is_changed_again(room: Backroom) -> None:
    order_id, difference = await refused(room)
    await room.reconciliation.dismiss(difference.id, OKSANA)
    await room.amend(order_id)
    await room.submit()
    assert room.ledger.written == [("K-000001", 2)]
    assert await room.handed_revision(order_id) == 2
    assert await room.differences() == []


async def test_an_order_missing_there_that_was_let_be_waits_no_more(room: Backroom) -> None:
    order_id = await room.unsent()
    room.later(minutes=20)
    await room.reconciliation.compare()
    (difference,) = await room.differences()
    assert (difference.kind, await waiting(room)) == (KIND.MISSING_THERE, [order_id])
    await room.reconciliation.dismiss(difference.id, OKSANA)
    assert await waiting(room) == []
    assert (await room.reconciliation.compare()).new == 0


@pytest.mark.parametrize("posted", [True, False])
async def test_a_change_that_came_too_late_and_was_let_be_waits_no_more(backroom: Backroom, posted: bool) -> None:
    order_id, difference = await both_changed(backroom, posted=posted)
    assert await waiting(backroom) == [order_id]
    await backroom.reconciliation.dismiss(difference.id, OKSANA)
    assert await waiting(backroom) == []
    assert await backroom.handed_revision(order_id) == 2


async def test_a_change_made_after_the_one_that_was_let_be_still_leaves(room: Backroom) -> None:
    order_id, difference = await both_changed(room)
    await room.amend(order_id, note="ще раз")
    await room.reconciliation.dismiss(difference.id, OKSANA)
    assert await waiting(room) == [order_id]
    await room.submit()
    (again,) = await room.differences()
    assert (again.kind, again.detail["revision"]) == (KIND.CHANGED_THERE, "3")


async def test_a_refused_order_that_was_to_be_written_over_is_not_written_over_once_it_was_let_be(
    room: Backroom,
) -> None:
    order_id, difference = await both_changed(room)
    await room.reconciliation.send_again(difference.id, OKSANA)
    job = (await room.jobs(SUBMIT))[-1]
    await room.books.write(lambda tx: buried(tx, job, room.clock()))
    (refusal,) = await room.differences()
    await room.reconciliation.dismiss(refusal.id, OKSANA)
    await room.amend(order_id, note="ще раз")
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("920.00")
    assert [one.kind for one in await room.differences()] == [KIND.CHANGED_THERE]


async def test_theirs_is_not_taken_over_a_change_made_while_somebody_looked(room: Backroom) -> None:
    order_id, difference = await both_changed(room)
    room.ledger.meanwhile = lambda: room.amend(order_id, note="ще раз")
    with pytest.raises(Outdated):
        await room.reconciliation.take_theirs(difference.id, OKSANA)
    assert (await room.order(order_id)).note == "ще раз"
    assert [one.id for one in await room.differences()] == [difference.id]


async def test_two_managers_at_once_send_an_order_again_once(backroom: Backroom) -> None:
    order_id, difference = await both_changed(backroom)
    pressed = [backroom.reconciliation.send_again(difference.id, name) for name in (OKSANA, "Тарас", "Ігор")]
    results = await asyncio.gather(*pressed, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["DifferenceView", "Outdated", "Outdated"]
    assert (await backroom.order(order_id)).revision == 3

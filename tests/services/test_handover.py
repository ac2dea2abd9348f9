"""Orders to the ledger: each revision once, whatever happens on the way, and what does not fit to the managers."""

from decimal import Decimal
from uuid import UUID

import pytest

from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, OrderRecordLine, Subject
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.order import State
from bot.services.handover import SUBMIT, hand_over
from tests.db.people import OLENA
from tests.db.test_orders import CREAM_LINE, MILK_LINE
from tests.services.backroom import Backroom, Told, record_line


async def test_an_order_arrives_as_it_was_agreed(backroom: Backroom) -> None:
    order_id = await backroom.handed(MILK_LINE, CREAM_LINE, total=Money.of("1433.85"))
    document = backroom.ledger.documents[str(order_id)]
    assert document.lines == (
        OrderRecordLine("a-10661", "Назва 10661", Decimal(24), Money.of("47.90"), Money.of("1149.60")),
        OrderRecordLine("a-11011", "Назва 11011", Decimal("1.5"), Money.of("189.50"), Money.of("284.25")),
    )
    assert (document.client, document.total, document.ours) == ("ranok", Money.of("1433.85"), "K-000001")
    assert await backroom.link(order_id) == DocumentLink(str(order_id), "ГО-000001", "v2")
    assert (await backroom.order(order_id)).document == "ГО-000001"


async def test_a_revision_is_handed_over_once(backroom: Backroom) -> None:
    order_id = await backroom.handed()
    (job,) = await backroom.jobs(SUBMIT)
    backroom._ran.clear()
    assert await backroom.submit() == 1
    assert backroom.ledger.written == [("K-000001", 1)]
    assert backroom.ledger.calls == ["submit"]
    assert (job.key, job.lock) == (f"submit_order:{order_id}:1", f"order:{order_id}")


async def test_an_answer_that_was_lost_is_found_and_not_written_again(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    assert await room.handed_revision(order_id) == 0
    await room.submit()
    assert room.ledger.written == [("K-000001", 1)]
    assert await room.handed_revision(order_id) == 1
    assert await room.differences() == []


async def test_an_order_waits_out_a_silence(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.silent = True
    with pytest.raises(Unavailable):
        await room.submit()
    room.ledger.silent = False
    await room.submit()
    assert await room.handed_revision(order_id) == 1


async def test_an_order_amended_before_it_left_leaves_once_as_it_is_by_then(room: Backroom) -> None:
    order_id = await room.place()
    await room.amend(order_id)
    assert await room.submit() == 2
    assert room.ledger.written == [("K-000001", 2)]
    assert room.ledger.documents[str(order_id)].total == Money.of("189.50")


async def test_an_order_amended_after_it_left_is_written_over_its_document(room: Backroom) -> None:
    order_id = await room.handed()
    await room.amend(order_id)
    await room.submit()
    assert room.ledger.written == [("K-000001", 1), ("K-000001", 2)]
    assert list(room.ledger.documents) == [str(order_id)]
    assert room.ledger.documents[str(order_id)].total == Money.of("189.50")
    assert await room.handed_revision(order_id) == 2


async def test_an_order_amended_while_it_is_being_written_leaves_again(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.meanwhile = lambda: room.amend(order_id)
    assert await room.submit() == 1
    assert await room.handed_revision(order_id) == 1
    assert await room.submit() == 1
    assert room.ledger.written == [("K-000001", 1), ("K-000001", 2)]


async def test_an_order_cancelled_before_it_left_never_arrives(room: Backroom) -> None:
    order_id = await room.place()
    await room.cancel(order_id)
    assert await room.submit() == 2
    assert room.ledger.documents == {}
    assert room.ledger.calls == ["find"]
    assert await room.books.read(lambda tx: tx.documents.waiting()) == []


async def test_an_order_cancelled_after_its_answer_was_lost_is_cancelled_there(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await room.cancel(order_id)
    await room.submit()
    assert room.ledger.documents[str(order_id)].state is State.CANCELLED
    assert await room.handed_revision(order_id) == 2


async def test_an_order_cancelled_after_it_left_is_cancelled_there(room: Backroom) -> None:
    order_id = await room.handed()
    await room.cancel(order_id)
    await room.submit()
    assert room.ledger.documents[str(order_id)].state is State.CANCELLED
    assert await room.differences() == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"note": "подзвонити"}, DifferenceKind.CHANGED_THERE),
        ({"posted": True}, DifferenceKind.POSTED),
    ],
)
async def test_a_change_that_comes_too_late_is_for_the_managers(
    room: Backroom, fields: dict[str, object], kind: DifferenceKind
) -> None:
    order_id = await room.handed()
    document = room.ledger.change(str(order_id), **fields)  # type: ignore[arg-type]
    await room.amend(order_id)
    await room.submit()
    (difference,) = await room.differences()
    assert (difference.kind, difference.order_id, difference.about) == (kind, order_id, str(order_id))
    assert difference.detail == {"number": "K-000001", "revision": "2"}
    assert await room.told_staff() == [Told("managers", "difference", str(difference.id))]
    assert room.ledger.documents[str(order_id)] == document
    assert await room.handed_revision(order_id) == 1


async def test_the_managers_hear_of_a_late_change_once(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), note="подзвонити")
    await room.amend(order_id)
    await room.submit()
    await room.amend(order_id, note="ще раз")
    await room.submit()
    assert len(await room.told_staff()) == 1


async def test_a_posted_order_that_is_the_same_is_no_difference(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    room.ledger.change(str(order_id), posted=True)
    await room.submit()
    assert await room.link(order_id) == DocumentLink(str(order_id), "ГО-000001", "v3", posted=True)
    assert await room.differences() == []


async def test_what_the_ledger_keeps_otherwise_is_reported_and_the_order_counts_as_there(room: Backroom) -> None:
    room.ledger.keeps = {"note": "до"}
    order_id = await room.handed()
    (difference,) = await room.differences()
    assert difference.kind is DifferenceKind.KEPT_OTHERWISE
    assert difference.detail == {"number": "K-000001", "note": "до 10 → до"}
    assert await room.told_staff() == [Told("managers", "difference", str(difference.id))]
    assert await room.handed_revision(order_id) == 1


async def test_a_refusal_comes_out_of_the_job(room: Backroom) -> None:
    await room.place()
    room.ledger.refuses = "unknown_client"
    with pytest.raises(Rejected):
        await room.submit()
    assert await room.differences() == []


async def test_a_document_with_a_reference_of_its_own_is_followed(room: Backroom) -> None:
    room.ledger.gives_own_refs = True
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await room.submit()
    await room.amend(order_id)
    await room.submit()
    (ref,) = room.ledger.documents
    assert (await room.link(order_id)).ref == ref == "document-1"
    assert room.ledger.documents[ref].total == Money.of("189.50")


async def test_a_document_the_pull_found_before_its_answer_came_is_not_written_twice(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await room.pull(Subject.ORDERS)
    assert await room.link(order_id) == DocumentLink(str(order_id), "ГО-000001", "")
    await room.submit()
    assert room.ledger.written == [("K-000001", 1)]
    assert await room.link(order_id) == DocumentLink(str(order_id), "ГО-000001", "v2")


async def test_an_order_without_a_job_gets_one_and_only_one(backroom: Backroom) -> None:
    order_id = await backroom.unsent()
    past = await backroom.unsent(channel="past")
    gather = Run("1", Job("gather", Queue.LOCAL, {}, "gather"), 1)
    await backroom.handover.gather(gather)
    await backroom.handover.gather(gather)
    assert [job.args for job in await backroom.jobs(SUBMIT)] == [{"order": str(order_id)}]
    assert await backroom.books.read(lambda tx: tx.documents.waiting()) == [order_id]
    await backroom.submit()
    assert await backroom.books.read(lambda tx: tx.documents.waiting()) == []
    assert await backroom.books.read(lambda tx: tx.documents.link(past)) is None


async def test_what_is_handed_over_anew_is_looked_at_first(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), note="подзвонити")
    await room.amend(order_id)
    await room.books.write(lambda tx: tx.documents.forget(order_id))
    await room.submit()
    assert room.ledger.written == [("K-000001", 1), ("K-000001", 2)]
    assert room.ledger.documents[str(order_id)].note == "до 10"
    assert await room.differences() == []


async def test_an_older_word_never_takes_a_newer_one_back(backroom: Backroom) -> None:
    order_id = await backroom.handed()
    link = await backroom.link(order_id)

    def late(tx: Tx) -> None:
        tx.documents.handed(order_id, 2, DocumentLink(link.ref, link.number, "newer"), backroom.clock())
        tx.documents.handed(order_id, 1, link, backroom.clock())

    await backroom.books.write(late)
    assert (await backroom.link(order_id)).version == "newer"
    assert await backroom.handed_revision(order_id) == 2


async def corrected(room: Backroom, order_id: UUID) -> None:
    """The office leaves half of the milk."""
    room.ledger.change(str(order_id), lines=(record_line("a-10661", "12", "47.90"),), total=Money.of("574.80"))


async def lost(room: Backroom) -> UUID:
    """An order whose document was written and then corrected, while its answer was lost."""
    await room.pull(Subject.ORDERS)
    await room.sign_in(OLENA, "telegram", "1")
    order_id = await room.place()
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await corrected(room, order_id)
    return order_id


@pytest.mark.parametrize("adopted", [True, False])
async def test_a_correction_after_a_lost_answer_is_taken_over_and_not_written_over(
    backroom: Backroom, adopted: bool
) -> None:
    order_id = await lost(backroom)
    await backroom.pull(Subject.ORDERS) if adopted else None
    await backroom.submit()
    assert backroom.ledger.written == [("K-000001", 1)]
    (difference,) = await backroom.differences()
    assert difference.kind is DifferenceKind.KEPT_OTHERWISE
    assert set(difference.detail) == {"number", "total", "lines"}
    await backroom.pull(Subject.ORDERS)
    order = await backroom.order(order_id)
    assert (order.total, order.lines[0].quantity) == (Money.of("574.80"), Decimal(12))
    assert await backroom.told() == [Told("telegram:1", "order_changed", str(order_id))]
    assert (await backroom.pull(Subject.ORDERS)).changed == 0


async def test_a_change_sent_before_the_correction_was_read_is_for_the_managers(room: Backroom) -> None:
    order_id = await lost(room)
    await room.submit()
    await room.amend(order_id)
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("574.80")
    assert DifferenceKind.CHANGED_THERE in [one.kind for one in await room.differences()]


async def test_a_decision_to_write_over_holds_for_what_stood_there_then(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), note="подзвонити")
    await room.amend(order_id)
    await room.books.write(lambda tx: tx.documents.forget(order_id))
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await corrected(room, order_id)
    await room.submit()
    assert room.ledger.documents[str(order_id)].total == Money.of("574.80")
    assert [one.kind for one in await room.differences()] == [DifferenceKind.CHANGED_THERE]


async def test_an_order_written_anew_because_it_was_missing_is_not_written_over_after_a_lost_answer(
    room: Backroom,
) -> None:
    order_id = await room.handed()
    room.ledger.documents.clear()
    await room.books.write(lambda tx: tx.documents.forget(order_id))
    await room.books.write(lambda tx: hand_over(tx, order_id, tx.orders.revise(order_id)))
    room.ledger.loses = 1
    with pytest.raises(Ambiguous):
        await room.submit()
    await corrected(room, order_id)
    await room.submit()
    assert room.ledger.written == [("K-000001", 1), ("K-000001", 2)]
    assert room.ledger.documents[str(order_id)].total == Money.of("574.80")


async def test_a_sum_that_the_ledger_reckons_otherwise_is_taken_over(room: Backroom) -> None:
    await room.pull(Subject.ORDERS)
    order_id = await room.place()
    room.ledger.keeps = {"total": Money.of("1149.62")}
    await room.submit()
    assert (await room.link(order_id)).version == ""
    await room.pull(Subject.ORDERS)
    assert (await room.order(order_id)).total == Money.of("1149.62")
    assert (await room.link(order_id)).version == room.ledger.documents[str(order_id)].link.version


async def test_the_managers_see_the_latest_change_that_came_too_late(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), note="подзвонити")
    for note in ("раз", "два"):
        await room.amend(order_id, note=note)
        await room.submit()
    (difference,) = await room.differences()
    assert difference.detail == {"number": "K-000001", "revision": "3"}

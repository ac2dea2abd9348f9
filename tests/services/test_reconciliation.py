"""Do the orders here and the documents there agree? Each way they may not is found, and told once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from bot.db.books import Books
from bot.domain.accounting import Subject
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Refused, Unavailable
from bot.domain.money import Money
from bot.domain.order import State
from bot.services.reconciliation import Reconciliation, ReconciliationReport
from tests.services.backroom import Backroom, phone_order, record_line

KIND = DifferenceKind


async def compared(room: Backroom, minutes: int = 20) -> ReconciliationReport:
    """After everything had time to settle."""
    room.later(minutes=minutes)
    return await room.reconciliation.compare()


async def found(room: Backroom) -> list[tuple[DifferenceKind, UUID | None]]:
    return [(one.kind, one.order_id) for one in await room.differences()]


async def test_what_agrees_is_no_difference(backroom: Backroom) -> None:
    await backroom.handed()
    backroom.ledger.enter(phone_order())
    await backroom.pull(Subject.ORDERS)
    cancelled = await backroom.handed()
    await backroom.cancel(cancelled)
    await backroom.submit()
    assert await compared(backroom) == ReconciliationReport(3, 0, 0)
    assert await backroom.told_staff() == []


async def test_an_order_without_a_document(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.documents.clear()
    assert await compared(room) == ReconciliationReport(1, 1, 1)
    (difference,) = await room.differences()
    assert (difference.kind, difference.order_id) == (KIND.MISSING_THERE, order_id)
    assert difference.detail == {"number": "K-000001", "here": "1149.60"}


async def test_a_document_of_an_order_that_is_not_here(room: Backroom) -> None:
    stray = phone_order("stray", ours="K-000777")
    room.ledger.enter(stray)
    assert await compared(room) == ReconciliationReport(0, 1, 1)
    (difference,) = await room.differences()
    assert (difference.kind, difference.about, difference.order_id) == (KIND.MISSING_HERE, stray.link.ref, None)
    assert difference.detail == {"there": "ГО-stray", "ours": "K-000777"}


async def test_a_stray_document_that_was_cancelled_there_is_nobodys_matter(room: Backroom) -> None:
    room.ledger.enter(phone_order("stray", ours="K-000777", state=State.CANCELLED))
    assert await compared(room) == ReconciliationReport(0, 0, 0)


async def test_two_documents_of_one_order(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.enter(phone_order("copy", ours="K-000001"))
    await room.pull(Subject.ORDERS)
    await compared(room)
    (difference,) = await room.differences()
    assert (difference.kind, difference.order_id) == (KIND.TWICE, order_id)
    assert difference.detail == {"number": "K-000001", "there": "ГО-000001, ГО-copy"}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"total": Money.of("1100.00")}, KIND.TOTAL),
        ({"lines": (record_line("a-10661", "12", "95.80"),)}, KIND.LINES),
        ({"state": State.CANCELLED}, KIND.CANCELLED_THERE),
    ],
)
async def test_a_document_that_says_something_else(
    room: Backroom, fields: dict[str, object], kind: DifferenceKind
) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), **fields)  # type: ignore[arg-type]
    assert await compared(room) == ReconciliationReport(1, 1, 1)
    assert await found(room) == [(kind, order_id)]


async def test_an_order_cancelled_here_whose_document_was_revived(room: Backroom) -> None:
    order_id = await room.handed()
    await room.cancel(order_id)
    await room.submit()
    room.ledger.change(str(order_id), state=State.ACCEPTED)
    await compared(room)
    assert await found(room) == [(KIND.CANCELLED_HERE, order_id)]


async def test_an_order_that_is_minutes_old_may_be_on_its_way(room: Backroom) -> None:
    await room.place()
    assert await compared(room, minutes=14) == ReconciliationReport(0, 0, 0)


async def test_a_change_that_is_on_its_way_speaks_for_itself(room: Backroom) -> None:
    order_id = await room.handed()
    await room.amend(order_id)
    assert await compared(room) == ReconciliationReport(1, 0, 0)


async def test_orders_from_before_komora_are_not_compared(room: Backroom) -> None:
    await room.unsent(channel="past")
    assert await compared(room) == ReconciliationReport(0, 0, 0)


async def test_a_document_whose_date_was_moved_is_looked_for(room: Backroom) -> None:
    order_id = await room.handed()
    room.later(days=6)
    moved = room.ledger.documents[str(order_id)]
    room.ledger.documents[str(order_id)] = replace(moved, placed_at=moved.placed_at.replace(year=2025))
    assert await compared(room) == ReconciliationReport(1, 0, 0)


async def test_half_a_comparison_says_nothing(room: Backroom) -> None:
    await room.handed()
    room.ledger.documents.clear()
    room.ledger.enter(phone_order("a"), phone_order("b"))
    room.ledger.page, room.ledger.breaks_off = 1, 1
    with pytest.raises(Unavailable):
        await compared(room)
    assert await room.differences() == []


async def test_what_was_found_before_is_not_told_again(room: Backroom) -> None:
    first, second = await room.handed(), await room.handed()
    del room.ledger.documents[str(first)]
    assert await compared(room) == ReconciliationReport(2, 1, 1)
    assert await compared(room) == ReconciliationReport(2, 1, 0)
    assert len(await room.told_staff()) == 1
    room.ledger.change(str(second), total=Money.of(1))
    assert await compared(room) == ReconciliationReport(2, 2, 1)
    assert [(told.kind, told.about) for told in await room.told_staff()] == [("differences", "1")] * 2


async def test_what_somebody_let_be_is_not_told_again_until_it_is_another_matter(backroom: Backroom) -> None:
    order_id = await backroom.handed()
    backroom.ledger.change(str(order_id), total=Money.of(1))
    await compared(backroom)
    (difference,) = await backroom.differences()
    await backroom.reconciliation.dismiss(difference.id, "Оксана")
    assert await compared(backroom) == ReconciliationReport(1, 1, 0)
    assert await backroom.differences() == []
    backroom.ledger.change(str(order_id), total=Money.of(2))
    assert (await compared(backroom)).new == 1


async def test_what_agrees_again_is_settled_by_itself(backroom: Backroom) -> None:
    order_id, other = await backroom.handed(), await backroom.handed()
    document = backroom.ledger.documents.pop(str(order_id))
    backroom.ledger.enter(stray := phone_order("stray", ours="K-000777"))
    await compared(backroom)
    assert len(await backroom.differences()) == 2
    backroom.ledger.enter(document)
    backroom.ledger.change(stray.link.ref, state=State.CANCELLED)
    backroom.ledger.change(str(other), total=Money.of(1))
    await compared(backroom)
    assert await found(backroom) == [(KIND.TOTAL, other)]


async def test_a_difference_of_the_hand_over_is_not_settled_by_a_comparison(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.change(str(order_id), note="подзвонити")
    await room.amend(order_id)
    await room.submit()
    await compared(room)
    assert await found(room) == [(KIND.CHANGED_THERE, order_id)]


async def test_an_old_difference_is_not_settled_because_nobody_looks_that_far_back(room: Backroom) -> None:
    order_id = await room.handed()
    room.ledger.documents.clear()
    await compared(room)
    room.later(days=8)
    assert await compared(room) == ReconciliationReport(0, 0, 0)
    assert await found(room) == [(KIND.MISSING_THERE, order_id)]


async def test_without_a_connection_there_is_nothing_to_compare_with(room: Backroom) -> None:
    with pytest.raises(Refused, match="not_connected"):
        await Reconciliation(room.books, None, room.clock).compare()


class Slow:
    """Books where something happens before everything that is written."""

    def __init__(self, books: Books, happens: Callable[[], Awaitable[None]]) -> None:
        self.read = books.read
        self._books = books
        self._happens = happens

    async def write(self, body: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        await self._happens()
        return await self._books.write(body, *args, **kwargs)


async def test_an_order_changed_while_it_was_compared_speaks_for_itself(room: Backroom) -> None:
    order_id, other = await room.handed(), await room.handed()
    for each in (order_id, other):
        room.ledger.change(str(each), total=Money.of(1))
    room.later(minutes=20)
    slow: Any = Slow(room.books, lambda: room.amend(order_id))
    report = await Reconciliation(slow, room.ledger, room.clock).compare()
    assert report == ReconciliationReport(2, 1, 1)
    assert await found(room) == [(KIND.TOTAL, other)]

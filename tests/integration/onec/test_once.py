"""An order is in 1C once, whatever answers are lost and whoever else writes."""

from asyncio import gather
from dataclasses import replace

import pytest

from bot.domain.accounting import Kept
from bot.domain.errors import Ambiguous, Rejected
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import MILK, Base

ORDER = "Document_ЗаказПокупателя"


async def test_after_a_lost_answer_there_is_one_document(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered()
    await base.fault("lost_answer", method="POST", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(order, None)
    handed = await onec.submit(order, None)
    assert handed.link.ref == str(order.id)
    assert len(await base.from_site()) == 1


async def test_after_a_lost_answer_another_process_finds_the_document(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(honours_client_ref=False)
    order = await base.ordered()
    await base.fault("lost_answer", method="POST", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(order, None)
    handed = await base.accounting().submit(order, None)
    (document,) = await base.from_site()
    assert handed.link.ref == document["ref"] != str(order.id)


async def test_a_base_that_gives_its_own_references_is_noticed(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(honours_client_ref=False)
    order = await base.ordered()
    first = await onec.submit(order, None)
    assert onec.honours_client_ref is False
    assert first.link.ref != str(order.id)
    assert await onec.submit(order, None) == first
    found = await onec.find(order)
    assert found is not None
    assert found.link == first.link
    assert len(await base.from_site()) == 1


async def test_a_number_that_begins_like_ours_is_another_order(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(honours_client_ref=False)
    long = await onec.submit(await base.ordered(number="K-0001234"), None)
    short = await onec.submit(await base.ordered(number="K-000123"), None)
    assert long.link.ref != short.link.ref
    assert len(await base.from_site()) == 2


async def test_a_changed_order_whose_first_answer_was_lost_is_changed_there(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    await base.fault("lost_answer", method="POST", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(order, None)
    again = await base.ordered((MILK, "1"), id=order.id, revision=2, placed_at=order.placed_at)
    await onec.submit(again, None)
    assert [line["quantity"] for line in (await base.order(str(order.id)))["lines"]] == ["1.000"]


async def test_a_change_whose_answer_was_lost_is_not_taken_for_a_managers(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    again = await base.ordered((MILK, "1"), id=order.id, revision=2, placed_at=order.placed_at)
    await base.fault("lost_answer", method="PATCH", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(again, link)
    handed = await onec.submit(again, link)
    assert handed.otherwise == ()
    assert (await base.writings())[1:] == [f"PATCH {ORDER} 200"]


async def test_two_processes_at_once_write_one_document(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    one, other = await gather(onec.submit(order, None), base.accounting().submit(order, None))
    assert one == other
    assert sorted(await base.writings()) == [f"POST {ORDER} 201", f"POST {ORDER} 400"]
    assert len(await base.from_site()) == 1


async def test_a_document_that_is_said_to_exist_and_is_not_there_is_unknown(base: Base, onec: OnecAccounting) -> None:
    await base.fault("duplicate15", method="POST", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(await base.ordered(), None)


async def test_a_change_noticed_by_1c_itself_is_a_conflict(base: Base, onec: OnecAccounting) -> None:
    await base.quirk(if_match="412")
    order = await base.ordered((MILK, "12"))
    link = (await onec.submit(order, None)).link
    handed = await onec.submit(replace(order, revision=2, note="Ще"), link)
    assert handed.otherwise == ()
    await base.fault("status", method="PATCH", path=ORDER, status=412)
    with pytest.raises(Rejected) as caught:
        await onec.submit(replace(order, revision=3, note="І ще"), handed.link)
    assert caught.value.code == "changed_there"


async def test_a_correction_made_after_a_lost_answer_is_told_and_left_alone(base: Base, onec: OnecAccounting) -> None:
    order = await base.ordered((MILK, "12"))
    await base.fault("lost_answer", method="POST", path=ORDER)
    with pytest.raises(Ambiguous):
        await onec.submit(order, None)
    await base.act(str(order.id), "lines", lines=[{"line": 1, "quantity": "6"}])
    handed = await base.accounting().submit(order, None)
    assert (handed.moved, Kept("Товары[1].Количество", "12", "6") in handed.otherwise) == (True, True)
    assert await base.writings() == [f"POST {ORDER} 201"]
    assert [line["quantity"] for line in (await base.order(str(order.id)))["lines"]] == ["6.000"]

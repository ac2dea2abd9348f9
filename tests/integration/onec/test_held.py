"""An order that waits for the credit gate stands in 1C unposted, with words that nobody overlooks, until it may go."""

from dataclasses import replace

import pytest

from bot.domain.credit import HeldState
from bot.domain.errors import Rejected
from integrations.onec.odata import OnecAccounting
from tests.integration.onec.test_submitting import DOCUMENT, entered
from tests.integration.onec.world import MILK, Base

HELD = "НЕ ВІДВАНТАЖУВАТИ, притримано через борг або ліміт"


async def test_a_held_order_is_not_posted_and_its_comment_says_so_first(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order = await base.ordered(held=HeldState.HELD)
    handed = await onec.submit(order, None)
    document = await base.order(str(order.id))
    assert (handed.link.posted, document["posted"], handed.otherwise) == (False, False, ())
    assert document["comment"].startswith(f"Комора K-000123; {HELD}; Дзвоніть за годину")


async def test_released_it_loses_those_words_and_is_posted(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order = await base.ordered(held=HeldState.HELD)
    link = (await onec.submit(order, None)).link
    handed = await onec.submit(replace(order, held=None, revision=2), link)
    document = await base.order(str(order.id))
    assert (handed.link.posted, document["posted"]) == (True, True)
    assert document["comment"].startswith("Комора K-000123 зм. 2; Дзвоніть за годину")
    assert len(await base.from_site()) == 1


async def test_where_orders_are_not_posted_releasing_takes_the_words_away_alone(
    base: Base, onec: OnecAccounting
) -> None:
    order = await base.ordered(held=HeldState.HELD)
    link = (await onec.submit(order, None)).link
    await onec.submit(replace(order, held=None, revision=2), link)
    document = await base.order(str(order.id))
    assert (document["posted"], HELD in document["comment"]) == (False, False)


async def test_unchecked_it_waits_with_other_words(base: Base) -> None:
    order = await base.ordered(held=HeldState.UNCHECKED)
    assert (await base.accounting(post_orders=True).submit(order, None)).link.posted is False
    assert "НЕ ВІДВАНТАЖУВАТИ, борги ще не перевірено" in (await base.order(str(order.id)))["comment"]


@pytest.mark.parametrize(("action", "code"), [("post", "posted"), ("lines", "changed_there")])
async def test_what_a_manager_did_with_it_meanwhile_stays(base: Base, action: str, code: str) -> None:
    onec = base.accounting(post_orders=True)
    order = await base.ordered((MILK, "12"), held=HeldState.HELD)
    link = (await onec.submit(order, None)).link
    await base.act(str(order.id), action, **({"lines": [{"line": 1, "quantity": "6"}]} if action == "lines" else {}))
    with pytest.raises(Rejected) as caught:
        await onec.submit(replace(order, held=None, revision=2), link)
    assert caught.value.code == code
    assert HELD in (await base.order(str(order.id)))["comment"]


async def test_a_change_of_an_order_of_the_office_that_is_held_says_so_before_their_comment(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order, link = await entered(base, onec)
    link = (await onec.submit(replace(order, held=HeldState.HELD), link)).link
    document = await base.raw(f"{DOCUMENT}(guid'{order.id}')")
    assert document["Комментарий"] == (
        f"Комора K-000123 зм. 2; змінено через Комору: {HELD}, До 9:00, тихо; Ключ у сусідів; набрати"
    )
    handed = await onec.submit(replace(order, note="", revision=3), link)
    document = await base.raw(f"{DOCUMENT}(guid'{order.id}')")
    assert document["Комментарий"] == "Комора K-000123 зм. 3; змінено через Комору; Ключ у сусідів; набрати"
    assert handed.link.posted is False


async def test_an_order_that_is_posted_already_is_left_to_the_managers(base: Base) -> None:
    onec = base.accounting(post_orders=True)
    order = await base.ordered()
    link = (await onec.submit(order, None)).link
    with pytest.raises(Rejected) as caught:
        await onec.submit(replace(order, held=HeldState.HELD, revision=2), link)
    assert caught.value.code == "posted"

"""Two at one held order, or one limit, at one moment, on PostgreSQL."""

import asyncio

import pytest

from bot.domain.credit import HeldState, Released
from tests.db.people import OLENA, RANOK, turn
from tests.services.backroom import TUESDAY
from tests.services.cashbox import Cashbox
from tests.services.holding import SUM, Holding
from tests.services.test_at_once import Office, books, office

__all__ = ["books", "office"]


@pytest.fixture
async def holding(office: Office) -> Holding:
    await office.room.sign_in(OLENA, "telegram", "1")
    holding = Holding(Cashbox(office.room))
    await holding.limit("1500.00")
    await holding.owes("600.00", "400.00")
    return holding


async def test_two_managers_release_an_order_once_and_both_read_whose_word_it_was(holding: Holding) -> None:
    order_id = await holding.places()
    views = await asyncio.gather(*(holding.releases(order_id, by, revision=1) for by in ("Оксана", "Петро")))
    assert len({view.held.released_by for view in views}) == 1
    assert (await holding.room.order(order_id)).revision == 2


async def test_two_changes_at_one_moment_do_not_take_the_same_room(office: Office, holding: Holding) -> None:
    await holding.limit("2000.00")
    first, second = await holding.places("100.00"), await holding.places("100.00")
    await office.meanwhile(lambda tx: holding.change_in(tx, first, "600.00"), holding.changes(second, "600.00"))
    assert (await holding.is_held(first), await holding.is_held(second)) == (None, HeldState.HELD)


async def test_a_change_is_not_confirmed_into_room_that_is_being_taken(office: Office, holding: Holding) -> None:
    await holding.limit("2500.00")
    first, second = await holding.places("100.00"), await holding.places("100.00")
    await holding.ordering.amend(turn(), RANOK, second, "uk")
    cart = await holding.carts.choose_date(turn(), RANOK, TUESDAY, "uk")
    assert cart is not None
    order = await office.meanwhile(
        lambda tx: holding.change_in(tx, first, "600.00"),
        holding.ordering.place(turn(), RANOK, OLENA, cart.id, cart.version, cart.total.kopiykas),
    )
    assert (order.total, order.held) == (SUM, HeldState.HELD)
    assert await holding.is_held(first) is None


async def test_a_manager_and_a_payment_let_it_go_once(office: Office, holding: Holding) -> None:
    order_id = await holding.places()
    link = await holding.held.pay(holding.turn(), RANOK, order_id)
    await holding.cashbox.pays(link.asked.link.token)
    await asyncio.gather(holding.looks_again(), holding.releases(order_id, revision=1), return_exceptions=True)
    order = await holding.room.order(order_id)
    assert (order.held, order.revision) == (None, 2)
    assert (await holding.seen(order_id)).held.released in (Released.OPENED, Released.STAFF)

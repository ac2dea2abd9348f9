"""Orders that the credit gate holds: taken and kept, told of, and on their way as soon as it opens."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.accounting import Subject
from bot.domain.credit import CreditRules, HeldState, Released
from bot.domain.errors import Forbidden, NotFound, Outdated, Refused
from bot.domain.money import Money
from bot.domain.order import State
from tests.db.people import ANDRII, DNIPRO, RANOK, turn
from tests.services.cashbox import Cashbox
from tests.services.holding import HOLDS, SUM, Holding
from tests.services.test_receivables_in import debt

HELD, UNCHECKED = HeldState.HELD, HeldState.UNCHECKED


@pytest.fixture
async def holding(cashbox: Cashbox) -> Holding:
    """A limit of 1500 and debts of 1000, none late; on each database in turn."""
    holding = Holding(cashbox)
    holding.room.ledger.posts = True
    await holding.limit("1500.00")
    await holding.owes("600.00", "400.00")
    return holding


# --- held -------------------------------------------------------------------------------------------------------------


async def test_an_order_that_fits_is_posted_as_ever(holding: Holding) -> None:
    order_id = await holding.places("500.00")
    await holding.room.submit()
    assert (await holding.is_held(order_id), await holding.document(order_id)) == (None, (True, "до 10"))
    assert await holding.staff() == []
    with pytest.raises(NotFound):
        await holding.seen(order_id)


async def test_an_order_over_the_limit_is_kept_and_goes_to_1c_unposted_with_the_reason(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    assert await holding.is_held(order_id) is HELD
    assert await holding.document(order_id) == (False, "held: до 10")
    assert await holding.enough(order_id) == Money.of("649.60")
    assert (await holding.room.order(order_id)).state is State.PLACED


async def test_an_order_of_somebody_who_is_late_is_held_for_what_is_late(holding: Holding) -> None:
    await holding.owes("600.00", "400.00", late=True)
    order_id = await holding.places("100.00")
    assert (await holding.is_held(order_id), await holding.enough(order_id)) == (HELD, Money.of(1000))


async def test_of_two_reasons_the_larger_sum_is_asked_for(holding: Holding) -> None:
    await holding.owes("600.00", "400.00", late=True)
    order_id = await holding.places()
    view = await holding.held.look(RANOK, await holding.room.order(order_id))
    assert view is not None
    assert (view.trouble.over, view.trouble.late, view.trouble.enough) == (
        Money.of("649.60"), Money.of(1000), Money.of(1000),
    )  # fmt: skip


async def test_the_managers_and_those_who_pay_are_told_but_not_who_sees_it_on_the_screen(holding: Holding) -> None:
    await holding.room.sign_in(ANDRII, "telegram", "2")
    order_id = await holding.places()
    assert await holding.room.told() == [("telegram:2", "order_held", str(order_id))]
    assert await holding.staff() == ["credit_held"]


async def test_who_only_orders_learns_no_sums_and_has_nothing_to_press(holding: Holding) -> None:
    order_id = await holding.places()
    view = await holding.held.look(replace(RANOK, pays=False), await holding.room.order(order_id))
    assert view is not None
    assert (view.may_see, view.payable) == (False, False)
    with pytest.raises(Forbidden):
        await holding.held.pay(turn(), replace(RANOK, pays=False), order_id)
    with pytest.raises(NotFound):
        await holding.held.pay(turn(), DNIPRO, order_id)


@pytest.mark.parametrize("rules", [CreditRules(), CreditRules(on=True)])
async def test_where_the_gate_does_not_hold_every_order_goes(cashbox: Cashbox, rules: CreditRules) -> None:
    holding = Holding(cashbox, rules)
    await holding.limit("0.00")
    await holding.owes("600.00", late=True)
    order_id = await holding.places()
    assert (await holding.is_held(order_id), await holding.staff()) == (None, [])


async def test_orders_that_are_held_take_no_room_from_each_other(holding: Holding) -> None:
    first, second = await holding.places(), await holding.places()
    assert [await holding.enough(one) for one in (first, second)] == [Money.of("649.60")] * 2
    await holding.pays(first)
    assert (await holding.is_held(first), await holding.is_held(second)) == (None, HELD)
    assert await holding.enough(second) == SUM


# --- paid -------------------------------------------------------------------------------------------------------------


async def test_paying_what_is_asked_lets_it_go_and_1c_posts_it(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    await holding.pays(order_id)
    assert await holding.is_held(order_id) is None
    assert await holding.room.submit() == 1
    assert await holding.document(order_id) == (True, "до 10")
    view = await holding.seen(order_id)
    assert (view.held.released, view.held.released_by) == (Released.OPENED, "")
    assert [(told.kind, told.about) for told in await holding.room.told() if told.kind == "order_released"] == [
        ("order_released", str(order_id))
    ]
    assert await holding.staff() == ["credit_held", "credit_released"]


async def test_where_paying_debts_is_not_enough_one_link_asks_the_rest_in_advance(holding: Holding) -> None:
    fits = await holding.places("450.00")
    order_id = await holding.places("1200.00")
    other = await holding.places("200.00")
    await holding.limit("100.00")
    assert await holding.enough(order_id) == Money.of(2550)
    link = await holding.held.pay(turn(), RANOK, order_id)
    assert [(ask.row.target.document, ask.row.target.order_id, ask.due) for ask in link.asked.asks] == [
        ("d1", None, Money.of(600)), ("d2", None, Money.of(400)),
        (None, order_id, Money.of(1200)), (None, fits, Money.of(350)),
    ]  # fmt: skip
    await holding.pays(order_id)
    assert [await holding.is_held(one) for one in (fits, order_id, other)] == [None, None, HELD]


async def test_a_kopiyka_less_does_not_let_it_go(holding: Holding) -> None:
    order_id = await holding.places()
    link = await holding.cashbox.pay_sum("649.59")
    await holding.cashbox.pays(link.asked.link.token)
    assert await holding.looks_again() == 1
    assert (await holding.is_held(order_id), await holding.enough(order_id)) == (HELD, Money(1))


async def test_a_payment_that_1c_tells_of_lets_it_go(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.owes("350.40")
    assert await holding.is_held(order_id) is None


async def test_a_limit_that_1c_raises_lets_it_go_with_the_next_debts(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.limit("5000.00")
    await holding.owes("600.00", "400.00")
    assert await holding.is_held(order_id) is None


async def test_what_was_paid_ahead_for_one_order_is_no_room_for_another(holding: Holding) -> None:
    await holding.limit("0.00")
    await holding.owes()
    first = await holding.places("300.00")
    await holding.pays(first)
    assert await holding.is_held(first) is None
    await holding.room.submit()
    await holding.cashbox.hands()
    await holding.cashbox.accountant_posts()
    holding.room.later(minutes=15)
    await holding.cashbox.owes(debt("paid-ahead", "-300.00"))
    second = await holding.places("300.00")
    assert (await holding.is_held(second), await holding.enough(second)) == (HELD, Money.of(300))


async def test_paid_while_1c_is_silent_it_goes_on_and_is_posted_when_1c_is_back(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    holding.room.later(hours=5)
    await holding.pays(order_id)
    assert await holding.is_held(order_id) is None
    assert await holding.document(order_id) == (False, "held: до 10")
    await holding.room.submit()
    assert await holding.document(order_id) == (True, "до 10")


async def test_where_it_was_paid_after_the_cut_off_it_comes_on_the_next_day_there_is(holding: Holding) -> None:
    order_id = await holding.places()
    holding.room.later(days=1)
    await holding.pays(order_id)
    assert (await holding.room.order(order_id)).delivery_date == date(2026, 11, 25)


async def test_a_button_that_is_too_late_makes_no_link(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.pays(order_id)
    with pytest.raises(Outdated):
        await holding.held.pay(turn(), RANOK, order_id)


# --- released ---------------------------------------------------------------------------------------------------------


async def test_a_manager_releases_it_and_who_comes_second_sees_who_did(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    await holding.releases(order_id, "Оксана")
    holding.room.later(minutes=1)
    view = await holding.releases(order_id, "Петро", revision=1)
    assert (view.held.released, view.held.released_by) == (Released.STAFF, "Оксана")
    assert view.held.released_at == holding.room.clock().replace(minute=0)
    assert await holding.room.submit() == 1
    assert await holding.document(order_id) == (True, "до 10")
    assert await holding.staff() == ["credit_held"]
    assert "order_released" in [told.kind for told in await holding.room.told()]


async def test_a_manager_releases_what_they_saw(holding: Holding) -> None:
    order_id = await holding.places()
    with pytest.raises(Outdated):
        await holding.releases(order_id, revision=7)
    assert await holding.is_held(order_id) is HELD


async def test_a_managers_word_holds_while_the_order_is_not_worth_more(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.releases(order_id)
    await holding.changes(order_id, "1149.60")
    assert await holding.is_held(order_id) is None
    await holding.changes(order_id, "1149.61")
    assert await holding.is_held(order_id) is HELD
    assert await holding.staff() == ["credit_held", "credit_held"]


async def test_the_summary_of_a_change_says_nothing_where_a_managers_word_holds(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.releases(order_id)
    assert await holding.summary(order_id, "1149.60") is None
    larger = await holding.summary(order_id, "1149.61")
    assert larger is not None and larger.holds


async def test_what_went_by_itself_is_judged_anew_when_it_is_changed(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.owes("100.00")
    await holding.owes("600.00", "400.00")
    assert await holding.is_held(order_id) is None
    await holding.changes(order_id, "1149.60")
    assert await holding.is_held(order_id) is HELD


async def test_an_order_that_was_released_counts_for_the_next(holding: Holding) -> None:
    first, second = await holding.places(), await holding.places("100.00")
    assert await holding.is_held(second) is None
    await holding.releases(first)
    assert await holding.is_held(await holding.places("100.00")) is HELD


async def test_shipped_from_1c_it_is_not_held_any_more_and_nothing_is_sent_over_it(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    await holding.ships(order_id)
    await holding.room.pull(Subject.ORDERS)
    view = await holding.seen(order_id)
    assert (view.order.state, view.order.held, view.held.released) == (State.SHIPPED, None, Released.THERE)
    await holding.owes()
    assert (await holding.room.submit(), await holding.room.differences()) == (0, [])


async def test_where_a_manager_changed_the_document_it_is_not_written_over_when_it_is_released(
    holding: Holding,
) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    holding.room.ledger.change((await holding.room.link(order_id)).ref, note="дзвонили")
    await holding.releases(order_id)
    await holding.room.submit()
    assert await holding.document(order_id) == (False, "дзвонили")
    assert [found.kind.value for found in await holding.room.differences()] == ["changed_there"]


# --- changed and cancelled --------------------------------------------------------------------------------------------


async def test_made_smaller_it_goes_on(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.changes(order_id, "500.00")
    assert await holding.is_held(order_id) is None
    assert await holding.staff() == ["credit_held", "credit_released"]


async def test_an_order_that_went_and_grows_is_held(holding: Holding) -> None:
    order_id = await holding.places("500.00")
    await holding.changes(order_id, "500.01")
    assert (await holding.is_held(order_id), await holding.staff()) == (HELD, ["credit_held"])


async def test_a_held_order_is_cancelled_and_does_not_come_back(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.room.submit()
    assert (await holding.cancels(order_id)).held is None
    await holding.room.submit()
    await holding.owes()
    view = await holding.releases(order_id, revision=1)
    assert (view.order.state, view.held.released) == (State.CANCELLED, Released.CANCELLED)
    assert (await holding.stands(order_id), await holding.room.submit()) == (State.CANCELLED, 0)


async def test_a_held_order_is_changeable_after_the_cut_off_because_nothing_of_it_has_begun(holding: Holding) -> None:
    held, goes = await holding.places(), await holding.places("100.00")
    holding.room.later(days=1)
    assert [
        holding.ordering.changeable(await holding.room.order(one), holding.turn()) for one in (held, goes)
    ] == [True, False]  # fmt: skip
    await holding.cancels(held)
    with pytest.raises(Refused, match="cutoff_passed"):
        await holding.cancels(goes)


async def test_an_order_that_is_cancelled_makes_room_for_one_that_is_held(holding: Holding) -> None:
    takes_room = await holding.places("500.00")
    order_id = await holding.places("400.00")
    assert await holding.is_held(order_id) is HELD
    await holding.cancels(takes_room)
    assert await holding.is_held(order_id) is None


# --- old debts --------------------------------------------------------------------------------------------------------


async def test_on_old_debts_nothing_is_held_but_it_goes_to_1c_unposted_until_they_are_read(holding: Holding) -> None:
    holding.room.later(hours=3)
    fits, does_not = await holding.places("500.00"), await holding.places()
    assert [await holding.is_held(one) for one in (fits, does_not)] == [UNCHECKED, UNCHECKED]
    assert (await holding.staff(), await holding.room.told()) == ([], [])
    await holding.room.submit()
    assert await holding.document(fits) == (False, "unchecked: до 10")
    assert await holding.looks_again() == 0
    await holding.owes("600.00", "400.00")
    assert [await holding.is_held(one) for one in (fits, does_not)] == [None, HELD]
    await holding.room.submit()
    assert [await holding.document(one) for one in (fits, does_not)] == [(True, "до 10"), (False, "held: до 10")]
    assert [told.kind for told in await holding.room.told()] == ["order_held"]
    assert await holding.staff() == ["credit_held"]


async def test_a_payment_on_old_debts_does_not_judge_what_could_not_be_checked(holding: Holding) -> None:
    holding.room.later(hours=3)
    order_id = await holding.places()
    link = await holding.cashbox.pay_sum("1.00")
    await holding.cashbox.pays(link.asked.link.token)
    assert await holding.looks_again() == 1
    assert (await holding.is_held(order_id), await holding.staff()) == (UNCHECKED, [])


async def test_what_was_held_stays_held_when_it_is_changed_on_old_debts(holding: Holding) -> None:
    order_id = await holding.places()
    holding.room.later(hours=3)
    await holding.changes(order_id, "1200.00")
    assert await holding.is_held(order_id) is HELD


async def test_where_no_debts_ever_came_nothing_is_held(cashbox: Cashbox) -> None:
    holding = Holding(cashbox)
    await holding.limit("0.00")
    assert await holding.is_held(await holding.places()) is None


async def test_switched_over_to_warnings_everything_that_waited_goes_on(holding: Holding, cashbox: Cashbox) -> None:
    order_id = await holding.places()
    warning = Holding(cashbox, replace(HOLDS, holds=False))
    await warning.owes("600.00", "400.00")
    assert await warning.is_held(order_id) is None


async def test_looked_at_twice_it_goes_on_once(holding: Holding) -> None:
    order_id = await holding.places()
    await holding.pays(order_id)
    await holding.room.books.write(holding.gate.examine, RANOK.id)
    order = await holding.room.order(order_id)
    assert (order.revision, await holding.staff()) == (2, ["credit_held", "credit_released"])

"""Giving money back, taking what is held, letting it go: once, whatever is lost on the way, and kept who asked."""

from asyncio import gather
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.models import MoneyMove
from bot.domain.errors import NotFound, Outdated, Refused, Unavailable
from bot.domain.job import Postponed
from bot.domain.money import ZERO, Money
from bot.domain.money_move import DONE, LAGS, MOVED_ELSEWHERE, UNCLEAR, MoveKind, MoveView, Reason
from bot.domain.payment import GatewayState, Outcome, PayState
from bot.services.money_moves import Wanted
from bot.services.payments import CHECK
from tests.services.backroom import Told
from tests.services.cashbox import OKSANA, PETRO, PUBLIC, Cashbox

SUM = Money.of("1149.60")
PART = Wanted(MoveKind.REFUND, Money.of("149.60"), ZERO, "g", "Брак або недовіз")
ALL = Wanted(MoveKind.REFUND, SUM, ZERO, "c", "Замовлення скасовано")
TAKE = Wanted(MoveKind.SETTLE, SUM, ZERO)
LET_GO = Wanted(MoveKind.RELEASE, SUM, ZERO)


@pytest.fixture
async def paid(cashbox: Cashbox) -> str:
    """The reference of an order's payment."""
    return await cashbox.pays(await cashbox.for_order(await cashbox.room.handed()))


@pytest.fixture
async def held(cashbox: Cashbox) -> str:
    reference = await cashbox.start(await cashbox.for_order(await cashbox.room.handed()))
    await cashbox.says(reference, Outcome.HELD)
    return reference


async def moves_at_the_gateway(cashbox: Cashbox) -> list[tuple[str, int, str]]:
    return [(operation, kopiykas, reason) for operation, _, kopiykas, reason in cashbox.gateway.moved]


async def ended(cashbox: Cashbox, reference: str) -> list[str | None]:
    return [move.ended for move in (await cashbox.payment(reference)).moves]


async def postponed(cashbox: Cashbox) -> None:
    with pytest.raises(Postponed):
        await cashbox.moves_on()


async def test_a_refund_goes_back_once_and_client_staff_and_1c_hear_of_it(cashbox: Cashbox, paid: str) -> None:
    await cashbox.hands()
    view = await cashbox.asks(paid, PART)
    assert view.open_move is not None
    assert await cashbox.moves_on() == 1
    assert await moves_at_the_gateway(cashbox) == [("refund", 14_960, "Брак або недовіз")]
    view = await cashbox.payment(paid)
    assert (view.sums.kept, view.sums.refunded, view.open_move) == (Money.of(1000), Money.of("149.60"), None)
    (move,) = view.moves
    assert (move.ended, move.by, move.amount, move.reason) == (DONE, "Оксана", Money.of("149.60"), "g")
    about = str(view.id)
    assert [told.kind for told in await cashbox.room.told()] == ["order_paid", "order_refunded"]
    assert await cashbox.room.told_staff() == [Told("finance", "money", about)] * 2
    await cashbox.hands()
    back = [one.payment for one in cashbox.room.ledger.receipts.values() if one.payment.refund]
    assert [(one.amount, one.purpose) for one in back] == [
        (Money.of("149.60"), "Повернення: Оплата замовлення K-000001")
    ]


async def test_who_asked_when_and_why_is_kept(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART, PETRO)
    kept = await cashbox.room.books.read(_rows)
    assert kept == [("refund", 14_960, "g", "Брак або недовіз", "Петро", "telegram:2002", cashbox.room.clock())]


async def test_the_reason_of_a_refund_is_found_by_its_order_and_by_its_payment(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    view = await cashbox.payment(paid)
    (link,) = cashbox.gateway.charges
    order = await cashbox.room.books.read(lambda tx: tx.documents.order_named("K-000001"))
    assert order is not None
    for about in (view.id, order):
        move = await cashbox.moves.refund_of(about)
        assert move is not None
        assert move.reason == "g"
    assert link.reference == paid


async def test_two_who_press_at_once_give_back_once(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART, OKSANA)
    with pytest.raises(Outdated):
        await cashbox.asks(paid, PART, PETRO)
    with pytest.raises(Outdated):
        await cashbox.asks(paid, ALL, PETRO)
    await cashbox.moves_on()
    with pytest.raises(Outdated):
        await cashbox.asks(paid, PART, PETRO)
    assert await moves_at_the_gateway(cashbox) == [("refund", 14_960, "Брак або недовіз")]
    assert [move.by for move in (await cashbox.payment(paid)).moves] == ["Оксана"]


async def test_of_two_who_ask_in_the_same_moment_one_is_heard(cashbox: Cashbox, paid: str) -> None:
    asked = await gather(
        *(cashbox.asks(paid, PART, who) for who in (OKSANA, PETRO, OKSANA, PETRO)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in asked) == ["Outdated"] * 3 + ["PaymentView"]
    await cashbox.moves_on()
    assert len(cashbox.gateway.moved) == 1


async def test_the_rest_can_go_back_after_a_part(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    rest = Wanted(MoveKind.REFUND, Money.of(1000), Money.of("149.60"), "m", "Помилково")
    await cashbox.asks(paid, rest)
    await cashbox.moves_on()
    view = await cashbox.payment(paid)
    assert (view.sums.kept, view.outcome) == (ZERO, Outcome.REFUNDED)


@pytest.mark.parametrize(
    ("sum_", "code"), [("1149.61", "more_than_kept"), ("0", "not_positive"), ("-1", "not_positive")]
)
async def test_a_sum_that_cannot_go_back_is_refused(cashbox: Cashbox, paid: str, sum_: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        await cashbox.asks(paid, Wanted(MoveKind.REFUND, Money.of(sum_), ZERO))
    assert (await cashbox.payment(paid)).moves == []


async def test_what_was_never_paid_cannot_go_back(cashbox: Cashbox) -> None:
    reference = await cashbox.start(await cashbox.for_order(await cashbox.room.handed()))
    with pytest.raises(Refused, match="more_than_kept"):
        await cashbox.asks(reference, PART)
    with pytest.raises(Outdated):
        await cashbox.asks(reference, TAKE)
    with pytest.raises(NotFound):
        await cashbox.moves.named("K-000001-9-nobody")


async def test_a_lost_answer_is_looked_for_and_not_asked_for_again(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.loses = "after"
    await postponed(cashbox)
    assert await cashbox.moves_on() == 1
    assert len(cashbox.gateway.moved) == 1
    assert (await ended(cashbox, paid), (await cashbox.payment(paid)).sums.refunded) == ([DONE], Money.of("149.60"))


async def test_an_answer_lost_without_a_trace_is_told_and_never_repeated_by_itself(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.loses = "before"
    await postponed(cashbox)
    cashbox.room.later(minutes=5)
    await postponed(cashbox)
    cashbox.room.later(minutes=20)
    assert await cashbox.moves_on() == 1
    assert len(cashbox.gateway.moved) == 1
    assert await ended(cashbox, paid) == [UNCLEAR]
    assert len(await cashbox.room.told_staff()) == 2
    cashbox.gateway.loses = None
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    assert await ended(cashbox, paid) == [UNCLEAR, DONE]


async def test_who_died_after_the_call_finds_it_done(cashbox: Cashbox, paid: str, monkeypatch: Any) -> None:
    await cashbox.asks(paid, PART)

    looked, calls = cashbox.moves._is_over, count()

    async def dies_at_the_second(move: MoveView, state: GatewayState | None) -> bool:
        if next(calls):
            raise RuntimeError("killed")
        return await looked(move, state)

    with monkeypatch.context() as patch:
        patch.setattr(cashbox.moves, "_is_over", dies_at_the_second)
        with pytest.raises(RuntimeError):
            await cashbox.moves_on()
    await cashbox.moves_on()
    assert len(cashbox.gateway.moved) == 1
    assert await ended(cashbox, paid) == [DONE]


async def test_a_gateway_that_did_not_hear_is_asked_again(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.silent = True
    with pytest.raises(Unavailable):
        await cashbox.moves_on()
    cashbox.gateway.silent = False
    cashbox.gateway.deaf = True
    with pytest.raises(Unavailable):
        await cashbox.moves_on()
    cashbox.gateway.deaf = False
    await cashbox.moves_on()
    assert (len(cashbox.gateway.moved), await ended(cashbox, paid)) == (1, [DONE])


async def test_a_refusal_is_told_and_leaves_the_money_where_it_is(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.refuses = "1136"
    await cashbox.moves_on()
    view = await cashbox.payment(paid)
    assert ([move.ended for move in view.moves], view.sums.kept) == (["1136"], SUM)
    assert (await cashbox.room.told_staff())[-1] == Told("finance", "money", str(view.id))
    assert [told.kind for told in await cashbox.room.told()] == ["order_paid"]


async def test_a_refund_that_waits_for_the_balance_is_waited_for(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.waits = True
    await postponed(cashbox)
    cashbox.gateway.say(paid, Outcome.UNDER_WAY)
    cashbox.room.later(days=1)
    await postponed(cashbox)
    cashbox.gateway.say(paid, Outcome.PAID, refunded=Money.of("149.60"))
    await cashbox.moves_on()
    assert (len(cashbox.gateway.moved), await ended(cashbox, paid)) == (1, [DONE])


async def test_what_went_back_in_the_cabinet_first_is_not_given_back_again(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, ALL)
    cashbox.gateway.say(paid, Outcome.PAID, refunded=Money.of(500))
    await cashbox.moves_on()
    view = await cashbox.payment(paid)
    assert cashbox.gateway.moved == []
    assert ([move.ended for move in view.moves], view.sums.refunded) == ([MOVED_ELSEWHERE], Money.of(500))


# --- what is held -----------------------------------------------------------------------------------------------------


async def test_staff_hear_of_a_held_sum_and_nobody_pays_a_second_time(cashbox: Cashbox, held: str) -> None:
    view = await cashbox.payment(held)
    assert await cashbox.room.told_staff() == [Told("finance", "held", str(view.id))]
    assert (view.outcome, view.amount, view.held_since) == (Outcome.HELD, SUM, cashbox.room.clock())
    assert await cashbox.room.told() == []
    token = await cashbox.for_order(await _order(cashbox))
    assert await cashbox.state(token) is PayState.UNDER_WAY


async def test_a_held_sum_that_the_gateway_forgets_for_a_while_is_still_held(cashbox: Cashbox, held: str) -> None:
    known = cashbox.gateway.states.pop(held)
    cashbox.room.later(days=3)
    await cashbox.room.books.write(cashbox.payments._remind)
    await cashbox.room.run(CHECK, cashbox.payments.check)
    view = await cashbox.payment(held)
    assert (view.outcome, view.held_since) == (Outcome.HELD, cashbox.room.clock() - timedelta(days=3))
    cashbox.gateway.states[held] = known
    await cashbox.asks(held, TAKE)
    await cashbox.moves_on()
    assert (await cashbox.payment(held)).sums.kept == SUM


async def test_a_held_sum_is_taken_once(cashbox: Cashbox, held: str) -> None:
    await cashbox.asks(held, TAKE)
    with pytest.raises(Outdated):
        await cashbox.asks(held, LET_GO, PETRO)
    await cashbox.moves_on()
    view = await cashbox.payment(held)
    assert (view.sums.kept, view.held_since, await moves_at_the_gateway(cashbox)) == (
        SUM, None, [("settle", 114_960, "")],
    )  # fmt: skip
    assert [told.kind for told in await cashbox.room.told()] == ["order_paid"]


async def test_a_held_sum_that_is_let_go_was_never_paid(cashbox: Cashbox, held: str) -> None:
    await cashbox.asks(held, LET_GO)
    await cashbox.moves_on()
    view = await cashbox.payment(held)
    assert (view.sums.charged, view.outcome, await ended(cashbox, held)) == (ZERO, Outcome.EXPIRED, [DONE])
    assert (await cashbox.room.told(), await cashbox.hands()) == ([], 0)
    assert await cashbox.state(await cashbox.for_order(await _order(cashbox))) is PayState.UNPAID


async def test_a_lost_answer_to_taking_is_looked_for(cashbox: Cashbox, held: str) -> None:
    await cashbox.asks(held, TAKE)
    cashbox.gateway.loses = "after"
    await postponed(cashbox)
    await cashbox.moves_on()
    assert (len(cashbox.gateway.moved), await ended(cashbox, held)) == (1, [DONE])


async def test_what_nobody_takes_or_lets_go_is_reminded_of_once_a_day(cashbox: Cashbox, held: str) -> None:
    await cashbox.room.books.write(cashbox.payments._remind)
    assert len(await cashbox.room.told_staff()) == 1
    cashbox.room.later(hours=5)
    for _ in range(2):
        await cashbox.room.books.write(cashbox.payments._remind)
    cashbox.room.clock.moment += timedelta(days=1)
    await cashbox.room.books.write(cashbox.payments._remind)
    assert [told.kind for told in await cashbox.room.told_staff()] == ["held"] * 3
    cashbox.gateway.say(held, Outcome.REFUNDED)
    await cashbox.room.run(CHECK, cashbox.payments.check)
    cashbox.room.clock.moment += timedelta(days=1)
    await cashbox.room.books.write(cashbox.payments._remind)
    assert len(await cashbox.room.told_staff()) == 3


async def _order(cashbox: Cashbox) -> Any:
    return await cashbox.room.books.read(lambda tx: tx.documents.order_named("K-000001"))


def _rows(tx: Any) -> list[tuple[object, ...]]:
    rows = tx._connection.execute(select(MoneyMove.__table__)).all()
    return [
        (row.kind, row.amount.kopiykas, row.reason, row.comment, row.by_name, row.by_account, row.asked_at)
        for row in rows
    ]


async def test_what_one_order_was_paid_too_much_goes_back_once_whichever_payment_is_pressed(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.place()
    _, address = await cashbox.payments.offer(await cashbox.room.order(order_id))
    assert address is not None
    token = address.removeprefix(f"{PUBLIC}/pay/")
    first, second = await cashbox.start(token), await cashbox.start(token)
    for reference in (first, second):
        await cashbox.says(reference, Outcome.PAID)
    over = (await cashbox.payment(first)).surplus
    assert over == (await cashbox.payment(second)).surplus == Money.of("1149.60")
    twice = Wanted(MoveKind.REFUND, over, ZERO, Reason.TWICE.value)
    await cashbox.asks(first, twice)
    with pytest.raises(Outdated):
        await cashbox.asks(second, twice)
    await cashbox.moves_on()
    with pytest.raises(Outdated):
        await cashbox.asks(second, twice)
    assert (await cashbox.payments.paid(order_id)).kept == over


# --- what the gateway has done and does not show yet ------------------------------------------------------------------


async def test_while_the_first_refund_does_not_show_the_second_waits_and_is_then_made_once(
    cashbox: Cashbox, paid: str
) -> None:
    cashbox.gateway.lags = cashbox.gateway.states[paid]
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    second = Wanted(MoveKind.REFUND, Money.of(100), Money.of("149.60"), "m", "Помилково")
    await cashbox.asks(paid, second)
    await postponed(cashbox)
    assert [one[1] for one in await moves_at_the_gateway(cashbox)] == [14_960]
    cashbox.gateway.lags = None
    await cashbox.moves_on()
    assert [one[1] for one in await moves_at_the_gateway(cashbox)] == [14_960, 10_000]
    assert await ended(cashbox, paid) == [DONE, DONE]
    assert (await cashbox.payment(paid)).sums.kept == Money.of(900)


async def test_a_refund_that_never_shows_lets_no_other_be_made_and_staff_hear_of_that(
    cashbox: Cashbox, paid: str
) -> None:
    cashbox.gateway.lags = cashbox.gateway.states[paid]
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    await cashbox.asks(paid, Wanted(MoveKind.REFUND, Money.of(100), Money.of("149.60"), "m", "Помилково"))
    await postponed(cashbox)
    cashbox.room.later(hours=2)
    await cashbox.moves_on()
    assert await ended(cashbox, paid) == [DONE, LAGS]
    assert len(cashbox.gateway.moved) == 1
    view = await cashbox.payment(paid)
    assert (await cashbox.room.told_staff())[-1] == Told("finance", "money", str(view.id))
    with pytest.raises(Refused, match="more_than_kept"):
        await cashbox.asks(paid, Wanted(MoveKind.REFUND, SUM, Money.of("149.60")))


async def test_a_second_refund_whose_answer_was_lost_is_not_called_elsewhere_while_the_first_does_not_show(
    cashbox: Cashbox, paid: str
) -> None:
    before = cashbox.gateway.states[paid]
    await cashbox.asks(paid, PART)
    await cashbox.moves_on()
    await cashbox.asks(paid, Wanted(MoveKind.REFUND, Money.of(100), Money.of("149.60"), "m", "Помилково"))
    cashbox.gateway.loses = "after"
    await postponed(cashbox)
    cashbox.gateway.lags = before
    await postponed(cashbox)
    cashbox.gateway.lags = None
    await cashbox.moves_on()
    assert (len(cashbox.gateway.moved), await ended(cashbox, paid)) == (2, [DONE, DONE])


async def test_an_accepted_refund_that_does_not_show_is_waited_for_and_counts_as_given_back(
    cashbox: Cashbox, paid: str
) -> None:
    await cashbox.asks(paid, PART)
    cashbox.gateway.waits = True
    await postponed(cashbox)
    for _ in range(3):
        cashbox.room.later(hours=5)
        await postponed(cashbox)
    view = await cashbox.payment(paid)
    assert (view.on_the_way, view.refundable, view.gone) == (Money.of("149.60"), Money.of(1000), Money.of("149.60"))
    with pytest.raises(Outdated):
        await cashbox.asks(paid, PART, PETRO)
    with pytest.raises(Refused, match="more_than_kept"):
        await cashbox.asks(paid, Wanted(MoveKind.REFUND, SUM, view.gone), PETRO)
    cashbox.gateway.say(paid, Outcome.PAID, refunded=Money.of("149.60"))
    await cashbox.moves_on()
    view = await cashbox.payment(paid)
    assert (view.on_the_way, view.refundable, await ended(cashbox, paid)) == (ZERO, Money.of(1000), [DONE])


async def test_the_surplus_is_less_by_what_is_on_its_way_back(cashbox: Cashbox) -> None:
    token = await cashbox.for_order(await cashbox.room.handed())
    first, second = await cashbox.start(token), await cashbox.start(token)
    for reference in (first, second):
        await cashbox.says(reference, Outcome.PAID)
    await cashbox.asks(first, Wanted(MoveKind.REFUND, SUM, ZERO, Reason.TWICE.value))
    cashbox.gateway.waits = True
    await postponed(cashbox)
    assert ((await cashbox.payment(first)).surplus, (await cashbox.payment(second)).surplus) == (ZERO, ZERO)


async def test_a_refund_in_the_cabinet_that_is_in_processing_is_waited_for(cashbox: Cashbox, paid: str) -> None:
    await cashbox.asks(paid, ALL)
    cashbox.gateway.say(paid, Outcome.UNDER_WAY)
    await postponed(cashbox)
    cashbox.gateway.say(paid, Outcome.PAID, refunded=Money.of(500))
    await cashbox.moves_on()
    assert (cashbox.gateway.moved, await ended(cashbox, paid)) == ([], [MOVED_ELSEWHERE])

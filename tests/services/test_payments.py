"""Paying an order by card: what a page shows, what an attempt brings, and who hears of it, once each."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused, Unavailable
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.domain.paying import Said, outcome, sums
from bot.domain.payment import GatewayState, Outcome, PayState
from bot.services.carts import Carts
from bot.services.money_moves import MoneyMoves
from bot.services.ordering import Ordering
from bot.services.pay_links import order_key
from bot.services.payments import CHECK, Payments
from bot.services.receipts import RECEIVE, Receipts
from tests.db.people import OLENA, RANOK, turn
from tests.services.backroom import Backroom, Told, run_of
from tests.support.desk import MONDAY_MORNING, RULES
from tests.support.gateway import CARD, Gateway

PUBLIC = "https://bot.example.ua"
SUM = Money.of("1149.60")


class Desk:
    """An order to be paid, and the gateway where it is."""

    def __init__(self, room: Backroom, order_id: UUID) -> None:
        self.room = room
        self.order_id = order_id
        self.gateway = Gateway()
        self.payments = Payments(
            room.books, self.gateway, room.clock, public_url=PUBLIC, payee="ГастроОпт", connected=True
        )

    async def token(self) -> str:
        _, address = await self.payments.offer(await self.room.order(self.order_id))
        assert address is not None
        return address.removeprefix(f"{PUBLIC}/pay/")

    async def start(self) -> str:
        """A new attempt; its reference."""
        token = await self.token()
        page = await self.payments.page(token)
        assert page is not None
        await self.payments.start(token, "uk", page.due_by_card)
        return self.gateway.charges[-1].reference

    async def told(self, reference: str) -> None:
        """A callback, and the look at the gateway that follows it."""
        await self.payments.told(self.gateway.states[reference])
        await self.room.run(CHECK, self.payments.check)

    async def pays(self) -> str:
        reference = await self.start()
        self.gateway.say(reference, Outcome.PAID)
        await self.told(reference)
        return reference

    async def id_of(self, reference: str) -> str:
        attempt = await self.room.books.read(lambda tx: tx.payments.attempt(reference))
        assert attempt is not None
        return str(attempt.id)

    async def state(self) -> PayState:
        link = await self.room.books.read(lambda tx: tx.pay_links.of(order_key(self.order_id)))
        assert link is not None
        page = await self.payments.page(link.token)
        assert page is not None
        return page.state


@pytest.fixture
async def desk(backroom: Backroom) -> Desk:
    await backroom.sign_in(OLENA, "telegram", "1")
    return Desk(backroom, await backroom.handed())


async def test_a_link_is_one_for_an_order_and_cannot_be_guessed(desk: Desk) -> None:
    token = await desk.token()
    assert len(token) == 32
    assert await desk.token() == token
    page = await desk.payments.page(token)
    assert page is not None
    assert (page.state, page.amount, page.order_number) == (PayState.UNPAID, SUM, "K-000001")
    assert page.client_name == "Кафе «Ранок»"
    assert await desk.payments.page("guessed") is None


async def test_a_paid_order_tells_the_client_the_staff_and_1c_once(desk: Desk) -> None:
    reference = await desk.pays()
    for _ in range(3):
        await desk.told(reference)
    assert await desk.room.told() == [Told("telegram:1", "order_paid", str(desk.order_id))]
    assert await desk.room.told_staff() == [Told("finance", "money", await desk.id_of(reference))]
    (receipt,) = await desk.room.jobs(RECEIVE)
    assert receipt.args == {"reference": reference, "kopiykas": SUM.kopiykas, "refunded": None}
    assert await desk.state() is PayState.PAID
    paid = await desk.payments.paid(desk.order_id)
    assert (paid.kept, paid.card) == (SUM, CARD)
    assert (await desk.payments.offer(await desk.room.order(desk.order_id)))[1] is None


async def test_a_callback_that_lies_moves_nothing(desk: Desk) -> None:
    reference = await desk.start()
    await desk.payments.told(GatewayState(reference, Outcome.PAID, SUM))
    await desk.room.run(CHECK, desk.payments.check)
    assert await desk.payments.paid(desk.order_id) == (await desk.payments.paid(UUID(int=0)))
    assert await desk.room.told() == []


async def test_a_callback_about_nothing_of_ours_is_let_be(desk: Desk) -> None:
    await desk.payments.told(GatewayState("K-1-1-x", Outcome.PAID, SUM))
    assert await desk.room.jobs(CHECK) == []


async def test_who_comes_back_before_we_know_is_not_asked_to_pay_again(desk: Desk) -> None:
    reference = await desk.start()
    assert await desk.state() is PayState.UNPAID
    await desk.payments.back(reference)
    assert await desk.state() is PayState.UNDER_WAY
    with pytest.raises(Refused, match="under_way"):
        await desk.start()
    await desk.room.run(CHECK, desk.payments.check)
    assert await desk.state() is PayState.UNPAID


async def test_where_the_gateway_stays_silent_the_link_can_be_paid_again_before_long(desk: Desk) -> None:
    await desk.payments.back(await desk.start())
    desk.room.clock.moment += timedelta(minutes=3)
    assert await desk.state() is PayState.UNPAID


async def test_staff_hear_of_a_paid_order_that_is_cancelled_afterwards(desk: Desk) -> None:
    reference = await desk.pays()
    room = desk.room
    carts = Carts(room.books, RULES, Money.of(500), room.clock)
    ordering = Ordering(room.books, carts, RULES, room.standing)
    await ordering.cancel(turn(), RANOK, OLENA, desk.order_id)
    told = await room.told_staff()
    assert told[-1] == Told("finance", "money", await desk.id_of(reference))
    assert len(told) == 2


async def test_declined_after_paid_is_still_paid(desk: Desk) -> None:
    reference = await desk.pays()
    desk.gateway.say(reference, Outcome.DECLINED)
    await desk.told(reference)
    assert await desk.state() is PayState.PAID


async def test_a_decline_leaves_the_link_open_and_every_try_has_a_reference_of_its_own(desk: Desk) -> None:
    first = await desk.start()
    desk.gateway.say(first, Outcome.DECLINED)
    await desk.told(first)
    assert await desk.state() is PayState.UNPAID
    second = await desk.pays()
    assert first != second
    assert [charge.amount for charge in desk.gateway.charges] == [SUM, SUM]
    assert await desk.state() is PayState.PAID


async def test_what_is_under_way_is_not_paid_again(desk: Desk) -> None:
    reference = await desk.start()
    desk.gateway.say(reference, Outcome.UNDER_WAY)
    await desk.told(reference)
    with pytest.raises(Refused, match="under_way"):
        await desk.payments.start(await desk.token(), "uk", SUM)


async def test_two_attempts_that_were_both_paid_are_both_kept_and_told(desk: Desk) -> None:
    first, second = await desk.start(), await desk.start()
    for reference in (first, second):
        desk.gateway.say(reference, Outcome.PAID)
        await desk.told(reference)
    paid = await desk.payments.paid(desk.order_id)
    assert paid.kept == SUM + SUM
    assert len(await desk.room.told_staff()) == 2


async def test_a_lost_callback_is_found_by_looking(desk: Desk) -> None:
    reference = await desk.start()
    desk.gateway.say(reference, Outcome.PAID)
    watch = desk.payments._look
    await desk.room.books.write(watch)
    assert await desk.room.jobs(CHECK) == []
    desk.room.later(minutes=6)
    await desk.room.books.write(watch)
    await desk.room.run(CHECK, desk.payments.check)
    assert await desk.state() is PayState.PAID


async def test_an_attempt_nobody_paid_is_not_asked_about_for_ever(desk: Desk) -> None:
    reference = await desk.start()
    desk.gateway.say(reference, Outcome.EXPIRED)
    desk.room.later(hours=2)
    await desk.room.books.write(desk.payments._look)
    await desk.room.run(CHECK, desk.payments.check)
    desk.room.later(hours=2)
    await desk.room.books.write(desk.payments._look)
    assert await desk.room.run(CHECK, desk.payments.check) == 0
    assert desk.gateway.asked == [reference]


async def test_an_attempt_that_is_paid_is_not_asked_about_any_more(desk: Desk) -> None:
    reference = await desk.pays()
    desk.room.later(hours=1)
    await desk.room.books.write(desk.payments._look)
    assert await desk.room.run(CHECK, desk.payments.check) == 0
    assert desk.gateway.asked == [reference]


async def test_a_refund_under_way_in_the_cabinet_is_asked_about_until_it_is_done(desk: Desk) -> None:
    reference = await desk.pays()
    desk.gateway.say(reference, Outcome.UNDER_WAY)
    await desk.told(reference)
    desk.gateway.say(reference, Outcome.PAID, refunded=Money.of(100))
    desk.room.later(hours=1)
    await desk.room.books.write(desk.payments._look)
    await desk.room.run(CHECK, desk.payments.check)
    assert (await desk.payments.paid(desk.order_id)).kept == SUM - Money.of(100)


async def test_a_refund_in_the_cabinet_days_later_is_known_by_its_callback(desk: Desk) -> None:
    reference = await desk.pays()
    desk.room.later(days=5)
    desk.gateway.say(reference, Outcome.PAID, refunded=Money.of(100))
    await desk.told(reference)
    assert (await desk.payments.paid(desk.order_id)).kept == SUM - Money.of(100)


async def test_staff_hear_once_of_a_payment_that_the_gateway_calls_declined_afterwards(desk: Desk) -> None:
    reference = await desk.pays()
    desk.room.later(days=3)
    desk.gateway.say(reference, Outcome.DECLINED)
    for _ in range(2):
        desk.room.later(minutes=1)
        await desk.told(reference)
    about = await desk.id_of(reference)
    assert await desk.room.told_staff() == [Told("finance", "money", about)] * 2
    moves = MoneyMoves(desk.room.books, desk.gateway, desk.room.clock)
    view = await moves.view(UUID(about))
    assert (view.disowned, view.sums.kept) == (True, SUM)
    desk.gateway.say(reference, Outcome.PAID)
    await desk.told(reference)
    assert not (await moves.view(UUID(about))).disowned


async def test_a_silent_gateway_loses_nothing(desk: Desk) -> None:
    reference = await desk.start()
    desk.gateway.say(reference, Outcome.PAID)
    desk.gateway.silent = True
    with pytest.raises(Unavailable):
        await desk.told(reference)
    desk.gateway.silent = False
    await desk.room.run(CHECK, desk.payments.check)
    assert await desk.state() is PayState.PAID


async def test_a_part_given_back_is_told_and_kept_apart(desk: Desk) -> None:
    reference = await desk.pays()
    await desk.gateway.refund(reference, Money.of("149.60"), "брак")
    await desk.told(reference)
    paid = await desk.payments.paid(desk.order_id)
    assert (paid.kept, paid.charged) == (Money.of(1000), SUM)
    assert [told.kind for told in await desk.room.told()] == ["order_paid", "order_refunded"]
    assert [(job.args["kopiykas"], job.args["refunded"]) for job in await desk.room.jobs(RECEIVE)] == [
        (SUM.kopiykas, None), (14_960, 14_960),
    ]  # fmt: skip


class Slow(Gateway):
    """While it answers, the payer goes on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    async def state(self, reference: str) -> GatewayState | None:
        said = await super().state(reference)
        self._desk.room.later(seconds=1)
        await self._desk.payments.back(reference)
        return said


async def test_what_stirs_while_the_gateway_is_asked_is_not_taken_for_read(desk: Desk) -> None:
    """The answer about a declined card comes while the same attempt is being paid with another one."""
    desk.gateway = Slow(desk)
    desk.payments = Payments(
        desk.room.books, desk.gateway, desk.room.clock, public_url=PUBLIC, payee="ГастроОпт", connected=True
    )
    reference = await desk.start()
    desk.gateway.say(reference, Outcome.DECLINED)
    await desk.payments.told(desk.gateway.states[reference])
    (check,) = await desk.room.jobs(CHECK)
    await desk.payments.check(run_of(check))
    assert await desk.state() is PayState.UNDER_WAY


async def test_a_cancelled_order_cannot_be_paid(desk: Desk) -> None:
    token = await desk.token()
    await desk.room.cancel(desk.order_id)
    assert await desk.state() is PayState.REVOKED
    with pytest.raises(Refused, match="revoked"):
        await desk.payments.start(token, "uk", SUM)
    assert desk.gateway.charges == []


async def test_a_link_outlives_its_days_only_where_it_is_opened_anew(desk: Desk) -> None:
    token = await desk.token()
    desk.room.later(days=3, minutes=1)
    page = await desk.payments.page(token)
    assert page is not None
    assert page.state is PayState.EXPIRED
    with pytest.raises(Refused, match="expired"):
        await desk.payments.start(token, "uk", SUM)
    assert await desk.token() == token
    assert await desk.payments.start(token, "uk", SUM)


async def test_what_the_order_costs_now_is_what_is_asked_for(desk: Desk) -> None:
    token = await desk.token()
    await desk.room.amend(desk.order_id)
    await desk.payments.start(token, "uk", Money.of("189.50"))
    assert desk.gateway.charges[-1].amount == Money.of("189.50")


async def test_a_payment_is_in_1c_once_with_its_order(desk: Desk) -> None:
    reference = await desk.pays()
    receipts = Receipts(desk.room.books, desk.room.ledger, desk.room.clock)
    await desk.room.run(RECEIVE, receipts.receive)
    document = await desk.room.books.read(lambda tx: tx.money.document(reference))
    assert document is not None


async def test_without_a_gateway_nobody_is_asked_to_pay(desk: Desk) -> None:
    payments = Payments(desk.room.books, None, desk.room.clock, public_url=PUBLIC, payee="ГастроОпт")
    assert (await payments.offer(await desk.room.order(desk.order_id)))[1] is None
    assert (await desk.room.order(desk.order_id)).state is State.PLACED


WORDS = st.lists(
    st.builds(
        lambda outcome_, refunded, minute: Said(
            MONDAY_MORNING + timedelta(minutes=minute),
            outcome_,
            Money(10_000),
            Money(refunded) if outcome_ is Outcome.PAID else ZERO,
        ),
        st.sampled_from(list(Outcome)),
        st.integers(0, 10_000),
        st.integers(0, 1000),
    ),
    max_size=8,
)


@given(WORDS, st.randoms())
def test_sums_do_not_depend_on_the_order_or_the_repeats_of_words(words: list[Said], chance: object) -> None:
    shuffled = [*words, *words]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (sums(shuffled).charged, sums(shuffled).refunded) == (sums(words).charged, sums(words).refunded)
    assert ZERO <= sums(words).kept <= Money(10_000)
    assert (outcome(words) in (Outcome.PAID, Outcome.REFUNDED)) == bool(sums(words).charged)

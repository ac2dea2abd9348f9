"""One link for several debts: what it asks, where the money goes, and that nobody is asked twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.db.models import Membership
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, Handed, OutgoingPayment, PaymentPart
from bot.domain.errors import Forbidden, NotFound, Outdated, Refused, Rejected
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.domain.payment import Outcome, PayState
from bot.services.balance import read_sum
from tests.db.people import ANDRII, DNIPRO, OLENA, RANOK, turn
from tests.services.backroom import Told
from tests.services.cashbox import PUBLIC, Cashbox
from tests.services.test_receivables_in import debt


def token_of(address: str) -> str:
    return address.removeprefix(f"{PUBLIC}/pay/")


async def test_debts_stand_oldest_due_first_and_the_overdue_are_named(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    view = await cashbox.balance.view(RANOK, OLENA)
    assert [(one.document, one.rest, one.overdue) for one in view.owed.debts] == [
        ("d2", Money.of(500), True), ("d1", Money.of(1000), True), ("d3", Money.of(250), False),
    ]  # fmt: skip
    assert (view.owed.total, view.owed.overdue) == (Money.of(1750), Money.of(1500))
    assert view.as_of is None


async def test_old_debts_say_of_when_they_are(cashbox: Cashbox) -> None:
    assert (await cashbox.balance.view(RANOK, OLENA)).as_of is not None
    await cashbox.three_debts()
    at = cashbox.room.clock()
    cashbox.room.later(hours=3)
    as_of = (await cashbox.balance.view(RANOK, OLENA)).as_of
    assert as_of is not None
    assert as_of.at == at


async def test_an_advance_is_told_and_is_no_debt(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"), debt("ahead", "-70.00"))
    view = await cashbox.balance.view(RANOK, OLENA)
    assert ([one.document for one in view.owed.debts], view.owed.advance) == (["d1"], Money.of(70))


async def test_one_link_pays_all_debts_each_with_its_own_part(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    link = await cashbox.pay_all()
    page = await cashbox.page(token_of(link.address))
    assert (page.state, page.due) == (PayState.UNPAID, Money.of(1750))
    assert [(one.name, one.amount) for one in page.items] == [
        ("РН-d2", Money.of(500)), ("РН-d1", Money.of(1000)), ("РН-d3", Money.of(250)),
    ]  # fmt: skip
    assert page.purpose == (
        "Оплата за товар: Накладна РН-d2 від 10.11.2026, Накладна РН-d1 від 10.11.2026, Накладна РН-d3 від 10.11.2026"
    )
    reference = await cashbox.pays(token_of(link.address))
    assert await cashbox.parts(reference) == [("d2", Money.of(500)), ("d1", Money.of(1000)), ("d3", Money.of(250))]
    assert await cashbox.owed() == []
    assert await cashbox.state(token_of(link.address)) is PayState.PAID
    about = str((await cashbox.attempt(reference)).id)
    assert await cashbox.room.told() == [Told("telegram:1", "payment_came", about)]
    assert await cashbox.room.told_staff() == [Told("finance", "money", about)]


async def test_only_what_is_chosen_is_paid(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    await cashbox.choose("d1", "d3")
    await cashbox.choose("d3", on=False)
    link = await cashbox.pay_chosen()
    assert link.asked.due == Money.of(1000)
    await cashbox.pays(token_of(link.address))
    assert await cashbox.owed() == [("d2", Money.of(500)), ("d3", Money.of(250))]


async def test_only_what_is_overdue_is_paid_as_it_was_seen(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    with pytest.raises(Outdated):
        await cashbox.balance.pay_overdue(turn(), RANOK, 175_000)
    link = await cashbox.balance.pay_overdue(turn(), RANOK, 150_000)
    await cashbox.pays(token_of(link.address))
    assert await cashbox.owed() == [("d3", Money.of(250))]
    with pytest.raises(Outdated):
        await cashbox.balance.pay_overdue(turn(), RANOK, 0)


async def test_who_may_not_see_debts_pays_nothing_overdue(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    with pytest.raises(Forbidden):
        await cashbox.balance.pay_overdue(turn(), replace(RANOK, pays=False), 150_000)


@pytest.mark.parametrize(
    ("due", "soon"),
    [(22, "0"), (23, "100"), (30, "100"), (31, "0")],
)
async def test_due_soon_is_today_and_the_seven_days_after_it(cashbox: Cashbox, due: int, soon: str) -> None:
    day = date(2026, 11, 1) + timedelta(days=due - 1)
    await cashbox.owes(debt("d1", "100.00", due=day), debt("d2", "7.00", due=None))
    assert (await cashbox.balance.view(RANOK, OLENA)).owed.due_soon == Money.of(soon)


async def test_a_typed_sum_goes_to_the_oldest_due_first(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    link = await cashbox.pay_sum("1 200,50 грн")
    await cashbox.pays(token_of(link.address))
    assert await cashbox.owed() == [("d1", Money.of("299.50")), ("d3", Money.of(250))]


async def test_a_typed_sum_goes_to_what_is_chosen_where_something_is(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    await cashbox.choose("d3")
    link = await cashbox.pay_sum("100")
    await cashbox.pays(token_of(link.address))
    assert await cashbox.owed() == [("d2", Money.of(500)), ("d1", Money.of(1000)), ("d3", Money.of(150))]
    with pytest.raises(Refused, match="more_than_owed"):
        await cashbox.pay_sum("150.01")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not_a_sum"), ("багато", "not_a_sum"), ("1e3", "not_a_sum"), ("12 000 000 000 000 000", "not_a_sum"),
        ("NaN", "not_a_sum"), ("0x10", "not_a_sum"), ("1;2", "not_a_sum"), ("-5", "not_positive"),
        ("0", "not_positive"),
        ("0,001", "not_positive"), ("1750,01", "more_than_owed"), ("999999999999999", "more_than_owed"),
    ],
)  # fmt: skip
async def test_a_sum_that_cannot_be_is_refused_and_nothing_is_made(cashbox: Cashbox, typed: str, code: str) -> None:
    await cashbox.three_debts()
    with pytest.raises(Refused, match=code):
        await cashbox.pay_sum(typed)
    assert await cashbox.room.books.read(lambda tx: tx.pay_links.of("parts")) is None
    assert len(await cashbox.owed()) == 3


@pytest.mark.parametrize(("typed", "sum_"), [("1500", "1500"), ("1 500,5 грн.", "1500.50"), ("₴99.99", "99.99")])
def test_sums_are_read_as_people_write_them(typed: str, sum_: str) -> None:
    assert read_sum(typed, Money.of(2000)) == Money.of(sum_)


async def test_what_was_seen_is_what_is_asked_or_nothing(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    with pytest.raises(Outdated):
        await cashbox.balance.pay(turn(), RANOK, OLENA, 100, chosen=False)
    with pytest.raises(Outdated):
        await cashbox.balance.pay(turn(), RANOK, OLENA, 0, chosen=True)


async def test_the_same_sums_of_the_same_debts_are_one_link(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    first = await cashbox.pay_all()
    cashbox.room.later(days=2)
    await cashbox.three_debts()
    second = await cashbox.pay_all()
    assert (first.address, second.lives_until - first.lives_until) == (second.address, timedelta(days=2))
    assert (await cashbox.pay_sum("10")).address != first.address


async def test_a_debt_that_comes_back_after_it_was_paid_gets_a_new_link(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    first = await cashbox.pay_all()
    await cashbox.pays(token_of(first.address))
    await cashbox.hands()
    await cashbox.accountant_posts()
    cashbox.room.later(minutes=1)
    await cashbox.owes(debt("d1", "1000.00"))
    second = await cashbox.pay_all()
    assert second.address != first.address
    assert await cashbox.state(token_of(second.address)) is PayState.UNPAID


async def test_a_debt_that_was_paid_in_1c_meanwhile_is_not_asked_for(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    token = token_of((await cashbox.pay_all()).address)
    await cashbox.owes(debt("d1", "300.00"))
    assert (await cashbox.page(token)).due == Money.of(300)
    await cashbox.start(token)
    assert [(item.name, item.price) for item in cashbox.gateway.charges[-1].items] == [
        ("Накладна РН-d1 від 10.11.2026, ГастроОпт", Money.of(300))
    ]
    await cashbox.owes()
    assert await cashbox.state(token) is PayState.REVOKED
    with pytest.raises(Refused, match="revoked"):
        await cashbox.start(token)


async def test_money_for_a_debt_that_was_paid_in_1c_meanwhile_is_an_advance(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    reference = await cashbox.start(token_of((await cashbox.pay_all()).address))
    await cashbox.owes(debt("d1", "400.00"))
    await cashbox.says(reference, Outcome.PAID)
    assert await cashbox.parts(reference) == [("d1", Money.of(400))]
    assert (await cashbox.payment(reference)).surplus == Money.of(600)
    await cashbox.hands()
    (receipt,) = cashbox.room.ledger.receipts.values()
    assert (receipt.payment.amount, receipt.payment.allocations) == (
        Money.of(1000), (PaymentPart(None, "d1", Money.of(400)),),
    )  # fmt: skip


async def test_before_1c_has_seen_a_payment_the_debt_is_not_asked_for_again_and_afterwards_1c_is_right(
    cashbox: Cashbox,
) -> None:
    await cashbox.three_debts()
    await cashbox.pays(token_of((await cashbox.pay_sum("700")).address))
    left = [("d1", Money.of(800)), ("d3", Money.of(250))]
    await cashbox.three_debts()
    assert await cashbox.owed() == left
    await cashbox.hands()
    await cashbox.looks()
    cashbox.room.later(minutes=1)
    await cashbox.three_debts()
    assert await cashbox.owed() == left
    await cashbox.accountant_posts()
    cashbox.room.later(minutes=1)
    await cashbox.owes(debt("d1", "800.00", due=date(2026, 11, 20)), debt("d3", "250.00", due=None))
    assert await cashbox.owed() == left
    await cashbox.owes(debt("d1", "500.00", due=date(2026, 11, 20)))
    assert await cashbox.owed() == [("d1", Money.of(500))]


async def test_a_pull_that_began_before_the_posting_is_not_taken_for_one_that_saw_it(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    await cashbox.pays(token_of((await cashbox.pay_all()).address))
    await cashbox.hands()
    began = cashbox.room.clock()
    await cashbox.accountant_posts()
    await cashbox.room.books.write(lambda tx: tx.money.seen(began, began))
    assert await cashbox.owed() == []


async def test_a_document_that_the_accountant_took_away_leaves_the_debt_to_1c(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "1000.00"))
    await cashbox.pays(token_of((await cashbox.pay_all()).address))
    await cashbox.hands()
    for ref in list(cashbox.room.ledger.receipts):
        cashbox.room.ledger.handle(ref, marked=True)
    await cashbox.looks()
    cashbox.room.later(minutes=1)
    await cashbox.owes(debt("d1", "1000.00"))
    assert await cashbox.owed() == [("d1", Money.of(1000))]


async def test_a_payment_goes_to_1c_document_by_document_and_a_refund_as_it_came(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    reference = await cashbox.pays(token_of((await cashbox.pay_sum("1400")).address))
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of(1000))
    assert await cashbox.owed() == [("d2", Money.of(100)), ("d1", Money.of(1000)), ("d3", Money.of(250))]
    await cashbox.hands()
    came, back = (one.payment for one in cashbox.room.ledger.receipts.values())
    assert came.allocations == (
        PaymentPart(None, "d2", Money.of(500)), PaymentPart(None, "d1", Money.of(900)),
    )  # fmt: skip
    assert (back.refund, back.amount, back.allocations) == (
        True, Money.of(1000), (PaymentPart(None, "d2", Money.of(100)), PaymentPart(None, "d1", Money.of(900))),
    )  # fmt: skip
    assert (came.client, came.contract) == ("ranok", None)


async def test_the_debts_own_contract_is_the_payments_where_they_share_one(cashbox: Cashbox) -> None:
    await cashbox.owes(debt("d1", "100.00", contract="k-7"), debt("d2", "100.00", contract="k-7"))
    await cashbox.pays(token_of((await cashbox.pay_all()).address))
    await cashbox.hands()
    (receipt,) = cashbox.room.ledger.receipts.values()
    assert receipt.payment.contract == "k-7"


# --- debts that come of our own orders -------------------------------------------------------------------------------


async def test_an_order_that_is_a_debt_itself_is_asked_for_once_whichever_way_it_is_paid(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    ref = (await cashbox.room.link(order_id)).ref
    await cashbox.owes(debt(ref, "1149.60"), debt("d1", "50.00"))
    view = await cashbox.balance.view(RANOK, OLENA)
    assert sorted((one.order_number, one.rest) for one in view.owed.debts) == [
        ("", Money.of(50)),
        ("K-000001", Money.of("1149.60")),
    ]
    await cashbox.pays(token_of((await cashbox.pay_all()).address))
    assert (await cashbox.payments.paid(order_id)).kept == Money.of("1149.60")
    assert (await cashbox.payments.offer(await cashbox.room.order(order_id)))[1] is None
    assert await cashbox.owed() == []


async def test_a_paid_order_is_not_asked_for_as_the_debt_of_its_shipment(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    ref = (await cashbox.room.link(order_id)).ref
    await cashbox.pays(await cashbox.for_order(order_id))
    await cashbox.owes(debt("shipped", "1149.60", order=ref), debt("other", "10.00"))
    assert await cashbox.owed() == [("other", Money.of(10))]


async def test_a_shipment_that_was_paid_is_not_asked_for_as_its_order(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    ref = (await cashbox.room.link(order_id)).ref
    token = await cashbox.for_order(order_id)
    await cashbox.owes(debt("shipped", "1149.60", order=ref))
    await cashbox.pays(token_of((await cashbox.pay_all()).address))
    assert await cashbox.state(token) is PayState.PAID
    assert (await cashbox.payments.paid(order_id)).kept == Money.of("1149.60")


async def test_while_one_link_is_under_way_another_for_the_same_waits(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    whole, part = await cashbox.pay_all(), await cashbox.pay_sum("10")
    reference = await cashbox.start(token_of(whole.address))
    await cashbox.says(reference, Outcome.UNDER_WAY)
    assert await cashbox.state(token_of(part.address)) is PayState.UNDER_WAY
    with pytest.raises(Refused, match="under_way"):
        await cashbox.start(token_of(part.address))


# --- a part of an order ----------------------------------------------------------------------------------------------


async def test_a_part_of_an_order_leaves_the_rest_to_be_paid(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    whole = await cashbox.for_order(order_id)
    part = await cashbox.balance.pay_part(turn(), RANOK, order_id, "149,60")
    page = await cashbox.page(token_of(part.address))
    assert (page.due, page.purpose, page.order_number) == (Money.of("149.60"), "Оплата замовлення K-000001", "K-000001")
    await cashbox.pays(token_of(part.address))
    assert await cashbox.state(token_of(part.address)) is PayState.PAID
    rest = await cashbox.page(whole)
    assert (rest.due, rest.paid, rest.amount) == (Money.of(1000), Money.of("149.60"), Money.of("1149.60"))
    await cashbox.pays(whole)
    assert (await cashbox.payments.paid(order_id)).kept == Money.of("1149.60")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("-1", "not_positive"), ("0", "not_positive"), ("1149,61", "more_than_owed"), ("?", "not_a_sum")],
)
async def test_a_part_that_cannot_be_is_refused(cashbox: Cashbox, typed: str, code: str) -> None:
    order_id = await cashbox.room.handed()
    with pytest.raises(Refused, match=code):
        await cashbox.balance.pay_part(turn(), RANOK, order_id, typed)


async def test_the_part_of_a_cancelled_order_is_paid_by_nobody(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    part = await cashbox.balance.pay_part(turn(), RANOK, order_id, "100")
    await cashbox.room.cancel(order_id)
    with pytest.raises(Refused, match="revoked"):
        await cashbox.start(token_of(part.address))
    with pytest.raises(Refused, match="more_than_owed"):
        await cashbox.balance.pay_part(turn(), RANOK, order_id, "100")
    assert cashbox.gateway.charges == []


# --- who may ---------------------------------------------------------------------------------------------------------


async def test_where_somebody_pays_for_the_client_who_only_orders_sees_no_debts(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    cook = replace(RANOK, pays=False)
    with pytest.raises(Forbidden):
        await cashbox.balance.view(cook, ANDRII)
    with pytest.raises(Forbidden):
        await cashbox.balance.pay_sum(turn(), cook, ANDRII, "10")
    accountant = replace(RANOK, orders=False)
    assert (await cashbox.balance.view(accountant, OLENA)).owed.total == Money.of(1750)


async def test_where_nobody_pays_for_the_client_who_orders_pays(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    await cashbox.room.books.write(_nobody_pays)
    cook = replace(RANOK, pays=False)
    assert (await cashbox.balance.view(cook, ANDRII)).owed.total == Money.of(1750)
    with pytest.raises(Forbidden):
        await cashbox.balance.view(replace(cook, orders=False), ANDRII)


async def test_nobody_sees_pays_by_choosing_or_withdraws_what_is_another_clients(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    link = await cashbox.pay_all()
    (first, *_) = (await cashbox.balance.view(RANOK, OLENA)).owed.debts
    theirs = await cashbox.balance.choose(turn(), DNIPRO, OLENA, first.mark, 0, on=True)
    assert (theirs.owed.total, theirs.chosen) == (ZERO, ())
    with pytest.raises(NotFound):
        await cashbox.balance.revoke(turn(), DNIPRO, link.id)
    order_id = await cashbox.room.handed()
    with pytest.raises(NotFound):
        await cashbox.balance.pay_part(turn(), DNIPRO, order_id, "10")
    assert await cashbox.state(token_of(link.address)) is PayState.UNPAID
    assert await cashbox.room.books.read(lambda tx: tx.money.chosen(OLENA, DNIPRO.id)) == frozenset()


async def test_a_withdrawn_link_is_paid_by_nobody_and_another_takes_its_place(cashbox: Cashbox) -> None:
    await cashbox.three_debts()
    link = await cashbox.pay_all()
    reference = await cashbox.start(token_of(link.address))
    await cashbox.balance.revoke(turn(), RANOK, link.id)
    assert await cashbox.withdraws() == 1
    assert cashbox.gateway.withdrawn == [reference]
    assert await cashbox.state(token_of(link.address)) is PayState.REVOKED
    with pytest.raises(Refused, match="revoked"):
        await cashbox.start(token_of(link.address))
    assert (await cashbox.pay_all()).address != link.address


def _nobody_pays(tx: Tx) -> None:
    tx._connection.execute(update(Membership).values(pays=False))


async def test_an_order_that_was_paid_otherwise_after_it_was_shipped_is_not_asked_for(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    record = cashbox.room.ledger.change(str(order_id), state=State.SHIPPED)
    await cashbox.room.news.take([record])
    assert (await cashbox.payments.offer(await cashbox.room.order(order_id)))[1] is not None
    cashbox.room.later(minutes=25)
    await cashbox.owes()
    paid, address = await cashbox.payments.offer(await cashbox.room.order(order_id))
    assert (paid.due, address) == (Money(0), None)


async def test_one_payment_that_cannot_be_looked_at_does_not_keep_the_others_from_being_seen(
    cashbox: Cashbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cashbox.three_debts()
    for sum_ in ("100", "200"):
        await cashbox.pays(token_of((await cashbox.pay_sum(sum_)).address))
    await cashbox.hands()
    bad, good = (one.payment.reference for one in cashbox.room.ledger.receipts.values())
    receive = cashbox.room.ledger.receive

    async def refuses(payment: OutgoingPayment, known: DocumentLink | None) -> Handed:
        if payment.reference == bad:
            raise Rejected("onec", "receive", "unknown_client")
        return await receive(payment, known)

    monkeypatch.setattr(cashbox.room.ledger, "receive", refuses)
    await cashbox.accountant_posts()
    assert await cashbox.room.books.read(lambda tx: tx.money.unposted(10)) == [bad]
    assert good != bad

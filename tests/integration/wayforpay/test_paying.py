"""Every operation through the gateway's sandbox."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.domain.errors import Rejected
from bot.domain.money import ZERO, Money
from bot.domain.payment import Item, Outcome
from bot.ports import PaymentProvider
from integrations.wayforpay import WayForPay
from tests.integration.wayforpay.world import World, charge, now, opened

WHOLE = Money(34950)


async def test_the_gateway_knows_us(provider: WayForPay, world: World) -> None:
    port: PaymentProvider = provider
    await port.ping()
    assert (port.system, port.origin) == ("wayforpay", world.gateway)
    assert [call["operation"] for call in await world.looks("calls")] == ["CHECK_STATUS"]


async def test_a_page_asks_for_the_sum_and_says_what_for(provider: WayForPay, world: World) -> None:
    address = await provider.page(charge(payer_name="Олена Шевченко", payer_phone="067 123-45-67"))
    assert address.startswith(f"{world.gateway}/page?vkh=")
    shown = await world.http.get(address)
    assert shown.status_code == 200
    assert "Хліб" in shown.text
    (order,) = await world.looks("orders")
    assert (order["reference"], order["amount"]) == ("K-1", "349.50")


@pytest.mark.parametrize("kopiykas", [1, 10, 100, 1005, 1010, 100_000, 154_736, 99_999_999])
async def test_any_sum_is_signed_as_it_is_sent(provider: WayForPay, kopiykas: int) -> None:
    asked = charge(amount=Money(kopiykas), items=(Item("Кава; «Львівська» & 'цукор'", Money(kopiykas)),))
    await provider.page(asked)
    await provider.invoice(charge("K-2", amount=asked.amount, items=asked.items))
    for reference in ("K-1", "K-2"):
        state = await provider.state(reference)
        assert state is not None
        assert state.amount == Money(kopiykas)


async def test_an_invoice_waits_and_is_paid(provider: WayForPay, world: World) -> None:
    address = await provider.invoice(charge())
    assert address.startswith(f"{world.gateway}/invoice/")
    waiting = await provider.state("K-1")
    assert waiting is not None
    assert (waiting.outcome, waiting.amount, waiting.code) == (Outcome.WAITING, WHOLE, "1151")
    await world.pays(card="approve")
    paid = await provider.state("K-1")
    assert paid is not None
    assert (paid.outcome, paid.amount, paid.refunded, paid.card) == (Outcome.PAID, WHOLE, ZERO, "44****6666")
    assert (paid.bank, paid.fee, paid.code, paid.reason) == ("Тестбанк", Money(769), "1100", "Ok")
    assert paid.processed_at is not None
    assert paid.created_at is not None
    assert timedelta(0) <= paid.processed_at - paid.created_at < timedelta(minutes=1)


async def test_an_attempt_nobody_made_is_none(provider: WayForPay) -> None:
    assert await provider.state("K-404") is None


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [
        ([("pay", {"card": "lack"})], Outcome.DECLINED),
        ([("pay", {"card": "bank"})], Outcome.DECLINED),
        ([("pay", {"card": "threeds"})], Outcome.UNDER_WAY),
        ([("pay", {"card": "threeds"}), ("abandon", {})], Outcome.UNDER_WAY),
        ([("pay", {"card": "threeds"}), ("approve", {})], Outcome.PAID),
        ([("pay", {"card": "processing"})], Outcome.UNDER_WAY),
        ([("pay", {"card": "pending"})], Outcome.UNDER_WAY),
        ([("pay", {"card": "held"})], Outcome.HELD),
        ([("pay", {"wallet": "googlePay"})], Outcome.PAID),
        ([("pay", {"card": "lack"}), ("pay", {"card": "approve"})], Outcome.PAID),
        ([("expire", {})], Outcome.EXPIRED),
        ([("pay", {}), ("refund", {})], Outcome.REFUNDED),
        ([("pay", {}), ("refund", {"amount": "1"})], Outcome.PAID),
        ([("pay", {"card": "held"}), ("refund", {})], Outcome.REFUNDED),
    ],
)
async def test_an_attempt_stands_where_the_payer_left_it(
    world: World, provider: WayForPay, acts: list[tuple[str, dict[str, Any]]], outcome: Outcome
) -> None:
    await provider.page(charge())
    for act, said in acts:
        await world.acts(act, reference="K-1", **said)
    state = await provider.state("K-1")
    assert state is not None
    assert (state.outcome, state.amount) == (outcome, WHOLE)


async def test_after_its_life_nobody_can_pay(provider: WayForPay, world: World) -> None:
    await provider.page(charge("K-1"))
    await provider.invoice(charge("K-2"))
    await world.acts("clock", advance=3601)
    for reference in ("K-1", "K-2"):
        state = await provider.state(reference)
        assert state is not None
        assert state.outcome is Outcome.EXPIRED


async def test_a_charge_whose_life_is_over_is_not_sent(provider: WayForPay, world: World) -> None:
    over = charge(lives_until=now() - timedelta(seconds=1))
    for asked in (provider.page, provider.invoice):
        with pytest.raises(Rejected) as refusal:
            await asked(over)
        assert refusal.value.code == "expired"
    assert await world.looks("calls") == []


async def test_a_reference_is_used_once(provider: WayForPay) -> None:
    await provider.page(charge())
    for asked in (provider.page, provider.invoice):
        with pytest.raises(Rejected) as refusal:
            await asked(charge())
        assert refusal.value.code == 1112


async def test_a_withdrawn_invoice_cannot_be_paid(provider: WayForPay, world: World) -> None:
    address = await provider.invoice(charge())
    await provider.withdraw("K-1")
    await provider.withdraw("K-1")
    state = await provider.state("K-1")
    assert state is not None
    assert state.outcome is Outcome.EXPIRED
    assert "number" not in (await world.http.get(address)).text


async def test_an_invoice_that_is_paid_or_unknown_is_left_alone(provider: WayForPay, world: World) -> None:
    await provider.invoice(charge())
    await world.pays()
    await provider.withdraw("K-1")
    await provider.withdraw("K-404")
    state = await provider.state("K-1")
    assert state is not None
    assert state.outcome is Outcome.PAID


async def test_a_payment_is_given_back_in_parts(provider: WayForPay, world: World) -> None:
    await provider.page(charge())
    await world.pays()
    part = await provider.refund("K-1", Money(4950), "Молоко скисло")
    assert (part.outcome, part.amount, part.refunded) == (Outcome.PAID, WHOLE, Money(4950))
    rest = await provider.refund("K-1", Money(30000), "")
    assert (rest.outcome, rest.amount, rest.refunded) == (Outcome.REFUNDED, WHOLE, WHOLE)
    asked = [call["asked"] for call in await world.looks("calls") if call["operation"] == "REFUND"]
    assert [(one["amount"], one["comment"]) for one in asked] == [("49.5", "Молоко скисло"), ("300", "K-1")]


async def test_a_refund_that_waits_for_the_balance_is_under_way(provider: WayForPay, world: World) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("settings", balance="0")
    waiting = await provider.refund("K-1", WHOLE, "Повернення")
    assert (waiting.outcome, waiting.refunded, waiting.code) == (Outcome.UNDER_WAY, ZERO, "1138")
    await world.acts("settings", balance="1000")
    state = await provider.state("K-1")
    assert state is not None
    assert (state.outcome, state.refunded) == (Outcome.REFUNDED, WHOLE)


@pytest.mark.parametrize(
    ("paid", "amount", "code"),
    [([], 100, 1126), (["approve"], 34951, 1130), (["held"], 100, 1141), (["lack"], 34950, 1126)],
)
async def test_what_cannot_be_given_back_is_refused(
    provider: WayForPay, world: World, paid: list[str], amount: int, code: int
) -> None:
    await provider.page(charge())
    for card in paid:
        await world.pays(card=card)
    with pytest.raises(Rejected) as refusal:
        await provider.refund("K-1", Money(amount), "Повернення")
    assert refusal.value.code == code


async def test_refunds_that_are_switched_off_are_refused(provider: WayForPay, world: World) -> None:
    await provider.page(charge())
    await world.pays()
    await world.acts("settings", refund_allowed=False)
    with pytest.raises(Rejected) as refusal:
        await provider.refund("K-1", WHOLE, "Повернення")
    assert refusal.value.code == 1123


async def test_a_refund_of_an_unknown_attempt_is_refused(provider: WayForPay) -> None:
    with pytest.raises(Rejected) as refusal:
        await provider.refund("K-404", WHOLE, "Повернення")
    assert refusal.value.code == 1127


@pytest.mark.parametrize("form", ["wiki", "sdk"])
@pytest.mark.parametrize("amount", [WHOLE, Money(20000)])
async def test_a_held_sum_is_taken_whole_or_less(http: httpx.AsyncClient, form: str, amount: Money) -> None:
    async with opened(http, hold=True) as world:
        await world.acts("settings", signature_form=form)
        await world.provider.page(charge())
        await world.pays()
        held = await world.provider.state("K-1")
        assert held is not None
        assert held.outcome is Outcome.HELD
        taken = await world.provider.settle("K-1", amount)
        assert (taken.outcome, taken.amount, taken.card) == (Outcome.PAID, amount, "44****6666")


async def test_a_held_sum_is_let_go(provider: WayForPay, world: World) -> None:
    await provider.page(charge())
    await world.pays(card="held")
    state = await provider.refund("K-1", WHOLE, "Немає товару")
    assert (state.outcome, state.refunded, state.status) == (Outcome.REFUNDED, WHOLE, "Voided")


@pytest.mark.parametrize(("amount", "code"), [(34951, 1130), (100, 1126)])
async def test_what_cannot_be_taken_is_refused(provider: WayForPay, world: World, amount: int, code: int) -> None:
    await provider.page(charge())
    await world.pays(card={1130: "held", 1126: "approve"}[code])
    with pytest.raises(Rejected) as refusal:
        await provider.settle("K-1", Money(amount))
    assert refusal.value.code == code


async def test_money_is_never_moved_by_a_sum_that_is_none(provider: WayForPay, world: World) -> None:
    for amount in (ZERO, Money(-1), Money(100, "USD")):
        for moved in (provider.refund("K-1", amount, "x"), provider.settle("K-1", amount)):
            with pytest.raises(Rejected) as refusal:
                await moved
            assert refusal.value.code == "amount"
    assert await world.looks("calls") == []


async def test_a_strange_reference_is_asked_of_nobody(provider: WayForPay, world: World) -> None:
    whole = (Money(1), "x")
    for asked in (
        provider.state("K;1"),
        provider.withdraw("K;1"),
        provider.refund("K;1", *whole),
        provider.settle("K;1", Money(1)),
    ):
        with pytest.raises(Rejected) as refusal:
            await asked
        assert refusal.value.code == "reference"
    assert await world.looks("calls") == []


async def test_the_day_lists_what_was_tried(provider: WayForPay, world: World) -> None:
    for number, card in enumerate(("approve", "lack", "approve", "held"), 1):
        await provider.page(charge(f"K-{number}"))
        await world.pays(f"K-{number}", card=card)
    await provider.page(charge("K-5"))
    await provider.refund("K-3", Money(4950), "Молоко")
    listed = await provider.transactions(now() - timedelta(minutes=5), now() + timedelta(minutes=5))
    assert [(one.reference, one.outcome, one.amount, one.refunded) for one in listed] == [
        ("K-1", Outcome.PAID, WHOLE, ZERO),
        ("K-2", Outcome.DECLINED, WHOLE, ZERO),
        ("K-3", Outcome.PAID, WHOLE, Money(4950)),
        ("K-4", Outcome.HELD, WHOLE, ZERO),
    ]
    assert listed[0].fee == Money(769)


async def test_a_long_time_is_asked_for_in_parts_without_a_gap(provider: WayForPay, world: World) -> None:
    await provider.page(charge())
    await world.pays()
    listed = await provider.transactions(now() - timedelta(days=100), now() + timedelta(seconds=5))
    assert [one.reference for one in listed] == ["K-1"]
    assert len([one for one in await world.looks("calls") if one["operation"] == "TRANSACTION_LIST"]) == 4
    assert await provider.transactions(now() + timedelta(days=1), now()) == []

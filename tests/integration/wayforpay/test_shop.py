"""The whole way over real HTTP: the pay page, the gateway's sandbox, its callbacks, refunds and the morning's list."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from bot.db.books import Books
from bot.domain.job import Postponed
from bot.domain.money import ZERO, Money
from bot.domain.money_move import DONE, MoveKind
from bot.domain.payment import Outcome
from bot.services.cards_reconciliation import CardsCompared
from bot.services.money_moves import Wanted
from integrations.wayforpay.incoming import BODY_LIMIT
from integrations.wayforpay.wire import Number, encoded
from tests.db.people import OLENA
from tests.integration.wayforpay.shop import SUM, CardShop, open_card_shop
from tests.integration.wayforpay.world import told_of
from tests.services.backroom import Backroom, connect

PART = Wanted(MoveKind.REFUND, Money.of("149.60"), ZERO, "g", "Брак або недовіз")


@pytest.fixture
async def shop(stocked: Books, http: httpx.AsyncClient) -> AsyncIterator[CardShop]:
    """On each database in turn."""
    await stocked.write(connect)
    room = Backroom(stocked)
    await room.sign_in(OLENA, "telegram", "1")
    async with open_card_shop(room, http) as opened:
        yield opened


async def test_an_order_is_paid_and_a_part_goes_back_with_its_reason(shop: CardShop) -> None:
    reference = await shop.pays()
    assert (await shop.paid()).kept == SUM
    await shop.asks(reference, PART)
    await shop.moves_on()
    await shop.hears()
    paid = await shop.paid()
    assert (paid.charged, paid.kept) == (SUM, Money.of(1000))
    (order,) = await shop.orders()
    assert (order["status"], order["refunded"]) == ("Refunded", "149.60")
    assert [told.kind for told in await shop.room.told()] == ["order_paid", "order_refunded"]
    assert await shop.calls("REFUND") == 1


@pytest.mark.parametrize("fault", ["lost_answer", "wrong_signature", "no_signature"])
async def test_a_refund_whose_answer_is_not_to_be_had_is_asked_for_once(shop: CardShop, fault: str) -> None:
    reference = await shop.pays()
    await shop.asks(reference, PART)
    await shop.acts("faults", kind=fault, operation="REFUND")
    with pytest.raises(Postponed):
        await shop.moves_on()
    await shop.moves_on()
    await shop.hears()
    assert (await shop.calls("REFUND"), (await shop.paid()).kept) == (1, Money.of(1000))
    assert [move.ended for move in (await shop.moves.named(reference)).moves] == [DONE]


async def test_a_refund_that_waits_for_the_shops_balance_is_asked_for_once(shop: CardShop) -> None:
    reference = await shop.pays()
    await shop.acts("settings", balance="0")
    await shop.asks(reference, PART)
    with pytest.raises(Postponed):
        await shop.moves_on()
    with pytest.raises(Postponed):
        await shop.moves_on()
    assert (await shop.paid()).kept == SUM
    await shop.acts("settings", balance="1000")
    await shop.moves_on()
    await shop.hears()
    assert (await shop.calls("REFUND"), (await shop.paid()).kept) == (1, Money.of(1000))


async def test_refunds_that_the_gateway_does_not_allow_are_told(shop: CardShop) -> None:
    reference = await shop.pays()
    await shop.acts("settings", refund_allowed=False)
    await shop.asks(reference, PART)
    await shop.moves_on()
    assert [move.ended for move in (await shop.moves.named(reference)).moves] == ["1123"]
    assert (await shop.paid()).kept == SUM


@pytest.mark.parametrize(
    ("kind", "kept", "status"), [(MoveKind.SETTLE, SUM, "Approved"), (MoveKind.RELEASE, ZERO, "Voided")]
)
async def test_a_held_sum_is_taken_or_let_go(shop: CardShop, kind: MoveKind, kept: Money, status: str) -> None:
    reference = await shop.start()
    await shop.acts("hold", reference=reference)
    await shop.hears()
    assert (await shop.moves.named(reference)).outcome is Outcome.HELD
    await shop.asks(reference, Wanted(kind, SUM, ZERO, "", "Передумали"))
    await shop.moves_on()
    await shop.hears()
    (order,) = await shop.orders()
    assert ((await shop.paid()).kept, order["status"]) == (kept, status)


async def test_the_morning_finds_what_no_callback_told(shop: CardShop) -> None:
    reference = await shop.pays()
    await shop.acts("faults", kind="lost_callback", times=10)
    await shop.acts("refund", reference=reference, amount="49.60")
    shop.room.clock.moment += timedelta(days=1)
    assert await shop.compares() == CardsCompared(1, 1, 0)
    await shop.hears()
    assert (await shop.paid()).kept == Money.of(1100)
    assert await shop.compares() == CardsCompared(1, 0, 0)


async def test_a_second_attempt_that_was_open_when_the_first_was_paid_ends_as_a_surplus(shop: CardShop) -> None:
    late = await shop.start()
    await shop.pays()
    await shop.acts("pay", reference=late)
    await shop.hears()
    view = await shop.moves.named(late)
    assert (view.surplus, (await shop.paid()).kept) == (SUM, SUM + SUM)
    await shop.asks(late, Wanted(MoveKind.REFUND, SUM, ZERO, "t", "Сплачено зайве"))
    await shop.moves_on()
    await shop.hears()
    assert ((await shop.paid()).kept, (await shop.moves.named(late)).surplus) == (SUM, ZERO)


# --- bad input: nothing changes in any of these -----------------------------------------------------------------------


async def test_forged_callbacks_move_nothing(shop: CardShop) -> None:
    reference = await shop.start()
    ours = {"orderReference": reference, "amount": Number("1149.6")}
    forged = [
        encoded(told_of("another secret", **ours)),
        encoded(told_of(**ours) | {"amount": Number("1")}),
        encoded(told_of(**ours, transactionStatus="Declined") | {"transactionStatus": "Approved"}),
        encoded(told_of(**ours) | {"merchantSignature": ""}),
        encoded(told_of(**ours, merchantAccount="somebody_else")),
        encoded(told_of(**ours, currency="USD")),
        b"{",
        b"",
        b"\xff\xfe",
        b"x" * (BODY_LIMIT + 1),
    ]
    assert [await shop.tells(raw) for raw in forged] == [403, 403, 403, 403, 403, 403, 400, 400, 400, 413]
    await shop.hears()
    assert await shop.nothing_happened()


async def test_a_callback_signed_with_our_key_that_the_gateway_does_not_confirm_moves_nothing(shop: CardShop) -> None:
    reference = await shop.start()
    for amount in ("1149.6", "1", "99999999"):
        assert await shop.tells(encoded(told_of(orderReference=reference, amount=Number(amount)))) == 200
    assert await shop.tells(encoded(told_of(orderReference="K-000099-1-nobody"))) == 200
    await shop.hears()
    assert await shop.nothing_happened()


async def test_a_replayed_callback_is_one_payment(shop: CardShop) -> None:
    reference = await shop.pays()
    for _ in range(5):
        assert await shop.tells(encoded(told_of(orderReference=reference, amount=Number("1149.6")))) == 200
    await shop.hears()
    assert (await shop.paid()).kept == SUM
    assert (len(await shop.room.told()), len(await shop.room.told_staff())) == (1, 1)


@pytest.mark.parametrize(
    "fault", ["wrong_amount", "other_account", "forged_signature", "repeat_callback", "late_declined"]
)
async def test_a_gateway_gone_mad_ends_in_the_one_true_payment(shop: CardShop, fault: str) -> None:
    await shop.acts("faults", kind=fault, times=3)
    await shop.pays()
    await shop.hears()
    assert (await shop.paid()).kept == SUM
    assert len(await shop.room.told()) == 1


async def test_a_cancelled_order_is_paid_by_nobody(shop: CardShop) -> None:
    token = await shop.token()
    await shop.room.cancel(shop.order_id)
    answer = await shop.http.post(f"{shop.ours}/pay/{token}/card")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/pay/{token}")
    assert (await shop.orders(), await shop.nothing_happened()) == ([], True)

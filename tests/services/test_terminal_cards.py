"""`main.py refund` and `main.py reconcile --cards`: what they ask for, and what they say where that cannot be."""

import pytest

from bot.domain.money import Money
from bot.domain.payment import GatewayState, Outcome
from bot.process import CannotStart
from handlers.terminal import cards
from tests.services.cashbox import Cashbox


@pytest.fixture
async def paid(cashbox: Cashbox) -> str:
    return await cashbox.pays(await cashbox.for_order(await cashbox.room.handed()))


async def test_a_typed_sum_goes_back_with_a_reason_of_its_own(
    cashbox: Cashbox, paid: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await cards.refund(cashbox.room.books, cashbox.room.clock, paid, "49,60", " Розбили пляшку ")
    assert f"Повертаємо 49.60 грн за {paid}." in capsys.readouterr().out
    await cashbox.moves_on()
    assert cashbox.gateway.moved == [("refund", paid, 4_960, "Розбили пляшку")]
    (move,) = (await cashbox.payment(paid)).moves
    assert (move.comment, move.reason, (await cashbox.payment(paid)).sums.kept) == (
        "Розбили пляшку", "", Money.of(1100),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "reason", "words"),
    [
        ("багато", "Брак", "багато: це не сума"),
        ("0", "Брак", "Сума має бути більша за нуль"),
        ("-5", "Брак", "Сума має бути більша за нуль"),
        ("1149.61", "Брак", "щонайбільше 1149.60 грн"),
        ("10", "  ", "--reason: напишіть причину"),
    ],
)
async def test_what_cannot_go_back_is_said_and_nothing_is_asked_for(
    cashbox: Cashbox, paid: str, typed: str, reason: str, words: str
) -> None:
    with pytest.raises(CannotStart, match=words):
        await cards.refund(cashbox.room.books, cashbox.room.clock, paid, typed, reason)
    assert (await cashbox.payment(paid)).moves == []


async def test_an_unknown_payment_and_one_that_goes_back_already_are_said(cashbox: Cashbox, paid: str) -> None:
    with pytest.raises(CannotStart, match="такої оплати немає"):
        await cards.refund(cashbox.room.books, cashbox.room.clock, "K-1", "10", "Брак")
    await cards.refund(cashbox.room.books, cashbox.room.clock, paid, "10", "Брак")
    with pytest.raises(CannotStart, match="вже щось повертають"):
        await cards.refund(cashbox.room.books, cashbox.room.clock, paid, "10", "Брак")


async def test_the_comparison_says_what_it_found(cashbox: Cashbox, capsys: pytest.CaptureFixture[str]) -> None:
    cashbox.gateway.states["SHOP-1"] = GatewayState("SHOP-1", Outcome.PAID, Money.of(100))
    await cards.reconcile(cashbox.room.books, cashbox.gateway, cashbox.room.clock)
    assert capsys.readouterr().out == "Оплат у шлюзі за сім днів: 1, перепитаємо: 0, невідомих нам: 1.\n"
    cashbox.gateway.silent = True
    with pytest.raises(CannotStart, match="Шлюз не віддав списку"):
        await cards.reconcile(cashbox.room.books, cashbox.gateway, cashbox.room.clock)
    with pytest.raises(CannotStart, match="WAYFORPAY__ACCOUNT"):
        cards.require(None)

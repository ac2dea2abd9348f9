"""Text messages where they are so cheap that more than orders and links goes by them."""

import pytest

from bot.domain.credit import HeldState
from bot.domain.dispatch import Terms, Way
from bot.domain.money import Money
from bot.domain.notice import RULES, NoticeKind
from bot.domain.order import State
from bot.domain.payment import Outcome
from bot.domain.sms import segments
from bot.services.dispatch import Dispatching
from handlers.briefs import BRIEFS
from handlers.letters import SUBJECTS
from tests.db.people import RANOK
from tests.services.cashbox import Cashbox
from tests.services.ways import PHONE, Ways


@pytest.fixture
async def cheap(ways: Ways) -> Ways:
    """Two parts cost less than a hryvnia and a half, there is no other way, and Andrii orders too."""
    ways.room.dispatching = Dispatching(ways.room.books, Terms(ways={Way.SMS}, sms=Money(70)), ways.room.clock)
    await ways.change_role(orders=True)
    return ways


def said_to_andrii(ways: Ways) -> list[str]:
    return [text.partition("https://")[0] for phone, text in ways.sms.sent if phone == PHONE]


def test_what_may_go_by_sms_is_what_there_are_words_for_and_everything_goes_by_mail() -> None:
    assert {kind for kind, rules in RULES.items() if rules.texted} == set(BRIEFS)
    assert set(RULES) == set(SUBJECTS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("uk", "ГастроОпт: офіс змінив замовлення K-000001, тепер 1 149,60 грн. Оплатити: "),
        ("ru", "ГастроОпт: офис изменил заказ K-000001, теперь 1 149,60 грн. Оплатить: "),
        ("en", "ГастроОпт: the office changed order K-000001, now 1 149.60 UAH. Pay: "),
    ],
)
async def test_a_change_of_an_order_is_told(cheap: Ways, language: str, said: str) -> None:
    await cheap.change(language=language)
    await cheap.tell(NoticeKind.ORDER_CHANGED, "v1")
    assert said_to_andrii(cheap) == [said]
    assert await cheap.journal() == [("sent", "")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("uk", "ГастроОпт: ціни в замовленні K-000001 змінилися, потрібне ваше рішення: +380440000000"),
        ("ru", "ГастроОпт: цены в заказе K-000001 изменились, нужно ваше решение: +380440000000"),
    ],
)
async def test_prices_that_need_a_decision_are_told_with_the_number_to_call(
    cheap: Ways, language: str, said: str
) -> None:
    await cheap.change(language=language)
    order_id = await cheap.room.place()
    await cheap.room.books.write(lambda tx: tx.orders.prices_asked(order_id, cheap.room.clock()))
    await cheap.tell_of(order_id, NoticeKind.PRICES_MOVED)
    assert said_to_andrii(cheap) == [said]
    assert segments(said) == 2


async def test_a_held_order_is_told_with_the_number_to_call(cheap: Ways) -> None:
    order_id = await cheap.room.place()
    await cheap.room.books.write(lambda tx: tx.held_orders.hold(order_id, RANOK.id, HeldState.HELD, cheap.room.clock()))
    await cheap.tell_of(order_id, NoticeKind.ORDER_HELD)
    said = "ГастроОпт: замовлення K-000001 притримано через борги: +380440000000"
    assert said_to_andrii(cheap) == [said]
    assert segments(said) == 1


async def test_an_order_that_went_on_meanwhile_is_not_told_as_held(cheap: Ways) -> None:
    await cheap.tell(NoticeKind.ORDER_HELD)
    assert (said_to_andrii(cheap), await cheap.journal()) == ([], [("dropped", "nothing_left")])


async def test_prices_that_were_agreed_meanwhile_are_not_asked_about(cheap: Ways) -> None:
    await cheap.tell(NoticeKind.PRICES_MOVED)
    assert (said_to_andrii(cheap), await cheap.journal()) == ([], [("dropped", "nothing_left")])


async def test_money_that_goes_back_is_told_with_its_sum(cheap: Ways) -> None:
    box = Cashbox(cheap.room)
    await box.three_debts()
    link = await box.pay_all()
    reference = await box.pays(link.asked.link.token)
    await box.says(reference, Outcome.REFUNDED, refunded=Money.of(1750))
    await cheap.speak()
    assert said_to_andrii(cheap) == ["ГастроОпт: 1 750,00 грн повертаються на картку."]


async def test_what_there_are_no_words_for_goes_no_such_way(cheap: Ways) -> None:
    await cheap.tell(NoticeKind.ORDER_STATE, State.PLACED.value)
    assert (said_to_andrii(cheap), await cheap.journal()) == ([], [("failed", "costs")])

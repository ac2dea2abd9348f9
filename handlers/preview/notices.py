"""What a client is told without asking: news of the office, and of prices that moved while 1C was silent."""

from datetime import timedelta

from bot.domain.order import State
from handlers.preview.stage import Stage, Visitor
from keyboards.actions import (
    AcceptPrices,
    ActFor,
    AmendOrder,
    AskClient,
    Checkout,
    ChooseDate,
    Confirm,
    Product,
    ShowCart,
    ShowOrder,
    ShowOrders,
    ShowPrices,
)
from keyboards.notice_actions import Watch

MANY = 40


async def hears_unasked(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.single, "informed")
    await stage.backstage.office.opens()
    await _hears_of_the_office(stage, buyer)
    await _pays_by_card(stage, buyer)
    await _pays_less(stage, buyer)
    await _decides(stage, buyer)
    await _is_late(stage, buyer)
    await _loses_all(stage, buyer)
    await _hears_of_goods(stage)


async def orders_in_silence(stage: Stage, buyer: Visitor, lines: int, *skus: str, see: tuple[str, str]) -> None:
    """The summary and the order go by these names."""
    await stage.backstage.fill_cart(buyer.account, lines, *skus)
    await stage.backstage.office.falls_silent()
    await buyer.sends(ShowCart())
    await buyer.presses(Checkout)
    await buyer.presses(ChooseDate, see[0])
    await buyer.presses(Confirm, see[1])


async def _hears_of_the_office(stage: Stage, buyer: Visitor) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(buyer.account, 2)
    await buyer.hears("Замовлення телефоном", note="Його ввели в 1С")
    await office.changes(buyer.account, 3)
    await buyer.hears("Замовлення змінено в офісі")
    await office.changes(buyer.account, MANY)
    await buyer.hears("Замовлення змінено в офісі, багато рядків")
    for state, title in (
        (State.ACCEPTED, "Прийняте складом"),
        (State.SHIPPED, "У дорозі"),
        (State.CLOSED, "Доставлене"),
    ):
        await office.moves(buyer.account, state)
        await buyer.hears(title)
    await office.takes_by_phone(buyer.account, 1)
    await office.moves(buyer.account, State.CANCELLED)
    await buyer.hears("Скасоване в офісі")


async def _pays_by_card(stage: Stage, buyer: Visitor) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(buyer.account, 2)
    await office.asks_to_pay(buyer.account)
    await buyer.hears("Є що оплатити", note="Тому, хто платить, а замовляли інші")
    await office.takes_money(buyer.account)
    await buyer.hears("Сплачено карткою")
    await buyer.presses(ShowOrder, "Сплачене замовлення")
    await office.takes_money(buyer.account, refunded=40)
    await buyer.hears("Частину грошей повернуто")
    await buyer.presses(ShowOrder, "Сплачене частково замовлення")


async def _pays_less(stage: Stage, buyer: Visitor) -> None:
    await orders_in_silence(stage, buyer, 2, see=("Підсумок, 1С не відповідає", "Прийнято за останніми цінами"))
    await stage.backstage.office.prices_move(-10, -5)
    await stage.backstage.office.answers()
    await buyer.hears("Подешевшало", note="Добра новина питань не ставить")


async def _decides(stage: Stage, buyer: Visitor) -> None:
    office = stage.backstage.office
    await orders_in_silence(stage, buyer, 4, stage.cast.absent, see=("", ""))
    await office.prices_move(12, -10, None, 0)
    await office.answers()
    await buyer.hears("Ціни змінилися", note="Дорожче, дешевше, знято з продажу, немає на складі")
    await buyer.sends(ShowOrders())
    await buyer.presses(ShowOrder, "Замовлення чекає на відповідь про ціни")
    await buyer.presses(ShowPrices)
    seen = buyer.button(AcceptPrices)
    await office.prices_move(5)
    await buyer.sends(seen, "Ціна знову змінилася", note="Погодили не ту ціну, що тепер")
    await buyer.presses(AcceptPrices, "Нові ціни погоджено")


async def _is_late(stage: Stage, buyer: Visitor) -> None:
    office = stage.backstage.office
    await orders_in_silence(stage, buyer, MANY, see=("Підсумок, 1С не відповідає, багато рядків", ""))
    await office.prices_move(3, 7, None, *[10] * MANY)
    await office.answers()
    await buyer.hears("Ціни змінилися, багато рядків")
    order = buyer.button(AmendOrder).order
    stage.backstage.wait(timedelta(days=7))
    await buyer.sends(ShowPrices(order), "Про ціни питати запізно")


async def _loses_all(stage: Stage, buyer: Visitor) -> None:
    office = stage.backstage.office
    await orders_in_silence(stage, buyer, 2, see=("", ""))
    await office.prices_move(None, None)
    await office.answers()
    await buyer.hears("Із замовленого нічого не лишилося")


async def _hears_of_goods(stage: Stage) -> None:
    """Somebody who orders a lot, and somebody who acts for another client by the time the goods come."""
    office, absent = stage.backstage.office, stage.cast.absent
    regular = await stage.member(stage.cast.regular, "waits")
    agent = await stage.member(stage.cast.several, "waits-for-another")
    for visitor in (regular, agent):
        await office.stocks(absent, 0)
        await visitor.writes(absent)
        await visitor.presses(Product)
        await visitor.presses(Watch)
        if visitor is agent:
            await visitor.sends(AskClient())
            await visitor.presses(ActFor, at=-1)
        await office.stocks(absent, 40)
        await visitor.hears("Знову є на складі" if visitor is regular else "Знову є на складі, інший клієнт")
    await office.tells_prices()
    await office.prices_move(*[7, -3] * MANY)
    await office.tells_prices()
    await regular.hears("Нові ціни", note="Щоранку, якщо щось змінилося")

"""Discounts: in the cart, at the confirm, in the order, when it is paid by card, and too late for its document."""

from bot.domain.order import State
from handlers.preview.stage import Stage, Visitor
from keyboards.actions import Checkout, ChooseDate, Confirm, ShowCart, ShowOrder, ShowOrders


async def gets_discounts(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.single, "discounted")
    office = stage.backstage.office
    bookkeeper = stage.manager("bookkeeper", office.finance_group)
    await stage.backstage.promotes(buyer.account)
    await stage.backstage.fill_cart(buyer.account, 6)
    await buyer.sends(ShowCart(), "Кошик зі знижками")
    await buyer.presses(Checkout)
    await buyer.presses(ChooseDate, "Підсумок зі знижками", note="Друга знижка: за реєстрацію, один раз")
    await buyer.presses(Confirm, "Замовлення зі знижками", note="На оплату карткою лишилося менше за її відсоток")
    await office.takes_money(buyer.account)
    await buyer.hears("Сплачено карткою зі знижкою")
    await buyer.presses(ShowOrder, "Сплачене замовлення зі знижками")
    await _is_late(stage, buyer)
    await bookkeeper.hears("Знижку треба провести", note="Оплата надійшла, коли документ уже не змінити")
    await buyer.sends(ShowOrders())
    await buyer.presses(ShowOrder, "Сплачене замовлення, знижка не в його рядках")


async def _is_late(stage: Stage, buyer: Visitor) -> None:
    """The order has left before it is paid."""
    office = stage.backstage.office
    await stage.backstage.fill_cart(buyer.account, 5)
    await buyer.sends(ShowCart(), "Кошик з однією знижкою")
    await buyer.presses(Checkout)
    await buyer.presses(ChooseDate)
    await buyer.presses(Confirm, "Замовлення, яке дешевше оплатити карткою")
    await office.works()
    await office.moves(buyer.account, State.SHIPPED)
    await office.takes_money(buyer.account)

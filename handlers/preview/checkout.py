"""From the cart to the confirm."""

from datetime import timedelta

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import (
    AskDate,
    AskNote,
    AskPoint,
    Checkout,
    ChooseDate,
    ChoosePoint,
    Confirm,
    DropNote,
    ShowCart,
)

LONG_NOTE = "Привезіть, будь ласка, до дев’ятої ранку, вхід із двору, дзвоніть у другі двері. " * 7


async def places_an_order(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.buyer, "orders")
    await _chooses(stage, buyer)
    await _adds_a_note(buyer)
    await _confirms(stage, buyer)
    await _is_late(stage, buyer)
    await _cannot_yet(stage)


async def _chooses(stage: Stage, buyer: Visitor) -> None:
    await stage.backstage.fill_cart(buyer.account, 3)
    await buyer.presses(ShowCart)
    await buyer.presses(Checkout, "Адреси")
    await buyer.presses(AskPoint, "Адреси, друга сторінка")
    await buyer.presses(ChoosePoint, "Дні доставки")
    await buyer.presses(ChooseDate, "Підсумок")
    await buyer.presses(AskDate)
    await buyer.presses(ChooseDate, at=1)


async def _adds_a_note(buyer: Visitor) -> None:
    await buyer.presses(AskNote, "Питання про примітку")
    await buyer.writes(LONG_NOTE, "Примітка задовга")
    await buyer.writes(LONG_NOTE[:490], "Підсумок із найдовшою приміткою")
    await buyer.presses(AskNote, "Питання про примітку, яка вже є")
    await buyer.presses(DropNote)
    await buyer.presses(AskNote)
    await buyer.writes("Зателефонуйте за годину")


async def _confirms(stage: Stage, buyer: Visitor) -> None:
    seen = buyer.button(Confirm)
    await stage.backstage.fill_cart(buyer.account, 2)
    await buyer.sends(seen, "Кошик змінився", note="Колега змінив кошик після підсумку")
    await buyer.presses(Confirm, "Замовлення прийнято")
    await stage.backstage.fill_cart(buyer.account, 40, stage.cast.withdrawn)
    await buyer.presses(ShowCart, at=-1)
    await buyer.presses(Checkout)
    await buyer.presses(ChoosePoint)
    await buyer.presses(ChooseDate, "Підсумок, багато рядків")
    await buyer.presses(Confirm, "Замовлення прийнято, багато рядків")


async def _is_late(stage: Stage, buyer: Visitor) -> None:
    await stage.backstage.fill_cart(buyer.account, 2)
    await buyer.presses(ShowCart, at=-1)
    await buyer.presses(Checkout)
    await buyer.presses(ChoosePoint)
    today = buyer.button(ChooseDate)
    await buyer.presses(ChooseDate)
    seen = buyer.button(Confirm)
    stage.backstage.wait(timedelta(hours=8))
    await buyer.sends(today, "На цей день запізно", note="Кнопка дня, на який уже не приймають")
    await buyer.sends(seen, "Підтверджено запізно", note="Підтвердження після останньої години")


async def _cannot_yet(stage: Stage) -> None:
    backstage = stage.backstage
    resting = await stage.member(stage.cast.single, "no-days", backstage.without_days)
    await backstage.fill_cart(resting.account, 2)
    await resting.presses(ShowCart)
    await resting.presses(Checkout, "Днів доставки немає")
    await resting.sends(await backstage.confirm(resting.account), "День не обрано")
    newcomer = await stage.member(stage.cast.newcomer, "no-points")
    await backstage.fill_cart(newcomer.account, 2)
    await newcomer.presses(ShowCart)
    await newcomer.presses(Checkout, "Адреси ще немає")
    await newcomer.sends(await backstage.confirm(newcomer.account), "Адресу не обрано")
    await backstage.fill_cart(newcomer.account, 0, stage.cast.loose)
    await newcomer.sends(await backstage.confirm(newcomer.account), "Менше за мінімум")
    await backstage.fill_cart(newcomer.account, 0)
    await newcomer.sends(await backstage.confirm(newcomer.account), "Замовляти нічого")

"""The cart: full, lacking, empty."""

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskClearCart, Checkout, ClearCart, ShowCart


async def fills_the_cart(stage: Stage) -> None:
    await _has_nothing(stage)
    buyer = await stage.member(stage.cast.single, "fills")
    await _turns_pages(stage, buyer)
    await _empties(stage, buyer)
    await _has_what_cannot_be_had(stage, buyer)


async def _has_nothing(stage: Stage) -> None:
    newcomer = await stage.member(stage.cast.newcomer, "empty-cart")
    await newcomer.presses(ShowCart, "Порожній")


async def _turns_pages(stage: Stage, buyer: Visitor) -> None:
    await stage.backstage.fill_cart(buyer.account, 22)
    await buyer.presses(ShowCart, "Перша сторінка", at=-1)
    await buyer.presses(ShowCart, "Друга сторінка")
    await stage.backstage.fill_cart(buyer.account, 0, stage.cast.loose)
    await buyer.presses(ShowCart, "До мінімуму бракує", at=-1)
    await buyer.presses(Checkout, "Оформити ще не можна")


async def _empties(stage: Stage, buyer: Visitor) -> None:
    await stage.backstage.fill_cart(buyer.account, 5)
    await buyer.presses(ShowCart, at=-1)
    await buyer.presses(AskClearCart, "Очистити?")
    old = buyer.button(ClearCart)
    await stage.backstage.fill_cart(buyer.account, 2)
    await buyer.sends(old, "Не очищено", note="Питали про інший кошик: колега встиг його змінити")
    await buyer.presses(AskClearCart)
    await buyer.presses(ClearCart, "Очищено")


async def _has_what_cannot_be_had(stage: Stage, buyer: Visitor) -> None:
    cast, backstage = stage.cast, stage.backstage
    await backstage.fill_cart(buyer.account, 2, cast.scarce, cast.absent, cast.withdrawn)
    await backstage.withdraws(cast.withdrawn)
    await buyer.presses(ShowCart, "Чогось бракує", at=-1, note="Більше, ніж є; немає на складі; знято з продажу")
    await backstage.fill_cart(buyer.account, 0, cast.withdrawn)
    await buyer.presses(ShowCart, "Лише те, чого вже немає", at=-1)
    await backstage.fill_cart(buyer.account, 0)

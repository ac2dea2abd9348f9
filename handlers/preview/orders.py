"""Orders after the confirm. The regular client's past, newest first:

placed and accepted for a day a week ahead, shipped, closed, cancelled; then one whose prices have moved, one with
nothing left of it, one of many lines; more than a page in all.
"""

from datetime import timedelta

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import (
    AbandonAmend,
    AmendOrder,
    AskCancelOrder,
    CancelOrder,
    Checkout,
    Confirm,
    Repeat,
    RepeatInto,
    ShowCart,
    ShowOrder,
    ShowOrders,
)

PLACED, ACCEPTED, SHIPPED, CLOSED, CANCELLED, MOVED, GONE, LONG = range(8)


async def returns_to_orders(stage: Stage) -> None:
    regular = await stage.member(stage.cast.regular, "regular")
    await _looks_through(regular)
    await _repeats(stage, regular)
    await _changes(regular)
    await _cancels(regular)
    await _is_late(stage, regular)
    newcomer = await stage.member(stage.cast.newcomer, "no-orders")
    await newcomer.presses(ShowOrders, "Замовлень ще немає")
    await newcomer.presses(Repeat, "Повторювати нічого")


async def _looks_through(regular: Visitor) -> None:
    await regular.presses(ShowOrders, "Список")
    await regular.presses(ShowOrders, "Список, друга сторінка")
    await _opens(regular, PLACED, "Прийняте")
    await _opens(regular, ACCEPTED, "Прийняте складом")
    await _opens(regular, SHIPPED, "У дорозі")
    await _opens(regular, CLOSED, "Доставлене")
    await _opens(regular, CANCELLED, "Скасоване")
    await _opens(regular, LONG, "Багато рядків")


async def _repeats(stage: Stage, regular: Visitor) -> None:
    await _opens(regular, LONG)
    await regular.presses(Repeat, "Повтор, багато рядків")
    await _opens(regular, MOVED)
    await regular.presses(Repeat, "Повтор, ціни змінилися", note="Дорожче, дешевше, немає на складі, знято з продажу")
    await regular.presses(RepeatInto, "Повтор у кошику")
    await _opens(regular, MOVED)
    await regular.presses(Repeat, "Повтор, кошик не порожній")
    await stage.backstage.fill_cart(regular.account, 0)
    await _opens(regular, GONE)
    await regular.presses(Repeat, "Повторити вже нічого не можна")


async def _changes(regular: Visitor) -> None:
    await _opens(regular, PLACED)
    await regular.presses(AmendOrder, "Зміна замовлення")
    await _opens(regular, ACCEPTED)
    await regular.presses(AmendOrder, "Два замовлення разом не змінюють")
    await regular.sends(ShowCart())
    await regular.presses(Checkout, "Підсумок зміни")
    await regular.presses(AbandonAmend, "Зміну покинуто")
    await _opens(regular, PLACED)
    await regular.presses(AmendOrder)
    await regular.presses(Checkout)
    await regular.presses(Confirm, "Зміну підтверджено")


async def _cancels(regular: Visitor) -> None:
    await _opens(regular, SHIPPED)
    shipped = regular.button(Repeat).order
    assert shipped is not None
    await regular.sends(AmendOrder(shipped), "Змінити вже не можна", note="Стара кнопка: замовлення вже в дорозі")
    await regular.sends(AskCancelOrder(shipped), "Скасувати вже не можна", note="Так само стара кнопка")
    await _opens(regular, ACCEPTED)
    await regular.presses(AskCancelOrder, "Скасувати?")
    await regular.presses(CancelOrder, "Скасовано")


async def _is_late(stage: Stage, regular: Visitor) -> None:
    await _opens(regular, PLACED)
    change = regular.button(AmendOrder)
    stage.backstage.wait(timedelta(days=14))
    await regular.sends(change, "Час для змін минув")


async def _opens(regular: Visitor, which: int, see: str = "") -> None:
    await regular.sends(ShowOrders())
    await regular.presses(ShowOrder, see, at=which)

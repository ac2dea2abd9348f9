"""Shelves, product cards, typed quantities and search."""

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskQuantity, Browse, ChangeQuantity, FindSuggested, FoundPage, Product, Usual
from keyboards.notice_actions import Watch


async def looks_for_goods(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.single, "looks")
    await _walks_along_shelves(buyer)
    await _opens_cards(stage, buyer)
    await _types_quantities(stage, buyer)
    await _is_refused(stage, buyer)
    await _searches(stage, buyer)
    await _takes_the_usual(stage)


async def _walks_along_shelves(buyer: Visitor) -> None:
    await buyer.presses(Browse, "Верхній рівень")
    first = buyer.button(Browse)
    await buyer.presses(Browse, "Верхній рівень, друга сторінка", at=8)
    await buyer.sends(first, "Розділ із зображенням")
    await buyer.presses(Browse, "Полиця")
    await buyer.presses(Browse, "Полиця, середня сторінка", note="Дві кнопки сторінок")


async def _opens_cards(stage: Stage, buyer: Visitor) -> None:
    cast = stage.cast
    await _opens(buyer, cast.packed, "Картка з упаковкою, фото й описом")
    await buyer.presses(ChangeQuantity, "Картка, товар у кошику")
    await buyer.presses(Product, "Картка, рахунок в основних одиницях")
    await buyer.presses(ChangeQuantity, "Картка, прибрано з кошика", note="П’ять кроків назад: менше нуля не буває")
    await _opens(buyer, cast.loose, "Картка без упаковки")
    await _opens(buyer, cast.scarce, "Картка, залишилося мало")
    await _opens(buyer, cast.absent, "Картка, немає на складі")
    await buyer.presses(Watch, "Картка, повідомимо про появу")
    await buyer.presses(Watch, "Картка, не повідомлятимемо")
    await _opens(buyer, cast.unpriced, "Картка без ціни")


async def _types_quantities(stage: Stage, buyer: Visitor) -> None:
    await _opens(buyer, stage.cast.packed)
    await buyer.presses(AskQuantity, "Питання про кількість упаковок")
    await buyer.writes("3", "Кількість упаковок записано")
    await _opens(buyer, stage.cast.loose)
    await buyer.presses(AskQuantity, "Питання про кількість", note="Товар продається кратно")
    await buyer.writes("скільки є", "Це не кількість")
    await buyer.writes("0,7", "Не кратно")
    await buyer.writes("0,1", "Не кратно й менше за крок")
    await buyer.writes("100000", "Забагато")
    await buyer.writes("12,5", "Кількість записано")


async def _is_refused(stage: Stage, buyer: Visitor) -> None:
    """Buttons of screens that stood open while the wholesaler or a colleague changed something."""
    await buyer.writes(stage.cast.unpriced)
    unpriced = buyer.button(Product)
    await buyer.sends(ChangeQuantity(unpriced.article, 1), "Товар без ціни не додається")
    await stage.backstage.fill_cart(buyer.account, 200)
    await _opens(buyer, stage.cast.packed)
    await buyer.presses(ChangeQuantity, "Кошик повний")
    await stage.backstage.fill_cart(buyer.account, 0)


async def _searches(stage: Stage, buyer: Visitor) -> None:
    cast = stage.cast
    await buyer.writes(cast.widespread, "Пошук")
    await buyer.presses(FoundPage, "Пошук, друга сторінка")
    await buyer.writes(cast.packed, "Пошук за артикулом")
    await buyer.writes(cast.misspelt, "Нічого, але є схоже")
    await buyer.presses(FindSuggested, "Пошук за підказкою")
    await buyer.writes(cast.nonsense, "Нічого й нічого схожого")


async def _takes_the_usual(stage: Stage) -> None:
    regular = await stage.member(stage.cast.regular, "usual")
    await regular.presses(Browse)
    await regular.presses(Usual, "Звичний кошик")
    newcomer = await stage.member(stage.cast.newcomer, "no-usual")
    await newcomer.presses(Browse)
    await newcomer.presses(Usual, "Звичного кошика ще немає")
    barred = await stage.member(stage.cast.barred, "barred")
    await barred.presses(Browse, "Порожній каталог", note="Асортимент клієнта порожній")


async def _opens(buyer: Visitor, sku: str, see: str = "") -> None:
    await buyer.writes(sku)
    await buyer.presses(Product, see)

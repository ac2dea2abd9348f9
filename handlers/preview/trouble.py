"""What nobody wants to see, and everybody must understand."""

from uuid import UUID

from bot.domain.errors import Unavailable
from handlers.preview.stage import Stage
from keyboards.actions import AskManager, Browse, ChangeQuantity, Product, ShowOrder

NOBODYS = UUID(int=0)
LONG_AGO = "~aa0:1"


async def meets_trouble(stage: Stage) -> None:
    await _presses_old_buttons(stage)
    await _may_not(stage)
    await _sees_failures(stage)
    member = await stage.member(stage.cast.buyer, "hurries")
    hasty = stage.visitor(member.account, stage.backstage.hasty)
    await hasty.sends(Browse(), "Зашвидко")


async def _presses_old_buttons(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.buyer, "presses-old")
    await buyer.sends(LONG_AGO, "Стара кнопка")
    await buyer.sends(ShowOrder(NOBODYS), "Цього немає", note="Чуже або вигадане")
    stranger = stage.visitor("stranger-presses-old")
    await stranger.sends(LONG_AGO, "Стара кнопка до знайомства")


async def _may_not(stage: Stage) -> None:
    bookkeeper = await stage.member(stage.cast.bookkeeper, "bookkeeper")
    await bookkeeper.presses(Browse, "Не дозволено")
    stranger = stage.visitor("stranger-may-not")
    await stranger.sends(ShowOrder(NOBODYS), "Не дозволено до знайомства")


async def _sees_failures(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.buyer, "unlucky-buyer")
    await buyer.writes(stage.cast.packed)
    await buyer.presses(Product)
    more = buyer.button(ChangeQuantity)
    stage.backstage.books_fail(Unavailable("1C", "read"))
    await buyer.sends(more, "Сусідня система не відповідає")
    stage.backstage.books_fail(RuntimeError("a defect"))
    await buyer.sends(more, "Збій", note="За номером збій знаходять у журналі")
    stranger = stage.visitor("unlucky-stranger")
    await stranger.sends(AskManager(), "Збій до знайомства")
    stage.backstage.books_fail(None)

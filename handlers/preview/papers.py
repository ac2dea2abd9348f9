"""Price lists and offers, and what is said where there are none."""

from bot.domain.paper import Form
from handlers.preview.stage import Stage
from keyboards.actions import Browse, More, ShowOrder, ShowOrders
from keyboards.paper_actions import AskOffer, AskPriceList, TakeInvoice, TakeOffer, TakePriceList


async def takes_papers(stage: Stage) -> None:
    regular = await stage.member(stage.cast.regular, "papers")
    await regular.presses(More)
    await regular.presses(AskPriceList, "Прайс: чим відкрити")
    taken = regular.button(TakePriceList, 1), regular.button(AskOffer)
    await regular.presses(TakePriceList, "Прайс в Excel")
    await regular.sends(taken[0], "Прайс у PDF")
    await regular.sends(taken[1], "З чого пропозиція")
    offer = regular.button(TakeOffer, 1)
    await regular.presses(TakeOffer, "Пропозиція зі звичного кошика")
    await regular.sends(AskOffer(Form.XLSX), "Пропозиція для Excel")
    await regular.sends(offer, "Пропозиція за розділом")
    await regular.presses(ShowOrders)
    await regular.presses(ShowOrder)
    await regular.presses(TakeInvoice, "Рахунок у PDF")
    await _has_nothing(stage)


async def _has_nothing(stage: Stage) -> None:
    newcomer = await stage.member(stage.cast.newcomer, "no-usual-offer")
    await newcomer.presses(Browse)
    await newcomer.presses(AskPriceList)
    await newcomer.presses(AskOffer)
    await newcomer.presses(TakeOffer, "Пропозиції ще немає з чого скласти")
    barred = await stage.member(stage.cast.barred, "no-prices")
    await barred.presses(Browse)
    await barred.presses(AskPriceList)
    await barred.presses(TakePriceList, "Прайсу немає", note="Асортимент клієнта порожній")

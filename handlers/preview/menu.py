"""The first screen, and what stands behind the menu."""

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import (
    ActFor,
    AskClient,
    AskLanguage,
    AskManager,
    AskSignOut,
    Home,
    More,
    Product,
    SignOut,
    Speak,
)
from keyboards.notice_actions import ShowSwitches, SwitchTopic, Watch


async def looks_around(stage: Stage) -> None:
    await _is_at_home(stage)
    await _acts_for_several(stage)
    await _asks_for_a_human(stage)
    await _signs_out(stage)


async def _is_at_home(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.buyer, "buyer")
    await buyer.starts("Початок")
    await stage.backstage.fill_cart(buyer.account, 1)
    await buyer.writes("/cancel", "Початок, у кошику один рядок")
    await stage.backstage.fill_cart(buyer.account, 22)
    await buyer.sends(Home(), "Початок, у кошику багато рядків")
    await buyer.presses(More, "Ще")
    await _chooses_notices(stage, buyer)
    await buyer.sends(More())
    await buyer.presses(AskLanguage, "Мова")
    await buyer.sends(Speak(stage.backstage.language), "Мову обрано", note="Відповідь уже обраною мовою")
    await buyer.sends_file("Надіслано файл")


async def _chooses_notices(stage: Stage, buyer: Visitor) -> None:
    await buyer.presses(ShowSwitches, "Сповіщення")
    await buyer.presses(SwitchTopic, "Сповіщення про ціни вимкнено", at=-1)
    await buyer.writes(stage.cast.absent)
    await buyer.presses(Product)
    await buyer.presses(Watch, "Повідомимо, а такі сповіщення вимкнено")
    await buyer.presses(Watch)
    await buyer.sends(ShowSwitches())
    await buyer.presses(SwitchTopic, at=-1)


async def _acts_for_several(stage: Stage) -> None:
    agent = await stage.member(stage.cast.several, "agent")
    await agent.presses(More, "Ще, кілька клієнтів")
    await agent.presses(AskClient, "Вибір клієнта")
    await agent.presses(AskClient, "Вибір клієнта, друга сторінка")
    await agent.presses(ActFor, "Клієнта обрано", at=-1)


async def _asks_for_a_human(stage: Stage) -> None:
    buyer = await stage.member(stage.cast.buyer, "asks-1")
    await buyer.presses(AskManager, "Менеджер")
    single = await stage.member(stage.cast.single, "asks-2")
    await single.presses(AskManager, "Менеджер без телефону")
    newcomer = await stage.member(stage.cast.newcomer, "asks-3")
    await newcomer.presses(AskManager, "Менеджера не призначено", note="Телефон компанії замість особистого")


async def _signs_out(stage: Stage) -> None:
    leaver = await stage.member(stage.cast.buyer, "leaver")
    await leaver.presses(More)
    await leaver.presses(AskSignOut, "Вийти?")
    await leaver.presses(SignOut, "Вихід")

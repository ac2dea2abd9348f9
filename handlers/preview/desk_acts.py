"""A manager does things for a client from the client's topic: pay links, a refund, an order, people."""

from bot.services.desk_people import mark
from handlers.preview.stage import CHANNEL, Stage, Visitor
from keyboards.actions import AskManager
from keyboards.desk_actions import (
    AskDraftDay,
    AskDraftPoint,
    AskLink,
    AskMerge,
    AskMergeSure,
    AskOrder,
    AskSignOut,
    AskUnlink,
    ChooseDraftDay,
    ChooseDraftPoint,
    DraftFrom,
    DropDraft,
    Merge,
    PlaceDraft,
    RequestRefund,
    SendDebtsLink,
    SendOrderLink,
    ShowCardPayments,
    ShowDraft,
    ShowPeople,
    ShowPerson,
    SignOut,
    UndoChange,
    Unlink,
)


async def acts(stage: Stage) -> None:
    client = await stage.member(stage.cast.single, "acts")
    manager = await _with_the_card(stage, client, "acts-manager")
    link, refund = manager.button(AskLink), manager.button(ShowCardPayments)
    await _sends_links(stage, client, manager, link)
    await _asks_for_a_refund(stage, client, manager, refund)
    await _orders(stage)
    await _people(stage)


async def _with_the_card(stage: Stage, client: Visitor, name: str) -> Visitor:
    """Somebody of the staff who has the card of the client's topic before them."""
    office = stage.backstage.office
    await client.sends(AskManager())
    await client.writes("Скільки ми винні?")
    thread = await office.thread_of(client.account)
    await office.looks_at_topics()
    manager = stage.manager(name, thread=thread)
    manager.sees([screen for screen in await office.topic_news(office.group, thread) if screen.rows][-1], "")
    return manager


async def _sends_links(stage: Stage, client: Visitor, manager: Visitor, ask: AskLink) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(client.account, 3)
    await office.owes(client.account, 3)
    await manager.sends(ask, "Яке посилання надіслати?")
    debts = manager.button(SendDebtsLink, -1)
    await manager.presses(SendOrderLink, "Посилання на замовлення надіслано")
    await client.hears("Менеджер надсилає посилання на замовлення")
    await manager.sends(debts, "Посилання на борги надіслано")
    await client.hears("Менеджер надсилає посилання на борги")
    await office.owes(client.account, 0)


async def _asks_for_a_refund(stage: Stage, client: Visitor, manager: Visitor, ask: ShowCardPayments) -> None:
    office = stage.backstage.office
    await office.takes_money(client.account)
    await manager.sends(ask, "Яку оплату повернути?")
    await manager.presses(RequestRefund, "Фінанси попрошено повернути")
    bookkeeper = stage.manager("bookkeeper", place=office.finance_group)
    await bookkeeper.hears("Менеджер просить повернути оплату", note="У групі фінансів")


async def _orders(stage: Stage) -> None:
    cast = stage.cast
    client = await stage.member(cast.regular, "ordered-for")
    manager = await _with_the_card(stage, client, "orders-manager")
    ask = manager.button(AskOrder)
    await manager.sends(ask, "Що замовити для клієнта?")
    await manager.presses(DraftFrom, "Нічого з цього вже не продається")
    await manager.sends(ask)
    await manager.presses(DraftFrom, "Чернетка повтору", at=1)
    old, day = manager.button(PlaceDraft), manager.button(AskDraftDay)
    await manager.sends(day, "На який день?")
    await manager.presses(ChooseDraftDay, at=1)
    await manager.sends(AskDraftPoint(old.draft), "За якою адресою?")
    await manager.presses(ChooseDraftPoint)
    await manager.sends(ShowDraft(old.draft), "Чернетка, готова до оформлення")
    place = manager.button(PlaceDraft)
    await manager.sends(old, "Чернетка змінилася")
    await manager.sends(place, "Замовлення оформлено")
    await client.hears("Менеджер оформив замовлення")
    await manager.writes("/zamov", "Як написати замовлення")
    await manager.writes("/zamov ,,,", "Немає що читати")
    await manager.writes(f"/zamov {cast.nonsense}", "Нічого не зрозуміло")
    await manager.writes(f"/zamov {cast.loose} 12\n{cast.widespread} 3\n{cast.nonsense} 2", "Чернетка з написаного")
    await manager.presses(DropDraft, "Чернетку відкладено")


async def _people(stage: Stage) -> None:
    office = stage.backstage.office
    client = await stage.member(stage.cast.buyer, "one-of-two")
    manager = await _with_the_card(stage, client, "people-manager")
    await manager.presses(ShowPeople, "Люди клієнта")
    await manager.presses(ShowPerson, "Людина клієнта", at=1)
    one = manager.button(AskUnlink)
    person = ShowPerson(one.topic, one.person)
    account = mark(f"{CHANNEL}:{client.account}")
    await manager.sends(AskSignOut(one.topic, account), "Чому вийти?")
    await manager.presses(SignOut, "Акаунт вийшов")
    client.sees((await office.topic_news(client.account))[-1], "Чат більше не впізнає")
    await manager.presses(UndoChange)
    client.sees((await office.topic_news(client.account))[-1], "Чат знову впізнає")
    await manager.sends(person)
    await manager.presses(AskMerge, "Хто це ще?")
    await manager.presses(AskMergeSure, "Це одна людина?")
    await manager.presses(Merge, "Дві людини стали однією")
    client.sees((await office.topic_news(client.account))[-1], "Чати тепер одне ціле")
    await manager.presses(UndoChange)
    client.sees((await office.topic_news(client.account))[-1], "Чати знову окремо")
    await manager.sends(one, "Чому відв’язати?")
    await manager.presses(Unlink, "Людину відв’язано")
    client.sees((await office.topic_news(client.account))[-1], "Більше не замовляє для клієнта")
    await manager.presses(UndoChange, "Зміну скасовано")
    client.sees((await office.topic_news(client.account))[-1], "Знову замовляє для клієнта")

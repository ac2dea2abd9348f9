"""A manager does things for a client from the client's topic: pay links, a refund, an order."""

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskManager
from keyboards.desk_actions import (
    AskDraftDay,
    AskDraftPoint,
    AskLink,
    AskOrder,
    ChooseDraftDay,
    ChooseDraftPoint,
    DraftFrom,
    DropDraft,
    PlaceDraft,
    RequestRefund,
    SendDebtsLink,
    SendOrderLink,
    ShowCardPayments,
    ShowDraft,
)


async def acts(stage: Stage) -> None:
    client = await stage.member(stage.cast.single, "acts")
    manager = await _with_the_card(stage, client, "acts-manager")
    link, refund = manager.button(AskLink), manager.button(ShowCardPayments)
    await _sends_links(stage, client, manager, link)
    await _asks_for_a_refund(stage, client, manager, refund)
    await _orders(stage)


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

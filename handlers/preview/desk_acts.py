"""A manager does things for a client from the client's topic: a pay link once more, a refund."""

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskManager
from keyboards.desk_actions import AskLink, RequestRefund, SendDebtsLink, SendOrderLink, ShowCardPayments


async def acts(stage: Stage) -> None:
    client = await stage.member(stage.cast.single, "acts")
    office = stage.backstage.office
    await client.sends(AskManager())
    await client.writes("Скільки ми винні?")
    thread = await office.thread_of(client.account)
    manager = stage.manager("acts-manager", thread=thread)
    await _shows_the_card(stage, client, manager)
    link, refund = manager.button(AskLink), manager.button(ShowCardPayments)
    await _sends_links(stage, client, manager, link)
    await _asks_for_a_refund(stage, client, manager, refund)


async def _shows_the_card(stage: Stage, client: Visitor, manager: Visitor) -> None:
    office = stage.backstage.office
    thread = await office.thread_of(client.account)
    shown = await office.topic_news(office.group, thread)
    manager.sees(next(screen for screen in shown if screen.rows), "")


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

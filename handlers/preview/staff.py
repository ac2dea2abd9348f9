"""The managers' group: how 1C is doing, what does not agree with it, and background work that was given up."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.domain.campaign import Purpose
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Unavailable
from bot.domain.money_move import Reason
from bot.domain.notice import NoticeKind
from bot.domain.order import State
from handlers.preview.notices import orders_in_silence
from handlers.preview.stage import Stage, Visitor
from handlers.preview.trouble import LONG_AGO, NOBODYS
from keyboards.staff_actions import (
    AskCampaign,
    AskGiveBack,
    AskReason,
    AskRefund,
    ChooseOffer,
    Dismiss,
    DropJob,
    GiveBack,
    HaltCampaign,
    LetGo,
    ReplayJob,
    SendAgain,
    ShowCampaign,
    ShowDifference,
    ShowDifferences,
    ShowMailings,
    ShowMessages,
    ShowPayment,
    ShowReports,
    ShowStanding,
    StartCampaign,
    TakeHeld,
    TakeTheirs,
)

TITLES: Mapping[DifferenceKind, str] = {
    DifferenceKind.MISSING_THERE: "Замовлення немає в 1С",
    DifferenceKind.MISSING_HERE: "Замовлення є лише в 1С",
    DifferenceKind.TWICE: "Два документи",
    DifferenceKind.TOTAL: "Суми не збігаються",
    DifferenceKind.LINES: "Рядки не збігаються",
    DifferenceKind.CANCELLED_HERE: "Скасовано тут",
    DifferenceKind.CANCELLED_THERE: "Скасовано в 1С",
    DifferenceKind.KEPT_OTHERWISE: "1С записала інакше",
    DifferenceKind.CHANGED_THERE: "Змінили водночас",
    DifferenceKind.POSTED: "Документ уже проведено",
    DifferenceKind.REFUSED: "1С не приймає",
    DifferenceKind.PRICES_LATE: "Ціни змінилися запізно",
    DifferenceKind.BANK_LEFT: "Переказ скасовано, документ лишився",
    DifferenceKind.CONTRACT_OTHERWISE: "Інші умови договору в 1С",
    DifferenceKind.CLIENTS_GONE: "Бракує багатьох клієнтів",
}
Found = Mapping[DifferenceKind, UUID]


async def looks_after_1c(stage: Stage) -> None:
    manager, client = stage.manager("manager"), await stage.member(stage.cast.single, "watched")
    await _hears_of_a_silence(stage, manager, client)
    found = {}
    for kind, title in TITLES.items():
        found[kind] = await stage.backstage.office.differs(client.account, kind)
        await manager.hears(title)
    await manager.sends(ShowDifferences(), "Розбіжності")
    await _cannot(stage, manager, found)
    await _presses_elsewhere(stage, client)
    await _meets_trouble(stage, manager, found)
    await _mends(stage, manager, client, found)
    await _compares(stage, manager)
    await _hears_of_money(stage, manager, client)
    await _looks_after_dead_letters(stage, manager)
    await stage.backstage.office.loses_somebody(client.account)
    await manager.hears("Людину не вдалося повідомити", note="Раз на день, якщо є про кого")
    await manager.presses(ShowMessages, "Повідомлення клієнтам")
    await stage.backstage.office.doubts(client.account)
    await manager.hears("Повідомлення, можливо, не дійшли", note="Щогодини одним списком, якщо є про що")
    await _invites(stage, manager)
    await _mails(stage, manager)


async def _hears_of_money(stage: Stage, manager: Visitor, client: Visitor) -> None:
    office = stage.backstage.office
    bookkeeper = stage.manager("finance", office.finance_group)
    await office.takes_by_phone(client.account, 3)
    await office.takes_money(client.account)
    await bookkeeper.hears("Клієнт сплатив карткою")
    await office.changes(client.account, 1)
    await bookkeeper.hears("Сплачено більше, ніж треба")
    await office.moves(client.account, State.CANCELLED)
    await bookkeeper.hears("Сплачене замовлення скасовано")
    await _gives_back(stage, bookkeeper, client)
    await _waits_for_the_gateway(stage, bookkeeper, client)
    await _takes_what_is_held(stage, bookkeeper, client)
    await office.finds_strangers()
    await bookkeeper.hears("Невідомі гроші у шлюзі", note="Щоранку або за командою")
    await office.runs_out_of_money(NoticeKind.BUDGET)
    await bookkeeper.hears("Бюджет повідомлень вичерпано")
    await office.runs_out_of_money(NoticeKind.NO_FUNDS)
    await manager.hears("Немає грошей на SMS")
    await office.loses_the_mailbox()
    await manager.hears("Скринька повернень не впускає")


async def _gives_back(stage: Stage, bookkeeper: Visitor, client: Visitor) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(client.account, 3)
    await office.takes_money(client.account)
    await bookkeeper.hears("")
    await office.changes(client.account, 2)
    await bookkeeper.hears("Сплачено більше, є надлишок")
    await bookkeeper.presses(AskRefund, "Скільки повернути?")
    await bookkeeper.presses(AskReason, "Чому?", at=-1)
    await bookkeeper.presses(AskGiveBack, "Повернути?")
    yes = bookkeeper.button(GiveBack)
    await office.refuses_refunds("1136")
    await bookkeeper.presses(GiveBack, "Повертаємо")
    await bookkeeper.hears("Шлюз не повернув")
    await office.refuses_refunds(None)
    await bookkeeper.sends(yes)
    await bookkeeper.hears("Повернуто")
    await bookkeeper.sends(yes, "Хтось уже повернув")
    await bookkeeper.presses(ShowPayment)
    too_much = GiveBack(yes.payment, 10**12, yes.kopiykas, Reason.GOODS)
    await bookkeeper.sends(too_much, "Більше, ніж лишилося", note="Вигадана кнопка")


async def _waits_for_the_gateway(stage: Stage, bookkeeper: Visitor, client: Visitor) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(client.account, 2)
    await office.takes_money(client.account)
    await bookkeeper.hears("")
    await office.disowns_payment()
    await bookkeeper.hears("Шлюз каже, що оплати не було", note="Раніше він її підтвердив")
    await bookkeeper.presses(AskRefund)
    await bookkeeper.presses(AskReason, at=0)
    await bookkeeper.presses(AskGiveBack)
    await office.delays_refunds(on=True)
    await bookkeeper.presses(GiveBack)
    await office.works()
    await bookkeeper.presses(ShowPayment, "Повертається", note="Шлюз прийняв повернення і ще його не показує")
    await office.delays_refunds(on=False)


async def _takes_what_is_held(stage: Stage, bookkeeper: Visitor, client: Visitor) -> None:
    office = stage.backstage.office
    await office.takes_by_phone(client.account, 1)
    await office.holds_money(client.account)
    await bookkeeper.hears("Суму заблоковано")
    await bookkeeper.presses(TakeHeld, "Списуємо")
    await bookkeeper.hears("Списано")
    await office.takes_by_phone(client.account, 1)
    await office.holds_money(client.account)
    await bookkeeper.hears("")
    await bookkeeper.presses(LetGo, "Відпускаємо")
    await office.works()
    await bookkeeper.presses(ShowPayment, "Відпущено")


async def _hears_of_a_silence(stage: Stage, manager: Visitor, client: Visitor) -> None:
    backstage, office = stage.backstage, stage.backstage.office
    await manager.sends(ShowDifferences(), "Розбіжностей немає")
    await manager.presses(ShowStanding, "Стан 1С")
    await office.falls_silent()
    backstage.wait(timedelta(minutes=6))
    await manager.hears("1С не відповідає", note="Після п’яти хвилин мовчання")
    await office.answers()
    backstage.wait(timedelta(minutes=1))
    await manager.hears("1С знову відповідає")
    await orders_in_silence(stage, client, 6, see=("", ""))
    backstage.wait(timedelta(minutes=6))
    await manager.hears("1С не відповідає, замовлення чекає")
    await manager.presses(ShowStanding, "Стан 1С, не відповідає")
    backstage.wait(timedelta(minutes=1))
    await office.answers()
    await manager.hears("1С знову відповідає, замовлення передаємо")


async def _cannot(stage: Stage, manager: Visitor, found: Found) -> None:
    office = stage.backstage.office
    await manager.sends(TakeTheirs(found[DifferenceKind.TWICE]), "Звідси не виправити", note="Вигадана кнопка")
    unconnected = stage.manager("manager", desk=office.unconnected)
    await unconnected.sends(TakeTheirs(found[DifferenceKind.TOTAL]), "1С не під’єднано")
    await manager.sends(ShowDifference(NOBODYS), "Розбіжності вже немає")
    await manager.sends(LONG_AGO, "Стара кнопка в групі")


async def _presses_elsewhere(stage: Stage, client: Visitor) -> None:
    await client.sends(ShowStanding(), "Кнопка працівників у клієнта", note="Переслане повідомлення групи")
    other = stage.manager("bookkeeper", stage.backstage.office.finance_group)
    await other.sends(ShowStanding(), "Кнопка не для цієї групи")


async def _meets_trouble(stage: Stage, manager: Visitor, found: Found) -> None:
    theirs = TakeTheirs(found[DifferenceKind.TOTAL])
    for error, title in (
        (Unavailable("onec", "find"), "1С не відповіла на кнопку"),
        (RuntimeError("a defect"), "Збій"),
    ):
        stage.backstage.books_fail(error)
        await manager.sends(theirs, title)
    stage.backstage.books_fail(None)


async def _mends(stage: Stage, manager: Visitor, client: Visitor, found: Found) -> None:
    await manager.sends(ShowDifference(found[DifferenceKind.KEPT_OTHERWISE]))
    await manager.presses(Dismiss, "Лишено як є")
    await manager.sends(ShowDifference(found[DifferenceKind.TOTAL]))
    await manager.presses(TakeTheirs, "Взято з 1С")
    await manager.sends(ShowDifference(found[DifferenceKind.MISSING_THERE]))
    await manager.presses(SendAgain, "Надіслано ще раз")
    await stage.backstage.office.works()
    await manager.sends(ShowDifference(found[DifferenceKind.CANCELLED_HERE]), "Розбіжність зникла сама")
    lost = await stage.backstage.office.differs(client.account, DifferenceKind.LINES)
    await manager.hears("")
    await stage.backstage.office.loses(client.account)
    await manager.sends(TakeTheirs(lost), "Документа вже немає")


async def _compares(stage: Stage, manager: Visitor) -> None:
    await stage.backstage.office.reconciles()
    await manager.hears("Звірка знайшла розбіжності", note="Щоранку або за командою")


async def _looks_after_dead_letters(stage: Stage, manager: Visitor) -> None:
    await stage.backstage.office.gives_up()
    await manager.hears("Робота не вдалася")
    again = manager.button(ReplayJob)
    await manager.presses(ReplayJob, "Пробуємо ще раз")
    await manager.sends(again, "Хтось уже вирішив")
    await stage.backstage.office.gives_up()
    await manager.hears("")
    await manager.presses(DropJob, "Більше не пробуємо")


async def _invites(stage: Stage, manager: Visitor) -> None:
    backstage, office = stage.backstage, stage.backstage.office
    await stage.member(stage.cast.bookkeeper, "the last")
    await manager.sends(ShowStanding())
    await manager.presses(ShowCampaign, "Доступ мають усі")
    await manager.presses(ShowReports, "Звіт, запрошень ще не було")
    await manager.sends(StartCampaign(Purpose.ACCESS, 1), "Нема куди запрошувати", note="Без Telegram і Viber")
    office.connects_chats()
    await manager.sends(StartCampaign(Purpose.ACCESS, 1), "Запрошувати нікого", note="Стара кнопка")
    await office.gets_people(8)
    await manager.sends(ShowCampaign(Purpose.ACCESS), "Запросити клієнтів", note="Бюджету на всіх не вистачить")
    await manager.presses(AskCampaign, "Запросити всіх?")
    await manager.sends(
        StartCampaign(Purpose.ACCESS, 1), "Запросити всіх? Уже інших", note="Тим часом з’явилися нові люди"
    )
    await manager.presses(StartCampaign, "Розсилка триває")
    await office.brings_invitations()
    await manager.presses(ShowReports, "Звіт розсилки")
    await manager.presses(ShowCampaign)
    await manager.presses(HaltCampaign, "Розсилку зупинено")
    backstage.wait(timedelta(seconds=30))
    await manager.presses(ShowCampaign)
    await manager.presses(AskCampaign)
    await manager.presses(StartCampaign)
    await office.brings_invitations()
    backstage.wait(timedelta(minutes=2))
    await office.works()
    await manager.sends(ShowReports(Purpose.ACCESS), "Бюджет вичерпано")


async def _mails(stage: Stage, manager: Visitor) -> None:
    office = stage.backstage.office
    await manager.sends(ShowMailings(), "Прайси й пропозиції всім")
    await manager.presses(ChooseOffer, "Пропозиція: з якого розділу?")
    await manager.presses(ShowCampaign, "Пропозиція з розділу всім")
    await manager.sends(ShowReports(Purpose.OFFER), "Звіт, розсилок ще не було")
    await manager.sends(ShowCampaign(Purpose.OFFER), "Пропозиція зі звичного кошика всім")
    await manager.sends(ShowCampaign(Purpose.PRICE_LIST), "Прайс усім")
    await manager.presses(AskCampaign, "Надіслати прайси?")
    await manager.presses(StartCampaign, "Прайси надсилаються")
    await office.works()
    await manager.presses(ShowReports, "Звіт розсилки прайсів")
    await manager.sends(ShowCampaign(Purpose.PRICE_LIST))
    await manager.presses(HaltCampaign, "Розсилку прайсів зупинено")

"""Reminders of debts: what a client reads and answers, and what finance sees, decides and changes."""

from datetime import timedelta

from bot.domain.promises import HoldKind
from handlers.preview.stage import Stage, Visitor
from handlers.preview.trouble import NOBODYS
from keyboards.pay_actions import PayOverdue, ShowBalance
from keyboards.reminder_actions import (
    AskDispute,
    AskExempt,
    AskExemptWhy,
    AskPaid,
    AskPromise,
    AskQuestion,
    EndHold,
    Exempt,
    MakePromise,
    MoveLevel,
    SaidPaid,
    SaveWords,
    ShowDebtor,
    ShowForecast,
    ShowHold,
    ShowHolds,
    ShowLadder,
    ShowLevel,
    ShowReminding,
    ShowSms,
    SwitchLevel,
)

MANY = 25


async def reminds_of_debts(stage: Stage) -> None:
    office = stage.backstage.office
    finance = stage.manager("finance", office.finance_group)
    debtor = await stage.member(stage.cast.single, "debtor")
    await finance.writes("/reminders", "Нагадування, боргів немає")
    await finance.presses(ShowLadder)
    await finance.presses(ShowLevel, "Рівень, прикладу немає", at=-1)
    await finance.presses(ShowSms, "SMS рівня, боржників немає")
    await office.owes(debtor.account, MANY)
    await office.reminds()
    await debtor.hears("Нагадування про борги", note="Одне на всі борги клієнта")
    await _says_it_is_paid(debtor, finance)
    await _promises(debtor)
    await _asks(stage, debtor)
    await _decides(finance)
    await _decides_in_own_words(finance, stage.cast.single)
    await _changes_the_ladder(finance)
    await _keeps_and_breaks(stage, debtor, finance)
    await _pays(debtor)


async def _says_it_is_paid(debtor: Visitor, finance: Visitor) -> None:
    await debtor.presses(AskPaid, "Коли сплатили?")
    await debtor.writes("нещодавно", "Це не день")
    await debtor.writes("завтра", "Сплатили завтра?")
    await debtor.writes("01.02.2026", "Сплатили давно")
    await debtor.sends_file("Платіжку отримано")
    await finance.hears("Клієнт надіслав платіжку")
    await finance.presses(EndHold, "Гроші не надійшли")
    await debtor.sends(AskPaid())
    await debtor.presses(SaidPaid, "Сказали, що сплатили")
    await finance.hears("Клієнт каже, що сплатив")


async def _promises(debtor: Visitor) -> None:
    await debtor.sends(AskPromise(), "Коли сплатите?")
    await debtor.writes("вчора", "Цей день минув")
    await debtor.writes("31.12.2030", "Задалеко")
    await debtor.sends(AskPromise())
    await debtor.presses(MakePromise, "Обіцяно", at=2)
    await debtor.sends(AskPromise(), "Перенести обіцянку")


async def _asks(stage: Stage, debtor: Visitor) -> None:
    manager = stage.manager("manager")
    await debtor.sends(AskQuestion(), "Про який документ?")
    await debtor.presses(AskDispute, "Що не так?")
    await debtor.writes("Половину товару ми повернули, акт у вашого водія.", "Питання передано")
    await manager.hears("Питання щодо боргу")


async def _decides(finance: Visitor) -> None:
    await finance.writes("/reminders@komora_bot", "Нагадування, стан")
    await finance.presses(ShowHolds, "Що стримує нагадування")
    for at, title in ((0, "Обіцянка"), (1, "Клієнт каже, що сплатив, картка"), (2, "Спір")):
        await finance.sends(ShowHolds())
        await finance.presses(ShowHold, title, at=at)
    await finance.presses(EndHold, "Спір вирішено")
    await finance.sends(ShowHold(HoldKind.PROMISE, NOBODYS), "Такої обіцянки немає", note="Вигадана кнопка")
    await finance.sends(ShowReminding())
    await finance.presses(ShowForecast, "Хто що отримає")
    await finance.presses(ShowDebtor, "Боржник", at=0)
    await finance.presses(AskExempt, "Як не турбувати?")
    await finance.presses(AskExemptWhy, "Чому?", at=-1)
    await finance.presses(Exempt, "Клієнта не турбуємо")
    await finance.presses(EndHold, at=-1)
    await finance.presses(ShowDebtor)
    await finance.presses(EndHold, "Обіцянку знято")
    await finance.presses(ShowDebtor)
    await finance.presses(EndHold)


async def _decides_in_own_words(finance: Visitor, code: str) -> None:
    await finance.writes(f"/vyniatok {code} 25/12", "Виняток без причини")
    await finance.writes(f"/vyniatok {code} 1.02.2026 минуле", "Виняток до дня, що минув")
    await finance.writes(f"/vyniatok {code} до 20/04 {'чекаємо на акт звірки від їхнього бухгалтера ' * 5}")
    await finance.sends(ShowHolds(), "Виняток своїми словами")
    await finance.presses(ShowHold, at=-1)
    await finance.presses(EndHold)


async def _changes_the_ladder(finance: Visitor) -> None:
    await finance.sends(ShowReminding())
    await finance.presses(ShowLadder, "Драбина")
    await finance.presses(ShowLevel, "Рівень драбини", at=2)
    await finance.presses(SwitchLevel, "Рівень вимкнено")
    await finance.presses(SwitchLevel)
    await finance.presses(MoveLevel, "Рівень пересунуто", at=2)
    await finance.presses(MoveLevel, at=1)
    await finance.presses(MoveLevel, "Такий день уже зайнято", at=1, note="Два рівні одного дня")
    await finance.writes("/slova 3", "Немає слів")
    await finance.writes("/slova 3 uk Строк був [строк], не сплачено [прострочено]. Чекаємо, [клієнт]!", "Нові слова")
    await finance.presses(SaveWords, "Слова збережено")
    await finance.presses(ShowLadder, "Драбина зі змінами")
    await finance.presses(ShowLevel, at=3)
    await finance.presses(ShowSms, "SMS рівня")
    await finance.writes("/slova 4 sms uk Без посилання", "SMS без посилання")
    await finance.writes("/slova 4 sms uk [компанія]: [прострочено] до [строк], [посилання]", "Нові слова SMS")
    await finance.presses(SaveWords, "Слова SMS збережено")
    await finance.writes(f"/slova 4 sms uk [компанія]: [посилання] {'дуже довго ' * 12}", "SMS задовга")
    await finance.presses(ShowSms)
    await finance.presses(ShowLevel)
    await finance.sends(ShowSms("soon", "uk"), "SMS рівня, який їх не шле")


async def _keeps_and_breaks(stage: Stage, debtor: Visitor, finance: Visitor) -> None:
    office = stage.backstage.office
    await debtor.sends(AskPromise())
    await debtor.presses(MakePromise)
    await office.reminds()
    await finance.hears("Обіцянку не виконано")
    await debtor.sends(AskPromise())
    await debtor.presses(MakePromise)
    await office.owes(debtor.account, 0)
    await office.reminds()
    await debtor.hears("Дякуємо, що дотримали слова")
    await office.owes(debtor.account, MANY)
    stage.backstage.wait(timedelta(days=20))
    await office.reminds()
    stage.backstage.wait(timedelta(minutes=3))
    await office.works()
    await stage.manager("manager").hears("Нагадування зайшли далеко", note="Раз на ранок, усі разом")


async def _pays(debtor: Visitor) -> None:
    await debtor.sends(ShowBalance())
    await debtor.presses(PayOverdue, "Посилання на прострочене")
    await debtor.sends(PayOverdue(1), "Прострочена сума вже інша", note="Стара кнопка")

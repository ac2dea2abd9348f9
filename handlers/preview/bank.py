"""Finance's group: payments by transfer, those that nobody knows, and what is decided of them."""

from handlers.preview.stage import Stage
from keyboards.bank_actions import (
    AskReturn,
    AskSplit,
    ChooseClient,
    MarkReturned,
    PutToOldest,
    SetAside,
    SetReturn,
    ShowBank,
    ShowLine,
    UndoLine,
    UndoReturn,
)


async def sorts_transfers(stage: Stage) -> None:
    office = stage.backstage.office
    bookkeeper, client = (
        stage.manager("transfers", office.finance_group),
        await stage.member(stage.cast.single, "banked"),
    )
    other = await stage.member(stage.cast.regular, "banked too")
    await bookkeeper.writes("/bank", "Нерозпізнаних оплат немає")
    await bookkeeper.sends_file("Виписки тут не приймаються")
    await office.owes(client.account, 3)
    await office.owes_too(other.account, 9)
    await office.banks(client.account, "1234567.81", "Оплата зг. накл. РН-000000002, у т.ч. ПДВ 20%")
    await bookkeeper.hears("Виписку прийнято", note="Після main.py bank або файла в групі")
    await bookkeeper.writes("/oplata 1", "Рознесено автоматично")
    await office.banks(client.account, "1000", "за товар без ПДВ")
    await office.banks(client.account, "1500", "часткова оплата за продукти харчування " * 8)
    await office.banks(None, "77.50", "Внесок готівки через касу")
    await bookkeeper.hears("Нерозпізнані оплати")
    await bookkeeper.presses(ShowBank)
    await bookkeeper.presses(ShowLine, "Оплата з варіантами")
    await bookkeeper.presses(AskSplit, "Розподілити оплату")
    await _cannot(stage)
    await bookkeeper.writes("/podil 2 РН-000000001=600 РН-000000003=100,50", "Розподілено вручну")
    await client.hears("Переказ зараховано")
    await bookkeeper.presses(UndoLine, "Рознесення скасовано")
    await client.hears("Виправлення щодо переказу")
    await bookkeeper.presses(AskSplit)
    await bookkeeper.presses(PutToOldest, "Розподілено на найстаріші")
    await bookkeeper.writes("/oplata 3")
    await bookkeeper.presses(ChooseClient, "Клієнта вибрано")
    await bookkeeper.writes("/oplata 4", "Нічия оплата")
    await bookkeeper.presses(SetAside, "Не від клієнта")
    await bookkeeper.presses(UndoLine)
    await _goes_back(stage)
    await bookkeeper.writes("/klient 4 000", "Такого клієнта немає")


async def _goes_back(stage: Stage) -> None:
    bookkeeper = stage.manager("transfers", stage.backstage.office.finance_group)
    await bookkeeper.writes("/platnyku 4", "Повернення без причини")
    await bookkeeper.writes("/platnyku 4 100 помилка", "Повернути більше, ніж вільно")
    await bookkeeper.writes("/platnyku 4 7,50 " + "платник помилився рахунком " * 7, "Частину на повернення")
    await bookkeeper.writes("/bank", "Перекази з поверненнями")
    await bookkeeper.writes("/oplata 4")
    await bookkeeper.presses(MarkReturned, "Повернено")
    await bookkeeper.presses(UndoReturn, "Ще не повернено")
    await bookkeeper.presses(UndoReturn, "Вирішили не повертати")
    await bookkeeper.presses(AskReturn, "Скільки повернути")
    await bookkeeper.presses(SetReturn, "Усе на повернення")


async def _cannot(stage: Stage) -> None:
    bookkeeper = stage.manager("transfers", stage.backstage.office.finance_group)
    for typed, title in (
        ("/podil 2 багато", "Розподіл не зрозумілий"),
        ("/podil 2 РН-999=5", "Немає такого документа"),
        ("/podil 2 РН-000000001=1000,01", "Більше, ніж надійшло"),
        ("/podil 2 РН-000000001=5 РН-000000009=5", "Документи різних клієнтів"),
    ):
        await bookkeeper.writes(typed, title)

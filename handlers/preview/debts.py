"""The digest of debts in the group of finance: in the morning, by command, and of one client."""

from datetime import timedelta

from handlers.preview.stage import Stage
from keyboards.staff_actions import ShowDebts, TakeDebts

MANY = 14
SHARED, NOBODYS = "о", "00000000"


async def looks_at_debts(stage: Stage) -> None:
    office = stage.backstage.office
    finance = stage.manager("finance", office.finance_group)
    payer = await stage.member(stage.cast.single, "owing")
    await office.owes(payer.account, 0)
    await finance.writes("/debts", "Ніхто не винен")
    await office.owes(payer.account, MANY)
    await office.digests()
    await finance.hears("Таблиця боргів", note="Щоробочого ранку, після зведення")
    stage.backstage.wait(timedelta(days=1))
    await office.owes(payer.account, MANY - 1)
    await finance.writes("/debts", "Зведення боргів")
    await finance.presses(TakeDebts, "Усі борги в Excel")
    await finance.writes(f"/debts {NOBODYS}", "Такого клієнта немає")
    await finance.writes(f"/debts {SHARED}", "Таких клієнтів багато")
    await finance.presses(ShowDebts, "Борги клієнта, боргів немає")
    await finance.presses(TakeDebts, "Борги клієнта в Excel, порожньо")
    await finance.writes(f"/debts {stage.cast.single}", "Борги клієнта", note="Код клієнта в 1С тут — його телефон")
    stage.backstage.wait(timedelta(hours=3))
    await finance.writes("/debts", "Зведення за давніми даними")

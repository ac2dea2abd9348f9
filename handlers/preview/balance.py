"""«My balance»: debts, a choice of them, a link, a part of an order, and what is said of sums that cannot be."""

from datetime import timedelta

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import Checkout, ChooseDate, ShowOrder, ShowOrders
from keyboards.paper_actions import AskStatement, TakeStatement
from keyboards.pay_actions import AskSum, ChooseDebt, PayDebts, PayOldest, PayOverdue, RevokeLink, ShowBalance

MANY = 11


async def pays_debts(stage: Stage) -> None:
    payer = await stage.member(stage.cast.single, "payer")
    office = stage.backstage.office
    await payer.presses(ShowBalance, "Боргів ще не надходило")
    await office.owes(payer.account, 0)
    await payer.presses(ShowBalance, "Боргів немає")
    await payer.presses(AskStatement, "Виписка: за скільки місяців?")
    await payer.presses(TakeStatement, "Виписка без боргів")
    await office.owes(payer.account, MANY)
    await _chooses(payer)
    await _types(payer)
    await _is_told(stage, payer)
    await _pays_the_overdue(payer)
    await _is_warned(stage, payer)
    await _cannot(stage, payer)
    await _pays_a_part(payer)
    stage.backstage.wait(timedelta(hours=3))
    await payer.presses(ShowBalance, "Борги за давніми даними", note="1С давно не відповідає")


async def _pays_the_overdue(payer: Visitor) -> None:
    await payer.presses(ShowBalance)
    overdue = payer.button(PayOverdue)
    await payer.presses(PayOverdue, "Посилання на прострочене")
    await payer.presses(ShowBalance)
    await payer.presses(AskStatement)
    await payer.presses(TakeStatement, "Виписка")
    await payer.sends(PayOverdue(overdue.kopiykas + 1), "Прострочено вже інше", note="Стара кнопка")
    await payer.presses(AskStatement)


async def _chooses(payer: Visitor) -> None:
    await payer.presses(ShowBalance, "Борги")
    await payer.presses(ChooseDebt, "Борг вибрано")
    await payer.presses(ShowBalance, "Борги, друга сторінка")
    await payer.presses(ChooseDebt)
    await payer.presses(PayDebts, "Посилання на всі борги")
    await payer.presses(ShowBalance)
    chosen = payer.button(PayDebts, 1)
    await payer.presses(PayDebts, "Посилання на вибране", at=1)
    await payer.presses(RevokeLink, "Посилання відкликано")
    await payer.presses(ShowBalance)
    await payer.presses(ChooseDebt)
    await payer.sends(chosen, "Сума вже інша", note="Стара кнопка: вибрано вже інше")


async def _types(payer: Visitor) -> None:
    await payer.presses(ShowBalance)
    await payer.presses(AskSum, "Інша сума?")
    await payer.writes("скільки треба", "Це не сума")
    await payer.writes("-100", "Від’ємна сума")
    await payer.writes("99999999999", "Більше, ніж треба")
    await payer.writes("1500,50", "Посилання на іншу суму")


async def _is_told(stage: Stage, payer: Visitor) -> None:
    office = stage.backstage.office
    revoke = payer.button(RevokeLink)
    await office.pays_link(payer.account, under_way=True)
    await payer.sends(revoke, "Відкликати запізно", note="Оплата вже в банку")
    await office.pays_link(payer.account)
    await payer.hears("Борги сплачено")
    await office.gives_back(payer.account)
    await payer.hears("Гроші за борги повернуто")


async def _is_warned(stage: Stage, payer: Visitor) -> None:
    office = stage.backstage.office
    await stage.backstage.fill_cart(payer.account, 5)
    await payer.sends(Checkout())
    await payer.presses(ChooseDate, "Замовлення, борг прострочено")
    late = payer.button(PayOldest)
    await payer.presses(PayOldest, "Посилання на те, чого бракує")
    await office.limits(payer.account, 100)
    await payer.sends(Checkout(), "Замовлення понад ліміт, і борг прострочено")
    await payer.sends(PayOldest(late.kopiykas * 10_000), "Боргу вже менше", note="Стара кнопка")
    await office.owes(payer.account, 0)
    await payer.sends(Checkout(), "Замовлення понад ліміт, боргів немає")
    await office.limits(payer.account, None)
    await stage.backstage.fill_cart(payer.account, 0)
    await office.owes(payer.account, MANY)


async def _cannot(stage: Stage, payer: Visitor) -> None:
    await payer.presses(ShowBalance)
    all_ = payer.button(PayDebts)
    without = stage.visitor(payer.account, stage.backstage.office.unconnected)
    await without.sends(ShowBalance(), "Борги, карткою не заплатити")
    await without.sends(all_, "Карткою не заплатити")


async def _pays_a_part(payer: Visitor) -> None:
    await payer.presses(ShowOrders)
    await payer.presses(ShowOrder, "Замовлення можна сплатити частинами")
    await payer.presses(AskSum, "Яка частина суми?")
    await payer.writes("100", "Посилання на частину замовлення")

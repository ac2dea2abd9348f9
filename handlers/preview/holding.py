"""Orders that the credit gate holds, for the client and for the managers."""

from datetime import timedelta

from handlers.preview.stage import Stage, Visitor
from keyboards.actions import AskCancelOrder, Checkout, ChooseDate, Confirm, ShowOrder, ShowOrders
from keyboards.pay_actions import PayHeld
from keyboards.staff_actions import ReleaseHeld, ShowHeld

LIMIT = 100


async def waits_for_the_gate(stage: Stage) -> None:
    office = stage.backstage.office
    payer, manager = await stage.member(stage.cast.single, "held"), stage.manager("releases")
    office.holds_orders(on=True)
    await office.owes(payer.account, 0)
    await office.limits(payer.account, LIMIT)
    await _is_released(stage, payer, manager)
    await _goes_by_itself(stage, payer, manager)
    office.holds_orders(on=False)


async def _is_released(stage: Stage, payer: Visitor, manager: Visitor) -> None:
    await stage.backstage.fill_cart(payer.account, 5)
    await payer.sends(Checkout())
    await payer.presses(ChooseDate, "Замовлення буде притримано")
    await payer.presses(Confirm, "Замовлення притримано")
    await payer.presses(PayHeld, "Посилання, щоб замовлення поїхало")
    await payer.sends(ShowOrders(), "Серед замовлень одне притримане")
    await payer.presses(ShowOrder, "Притримане замовлення")
    await manager.hears("Замовлення притримано, група менеджерів")
    seen = manager.button(ReleaseHeld)
    await manager.presses(ShowHeld, "Притримане замовлення, ще раз")
    await manager.sends(ReleaseHeld(seen.order, seen.revision + 1), "Замовлення тим часом змінили")
    await manager.presses(ReleaseHeld, "Замовлення відпущено")
    await payer.hears("Замовлення більше нічого не тримає")


async def _goes_by_itself(stage: Stage, payer: Visitor, manager: Visitor) -> None:
    """Agreed while debts were old, held once they were read, and let go by what 1C says afterwards."""
    office = stage.backstage.office
    stage.backstage.wait(timedelta(hours=3))
    await stage.backstage.fill_cart(payer.account, 5)
    await payer.sends(Checkout())
    await payer.presses(ChooseDate)
    await payer.presses(Confirm, "Замовлення, борги ще не перевірено")
    order = payer.button(AskCancelOrder).order
    await manager.sends(ShowHeld(order), "Замовлення чекає, поки борги прочитаються")
    await office.owes(payer.account, 3)
    await payer.hears("Замовлення притримано, щойно борги прочитано")
    await manager.sends(ShowHeld(order), "Притримане замовлення, борг прострочено")
    await office.limits(payer.account, None)
    await office.owes(payer.account, 0)
    await manager.hears("Замовлення відпущено само собою")

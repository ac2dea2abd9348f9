"""Reminders of debts as people meet them: what comes in the morning, what they answer, and when they are left alone."""

from datetime import UTC, date, datetime

from sqlalchemy import update

from bot.db.models import Membership
from bot.domain.accounting import Subject
from bot.domain.job import Job, Queue
from bot.services.reminders import LOOK_AT_DEBTS
from tests.scenarios.paying import owe, pays
from tests.scenarios.steps import joined
from tests.scenarios.world import World, scenario
from tests.support.chat import Talker
from tests.support.wholesaler import uid

MONDAY = date(2026, 11, 23)


async def morning(world: World, person: Talker, day: date = MONDAY) -> None:
    """Ten o'clock in Kyiv: debts are fresh, and debtors are reminded."""
    world.clock.moment = max(datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC), world.clock.moment)
    await world.backroom.takes_in(Subject.RECEIVABLES)
    key = f"{LOOK_AT_DEBTS}:{world.clock.moment}"
    await world.books.write(lambda tx: tx.jobs.add(Job(LOOK_AT_DEBTS, Queue.LOCAL, {}, key=key)))
    await world.hears(person)


async def reminded(world: World) -> Talker:
    """Olena owes 1000 since yesterday and reads so."""
    olena = await joined(world)
    await owe(world, "1000.00")
    await morning(world, olena)
    olena.sees("Мабуть, оплату просто відклали", "строк був 22 листопада", "Накладна РН-1", "1 000,00 грн")
    return olena


@scenario
async def a_debtor_promises_a_day_and_is_left_alone_until_then(world: World) -> None:
    olena = await reminded(world)
    olena.sees_buttons("Сплатити 1", "Уже сплачено", "Сплачу…", "Питання")
    await olena.taps("Сплачу…")
    olena.sees("Коли сплатите 1 000,00 грн?", "не пізніше ніж 7 грудня")
    await olena.taps("Пт 27.11")
    olena.sees("Домовилися: 1 000,00 грн, пт, 27 листопада")
    for day in (date(2026, 11, 25), date(2026, 11, 27)):
        await morning(world, olena, day)
        olena.sees("Домовилися")
    await morning(world, olena, date(2026, 11, 30))
    olena.sees("Минуло 8 дн. від строку оплати, прострочено 1 000,00 грн")


@scenario
async def a_promise_that_is_kept_is_thanked_for(world: World) -> None:
    olena = await reminded(world)
    await olena.taps("Сплачу…")
    await olena.writes("завтра")
    olena.sees("Домовилися: 1 000,00 грн, вт, 24 листопада")
    await world.again(olena)
    world.backroom.ledger.owed = {}
    await morning(world, olena, date(2026, 11, 25))
    olena.sees("Дякуємо, що дотримали слова")


@scenario
async def who_pays_by_the_button_is_not_reminded_again(world: World) -> None:
    olena = await reminded(world)
    await pays(world)
    await world.hears(olena)
    olena.sees("Дякуємо, оплата надійшла")
    await morning(world, olena, date(2026, 11, 30))
    olena.sees("Дякуємо, оплата надійшла")


@scenario
async def who_has_paid_says_when_or_sends_the_payment_order(world: World) -> None:
    olena = await reminded(world)
    await olena.taps("Уже сплачено")
    await olena.writes("десь на тому тижні")
    olena.sees("Це не день")
    await olena.writes("20.11")
    olena.sees("Дякуємо, записали", "Не нагадуватимемо до чт, 26 листопада включно")
    await morning(world, olena, date(2026, 11, 26))
    olena.sees("Дякуємо, записали")
    await olena.taps("Мій баланс")
    await olena.taps("Уже сплачено")
    await olena.sends_photo()
    olena.sees("Дякуємо, записали", "до чт, 26 листопада включно")


@scenario
async def a_question_holds_its_document_alone(world: World) -> None:
    olena = await joined(world)
    await owe(world, "1000.00", "500.00")
    await morning(world, olena)
    olena.sees("Разом: 1 500,00 грн")
    await olena.taps("Питання")
    olena.sees("Про який документ мова?", "РН-1", "РН-2")
    await olena.taps("1")
    olena.sees("Що з ним не так?", "РН-1")
    await olena.writes("Половину повернули")
    olena.sees("менеджер уже має ваше питання", "Накладна РН-1 від 10.11.2026: доки не розберемося")
    await morning(world, olena, date(2026, 11, 24))
    olena.sees("Накладна РН-2", "Мабуть, оплату просто відклали")
    olena.sees_not("РН-1")


@scenario
async def who_only_orders_cannot_promise_what_others_pay(world: World) -> None:
    olena = await reminded(world)
    await olena.taps("Сплачу…")
    promise = await olena.payload_of("Пт 27.11")
    andrii = await joined(world, "Андрій")
    cook = update(Membership).where(Membership.person_id == uid("Андрій")).values(pays=False)
    await world.books.write(lambda tx: tx._connection.execute(cook).rowcount)
    for payload in (promise, "~dpa1", "~dqa1:0", "~dps1:20261120"):
        await andrii.presses(payload)
        andrii.sees("Борги цього клієнта бачать лише ті, хто за нього платить")
    for forged in ("~dpp1:20200101", "~dpp1:99991231"):
        await olena.presses(forged)
        olena.sees_not("Домовилися")
    assert await world.books.read(lambda tx: tx.promises.open_promises()) == []

"""The owner's figures out of orders, payments and reminders as they happen, and the message of the week."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.accounting import Subject
from bot.domain.errors import Outdated
from bot.domain.figures import Counted, Dates, Norms, Period, Waits
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.payment import Outcome
from bot.domain.workdays import Workdays
from bot.services.figures import FIGURES, OwnerFigures, week_from
from bot.services.standing import LastKnown
from tests.services.backroom import Backroom, Told, phone_order
from tests.services.cashbox import Cashbox
from tests.services.reminding import Reminding
from tests.services.test_debts_paid import token_of

MONDAY = date(2026, 11, 23)
WEEK = Told("finance", "figures", "2026-11-16")


def figures_of(room: Backroom, work: Workdays | None = None) -> OwnerFigures:
    return OwnerFigures(room.books, Norms(), (work or Workdays()).is_working, room.clock)


async def tick(figures: OwnerFigures, name: str = "1") -> None:
    await figures.run(Run(name, Job(FIGURES, Queue.LOCAL, {}, key=name), 1))


async def test_an_order_by_phone_comes_from_1c_and_lowers_the_share(cashbox: Cashbox) -> None:
    room = cashbox.room
    await room.place(total=Money.of("1149.60"))
    await room.news.take([phone_order(), phone_order("second")])
    total = (await figures_of(room).of(Period.THIS_WEEK)).total
    assert (total.online, total.elsewhere) == (Counted(1, Money.of("1149.60")), Counted(2, Money.of("2299.20")))


async def test_a_payment_by_card_is_net_and_the_digest_says_the_same_sum(cashbox: Cashbox) -> None:
    order_id = await cashbox.room.handed()
    cashbox.room.later(days=2)
    reference = await cashbox.pays(await cashbox.for_order(order_id))
    await cashbox.says(reference, Outcome.PAID, refunded=Money.of("49.60"))
    total = (await figures_of(cashbox.room).of(Period.THIS_WEEK)).total
    assert (total.cards, total.waits) == (Counted(1, Money.of("1100.00")), Waits(((2, 1),)))


async def test_a_reminder_brings_what_is_paid_for_the_debts_it_named(reminding: Reminding) -> None:
    cashbox, room = reminding.cashbox, reminding.room
    await cashbox.three_debts()
    assert await reminding.reminded(MONDAY) != ""
    room.later(hours=2)
    await cashbox.pays(token_of((await cashbox.pay_sum("300")).address))
    total = (await figures_of(room).of(Period.THIS_WEEK)).total
    assert (total.reminders, total.brought) == (1, Counted(1, Money.of(300)))


async def test_shares_of_orders_are_known_once_1c_has_told_of_its_own(room: Backroom) -> None:
    figures = figures_of(room)
    assert (await figures.of(Period.THIS_WEEK)).orders_as_of == LastKnown(None)
    await room.pull(Subject.ORDERS)
    pulled = room.clock()
    assert (await figures.of(Period.THIS_WEEK)).orders_as_of is None
    room.later(hours=3)
    assert (await figures.of(Period.THIS_WEEK)).orders_as_of == LastKnown(pulled)
    assert (await figures.of(Period.LAST_WEEK)).orders_as_of is None


async def test_an_empty_week_is_empty_and_has_all_its_days(room: Backroom) -> None:
    view = await figures_of(room).of(Period.LAST_WEEK)
    assert (view.empty, view.dates.count, view.days, view.transfers_until) == (True, 7, {}, None)


@pytest.mark.parametrize(
    "dates",
    [
        Dates(MONDAY, MONDAY - timedelta(days=1)),
        Dates(MONDAY - timedelta(days=93), MONDAY),
        Dates(date(2019, 12, 31), date(2020, 1, 3)),
        Dates(MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)),
        Dates(date(1, 1, 1), date(9999, 12, 31)),
    ],
)
async def test_days_that_no_period_has_are_those_of_an_old_button(room: Backroom, dates: Dates) -> None:
    with pytest.raises(Outdated):
        await figures_of(room).view(dates)


async def test_finance_is_told_once_on_the_first_working_morning_of_a_week(room: Backroom) -> None:
    figures = figures_of(room)
    await tick(figures)
    await tick(figures, "again")
    assert await room.told_staff() == [WEEK]
    for day in range(1, 7):
        room.later(days=1)
        await tick(figures, str(day))
    assert await room.told_staff() == [WEEK]
    room.later(days=1)
    await tick(figures, "next monday")
    assert await room.told_staff() == [WEEK, Told("finance", "figures", "2026-11-23")]


async def test_what_a_worker_missed_comes_a_day_later_and_no_later(room: Backroom) -> None:
    figures = figures_of(room)
    room.later(days=2)
    await tick(figures)
    assert await room.told_staff() == []
    room.later(days=6)
    await tick(figures, "tuesday")
    assert await room.told_staff() == [Told("finance", "figures", "2026-11-23")]


async def test_after_a_day_off_the_first_working_morning_is_tuesdays(room: Backroom) -> None:
    figures = figures_of(room, Workdays(holidays=frozenset({"2026-11-23"})))
    await tick(figures)
    assert await room.told_staff() == []
    room.later(days=1)
    await tick(figures, "2")
    assert await room.told_staff() == [WEEK]
    room.later(days=1)
    await tick(figures, "3")
    assert await room.told_staff() == [WEEK]


async def test_a_week_begins_in_kyiv_when_it_is_still_sunday_in_utc(room: Backroom) -> None:
    room.clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    await tick(figures_of(room))
    assert await room.told_staff() == [WEEK]
    assert week_from(date(2026, 11, 16)) == Dates(date(2026, 11, 16), date(2026, 11, 22))


async def test_it_is_sent_on_any_day_where_somebody_asks(room: Backroom) -> None:
    room.later(days=2)
    await figures_of(room).send()
    room.later(seconds=1)
    await figures_of(room).send()
    assert await room.told_staff() == [WEEK, WEEK]


async def test_on_a_day_off_nobody_is_told_even_if_the_only_working_day_was_missed(room: Backroom) -> None:
    figures = figures_of(room, Workdays(holidays=frozenset(f"2026-11-{day}" for day in range(23, 27))))
    room.later(days=5)
    await tick(figures)
    assert await room.told_staff() == []

"""Reminders over the books: once a level, in office hours, on fresh debts, and never against anybody's word."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.domain.dispatch import DispatchState
from bot.domain.errors import Forbidden, Outdated, Refused
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.ladder import Remind, Rest
from bot.domain.money import Money
from bot.domain.notice import NoticeKind
from bot.domain.payment import Outcome
from bot.domain.promises import DisputeView, Ended, ExemptionView, HoldKind, PromiseView, Proof, Why
from bot.services.reminders import LOOK_AT_DEBTS, REMIND_CLIENT
from tests.db.people import DNIPRO, IRYNA, OLENA, RANOK, turn
from tests.services.reminding import FRIDAY, OKSANA, Reminding
from tests.services.test_debts_paid import token_of
from tests.services.test_receivables_in import debt

MONDAY = date(2026, 11, 30)


async def overdue(reminding: Reminding) -> None:
    """The café owes 1000 since Tuesday the 24th, and 500 that are due on Monday."""
    reminding.at(date(2026, 11, 23))
    await reminding.cashbox.owes(
        debt("d1", "1000.00", due=date(2026, 11, 24)), debt("d2", "500.00", due=MONDAY), debt("d3", "70.00", due=None)
    )


async def test_a_reminder_holds_all_debts_and_where_the_overdue_ones_are_paid(reminding: Reminding) -> None:
    await overdue(reminding)
    assert await reminding.morning(FRIDAY) == ["late_1"]
    view, _ = await reminding.sends()
    assert view is not None
    assert [one.document for one in view.debts] == ["d1", "d2"]
    assert (view.total, view.overdue, view.to_pay, view.days) == (
        Money.of(1500), Money.of(1000), Money.of(1000), 3,
    )  # fmt: skip
    assert view.address is not None
    page = await reminding.cashbox.page(token_of(view.address))
    assert page.due == Money.of(1000)


async def test_each_level_comes_once_through_the_weeks(reminding: Reminding) -> None:
    await overdue(reminding)
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(40)]
    heard = [(day.isoformat()[5:], level) for day in days if (level := await reminding.reminded(day))]
    assert heard == [
        ("11-23", "soon"), ("11-24", "today"), ("11-25", "late_1"), ("11-27", "soon"), ("11-30", "today"),
        ("12-01", "late_7"), ("12-07", "late_7"), ("12-08", "late_14"), ("12-14", "late_14"), ("12-24", "late_30"),
        ("12-30", "late_30"),
    ]  # fmt: skip


async def test_whoever_is_looked_at_twice_on_a_day_is_reminded_once(reminding: Reminding) -> None:
    await overdue(reminding)
    assert await reminding.reminded(FRIDAY) == "late_1"
    assert await reminding.morning(FRIDAY, 15) == []


@pytest.mark.parametrize(
    ("day", "hour"), [(FRIDAY, 8), (FRIDAY, 18), (date(2026, 11, 28), 11), (date(2026, 11, 29), 11)]
)
async def test_nothing_begins_outside_office_hours(reminding: Reminding, day: date, hour: int) -> None:
    await overdue(reminding)
    assert await reminding.morning(day, hour) == []


async def test_the_hour_that_was_missed_is_made_good_the_same_day(reminding: Reminding) -> None:
    await overdue(reminding)
    assert await reminding.morning(FRIDAY, 17) == ["late_1"]


async def test_what_could_not_leave_by_the_evening_leaves_on_the_next_working_day(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY, 17)
    reminding.at(FRIDAY, 18)
    await reminding.room.route()
    (row,) = await reminding.letters()
    assert (row.state, row.due_at) == (DispatchState.HELD, reminding.work.opens(reminding.room.clock()))
    assert await reminding.morning(MONDAY) == []
    view, _ = await reminding.sends()
    assert view is not None
    assert (view.level.name, view.days) == ("late_1", 6)


async def test_one_that_waits_for_a_free_way_gives_way_to_a_newer_level(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY, 17)
    reminding.at(FRIDAY, 18)
    await reminding.room.route()
    assert await reminding.morning(date(2026, 12, 1)) == ["late_7"]
    assert [one.reason for one in await reminding.letters()] == ["newer", ""]


async def test_old_debts_remind_nobody_until_they_are_fresh_again(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    with pytest.raises(Postponed) as caught:
        await reminding.reminders.look(Run("1", Job(LOOK_AT_DEBTS, Queue.LOCAL, {}, key="1"), 1))
    assert caught.value.until == reminding.room.clock() + timedelta(seconds=10)
    assert await reminding.works() == []
    assert await reminding.morning(FRIDAY, 12) == ["late_1"]


async def test_debts_that_grew_old_in_the_line_are_waited_for(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    key = f"{FRIDAY}"
    args = {"client": str(RANOK.id), "day": key}
    with pytest.raises(Postponed) as caught:
        await reminding.reminders.remind(Run("1", Job(REMIND_CLIENT, Queue.LOCAL, args, key=key), 1))
    assert caught.value.until == reminding.room.clock() + timedelta(minutes=10)
    assert await reminding.letters() == []


# --- looked at again in the moment of sending -------------------------------------------------------------------------


async def test_what_was_paid_meanwhile_is_dropped_and_the_journal_says_so(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    await reminding.cashbox.pays(token_of((await reminding.cashbox.pay_all()).address))
    assert await reminding.sends() == (None, "nothing_left")
    assert await reminding.reminded(MONDAY) == ""


async def test_a_payment_under_way_holds_reminders_and_its_end_lets_them_go(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    reference = await reminding.cashbox.start(token_of((await reminding.cashbox.pay_all()).address))
    await reminding.cashbox.says(reference, Outcome.UNDER_WAY)
    assert await reminding.sends() == (None, "under_way")
    assert await reminding.reminded(MONDAY) == ""
    await reminding.cashbox.says(reference, Outcome.DECLINED)
    assert await reminding.reminded(date(2026, 12, 1)) == "late_7"


async def test_a_part_that_was_paid_is_not_asked_for(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    await reminding.cashbox.pays(token_of((await reminding.cashbox.pay_sum("400")).address))
    view, _ = await reminding.sends()
    assert view is not None
    assert (view.to_pay, view.total) == (Money.of(600), Money.of(1100))


async def test_a_debt_that_vanished_from_1c_is_dropped(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    await reminding.cashbox.owes(debt("d2", "500.00", due=date(2026, 12, 20)))
    assert await reminding.sends() == (None, "nothing_left")


async def test_a_reminder_that_was_dropped_does_not_use_its_level_up(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    await reminding.desk.exempt(RANOK.id, None, date(2026, 11, 28), Why.AGREED, OKSANA)
    assert await reminding.sends() == (None, "stopped")
    assert await reminding.reminded(MONDAY) == "late_1"
    assert await reminding.reminded(date(2026, 12, 1)) == "late_7"


async def test_a_reminder_is_drawn_for_its_own_client_and_for_those_who_pay(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.morning(FRIDAY)
    about = UUID((await reminding.letters())[-1].notice.about)
    assert await reminding.reminders.draw(about, DNIPRO) is None
    assert await reminding.reminders.draw(about, replace(RANOK, pays=False, orders=False)) is None


# --- promises ---------------------------------------------------------------------------------------------------------


async def test_who_promised_is_left_alone_until_then_and_thanked_when_it_is_paid(reminding: Reminding) -> None:
    await overdue(reminding)
    assert await reminding.reminded(FRIDAY) == "late_1"
    await reminding.promise(date(2026, 12, 2))
    quiet = [await reminding.reminded(MONDAY), await reminding.reminded(date(2026, 12, 2))]
    await reminding.cashbox.owes()
    assert (quiet, await reminding.reminded(date(2026, 12, 3))) == (["", ""], "")
    told = await reminding.room.told()
    assert [one.to for one in told if one.kind == "promise_kept"] == ["telegram:1"]
    assert await reminding.room.books.read(lambda tx: tx.promises.word(RANOK.id).percent) == 100


async def test_a_broken_promise_is_answered_one_level_higher_and_finance_hears(reminding: Reminding) -> None:
    await overdue(reminding)
    assert await reminding.reminded(date(2026, 11, 25)) == "late_1"
    await reminding.promise(FRIDAY)
    assert await reminding.reminded(FRIDAY) == ""
    assert await reminding.reminded(MONDAY) == "late_7"
    assert await reminding.staff_hear(NoticeKind.PROMISE_BROKEN) == ["finance"]
    assert await reminding.reminded(date(2026, 12, 1)) == "late_1"  # of the other debt, which is a day late
    assert await reminding.reminded(date(2026, 12, 2)) == ""
    assert (await reminding.room.books.read(lambda tx: tx.promises.word(RANOK.id))).broken == 1


async def test_a_promise_is_put_off_within_the_days_of_the_first_only(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    await reminding.promise(date(2026, 12, 4))
    reminding.at(date(2026, 12, 3))
    await reminding.promise(date(2026, 12, 11))
    with pytest.raises(Refused, match="promise_too_far"):
        await reminding.promise(date(2026, 12, 14))
    days = await reminding.promises.days(RANOK)
    assert days.promise is not None
    assert (days.promise.day, days.latest) == (date(2026, 12, 11), date(2026, 12, 11))
    assert (await reminding.room.books.read(lambda tx: tx.promises.word(RANOK.id))).percent is None


async def test_a_day_that_cannot_be_promised_is_refused(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    for day, why in ((date(2026, 11, 26), "promise_past"), (date(2026, 12, 12), "promise_too_far")):
        with pytest.raises(Refused, match=why):
            await reminding.promise(day)
    assert (await reminding.promises.days(RANOK)).offered == (
        FRIDAY, MONDAY, date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4),
    )  # fmt: skip


async def test_a_second_tap_promises_nothing_more(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    same = turn()
    for _ in range(2):
        await reminding.promises.promise(same, RANOK, OLENA, MONDAY)
    await reminding.promise(MONDAY)
    assert len(await reminding.desk.holds()) == 1
    assert (await reminding.room.books.read(lambda tx: tx.promises.open_promise(RANOK.id))) is not None


async def test_finance_calls_a_promise_off(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    await reminding.promise(MONDAY)
    ((_, promise),) = await reminding.desk.holds()
    for name in ("Оксана", "Петро"):
        await reminding.desk.end(HoldKind.PROMISE, promise.id, name)
    hold = await reminding.desk.hold(HoldKind.PROMISE, promise.id)
    assert isinstance(hold.view, PromiseView)
    assert (hold.view.ended, hold.view.ended_by, hold.word.percent) == (Ended.CALLED_OFF, "Оксана", None)
    assert await reminding.reminded(FRIDAY) == "late_1"


# --- it is paid, and disputes -----------------------------------------------------------------------------------------


async def test_who_says_it_is_paid_is_left_alone_for_some_working_days(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    claim = await reminding.promises.said_paid(turn(), RANOK, OLENA, date(2026, 11, 26))
    assert (claim.day, claim.until) == (date(2026, 11, 26), date(2026, 12, 2))
    days = [FRIDAY, MONDAY, date(2026, 12, 2)]
    assert [await reminding.reminded(day) for day in days] == ["", "", ""]
    assert await reminding.reminded(date(2026, 12, 3)) == "late_7"
    assert await reminding.staff_hear(NoticeKind.SAID_PAID) == ["finance"]
    assert await reminding.desk.holds() == []


async def test_a_payment_order_is_added_and_holds_no_longer(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    await reminding.promises.said_paid(turn(), RANOK, OLENA, FRIDAY)
    reminding.at(MONDAY)
    proof = Proof("telegram", "photo", "", "AgAC")
    claim = await reminding.promises.sent_proof(turn(), RANOK, OLENA, proof, "платіжка")
    assert (claim.day, claim.proof, claim.words, claim.until) == (FRIDAY, proof, "платіжка", date(2026, 12, 2))
    assert await reminding.staff_hear(NoticeKind.SAID_PAID) == ["finance", "finance"]


async def test_a_day_of_payment_that_cannot_be_is_refused(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    for day, why in ((MONDAY, "paid_later"), (date(2026, 10, 1), "paid_long_ago")):
        with pytest.raises(Refused, match=why):
            await reminding.promises.said_paid(turn(), RANOK, OLENA, day)


async def test_a_dispute_holds_its_document_until_it_is_closed(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    (first, *_) = await reminding.promises.debts(RANOK)
    asked = await reminding.promises.dispute(turn(), RANOK, OLENA, first.mark, "Половину повернули")
    await reminding.promises.dispute(turn(), RANOK, OLENA, first.mark, "Є акт")
    assert await reminding.staff_hear(NoticeKind.DISPUTE) == ["managers", "managers"]
    ((_, held),) = await reminding.desk.holds()
    assert isinstance(held, DisputeView)
    assert held.words == "Половину повернули\nЄ акт"
    assert await reminding.reminded(FRIDAY) == "soon"
    assert await reminding.reminded(MONDAY) == "today"
    await reminding.desk.end(HoldKind.DISPUTE, asked.id, "Оксана")
    assert await reminding.reminded(date(2026, 12, 1)) == "late_7"


async def test_only_those_who_pay_answer_and_only_for_their_client(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    (first, *_) = await reminding.promises.debts(RANOK)
    cook = replace(RANOK, pays=False)
    with pytest.raises(Forbidden):
        await reminding.promise(MONDAY, cook)
    with pytest.raises(Forbidden):
        await reminding.promises.said_paid(turn(), cook, OLENA, FRIDAY)
    with pytest.raises(Outdated):
        await reminding.promises.dispute(turn(), DNIPRO, IRYNA, first.mark, "?")
    assert await reminding.reminded(FRIDAY) == "late_1"


# --- finance ----------------------------------------------------------------------------------------------------------


async def test_a_client_on_the_stop_list_is_left_alone_until_its_last_day(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    await reminding.desk.exempt(RANOK.id, None, MONDAY, Why.AGREED, OKSANA)
    ((_, one),) = await reminding.desk.holds()
    assert isinstance(one, ExemptionView)
    assert (one.client, one.until, one.reason, one.made_by) == (RANOK.name, MONDAY, Why.AGREED, "Оксана")
    assert [await reminding.reminded(day) for day in (FRIDAY, MONDAY)] == ["", ""]
    assert await reminding.reminded(date(2026, 12, 1)) == "late_7"


async def test_grace_moves_a_clients_levels_until_it_is_ended(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(FRIDAY)
    await reminding.desk.exempt(RANOK.id, 5, None, Why.OTHER, OKSANA)
    assert await reminding.reminded(FRIDAY) == "soon"
    ((_, one),) = await reminding.desk.holds()
    await reminding.desk.end(HoldKind.EXEMPTION, one.id, "Оксана")
    assert await reminding.reminded(MONDAY) == "late_1"


async def test_finance_sees_who_gets_what_and_why_not(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.at(date(2026, 11, 26))
    forecast = await reminding.forecasts.tomorrow()
    (one,) = forecast.clients
    assert isinstance(one.plan, Remind)
    assert (forecast.day, one.client, one.plan.level.name, one.reached) == (FRIDAY, RANOK.name, "late_1", True)
    await reminding.promise(MONDAY)
    assert [one.plan for one in (await reminding.forecasts.tomorrow()).clients] == [Rest.PROMISED]
    view = await reminding.forecasts.debtor(RANOK.id)
    assert (len(view.debts), view.plan, view.word.percent) == (3, Rest.PROMISED, None)


async def test_the_managers_hear_of_a_level_that_escalates(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.reminded(date(2026, 12, 8))
    assert await reminding.staff_hear(NoticeKind.ESCALATED) == ["managers"]
    (told,) = await reminding.reminders.escalated(date(2026, 12, 8))
    assert (told.client, told.level.name, told.overdue) == (RANOK.name, "late_14", Money.of(1500))
    assert await reminding.reminders.escalated(date(2026, 12, 7)) == []
    await reminding.cashbox.owes()
    assert await reminding.reminders.escalated(date(2026, 12, 8)) == []


async def test_a_replay_counts_what_the_ladder_would_have_sent(reminding: Reminding) -> None:
    await overdue(reminding)
    await reminding.cashbox.pays(token_of((await reminding.cashbox.pay_sum("1000")).address))
    await reminding.cashbox.owes(debt("d2", "500.00", due=date(2026, 11, 18)), debt("d3", "70.00", due=None))
    reminding.at(date(2026, 11, 25))
    found = await reminding.forecasts.replay(reminding.ladders.given, date(2026, 11, 10))
    assert (found.open_debts, found.paid_debts, found.undated, found.days) == (1, 1, 1, 12)
    assert dict(found.tally.by_level) == {"soon": 1, "today": 1, "late_1": 2, "late_7": 1}


async def test_off_reminds_nobody(reminding: Reminding) -> None:
    await overdue(reminding)
    reminding.reminders.on = False
    assert await reminding.reminded(FRIDAY) == ""

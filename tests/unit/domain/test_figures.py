"""The owner's figures: periods, shares, waits, and what is saved by the norms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import (
    LONGEST,
    Counted,
    Dates,
    Figures,
    Norms,
    Period,
    Task,
    Waits,
    dates_of,
    percent,
    saved,
    steps,
    together,
)
from bot.domain.money import ZERO, Money

FRIDAY = date(2026, 11, 27)
DAYS = st.dates(date(2021, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.THIS_WEEK, date(2026, 11, 23), FRIDAY),
        (Period.LAST_WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Period.THIS_MONTH, date(2026, 11, 1), FRIDAY),
        (Period.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Period.THREE_MONTHS, date(2026, 8, 28), FRIDAY),
    ],
)
def test_a_period_begins_and_ends_on_its_days(period: Period, first: date, last: date) -> None:
    assert dates_of(period, FRIDAY) == Dates(first, last)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 2, 15), date(2025, 11, 16)),
        (date(2026, 5, 31), date(2026, 3, 1)),
        (date(2027, 1, 1), date(2026, 10, 2)),
    ],
)
def test_three_months_are_counted_over_the_end_of_a_year_and_of_short_months(today: date, first: date) -> None:
    assert dates_of(Period.THREE_MONTHS, today) == Dates(first, today)


def test_a_monday_is_a_week_of_one_day_and_a_first_a_month_of_one() -> None:
    monday, first = date(2026, 11, 23), date(2026, 12, 1)
    assert dates_of(Period.THIS_WEEK, monday) == Dates(monday, monday)
    assert dates_of(Period.THIS_MONTH, first) == Dates(first, first)
    assert dates_of(Period.LAST_MONTH, date(2027, 1, 5)) == Dates(date(2026, 12, 1), date(2026, 12, 31))


@given(DAYS, st.sampled_from(Period))
def test_no_period_is_longer_than_the_longest_and_its_steps_are_all_of_it(today: date, period: Period) -> None:
    dates = dates_of(period, today)
    assert 1 <= dates.count <= LONGEST
    assert [day for step in steps(dates) for day in step] == list(dates)
    assert len(steps(dates)) <= 7


def test_a_week_is_drawn_by_days_a_month_by_weeks_and_more_by_months() -> None:
    week, month, months = (dates_of(one, FRIDAY) for one in (Period.LAST_WEEK, Period.LAST_MONTH, Period.THREE_MONTHS))
    assert [step.count for step in steps(week)] == [1] * 7
    assert [(step.first.day, step.last.day) for step in steps(month)] == [(1, 4), (5, 11), (12, 18), (19, 25), (26, 31)]
    assert [(step.first.isoformat(), step.last.isoformat()) for step in steps(months)] == [
        ("2026-08-28", "2026-08-31"), ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"),
        ("2026-11-01", "2026-11-27"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, 0), (0, 9, 0), (1, 1000, 1), (519, 1000, 51), (52, 100, 52), (999, 1000, 99), (7, 7, 100)],
)
def test_a_share_is_never_rounded_up_to_a_goal_nor_down_to_nothing(part: int, whole: int, said: int) -> None:
    assert percent(part, whole) == said


def test_half_is_paid_within_the_median_and_a_half_day_is_never_said() -> None:
    assert Waits(()).median is None
    assert Waits(((0, 3),)).median == 0
    assert Waits(((14, 2), (0, 1), (1, 1))).median == 1
    assert Waits(((14, 3), (0, 1), (1, 1))).median == 14
    assert (Waits(((0, 2), (1, 3), (2, 4))).soon, Waits(((0, 2), (1, 3), (2, 4))).count) == (5, 9)


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1))
def test_at_least_a_half_was_paid_within_the_median_and_less_before_it(counts: dict[int, int]) -> None:
    waits, every = Waits(tuple(counts.items())), sum(counts.values())
    assert waits.median is not None
    assert sum(count for days, count in counts.items() if days <= waits.median) * 2 >= every
    assert sum(count for days, count in counts.items() if days < waits.median) * 2 < every


def test_days_add_up_field_by_field() -> None:
    one = Figures(online=Counted(1, Money(100)), waits=Waits(((0, 1), (3, 2))), reminders=2, sent=5, cost=Money(120))
    two = Figures(elsewhere=Counted(2, Money(50)), waits=Waits(((3, 1),)), sent=1, messages=1)
    both = together([one, two])
    assert both == Figures(
        online=Counted(1, Money(100)), elsewhere=Counted(2, Money(50)), waits=Waits(((0, 1), (3, 3))), reminders=2,
        sent=6, messages=1, cost=Money(120),
    )  # fmt: skip
    assert (both.orders, both.payments) == (Counted(3, Money(150)), Counted())
    assert together([]) == Figures()


def test_what_is_saved_is_counts_by_norms_and_its_money_is_rounded_half_up() -> None:
    figures = Figures(
        online=Counted(7), cards=Counted(3), automatic=2, reminders=4, price_lists=1, messages=10, transfers=Counted(9)
    )
    done = saved(figures, Norms(6, 4, 5, 5, 1, Money(10_500)))
    assert done.tasks == (
        (Task.ORDER, 7, 6), (Task.PAYMENT, 5, 4), (Task.REMINDER, 4, 5), (Task.PRICE_LIST, 1, 5), (Task.MESSAGE, 10, 1),
    )  # fmt: skip
    assert (done.minutes, done.money) == (97, Money(16_975))
    assert saved(Figures(messages=1), Norms(hour=Money(10_001))).money == Money(167)


def test_what_nobody_did_or_a_norm_gives_no_time_is_not_named() -> None:
    assert saved(Figures(), Norms()).tasks == ()
    done = saved(Figures(online=Counted(2), messages=9), Norms(message=0))
    assert (done.tasks, done.minutes) == (((Task.ORDER, 2, 6),), 12)
    assert saved(Figures(), Norms()).money == ZERO

"""When the office works: weekdays, the holidays of the law where they are days off, and days of its own."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workdays import Workdays, easter, public_holidays

PEACE = Workdays(public=True)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2023, 4, 16), (2024, 5, 5), (2025, 4, 20), (2026, 4, 12), (2027, 5, 2), (2028, 4, 16), (2030, 4, 28)],
)
def test_easter_is_reckoned_as_the_ukrainian_churches_do(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_the_holidays_of_the_law_are_eleven() -> None:
    assert [day.isoformat()[5:] for day in sorted(public_holidays(2026))] == [
        "01-01", "03-08", "04-12", "05-01", "05-08", "05-31", "06-28", "07-15", "08-24", "10-01", "12-25",
    ]  # fmt: skip


def test_under_martial_law_a_holiday_is_a_working_day() -> None:
    assert Workdays().is_working(date(2026, 8, 24))
    assert not PEACE.is_working(date(2026, 8, 24))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 9), False),  # 8 March fell on a Sunday
        (date(2026, 3, 10), True),
        (date(2026, 4, 13), False),  # after Easter
        (date(2026, 6, 1), False),  # after Trinity
        (date(2026, 6, 29), False),  # 28 June fell on a Sunday
        (date(2027, 5, 3), False),  # 1 May and Easter fell on one weekend: two days move
        (date(2027, 5, 4), False),
        (date(2027, 5, 5), True),
    ],
)
def test_a_holiday_on_a_weekend_is_kept_on_the_next_working_day(day: date, *, works: bool) -> None:
    assert PEACE.is_working(day) is works


def test_days_of_our_own_are_taken_away_and_added() -> None:
    ours = Workdays(holidays=frozenset({"12-31", "2026-11-27"}), worked=frozenset({"2026-11-28"}))
    days = (date(2026, 11, 27), date(2026, 11, 28), date(2027, 12, 31), date(2026, 12, 5))
    assert [ours.is_working(day) for day in days] == [False, True, False, False]


def test_the_next_working_day_leaps_the_weekend() -> None:
    friday = date(2026, 11, 27)
    days = Workdays()
    assert (days.next_working(friday), days.last_working(date(2026, 11, 30))) == (date(2026, 11, 30), friday)
    assert days.after(friday, 3) == date(2026, 12, 2)


@given(DAYS)
def test_the_next_working_day_is_one_and_none_lies_between(day: date) -> None:
    following = PEACE.next_working(day)
    between = [date.fromordinal(one) for one in range(day.toordinal() + 1, following.toordinal())]
    assert PEACE.is_working(following)
    assert [one for one in between if PEACE.is_working(one)] == []


def test_who_never_works_is_told_so_and_not_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Workdays(frozenset()).next_working(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-27T06:59:00", "2026-11-27T07:00:00"),
        ("2026-11-27T07:00:00", "2026-11-27T07:00:00"),
        ("2026-11-27T15:59:00", "2026-11-27T15:59:00"),
        ("2026-11-27T16:00:00", "2026-11-30T07:00:00"),
        ("2026-11-28T10:00:00", "2026-11-30T07:00:00"),
        ("2026-03-27T20:00:00", "2026-03-30T06:00:00"),  # the clocks go forward that weekend
    ],
)
def test_the_office_is_open_in_its_hours(moment: str, opens: str) -> None:
    at, then = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (moment, opens))
    assert Workdays(begins=time(9), ends=time(18)).opens(at) == then

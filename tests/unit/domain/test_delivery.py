"""On which days an order is driven out, and until what moment it is taken. All times here are Kyiv's."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import DeliveryRules

KYIV = ZoneInfo("Europe/Kyiv")
RULES = DeliveryRules(time(17, 0), frozenset({1, 2, 3, 4, 5, 6}), frozenset({"01-01", "12-25", "2026-11-26"}), 14)


def kyiv(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def days(first: str, *more: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in (first, *more))


def test_an_order_before_the_cut_off_goes_tomorrow() -> None:
    assert RULES.dates(kyiv("2026-11-23 16:59:59"))[:2] == days("2026-11-24", "2026-11-25")


def test_an_order_at_the_cut_off_goes_a_day_later() -> None:
    assert RULES.dates(kyiv("2026-11-23 17:00:00"))[:2] == days("2026-11-25", "2026-11-27")


def test_the_cut_off_is_kyivs_wherever_the_clock_is() -> None:
    assert RULES.dates(datetime(2026, 11, 23, 14, 59, tzinfo=UTC))[0] == date(2026, 11, 24)
    assert RULES.dates(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))[0] == date(2026, 11, 25)
    assert RULES.dates(datetime(2026, 11, 23, 9, 59, tzinfo=ZoneInfo("America/New_York")))[0] == date(2026, 11, 24)


def test_tomorrow_is_kyivs_tomorrow() -> None:
    assert RULES.dates(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))[0] == date(2026, 11, 25)  # in Kyiv it is the 24th


def test_nothing_is_driven_on_sundays_and_holidays() -> None:
    assert RULES.dates(kyiv("2026-11-23 10:00")) == days(
        "2026-11-24", "2026-11-25", "2026-11-27", "2026-11-28", "2026-11-30",
        "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2026-12-07",
    )  # fmt: skip


def test_an_order_for_monday_is_taken_until_saturday() -> None:
    assert RULES.deadline(date(2026, 11, 30)) == kyiv("2026-11-28 17:00")
    assert RULES.dates(kyiv("2026-11-28 16:59"))[0] == date(2026, 11, 30)
    assert RULES.dates(kyiv("2026-11-28 17:00"))[0] == date(2026, 12, 1)
    assert RULES.dates(kyiv("2026-11-29 12:00"))[0] == date(2026, 12, 1)


def test_the_day_before_a_holiday_takes_orders_for_the_day_after_it() -> None:
    assert RULES.deadline(date(2026, 11, 27)) == kyiv("2026-11-25 17:00")
    assert not RULES.offers(date(2026, 11, 27), kyiv("2026-11-26 09:00"))


def test_a_holiday_of_every_year_and_one_of_a_single_year() -> None:
    assert [RULES.works(date(year, 12, 25)) for year in (2026, 2028)] == [False, False]
    assert [RULES.works(date(year, 11, 26)) for year in (2026, 2027)] == [False, True]


def test_the_cut_off_of_the_new_year_is_on_the_last_working_day() -> None:
    assert RULES.deadline(date(2027, 1, 2)) == kyiv("2026-12-31 17:00")


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        ("2026-03-30", "2026-03-28T15:00:00+00:00"),  # the clocks go forward on Sunday the 29th
        ("2026-03-31", "2026-03-30T14:00:00+00:00"),
        ("2026-10-26", "2026-10-24T14:00:00+00:00"),  # and back on Sunday the 25th
        ("2026-10-27", "2026-10-26T15:00:00+00:00"),
    ],
)
def test_the_cut_off_keeps_its_hour_when_the_clocks_change(day: str, deadline: str) -> None:
    assert RULES.deadline(date.fromisoformat(day)).astimezone(UTC).isoformat() == deadline


@pytest.mark.parametrize(("change", "first"), [("2026-03-28T22:30", "2026-03-31"), ("2026-10-24T21:30", "2026-10-27")])
def test_the_night_of_the_change_has_its_own_date(change: str, first: str) -> None:
    assert RULES.dates(datetime.fromisoformat(change).replace(tzinfo=UTC))[0] == date.fromisoformat(first)


def test_a_cut_off_at_night_counts_on_the_night_that_has_no_such_hour() -> None:
    rules = DeliveryRules(time(3, 30), frozenset(range(1, 8)), frozenset(), 3)  # on 2026-03-29 after 2:59 comes 4:00
    assert rules.dates(datetime(2026, 3, 29, 0, 59, tzinfo=UTC))[0] == date(2026, 3, 30)
    assert rules.dates(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))[0] == date(2026, 3, 31)


def test_where_nothing_is_driven_nothing_is_offered() -> None:
    assert DeliveryRules(time(17, 0), frozenset(), frozenset(), 14).dates(kyiv("2026-11-23 10:00")) == ()


@given(
    now=st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    weekdays=st.frozensets(st.integers(1, 7)),
    cutoff=st.times(),
)
def test_whatever_is_offered_is_a_working_day_to_come_with_its_deadline_ahead(
    now: datetime, weekdays: frozenset[int], cutoff: time
) -> None:
    rules = DeliveryRules(cutoff, weekdays, frozenset({"01-01"}), 10)
    offered = rules.dates(now)
    assert list(offered) == sorted(set(offered))
    for day in offered:
        assert rules.works(day)
        assert now < rules.deadline(day)
        assert 1 <= (day - now.astimezone(KYIV).date()).days <= 10
        assert rules.offers(day, now)

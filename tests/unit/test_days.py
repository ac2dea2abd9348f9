"""A day as people type it."""

from datetime import date

import pytest

from bot.domain.errors import Refused
from handlers.days import read_day

TODAY = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25.12", date(2026, 12, 25)),
        ("4.1", date(2027, 1, 4)),
        ("4/01/2026", date(2026, 1, 4)),
        (" 25.12.26 р. ", date(2026, 12, 25)),
        ("25", date(2026, 12, 25)),
        ("30", date(2026, 11, 30)),
        ("сьогодні", TODAY),
        ("Вчора", date(2026, 12, 27)),
        ("tomorrow", date(2026, 12, 29)),
    ],
)
def test_the_nearest_such_day_is_meant(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


def test_a_bare_number_that_is_over_is_of_the_next_month_where_one_looks_ahead() -> None:
    assert read_day("5", TODAY, ahead=True) == date(2027, 1, 5)
    assert read_day("30", TODAY, ahead=True) == date(2026, 12, 30)


def test_the_day_of_a_leap_year_is_found() -> None:
    assert read_day("29.02", date(2028, 1, 10)) == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["", "31.02", "32", "0", "нещодавно", "1.1.0000", "12.13", "25.12 або пізніше", "١"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not_a_day"):
        read_day(typed, TODAY)

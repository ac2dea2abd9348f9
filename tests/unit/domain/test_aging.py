"""Ages of debts: every debt in one of them, together all that is owed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aging import Age, age_of, aging, days_late
from bot.domain.money import ZERO, Money, total

TODAY = date(2026, 11, 27)
DEBTS = st.lists(
    st.tuples(
        st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=90)),
        st.integers(1, 10**12).map(Money),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (-30, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.WEEK), (7, Age.WEEK), (8, Age.FORTNIGHT), (14, Age.FORTNIGHT),
        (15, Age.MONTH), (30, Age.MONTH), (31, Age.TWO_MONTHS), (60, Age.TWO_MONTHS), (61, Age.OLDER),
        (4000, Age.OLDER),
    ],
)  # fmt: skip
def test_an_age_is_told_by_the_days_past_the_day_to_pay(late: int, age: Age) -> None:
    assert age_of(TODAY - timedelta(days=late), TODAY) is age


def test_a_debt_without_a_day_is_not_due() -> None:
    assert (age_of(None, TODAY), days_late(None, TODAY)) == (Age.NOT_DUE, 0)


@given(DEBTS)
def test_ages_together_are_all_that_is_owed(debts: list[tuple[date | None, Money]]) -> None:
    found = aging(debts, TODAY)
    assert found.total == total([rest for _, rest in debts])
    assert found.overdue == total([rest for due, rest in debts if due is not None and due < TODAY])
    assert found.of(Age.NOT_DUE) + found.overdue == found.total


@given(DEBTS, st.sampled_from(Age))
def test_an_age_holds_its_own_debts_alone(debts: list[tuple[date | None, Money]], age: Age) -> None:
    own = [(due, rest) for due, rest in debts if age_of(due, TODAY) is age]
    assert aging(debts, TODAY).of(age) == aging(own, TODAY).total
    assert aging([], TODAY).of(age) == ZERO

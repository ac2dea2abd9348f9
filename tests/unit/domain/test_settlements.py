"""An account that has moved: whatever is asked of it, it adds up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import ZERO, Money, total
from bot.domain.settlements import Movement, Settlements

SINCE = date(2026, 8, 23)
SUMS = st.integers(0, 10**9).map(Money)
MOVES = st.lists(
    st.builds(
        Movement,
        st.uuids().map(str),
        st.sampled_from(["shipment", "payment", "other"]),
        st.just("1"),
        st.integers(0, 90).map(lambda days: SINCE + timedelta(days=days)),
        SUMS,
        SUMS,
    ),
    max_size=12,
).map(lambda moves: tuple(sorted(moves, key=lambda one: one.day)))
ACCOUNTS = st.builds(Settlements, st.just(SINCE), st.integers(-(10**9), 10**9).map(Money), MOVES)


def test_an_account_that_has_not_moved_closes_as_it_opened() -> None:
    still = Settlements(SINCE, Money.of(-50), ())
    assert (still.closing, list(still.running()), still.latest(0)) == (Money.of(-50), [], still)


@given(ACCOUNTS)
def test_the_last_running_balance_is_the_closing_one(account: Settlements) -> None:
    balances = [account.opening, *(balance for _, balance in account.running())]
    assert balances[-1] == account.closing
    assert account.closing - account.opening == total(tuple(one.change for one in account.movements))


@given(ACCOUNTS, st.integers(1, 12))
def test_shown_in_part_it_closes_the_same_and_its_rows_stand_at_the_same(account: Settlements, limit: int) -> None:
    latest = account.latest(limit)
    assert len(latest.movements) == min(limit, len(account.movements))
    assert (latest.closing, latest.movements) == (account.closing, account.movements[-len(latest.movements) :] or ())
    assert list(latest.running()) == list(account.running())[-len(latest.movements) :] or latest.movements == ()
    assert latest.debit - latest.credit + latest.opening - account.closing == ZERO

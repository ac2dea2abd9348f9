"""The credit gate: it warns where it should, and what it asks for is enough and not a kopiyka more."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.allocation import allocate
from bot.domain.credit import CreditRules, Position, Trouble, judged
from bot.domain.money import ZERO, Money

TODAY = date(2026, 11, 27)
ON = CreditRules(on=True)
NOTHING = Trouble(None, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
SUMS = st.integers(0, 10**9).map(Money)
DEBTS = st.lists(
    st.tuples(
        st.none() | st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=30)), st.integers(1, 10**9).map(Money)
    ),
    max_size=8,
).map(lambda debts: sorted(debts, key=lambda debt: debt[0] or date.max))
"""The oldest due first, as they are paid."""
RULES = st.builds(CreditRules, st.just(True), st.integers(0, 40), SUMS)
POSITIONS = st.builds(Position, st.none() | SUMS, DEBTS, SUMS, SUMS)
ORDERS = st.integers(1, 10**9).map(Money)


def late(days: int, sum_: int) -> Position:
    return Position(None, [(TODAY - timedelta(days=days), Money.of(sum_))])


def paid(position: Position, sum_: Money) -> Position:
    """The same after this much of the debts was paid, the oldest first."""
    parts, _ = allocate(sum_, [rest for _, rest in position.debts])
    left = [(due, rest - part) for (due, rest), part in zip(position.debts, parts, strict=True)]
    return replace(position, debts=[(due, rest) for due, rest in left if rest])


def test_within_the_limit_and_in_time_nothing_is_said() -> None:
    position = Position(Money.of(5000), [(TODAY, Money.of(3000))])
    assert judged(position, Money.of(2000), ON, TODAY) is None
    assert judged(replace(position, limit=None), Money.of(10**6), ON, TODAY) is None


def test_over_the_limit_what_is_lacking_is_said() -> None:
    position = Position(Money.of(5000), [(TODAY, Money.of(3000))], unshipped=Money.of(500))
    assert judged(position, Money.of(2000), ON, TODAY) == Trouble(
        Money.of(5000), Money.of(3500), Money.of(2000), Money.of(500), ZERO, Money.of(500), ZERO
    )


def test_what_paying_debts_cannot_do_is_said_apart() -> None:
    found = judged(Position(Money.of(1000), [(None, Money.of(300))]), Money.of(2000), ON, TODAY) or NOTHING
    assert (found.over, found.to_pay, found.beside) == (Money.of(1300), Money.of(300), Money.of(1000))


def test_what_was_paid_ahead_makes_room() -> None:
    ahead = Position(ZERO, [], advance=Money.of(700))
    assert judged(ahead, Money.of(700), ON, TODAY) is None
    assert (judged(ahead, Money.of("700.01"), ON, TODAY) or NOTHING).over == Money(1)


def test_a_debt_counts_from_the_day_after_its_grace() -> None:
    assert judged(late(3, 100), Money.of(1), replace(ON, overdue_days=3), TODAY) is None
    found = judged(late(3, 100), Money.of(1), replace(ON, overdue_days=2), TODAY) or NOTHING
    assert (found.late, found.to_pay) == (Money.of(100), Money.of(100))


def test_a_small_overdue_sum_is_let_be_and_no_more_than_what_is_above_it_is_asked_for() -> None:
    assert judged(late(3, 100), Money.of(1), replace(ON, overdue_sum=Money.of(100)), TODAY) is None
    found = judged(late(3, 100), Money.of(1), replace(ON, overdue_sum=Money.of(40)), TODAY) or NOTHING
    assert (found.late, found.to_pay) == (Money.of(100), Money.of(60))


@given(POSITIONS, ORDERS, RULES)
def test_switched_off_it_never_says_anything(position: Position, order: Money, rules: CreditRules) -> None:
    assert judged(position, order, replace(rules, on=False), TODAY) is None


@given(POSITIONS, ORDERS, RULES)
def test_after_paying_what_is_asked_nothing_is_late_and_only_what_was_said_is_lacking(
    position: Position, order: Money, rules: CreditRules
) -> None:
    found = judged(position, order, rules, TODAY) or NOTHING
    after = judged(paid(position, found.to_pay), order, rules, TODAY) or NOTHING
    assert (after.over, after.late, after.to_pay) == (found.beside, ZERO, ZERO)


@given(POSITIONS, ORDERS, RULES)
def test_a_kopiyka_less_is_not_enough(position: Position, order: Money, rules: CreditRules) -> None:
    found = judged(position, order, rules, TODAY) or NOTHING
    assume(found.to_pay)
    assert judged(paid(position, found.to_pay - Money(1)), order, rules, TODAY) is not None


@given(POSITIONS, ORDERS, RULES)
def test_never_more_is_asked_for_than_is_owed(position: Position, order: Money, rules: CreditRules) -> None:
    found = judged(position, order, rules, TODAY) or NOTHING
    assert ZERO <= found.to_pay <= position.owed


@given(POSITIONS, ORDERS, RULES)
def test_what_is_enough_is_the_larger_of_the_two_reasons(position: Position, order: Money, rules: CreditRules) -> None:
    found = judged(position, order, rules, TODAY) or NOTHING
    too_late = found.late - rules.overdue_sum if found.late else ZERO
    assert found.enough == max(found.over, too_late)


def test_without_a_signed_contract_goods_are_paid_before_they_leave() -> None:
    rules = replace(ON, signed_only=True)
    unsigned = Position(Money.of(50_000), [], signed=False)
    found = judged(unsigned, Money.of(700), rules, TODAY)
    assert found == Trouble(ZERO, ZERO, Money.of(700), Money.of(700), ZERO, ZERO, Money.of(700), unsigned=True)
    assert judged(replace(unsigned, advance=Money.of(700)), Money.of(700), rules, TODAY) is None
    assert judged(replace(unsigned, signed=True), Money.of(700), rules, TODAY) is None
    assert judged(unsigned, Money.of(700), ON, TODAY) is None

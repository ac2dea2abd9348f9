"""Where a sum goes, and what a refund leaves of that: exact to the kopiyka, whatever the sums."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.allocation import allocate, given_back, kept_of
from bot.domain.money import ZERO, Money, total

SUMS = st.integers(0, 10**9).map(Money)
RESTS = st.lists(SUMS, max_size=12)


def money(*kopiykas: int) -> tuple[Money, ...]:
    return tuple(Money(one) for one in kopiykas)


def test_the_first_is_paid_first_and_the_last_gets_what_is_left() -> None:
    assert allocate(Money(250), money(100, 100, 100)) == (money(100, 100, 50), ZERO)


def test_what_nothing_is_left_for_is_an_advance() -> None:
    assert allocate(Money(250), money(100, 0)) == (money(100, 0), Money(150))


def test_nothing_to_pay_makes_all_of_it_an_advance() -> None:
    assert allocate(Money(250), ()) == ((), Money(250))


def test_a_refund_takes_the_advance_first_and_then_the_last_that_was_paid() -> None:
    parts, charged = money(100, 80), Money(200)
    assert kept_of(parts, charged, Money(15)) == (money(100, 80), Money(5))
    assert kept_of(parts, charged, Money(50)) == (money(100, 50), ZERO)
    assert kept_of(parts, charged, Money(150)) == (money(50, 0), ZERO)
    assert given_back(parts, charged, Money(15), Money(150)) == (money(50, 80), Money(5))


@given(SUMS, RESTS)
def test_every_kopiyka_goes_somewhere_and_no_document_gets_more_than_is_left_of_it(
    amount: Money, rests: list[Money]
) -> None:
    parts, advance = allocate(amount, rests)
    assert total(parts) + advance == amount
    assert [part for part, rest in zip(parts, rests, strict=True) if not ZERO <= part <= rest] == []
    assert advance >= ZERO


@given(SUMS, RESTS)
def test_a_later_document_is_paid_only_where_the_earlier_ones_are_paid_whole(amount: Money, rests: list[Money]) -> None:
    parts, advance = allocate(amount, rests)
    short = [at for at, (part, rest) in enumerate(zip(parts, rests, strict=True)) if part < rest]
    first = short[0] if short else len(rests)
    assert all(part == ZERO for part in parts[first + 1 :])
    assert not (short and advance)


@given(RESTS, SUMS, st.integers(0, 100), st.integers(0, 100))
def test_refunds_one_after_another_give_back_what_one_of_both_would(
    parts: list[Money], advance: Money, first: int, second: int
) -> None:
    charged = total(tuple(parts)) + advance
    early, late = sorted((first, second))
    before, after = (Money(charged.kopiykas * share // 100) for share in (early, late))
    kept, spare = kept_of(parts, charged, after)
    one, of_advance = given_back(parts, charged, ZERO, before)
    two, of_spare = given_back(parts, charged, before, after)
    assert total(kept) + spare == charged - after
    assert total(one) + of_advance == before
    assert total(two) + of_spare == after - before
    whole = [part - a - b for part, a, b in zip(parts, one, two, strict=True)]
    assert whole == list(kept)
    assert min((*kept, spare), default=ZERO) >= ZERO

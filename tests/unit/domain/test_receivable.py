"""What is left of debts: what 1C says less what it has not seen yet, to the kopiyka and each sum once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import ZERO, Money, total
from bot.domain.receivable import ReceivableView, rests

DAY = date(2026, 11, 10)
ORDERS = ("o1", "o2", "o3")


def debt(document: str, kopiykas: int, order: str | None = None) -> ReceivableView:
    return ReceivableView(document, "shipment", document, DAY, Money(kopiykas), Money(kopiykas), DAY, None, order)


@st.composite
def debts(draw: st.DrawFn) -> list[ReceivableView]:
    """Of positive balances, some of them of orders, some orders debts themselves."""
    sums = draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
    own = draw(st.sets(st.sampled_from(ORDERS)))
    shipped = [debt(f"d{n}", sum_, draw(st.none() | st.sampled_from(ORDERS))) for n, sum_ in enumerate(sums)]
    return [*(debt(order, draw(st.integers(1, 10**9))) for order in sorted(own)), *shipped]


@given(debts(), st.data())
def test_what_came_in_is_off_its_documents_to_the_kopiyka(known: list[ReceivableView], data: st.DataObject) -> None:
    paid = {one.document: Money(data.draw(st.integers(0, one.balance.kopiykas))) for one in known}
    left = rests(known, paid, {})
    assert total(left) == total([one.balance for one in known]) - total(list(paid.values()))
    assert min(left) >= ZERO


@given(debts(), st.dictionaries(st.sampled_from(ORDERS), st.integers(0, 10**10).map(Money)))
def test_what_came_in_for_an_order_is_off_its_debts_as_far_as_they_go(
    known: list[ReceivableView], ahead: dict[str, Money]
) -> None:
    left = rests(known, {}, ahead)
    taken = total([one.balance for one in known]) - total(left)
    assert ZERO <= taken <= total(list(ahead.values()))
    assert all(ZERO <= rest <= one.balance for one, rest in zip(known, left, strict=True))
    for order, sum_ in ahead.items():
        of_order = [rest for one, rest in zip(known, left, strict=True) if order in one.orders]
        owed = total([one.balance for one in known if order in one.orders])
        assert total(of_order) == max(owed - sum_, ZERO)


@given(debts())
def test_an_advance_stays_as_it_is(known: list[ReceivableView]) -> None:
    ahead = debt("ahead", -500)
    assert rests([*known, ahead], {}, {})[-1] == Money(-500)

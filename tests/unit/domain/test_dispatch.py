"""Which way a notice goes: the cheapest that reaches and is worth it, in waking hours, within what is left."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dispatch import RIDE, Address, Hold, Nobody, Send, Terms, Way, awake, choose
from bot.domain.money import ZERO, Money
from bot.domain.notice import Audience, NoticeRules, Topic

NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)
TELEGRAM, MAIL, SMS = Address(Way.TELEGRAM, "1"), Address(Way.MAIL, "a@b.example"), Address(Way.SMS, "+380501112233")
VIBER = Address(Way.VIBER, "v=")
IN_SESSION = replace(VIBER, session_from=NOON - timedelta(hours=23))
TERMS = Terms()
DEAR = NoticeRules(Topic.ORDERS, Audience.ORDERS, Money(1000))
CHEAP = replace(DEAR, worth=Money(100))
FREE = replace(DEAR, worth=ZERO)
ADDRESSES = st.lists(st.sampled_from([TELEGRAM, VIBER, IN_SESSION, MAIL, SMS]), unique=True)


@pytest.mark.parametrize(
    ("addresses", "way", "price"),
    [
        ((SMS, VIBER, MAIL, IN_SESSION, TELEGRAM), TELEGRAM, 0),
        ((SMS, VIBER, MAIL, IN_SESSION), IN_SESSION, 0),
        ((SMS, VIBER, MAIL), MAIL, 0),
        ((SMS, VIBER), VIBER, 95),
        ((SMS,), SMS, 240),
    ],
)
def test_the_cheapest_way_and_of_two_the_better(addresses: tuple[Address, ...], way: Address, price: int) -> None:
    assert choose(DEAR, addresses, TERMS, NOON) == Send(way, Money(price))


def test_a_text_message_goes_where_viber_outside_its_session_is_dearer() -> None:
    terms = replace(TERMS, viber=Money(300))
    assert choose(DEAR, (VIBER, SMS), terms, NOON) == Send(SMS, Money(240))


def test_a_session_that_is_about_to_end_is_not_counted_on() -> None:
    late = replace(VIBER, session_from=NOON - timedelta(hours=24) + timedelta(minutes=10))
    assert choose(DEAR, (late,), TERMS, NOON) == Send(late, Money(95))


def test_a_way_that_is_not_set_up_is_none() -> None:
    terms = replace(TERMS, ways=frozenset({Way.TELEGRAM}))
    assert choose(DEAR, (SMS, MAIL), terms, NOON) == Nobody("unreachable")


def test_what_is_worth_nothing_waits_for_a_session() -> None:
    assert choose(FREE, (VIBER, SMS), TERMS, NOON, queued_at=NOON) == Hold(NOON + RIDE)
    assert choose(FREE, (VIBER, SMS), TERMS, NOON + RIDE, queued_at=NOON) == Nobody("costs")
    assert choose(FREE, (SMS,), TERMS, NOON) == Nobody("costs")


def test_what_is_worth_a_viber_message_is_not_worth_a_text_message() -> None:
    assert choose(CHEAP, (SMS, VIBER), TERMS, NOON) == Send(VIBER, Money(95))
    assert choose(CHEAP, (SMS,), TERMS, NOON) == Nobody("costs")


def test_a_spent_budget_holds_back_what_costs_but_not_the_compulsory() -> None:
    assert choose(DEAR, (SMS,), TERMS, NOON, left=Money(239)) == Nobody("budget")
    assert choose(DEAR, (SMS,), TERMS, NOON, left=Money(240)) == Send(SMS, Money(240))
    assert choose(replace(DEAR, compulsory=True), (SMS,), TERMS, NOON, left=ZERO) == Send(SMS, Money(240))
    assert choose(DEAR, (SMS, MAIL), TERMS, NOON, left=ZERO) == Send(MAIL, ZERO)


def test_at_night_only_what_is_urgent_leaves() -> None:
    assert choose(DEAR, (TELEGRAM,), TERMS, NIGHT) == Hold(MORNING)
    assert choose(replace(DEAR, urgent=True), (TELEGRAM,), TERMS, NIGHT) == Send(TELEGRAM, ZERO)


@pytest.mark.parametrize(
    ("moment", "wakes", "sleeps", "then"),
    [
        ("2026-11-23T05:59:59", time(8), time(21), "2026-11-23T06:00:00"),
        ("2026-11-23T06:00:00", time(8), time(21), "2026-11-23T06:00:00"),
        ("2026-11-23T18:59:59", time(8), time(21), "2026-11-23T18:59:59"),
        ("2026-11-23T19:00:00", time(8), time(21), "2026-11-24T06:00:00"),
        ("2026-10-24T20:00:00", time(8), time(21), "2026-10-25T06:00:00"),  # clocks go back that night
        ("2026-11-24T00:30:00", time(10), time(2), "2026-11-24T08:00:00"),
        ("2026-11-23T21:30:00", time(10), time(2), "2026-11-23T21:30:00"),
        ("2026-11-23T01:00:00", time(0), time(0), "2026-11-23T01:00:00"),
    ],
)
def test_when_people_may_be_woken(moment: str, wakes: time, sleeps: time, then: str) -> None:
    at = datetime.fromisoformat(f"{moment}+00:00")
    assert awake(at, Terms(wakes=wakes, sleeps=sleeps)) == datetime.fromisoformat(f"{then}+00:00")


@given(ADDRESSES, st.integers(0, 1500), st.none() | st.integers(0, 1000), st.booleans(), st.integers(0, 47))
def test_nothing_leaves_that_costs_more_than_it_is_worth_or_than_is_left(
    addresses: list[Address], worth: int, left: int | None, compulsory: bool, hour: int
) -> None:
    rules = replace(DEAR, worth=Money(worth), compulsory=compulsory)
    now, rest = NOON + timedelta(hours=hour), None if left is None else Money(left)
    plan = choose(rules, addresses, TERMS, now, left=rest, queued_at=NOON)
    if isinstance(plan, Send):
        assert plan.price <= rules.worth
        assert compulsory or rest is None or plan.price <= rest
        assert plan.address in addresses
        assert awake(now, TERMS) == now
    if isinstance(plan, Hold):
        assert plan.until > now

"""Settings of promotions as rules: off without a first day, a month long where no last day is said."""

from datetime import date
from decimal import Decimal

import pytest

from bot.config import Settings
from bot.domain.money import Money
from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules
from bot.meant import a_month_from
from bot.process import CannotStart
from bot.sections import Promotions
from main import promotion_rules
from sandbox.demo.settings import promotions as in_the_demo

FIRST, LAST = date(2026, 11, 27), date(2026, 12, 27)


def settings(**given: object) -> Settings:
    return Settings.model_construct(promotions=Promotions.model_validate(given))


def test_without_a_first_day_nothing_is_given() -> None:
    assert promotion_rules(settings()) == Rules((), Decimal(10), "")


def test_a_first_day_begins_a_month() -> None:
    rules = promotion_rules(settings(online_order_from="2026-11-27", online_payment_from="2026-11-27"))
    assert rules.promotions == (
        Promotion("online_order:2026-11-27", Decimal(5), Applies.ONLINE_ORDER, FIRST, LAST),
        Promotion("online_payment:2026-11-27", Decimal(2), Applies.ONLINE_PAYMENT, FIRST, LAST),
    )


def test_a_grant_has_no_days_and_a_budget_of_its_own() -> None:
    rules = promotion_rules(settings(vchasno_percent="5", budget=1000, min_order=500, floor_price_type="Закупівельна"))
    assert rules.promotions == (
        Promotion(
            VCHASNO, Decimal(5), Applies.GRANT, once_per_client=True, budget=Money.of(1000), min_order=Money.of(500)
        ),
    )
    assert rules.floor_prices == "Закупівельна"


def test_the_demo_shows_every_promotion_for_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in in_the_demo(FIRST).items():
        monkeypatch.setenv(name, value)
    rules = promotion_rules(Settings(_env_file=None))
    assert [(one.applies, one.percent, one.until) for one in rules.promotions] == [
        (Applies.ONLINE_ORDER, Decimal(5), LAST),
        (Applies.ONLINE_PAYMENT, Decimal(2), LAST),
        (Applies.GRANT, Decimal(5), None),
    ]
    assert rules.most == sum(one.percent for one in rules.promotions)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_a_day_that_exists(day: date, after: date) -> None:
    assert a_month_from(day) == after


def test_a_last_day_before_the_first_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import config

    monkeypatch.setenv("PROMOTIONS__ONLINE_ORDER_FROM", "2026-11-27")
    monkeypatch.setenv("PROMOTIONS__ONLINE_ORDER_UNTIL", "2026-11-26")
    with pytest.raises(CannotStart, match="останній день акції не може бути раніше за перший"):
        config.load(None)

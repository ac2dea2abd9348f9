"""What 1C writes for nothing, for numbers and for moments."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.money import Money
from integrations.onec.odata.values import day, kind_of, moment, money, number, ref, yes

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize("said", ["00000000-0000-0000-0000-000000000000", "", None, 5, "x"])
def test_an_empty_reference_is_none(said: object) -> None:
    assert ref(said) is None


def test_a_reference_is_kept_in_lower_case() -> None:
    assert ref("6F9619FF-8B86-D011-B42D-00CF4FC964FF") == "6f9619ff-8b86-d011-b42d-00cf4fc964ff"


@pytest.mark.parametrize(
    ("said", "read"),
    [("12", "12"), (Decimal("1.5"), "1.5"), ("1 234,50", "1234.50"), (None, "0"), ("", "0"), (True, "0"), ("NaN", "0")],
)
def test_a_number_may_be_a_text(said: object, read: str) -> None:
    assert number(said) == Decimal(read)


def test_money_comes_as_a_double_and_is_rounded_half_up() -> None:
    assert money(Decimal("0.30000000000000004")) == Money(30)
    assert money(Decimal("10.005")) == Money(1001)


def test_the_empty_date_is_none() -> None:
    assert day("0001-01-01T00:00:00") is None
    assert day("2026-11-27T00:00:00") == date(2026, 11, 27)


@pytest.mark.parametrize(("said", "hour"), [("2026-07-01T12:00:00", 9), ("2026-12-01T12:00:00", 10)])
def test_a_moment_is_the_servers_local_time(said: str, hour: int) -> None:
    read = moment(said, KYIV)
    assert read is not None
    assert (read.tzinfo, read.hour) == (UTC, hour)


def test_a_moment_that_cannot_be_read_is_none() -> None:
    assert moment("вчора", KYIV) is None
    assert moment(datetime(2026, 1, 1, tzinfo=UTC), KYIV) is None


def test_the_kind_of_a_composite_reference() -> None:
    assert kind_of("StandardODATA.Document_ЗаказПокупателя") == "Document_ЗаказПокупателя"
    assert kind_of("StandardODATA.Undefined") == ""


def test_yes_in_the_words_that_occur() -> None:
    assert [yes(said) for said in (True, "true", "Истина", "Так", False, "false", None, 1)] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip

"""A link at a moment, and the time it has left in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.money import Money
from bot.domain.payment import PayLine, PayState
from bot.i18n import translator
from bot.web.pay.states import page_of
from tests.integration.pay.desk import COMPANY, UNPAID

END = UNPAID.lives_until


@pytest.mark.parametrize(
    ("language", "left", "words"),
    [
        ("uk", timedelta(days=5), "Посилання діє ще 5 днів, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(days=2, hours=7), "Посилання діє ще 2 дні, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(days=1), "Посилання діє ще 1 день, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(hours=23, minutes=59), "Посилання діє ще 23 години, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(minutes=60), "Посилання діє ще 1 годину, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(minutes=59), "Посилання діє ще 60 хвилин, до 25.11 17:00 за Києвом."),
        ("uk", timedelta(seconds=1), "Посилання діє ще 1 хвилину, до 25.11 17:00 за Києвом."),
        ("ru", timedelta(hours=3), "Ссылка действует ещё 3 часа, до 25.11 17:00 по Киеву."),
        ("en", timedelta(days=2), "The link works for 2 more days, until 25.11 17:00 Kyiv time."),
    ],
)
def test_the_time_left_is_said_in_its_largest_unit(language: str, left: timedelta, words: str) -> None:
    assert page_of(translator(language), UNPAID, COMPANY, END - left).said == (words,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PayState.UNPAID, PayState.EXPIRED),
        (PayState.UNDER_WAY, PayState.UNDER_WAY),
        (PayState.PAID, PayState.PAID),
        (PayState.REVOKED, PayState.REVOKED),
    ],
)
def test_only_an_unpaid_link_outlives_itself(before: PayState, after: PayState) -> None:
    link = replace(UNPAID, state=before)
    assert (link.at(END - timedelta(seconds=1)).state, link.at(END).state) == (before, after)


@pytest.mark.parametrize(("paid", "due"), [("0", "12345.50"), ("345.50", "12000"), ("12345.50", "0"), ("20000", "0")])
def test_what_is_due_is_never_below_zero(paid: str, due: str) -> None:
    assert replace(UNPAID, paid=Money.of(paid)).due == Money.of(due)


def test_of_many_lines_the_first_thirty_are_shown() -> None:
    many = replace(UNPAID, items=tuple(PayLine(f"Товар {n}", Money(n)) for n in range(1, 33)))
    page = page_of(translator("uk"), many, COMPANY, END - timedelta(days=1))
    assert (len(page.lines), page.lines[29].name, page.more_lines) == (30, "Товар 30", "… і ще 2 рядки")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "uk",
            ["Замовлення K-1", "Накладна РН-871 від 10.11.2026", "Рахунок 15 від 11.11.2026", "Вхідний залишок 3"],
        ),
        ("ru", ["Заказ K-1", "Накладная РН-871 от 10.11.2026", "Счёт 15 от 11.11.2026", "Входящий остаток 3"]),
        (
            "en",
            ["Order K-1", "Delivery note РН-871 of 10.11.2026", "Invoice 15 of 11.11.2026", "Opening balance 3"],
        ),
    ],
)
def test_documents_are_called_in_the_readers_language(language: str, names: list[str]) -> None:
    items = (
        PayLine("K-1", Money(100), "order"),
        PayLine("РН-871", Money(200), "shipment", date(2026, 11, 10)),
        PayLine("15", Money(300), "invoice", date(2026, 11, 11)),
        PayLine("3", Money(400), "opening", date(2026, 11, 12)),
    )
    for state in (PayState.UNPAID, PayState.UNDER_WAY, PayState.PAID):
        page = page_of(translator(language), replace(UNPAID, state=state, items=items), COMPANY, END)
        assert [line.name for line in page.lines] == names


def test_of_one_thing_a_paid_page_says_no_more_than_its_purpose() -> None:
    one = replace(UNPAID, state=PayState.PAID, items=UNPAID.items[:1])
    assert page_of(translator("uk"), one, COMPANY, END).lines == ()


def test_a_sole_trader_has_another_kind_of_code() -> None:
    names = [
        [row.name for row in page_of(translator("uk"), UNPAID, replace(COMPANY, edrpou=code), END).transfer]
        for code in ("32855961", "1234567890")
    ]
    assert names == [
        ["Отримувач", "IBAN", "Код ЄДРПОУ", "Сума", "Призначення платежу"],
        ["Отримувач", "IBAN", "РНОКПП", "Сума", "Призначення платежу"],
    ]

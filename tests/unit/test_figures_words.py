"""The owner's figures in words, in a chart and in a table: exact, honest about what is not known, and short enough."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.chart import ShareBar
from bot.domain.figures import Counted, Dates, Figures, Norms, Waits
from bot.domain.money import Money
from bot.i18n import translator
from bot.services.figures import FiguresView
from bot.services.standing import LastKnown
from handlers.staff.digest import CAPTION
from handlers.staff.figure_words import chart, text
from handlers.staff.figures_table import table

UK = translator("uk")
MONDAY, TUESDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 22)
WEEK, TODAY = Dates(MONDAY, SUNDAY), date(2026, 11, 23)
BUSY = Figures(
    online=Counted(7, Money(700_000)), elsewhere=Counted(5, Money(300_000)), cards=Counted(3, Money(250_050)),
    transfers=Counted(4, Money(400_000)), unknown=Counted(1, Money(50_000)), brought=Counted(2, Money(120_000)),
    waits=Waits(((0, 2), (1, 1), (9, 4))), reminders=6, automatic=2, price_lists=1, messages=30, sent=37,
    cost=Money(840),
)  # fmt: skip
MUCH = Counted(1_234_567, Money(12_345_678_900))
HUGE = Figures(
    MUCH, MUCH, MUCH, MUCH, MUCH, MUCH, Waits(((365, 10**6),)), *(1_234_567,) * 5, cost=Money(12_345_678_900)
)
MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def view(*days: Figures, until: date | None = SUNDAY, orders: LastKnown | None = None) -> FiguresView:
    known = dict(zip(WEEK, days, strict=False))
    return FiguresView(WEEK, known, orders, until, TODAY, Norms())


def lines(shown: FiguresView) -> list[str]:
    return [line for line in str(text(UK, shown)).replace("\u00a0", " ").split("\n") if line]


def test_all_figures_are_said_with_the_norms_they_were_reckoned_by() -> None:
    assert lines(view(BUSY)) == [
        "<b>Показники: Пн 16.11 – Нд 22.11.2026</b>",
        "Замовлень: 12 на 10 000,00 грн",
        "Онлайн: <b>58 %</b> (7), за сумою 70 %; орієнтир 52 %",
        "Оплат: 8 на 7 000,50 грн",
        "Карткою: <b>37 %</b> (3), за сумою 35 %; орієнтир 48 %",
        "Переказом: 4 на 4 000,00 грн",
        "Нерозпізнані: 1 на 500,00 грн",
        "Як швидко платять: половина за 9 днів, не пізніше наступного дня 42 %",
        "Нагадувань: 6; протягом 3 днів після них надійшло 1 200,00 грн (2)",
        "Заощаджено: <b>2 год 7 хв</b>, 222,25 грн (година 105,00 грн)",
        "За нормами: замовлення 7 × 6 хв, оплати 5 × 4 хв, нагадування 6 × 5 хв, прайси 1 × 5 хв, "
        "повідомлення 30 × 1 хв",
        "Повідомлень: 37, коштували 8,40 грн",
    ]


def test_a_week_with_nothing_says_so_and_draws_nothing() -> None:
    assert lines(view()) == [
        "<b>Показники: Пн 16.11 – Нд 22.11.2026</b>", "За цей час не було ні замовлень, ні оплат, ні повідомлень.",
    ]  # fmt: skip
    assert chart(UK, view()) is None


def test_without_1cs_orders_no_share_of_orders_is_said_or_drawn() -> None:
    shown = view(BUSY, orders=LastKnown(None))
    assert lines(shown)[1] == (
        "Замовлень онлайн: 7 на 7 000,00 грн. Про свої замовлення 1С ще не розповіла, тому частку назвати не можна."
    )
    drawn = chart(UK, shown)
    assert drawn is not None
    assert [panel.title for panel in drawn.panels] == ["Оплати карткою: 37 %"]


def test_without_a_statement_no_share_of_payments_is_said_or_drawn() -> None:
    shown = view(replace(BUSY, transfers=Counted(), unknown=Counted()), until=None)
    assert lines(shown)[3] == (
        "Оплат карткою: 3 на 2 500,50 грн. Виписок банку за ці дні немає, тому частку назвати не можна."
    )
    drawn = chart(UK, shown)
    assert drawn is not None
    assert [panel.title for panel in drawn.panels] == ["Замовлення онлайн: 58 %"]


def test_old_orders_and_statements_that_lack_days_are_said_to_be_so() -> None:
    shown = view(BUSY, until=date(2026, 11, 20), orders=LastKnown(MOMENT))
    assert "Замовлення з 1С відомі станом на 20.11 10:00." in lines(shown)
    assert "Перекази відомі по 20.11." in lines(shown)


@pytest.mark.parametrize(("median", "words"), [(0, "половина того самого дня, не пізніше наступного 100 %"),
                                               (1, "половина за 1 день, не пізніше наступного дня 100 %"),
                                               (2, "половина за 2 дні, не пізніше наступного дня 0 %")])  # fmt: skip
def test_how_soon_clients_pay_is_said_in_days(median: int, words: str) -> None:
    shown = view(replace(BUSY, waits=Waits(((median, 5),))))
    assert f"Як швидко платять: {words}" in lines(shown)


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_the_longest_figures_fit_under_a_picture(language: str) -> None:
    huge = replace(
        view(HUGE, until=MONDAY, orders=LastKnown(MOMENT)), norms=Norms(480, 480, 480, 480, 480, Money(10**7))
    )
    assert len(text(translator(language), huge).striptags()) <= CAPTION


def test_the_chart_has_a_bar_for_every_day_and_none_where_there_was_nothing() -> None:
    drawn = chart(UK, view(BUSY, Figures(elsewhere=Counted(2, Money(1)), transfers=Counted(1, Money(1)))))
    assert drawn is not None
    orders, payments = drawn.panels
    assert (drawn.title, orders.title, orders.goal, orders.goal_said) == (
        "Онлайн, 16.11–22.11.2026", "Замовлення онлайн: 50 %", 52, "орієнтир 52 %",
    )  # fmt: skip
    assert orders.bars[:3] == (
        ShareBar("Пн 16.11", 58, "58 % (7 з 12)"),
        ShareBar("Вт 17.11", 0, "0 % (0 з 2)"),
        ShareBar("Ср 18.11", None, "—"),
    )  # fmt: skip
    assert (payments.goal, payments.bars[0]) == (48, ShareBar("Пн 16.11", 37, "37 % (3 з 8)"))
    assert len(orders.bars) == len(payments.bars) == 7


def test_a_longer_time_is_drawn_by_months_and_a_share_of_very_many_without_their_number() -> None:
    dates = Dates(date(2026, 8, 24), SUNDAY)
    drawn = chart(UK, FiguresView(dates, {date(2026, 9, 1): HUGE}, None, SUNDAY, TODAY, Norms()))
    assert drawn is not None
    assert [(bar.label, bar.said) for bar in drawn.panels[0].bars] == [
        ("24.08–31.08", "—"), ("09.2026", "50 %"), ("10.2026", "—"), ("01.11–22.11", "—"),
    ]  # fmt: skip


def test_the_table_has_a_line_for_every_day_as_excel_reads_it() -> None:
    content = table(UK, view(BUSY)).decode("utf-8")
    assert content.startswith("\ufeffДень;Замовлення онлайн;Замовлення онлайн, грн;")
    rows = [row.split(";") for row in content.removesuffix("\r\n").split("\r\n")]
    assert [row[0] for row in rows[1:]] == [f"{day:%d.%m.%Y}" for day in WEEK]
    assert {len(row) for row in rows} == {24}
    assert rows[1][1:] == [
        "7", "7000,00", "5", "3000,00", "58", "3", "2500,50", "4", "4000,00", "1", "500,00", "37", "7", "9", "3", "6",
        "2", "1200,00", "1", "30", "8,40", "127", "222,25",
    ]  # fmt: skip
    assert rows[2][1:] == [
        "0", "0,00", "0", "0,00", "", "0", "0,00", "0", "0,00", "0", "0,00", "", "0", "", "0", "0", "0", "0,00", "0",
        "0", "0,00", "0", "0,00",
    ]  # fmt: skip


def test_what_is_not_known_is_left_empty_in_the_table() -> None:
    content = table(UK, view(BUSY, until=None, orders=LastKnown(None))).decode("utf-8")
    row = content.split("\r\n")[1].split(";")
    assert row[1:13] == ["7", "7000,00", "", "", "", "3", "2500,50", "", "", "", "", ""]

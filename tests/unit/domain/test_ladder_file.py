"""The ladder's file: what it may hold, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from bot.domain.dispatch import Way
from bot.domain.ladder import Tone
from bot.domain.ladder_file import BrokenLadder, checked_text, read_ladder
from bot.domain.money import Money

ROOT = Path(__file__).parents[3]
TEXT = 'text = {uk = "Боргуєте {total}", ru = "Долг {total}", en = "You owe {total}"}'
GOOD = f"""\
hold_days = 2
[[level]]
name = "late"
day = 7
tone = "firm"
ways = ["telegram", "mail"]
worth = 1.5
escalates = true
{TEXT}
[[level]]
name = "soon"
day = -3
{TEXT}
"""


def test_the_ladder_that_comes_with_the_product_has_six_levels() -> None:
    ladder = read_ladder((ROOT / "handlers" / "ladder.toml").read_text("utf-8"))
    assert [one.day for one in ladder.levels] == [-3, 0, 1, 7, 14, 30]
    assert [sorted(one.texts) for one in ladder.levels] == [["en", "ru", "uk"]] * 6
    assert [one.name for one in ladder.levels if one.sms] == ["late_7", "late_14", "late_30"]


def test_a_letter_brings_the_statement_from_the_seventh_day_on_unless_the_level_says_otherwise() -> None:
    ours = read_ladder((ROOT / "handlers" / "ladder.toml").read_text("utf-8"))
    assert [one.name for one in ours.levels if one.statement] == ["late_7", "late_14", "late_30"]
    assert [one.statement for one in read_ladder(GOOD).levels] == [False, True]
    turned = GOOD.replace("day = 7", "day = 7\nstatement = false").replace("day = -3", "day = -3\nstatement = true")
    assert [one.statement for one in read_ladder(turned).levels] == [True, False]


def test_levels_stand_by_their_days() -> None:
    ladder = read_ladder(GOOD)
    assert [one.name for one in ladder.levels] == ["soon", "late"]
    soon, late = ladder.levels
    assert (late.tone, late.worth, late.ways, late.escalates) == (
        Tone.FIRM, Money(150), frozenset({Way.TELEGRAM, Way.MAIL}), True,
    )  # fmt: skip
    assert (soon.tone, soon.worth, soon.ways, soon.on) == (Tone.PLAIN, Money(0), frozenset(Way), True)
    assert (ladder.hold_days, ladder.promise_days) == (2, 14)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("day = 7", "day = 1.5", "рівень 1 «late», рядок 2, day: потрібне ціле число від -30 до 365"),
        ("day = 7", "day = -3", "day: «-3» стоїть у двох рівнях"),
        ('name = "late"', 'name = "пізно"', "рівень 1 «пізно», рядок 2, name: потрібне ім’я до 12 латинських літер"),
        ('tone = "firm"', 'tone = "angry"', "рівень 1 «late», рядок 2, tone: «angry» не підходить; можна: kind, plain"),
        ('"mail"]', '"fax"]', "рівень 1 «late», рядок 2, ways: «fax» не підходить"),
        ("worth = 1.5", "worth = 1000", "рівень 1 «late», рядок 2, worth: потрібна сума у гривнях від 0 до 100"),
        ("escalates = true", 'escalates = "так"', "рівень 1 «late», рядок 2, escalates: потрібне true або false"),
        ("escalates = true", "statement = 1", "рівень 1 «late», рядок 2, statement: потрібне true або false"),
        ("escalates = true", "escalate = true", "рівень 1 «late», рядок 2: невідоме поле escalate"),
        ("hold_days = 2", "hold_days = 0", "hold_days: потрібне ціле число від 1 до 10"),
        ("hold_days = 2", "hold = 2", "невідоме поле hold"),
        ("hold_days = 2", "hold_days = ", "файл не читається як TOML: Invalid value (at line 1"),
        ('uk = "Боргуєте {total}", ', "", "рівень 1 «late», рядок 2, text.uk: потрібен текст"),
        ("Боргуєте {total}", "Боргуєте {sum}", "рівень 1 «late», рядок 2, text.uk: «{sum}» тут немає; можна: {client}"),
        ("Боргуєте {total}", "Боргуєте {total", "рівень 1 «late», рядок 2, text.uk: дужка { або } без пари"),
        ("Боргуєте {total}", "Боргуєте {link}", "«{link}» тут немає"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(before: str, after: str, said: str) -> None:
    with pytest.raises(BrokenLadder) as caught:
        read_ladder(GOOD.replace(before, after, 1))
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["{total.kopiykas}", "{total!r}", "{total:>9}", "{0}", "{}", "{client[0]}"])
def test_a_text_reaches_nothing_but_its_placeholders(text: str) -> None:
    with pytest.raises(BrokenLadder):
        checked_text(text, "text")


def test_a_text_message_leads_to_where_it_is_paid() -> None:
    with pytest.raises(BrokenLadder, match="посилання"):
        checked_text("Сплатіть {total}", "sms", sms=True)
    assert checked_text(" Сплатіть: {link} ", "sms", sms=True) == "Сплатіть: {link}"


def test_a_file_without_levels_is_no_ladder() -> None:
    with pytest.raises(BrokenLadder, match="жодного рівня"):
        read_ladder("apart = 1")

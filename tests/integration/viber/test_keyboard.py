"""Rows of buttons as Viber's grid of six columns."""

import re

import pytest
from structlog.testing import capture_logs

from bot.conversation.action import Action, payload
from bot.conversation.screen import Button, Link, SharePhone, Tap
from integrations.viber.keyboard import keyboard


@payload("vibergrid")
class _Grid(Action):
    pass


def _taps(count: int, label: str = "Так") -> tuple[Tap, ...]:
    return tuple(Tap(label, _Grid()) for _ in range(count))


def _only(button: Button, level: int = 6) -> dict[str, object]:
    board = keyboard(((button,),), (), level)
    assert board is not None
    (drawn,) = board["Buttons"]
    return dict(drawn)


@pytest.mark.parametrize(
    ("buttons", "columns"),
    [
        (1, [6]),
        (2, [3, 3]),
        (3, [2, 2, 2]),
        (4, [3, 3, 3, 3]),
        (5, [2, 2, 2, 3, 3]),
        (6, [1] * 6),
        (7, [1] * 6 + [6]),
        (8, [1] * 6 + [3, 3]),
    ],
)
def test_a_row_fills_whole_rows_of_the_grid(buttons: int, columns: list[int]) -> None:
    board = keyboard((_taps(buttons),), (), 6)
    assert board is not None
    assert [button["Columns"] for button in board["Buttons"]] == columns
    assert sum(columns) % 6 == 0


def test_a_tap_answers_with_its_payload_and_no_bubble() -> None:
    drawn = _only(Tap("Кошик", _Grid()))
    assert (drawn["ActionType"], drawn["ActionBody"], drawn["Silent"]) == ("reply", "~vibergrid1", True)


def test_a_link_opens_outside_where_a_bank_can_be_trusted() -> None:
    drawn = _only(Link("Сплатити", "https://pay.example/7"))
    assert (drawn["ActionType"], drawn["ActionBody"]) == ("open-url", "https://pay.example/7")
    assert (drawn["OpenURLType"], drawn["Silent"]) == ("external", True)


def test_a_phone_is_asked_for() -> None:
    drawn = _only(SharePhone("Мій номер"), level=3)
    assert (drawn["ActionType"], drawn["ActionBody"]) == ("share-phone", "share-phone")


def test_a_device_that_cannot_share_a_phone_has_no_such_button() -> None:
    board = keyboard(((SharePhone("Мій номер"), Tap("Далі", _Grid())), (SharePhone("Ще"),)), (), 2)
    assert board is not None
    assert [(button["ActionType"], button["Columns"]) for button in board["Buttons"]] == [("reply", 6)]


@pytest.mark.parametrize(("level", "state", "framed"), [(1, False, False), (4, True, False), (6, True, True)])
def test_styling_goes_with_the_level_of_the_device(level: int, state: bool, framed: bool) -> None:
    board = keyboard((_taps(1),), (), level)
    assert board is not None
    assert ("InputFieldState" in board, "Frame" in board["Buttons"][0]) == (state, framed)
    assert board["Type"] == "keyboard"


def test_nothing_to_press_is_no_keyboard() -> None:
    assert keyboard((), (), 6) is None
    assert keyboard(((SharePhone("Мій номер"),),), (), 1) is None


def test_a_label_is_escaped() -> None:
    assert _only(Tap("<b>Сир & 'мед'</b>", _Grid()))["Text"] == (
        '<font color="#14305A">&lt;b&gt;Сир &amp; &#x27;мед&#x27;&lt;/b&gt;</font>'
    )


@pytest.mark.parametrize("letter", ["я", "'", "&", "🙂"])
def test_a_long_label_is_cut_between_characters_within_250(letter: str) -> None:
    text = str(_only(Tap(letter * 400, _Grid()))["Text"])
    assert 240 <= len(text) <= 250
    inner = text.removeprefix('<font color="#14305A">').removesuffix("…</font>")
    assert re.fullmatch(r"(я|🙂|&#x27;|&amp;)+", inner)


def test_an_empty_label_still_shows_something() -> None:
    assert _only(Tap(" \x00", _Grid()))["Text"] == '<font color="#14305A">…</font>'


def test_surplus_rows_are_cut_with_a_line_in_the_log_and_the_menu_stays() -> None:
    menu = (_taps(2, "Меню"), _taps(2, "Меню"))
    with capture_logs() as lines:
        board = keyboard(tuple(_taps(1, str(n)) for n in range(11)), menu, 6)
    assert board is not None
    labels = [re.sub("<[^>]+>", "", button["Text"]) for button in board["Buttons"]]
    assert labels == [str(n) for n in range(10)] + ["Меню"] * 4
    assert lines == [{"event": "viber keyboard rows cut", "rows": 11, "room": 10, "log_level": "warning"}]


def test_twelve_rows_are_shown_without_a_word() -> None:
    with capture_logs() as lines:
        board = keyboard(tuple(_taps(1) for _ in range(11)), (_taps(1),), 6)
    assert board is not None
    assert (len(board["Buttons"]), lines) == (12, [])


def test_the_menu_has_a_colour_of_its_own() -> None:
    board = keyboard((_taps(1),), (_taps(1),), 6)
    assert board is not None
    row, menu = board["Buttons"]
    assert row["BgColor"] != menu["BgColor"]


@pytest.mark.parametrize(
    "button", [Tap("Кошик", _Grid()), Link("Сплатити", "https://k.example"), SharePhone("Мій номер")]
)
def test_every_label_stands_out_from_its_button(button: Button) -> None:
    drawn = _only(button)
    assert _contrast(str(drawn["BgColor"]), str(drawn["Text"])[13:20]) >= 7


def test_the_menu_stands_out_as_well() -> None:
    board = keyboard((), (_taps(1),), 6)
    assert board is not None
    (drawn,) = board["Buttons"]
    assert _contrast(drawn["BgColor"], drawn["Text"][13:20]) >= 7


def _contrast(one: str, other: str) -> float:
    """WCAG 2: 4.5 is asked of text, 7 of the strictest level."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return float(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)

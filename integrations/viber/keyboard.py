"""Rows of buttons as a Viber keyboard: a grid of six columns where rows break by width alone."""

from html import escape
from typing import Any

from bot.conversation.screen import Button, Link, Rows, SharePhone, Tap
from bot.logs import log
from integrations.viber.levels import FRAME, INPUT_FIELD_STATE, SHARE_PHONE
from integrations.viber.plaintext import cleaned

COLUMNS = 6
MAX_ROWS = 12
TEXT_LIMIT = 250

_BOARD = "#FFFFFF"
_BORDER = "#C3CCD6"
_TAP = ("#EAF0F7", "#14305A")
_LINK = ("#E4F3EA", "#0F4D2E")
_SHARE = ("#17603A", "#FFFFFF")
_MENU = ("#3E4A5C", "#FFFFFF")
_SPLIT = {1: (1,), 2: (2,), 3: (3,), 4: (2, 2), 5: (3, 2), 6: (6,)}

_log = log("integrations.viber")


def keyboard(
    rows: Rows, menu: tuple[tuple[Tap, ...], ...], level: int, max_rows: int = MAX_ROWS
) -> dict[str, Any] | None:
    """The keyboard for a device of this api level, None without buttons.

    The menu stands under the rows and is always whole; rows that do not fit above it are left out with a log line.
    """
    own = _layout(tuple(tuple(b for b in row if _known(b, level)) for row in rows))
    permanent = _layout(menu)
    room = max(max_rows - len(permanent), 0)
    if len(own) > room:
        _log.warning("viber keyboard rows cut", rows=len(own), room=room)
    buttons = [_button(button, COLUMNS // len(row), level, None) for row in own[:room] for button in row]
    buttons += [_button(button, COLUMNS // len(row), level, _MENU) for row in permanent for button in row]
    if not buttons:
        return None
    board: dict[str, Any] = {"Type": "keyboard", "Buttons": buttons, "BgColor": _BOARD, "DefaultHeight": False}
    if level >= INPUT_FIELD_STATE:
        board["InputFieldState"] = "regular"
    return board


def _known(button: Button, level: int) -> bool:
    return level >= SHARE_PHONE or not isinstance(button, SharePhone)


def _layout(rows: Rows) -> list[tuple[Button, ...]]:
    """Rows whose length divides six: four stand as two and two, five as three and two."""
    laid: list[tuple[Button, ...]] = []
    for row in rows:
        for start in range(0, len(row), COLUMNS):
            part = list(row[start : start + COLUMNS])
            for length in _SPLIT[len(part)]:
                laid.append(tuple(part[:length]))
                del part[:length]
    return laid


def _button(button: Button, columns: int, level: int, colours: tuple[str, str] | None) -> dict[str, Any]:
    drawn: dict[str, Any] = {"Columns": columns, "Rows": 1}
    match button:
        case Tap(label, action, count):
            label = f"{label} ({count})" if count else label
            drawn |= {"ActionType": "reply", "ActionBody": action.pack(), "Silent": True}
            background, colour = colours or _TAP
        case Link(label, url):
            drawn |= {"ActionType": "open-url", "ActionBody": url, "Silent": True, "OpenURLType": "external"}
            background, colour = colours or _LINK
        case SharePhone(label):
            drawn |= {"ActionType": "share-phone", "ActionBody": "share-phone"}
            background, colour = colours or _SHARE
    drawn |= {"Text": _label(label, colour), "TextSize": "regular" if columns >= 3 else "small", "BgColor": background}
    if level >= FRAME:
        drawn["Frame"] = {"BorderWidth": 1, "BorderColor": _BORDER, "CornerRadius": 8}
    return drawn


def _label(label: str, colour: str) -> str:
    """HTML of at most 250 characters with its tags; the label is cut before it is escaped, so no entity is broken."""
    label = " ".join(cleaned(label).split()) or "…"
    while len(html := f'<font color="{colour}">{escape(label)}</font>') > TEXT_LIMIT:
        label = label[: -max(1, (len(html) - TEXT_LIMIT) // 6) - 1] + "…"
    return html

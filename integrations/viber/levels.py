"""Which api level a message asks of the device: `min_api_version`, counted from the fields it uses.

Too high a level is refused for old devices (13), too low a one is refused by the schema (3 or 14).
"""

from collections.abc import Iterator, Mapping
from typing import Any

PLAIN = 1
SHARE_PHONE = 3
INPUT_FIELD_STATE = 4
FRAME = 6
NEWEST = 6
"""The highest level our screens ask for: what a device not heard of yet is taken to know."""

_KEYBOARD = {
    "CustomDefaultHeight": 3,
    "HeightScale": 3,
    "InputFieldState": INPUT_FIELD_STATE,
    "ButtonsGroupColumns": 4,
    "ButtonsGroupRows": 4,
    "FavoritesMetadata": 6,
}
_BUTTON = {
    "InternalBrowser": 3,
    "TextPaddings": 4,
    "BgMediaScaleType": 6,
    "ImageScaleType": 6,
    "TextShouldFit": 6,
    "Frame": FRAME,
    "Map": 6,
    "MediaPlayer": 6,
}
_ACTION_TYPE = {"share-phone": SHARE_PHONE, "location-picker": 3, "open-map": 6}
_TEXT = {"<s>": 4, "<font size": 4}
_MESSAGE_TYPE = {"rich_media": 7, "payment": 10}


def min_api_version(message: Mapping[str, Any]) -> int:
    """The level of a whole message; a keyboard without level fields needs 1."""
    return max(_needs(message), default=PLAIN)


def _needs(message: Mapping[str, Any]) -> Iterator[int]:
    yield _MESSAGE_TYPE.get(message.get("type", ""), PLAIN)
    keyboard = message.get("keyboard") or {}
    yield from (level for name, level in _KEYBOARD.items() if name in keyboard)
    for board in (keyboard, message.get("rich_media") or {}):
        for button in board.get("Buttons", ()):
            yield from _button_needs(button)


def _button_needs(button: Mapping[str, Any]) -> Iterator[int]:
    yield from (level for name, level in _BUTTON.items() if name in button)
    yield _ACTION_TYPE.get(button.get("ActionType", ""), PLAIN)
    yield from (level for tag, level in _TEXT.items() if tag in button.get("Text", ""))

"""Keyboards and rich media as Viber's server checks them, by the min_api_version of the message."""

from collections.abc import Iterator
from typing import Any

from sandbox.viber import checks
from sandbox.viber.checks import Check, Field
from sandbox.viber.layout import rows_used
from sandbox.viber.refusal import Refusal

Json = dict[str, Any]
CAROUSEL_LEVEL = 2
MOST_KEYBOARD_ROWS = 24
MOST_CARDS = 6
LONGEST_BUTTON_TEXT = 250
MANY = 10_000

FRAME = checks.record(
    {"BorderWidth": checks.integer(0, 10), "BorderColor": checks.colour, "CornerRadius": checks.integer(0, 10)}
)
BROWSER = checks.record(
    {
        "ActionButton": checks.one_of("forward", "send", "open-externally", "send-to-bot", "none"),
        "ActionPredefinedURL": checks.url,
        "TitleType": checks.one_of("domain", "default"),
        "CustomTitle": checks.text(15),
        "Mode": checks.one_of("fullscreen", "fullscreen-portrait", "fullscreen-landscape", "partial-size"),
        "FooterType": checks.one_of("default", "hidden"),
        "ActionReplyData": checks.text(MANY),
    }
)
MAP = checks.record({"Latitude": checks.anything, "Longitude": checks.anything}, required=("Latitude", "Longitude"))
PLAYER = checks.record(
    {"Title": checks.text(MANY), "Subtitle": checks.text(MANY), "ThumbnailURL": checks.url, "Loop": checks.boolean}
)
SCALE = checks.one_of("crop", "fill", "fit")

BUTTON: dict[str, Field] = {
    "ActionBody": Field(1, checks.text(MANY)),
    "Columns": Field(1, checks.integer(1, 6)),
    "Rows": Field(1, checks.integer(1, 2)),
    "BgColor": Field(1, checks.colour),
    "BgMediaType": Field(1, checks.one_of("picture", "gif")),
    "BgMedia": Field(1, checks.url),
    "BgLoop": Field(1, checks.boolean),
    "Image": Field(1, checks.url),
    "Text": Field(1, checks.text(LONGEST_BUTTON_TEXT)),
    "TextVAlign": Field(1, checks.one_of("top", "middle", "bottom")),
    "TextHAlign": Field(1, checks.one_of("left", "center", "right")),
    "TextSize": Field(1, checks.one_of("small", "regular", "medium", "large")),
    "TextOpacity": Field(1, checks.integer(0, 100)),
    "Silent": Field(1, checks.boolean),
    "OpenURLType": Field(1, checks.one_of("internal", "external", fold=True)),
    "OpenURLMediaType": Field(1, checks.one_of("not-media", "video", "gif", "picture", fold=True)),
    "InternalBrowser": Field(3, BROWSER),
    "TextPaddings": Field(4, checks.array(4, checks.integer(0, 12))),
    "BgMediaScaleType": Field(6, SCALE),
    "ImageScaleType": Field(6, SCALE),
    "TextShouldFit": Field(6, checks.boolean),
    "Frame": Field(6, FRAME),
    "Map": Field(6, MAP),
    "MediaPlayer": Field(6, PLAYER),
}
KEYBOARD: dict[str, Field] = {
    "BgColor": Field(1, checks.colour),
    "DefaultHeight": Field(1, checks.boolean),
    "CustomDefaultHeight": Field(3, checks.integer(40, 70)),
    "HeightScale": Field(3, checks.integer(20, 100)),
    "ButtonsGroupColumns": Field(4, checks.integer(1, 6)),
    "ButtonsGroupRows": Field(4, checks.integer(1, 7)),
    "InputFieldState": Field(4, checks.one_of("regular", "minimized", "hidden")),
    "FavoritesMetadata": Field(6, checks.record({})),
}
RICH_MEDIA: dict[str, Field] = {
    "BgColor": Field(1, checks.colour),
    "ButtonsGroupColumns": Field(1, checks.integer(1, 6)),
    "ButtonsGroupRows": Field(1, checks.integer(1, 7)),
    "FavoritesMetadata": Field(6, checks.record({})),
}
CARD_BUTTON = BUTTON | {"Rows": Field(1, checks.integer(1, 7))}


def check_keyboard(keyboard: Any, level: int) -> None:
    """Refuse with the validator's words (3) or, for a property newer than `level`, with 14."""
    _refuse_if_any("keyboard", _problems(keyboard, "keyboard", KEYBOARD, BUTTON, _actions(level)))
    _check_levels(keyboard, level, KEYBOARD, BUTTON)
    rows = _rows("keyboard", keyboard, None)
    if rows > MOST_KEYBOARD_ROWS:
        raise Refusal(3, f"keyboard is not valid. [keyboard has {rows} rows, maximum allowed: {MOST_KEYBOARD_ROWS}]")


def check_rich_media(rich_media: Any, level: int) -> None:
    """The same for a carousel, which has neither share-phone nor location-picker and at most six cards."""
    if level < CAROUSEL_LEVEL:
        raise Refusal(14)
    actions = tuple(name for name in _actions(level) if name not in ("share-phone", "location-picker"))
    _refuse_if_any("rich_media", _problems(rich_media, "rich_media", RICH_MEDIA, CARD_BUTTON, actions))
    _check_levels(rich_media, level, RICH_MEDIA, CARD_BUTTON)
    rows = rich_media.get("ButtonsGroupRows") or 7
    if _rows("rich_media", rich_media, rows) > MOST_CARDS * rows:
        raise Refusal(3, f"rich_media is not valid. [buttons fill more than {MOST_CARDS} cards]")


def _actions(level: int) -> tuple[str, ...]:
    known = ["reply", "open-url"]
    known += ["none"] if level >= CAROUSEL_LEVEL else []
    known += ["location-picker", "share-phone"] if level >= 3 else []
    known += ["open-map"] if level >= 6 else []
    return (*known, "")


def _problems(
    value: Any, kind: str, own: dict[str, Field], button: dict[str, Field], actions: tuple[str, ...]
) -> Iterator[str]:
    yield from checks.record(_checks(own) | {"Type": checks.one_of(kind)}, ("Type", "Buttons"))(value)
    buttons = value.get("Buttons") if isinstance(value, dict) else None
    if buttons is None:
        return
    if not isinstance(buttons, list):
        yield 'instance type (object) does not match any allowed primitive type (allowed: ["array"])'
    elif not buttons:
        yield "array is too short: must have at least 1 elements but instance has 0 elements"
    else:
        one = checks.record(_checks(button) | {"ActionType": checks.one_of(*actions)}, ("ActionBody",))
        for item in buttons:
            yield from one(item)
            if isinstance(item, dict) and not any(item.get(name) for name in ("Text", "BgMedia", "Image", "BgColor")):
                yield "instance failed to match at least one required schema among 4"


def _checks(fields: dict[str, Field]) -> dict[str, Check]:
    return {name: field.check for name, field in fields.items()}


def _refuse_if_any(kind: str, problems: Iterator[str]) -> None:
    if found := list(dict.fromkeys(problems))[:5]:
        raise Refusal(3, f"{kind} is not valid. [{', '.join(found)}]")


def _check_levels(value: Json, level: int, own: dict[str, Field], button: dict[str, Field]) -> None:
    for part, fields in [(value, own), *((item, button) for item in value["Buttons"])]:
        for name in part:
            if name in fields and part[name] is not None and fields[name].level > level:
                raise Refusal(14)


def _rows(kind: str, value: Json, page_rows: int | None) -> int:
    columns = value.get("ButtonsGroupColumns") or 6
    sizes = [(item.get("Columns") or columns, item.get("Rows") or 1) for item in value["Buttons"]]
    if any(width > columns or height > (page_rows or height) for width, height in sizes):
        raise Refusal(3, f"{kind} is not valid. [button is larger than its group]")
    return rows_used(sizes, columns, page_rows)

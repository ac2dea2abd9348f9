"""The ladder as its file says it (TOML), and in words what is wrong with one that cannot be used."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import Any

from bot.domain.dispatch import Way
from bot.domain.ladder import Ladder, Level, Tone
from bot.domain.money import Money

LANGUAGES = ("uk", "ru", "en")
PLACEHOLDERS = ("client", "company", "total", "overdue", "due", "days", "link")
"""What a text may hold in braces; `link` in text messages only."""
EARLIEST, LATEST = -30, 365
LONGEST, SHORTEST_SMS = 700, 200
MOST_LEVELS = 12
_WHOLE = {"apart": (1, 30), "hold_days": (1, 10), "promise_days": (1, 31)}
_FIELDS = {"name", "day", "tone", "text", "sms", "ways", "worth", "escalates", "statement", "on"}
STATED = 7
"""From this day on a letter brings the statement, unless the level says otherwise."""


class BrokenLadder(ValueError):
    """Says the line or the field, and what is to stand there."""


def read_ladder(text: str) -> Ladder:
    """Raises BrokenLadder."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenLadder(f"файл не читається як TOML: {error}") from error
    known = {*_WHOLE, "level"}
    if unknown := sorted(set(given) - known):
        raise BrokenLadder(f"невідоме поле {unknown[0]}; є: {', '.join(sorted(known))}")
    tables = given.get("level")
    if not isinstance(tables, list) or not tables:
        raise BrokenLadder("немає жодного рівня [[level]]")
    starts = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[level]]"]
    levels = [_level(one, _where(n, one, starts)) for n, one in enumerate(tables)]
    rules = {name: _whole(given[name], name, *bounds) for name, bounds in _WHOLE.items() if name in given}
    return checked(Ladder(tuple(levels), **rules))


def checked(ladder: Ladder) -> Ladder:
    """The ladder with its levels in order. Raises BrokenLadder where two cannot stand together."""
    if len(ladder.levels) > MOST_LEVELS:
        raise BrokenLadder(f"рівнів {len(ladder.levels)}, щонайбільше {MOST_LEVELS}")
    named = [("name", one.name) for one in ladder.levels] + [("day", str(one.day)) for one in ladder.live]
    for what, value in named:
        if named.count((what, value)) > 1:
            raise BrokenLadder(f"{what}: «{value}» стоїть у двох рівнях")
    return replace(ladder, levels=tuple(sorted(ladder.levels, key=lambda one: one.day)))


def checked_day(value: object, where: str = "day") -> int:
    """Raises BrokenLadder."""
    return _whole(value, where, EARLIEST, LATEST)


def checked_text(text: object, where: str, *, sms: bool = False) -> str:
    """Words with known placeholders. Raises BrokenLadder."""
    if not isinstance(text, str) or not text.strip():
        raise BrokenLadder(f"{where}: потрібен текст")
    most = SHORTEST_SMS if sms else LONGEST
    if len(text) > most:
        raise BrokenLadder(f"{where}: {len(text)} знаків, щонайбільше {most}")
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise BrokenLadder(f"{where}: дужка {{ або }} без пари") from error
    for _, name, spec, conversion in parts:
        if name is not None and (name not in _allowed(sms) or spec or conversion):
            named = ", ".join(f"{{{one}}}" for one in _allowed(sms))
            raise BrokenLadder(f"{where}: «{{{name}}}» тут немає; можна: {named}")
    if sms and "{link}" not in text:
        raise BrokenLadder(f"{where}: в SMS потрібне посилання {{link}}")
    return text.strip()


def _allowed(sms: bool) -> tuple[str, ...]:
    return PLACEHOLDERS if sms else PLACEHOLDERS[:-1]


def _where(index: int, table: object, starts: list[int]) -> str:
    name = f" «{table['name']}»" if isinstance(table, dict) and isinstance(table.get("name"), str) else ""
    line = f", рядок {starts[index]}" if index < len(starts) else ""
    return f"рівень {index + 1}{name}{line}"


def _level(table: Any, where: str) -> Level:
    if unknown := sorted(set(table) - _FIELDS):
        raise BrokenLadder(f"{where}: невідоме поле {unknown[0]}; є: {', '.join(sorted(_FIELDS))}")
    name = table.get("name")
    if not isinstance(name, str) or not name.isascii() or not name.replace("_", "").isalnum() or len(name) > 12:
        raise BrokenLadder(f"{where}, name: потрібне ім’я до 12 латинських літер, цифр і _")
    day = checked_day(table.get("day"), f"{where}, day")
    return Level(
        name,
        day,
        _one_of(Tone, table.get("tone", Tone.PLAIN), f"{where}, tone"),
        _texts(table.get("text"), f"{where}, text"),
        _texts(table["sms"], f"{where}, sms", sms=True) if "sms" in table else {},
        frozenset(_one_of(Way, way, f"{where}, ways") for way in _list(table.get("ways", list(Way)), f"{where}, ways")),
        _worth(table.get("worth", 0), f"{where}, worth"),
        _flag(table.get("escalates", False), f"{where}, escalates"),
        _flag(table.get("statement", day >= STATED), f"{where}, statement"),
        _flag(table.get("on", True), f"{where}, on"),
    )


def _texts(table: object, where: str, *, sms: bool = False) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise BrokenLadder(f"{where}: потрібні тексти {', '.join(LANGUAGES)}")
    if unknown := sorted(set(table) - set(LANGUAGES)):
        raise BrokenLadder(f"{where}: мови {unknown[0]} немає; є: {', '.join(LANGUAGES)}")
    return {language: checked_text(table.get(language), f"{where}.{language}", sms=sms) for language in LANGUAGES}


def _whole(value: object, where: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BrokenLadder(f"{where}: потрібне ціле число від {least} до {most}")
    return value


def _worth(value: object, where: str) -> Money:
    try:
        worth = Money.of(Decimal(str(value)))
    except InvalidOperation as error:
        raise BrokenLadder(f"{where}: потрібна сума у гривнях, наприклад 1.50") from error
    if not 0 <= worth.kopiykas <= 10_000 or isinstance(value, bool):
        raise BrokenLadder(f"{where}: потрібна сума у гривнях від 0 до 100")
    return worth


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list) or not value:
        raise BrokenLadder(f'{where}: потрібен список, наприклад ["telegram", "mail"]')
    return value


def _one_of(kind: Any, value: object, where: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise BrokenLadder(f"{where}: «{value}» не підходить; можна: {', '.join(kind)}") from error


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise BrokenLadder(f"{where}: потрібне true або false")
    return value

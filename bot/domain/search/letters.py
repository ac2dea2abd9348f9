"""Letters of a product's name brought to one small alphabet: folded Cyrillic, plus the few Latin size marks."""

import re
import unicodedata
from enum import Enum

_CYRILLIC = str.maketrans({"і": "и", "ы": "и", "є": "е", "э": "е", "ґ": "г", "ь": "", "ъ": ""})
_APOSTROPHES = "'’ʼ‘`´′＇ʹꞌ‛"
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.,/*" + "".join(map(chr, range(ord("а"), ord("я") + 1))))
_LOOK_ALIKE = str.maketrans("aebckmhoptxyi", "аевскмнортхуи")
_SIZE_MARKS = frozenset({"xs", "xl", "xxl", "xxxl"})
_UNITS = {"cm": "см", "mm": "мм", "kg": "кг", "ml": "мл", "gr": "гр", "lt": "л"}
_LATIN = re.compile(r"[а-я]*[a-z][a-zа-я]*")
_REPEATED = re.compile(r"(?!(?<![а-я])мм(?![а-я]))([а-я])\1+")  # millimetres stay two letters


_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "йцукенгшщзхїфівапролджєячсмитьбю"
_KEYBOARD = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)


class Scheme(Enum):
    """A way of reading Latin letters as Cyrillic ones."""

    OFFICIAL = 0  # Cabinet of Ministers' resolution 55 of 2010, and its loose everyday forms
    EVERYDAY = 1  # c as ц, h as х, x as х, j as ж
    FOREIGN = 2  # as an English or Italian word is heard


_COMMON = {
    "shch": "щ", "dzh": "дж", "zgh": "зг", "zh": "ж", "kh": "х", "ts": "ц", "tz": "ц", "sh": "ш", "ph": "ф", "th": "т",
    "ck": "к", "qu": "кв", "ya": "я", "ja": "я", "yu": "ю", "ju": "ю", "ye": "е", "je": "е", "yi": "и", "ji": "и",
    "a": "а", "b": "б", "d": "д", "e": "е", "f": "ф", "i": "и", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о",
    "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "y": "и", "z": "з",
}  # fmt: skip
_SOFT_C = {"ce": "це", "ci": "ци", "cy": "ци", "cя": "ця"}
_TABLES = {
    Scheme.OFFICIAL: _COMMON
    | _SOFT_C
    | {"sch": "щ", "ch": "ч", "ia": "я", "iu": "ю", "ie": "е", "c": "к", "g": "г", "h": "г", "j": "и", "x": "кс"},
    Scheme.EVERYDAY: _COMMON
    | {"sch": "ш", "ch": "ч", "yo": "е", "jo": "е", "zz": "ц", "c": "ц", "g": "г", "h": "х", "j": "ж", "x": "х"},
    Scheme.FOREIGN: _COMMON
    | {"sch": "ш", "ch": "к", "ee": "и", "ea": "и", "oo": "у", "ou": "у", "ge": "дже", "gi": "джи", "zz": "ц"}
    | {"ce": "се", "ci": "си", "cy": "си", "c": "к", "g": "г", "h": "х", "j": "дж", "x": "кс"},
}
_DIGRAPHS = {scheme: re.compile("|".join(sorted(table, key=len, reverse=True))) for scheme, table in _TABLES.items()}


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    if character in "×✕⨉":
        return "*"
    if character in "№":
        return " "
    marks_apart = unicodedata.normalize("NFKD", character.casefold())
    return "".join(_plain_part(part) for part in marks_apart)


def _plain_part(part: str) -> str:
    if unicodedata.category(part) in ("Mn", "Cf"):
        return ""
    if part == "⁄":
        return "/"
    folded = part.casefold().translate(_CYRILLIC)
    return folded if folded == "" or folded in _KEPT else " "


class _Table(dict[int, str]):
    """A translation table that knows the usual letters and works the others out, without remembering them."""

    def __missing__(self, code: int) -> str:
        return _plain(chr(code))


_TABLE = _Table({code: _plain(chr(code)) for code in (*range(0x530), *range(0x2010, 0x2060), 0x2116)})


def keys_as_cyrillic(text: str) -> str:
    """Return what the same keys type on the Ukrainian layout: "cbh" is "сир" by somebody who forgot to switch."""
    return " ".join(chunk if chunk[0].isdigit() else chunk.lower().translate(_KEYBOARD) for chunk in text.split())


def plain_letters(text: str, scheme: Scheme = Scheme.OFFICIAL) -> str:
    """Lower case without marks, apostrophes and signs; Latin read as Cyrillic; doubled letters once."""
    plain = text.translate(_TABLE)
    if _LATIN.search(plain):
        plain = _LATIN.sub(lambda found: _cyrillic(found, scheme), plain)
    return _REPEATED.sub(r"\1", plain)


def _cyrillic(found: re.Match[str], scheme: Scheme) -> str:
    word = found[0]
    if not word.isascii():
        return _transliterated(word.translate(_LOOK_ALIKE), scheme)
    if len(word) == 1:
        return _single(found, scheme)
    if word in _SIZE_MARKS:
        return word
    return _UNITS.get(word) or _transliterated(word, scheme)


def _single(found: re.Match[str], scheme: Scheme) -> str:
    """A letter alone is a mark (towels V, gloves L) and stays, but not in s/m and s1, nor where it looks Cyrillic."""
    before = found.string[max(found.start() - 1, 0) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    looks = found[0].translate(_LOOK_ALIKE)
    belongs = before == "/" or after == "/" or after.isdigit()
    return _transliterated(looks, scheme) if belongs else looks


def _transliterated(word: str, scheme: Scheme) -> str:
    table = _TABLES[scheme]
    return _DIGRAPHS[scheme].sub(lambda found: table[found[0]], word)

"""One spelling for the many ways of writing a product's name, so that names and queries can be compared."""

import re

from bot.domain.search.letters import Scheme, plain_letters
from bot.domain.search.stem import stem

MAX_CHARS = 400
MAX_WORDS = 48
_MAX_DIGITS = 9  # longer numbers are codes: they are no measure

_NUMBER = r"\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<size>{_NUMBER}(?:[х*]{_NUMBER})+)"
    r"|(?P<ratio>\d+/\d+)"
    rf"|(?P<number>{_NUMBER})(?:[\s.,/*]*(?P<unit>кг|гр|г|g|мл|л|l|мм|см|м)(?![а-яa-z]))?"
    r"|(?P<word>[а-я]{1,2}/[а-я]{1,3}(?![а-я])|[а-фц-яa-z]\d{1,2}(?![а-яa-z0-9.,/])|[а-яa-z]+)"
)
_LETTER = re.compile(r"[a-zа-щыэюяёіїєґ]", re.IGNORECASE)  # ь and ъ vanish in folding
_MAY_HOLD_NUMBER = re.compile(r"[^a-zа-яёіїєґ«»\"'’ʼ()„“”.,/%№Ø&+~:;–—-]", re.IGNORECASE)
_BASE = {
    "кг": ("г", 1000), "г": ("г", 1), "гр": ("г", 1), "g": ("г", 1),
    "л": ("мл", 1000), "l": ("мл", 1000), "мл": ("мл", 1),
    "м": ("мм", 1000), "см": ("мм", 10), "мм": ("мм", 1),
}  # fmt: skip
_STOP_WORDS = """
в у во на з из зи со для и та а або или до по пид под при от вид к ко не е же ще еще тм тзов
шт штук штука штуки кг кило г гр грам грами мл л литр литри литра литров литрив х
ящ ящик ящика ящики уп упак упаковка упаковки упаковок пач пачка пачки пачок пачек
будласка будь ласка пожалуиста треба нужно потрибно хочу даите добрии день привит
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def fold(text: str) -> str:
    """Words and numbers of the text in folded spelling, parted by single spaces; at most MAX_CHARS characters."""
    return _joined(_tokens(text, Scheme.OFFICIAL))


def words(text: str, scheme: Scheme = Scheme.OFFICIAL) -> list[str]:
    """Stems and numbers of the text without stop-words and bare units; at most MAX_WORDS."""
    return [stem(token) for token in _tokens(text, scheme) if token not in STOP_WORDS][:MAX_WORDS]


def runs(text: str) -> list[str]:
    """Return pieces of the text that fold alone as they do in it: words, and numbers with the word that follows.

    Catalogue names repeat such pieces, so whoever reads many remembers them: `words` of the pieces, joined, is `words`
    of the text.
    """
    found: list[str] = []
    open_run = False
    for chunk in text[:MAX_CHARS].split():
        if open_run:
            found[-1] = f"{found[-1]} {chunk}"
        else:
            found.append(chunk)
        open_run = _MAY_HOLD_NUMBER.search(chunk) is not None or (open_run and not _LETTER.search(chunk))
    return found


def is_number(word: str) -> bool:
    """Whether the folded word is a number, a measure, a size or a ratio (not a mark such as с1)."""
    return word[0].isdigit()


def _tokens(text: str, scheme: Scheme) -> list[str]:
    plain = plain_letters(text[:MAX_CHARS], scheme)
    return [_token(found) for found in _TOKEN.finditer(plain[:MAX_CHARS])]


def _token(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind in {"word", "ratio"}:
        return found[0]
    if kind == "size":
        return "х".join(_decimal(part) for part in re.split("[х*]", found[0]))
    if kind == "unit":
        return _measure(found["number"], found["unit"])
    return _decimal(found[0])


def _decimal(number: str) -> str:
    whole, _, fraction = number.replace(",", ".").partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _measure(number: str, unit: str) -> str:
    if len(number) > _MAX_DIGITS:
        return f"{_decimal(number)} {unit}"
    base, factor = _BASE[unit]
    return f"{_scaled(_decimal(number), factor)}{base}"


def _scaled(number: str, factor: int) -> str:
    whole, _, fraction = number.partition(".")
    scale = 10 ** len(fraction)
    units, rest = divmod(int(whole + fraction) * factor, scale)
    return _decimal(f"{units}.{rest:0{len(fraction)}d}") if rest else str(units)


def _joined(tokens: list[str]) -> str:
    kept: list[str] = []
    room = MAX_CHARS
    for token in tokens:
        room -= len(token) + 1
        if room < -1:
            break
        kept.append(token)
    return " ".join(kept)

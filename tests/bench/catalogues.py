"""Large noisy catalogues made from the demo one, and queries as hurried people type them; seeded."""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.search import Entry

CATALOGUE = Path(__file__).parents[2] / "sandbox" / "horeca" / "catalogue.csv"
_SYLLABLES = "ба бе бо ве ві га го да до жа зо ка кі ко ла лі ло ма мо на не ні по ра рі ро са со та те фа хо ча ше"
_KEYS = "йцукенгшщзхїфівапролджєячсмитьбю"
_SIZE = re.compile(r"\d+(?:[.,]\d+)?(?=\s?(?:кг|г|л|мл|шт)\b)")


def read_catalogue(path: Path = CATALOGUE) -> list[dict[str, str]]:
    """Return the active rows of a catalogue in the demo's columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["active"] == "1"]


def entries(rows: list[dict[str, str]]) -> list[Entry]:
    """Return the rows as they are, to be indexed under their article numbers."""
    return [
        Entry(row["sku"], row["sku"], (row["name_uk"], row["name_ru"], row["brand"]), _barcodes(row)) for row in rows
    ]


def synthetic(rows: list[dict[str, str]], count: int, seed: int = 1) -> Iterator[Entry]:
    """Yield `count` articles: the demo's with invented brands, other sizes, series and typing errors."""
    chance = random.Random(seed)
    brands = [_invented(chance) for _ in range(count // 30)]
    series = [_invented(chance).lower() for _ in range(count // 10)]
    for number in range(count):
        row = rows[number % len(rows)]
        brand = chance.choice(brands)
        sizes = f"{chance.choice((0.5, 1, 2, 3, 5, 10)):g}".replace(".", ",")
        names = [_varied(row[column], row["brand"], brand, sizes) for column in ("name_uk", "name_ru")]
        if chance.random() < 0.4:
            extra = chance.choice(series)
            names = [f"{name} {extra}" for name in names]
        if chance.random() < 0.1:
            names[0] = misspelled(names[0], chance)
        sku = f"{number:07d}"
        yield Entry(number, sku, (*names, brand), _barcodes(row))


def typed(entry: Entry, chance: random.Random) -> str:
    """Return a query for the article: two to four of its words, some misspelled, in one of its languages."""
    words = [word.strip("«».,").lower() for word in chance.choice(entry.texts[:2]).split()]
    first, rest = words[0], words[1:]
    picked = [first, *chance.sample(rest, min(len(rest), chance.randint(1, 3)))]
    return " ".join(misspelled(word, chance) if chance.random() < 0.25 else word for word in picked)


def misspelled(text: str, chance: random.Random) -> str:
    """Return the text with one letter dropped, doubled, swapped or replaced."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + chance.choice(_KEYS) + text[at + 1 :]


def _varied(name: str, brand: str, other: str, size: str) -> str:
    name = _SIZE.sub(size, name, count=1)
    if brand and brand.lower() in name.lower():
        return re.sub(re.escape(brand), other, name, flags=re.IGNORECASE)
    return f"{name} «{other}»"


def _invented(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES.split(), k=chance.randint(2, 5))).capitalize()


def _barcodes(row: dict[str, str]) -> tuple[str, ...]:
    return (row["barcode"],) if row["barcode"] else ()

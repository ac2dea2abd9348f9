"""Speed and accuracy of the catalogue search: `python -m tests.bench.search [orders.jsonl]`."""

import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.domain.search import Entry, Index, Synonyms, fold
from tests.bench.catalogues import entries, read_catalogue, synthetic, typed

SYNONYMS = Path(__file__).parents[2] / "bot" / "services" / "synonyms.csv"
SIZES = (10_000, 100_000)
QUERIES = 1000
REFERENCE_QUERIES = 15
_UNIT = (
    r"(?:шт\w*|sht|кг|kg|кіл\w*|кило\w*|г|л\w{0,1}т\w*|л|ящ\w*|yashch\w*|уп\w*|up|pl\w+|пач\w*|п|пл|пляш\w*|бут\w*|бан\w*"
    r"|б|бл|міш\w*|меш\w*|mishok|кор\w*|рул\w*|рук\w*|від\w*|вед\w*|лот\w*|lotka|кан\w*|пуч\w*|пар\w*|брус\w*|с[іе]тк\w*)"
)


class Line(NamedTuple):
    """A labelled order line as a searcher would type it."""

    language: str
    expect: str
    query: str
    right: tuple[str, ...]


def run(corpus: Path | None = None) -> list[tuple[str, float, str]]:
    """Return (name, value, unit) of every measure; accuracy only where a corpus of labelled orders is given."""
    rows = read_catalogue()
    synonyms = Synonyms.parse(SYNONYMS.read_text(encoding="utf-8"))
    results = [result for size in SIZES for result in _speed(list(synthetic(rows, size)), synonyms)]
    if corpus:
        results += _accuracy(Index.build(entries(rows), synonyms), list(order_lines(corpus)))
    return results


def _speed(articles: Sequence[Entry], synonyms: Synonyms) -> Iterator[tuple[str, float, str]]:
    name = f"search of {len(articles)}"
    began = time.process_time()
    index = Index.build(articles, synonyms)
    yield f"{name}: build", time.process_time() - began, "s CPU"
    chance = random.Random(2)
    queries = [typed(chance.choice(articles), chance) for _ in range(QUERIES)]
    spent = _timed(index.search, queries)
    yield f"{name}: p50", spent[len(spent) // 2], "ms CPU"
    yield f"{name}: p99", spent[len(spent) * 99 // 100], "ms CPU"
    names = [fold(article.texts[0]) for article in articles]
    plain = _timed(lambda query: process.extract(fold(query), names, scorer=fuzz.token_set_ratio, limit=3),
                   queries[:REFERENCE_QUERIES])  # fmt: skip
    yield f"{name}: plain rapidfuzz over all names, p50", plain[len(plain) // 2], "ms CPU"
    yield f"{name}: times quicker than plain rapidfuzz, p50", plain[len(plain) // 2] / spent[len(spent) // 2], "x"


def _timed(search: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    spent = []
    for query in queries:
        began = time.process_time()
        search(query)
        spent.append((time.process_time() - began) * 1000)
    return sorted(spent)


def _accuracy(index: Index, lines: Sequence[Line]) -> Iterator[tuple[str, float, str]]:
    asked: Counter[tuple[str, str]] = Counter()
    first: Counter[tuple[str, str]] = Counter()
    in_three: Counter[tuple[str, str]] = Counter()
    for line in lines:
        key = (line.expect, line.language)
        found = [hit.id for hit in index.search(line.query, limit=3)]
        asked[key] += 1
        first[key] += bool(found[:1]) and found[0] in line.right
        in_three[key] += any(article in line.right for article in found)
    for (expect, language), count in sorted(asked.items()):
        name = f"{expect} lines, {language} ({count})"
        yield f"{name}: right at 1", first[expect, language] / count, ""
        yield f"{name}: in 3", in_three[expect, language] / count, ""


def order_lines(corpus: Path) -> Iterator[Line]:
    """Yield the lines of labelled orders that want an article, without their quantities."""
    for message in corpus.read_text(encoding="utf-8").splitlines():
        order = json.loads(message)
        for line in order["lines"]:
            if line["expect"] != "none":
                right = (line["sku"],) if line["sku"] else tuple(line["any_of"])
                yield Line(order["lang"], line["expect"], without_quantity(line["span"], line["qty"]), right)


def without_quantity(span: str, quantity: float | None) -> str:
    """Return what a searcher would type of an order line."""
    text = re.sub(r"^\s*\d+\)\s*|\s-\sтобто.*", "", span)
    if quantity is None:
        return text
    number = "[xхXХ]?" + re.escape(f"{quantity:g}").replace(r"\.", "[.,]")
    patterns = (
        rf"[\s(—–\-x]*(?<![\d.,])\(?{number}\s*{_UNIT}?\)?\.?\s*$",
        rf"^\s*{number}\s*{_UNIT}?\.?\s+",
        rf"[\s—–\-]+{_UNIT}\s*$",
    )
    shortened = (re.sub(pattern, "", text, count=1, flags=re.IGNORECASE).strip(" -—–:\t") for pattern in patterns)
    return next((short for short in shortened if short and short != text), text)


def main() -> None:
    """Print the measures as a small table."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for name, value, unit in run(corpus):
        sys.stdout.write(f"{name:<62} {value:>9.3f} {unit}\n")


if __name__ == "__main__":
    main()

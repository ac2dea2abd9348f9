"""Lines as cooks and storekeepers write them: Ukrainian, Russian, mixed and in Latin letters."""

import csv
from pathlib import Path

import pytest

from bot.domain.search import Index

with (Path(__file__).parent / "lines.csv").open(encoding="utf-8", newline="") as file:
    LINES = [(row["query"], row["sku"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("query", "sku"), LINES)
def test_the_article_meant_is_among_the_first_three(query: str, sku: str, index: Index) -> None:
    assert sku in [hit.id for hit in index.search(query, limit=3)]


def test_nearly_every_line_has_its_article_first(index: Index) -> None:
    assert sum(index.search(query)[0].id == sku for query, sku in LINES) >= len(LINES) * 0.95

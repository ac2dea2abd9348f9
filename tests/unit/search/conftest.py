"""The demo catalogue indexed once, as the application does it."""

import csv
from pathlib import Path

import pytest

from bot.domain.search import Entry, Index, Synonyms

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def synonyms() -> Synonyms:
    return Synonyms.parse((ROOT / "bot/services/synonyms.csv").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    with (ROOT / "sandbox/horeca/catalogue.csv").open(encoding="utf-8", newline="") as file:
        active = [row for row in csv.DictReader(file) if row["active"] == "1"]
    return [
        Entry(row["sku"], row["sku"], (row["name_uk"], row["name_ru"], row["brand"]), (row["barcode"],))
        for row in active
    ]


@pytest.fixture(scope="session")
def index(entries: list[Entry], synonyms: Synonyms) -> Index:
    return Index.build(entries, synonyms)

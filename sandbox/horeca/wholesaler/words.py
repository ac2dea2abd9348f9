"""The words that `words.toml` lends to names and addresses."""

import tomllib
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def venues() -> list[tuple[str, str]]:
    """(kind, name) of every place; every second café is a coffee house."""
    cafes = [("Кав’ярня" if number % 2 else "Кафе", name) for number, name in enumerate(WORDS["venues"]["Кафе"])]
    others = [(kind, name) for kind, names in WORDS["venues"].items() if kind != "Кафе" for name in names]
    return cafes + others

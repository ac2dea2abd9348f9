"""The sample data of the trade, and the longest of everything in it."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

HORECA = Path(__file__).parents[2] / "sandbox" / "horeca"
PICTURES = HORECA / "pictures"
Row = dict[str, str]


@cache
def catalogue() -> list[Row]:
    return _rows("catalogue.csv")


@cache
def longest_articles(count: int) -> list[Row]:
    """The articles with the longest names in either language, the longest first."""
    return sorted(catalogue(), key=lambda row: -max(len(row["name_uk"]), len(row["name_ru"])))[:count]


@cache
def longest_shelf() -> str:
    """The path of the first leaf one meets: the longest name under the longest name."""
    top = min({row["category_path"].partition("/")[0] for row in catalogue()}, key=_longest_first)
    return min({row["category_path"] for row in catalogue() if _is_under(top, row)}, key=_longest_first)


def pictures() -> dict[str, str]:
    """File names by category paths, every category there is; the longest names first, parents before children."""
    found = {row["category_path"]: row["file"] for row in _rows("pictures.csv")}
    order = sorted(found, key=lambda path: (path.count("/"), *_longest_first(path.rpartition("/")[2])))
    return {path: found[path] for path in order}


def longest(field: str) -> str:
    """The longest name, manager… of the clients."""
    return max((str(client[field]) for client in _clients()), key=len)


def longest_of_person(field: str) -> str:
    return max((str(person[field]) for client in _clients() for person in client["people"]), key=len)


def place(number: int) -> str:
    return f"{_longest_of_point('name')} № {number}"


def address(number: int) -> str:
    return f"{_longest_of_point('address')}, корпус {number}, вхід із двору"


def _longest_of_point(field: str) -> str:
    return max((str(point[field]) for client in _clients() for point in client["points"]), key=len)


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _is_under(top: str, row: Row) -> bool:
    return row["category_path"].startswith(f"{top}/")


@cache
def _clients() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HORECA / "clients.json").read_text("utf-8"))
    return found


def _rows(name: str) -> list[Row]:
    with (HORECA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

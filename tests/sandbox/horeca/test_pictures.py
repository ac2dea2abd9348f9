"""The pictures of the demo price list."""

import csv
import struct
from hashlib import sha256
from pathlib import Path

import pytest

from sandbox.horeca.drawing.departments import DEPARTMENTS
from sandbox.horeca.drawing.slug import slug

HORECA = Path(__file__).parents[3] / "sandbox" / "horeca"


def categories_of_the_price_list() -> set[str]:
    with (HORECA / "catalogue.csv").open(encoding="utf-8-sig", newline="") as table:
        leaves = {row["category_path"] for row in csv.DictReader(table)}
    return leaves | {leaf.split("/")[0] for leaf in leaves}


def files_of_pictures() -> dict[str, str]:
    with (HORECA / "pictures.csv").open(encoding="utf-8", newline="") as table:
        return {row["category_path"]: row["file"] for row in csv.DictReader(table)}


FILES = files_of_pictures()
PNG_FILES = sorted((HORECA / "pictures").iterdir())


def test_every_category_of_the_price_list_has_a_picture() -> None:
    categories = categories_of_the_price_list()

    assert len(categories) == 76
    assert set(FILES) == categories


def test_every_category_of_the_price_list_is_drawn() -> None:
    drawn = [category for department in DEPARTMENTS for category in department.pictures()]

    assert drawn == list(FILES)


def test_the_list_names_each_file_once_and_no_file_lies_unused() -> None:
    assert sorted(FILES.values()) == [file.name for file in PNG_FILES]


def test_no_two_pictures_are_the_same() -> None:
    assert len({sha256(file.read_bytes()).hexdigest() for file in PNG_FILES}) == 76


@pytest.mark.parametrize("file", PNG_FILES, ids=lambda file: file.stem)
def test_a_picture_is_a_light_png_of_640_by_480(file: Path) -> None:
    content = file.read_bytes()

    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == (640, 480)
    assert len(content) < 40_000


def test_all_pictures_together_stay_under_a_megabyte_and_a_half() -> None:
    assert sum(file.stat().st_size for file in PNG_FILES) < 1_500_000


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("Молочні продукти/Яйця", "yaitsia"),
        ("М'ясо і птиця", "miaso-i-ptytsia"),
        ("Ковбаси та делікатеси/Салямі та сиров’ялені", "saliami-ta-syrovialeni"),
        ("Бакалія/Цукор, сіль, оцет", "tsukor-sil-otset"),
    ],
)
def test_a_file_is_named_by_the_last_name_of_its_category_in_latin_letters(category: str, name: str) -> None:
    assert slug(category) == name

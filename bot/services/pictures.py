"""Pictures of categories from a table: which file of MEDIA_DIR belongs to which category."""

import csv
from collections.abc import Mapping
from pathlib import Path

from bot.db.books import Books
from bot.db.tx import Tx

COLUMNS = {"category_path", "file"}


class BrokenPictures(Exception):
    """The file is not a table of pictures; says why."""


def read(file: Path) -> dict[tuple[str, ...], str]:
    """Files by the category's path of names, written with `/` between them. Raises BrokenPictures."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            table = csv.DictReader(opened)
            if COLUMNS - set(table.fieldnames or ()):
                raise BrokenPictures(f"{file}: потрібні колонки category_path і file.")
            return {tuple((row["category_path"] or "").split("/")): row["file"] or "" for row in table}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BrokenPictures(f"{file}: не читається. Потрібна таблиця CSV у кодуванні UTF-8.") from error


async def hang(books: Books, pictures: Mapping[tuple[str, ...], str]) -> list[str]:
    """Give the categories their pictures; returns the paths that no category has."""
    return await books.write(_hang, pictures)


def _hang(tx: Tx, pictures: Mapping[tuple[str, ...], str]) -> list[str]:
    known = tx.catalogue.paths()
    for path in pictures.keys() & known.keys():
        tx.catalogue.set_picture(known[path], pictures[path])
    return sorted("/".join(path) for path in pictures.keys() - known.keys())

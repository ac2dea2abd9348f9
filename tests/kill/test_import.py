"""A price list taken in by a process that is killed on the way: all of it is there, or nothing."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.kill.nursery import ROOT, Nursery
from tests.kill.world import SIGKILL

FILES = [str(ROOT / "sandbox" / "horeca" / "commerceml" / name) for name in ("import.xml", "offers.xml")]
TABLES = ("categories", "articles", "barcodes", "price_types", "prices", "warehouses", "stock", "revisions")
DEATHS = 5


async def test_a_killed_import_leaves_the_catalogue_as_it_was(folder: Path, nursery: Nursery) -> None:
    before, spare = catalogue(folder), folder / "spare"
    shutil.copytree(folder, spare)
    await nursery.start(order(spare, moment=0))
    assert await nursery.ended() == 0
    looks, imported = int((spare / "looks").read_text()), catalogue(spare)
    assert imported != before
    for moment in sorted(random.Random(2026).sample(range(1, looks + 1), DEATHS)):
        await nursery.start(order(folder, moment))
        assert await nursery.ended() == SIGKILL
        assert catalogue(folder) == before
    await nursery.start(order(folder, moment=0))
    assert await nursery.ended() == 0
    assert [len(rows) for rows in catalogue(folder)] == [len(rows) for rows in imported]


def order(folder: Path, moment: int) -> dict[str, Any]:
    return {
        "work": "import",
        "environment": {"DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komora.db'}"},
        "log": str(folder / "import.log"),
        "files": FILES,
        "moment": moment,
        "looks": str(folder / "looks"),
    }


def catalogue(folder: Path) -> list[list[Any]]:
    """Every row that a price list can change."""
    with closing(sqlite3.connect(folder / "komora.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]  # noqa: S608 names of our own

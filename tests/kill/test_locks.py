"""Other programs may look into the file while the product writes to it."""

import subprocess
import sys
from pathlib import Path

from bot.db.ready import opened
from tests.support.desk import MONDAY_MORNING

LOOK = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute(sys.argv[2]).fetchall()); c.close()"
NAMES = "SELECT name FROM accounts"


async def test_a_program_that_looks_into_the_file_and_leaves_takes_nothing_with_it(folder: Path) -> None:
    """Closing a file of SQLite's by hand lets go of its locks; the next to leave then removes the log in use."""
    file = folder / "komora.db"
    async with opened(f"sqlite+aiosqlite:///{file}", exclusive=True) as books:
        await books.write(lambda tx: tx.accounts.meet("viber", "1", "Олена", MONDAY_MORNING, None))
        assert look(file) == "[('Олена',)]\n"
        await books.write(lambda tx: tx.accounts.meet("viber", "2", "Андрій", MONDAY_MORNING, None))
        assert look(file) == "[('Олена',), ('Андрій',)]\n"


def look(file: Path) -> str:
    """What another process reads."""
    seen = subprocess.run([sys.executable, "-c", LOOK, str(file), NAMES], check=True, capture_output=True, text=True)
    return seen.stdout

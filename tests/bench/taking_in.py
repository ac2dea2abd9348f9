"""Memory and speed of taking clients and debts in: `python -m tests.bench.taking_in [clients documents]`.

In a process of its own, on SQLite, from a ledger that makes its pages as they are asked for. Fails where memory grows
beyond its bound.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.db.opening import open_books
from bot.domain.accounting import Subject
from bot.services.take_in import TakeIn
from tests.conftest import create_schema
from tests.services.crowd import Crowd
from tests.support.desk import Clock
from tests.support.wholesaler import open_shop

CLIENTS, DOCUMENTS = 20_000, 50_000
BOUND = 40.0
"""MiB above what the process has before the first page: what is known of every client and document, and one page."""
ROOT = Path(__file__).parents[2]


def run(clients: int = CLIENTS, documents: int = DOCUMENTS) -> list[tuple[str, float, str]]:
    """Return (name, value, unit) of every measure."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.taking_in", "--child", str(clients), str(documents)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [(name, value, unit) for name, value, unit in json.loads(done.stdout.splitlines()[-1])]


async def _take_in(url: str, clients: int, documents: int) -> list[tuple[str, float, str]]:
    create_schema(url)
    books = open_books(url)
    await open_shop(books)
    take_in = TakeIn(books, Crowd(clients, documents), Clock())
    before = _peak()
    measures = [
        measure
        for title in ("first", "again")
        for subject in (Subject.CLIENTS, Subject.RECEIVABLES)
        for measure in [await _pull(take_in, subject, title)]
    ]
    await books.close()
    grown = _peak() - before
    assert grown < BOUND, f"taking in grew by {grown:.0f} MiB"
    return [*measures, (f"taking in {clients} clients, {documents} debts: memory", grown, "MiB")]


async def _pull(take_in: TakeIn, subject: Subject, title: str) -> tuple[str, float, str]:
    began = time.perf_counter()
    report = await take_in.pull(subject)
    return f"taking in {subject.value}, {title}", report.seen / (time.perf_counter() - began), "per s"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(clients: int, documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(_take_in(f"sqlite+aiosqlite:///{folder}/komora.db", clients, documents))
    sys.stdout.write(json.dumps(measured) + "\n")


def _lines(asked: list[str]) -> Iterator[str]:
    for name, value, unit in run(*map(int, asked)):
        yield f"{name:56} {value:12.3f} {unit}\n"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(*map(int, sys.argv[2:]))
    else:
        sys.stdout.writelines(_lines(sys.argv[1:]))

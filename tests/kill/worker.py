"""A worker in a process of its own, to be killed: `python -m tests.kill.worker DATABASE_URL NAME [quick]`.

Its one handler writes a row about the run, once however often the run comes, and pauses before and after it, so that a
death finds jobs in every state. `working` is written when it has begun; SIGTERM stops it politely. `quick`: others
that died are found sooner than the product finds them.
"""

import asyncio
import random
import signal
import sys
from datetime import UTC, datetime

from sqlalchemy import text

from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.job import Queue, Run
from bot.jobs import Lane, worker_for

LANES = {Queue.ONEC: Lane(4), Queue.LOCAL: Lane(4)}
PAUSE = 0.01
_EFFECT = text("INSERT INTO effects (job_key, worker) VALUES (:job_key, :worker)")


async def work(url: str, name: str, pace: str = "") -> None:
    if pace == "quick" and url.startswith("postgresql"):
        from bot.jobs import distributed

        distributed.BEAT, distributed.SILENT, distributed.RESCUE = 0.5, 2.0, 0.5
    books = open_books(url, exclusive=True)

    async def handle(run: Run) -> None:
        await asyncio.sleep(random.random() * PAUSE)
        await books.write(effect, run, name)
        await asyncio.sleep(random.random() * PAUSE)

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    worker = worker_for(url, books, {"job": handle}, [], LANES, now=lambda: datetime.now(UTC))
    print("working", flush=True)  # noqa: T201
    await worker.run(stop)
    await books.close()


def effect(tx: Tx, run: Run, name: str) -> None:
    if tx.jobs.first_time(run):
        tx._connection.execute(_EFFECT, {"job_key": run.job.key, "worker": name})


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))

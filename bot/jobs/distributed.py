"""The worker on PostgreSQL: one of procrastinate's for each lane, and what it leaves to us beside them.

procrastinate fetches jobs, runs them side by side, listens, beats and stops gracefully. Ours: the gate in front of
fetching, the ending written in our own transaction, jobs that wait for a time, and jobs of workers that died.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import psycopg
from procrastinate import App, JobContext, PsycopgConnector, jobs, manager
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import NotificationCallback
from procrastinate.worker import Worker as LaneWorker

from bot.db.books import Books
from bot.db.jobs.distributed import FINISH, DistributedJobs, conninfo
from bot.db.tx import Tx
from bot.domain.job import Job, Queue, Run
from bot.jobs.handling import Done, GivenBack, Handler, Handling, Lane
from bot.jobs.scheduling import Schedule
from bot.jobs.settling import Ended, OnDead, Settling
from bot.jobs.steady import ended, steadily
from bot.jobs.worker import GRACE, TICK, Worker
from bot.logs import log
from bot.ports import Clock

BEAT = 3.0
SILENT = 12.0
"""Seconds without a heartbeat after which a worker's jobs are taken from it."""
RESCUE = 4.0
"""Seconds between two looks for them, so that they are found within 20."""
CONNECTIONS = 3
"""For all lanes together, beside one each that listens; they are held for one statement at a time."""
TASK = "job"
_FINISH = FINISH.replace(":id", "%(id)s")
logger = log("jobs")


class Connector(PsycopgConnector):
    """procrastinate's, which looks for jobs once more after it has begun to listen: for those it did not hear of."""

    async def _loop_notify(self, on_notification: Notify, *args: Any, **kwargs: Any) -> None:
        await on_notification(channel="", payload=json.dumps({"type": "job_inserted", "job_id": 0}))
        await super()._loop_notify(on_notification, *args, **kwargs)


class Lanes(manager.JobManager):
    """procrastinate's access to its jobs, with our gates before it and our endings after it."""

    def __init__(
        self, connector: PsycopgConnector, lanes: Mapping[Queue, Lane], handling: Handling, settling: Settling
    ) -> None:
        super().__init__(connector)
        self._lanes = lanes
        self._handling = handling
        self._settling = settling
        self._endings: dict[int, Ended] = {}
        self._news: Counter[str] = Counter()

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> jobs.Job | None:
        """Nothing while the gate is closed; nothing too while the database does not answer."""
        (queue,) = queues or ()
        if not self._lanes[Queue(queue)].is_open:
            return None
        try:
            heard, job = -1, None
            while job is None and heard != self._news[queue]:  # news that come while it looks would be lost on it
                heard = self._news[queue]
                job = await super().fetch_job([queue], worker_id)
        except ConnectorException as error:
            logger.error("no job taken", queue=queue, error=type(error).__name__)
            return None
        if job is None or job.id is None:
            return None
        self._endings[job.id] = Ended(_run(job), GivenBack(), worker_id)
        return job.evolve(task_name=TASK, task_kwargs={})

    async def run(self, context: JobContext) -> None:
        """The one task procrastinate knows: whatever the job's name, the handler is ours to find."""
        assert context.job.id is not None
        ended = self._endings[context.job.id]
        ended.ending = await self._handling.ending(ended.run, self._lanes[ended.run.job.queue])

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:
        """As the handler ended, which says more than procrastinate's status; given back where it did not end."""
        assert job.id is not None
        ended = self._endings.pop(job.id)
        if isinstance(ended.ending, Done) and await self._finished(job.id):
            return
        await self._settling.settle(ended, _nothing)

    async def _finished(self, job_id: int) -> bool:
        """What happens most often, in one round trip; false where the database did not do it."""
        try:
            await self.connector.execute_query_async(_FINISH, id=job_id)
        except ConnectorException:
            return False
        return True

    async def update_heartbeat(self, worker_id: int) -> None:
        """Also after the database was away, and after others took this worker for dead."""
        beat = (
            "INSERT INTO procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE VALUES (%(id)s, now())"
            " ON CONFLICT (id) DO UPDATE SET last_heartbeat = now()"
        )
        try:
            await self.connector.execute_query_async(beat, id=worker_id)
        except ConnectorException as error:
            logger.error("no heartbeat", error=type(error).__name__)

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """For ever, also where the database was away."""
        (queue,) = queues or ()

        async def news(*, channel: str, notification: jobs.Notification) -> None:
            self._news[queue] += 1
            await on_notification(channel=channel, notification=notification)

        async def listen() -> None:
            await super(Lanes, self).listen_for_jobs(on_notification=news, queues=[queue])

        await steadily("listening", TICK, listen)


class DistributedWorker(Worker):
    """One of any number of processes that work on a PostgreSQL database."""

    def __init__(
        self,
        database_url: str,
        books: Books,
        handlers: Mapping[str, Handler],
        schedules: Sequence[Schedule],
        lanes: Mapping[Queue, Lane],
        *,
        now: Clock,
        on_dead: OnDead | None = None,
        grace: float = GRACE,
    ) -> None:
        super().__init__(books, handlers, schedules, lanes, now=now, on_dead=on_dead, grace=grace)
        self._conninfo = conninfo(database_url)

    async def _work(self, stop: asyncio.Event) -> None:
        connector = Connector(conninfo=self._conninfo, min_size=1, max_size=CONNECTIONS, configure=_configure)
        app = App(connector=connector)
        app.job_manager = lanes = Lanes(connector, self._lanes, self._handling, self._settling)
        app.task(name=TASK, pass_context=True)(lanes.run)
        async with app.open_async():
            beside = [
                asyncio.create_task(steadily("due jobs", self.tick, self._release)),
                asyncio.create_task(steadily("lost jobs", RESCUE, self._rescue)),
            ]
            self.at_work.set()
            try:
                async with asyncio.TaskGroup() as group:  # waits for all, also where it is cancelled
                    for queue, lane in self._lanes.items():
                        group.create_task(self._lane(app, queue, lane, stop))
            finally:
                await ended(beside)

    async def _lane(self, app: App, queue: Queue, lane: Lane, stop: asyncio.Event) -> None:
        """procrastinate's worker, another one where it fails."""
        while not stop.is_set():
            worker = LaneWorker(
                app,
                queues=[queue],
                name=queue,
                concurrency=lane.at_once,
                fetch_job_polling_interval=self.tick,
                shutdown_graceful_timeout=self._grace,
                install_signal_handlers=False,
                update_heartbeat_interval=BEAT,
                stalled_worker_timeout=SILENT * 2,
            )
            try:
                await self._until(worker, stop)
            except Exception as error:
                logger.error("lane failed", queue=queue, error=type(error).__name__)
                await asyncio.sleep(self.tick)

    async def _until(self, worker: LaneWorker, stop: asyncio.Event) -> None:
        """Run the worker until told to stop, or until it ends by itself."""
        running: asyncio.Task[None] = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
        stopping = asyncio.create_task(stop.wait())
        hurrying: asyncio.TimerHandle | None = None
        try:
            await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
            worker.stop()  # type: ignore[no-untyped-call]
            hurrying = asyncio.get_running_loop().call_later(self._grace + BEAT, self._settling.hurry)
            await running
        except asyncio.CancelledError:
            worker.shutdown_graceful_timeout = 0.0
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            raise
        finally:
            stopping.cancel()
            if hurrying:
                hurrying.cancel()

    async def _release(self) -> None:
        now = self._now()
        await self._books.write(lambda tx: _distributed(tx).release_due(now))

    async def _rescue(self) -> None:
        found = await self._books.write(lambda tx: _distributed(tx).rescue(SILENT))
        if found:
            logger.warning("jobs of a dead worker found", jobs=found)

    def _opened(self, queue: Queue) -> None:
        """The lane looks every `tick` anyway."""


async def _configure(connection: psycopg.AsyncConnection[Any]) -> None:
    """procrastinate's statements are whole transactions, and its tables are in a schema of their own.

    That a job was taken or is done need not be on the disk at once: forgotten when the server itself crashes, it is run
    once more, which may happen anyway. Adding jobs and their effects are on our own connections, and wait for it.
    """
    await connection.set_autocommit(True)
    await connection.execute("SET synchronous_commit TO off")
    await connection.execute(
        "SELECT set_config('search_path', 'procrastinate, ' || current_setting('search_path'), false)"
    )


def _distributed(tx: Tx) -> DistributedJobs:
    return cast("DistributedJobs", tx.jobs)


def _run(job: jobs.Job) -> Run:
    what = Job(job.task_name, Queue(job.queue), job.task_kwargs, job.queueing_lock or "", job.lock, None, job.priority)
    return Run(str(job.id), what, job.attempts + 1)


def _nothing(_: Tx) -> None:
    return None

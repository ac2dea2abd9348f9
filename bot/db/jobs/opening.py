"""Which engine keeps the jobs of a connection."""

from sqlalchemy import Connection

from bot.db.jobs.distributed import DistributedJobs
from bot.db.jobs.embedded import EmbeddedJobs
from bot.db.jobs.jobs import Jobs


def jobs_of(connection: Connection) -> Jobs:
    return DistributedJobs(connection) if connection.dialect.name == "postgresql" else EmbeddedJobs(connection)

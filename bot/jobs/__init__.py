"""Works in the background: jobs, the lanes they run in, the gates of outside systems, and schedules."""

from bot.jobs.gate import Gate
from bot.jobs.handling import Handler, Lane
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.opening import worker_for
from bot.jobs.scheduling import Schedule
from bot.jobs.settling import OnDead
from bot.jobs.supervising import supervised
from bot.jobs.worker import Worker

__all__ = ["Gate", "Handler", "Heartbeat", "Lane", "OnDead", "Schedule", "Worker", "supervised", "worker_for"]

"""Background work: what is to be done, one run of it, and how long to wait after a failure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

GIVE_UP = timedelta(days=2)
"""A job that has failed for so long is buried; the time its system was silent does not count."""
_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = timedelta(hours=1)


class Queue(StrEnum):
    """One lane an outside system, so that the silence of one never takes the place of another's jobs."""

    ONEC = "onec"  # what goes out to 1C, which nothing that comes in may hold up
    ONEC_IN = "onec_in"
    TELEGRAM = "telegram"
    VIBER = "viber"
    MAIL = "mail"
    SMS = "sms"
    CARDS = "cards"
    SIGNING = "signing"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: `name` finds its handler, `args` are ids and other small JSON.

    `key`: never twice. `lock`: one at a time and in the order of adding, also through retries, whatever the queue and
    the priority. A higher `priority` comes first.
    """

    name: str
    queue: Queue
    args: Mapping[str, JsonValue]
    key: str
    lock: str | None = None
    not_before: datetime | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A job in the hands of its handler; `id` stays through retries and replays, `attempt` counts from 1."""

    id: str
    job: Job
    attempt: int


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a job that keeps failing is tried again, and at what pauses at most; after that it is a dead letter.

    Where it is not to be `buried`, it only ends: something asks for the same again anyway.
    """

    lasts: timedelta = GIVE_UP
    longest_pause: timedelta = _LONGEST_PAUSE
    buried: bool = True


class Postponed(Exception):
    """Raised by a handler: not now, try at `until`; this is not a failure."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class JobState(StrEnum):
    """Where a job stands; one that succeeded is not kept."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as staff see it; `next_at` is None for one that is due, `error` never holds people's data."""

    id: str
    name: str
    queue: Queue
    key: str
    lock: str | None
    args: Mapping[str, JsonValue] = field(hash=False)
    state: JobState
    attempts: int
    added_at: datetime
    next_at: datetime | None
    first_failed_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class SystemState:
    """Whether an outside system answers; `detail` says what it did instead."""

    name: str
    silent_since: datetime | None = None
    last_answer_at: datetime | None = None
    detail: str = ""


def pause(failures: int, chance: float, longest: timedelta = _LONGEST_PAUSE) -> timedelta:
    """How long to wait after so many failures in a row: 5 s, doubling up to the longest.

    `chance` in [0, 1) shortens it by up to a quarter, so that those who failed together do not come back together.
    """
    whole = min(_FIRST_PAUSE * 2 ** min(failures - 1, 16), longest.total_seconds())
    return timedelta(seconds=whole * (1 - chance / 4))

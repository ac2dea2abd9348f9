"""The background work of the staff desk: what is brought where, in whose order."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.job import Job, JsonValue, Queue

BRING, CARRY, AMEND, POST, CARD, SAY = "desk_bring", "desk_carry", "desk_amend", "desk_post", "desk_card", "desk_say"
DESK_WATCH = "desk_watch"
ALBUM_SETTLES = timedelta(seconds=3)
"""What is sent together comes one by one: so long is waited for a note among it."""


class Post(StrEnum):
    """What is said in a topic of a message or of a wait there."""

    FAILED = "failed"  # the client did not get it
    UNSURE = "unsure"  # perhaps the client did
    NOT_EDITED = "not_edited"  # the client's messenger edits nothing
    WAITS = "waits"  # a client waits for an answer
    ESCALATED = "escalated"  # said to the whole group
    HANDED_BACK = "handed_back"  # nobody has spoken for a while
    UNTOLD = "untold"  # a notice that reached nobody


class Spoken(StrEnum):
    """What the bot says to a client of a talk with the staff."""

    HANDED_BACK = "handed_back"
    UNLINKED = "unlinked"  # they act for a client no more
    LINKED = "linked"  # and do again
    SIGNED_OUT = "signed_out"  # the account is nobody's
    SIGNED_IN = "signed_in"  # and is theirs again
    MERGED = "merged"  # two people turned out to be one
    PARTED = "parted"  # and are two again


def bring_job(topic_id: UUID, message: UUID) -> Job:
    """A client's message into its topic."""
    return _in_topic(BRING, topic_id, {"message": str(message)}, f"{BRING}:{message}")


def carry_job(channel: str, external_id: str, message: UUID, not_before: datetime | None = None) -> Job:
    """An answer of the staff to the client, in order with everything else that goes to that chat."""
    return Job(
        CARRY,
        Queue(channel),
        {"message": str(message)},
        key=f"{CARRY}:{message}",
        lock=f"chat:{channel}:{external_id}",
        not_before=not_before,
        priority=6,
    )


def amend_job(queue: Queue, lock: str, message: UUID, edits: int) -> Job:
    """Other words for what stands at the other end already."""
    return Job(AMEND, queue, {"message": str(message)}, key=f"{AMEND}:{message}:{edits}", lock=lock, priority=6)


def topic_lock(topic_id: UUID) -> str:
    return f"topic:{topic_id}"


def post_job(
    topic_id: UUID, post: Post, key: str, *, message: UUID | None = None, said: Mapping[str, JsonValue] | None = None
) -> Job:
    """A word of ours in a topic, perhaps under a message there."""
    args: dict[str, JsonValue] = {
        "post": post.value,
        "message": str(message) if message else None,
        "said": dict(said or {}),
    }
    return _in_topic(POST, topic_id, args, f"{POST}:{post.value}:{topic_id}:{key}")


def card_job(topic_id: UUID, shown: str, at: datetime) -> Job:
    """The live card as things stand when it leaves; `shown` is what it showed before."""
    return _in_topic(CARD, topic_id, {}, f"{CARD}:{topic_id}:{shown}:{at.isoformat()}", priority=1)


def say_job(channel: str, external_id: str, spoken: Spoken, key: str, name: str = "") -> Job:
    return Job(
        SAY,
        Queue(channel),
        {"channel": channel, "to": external_id, "spoken": spoken.value, "name": name},
        key=f"{SAY}:{spoken.value}:{channel}:{external_id}:{key}",
        lock=f"chat:{channel}:{external_id}",
        priority=6,
    )


def _in_topic(name: str, topic_id: UUID, args: dict[str, JsonValue], key: str, priority: int = 4) -> Job:
    return Job(
        name, Queue.TELEGRAM, {"topic": str(topic_id), **args}, key=key, lock=topic_lock(topic_id), priority=priority
    )

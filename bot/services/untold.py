"""What a client was to be told and no way brought: said in the client's topic, so that somebody calls."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.tx import Tx
from bot.db.untold import UntoldNotice
from bot.domain.desk_jobs import Post, post_job
from bot.domain.job import JsonValue
from bot.services.desk import StaffDesk

AT_ONCE = 100
LOOKED_BACK = timedelta(days=14)
NAMED = 10
"""So many of one client's are named in one message."""


def tell_untold(tx: Tx, desk: StaffDesk, now: datetime) -> None:
    """One message for a client, however many there are; a client who has no topic gets one."""
    if not desk.open:
        return
    by_client: dict[UUID, list[UntoldNotice]] = defaultdict(list)
    for one in tx.untold.take(now, now - LOOKED_BACK, AT_ONCE):
        by_client[one.client_id].append(one)
    for client_id, notices in by_client.items():
        topic = desk.client_topic(tx, client_id)
        if topic is not None:
            said: dict[str, JsonValue] = {
                "notices": [_said(one) for one in notices[:NAMED]],
                "more": max(len(notices) - NAMED, 0),
            }
            tx.jobs.add(post_job(topic.id, Post.UNTOLD, str(notices[0].id), said=said))


def _said(one: UntoldNotice) -> dict[str, JsonValue]:
    return {"kind": one.kind.value, "number": one.number, "person": one.person, "reason": one.reason}

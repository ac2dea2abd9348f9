"""What is kept for a while only."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.db.books import Books
from bot.db.models import InboxEvent, RelayedMessage, SeenEvent, SentMessage
from bot.db.schema import newest, standing
from bot.db.tx import Tx
from bot.domain.desk import PassageKind, Said
from bot.domain.dialogue import Turn
from bot.services.housekeeping import Housekeeping
from tests.support.desk import MONDAY_MORNING

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)


def life(tx: Tx) -> None:
    for event_id, age in (("stale", 1.5), ("fresh", 0.5)):
        tx.inbox.keep("viber", [(event_id, "{}")], MONDAY_MORNING - age * DAY)
    for event_id, age in (("old", 4.0), ("fresh", 4.0), ("new", 2.0)):
        tx.dialogues.first_time(Turn("viber", "olena", event_id, MONDAY_MORNING - age * DAY))
    for name, age in (("notices:viber", 4.0), ("notices:telegram", 2.0)):
        tx.limits.reserve(name, 20.0, 20, MONDAY_MORNING - age * DAY)
    topic = tx.desk.require_topic("managers", "-100", "account:viber:olena", "Олена", MONDAY_MORNING)
    for text, age in (("old", 401.0), ("new", 399.0)):
        told = (Said(text, text), ("viber", "olena"), ("viber:olena", "Олена"), MONDAY_MORNING - age * DAY)
        tx.relayed.add(topic.id, PassageKind.QUESTION, *told)
    for message_id, age in (("1", 91.0), ("2", 89.0)):
        tx.inbox.sent("viber", "olena", message_id, MONDAY_MORNING - age * DAY, None)


def left(tx: Tx) -> tuple[list[str], list[str], list[str]]:
    def column(of: object) -> list[str]:
        return sorted(tx._connection.execute(select(of)).scalars())  # type: ignore[call-overload]

    return column(InboxEvent.event_id), column(SeenEvent.event_id), column(SentMessage.message_id)


def words(tx: Tx) -> list[str]:
    return list(tx._connection.execute(select(RelayedMessage.text)).scalars())


async def test_what_nobody_waits_for_goes_and_the_rest_stays(books: Books) -> None:
    await books.write(life)
    assert await Housekeeping(books, lambda: MONDAY_MORNING).tidy() == {
        "unanswered_events": 1,
        "seen_events": 1,
        "sent_messages": 1,
        "dispatches": 0,
        "shown_orders": 0,
        "relayed_messages": 1,
        "phone_codes": 0,
        "invites": 0,
        "dropped_carts": 0,
        "job_keys": 0,
        "job_steps": 0,
        "dropped_jobs": 0,
        "limits": 1,
    }
    assert await books.read(left) == (["fresh"], ["fresh", "new"], ["2"])
    assert await books.read(words) == ["new"]


async def test_those_who_migrate_an_empty_database_at_once_all_end_well(database_url: str) -> None:
    environment = {"DATABASE_URL": database_url, "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "main.py"), "migrate"]
    three = [await asyncio.create_subprocess_exec(*command, env=environment) for _ in range(3)]
    assert [await asyncio.wait_for(one.wait(), 60) for one in three] == [0, 0, 0]
    assert await standing(database_url) == newest()

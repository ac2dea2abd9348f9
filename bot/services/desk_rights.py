"""Whose topic it is, and the log of what the staff did there."""

from uuid import UUID

from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.desk import Staff, TopicView
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound


def require_topic(tx: Tx, topic_id: UUID, staff: Staff) -> TopicView:
    """Raises NotFound, also for a topic of another desk."""
    topic = tx.desk.topic(topic_id)
    if topic is None or topic.desk != staff.desk:
        raise NotFound("topic")
    return topic


def require_client(tx: Tx, topic_id: UUID, staff: Staff) -> tuple[TopicView, Buyer]:
    """A topic of theirs with the client it is about. Raises NotFound, also where nobody knows whose it is."""
    topic = require_topic(tx, topic_id, staff)
    buyer = tx.clients.buyer_of(topic.client_id) if topic.client_id else None
    if buyer is None:
        raise NotFound("client")
    return topic, buyer


def topic_here(tx: Tx, place: str, thread: str, reply_to: str) -> TopicView | None:
    """By its thread; where the group has none, by the message that is answered."""
    found = tx.desk.topic_at(place, thread)
    if found is not None:
        return found
    quoted = tx.relayed.of_staff(place, reply_to)
    return tx.desk.topic(quoted.topic_id) if quoted else None


def acted(tx: Tx, turn: Turn, staff: Staff, what: str, about: str, outcome: str) -> None:
    event, who = (turn.channel, turn.event_id), (staff.external_id, staff.name)
    tx.staff.acts(event, who, staff.desk, what, turn.at, about=about, outcome=outcome)

"""Where typed input is awaited, and which events have had their effect."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, text

from bot.db.models import Dialogue, SeenEvent
from bot.domain.dialogue import Turn

_SEEN = text("INSERT INTO seen_events (channel, event_id, at) VALUES (:channel, :event_id, :at) ON CONFLICT DO NOTHING")
_SEEN = _SEEN.bindparams(bindparam("at", type_=SeenEvent.at.type))
_SAVE = text(
    "INSERT INTO dialogues (channel, external_id, step, data, updated_at)"
    " VALUES (:channel, :external_id, :step, :data, :at)"
    " ON CONFLICT (channel, external_id)"
    " DO UPDATE SET step = excluded.step, data = excluded.data, ended_by = NULL, updated_at = excluded.updated_at"
).bindparams(bindparam("data", type_=Dialogue.data.type), bindparam("at", type_=Dialogue.updated_at.type))
_END = text("UPDATE dialogues SET ended_by = :event_id WHERE channel = :channel AND external_id = :external_id")


class Dialogues:
    """Steps of conversations and seen events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_time(self, turn: Turn) -> bool:
        """Note the turn's event; false when its effect is in the books already."""
        noted = self._connection.execute(_SEEN, {"channel": turn.channel, "event_id": turn.event_id, "at": turn.at})
        return noted.rowcount == 1

    def save(self, turn: Turn) -> None:
        """The dialogue as the turn leaves it; one that it ends is kept for the same event told again."""
        if turn.dialogue is None:
            return
        key = {"channel": turn.channel, "external_id": turn.external_id}
        if turn.dialogue.step is None:
            self._connection.execute(_END, key | {"event_id": turn.event_id})
        else:
            data = dict(turn.dialogue.data)
            self._connection.execute(_SAVE, key | {"step": turn.dialogue.step, "data": data, "at": turn.at})

    def forget_before(self, moment: datetime) -> int:
        """Drop seen events older than any messenger repeats; returns how many."""
        return self._connection.execute(delete(SeenEvent).where(SeenEvent.at < moment)).rowcount

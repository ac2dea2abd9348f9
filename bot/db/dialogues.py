"""Where typed input is awaited, and which events have had their effect."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, text

from bot.db.models import Dialogue, SeenEvent
from bot.domain.dialogue import Turn

_SEEN = text("INSERT INTO seen_events (channel, event_id, at) VALUES (:channel, :event_id, :at) ON CONFLICT DO NOTHING")
_SEEN = _SEEN.bindparams(bindparam("at", type_=SeenEvent.at.type))
_SAVE = text(
    "INSERT INTO dialogues AS d (channel, external_id, step, data, left_by, updated_at)"
    " VALUES (:channel, :external_id, :step, :data, :event_id, :at)"
    " ON CONFLICT (channel, external_id) DO UPDATE SET"
    " found_step = CASE WHEN d.left_by = excluded.left_by THEN d.found_step ELSE d.step END,"
    " found_data = CASE WHEN d.left_by = excluded.left_by THEN d.found_data ELSE d.data END,"
    " step = excluded.step, data = excluded.data, left_by = excluded.left_by, updated_at = excluded.updated_at"
).bindparams(bindparam("data", type_=Dialogue.data.type), bindparam("at", type_=Dialogue.updated_at.type))


class Dialogues:
    """Steps of conversations and seen events."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_time(self, turn: Turn) -> bool:
        """Note the turn's event; false when its effect is in the books already."""
        noted = self._connection.execute(_SEEN, {"channel": turn.channel, "event_id": turn.event_id, "at": turn.at})
        return noted.rowcount == 1

    def seen(self, turn: Turn) -> bool:
        """Whether the turn's event has had its effect."""
        found = select(SeenEvent.at).where(SeenEvent.channel == turn.channel, SeenEvent.event_id == turn.event_id)
        return self._connection.execute(found).first() is not None

    def save(self, turn: Turn) -> None:
        """The dialogue as the turn leaves it; how its event found it is kept too, for the same event told again."""
        if turn.dialogue is None:
            return
        key = {"channel": turn.channel, "external_id": turn.external_id, "event_id": turn.event_id, "at": turn.at}
        self._connection.execute(_SAVE, key | {"step": turn.dialogue.step, "data": dict(turn.dialogue.data)})

    def forget_before(self, moment: datetime) -> int:
        """Drop seen events older than any messenger repeats; returns how many."""
        return self._connection.execute(delete(SeenEvent).where(SeenEvent.at < moment)).rowcount

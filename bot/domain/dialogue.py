"""What a turn of the conversation leaves in the books together with its effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where typed input is awaited: a step and a small JSON; step None when nothing is."""

    step: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


FREE = Dialogue()


@dataclass(frozen=True, slots=True)
class Turn:
    """One event of one account, with the dialogue as it will stand after it (None: as it stands already)."""

    channel: str
    external_id: str
    event_id: str
    at: datetime
    dialogue: Dialogue | None = None

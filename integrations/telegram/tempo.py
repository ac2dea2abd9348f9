"""How long things may take, in seconds."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """The defaults suit Telegram's servers."""

    patience: float = 20.0  # for the answer of one call
    long_poll: int = 30  # Telegram allows 50
    first_pause: float = 0.5  # between tries, doubling
    longest_pause: float = 30.0
    conflict_pause: float = 20.0  # somebody else polls with this token
    standby: float = 2.0  # another process polls; looking whether it still does
    look_around: float = 10.0  # for updates that another process left behind
    sends: int = 4  # tries of one screen
    longest_wait: float = 60.0  # for a place under the limits of sending
    handover: float = 5.0  # a webhook's answer waits for its screen no longer
    answers: tuple[float, ...] = (1.0, 5.0, 30.0)  # pauses before a failed turn is left for the next start
    grace: float = 10.0  # for turns in hand when stopping

    def pause(self, failures: int) -> float:
        """Before the next try after so many failures in a row: doubling, and never two processes in step."""
        longest = min(self.first_pause * 2.0 ** min(failures - 1, 16), self.longest_pause)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 jitter, not a secret

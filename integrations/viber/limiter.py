"""Viber's limit of messages to one person who does not answer: 100 in an hour; we stop short of it."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

LIMIT = 95
HOUR = timedelta(hours=1)
PEOPLE = 20_000


class UnansweredLimiter:
    """Counts what went to each person in the last hour since they last wrote; of many people forgets the quietest."""

    def __init__(self) -> None:
        self._sent: OrderedDict[str, deque[datetime]] = OrderedDict()

    def spend(self, external_id: str, now: datetime) -> bool:
        """Whether one more message may go out; if so it is counted."""
        moments = self._sent.setdefault(external_id, deque())
        self._sent.move_to_end(external_id)
        while moments and moments[0] <= now - HOUR:
            moments.popleft()
        if len(moments) >= LIMIT:
            return False
        moments.append(now)
        if len(self._sent) > PEOPLE:
            self._sent.popitem(last=False)
        return True

    def answered(self, external_id: str) -> None:
        """The person wrote: Viber counts from nothing again."""
        self._sent.pop(external_id, None)

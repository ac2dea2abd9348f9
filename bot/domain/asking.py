"""What of its debts a client is asked to pay by a link that staff send."""

from enum import StrEnum


class Which(StrEnum):
    """All debts, the overdue ones, or one document."""

    ALL = "a"
    OVERDUE = "o"
    ONE = "d"

"""Token buckets that hold across processes."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import SendingLimit

_SECOND = 1_000_000


class Limits:
    """Buckets by name, as the generic cell rate algorithm has it: one number each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def reserve(
        self, name: str, per_second: float, burst: int, now: datetime, at_most: timedelta | None = None
    ) -> timedelta:
        """Take a token, perhaps one of the future: returns how long to wait before sending.

        Where that would be longer than `at_most`, nothing is taken; ask again after the time returned.
        """
        a_token, moment = round(_SECOND / per_second), microseconds(now)
        slack = (burst - 1) * a_token
        begins = case((SendingLimit.full_at > moment, SendingLimit.full_at), else_=literal(moment))
        taking = self._insert(SendingLimit).values(name=name, full_at=moment + a_token)
        taken = self._connection.execute(
            taking.on_conflict_do_update(
                index_elements=["name"],
                set_={"full_at": begins + a_token},
                where=None if at_most is None else begins - slack - moment <= at_most // timedelta(microseconds=1),
            ).returning(SendingLimit.full_at)
        ).scalar()
        if taken is None:
            full_at = self._connection.execute(
                select(SendingLimit.full_at).where(SendingLimit.name == name)
            ).scalar_one()
            taken = max(full_at, moment) + a_token
        return timedelta(microseconds=max(0, taken - a_token - slack - moment))


def microseconds(moment: datetime) -> int:
    """Since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

"""Who is to be told: a job for every person, written with the change it tells of."""

from uuid import UUID

from bot.db.tx import Tx
from bot.domain.job import Job, Queue
from bot.domain.notice import MANAGERS, PRICES, Notice

TELL = "tell"
TELL_STAFF = "tell_staff"


def tell_client(tx: Tx, client_id: UUID, notice: Notice) -> int:
    """Everybody who orders for the client, each in one messenger; returns how many.

    What says a price may have to wait, and holds up nothing else in its chat.
    """
    line = "prices" if notice.kind in PRICES else "chat"
    accounts = tx.accounts.to_tell(client_id)
    for channel, external_id in accounts:
        tx.jobs.add(
            Job(
                TELL,
                Queue(channel),
                _told(notice) | {"channel": channel, "to": external_id},
                key=f"tell:{channel}:{external_id}:{notice.key}",
                lock=f"{line}:{channel}:{external_id}",
            )
        )
    return len(accounts)


def tell_staff(tx: Tx, notice: Notice, desk: str = MANAGERS) -> None:
    """The group of a desk; where it has none, the log tells."""
    tx.jobs.add(
        Job(
            TELL_STAFF,
            Queue.TELEGRAM,
            _told(notice) | {"desk": desk},
            key=f"tell:{desk}:{notice.key}",
            lock=f"desk:{desk}",
        )
    )


def _told(notice: Notice) -> dict[str, str]:
    return {"kind": notice.kind.value, "about": notice.about, "version": notice.version}

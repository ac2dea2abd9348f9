"""When the credit gate is to look at held orders again: money moved, debts were taken in, room was made."""

from uuid import UUID

from bot.db.tx import Tx
from bot.domain.job import Job, Queue

EXAMINE = "examine_held"


def look_again(tx: Tx, because: str, client_id: UUID | None = None) -> None:
    """A job for every client with an order that waits, or for this one; `because` tells one occasion from another."""
    for whose in tx.held_orders.clients(client_id):
        tx.jobs.add(
            Job(
                EXAMINE,
                Queue.LOCAL,
                {"client": str(whose)},
                key=f"{EXAMINE}:{whose}:{because}",
                lock=f"credit:{whose}",
                priority=4,
            )
        )

"""Somebody unknown: kept with what they said, and brought before the staff."""

from bot.db.tx import Tx
from bot.domain.desk import Said
from bot.domain.dialogue import Turn
from bot.services.desk import StaffDesk

WORDS = 1000
"""Characters of a message that are kept with the lead."""


def led(tx: Tx, turn: Turn, desk: StaffDesk | None, name: str, said: Said, phone: str | None = None) -> None:
    """One lead an account, and where there is a desk a topic of its own."""
    words = "" if phone else said.text[:WORDS]
    tx.accounts.add_lead(turn.channel, turn.external_id, name, phone, words, turn.at)
    if desk is not None:
        desk.ask_in(tx, turn, tx.accounts.identity(turn.channel, turn.external_id), said)

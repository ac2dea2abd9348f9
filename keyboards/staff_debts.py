"""Keyboards of the digest of debts in the staff's groups."""

from collections.abc import Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.i18n import Translator
from keyboards.rows import choices
from keyboards.staff_actions import ShowDebts, TakeDebts


def digest(tr: Translator) -> Rows:
    return ((Tap(tr.label("All debts, Excel"), TakeDebts()), Tap(tr.label("Refresh"), ShowDebts())),)


def debtor(tr: Translator, client: UUID) -> Rows:
    own = (Tap(tr.label("Debts, Excel"), TakeDebts(client)), Tap(tr.label("Refresh"), ShowDebts(client)))
    return (own, (Tap(tr.label("All clients"), ShowDebts()),))


def which(tr: Translator, found: Sequence[tuple[str, UUID]]) -> Rows:
    """Clients to choose one of."""
    return (
        *choices([(name, ShowDebts(client)) for name, client in found], 1),
        (Tap(tr.label("All clients"), ShowDebts()),),
    )

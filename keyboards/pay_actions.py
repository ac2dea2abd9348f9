"""The payloads of «My balance» and of pay links."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload


@payload("bl")
@dataclass(frozen=True, slots=True)
class ShowBalance(Action):
    """What the client owes, by document."""

    page: int = 0


@payload("bc")
@dataclass(frozen=True, slots=True)
class ChooseDebt(Action):
    """This debt is among those to be paid, or is not."""

    mark: int
    on: bool
    page: int = 0


@payload("bp")
@dataclass(frozen=True, slots=True)
class PayDebts(Action):
    """A link for all debts, or for those that are chosen; the sum is the one that was shown."""

    chosen: bool
    kopiykas: int


@payload("bo")
@dataclass(frozen=True, slots=True)
class PayOverdue(Action):
    """A link for what is overdue; the sum is the one that was shown."""

    kopiykas: int


@payload("bn")
@dataclass(frozen=True, slots=True)
class PayOldest(Action):
    """A link for this sum of the debts, the oldest first: what an order lacks."""

    kopiykas: int


@payload("bh")
@dataclass(frozen=True, slots=True)
class PayHeld(Action):
    """A link for what an order waits for, as much as that is by now."""

    order: UUID


@payload("bs")
@dataclass(frozen=True, slots=True)
class AskSum(Action):
    """Awaits a sum as text: a part of the order, or of the debts."""

    order: UUID | None = None


@payload("bv")
@dataclass(frozen=True, slots=True)
class RevokeLink(Action):
    """Nobody is to pay by this link any more."""

    link: UUID

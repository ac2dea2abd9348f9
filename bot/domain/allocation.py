"""What a sum goes to: documents in a given order, never more than is left of each; and what a refund leaves of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be paid: an order of ours, or a debt's document in the book of record, which may come of an order.

    `asked` None asks for all that is left of it, whatever that is by then.
    """

    order_id: UUID | None = None
    document: str | None = None
    asked: Money | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What of a payment went to a target."""

    order_id: UUID | None
    document: str | None
    amount: Money

    def of(self, target: Target) -> bool:
        return (self.order_id, self.document) == (target.order_id, target.document)


def allocate(amount: Money, rests: Sequence[Money]) -> tuple[tuple[Money, ...], Money]:
    """To the first as much as is left of it, then to the next; what nothing is left for is an advance."""
    parts: list[Money] = []
    for rest in rests:
        part = max(min(amount, rest), ZERO)
        parts.append(part)
        amount -= part
    return tuple(parts), amount


def kept_of(parts: Sequence[Money], charged: Money, refunded: Money) -> tuple[tuple[Money, ...], Money]:
    """What is left of each part and of the advance: the advance goes back first, then the last part, and so on."""
    advance = charged - total(tuple(parts))
    left, back = [], refunded
    for one in (advance, *reversed(parts)):
        gone = max(min(one, back), ZERO)
        left.append(one - gone)
        back -= gone
    return tuple(reversed(left[1:])), left[0]


def given_back(parts: Sequence[Money], charged: Money, before: Money, after: Money) -> tuple[tuple[Money, ...], Money]:
    """What one refund took of each part and of the advance; `before` and `after` have gone back in all."""
    had, spare = kept_of(parts, charged, before)
    has, left = kept_of(parts, charged, after)
    return tuple(one - other for one, other in zip(had, has, strict=True)), spare - left

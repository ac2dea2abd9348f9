"""Attempts with all that is known of each: what the gateway said, and what their money went to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.pay_links import LinkRow
from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import Part, kept_of
from bot.domain.money import Money, total
from bot.domain.paying import Said, Sums, outcome, sums
from bot.domain.payment import Outcome

UNREAD = timedelta(minutes=2)
"""So long nobody is asked to pay again after something stirred at the gateway that could not be read yet."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of them; `parts` are what its money went to, and `link` is what it was begun by."""

    row: AttemptRow
    link: LinkRow
    said: Sequence[Said]
    parts: tuple[Part, ...]
    sums: Sums = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sums", sums(self.said))

    def in_hand(self, now: datetime | None) -> bool:
        """Whether the bank has it, so that nobody is asked to pay once more."""
        return outcome(self.said) in (Outcome.UNDER_WAY, Outcome.HELD) or self._unread(now)

    def left(self) -> Iterator[tuple[Part, Money]]:
        """Each part with what of it was not given back."""
        if self.sums.charged:  # a held sum that was let go never came in, whatever it was to go to
            kept, _ = kept_of([part.amount for part in self.parts], self.sums.charged, self.sums.refunded)
            yield from zip(self.parts, kept, strict=True)

    def of_order(self, order_id: UUID) -> tuple[Money, Money]:
        """What came in for the order, and what is left of it."""
        if self.link.order_id == order_id:
            return self.sums.charged, self.sums.kept
        mine = [(part.amount, left) for part, left in self.left() if part.order_id == order_id]
        return total([came for came, _ in mine]), total([left for _, left in mine])

    def _unread(self, now: datetime | None) -> bool:
        """Whether something stirred a moment ago that nobody has read yet."""
        stirred, checked = self.row.stirred_at, self.row.checked_at
        if now is None or stirred is None or now - stirred > UNREAD:
            return False
        return checked is None or checked < stirred


def known(tx: Tx, rows: Sequence[AttemptRow]) -> list[Attempt]:
    """However many there are, the books are asked three times."""
    references = [row.reference for row in rows]
    links = tx.pay_links.by_ids({row.link_id for row in rows})
    said: Mapping[str, Sequence[Said]] = tx.payments.said_of(references)
    parts = tx.money.parts_of(references)
    return [Attempt(row, links[row.link_id], said[row.reference], parts.get(row.reference, ())) for row in rows]


def by_order(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, list[Attempt]]:
    """By any link that is for an order, oldest first."""
    found: dict[UUID, list[Attempt]] = {order_id: [] for order_id in order_ids}
    for attempt in known(tx, tx.payments.attempts_of(*order_ids)):
        for order_id in {row.target.order_id for row in attempt.link.targets}:
            if order_id in found:
                found[order_id].append(attempt)
    return found

"""Finance's side of reminders: what holds them back, whom to leave alone, and ending that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.errors import NotFound, Refused
from bot.domain.promises import DisputeView, Ended, ExemptionView, HoldKind, PaidClaimView, PromiseView, Word
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.standing import LastKnown, Standing

REASON = 200
"""Characters of finance's own words."""
MOST_GRACE = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """How reminding stands. `sent` by level, since midnight."""

    on: bool
    work_today: bool
    as_of: LastKnown | None
    sent: dict[str, int]
    promises: int
    claims: int
    disputes: int
    exemptions: int


View: TypeAlias = PromiseView | PaidClaimView | DisputeView | ExemptionView


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that keeps reminders back."""

    kind: HoldKind
    view: View
    word: Word


class ReminderDesk:
    """Every decision is noted with who made it; made twice it stays as it was."""

    def __init__(self, books: Books, standing: Standing, work: Workdays, now: Clock, *, on: bool) -> None:
        self._books = books
        self._standing = standing
        self._work = work
        self._now = now
        self._on = on

    async def overview(self) -> Overview:
        return await self._books.read(self._overview)

    async def holds(self) -> Sequence[tuple[HoldKind, View]]:
        """All that are open: promises by their day, then claims, disputes and exemptions."""

        def read(tx: Tx) -> list[tuple[HoldKind, View]]:
            return [
                *((HoldKind.PROMISE, one) for one in tx.promises.open_promises()),
                *((HoldKind.CLAIM, one) for one in tx.promises.open_claims()),
                *((HoldKind.DISPUTE, one) for one in tx.promises.open_disputes()),
                *((HoldKind.EXEMPTION, one) for one in tx.promises.exemptions()),
            ]

        return await self._books.read(read)

    async def hold(self, kind: HoldKind, hold_id: UUID) -> Hold:
        """One of them, ended or not, with how that client keeps its word. Raises NotFound."""

        def read(tx: Tx) -> Hold:
            views = {
                HoldKind.PROMISE: tx.promises.promise_view,
                HoldKind.CLAIM: tx.promises.claim_view,
                HoldKind.DISPUTE: tx.promises.dispute_view,
                HoldKind.EXEMPTION: tx.promises.exemption_view,
            }
            found = views[kind](hold_id)
            if found is None:
                raise NotFound(kind.name)
            return Hold(kind, found, tx.promises.word(found.client_id))

        return await self._books.read(read)

    async def end(self, kind: HoldKind, hold_id: UUID, by: str) -> None:
        """Clients are reminded again. A promise that is called off counts neither as kept nor as broken."""

        def end(tx: Tx) -> None:
            now = self._now()
            match kind:
                case HoldKind.PROMISE:
                    tx.promises.end_promise(hold_id, Ended.CALLED_OFF, now, by)
                case HoldKind.CLAIM:
                    tx.promises.end_claim(hold_id, now, by)
                case HoldKind.DISPUTE:
                    tx.promises.end_dispute(hold_id, now, by)
                case HoldKind.EXEMPTION:
                    tx.promises.end_exemption(hold_id, now, by)

        await self._books.write(end)

    async def exempt(
        self, client_id: UUID, grace: int | None, until: date | None, reason: str, by: tuple[str, str]
    ) -> None:
        """Never, or `grace` days later; through a day, or until that is lifted. `reason` is one of Why, or other words.

        Raises NotFound; Refused: no_exemption, promise_past.
        """
        reason = reason.strip()[:REASON]
        if not reason or (grace is not None and not 0 < grace <= MOST_GRACE):
            raise Refused("no_exemption")
        if until is not None and until < self._today:
            raise Refused("promise_past")

        def exempt(tx: Tx) -> None:
            tx.clients.lock(client_id)
            if tx.clients.buyer_of(client_id) is None:
                raise NotFound("client")
            before = tx.promises.exemption(client_id)
            if before is None or (before.grace, before.until, before.reason) != (grace, until, reason):
                tx.promises.exempt(client_id, grace, until, reason, self._now(), by)

        await self._books.write(exempt)

    async def called(self, code: str) -> UUID:
        """The one client whom this code or name finds. Raises Refused: no_exemption."""
        found = await self._books.read(lambda tx: tx.clients.named(code, 2))
        if len(found) != 1:
            raise Refused("no_exemption")
        return found[0].id

    @property
    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()

    def _overview(self, tx: Tx) -> Overview:
        midnight = self._now().astimezone(KYIV).replace(hour=0, minute=0, second=0, microsecond=0)
        return Overview(
            self._on,
            self._work.is_working(self._today),
            self._standing.debts_as_of_in(tx),
            tx.reminders.count(midnight),
            len(tx.promises.open_promises()),
            len(tx.promises.open_claims()),
            len(tx.promises.open_disputes()),
            len(tx.promises.exemptions()),
        )

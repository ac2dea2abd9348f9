"""What a client answers to a reminder: it is paid, it will be on a day, or there is a question about a document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.dialogue import Turn
from bot.domain.dispatch import KYIV
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import Money, total
from bot.domain.notice import Notice, NoticeKind
from bot.domain.promises import DisputeView, Ended, PaidClaimView, PromiseView, Proof
from bot.domain.receivable import Debt
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.balance import require_payer
from bot.services.debts import owed
from bot.services.ladders import Ladders
from bot.services.notices import tell_finance, tell_staff
from bot.services.reminders import asked_of

CHOICES = 6
"""So many days are offered as buttons."""
LONGEST = 1000
AGO = timedelta(days=30)
"""A payment said to be older than this is no answer."""


@dataclass(frozen=True, slots=True)
class Days:
    """What is to be paid, the working days offered for it, and the last day that may be promised."""

    debts: tuple[Debt, ...]
    offered: tuple[date, ...]
    latest: date
    promise: PromiseView | None

    @property
    def total(self) -> Money:
        return total(tuple(debt.rest for debt in self.debts))


class Promises:
    """For those who pay; owner and role are looked at every time, and doing it twice does no more."""

    def __init__(self, books: Books, ladders: Ladders, work: Workdays, now: Clock) -> None:
        self._books = books
        self._ladders = ladders
        self._work = work
        self._now = now

    # --- it will be paid on a day -------------------------------------------------------------------------------------

    async def days(self, buyer: Buyer) -> Days:
        """Raises Forbidden, Outdated where nothing is owed."""
        return await self._books.read(self._days, buyer)

    async def promise(self, turn: Turn, buyer: Buyer, person_id: UUID, day: date) -> PromiseView:
        """Raises Forbidden, Outdated where nothing is owed; Refused: promise_past, promise_too_far."""

        def promise(tx: Tx) -> None:
            tx.clients.lock(buyer.id)
            days = self._days(tx, buyer)
            if day < self._today:
                raise Refused("promise_past")
            if day > days.latest:
                raise Refused("promise_too_far", latest=days.latest)
            if days.promise is not None:
                if days.promise.day == day:
                    return
                tx.promises.end_promise(days.promise.id, Ended.REPLACED, self._now())
            debts = {debt.document: debt.rest.kopiykas for debt in days.debts}
            tx.promises.promise(buyer.id, person_id, day, days.latest, debts, self._now())

        def view(tx: Tx) -> PromiseView:
            found = tx.promises.open_promise(buyer.id)
            if found is None:
                raise Outdated("promise")
            return found

        return await self._books.apply(turn, promise, view)

    async def promised(self, promise_id: UUID) -> PromiseView:
        """Raises NotFound."""
        found = await self._books.read(lambda tx: tx.promises.promise_view(promise_id))
        if found is None:
            raise NotFound("promise")
        return found

    # --- it is paid ---------------------------------------------------------------------------------------------------

    async def said_paid(self, turn: Turn, buyer: Buyer, person_id: UUID, day: date) -> PaidClaimView:
        """Raises Forbidden, Outdated where nothing is owed; Refused: paid_later, paid_long_ago."""
        if day > self._today:
            raise Refused("paid_later")
        if day < self._today - AGO:
            raise Refused("paid_long_ago")
        return await self._claim(turn, buyer, lambda tx, until: tx.promises.claim(
            buyer.id, person_id, until, self._now(), day=day
        ), f"day:{day}")  # fmt: skip

    async def sent_proof(
        self, turn: Turn, buyer: Buyer, person_id: UUID, proof: Proof | None, words: str
    ) -> PaidClaimView:
        """A photo or a file of the payment order. Raises Forbidden, Outdated where nothing is owed."""
        return await self._claim(turn, buyer, lambda tx, until: tx.promises.claim(
            buyer.id, person_id, until, self._now(), words=words[:LONGEST], proof=proof
        ), f"file:{turn.event_id}")  # fmt: skip

    async def _claim(self, turn: Turn, buyer: Buyer, claim: Callable[[Tx, date], UUID], version: str) -> PaidClaimView:
        def say(tx: Tx) -> None:
            tx.clients.lock(buyer.id)
            self._owed(tx, buyer)
            hold = self._ladders.current_in(tx).hold_days
            claim_id = claim(tx, self._work.after(self._today, hold))
            tell_finance(tx, Notice(NoticeKind.SAID_PAID, str(claim_id), version))

        def view(tx: Tx) -> PaidClaimView:
            found = tx.promises.open_claim(buyer.id)
            if found is None:
                raise Outdated("claim")
            return found

        return await self._books.apply(turn, say, view)

    # --- a question ---------------------------------------------------------------------------------------------------

    async def debts(self, buyer: Buyer) -> Sequence[Debt]:
        """That may be asked about. Raises Forbidden, Outdated where nothing is owed."""
        return await self._books.read(self._owed, buyer)

    async def dispute(self, turn: Turn, buyer: Buyer, person_id: UUID, mark: int, words: str) -> DisputeView:
        """Raises Forbidden, Outdated where the debt is gone."""
        words = words.strip()[:LONGEST]

        def dispute(tx: Tx) -> None:
            tx.clients.lock(buyer.id)
            dispute_id = tx.promises.dispute(buyer.id, person_id, self._debt(tx, buyer, mark), words, self._now())
            tell_staff(tx, Notice(NoticeKind.DISPUTE, str(dispute_id), turn.event_id))

        def view(tx: Tx) -> DisputeView:
            document = self._debt(tx, buyer, mark).document
            return next(
                one for one in tx.promises.open_disputes() if (one.client_id, one.document) == (buyer.id, document)
            )

        return await self._books.apply(turn, dispute, view)

    async def debt(self, buyer: Buyer, mark: int) -> Debt:
        """Raises Forbidden, Outdated where it is gone."""
        return await self._books.read(self._debt, buyer, mark)

    # --- in a transaction ---------------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()

    def _days(self, tx: Tx, buyer: Buyer) -> Days:
        """A promise that is put off stays within the days that were granted for the first."""
        debts, ladder = self._owed(tx, buyer), self._ladders.current_in(tx)
        promise = tx.promises.open_promise(buyer.id)
        latest = promise.latest if promise else self._today + timedelta(days=ladder.promise_days)
        offered, day = [], self._today
        if self._work.is_working(day):
            offered.append(day)
        while len(offered) < CHOICES and (day := self._work.next_working(day)) <= latest:
            offered.append(day)
        ripe = [debt for debt in debts if debt.due is not None and ladder.of((self._today - debt.due).days)]
        return Days(asked_of(ripe) or tuple(debts), tuple(offered), latest, promise)

    def _owed(self, tx: Tx, buyer: Buyer) -> Sequence[Debt]:
        require_payer(tx, buyer)
        debts = owed(tx, buyer.id, self._today).debts
        if not debts:
            raise Outdated("debts")
        return debts

    def _debt(self, tx: Tx, buyer: Buyer, mark: int) -> Debt:
        found = next((debt for debt in self._owed(tx, buyer) if debt.mark == mark), None)
        if found is None:
            raise Outdated("debt")
        return found

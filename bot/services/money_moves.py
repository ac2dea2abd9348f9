"""Giving money back, taking what is held, letting it go: asked by staff, done once by a job, and kept who asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.errors import Ambiguous, NotFound, Outdated, Refused, Rejected, Unavailable
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.money import ZERO, Money
from bot.domain.money_move import DONE, LAGS, MOVED_ELSEWHERE, UNCLEAR, UNKNOWN, MoveKind, MoveView, Reason
from bot.domain.notice import Notice, NoticeKind
from bot.domain.paying import outcome, sums
from bot.domain.payment import GatewayState, Outcome
from bot.domain.promotion import Rules
from bot.ports import Clock, PaymentProvider
from bot.services.money_in import note
from bot.services.notices import tell_finance
from bot.services.payment_view import PaymentView, payment_view
from bot.services.promotions import Promotions

MOVE = "move_money"
LOOKS_AGAIN = timedelta(minutes=2)
CLEAR = timedelta(minutes=20)
"""Where the answer was lost, and so long after it there is no trace of the move, it is taken for not done."""
REFUND_WAITS = timedelta(minutes=30)
"""The gateway has taken the refund, and waits for the shop's balance."""
SHOWS_LATER = timedelta(hours=1)
"""So long the refunds before this one may not show yet; then somebody has to look."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who of the staff: as the group sees them, and their account."""

    name: str
    account: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done; `before` is what had gone back when it was decided. `comment` is for the gateway."""

    kind: MoveKind
    amount: Money
    before: Money
    reason: str = ""
    comment: str = ""


class MoneyMoves:
    """What staff may have done with a payment; without a gateway there is none."""

    def __init__(
        self,
        books: Books,
        provider: PaymentProvider | None,
        now: Clock,
        *,
        connected: bool = False,
        promotions: Promotions | None = None,
    ) -> None:
        self._books = books
        self._provider = provider
        self._now = now
        self._connected = connected
        self._promotions = promotions or Promotions(Rules(), now)

    async def view(self, attempt_id: UUID) -> PaymentView:
        """Raises NotFound."""
        return await self._books.read(_view_by_id, attempt_id)

    async def named(self, reference: str) -> PaymentView:
        """By what the gateway knows it by. Raises NotFound."""
        return await self._books.read(_view_named, reference)

    async def refund_of(self, about: UUID) -> MoveView | None:
        """Why money of an order, or of a payment, went back last; None where it was nobody of ours."""
        return await self._books.read(_last_refund, about)

    async def strangers(self, found_at: datetime) -> list[tuple[str, Outcome, Money, datetime | None]]:
        """Money of the gateway's list that nobody knows, found at that moment."""
        return await self._books.read(lambda tx: tx.money.strangers(found_at))

    async def ask(self, attempt_id: UUID, wanted: Wanted, who: Who) -> PaymentView:
        """Once for what was seen.

        Raises NotFound; Outdated where money of it has moved since, or somebody asks for something already; Refused:
        not_positive, more_than_kept.
        """

        def ask(tx: Tx) -> PaymentView:
            self._ask(tx, attempt_id, wanted, who)
            return _view_by_id(tx, attempt_id)

        return await self._books.write(ask)

    def _ask(self, tx: Tx, attempt_id: UUID, wanted: Wanted, who: Who) -> None:
        kind, amount = wanted.kind, wanted.amount
        found = tx.payments.attempt_by_id(attempt_id)
        attempt = tx.payments.attempt(found.reference, lock=True) if found else None
        if attempt is None:
            raise NotFound("payment")
        link = tx.pay_links.by_id(attempt.link_id)
        order_id = link.order_id if link is not None and kind is MoveKind.REFUND else None
        if order_id is not None:
            tx.orders.lock(order_id)
        view = payment_view(tx, attempt)
        if order_id is not None and _others_move(tx, order_id, attempt):
            raise Outdated("payment")
        if order_id is not None and wanted.reason == Reason.TWICE and amount > view.surplus:
            raise Outdated("payment")
        said = tx.payments.said(attempt.reference)
        if view.gone != wanted.before:
            raise Outdated("payment")
        if amount <= ZERO:
            raise Refused("not_positive")
        if kind is MoveKind.REFUND and amount > view.refundable:
            raise Refused("more_than_kept", limit=view.refundable)
        if kind is not MoveKind.REFUND and (outcome(said) is not Outcome.HELD or amount != said[-1].amount):
            raise Outdated("payment")
        move_id = tx.money.ask_move(
            {
                "reference": attempt.reference, "kind": kind.value, "amount": amount, "before": wanted.before,
                "reason": wanted.reason, "comment": wanted.comment, "by_name": who.name, "by_account": who.account,
                "asked_at": self._now(),
            }
        )  # fmt: skip
        if move_id is None:
            raise Outdated("payment")
        tx.jobs.add(_move_job(move_id, attempt.reference))

    # --- the job -----------------------------------------------------------------------------------------------------

    async def run(self, run: Run) -> None:
        """Looks, asks the gateway once, and looks again until it is known what became of that.

        Raises Unavailable, and Postponed.
        """
        assert self._provider is not None
        move = await self._books.read(lambda tx: tx.money.move(UUID(str(run.job.args["move"]))))
        if move is None or move.ended is not None:
            return
        state = await self._provider.state(move.reference)
        if await self._is_over(move, state):
            return
        if move.called_at is not None:
            await self._wait(move, state)
        elif move.kind is not MoveKind.REFUND or await self._may_call(move, state):
            await self._call(move)

    async def _may_call(self, move: MoveView, state: GatewayState | None) -> bool:
        """Whether the gateway's books are as this refund was decided by. Raises Postponed where they may be later."""
        if state is not None and state.outcome is Outcome.UNDER_WAY:
            raise Postponed(self._now() + REFUND_WAITS)
        if state is None or state.refunded >= move.before:
            return True
        if self._now() - move.asked_at < SHOWS_LATER:
            raise Postponed(self._now() + LOOKS_AGAIN)
        await self._end(move, state, LAGS)
        return False

    async def _call(self, move: MoveView) -> None:
        """What dies after this was called: the next run looks and does not call again."""
        assert self._provider is not None
        await self._books.write(lambda tx: tx.money.call_move(move.id, self._now()))
        try:
            if move.kind is MoveKind.SETTLE:
                state = await self._provider.settle(move.reference, move.amount)
            else:
                state = await self._provider.refund(move.reference, move.amount, move.comment, before=move.before)
        except Unavailable:
            await self._books.write(lambda tx: tx.money.call_move(move.id, None))
            raise
        except Rejected as error:
            await self._end(move, None, str(error.code))
            return
        except Ambiguous:
            raise Postponed(self._now() + LOOKS_AGAIN) from None
        await self._books.write(lambda tx: tx.money.accept_move(move.id, self._now()))
        if not await self._is_over(move, state):
            raise Postponed(self._now() + REFUND_WAITS)

    async def _wait(self, move: MoveView, state: GatewayState | None) -> None:
        """What was accepted is waited for, however long: who asked for it anew would give it back twice."""
        assert move.called_at is not None
        if move.accepted_at is not None or (state is not None and state.outcome is Outcome.UNDER_WAY):
            raise Postponed(self._now() + REFUND_WAITS)
        if self._now() - move.called_at < CLEAR:
            raise Postponed(self._now() + LOOKS_AGAIN)
        await self._end(move, state, UNCLEAR)

    async def _is_over(self, move: MoveView, state: GatewayState | None) -> bool:
        """Whether the gateway shows what was asked, or something that makes it impossible."""
        known = await self._books.read(lambda tx: sums(tx.payments.said(move.reference)).refunded)
        ended = _ending(move, state, known)
        if ended is not None:
            await self._end(move, state, ended)
        return ended is not None

    async def _end(self, move: MoveView, state: GatewayState | None, ended: str) -> None:
        """The reason stands before the client is told of the money."""

        def end(tx: Tx) -> None:
            if not tx.money.end_move(move.id, self._now(), ended):
                return
            if state is not None:
                note(tx, move.reference, state, self._now(), connected=self._connected, promotions=self._promotions)
            attempt = tx.payments.attempt(move.reference)
            if ended != DONE and attempt is not None:
                tell_finance(tx, Notice(NoticeKind.MONEY, str(attempt.id), f"move:{move.id}"))

        await self._books.write(end)


def _move_job(move_id: UUID, reference: str) -> Job:
    key, lock = f"{MOVE}:{move_id}", f"move:{reference}"
    return Job(MOVE, Queue.CARDS, {"move": str(move_id)}, key=key, lock=lock, priority=6)


def _ending(move: MoveView, state: GatewayState | None, known: Money) -> str | None:
    """None where it is not over yet. `known` has gone back by our books: the gateway may show less for a while."""
    if state is None:
        return UNKNOWN
    if move.kind is MoveKind.SETTLE:
        if state.outcome is Outcome.PAID:
            return DONE
        return MOVED_ELSEWHERE if state.outcome not in (Outcome.HELD, Outcome.UNDER_WAY) else None
    if move.kind is MoveKind.RELEASE:
        if state.outcome in (Outcome.REFUNDED, Outcome.EXPIRED):
            return DONE
        return MOVED_ELSEWHERE if state.outcome is Outcome.PAID else None
    gone = max(state.refunded, known)
    if gone >= move.before + move.amount:
        return DONE
    moved = gone > move.before and state.outcome is not Outcome.UNDER_WAY
    return MOVED_ELSEWHERE if moved and move.called_at is None else None


def _others_move(tx: Tx, order_id: UUID, but: AttemptRow) -> bool:
    """Whether money of another payment of this order is on its way: what is over is known only after that."""
    others = [one for one in tx.payments.attempts_of(order_id) if one.reference != but.reference]
    return any(move.ended is None for one in others for move in tx.money.moves(one.reference))


def _last_refund(tx: Tx, about: UUID) -> MoveView | None:
    attempt = tx.payments.attempt_by_id(about)
    attempts = [attempt] if attempt else tx.payments.attempts_of(about)
    moves = [move for one in attempts for move in tx.money.moves(one.reference) if move.ended in (None, DONE)]
    back = [move for move in moves if move.kind is not MoveKind.SETTLE]
    return max(back, key=lambda move: move.asked_at, default=None)


def _view_by_id(tx: Tx, attempt_id: UUID) -> PaymentView:
    attempt = tx.payments.attempt_by_id(attempt_id)
    if attempt is None:
        raise NotFound("payment")
    return payment_view(tx, attempt)


def _view_named(tx: Tx, reference: str) -> PaymentView:
    attempt = tx.payments.attempt(reference)
    if attempt is None:
        raise NotFound("payment")
    return payment_view(tx, attempt)

"""The credit gate that holds: what does not fit is taken and kept, and goes on once it fits or a manager says so.

Nothing here decides on old debts that an order is held; what was agreed meanwhile waits unchecked until they are fresh.
"""

from collections.abc import Collection
from uuid import UUID

from bot.db.pay_links import TargetRow
from bot.db.tx import Tx
from bot.domain.credit import CreditRules, HeldOrder, HeldState, Released, Trouble, judged
from bot.domain.delivery import DeliveryRules
from bot.domain.money import ZERO
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import CHANGEABLE, OrderView
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.credit import needed, position_of, unshipped
from bot.services.debt_targets import parts_of
from bot.services.debts import owed
from bot.services.handover import hand_over
from bot.services.notices import renew_shown, tell_client, tell_payers, tell_staff
from bot.services.pay_links import order_rest, order_target
from bot.services.standing import Standing


class CreditGate:
    """Bodies of transactions; whoever calls holds the lock of the client, then that of the order."""

    def __init__(self, rules: CreditRules, standing: Standing, delivery: DeliveryRules, now: Clock) -> None:
        self._rules = rules
        self._standing = standing
        self._delivery = delivery
        self._now = now

    @property
    def on(self) -> bool:
        return self._rules.on and self._rules.holds

    def trouble(self, tx: Tx, order: OrderView) -> Trouble | None:
        """What stands in the way of an order, by what is known."""
        if not self.on:
            return None
        today = self._now().astimezone(KYIV).date()
        position = position_of(tx, order.client_id, today, but=order.id)
        return judged(position, needed(tx, order.client_id, order.id, order.total), self._rules, today)

    def confirmed(self, tx: Tx, order: OrderView, *, but: Collection[UUID] = ()) -> None:
        """A client confirmed the order, or a change of it; all are told but those who see what came of it.

        The caller hands the order over afterwards. A manager's word holds while the order is not worth more.
        """
        before = tx.held_orders.get(order.id)
        if not self.on or (before is not None and before.lets_pass(order.total)):
            return
        as_of = self._standing.debts_as_of_in(tx)
        if as_of is not None:
            waits = before is not None and before.state is HeldState.HELD
            if as_of.at is not None and not waits:
                tx.held_orders.hold(order.id, order.client_id, HeldState.UNCHECKED, self._now())
        elif self.trouble(tx, order) is not None:
            self._hold(tx, order, but=but)
        elif before is not None and before.state is not HeldState.RELEASED:
            self._released(tx, order, Released.OPENED, but=but)

    def examine(self, tx: Tx, client_id: UUID) -> None:
        """Everything of the client that waits, oldest first: one that fits now goes on and takes its room."""
        tx.clients.lock(client_id)
        fresh = self._standing.debts_as_of_in(tx) is None
        for order_id in tx.held_orders.waiting(client_id):
            tx.orders.lock(order_id)
            held, order = tx.held_orders.get(order_id), tx.orders.view(order_id, client_id)
            if held is None or order is None or held.state is HeldState.RELEASED:
                continue
            if order.state not in CHANGEABLE:
                tx.held_orders.release(order_id, Released.THERE, self._now())
            elif held.state is HeldState.HELD or fresh or not self.on:
                self._examine(tx, order, held)

    def release(self, tx: Tx, order: OrderView, by: str) -> bool:
        """A manager lets it pass; false where it did not wait any more."""
        if order.state not in CHANGEABLE:
            return tx.held_orders.release(order.id, Released.THERE, self._now()) is not None
        return self._goes_on(tx, order, Released.STAFF, by)

    def targets(self, tx: Tx, order: OrderView, trouble: Trouble) -> list[TargetRow]:
        """What is to be paid so that the order goes: debts, the oldest first, then it and others in advance."""
        now = self._now()
        debts = owed(tx, order.client_id, now.astimezone(KYIV).date()).debts
        rows, left = parts_of(trouble.to_pay, debts), trouble.beside
        ahead = unshipped(tx, order.client_id, {debt.order_id for debt in debts}, but=order.id)
        for one in (order.id, *(order_id for order_id, _ in ahead)):
            view = tx.orders.view(one, order.client_id)
            part = min(order_rest(tx, view, now)[0], left) if view else ZERO
            if view is not None and part > ZERO:
                rows.append(order_target(view, part))
                left -= part
        return rows

    def _examine(self, tx: Tx, order: OrderView, held: HeldOrder) -> None:
        if self.trouble(tx, order) is None:
            self._goes_on(tx, order, Released.OPENED)
        elif held.state is HeldState.UNCHECKED:
            revision = tx.orders.revise(order.id)
            self._hold(tx, order, revision=revision)
            self._hand_over(tx, order.id, revision)

    def _hold(self, tx: Tx, order: OrderView, *, but: Collection[UUID] = (), revision: int | None = None) -> None:
        now, version = self._now(), str(revision or order.revision)
        tx.held_orders.hold(order.id, order.client_id, HeldState.HELD, now)
        tell_client(tx, order.client_id, Notice(NoticeKind.ORDER_HELD, str(order.id), version), now, but=but)
        tell_staff(tx, Notice(NoticeKind.CREDIT_HELD, str(order.id), version))
        renew_shown(tx, order.id, f"held:{version}", now)

    def _goes_on(self, tx: Tx, order: OrderView, why: Released, by: str = "") -> bool:
        """Under a new revision, so that its document is posted, or loses the words that it is held."""
        if not self._released(tx, order, why, by=by):
            return False
        self._hand_over(tx, order.id, tx.orders.revise(order.id))
        return True

    def _released(self, tx: Tx, order: OrderView, why: Released, *, by: str = "", but: Collection[UUID] = ()) -> bool:
        now, version = self._now(), str(order.revision)
        before = tx.held_orders.release(order.id, why, now, by=by, total=order.total)
        if before is None:
            return False
        if before is HeldState.HELD:  # of one that was only unchecked nobody was told that it waits
            self._move_day(tx, order)
            tell_client(tx, order.client_id, Notice(NoticeKind.ORDER_RELEASED, str(order.id), version), now, but=but)
            tell_payers(tx, order.client_id, order.id, now, ordered_by=tx.held_orders.placed_by(order.id))
            if why is not Released.STAFF:  # a manager sees it where they pressed
                tell_staff(tx, Notice(NoticeKind.CREDIT_RELEASED, str(order.id), version))
        renew_shown(tx, order.id, f"released:{version}", now)
        return True

    def _move_day(self, tx: Tx, order: OrderView) -> None:
        """An order that waited past the cut-off for its day is brought on the next one there is."""
        now = self._now()
        days = self._delivery.dates(now)
        if now >= self._delivery.deadline(order.delivery_date) and days:
            tx.held_orders.bring_on(order.id, days[0])

    def _hand_over(self, tx: Tx, order_id: UUID, revision: int) -> None:
        if self._standing.connected:
            hand_over(tx, order_id, revision)

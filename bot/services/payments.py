"""Paying an order by card: a link that can be forwarded, attempts at the gateway, and what came in.

A callback is a trigger, not a truth: it makes a job that reads the attempt back, and only that moves the books.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.payments import AttemptRow, LinkRow
from bot.db.tx import Tx
from bot.domain.errors import NotFound, Refused
from bot.domain.job import Job, Queue, Run
from bot.domain.money import ZERO
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderView, State
from bot.domain.paying import OVER, Sums, outcome, sums
from bot.domain.payment import Charge, GatewayState, Item, Outcome, PayLine, PayState, PayView
from bot.domain.promotion import Off, Rules
from bot.logs import log
from bot.ports import Clock, PaymentProvider
from bot.services import card_discounts
from bot.services.handover import hand_over
from bot.services.notices import renew_shown, tell_client, tell_finance
from bot.services.paid import Paid, paid_for
from bot.services.promotions import Promotions
from bot.services.receipts import receive_job

CHECK = "check_payment"
WATCH = "watch_payments"
LIFE = timedelta(days=3)
"""How long a link can be paid; opening it again from the chat gives it as long anew."""
ATTEMPT = timedelta(hours=1)
"""How long the gateway's own page takes money."""
UNHEARD_OF = timedelta(minutes=2)
"""A callback that has not come by then is not waited for: the attempt is asked about."""
ASKED_AGAIN = timedelta(minutes=4)
GIVEN_UP = timedelta(days=2)
AT_ONCE = 50
logger = log("payments")


@dataclass(frozen=True, slots=True)
class Told:
    """Who paid what."""

    client: str
    order: OrderView
    paid: Paid


def check_job(reference: str, because: str) -> Job:
    """Read an attempt back; `because` tells one occasion from another."""
    return Job(
        CHECK,
        Queue.CARDS,
        {"reference": reference},
        key=f"{CHECK}:{reference}:{because}",
        lock=f"attempt:{reference}",
        priority=5,
    )


class Payments:
    """Links, attempts and what the gateway says; without a gateway nobody is asked to pay."""

    def __init__(
        self,
        books: Books,
        provider: PaymentProvider | None,
        now: Clock,
        *,
        public_url: str,
        payee: str,
        connected: bool = False,
        promotions: Promotions | None = None,
    ) -> None:
        """`connected`: there is a book of record that payments are taken to."""
        self._books = books
        self._provider = provider
        self._now = now
        self._public_url = public_url.rstrip("/")
        self._payee = payee
        self._connected = connected
        self._promotions = promotions or Promotions(Rules(), now)

    @property
    def offered(self) -> bool:
        return self._provider is not None and bool(self._public_url)

    async def offer(self, order: OrderView) -> tuple[Paid, str | None]:
        """What came in for this order, and where the rest can be paid, from now on for as long as a link lives.

        No address where there is nothing to pay.
        """
        paid = await self.paid(order.id)
        if not self.offered or order.state is State.CANCELLED or paid.settled >= order.total:
            return paid, None
        link = await self._books.write(self._open, order.id)
        return paid, f"{self._public_url}/pay/{link.token}"

    async def paid(self, order_id: UUID) -> Paid:
        return await self._books.read(paid_for, order_id)

    async def off(self, order: OrderView, paid: Paid) -> Off | None:
        """What paying the rest by card takes off now."""
        if not self._promotions.rules.promotions:
            return None
        return await self._books.read(self._off, order, paid)

    async def told_of(self, order_id: UUID) -> Told:
        """For staff. Raises NotFound."""
        return await self._books.read(_told_of, order_id)

    # --- the page ----------------------------------------------------------------------------------------------------

    async def page(self, token: str) -> PayView | None:
        return await self._books.read(self._view, token)

    async def start(self, token: str, language: str) -> str:
        """The gateway's page of a new attempt.

        Raises Refused: paid, expired, revoked; NotFound; and what the gateway raises.
        """
        assert self._provider is not None
        charge = await self._books.write(self._attempt, token, language)
        return await self._provider.page(charge)

    async def back(self, reference: str) -> str | None:
        """The pay page of an attempt, for somebody who comes back from the gateway; and the attempt is looked at."""
        found = await self._books.write(self._came_back, reference)
        return f"{self._public_url}/pay/{found.token}" if found else None

    # --- what the gateway says ---------------------------------------------------------------------------------------

    async def told(self, state: GatewayState) -> None:
        """A verified callback: the attempt is read back at once by a job."""
        await self._books.write(self._told, state)

    async def check(self, run: Run) -> None:
        """The job of `check_job`. Raises what PaymentProvider.state raises."""
        assert self._provider is not None
        reference = str(run.job.args["reference"])
        state = await self._provider.state(reference)
        await self._books.write(self._note, reference, state)

    async def watch(self, _: Run) -> None:
        """Whatever no callback came for, and what is under way."""
        await self._books.write(self._look)

    def _off(self, tx: Tx, order: OrderView, paid: Paid) -> Off | None:
        return card_discounts.offered(tx, self._promotions, order, order.total - paid.settled, self._now())

    def _open(self, tx: Tx, order_id: UUID) -> LinkRow:
        now = self._now()
        return tx.payments.open_link(order_id, secrets.token_urlsafe(24), now, now + LIFE)

    def _view(self, tx: Tx, token: str) -> PayView | None:
        link = tx.payments.link(token)
        order = tx.orders.view(link.order_id, link.client_id) if link else None
        if link is None or order is None:
            return None
        paid = paid_for(tx, order.id, self._now())
        client = tx.clients.buyer_of(link.client_id)
        return PayView(
            _state(link, order, paid),
            order.total,
            f"Оплата замовлення {order.number}",
            link.lives_until,
            paid=paid.kept,
            items=(PayLine(order.number, order.total),),
            client_name=client.name if client else "",
            order_number=order.number,
            paid_at=paid.at,
            card=paid.card,
            offer=self._off(tx, order, paid),
            taken_off=paid.discount,
        ).at(self._now())

    def _attempt(self, tx: Tx, token: str, language: str) -> Charge:
        link = tx.payments.link(token)
        if link is None:
            raise NotFound("pay link")
        tx.orders.lock(link.order_id)
        order = tx.orders.view(link.order_id, link.client_id)
        if order is None:
            raise NotFound("order")
        now = self._now()
        paid = paid_for(tx, order.id, now)
        match _state(link, order, paid):
            case PayState.PAID:
                raise Refused("paid")
            case PayState.REVOKED:
                raise Refused("revoked")
            case PayState.UNDER_WAY:
                raise Refused("under_way")
        if now >= link.lives_until:
            raise Refused("expired")
        off = self._off(tx, order, paid)
        due = order.total - paid.settled - (off.amount if off else ZERO)
        reference = f"{order.number}-{tx.payments.count_attempts(link.id) + 1}-{secrets.token_hex(8)}"
        tx.payments.add_attempt(link.id, reference, due, now, now + ATTEMPT, language)
        if off:
            card_discounts.promise(tx, self._promotions, reference, order.id, off)
        items = (Item(f"Замовлення {order.number}, {self._payee}", due),)
        return Charge(reference, due, items, now, now + ATTEMPT, language)

    def _came_back(self, tx: Tx, reference: str) -> LinkRow | None:
        attempt = tx.payments.attempt(reference)
        if attempt is None:
            return None
        tx.payments.stirred(reference, self._now())
        tx.jobs.add(check_job(reference, f"back:{self._now():%Y%m%d%H%M%S}"))
        return tx.payments.link_of(attempt.order_id)

    def _told(self, tx: Tx, state: GatewayState) -> None:
        if tx.payments.attempt(state.reference) is None:
            logger.warning("a callback about nothing of ours", code=state.code)
            return
        tx.payments.stirred(state.reference, self._now())
        because = f"{state.outcome.value}:{state.amount.kopiykas}:{state.refunded.kopiykas}"
        if not tx.jobs.add(check_job(state.reference, because)):
            tx.jobs.add(check_job(state.reference, f"{because}:{self._now():%Y%m%d%H%M%S}"))

    def _look(self, tx: Tx) -> None:
        now = self._now()
        for reference in tx.payments.unsettled(now - UNHEARD_OF, now - ASKED_AGAIN, AT_ONCE):
            tx.jobs.add(check_job(reference, f"watched:{now:%Y%m%d%H%M}"))

    def _note(self, tx: Tx, reference: str, state: GatewayState | None) -> None:
        attempt = tx.payments.attempt(reference, lock=True)
        if attempt is None:
            return
        now = self._now()
        before = tx.payments.said(reference)
        if state is None:
            over = now > attempt.lives_until + UNHEARD_OF
            tx.payments.checked(reference, now, settled=over)
            self._settle_discount(tx, attempt, sums(before), over=over)
            return
        if state.amount != attempt.amount and state.outcome is Outcome.PAID:
            logger.error("the gateway took another sum than was asked", reference=reference)
        fresh = tx.payments.note(state, now, before)
        after = tx.payments.said(reference)
        stands = outcome(after)
        settled = stands in OVER or (stands is Outcome.PAID and now - attempt.made_at > GIVEN_UP)
        settled = settled or now - attempt.made_at > GIVEN_UP
        tx.payments.checked(reference, now, settled=settled)
        self._settle_discount(tx, attempt, sums(after), over=settled)
        if fresh:
            self._moved(tx, attempt, sums(before), sums(after))

    def _settle_discount(self, tx: Tx, attempt: AttemptRow, brought: Sums, *, over: bool) -> None:
        """What the attempt was promised off: it counts, goes into the order's lines, or is given back."""
        if tx.card_discounts.promised(attempt.reference) is None:
            return
        order_id = attempt.order_id
        tx.orders.lock(order_id)
        order = tx.orders.view(order_id, attempt.client_id)
        lacking = order.total - paid_for(tx, order_id).settled if order else ZERO
        card_discounts.settle(tx, attempt.reference, brought, lacking, over=over)
        revision = card_discounts.put_in_lines(tx, self._promotions, order_id) if order else None
        if revision is not None and self._connected:
            hand_over(tx, order_id, revision)

    def _moved(self, tx: Tx, attempt: AttemptRow, before: Sums, after: Sums) -> None:
        """Money came in or went back: 1C, the client and the staff hear of it, each once."""
        if after.kept == before.kept and after.charged == before.charged:
            return
        version = f"{after.charged.kopiykas}:{after.refunded.kopiykas}"
        order_id = str(attempt.order_id)
        refunded = after.refunded.kopiykas > before.refunded.kopiykas
        renew_shown(tx, attempt.order_id, f"{attempt.reference}:{version}", self._now())
        kind = NoticeKind.ORDER_REFUNDED if refunded else NoticeKind.ORDER_PAID
        tell_client(tx, attempt.client_id, Notice(kind, order_id, version), self._now())
        tell_finance(tx, Notice(NoticeKind.MONEY, order_id, f"{attempt.reference}:{version}"))
        if not self._connected:
            return
        if after.charged.kopiykas > before.charged.kopiykas:
            tx.jobs.add(receive_job(attempt.reference, after.charged, None))
        if refunded:
            tx.jobs.add(receive_job(attempt.reference, after.refunded - before.refunded, after.refunded))


def _told_of(tx: Tx, order_id: UUID) -> Told:
    client_id = tx.orders.client_of(str(order_id))
    order = tx.orders.view(order_id, client_id) if client_id else None
    client = tx.clients.buyer_of(client_id) if client_id else None
    if order is None or client is None:
        raise NotFound("order")
    return Told(client.name, order, paid_for(tx, order_id))


def _state(link: LinkRow, order: OrderView, paid: Paid) -> PayState:
    if paid.charged and paid.settled >= order.total:
        return PayState.PAID
    if link.revoked_at is not None or order.state is State.CANCELLED:
        return PayState.REVOKED
    return PayState.UNDER_WAY if paid.under_way else PayState.UNPAID

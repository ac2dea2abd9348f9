"""Paying by card: a link that can be forwarded, and attempts at the gateway.

A callback is a trigger, not a truth: it makes a job that reads the attempt back, and only that moves the books.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.pay_links import LinkRow
from bot.db.tx import Tx
from bot.domain.errors import NotFound, OutsideError, Refused
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderView
from bot.domain.payment import Charge, GatewayState, Item, PayState, PayView
from bot.domain.promotion import Off, Rules
from bot.i18n import KYIV
from bot.logs import log
from bot.ports import Clock, PaymentProvider
from bot.services import card_discounts
from bot.services.money_in import UNHEARD_OF, note
from bot.services.notices import tell_finance
from bot.services.paid import Paid, order_due, paid_for, withdraw
from bot.services.pay_links import TOKEN, Asked, asked_by, opened, order_key, order_rest, order_target, seen_as
from bot.services.promotions import Promotions

CHECK = "check_payment"
WATCH = "watch_payments"
REMIND = "remind_of_held"
ATTEMPT = timedelta(hours=1)
"""How long the gateway's own page takes money."""
ASKED_AGAIN = timedelta(minutes=4)
UNATTENDED = timedelta(hours=4)
"""A sum that is held for so long is reminded of."""
AT_ONCE = 50
ITEMS = 20
"""Of more things the payer reads only how many there are."""
logger = log("payments")


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

    def address(self, link: LinkRow) -> str:
        """Where the link is paid."""
        return f"{self._public_url}/pay/{link.token}"

    @property
    def example(self) -> str:
        """As long as an address where something is paid, and nowhere."""
        scheme, between, rest = self._public_url.partition("://")
        return f"{scheme}{between}{'x' * (len(rest) + len('/pay/') + TOKEN)}"

    async def offer(self, order: OrderView) -> tuple[Paid, str | None]:
        """What came in for this order, and where the rest can be paid, from now on for as long as a link lives.

        No address where there is nothing to pay.
        """
        due, paid = await self._books.read(lambda tx: order_rest(tx, order, self._now()))
        paid = replace(paid, due=due)
        if not self.offered or not due:
            return paid, None
        return paid, self.address(await self._books.write(self._open, order))

    async def paid(self, order_id: UUID) -> Paid:
        return await self._books.read(paid_for, order_id)

    async def off(self, order: OrderView, paid: Paid) -> Off | None:
        """What paying the rest by card takes off now."""
        if not self._promotions.rules.promotions:
            return None
        due = paid.due or order_due(order, paid)
        return await self._books.read(lambda tx: card_discounts.offered(tx, self._promotions, order, due, self._now()))

    # --- the page ----------------------------------------------------------------------------------------------------

    async def page(self, token: str) -> PayView | None:
        return await self._books.read(self._view, token)

    async def start(self, token: str, language: str, shown: Money) -> str:
        """The gateway's page of a new attempt; what is charged is the sum that was `shown`.

        Raises Refused: paid, expired, revoked, under_way, sum_changed, promotion_over; NotFound; and what the gateway
        raises.
        """
        assert self._provider is not None
        charge = await self._books.write(self._attempt, token, language, shown)
        try:
            return await self._provider.page(charge)
        except OutsideError:  # nobody has its address
            await self._books.write(lambda tx: card_discounts.let_go(tx, charge.reference))
            raise

    async def back(self, reference: str) -> str | None:
        """The pay page of an attempt, for somebody who comes back from the gateway; and the attempt is looked at."""
        found = await self._books.write(self._came_back, reference)
        return self.address(found) if found else None

    # --- what the gateway says ---------------------------------------------------------------------------------------

    async def told(self, state: GatewayState) -> None:
        """A verified callback: the attempt is read back at once by a job."""
        await self._books.write(self._told, state)

    async def check(self, run: Run) -> None:
        """The job of `check_job`. Raises what PaymentProvider.state raises."""
        await self._read_back(str(run.job.args["reference"]))

    async def withdraw(self, run: Run) -> None:
        """The job of `withdraw_attempt`: the gateway takes no money by it any more, or took it already.

        Raises what PaymentProvider.withdraw and state raise.
        """
        assert self._provider is not None
        reference = str(run.job.args["reference"])
        await self._provider.withdraw(reference)
        await self._read_back(reference)
        await self._books.write(lambda tx: tx.payments.withdrawn(reference, self._now()))

    async def watch(self, _: Run) -> None:
        """Whatever no callback came for, and what is under way."""
        await self._books.write(self._look)

    async def remind(self, _: Run) -> None:
        """Of sums that are held and nobody takes or lets go; each is asked about as well."""
        await self._books.write(self._remind)

    async def _read_back(self, reference: str) -> None:
        """What stirs while the gateway is asked is not in its answer: so it was asked before that."""
        assert self._provider is not None
        now = self._now()
        state = await self._provider.state(reference)
        await self._books.write(
            lambda tx: note(tx, reference, state, now, connected=self._connected, promotions=self._promotions)
        )

    def _open(self, tx: Tx, order: OrderView) -> LinkRow:
        tx.orders.lock(order.id)
        return opened(tx, order_key(order.id), order.client_id, (order_target(order),), self._now())

    def _view(self, tx: Tx, token: str) -> PayView | None:
        link = tx.pay_links.named(token)
        if link is None:
            return None
        asked = asked_by(tx, link, self._now())
        return seen_as(tx, asked, self._off(tx, asked), self._now())

    def _off(self, tx: Tx, asked: Asked) -> Off | None:
        """Only for who pays all that is left of one order."""
        order = tx.orders.view(asked.order_id, asked.link.client_id) if asked.order_id else None
        return card_discounts.offered(tx, self._promotions, order, asked.due, self._now()) if order else None

    def _attempt(self, tx: Tx, token: str, language: str, shown: Money) -> Charge:
        link = tx.pay_links.named(token)
        if link is None:
            raise NotFound("pay link")
        tx.clients.lock(link.client_id)
        for order_id in sorted(row.target.order_id for row in link.targets if row.target.order_id is not None):
            tx.orders.lock(order_id)
        now = self._now()
        asked = asked_by(tx, link, now)
        if asked.state is not PayState.UNPAID:
            raise Refused(asked.state.value)
        if now >= link.lives_until:
            raise Refused("expired")
        self._supersede(tx, asked)
        off = self._off(tx, asked)
        due = asked.due - off.amount if off else asked.due
        if due != shown:
            raise Refused("sum_changed")
        reference = _reference(tx, link, now)
        tx.payments.add_attempt(link.id, reference, due, now, now + ATTEMPT, language)
        if off and asked.order_id:
            card_discounts.promise(tx, self._promotions, reference, asked.order_id, off)
        return Charge(reference, due, self._items(asked, due), now, now + ATTEMPT, language)

    def _supersede(self, tx: Tx, asked: Asked) -> None:
        """What was begun by this link and not paid: of two pages only one is to take money."""
        withdraw(tx, [ask.row.target for ask in asked.asks], only=asked.link.id)
        if asked.order_id:
            card_discounts.let_all_go(tx, asked.order_id)

    def _items(self, asked: Asked, due: Money) -> tuple[Item, ...]:
        """What the payer reads at the gateway; they add up to what is due."""
        asks = [ask for ask in asked.asks if ask.due]
        if len(asks) == 1:
            return (Item(f"{asks[0].name}, {self._payee}", due),)
        if len(asks) > ITEMS:
            return (Item(f"Оплата за товар, документів: {len(asks)}, {self._payee}", due),)
        return tuple(Item(f"{ask.name}, {self._payee}", ask.due) for ask in asks)

    def _came_back(self, tx: Tx, reference: str) -> LinkRow | None:
        attempt = tx.payments.attempt(reference)
        if attempt is None:
            return None
        tx.payments.stirred(reference, self._now())
        tx.jobs.add(check_job(reference, f"back:{self._now():%Y%m%d%H%M%S}"))
        return tx.pay_links.by_id(attempt.link_id)

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

    def _remind(self, tx: Tx) -> None:
        now: datetime = self._now()
        day = f"{now.astimezone(KYIV):%Y%m%d}"
        for attempt in tx.payments.held(now - UNATTENDED):
            tx.jobs.add(check_job(attempt.reference, f"held:{day}"))
            tell_finance(tx, Notice(NoticeKind.HELD, str(attempt.id), day))


def _reference(tx: Tx, link: LinkRow, now: datetime) -> str:
    """New for every attempt, and not to be guessed."""
    number = tx.payments.count_attempts(link.id) + 1
    named = link.targets[0].number if link.order_id else f"P-{now.astimezone(KYIV):%y%m%d}"
    return f"{named}-{number}-{secrets.token_hex(8)}"

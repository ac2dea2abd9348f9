"""«My balance»: what a client owes by document, what of it is chosen, and the link where that is paid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.pay_links import LinkRow, TargetRow
from bot.db.tx import Tx
from bot.domain.asking import Which
from bot.domain.catalogue import page_count
from bot.domain.client import Buyer
from bot.domain.dialogue import Turn
from bot.domain.errors import Forbidden, NotFound, Outdated, Refused
from bot.domain.money import ZERO, Money, total
from bot.domain.payment import PayState
from bot.domain.receivable import Debt
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.debt_targets import as_seen, debt_target, parts_key, parts_of
from bot.services.debts import Owed, owed
from bot.services.orders import require_order
from bot.services.paid import withdraw
from bot.services.pay_links import Asked, asked_by, opened, order_rest, order_target
from bot.services.payments import Payments
from bot.services.standing import LastKnown, Standing

PAGE = 8


@dataclass(frozen=True, slots=True)
class BalanceView:
    """A page of debts, oldest due first. `as_of` is said where what we know is older than it should be.

    `chosen` are all that are chosen, on any page; `payable` where there is a gateway.
    """

    owed: Owed
    shown: tuple[Debt, ...]
    page: int
    pages: int
    chosen: tuple[Debt, ...]
    as_of: LastKnown | None
    payable: bool

    @property
    def start(self) -> int:
        """The number of the first that is shown."""
        return self.page * PAGE + 1

    @property
    def chosen_total(self) -> Money:
        return total(tuple(debt.rest for debt in self.chosen))


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link from the chat's side: where it leads and what it asks."""

    id: UUID
    address: str
    asked: Asked
    lives_until: datetime


class Balance:
    """For those who pay; where nobody pays for a client, for those who order."""

    def __init__(self, books: Books, payments: Payments, standing: Standing, now: Clock) -> None:
        self._books = books
        self._payments = payments
        self._standing = standing
        self._now = now

    async def view(self, buyer: Buyer, person_id: UUID, page: int = 0) -> BalanceView:
        """Raises Forbidden."""
        return await self._books.read(self._view, buyer, person_id, page)

    async def choose(self, turn: Turn, buyer: Buyer, person_id: UUID, mark: int, page: int, *, on: bool) -> BalanceView:
        """A debt that is gone is let be: the page shows what there is. Raises Forbidden."""

        def choose(tx: Tx) -> None:
            require_payer(tx, buyer)
            for debt in self._owed(tx, buyer).debts:
                if debt.mark == mark:
                    tx.money.choose(person_id, buyer.id, debt.document, on=on)

        return await self._books.apply(turn, choose, lambda tx: self._view(tx, buyer, person_id, page))

    async def pay(
        self, turn: Turn, buyer: Buyer, person_id: UUID, kopiykas: int, *, chosen: bool = False, overdue: bool = False
    ) -> LinkView:
        """A link for all debts, for those chosen, or for the overdue; `kopiykas` is the sum that the person saw.

        Raises Forbidden, Outdated where that sum is another by now, Refused: no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            return as_seen(self._wanted(tx, buyer, person_id, chosen=chosen), kopiykas)

        return await self._opened(turn, buyer, wanted)

    async def pay_overdue(self, turn: Turn, buyer: Buyer, kopiykas: int) -> LinkView:
        """A link for what should have been paid by now; `kopiykas` is the sum that the person saw.

        Raises Forbidden, Outdated where that sum is another by now, Refused: no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            return as_seen([debt for debt in self._owed(tx, buyer).debts if debt.overdue], kopiykas)

        return await self._opened(turn, buyer, wanted)

    async def offer(self, buyer: Buyer, which: Which, mark: int = 0) -> LinkView | None:
        """A link for these debts as they stand now; None where there is nothing to pay, or no way to."""
        return await self._books.write(self._offer, buyer, which, mark) if self._payments.offered else None

    async def pay_sum(self, turn: Turn, buyer: Buyer, person_id: UUID, typed: str) -> LinkView:
        """A link for a sum, to the oldest due first, of those that are chosen where any are.

        Raises Forbidden; Refused: not_a_sum, not_positive, more_than_owed, no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            debts = self._wanted(tx, buyer, person_id, chosen=True) or self._wanted(tx, buyer, person_id, chosen=False)
            sum_ = read_sum(typed, total(tuple(debt.rest for debt in debts)))
            return parts_of(sum_, debts)

        return await self._opened(turn, buyer, wanted)

    async def pay_oldest(self, turn: Turn, buyer: Buyer, kopiykas: int) -> LinkView:
        """A link for this sum, to the oldest due first, whatever is chosen.

        Raises Forbidden, Outdated where less is owed by now, Refused: no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            debts, sum_ = self._owed(tx, buyer).debts, Money(kopiykas)
            if not ZERO < sum_ <= total(tuple(debt.rest for debt in debts)):
                raise Outdated("balance")
            return parts_of(sum_, debts)

        return await self._opened(turn, buyer, wanted)

    async def pay_targets(self, turn: Turn, buyer: Buyer, wanted: Callable[[Tx], list[TargetRow]]) -> LinkView:
        """A link for whatever is `wanted` by the time it is made.

        Raises Forbidden, Refused: no_cards, and whatever `wanted` raises.
        """
        return await self._opened(turn, buyer, wanted)

    async def pay_part(self, turn: Turn, buyer: Buyer, order_id: UUID, typed: str) -> LinkView:
        """A link for a part of an order.

        Raises NotFound; Refused: not_a_sum, not_positive, more_than_owed, no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            tx.orders.lock(order_id)
            order = require_order(tx, order_id, buyer)
            return [order_target(order, read_sum(typed, order_rest(tx, order, self._now())[0]))]

        return await self._opened(turn, buyer, wanted, pays=False)

    async def order_rest(self, buyer: Buyer, order_id: UUID) -> tuple[str, Money]:
        """The order's number and what is left to be paid for it. Raises NotFound."""

        def read(tx: Tx) -> tuple[str, Money]:
            order = require_order(tx, order_id, buyer)
            return order.number, order_rest(tx, order, self._now())[0]

        return await self._books.read(read)

    async def revoke(self, turn: Turn, buyer: Buyer, link_id: UUID) -> None:
        """Nobody can pay by it any more; what is in the bank's hands stays. Raises NotFound, Refused: under_way."""

        def revoke(tx: Tx) -> None:
            tx.clients.lock(buyer.id)
            link = tx.pay_links.by_id(link_id)
            if link is None or link.client_id != buyer.id:
                raise NotFound("pay link")
            if link.order_id is None:
                require_payer(tx, buyer)
            if asked_by(tx, link, self._now()).state is PayState.UNDER_WAY:
                raise Refused("under_way")
            if tx.pay_links.revoke(link_id, self._now()):
                withdraw(tx, [row.target for row in link.targets], only=link_id)

        await self._books.apply(turn, revoke, lambda _: None)

    async def _opened(
        self, turn: Turn, buyer: Buyer, wanted: Callable[[Tx], list[TargetRow]], *, pays: bool = True
    ) -> LinkView:
        if not self._payments.offered:
            raise Refused("no_cards")

        def open_link(tx: Tx) -> None:
            if pays:
                require_payer(tx, buyer)
            tx.clients.lock(buyer.id)
            targets = wanted(tx)
            opened(tx, parts_key(buyer.id, targets), buyer.id, targets, self._now())

        def view(tx: Tx) -> LinkView:
            link = tx.pay_links.of(parts_key(buyer.id, wanted(tx)))
            if link is None:
                raise Outdated("pay link")
            return self._link_view(tx, link)

        return await self._books.apply(turn, open_link, view)

    def _offer(self, tx: Tx, buyer: Buyer, which: Which, mark: int) -> LinkView | None:
        tx.clients.lock(buyer.id)
        targets = [debt_target(debt, debt.rest) for debt in chosen_of(self._owed(tx, buyer), which, mark)]
        if not targets:
            return None
        link = opened(tx, parts_key(buyer.id, targets), buyer.id, targets, self._now())
        return self._link_view(tx, link)

    def _link_view(self, tx: Tx, link: LinkRow) -> LinkView:
        return LinkView(link.id, self._payments.address(link), asked_by(tx, link, self._now()), link.lives_until)

    def _view(self, tx: Tx, buyer: Buyer, person_id: UUID, page: int) -> BalanceView:
        require_payer(tx, buyer)
        all_ = self._owed(tx, buyer, tx.money.chosen(person_id, buyer.id))
        pages = page_count(len(all_.debts), PAGE)
        at = min(max(page, 0), pages - 1)
        return BalanceView(
            all_,
            all_.debts[at * PAGE : (at + 1) * PAGE],
            at,
            pages,
            tuple(debt for debt in all_.debts if debt.chosen),
            self._standing.debts_as_of_in(tx),
            self._payments.offered,
        )

    def _wanted(self, tx: Tx, buyer: Buyer, person_id: UUID, *, chosen: bool) -> list[Debt]:
        debts = self._owed(tx, buyer, tx.money.chosen(person_id, buyer.id)).debts
        return [debt for debt in debts if debt.chosen or not chosen]

    def _owed(self, tx: Tx, buyer: Buyer, chosen: frozenset[str] = frozenset()) -> Owed:
        return owed(tx, buyer.id, self._now().astimezone(KYIV).date(), chosen)


def chosen_of(owed_: Owed, which: Which, mark: int) -> list[Debt]:
    """These of the debts; `mark` is of the one."""
    match which:
        case Which.ALL:
            return list(owed_.debts)
        case Which.OVERDUE:
            return [debt for debt in owed_.debts if debt.overdue]
        case Which.ONE:
            return [debt for debt in owed_.debts if debt.mark == mark]


def require_payer(tx: Tx, buyer: Buyer) -> None:
    """Raises Forbidden."""
    if not buyer.pays and (not buyer.orders or tx.clients.has_payer(buyer.id)):
        raise Forbidden("pays")


def read_sum(typed: str, most: Money) -> Money:
    """A sum that somebody typed. Raises Refused: not_a_sum, not_positive, more_than_owed."""
    bare = typed.casefold().replace("грн", "").replace("uah", "").strip(" .₴")
    try:
        sum_ = Money.read(bare)
    except ValueError:
        raise Refused("not_a_sum") from None
    if sum_ <= ZERO:
        raise Refused("not_positive")
    if sum_ > most:
        raise Refused("more_than_owed", limit=most)
    return sum_

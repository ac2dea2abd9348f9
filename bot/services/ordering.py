"""From a cart to an order: the confirm, changes and cancels until the cut-off, history and repeats."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.cart import CartView
from bot.domain.catalogue import PAGE, ArticleView, page_count
from bot.domain.client import Buyer
from bot.domain.credit import HeldState, Released
from bot.domain.delivery import DeliveryRules
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderBrief, OrderView, RepeatView, State, changeable, require_changeable
from bot.domain.quantity import checked
from bot.services.card_discounts import put_in_lines
from bot.services.carts import Carts, require_version
from bot.services.credit_gate import CreditGate
from bot.services.handover import hand_over
from bot.services.look_again import look_again
from bot.services.notices import tell_client, tell_payers
from bot.services.orders import require_order
from bot.services.paid import tell_of_surplus
from bot.services.repeating import aligned, repeatable_in
from bot.services.standing import Standing

DESK = "desk"
"""The channel of an order that the staff placed for a client."""
USUAL_ORDERS = 10
USUAL_ARTICLES = 16


@dataclass(frozen=True, slots=True)
class History:
    """A page of the client's orders, newest first."""

    orders: tuple[OrderBrief, ...]
    page: int
    pages: int


class Ordering:
    """Orders of a client; the confirm is safe against double taps, old buttons, two people and crashes."""

    def __init__(
        self, books: Books, carts: Carts, rules: DeliveryRules, standing: Standing, gate: CreditGate | None = None
    ) -> None:
        """Without a `gate` nothing is held."""
        self._books = books
        self._carts = carts
        self._rules = rules
        self._standing = standing
        self._gate = gate
        self._promotions = carts.promotions

    async def place(
        self, turn: Turn, buyer: Buyer, person_id: UUID, cart_id: UUID, version: int, kopiykas: int
    ) -> OrderView:
        """The order this cart became, placed by this call or an earlier one.

        `version` and `kopiykas` are of the summary the person saw. Raises Refused: cart_changed where either moved,
        and whatever CartView.require_ready raises; NotFound for a cart of another client.
        """

        def confirm(tx: Tx) -> None:
            if tx.carts.owner(cart_id) != buyer.id:
                raise NotFound("cart")
            if tx.carts.order_of(cart_id) is None:
                self._confirm(tx, turn, buyer, person_id, cart_id, version, kopiykas)

        def placed(tx: Tx) -> OrderView:
            order_id = tx.carts.order_of(cart_id)
            return require_order(tx, order_id, buyer)

        try:
            return await self._books.apply(turn, confirm, placed)
        except Outdated:
            if await self._books.read(lambda tx: tx.carts.order_of(cart_id)) is None:
                raise Refused("cart_changed") from None
            return await self._books.read(placed)

    async def place_for(
        self, turn: Turn, buyer: Buyer, by: str, draft_id: UUID, version: int, kopiykas: int
    ) -> OrderView:
        """The order that a draft of the staff became, placed by this call or an earlier one; the client is told.

        Raises as `place` does, but Outdated for a draft that was given up.
        """

        def confirm(tx: Tx) -> None:
            if tx.carts.owner(draft_id) != buyer.id:
                raise NotFound("draft")
            if tx.carts.order_of(draft_id) is None:
                self._confirm(tx, turn, buyer, by, draft_id, version, kopiykas)

        return await self._books.apply(turn, confirm, lambda tx: require_order(tx, tx.carts.order_of(draft_id), buyer))

    async def history(self, buyer: Buyer, page: int) -> History:
        def read(tx: Tx) -> History:
            pages = page_count(tx.orders.count(buyer.id))
            at = min(max(page, 0), pages - 1)
            return History(tuple(tx.orders.history(buyer.id, start=at * PAGE, size=PAGE)), at, pages)

        return await self._books.read(read)

    async def order(self, buyer: Buyer, order_id: UUID) -> OrderView:
        """Raises NotFound where it is not this client's."""
        return await self._books.read(require_order, order_id, buyer)

    def changeable(self, order: OrderView, turn: Turn) -> bool:
        """Whether the order can still be changed or cancelled."""
        return changeable(order.state, turn.at, self._rules.deadline(order.delivery_date), held=order.held)

    async def cancel(self, turn: Turn, buyer: Buyer, person_id: UUID, order_id: UUID) -> OrderView:
        """Raises Refused: order_final, cutoff_passed; NotFound."""

        def cancel(tx: Tx) -> None:
            tx.orders.lock(order_id)
            order = require_order(tx, order_id, buyer)
            if order.state is State.CANCELLED:
                return
            self._require_changeable(order, turn)
            if not tx.orders.set_state(order_id, order.state, State.CANCELLED, turn.at, person_id, revise=True):
                raise Outdated("order")
            tx.carts.drop_amending(order_id)
            tx.discounts.give_back(order_id, turn.at)
            tell_of_surplus(tx, order_id, f"{order.revision + 1}")
            tx.held_orders.release(order_id, Released.CANCELLED, turn.at)
            look_again(tx, f"cancelled:{order_id}", buyer.id)
            self._leaves(tx, order_id, order.revision + 1)

        return await self._books.apply(turn, cancel, lambda tx: require_order(tx, order_id, buyer))

    async def amend(self, turn: Turn, buyer: Buyer, order_id: UUID, language: str) -> CartView | None:
        """Take the order's lines into a cart of their own; the order stands until that cart is confirmed.

        Raises Refused: order_final, cutoff_passed, changing_another; NotFound.
        """

        def take(tx: Tx) -> None:
            tx.orders.lock(order_id)
            order = require_order(tx, order_id, buyer)
            self._require_changeable(order, turn)
            if tx.carts.amending(order_id) is not None:
                return
            self._carts.in_hand(tx, buyer, turn.at)
            other = tx.carts.amended(buyer.id)
            if other is not None:
                raise Refused("changing_another", number=require_order(tx, other, buyer).number)
            cart_id = tx.carts.amend(
                buyer.id,
                order_id,
                turn.at,
                point_id=order.point_id,
                delivery_date=order.delivery_date,
                note=order.note,
            )
            if cart_id is None:
                return
            for line in order.lines:
                if line.article_id is not None:
                    tx.carts.set_line(cart_id, line.article_id, line.quantity, line.unit, turn.at, present=Decimal(0))

        return await self._books.apply(turn, take, lambda tx: self._carts.view_in(tx, buyer, language))

    async def repeatable(self, buyer: Buyer, order_id: UUID | None, language: str) -> RepeatView | None:
        """The order (the last one for None) against today's catalogue; None where there was no order yet."""
        return await self._books.read(repeatable_in, buyer, order_id, language)

    async def repeat(
        self, turn: Turn, buyer: Buyer, order_id: UUID, version: int, language: str, *, replace: bool
    ) -> CartView | None:
        """What can be had of the order, into the cart: beside what is there, or instead of it.

        Raises Refused: cart_changed where the cart is not at the version that the person saw, so that a second tap
        does not put everything in twice.
        """

        def fill(tx: Tx) -> None:
            repeated = repeatable_in(tx, buyer, order_id, language)
            assert repeated is not None
            cart_id = self._carts.in_hand(tx, buyer, turn.at)
            require_version(tx, cart_id, version)
            if replace:
                tx.carts.clear(cart_id)
            for line in repeated.lines:
                if line.article_id is not None and line.now is not None:
                    present = tx.carts.quantity(cart_id, line.article_id)
                    wanted = aligned(line, present)
                    tx.carts.set_line(cart_id, line.article_id, wanted, line.unit, turn.at, present=present)

        return await self._books.apply(turn, fill, lambda tx: self._carts.view_in(tx, buyer, language))

    async def usual(self, buyer: Buyer, language: str) -> list[ArticleView]:
        """What the client orders most, of what can be had now."""

        def read(tx: Tx) -> list[ArticleView]:
            usual = tx.orders.usual(buyer.id, orders=USUAL_ORDERS, size=USUAL_ARTICLES)
            articles = tx.catalogue.articles([article_id for article_id, _ in usual], buyer, language)
            return [article for article in articles if article.orderable][:PAGE]

        return await self._books.read(read)

    def _confirm(
        self, tx: Tx, turn: Turn, buyer: Buyer, placer: UUID | str, cart_id: UUID, version: int, kopiykas: int
    ) -> None:
        """`placer` is a person of the client's, or the name of somebody of the staff with a draft of theirs."""
        amended = tx.carts.amends(cart_id)
        if self._gate is not None and self._gate.on:
            tx.clients.lock(buyer.id)  # before the order: two orders at once must not take the same room
        if amended is not None:
            tx.orders.lock(amended)
        cart = self._carts.cart_in(tx, cart_id, buyer, "uk")
        if cart.version != version or cart.total.kopiykas != kopiykas:
            raise Refused("cart_changed")
        cart.require_ready()
        for line in cart.orderable:
            checked(line.quantity, line.packing)
        if cart.delivery_date is None or not self._rules.offers(cart.delivery_date, turn.at):
            raise Refused("date_gone")
        if isinstance(placer, UUID):
            tx.carts.close(cart_id, version)
        elif not tx.order_drafts.take(cart_id, version, turn.at):
            raise Outdated("draft")
        if amended is not None and isinstance(placer, UUID):
            self._change(tx, turn, buyer, placer, cart, amended)
        else:
            self._add(tx, turn, buyer, placer, cart)

    def _change(self, tx: Tx, turn: Turn, buyer: Buyer, person_id: UUID, cart: CartView, amended: UUID) -> None:
        order = require_order(tx, amended, buyer)
        self._require_changeable(order, turn)
        delivery = self._agreed(tx, cart)
        revision = tx.orders.amend(order.id, order.state, order.revision, cart.orderable, delivery, turn.at, person_id)
        if revision is None:
            raise Outdated("order")
        self._promotions.recount(tx, order.id, cart.offs)
        revision = put_in_lines(tx, self._promotions, order.id) or revision
        tell_of_surplus(tx, order.id, f"{revision}")
        self._judge(tx, order.id, buyer, person_id)
        self._leaves(tx, order.id, revision)

    def _add(self, tx: Tx, turn: Turn, buyer: Buyer, placer: UUID | str, cart: CartView) -> None:
        order_id, by_person = uuid4(), placer if isinstance(placer, UUID) else None
        values = self._agreed(tx, cart) | {
            "id": order_id,
            "number": tx.orders.next_number(),
            "cart_id": cart.id,
            "client_id": buyer.id,
            "placed_by": by_person,
            "staff_by": placer if isinstance(placer, str) else None,
            "channel": turn.channel if by_person else DESK,
            "price_type_id": buyer.price_type_id,
            "placed_at": turn.at,
        }
        tx.orders.add(values, cart.orderable, State.PLACED)
        self._promotions.take(tx, order_id, buyer.id, cart.offs, turn.at)
        self._judge(tx, order_id, buyer, by_person)
        if by_person is None:
            tell_client(tx, buyer.id, Notice(NoticeKind.ORDER_FOR, str(order_id)), turn.at)
        if require_order(tx, order_id, buyer).held is not HeldState.HELD:  # else they are told what it waits for
            tell_payers(tx, buyer.id, order_id, turn.at, ordered_by=by_person)
        self._leaves(tx, order_id, 1)

    def _judge(self, tx: Tx, order_id: UUID, buyer: Buyer, person_id: UUID | None) -> None:
        if self._gate is not None:
            self._gate.confirmed(tx, require_order(tx, order_id, buyer), but={person_id} if person_id else set())

    def _require_changeable(self, order: OrderView, turn: Turn) -> None:
        require_changeable(order.state, turn.at, self._rules.deadline(order.delivery_date), held=order.held)

    def _agreed(self, tx: Tx, cart: CartView) -> dict[str, object]:
        return _delivery(cart) | {"provisional": self._standing.prices_as_of_in(tx) is not None}

    def _leaves(self, tx: Tx, order_id: UUID, revision: int) -> None:
        if self._standing.connected:
            hand_over(tx, order_id, revision)


def _delivery(cart: CartView) -> dict[str, object]:
    assert cart.point is not None
    return {
        "point_id": cart.point.id,
        "delivery_name": cart.point.name,
        "delivery_address": cart.point.address,
        "delivery_date": cart.delivery_date,
        "note": cart.note,
        "total": cart.total,
        "discount": cart.discount,
    }

"""Promotions at work: offered in the cart, taken by the confirm, recomputed by a change, given back by a cancel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.cart import CartView
from bot.domain.delivery import KYIV
from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money, total
from bot.domain.promotion import Applies, Discount, Off, Promotion, Rules, Term, Worth, discounted, room
from bot.ports import Clock


class Goods(NamedTuple):
    """A line at its full price."""

    article_id: UUID | None
    quantity: Decimal
    amount: Money


class Promotions:
    """What the rules give whom; the confirm is safe against two people who take the last of something at once."""

    def __init__(self, rules: Rules, now: Clock) -> None:
        self.rules = rules
        self._now = now

    def grant(self, tx: Tx, client_id: UUID, kind: str, why: str) -> bool:
        """The client's next order gets the promotion of this kind, once; false where it was granted before."""
        return tx.discounts.grant(client_id, kind, why, self._now())

    def priced(self, tx: Tx, cart: CartView, client_id: UUID) -> CartView:
        """The cart with what comes off it now; one that changes an order keeps the terms of that order's day."""
        if cart.amends_id is None and not self.rules.promotions:
            return cart
        lines = cart.orderable
        goods = [Goods(line.article_id, line.quantity, line.amount) for line in lines]
        if cart.amends_id is not None:
            terms = self._kept(tx, cart.amends_id, cart.goods)
        else:
            terms = self._offered(tx, client_id, cart.goods)
        discount = self._discounted(tx, goods, terms)
        if not discount.offs:
            return cart
        off = {line.article_id: part for line, part in zip(lines, discount.lines, strict=True)}
        after = tuple(replace(line, discount=off.get(line.article_id, line.discount)) for line in cart.lines)
        return replace(cart, lines=after, offs=discount.offs)

    def take(self, tx: Tx, order_id: UUID, client_id: UUID, offs: Sequence[Off], at: datetime) -> None:
        """The new order has these. Raises Refused: cart_changed where somebody took one of them meanwhile."""
        for position, off in enumerate(offs):
            rule = self.rules.of(off.code)
            once = client_id if rule is not None and rule.once_per_client else None
            if off.applies is Applies.GRANT and not tx.discounts.use_grant(client_id, off.code, order_id):
                raise Refused("cart_changed")
            if not tx.discounts.add(order_id, position, off, at, once_for=once):
                raise Refused("cart_changed")
            self._spend(tx, off.code, off.amount)

    def recount(self, tx: Tx, order_id: UUID, offs: Sequence[Off]) -> None:
        """The order was changed and has so much of its promotions now. Raises Refused: cart_changed."""
        now = {off.code: off for off in offs}
        for kept in tx.discounts.kept(order_id):
            off = now.get(kept.code, replace(kept, amount=ZERO))
            if off != kept:
                tx.discounts.change(order_id, off.code, off.amount, whole=off.whole)
                self._spend(tx, off.code, off.amount - kept.amount)

    def of_order(self, tx: Tx, order_id: UUID, goods: Sequence[Goods]) -> Discount:
        """What the promotions of an order take off these lines."""
        terms = self._kept(tx, order_id, total([line.amount for line in goods]))
        return self._discounted(tx, goods, terms)

    def rooms(self, tx: Tx, goods: Sequence[Goods]) -> list[Money]:
        """The most that may come off each line."""
        named, floors = [line.article_id for line in goods if line.article_id is not None], {}
        if self.rules.floor_prices and named:
            floors = dict(tx.discounts.floors(named, self.rules.floor_prices))
        return [
            room(line.amount, line.quantity, self.rules.most, floors.get(line.article_id) if line.article_id else None)
            for line in goods
        ]

    def left(self, tx: Tx, promotion: Promotion, besides: Money = ZERO) -> Money | None:
        """What is left of its budget, `besides` counted as not spent; None is no end of it."""
        if promotion.budget is None:
            return None
        return promotion.budget - tx.discounts.spent([promotion.code]).get(promotion.code, ZERO) + besides

    def _discounted(self, tx: Tx, goods: Sequence[Goods], terms: Sequence[Term]) -> Discount:
        if not terms:
            return Discount((), tuple(ZERO for _ in goods))
        rooms = self.rooms(tx, goods)
        return discounted([Worth(line.amount, most) for line, most in zip(goods, rooms, strict=True)], terms)

    def _offered(self, tx: Tx, client_id: UUID, goods: Money) -> list[Term]:
        day = self._now().astimezone(KYIV).date()
        online = self.rules.running(Applies.ONLINE_ORDER, day)
        granted = self.rules.running(Applies.GRANT, day)
        open_grants = tx.discounts.open_grants(client_id) if granted else frozenset()
        found = [rule for rule in (*online, *granted) if rule.reached(goods)]
        found = [rule for rule in found if rule.applies is not Applies.GRANT or rule.code in open_grants]
        once = [rule.code for rule in found if rule.once_per_client]
        had = tx.discounts.used(client_id, once) if once else frozenset()
        return [Term(rule, self.left(tx, rule)) for rule in found if rule.code not in had]

    def _kept(self, tx: Tx, order_id: UUID, goods: Money) -> list[Term]:
        """At the percentage and until the day that were agreed; what the rules say today bounds the rest."""
        terms = []
        for off in tx.discounts.kept(order_id):
            today = self.rules.of(off.code) or Promotion(off.code, off.percent, off.applies)
            agreed = replace(today, percent=off.percent, until=off.until)
            if agreed.reached(goods):
                terms.append(Term(agreed, self.left(tx, agreed, off.amount)))
        return terms

    def _spend(self, tx: Tx, code: str, amount: Money) -> None:
        rule = self.rules.of(code)
        if not tx.discounts.spend(code, amount, rule.budget if rule else None):
            raise Refused("cart_changed")

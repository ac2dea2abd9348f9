"""The discount for paying by card: what a link offers, what a payment brought, and how it gets into the order.

It is promised to an attempt, counts once the money of that attempt has come in, and goes with what is given back.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from bot.db.card_discounts import Promise
from bot.db.tx import Tx
from bot.domain.delivery import KYIV
from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money, total
from bot.domain.order import CHANGEABLE, OrderView
from bot.domain.paying import Sums
from bot.domain.promotion import Applies, Earning, Off, Term, Worth, discounted, earned, part_of, spread
from bot.services.promotions import Goods, Promotions


def offered(tx: Tx, promotions: Promotions, order: OrderView, due: Money, at: datetime) -> Off | None:
    """What paying so much of the order by card takes off at this moment; None where nothing.

    A new attempt takes the place of those that nobody has paid, and what they were promised.
    """
    running = promotions.rules.running(Applies.ONLINE_PAYMENT, at.astimezone(KYIV).date())
    if not running or due.kopiykas <= 0 or not running[0].reached(order.total + order.discount):
        return None
    rooms = _rooms(tx, promotions, order)
    worths = [
        Worth(line.amount, most - line.card_discount if most > line.card_discount else ZERO)
        for line, most in zip(order.lines, rooms, strict=True)
    ]
    mine = tx.card_discounts.promised_so_far(order.id, running[0].code)
    offs = discounted(worths, [Term(running[0], promotions.left(tx, running[0], mine))]).offs
    if not offs or due >= order.total:
        return offs[0] if offs else None
    part = part_of(offs[0].amount, due, order.total)
    return replace(offs[0], amount=part) if part else None


def promise(tx: Tx, promotions: Promotions, reference: str, order_id: UUID, off: Off) -> None:
    """The attempt pays so much less. Raises Refused: promotion_over where somebody took the last of it meanwhile."""
    rule = promotions.rules.of(off.code)
    if not tx.discounts.spend(off.code, off.amount, rule.budget if rule else None):
        raise Refused("promotion_over")
    tx.card_discounts.promise(reference, order_id, off)


def let_go(tx: Tx, reference: str) -> None:
    """The attempt is given up: the budget is free. If it is paid all the same, it has what it was promised."""
    promised = tx.card_discounts.promised(reference)
    if promised is not None and promised.paid_at is None:
        _hold(tx, promised, ZERO, None)


def let_all_go(tx: Tx, order_id: UUID) -> None:
    """Every attempt of the order that nobody has paid is given up."""
    for promised in tx.card_discounts.of_order(order_id):
        if promised.paid_at is None:
            _hold(tx, promised, ZERO, None)


def settle(tx: Tx, order_id: UUID, worth: Money, brought: Mapping[str, Sums], over: Collection[str] = ()) -> None:
    """What every attempt of an order `brought`: promises count as far as they are earned, or are given back.

    `worth` is what the order costs before any of them; those that are `over` brought nothing and hold nothing.
    """
    promises = tx.card_discounts.of_order(order_id)
    paid = [one for one in promises if one.reference in brought and brought[one.reference].charged]
    promised = {one.reference for one in paid}
    besides = total([sum_.kept for reference, sum_ in brought.items() if reference not in promised])
    sums_ = [brought[one.reference] for one in paid]
    earnings = [Earning(one.amount, sum_.charged, sum_.kept) for one, sum_ in zip(paid, sums_, strict=True)]
    for one, sum_, off in zip(paid, sums_, earned(worth, besides, earnings), strict=True):
        _hold(tx, one, off, sum_.paid_at)
    for one in promises:
        if one.reference in over and one.reference not in promised:
            _hold(tx, one, ZERO, None)


def _hold(tx: Tx, promised: Promise, held: Money, paid_at: datetime | None) -> None:
    if (held, paid_at) == (promised.held, promised.paid_at):
        return
    tx.discounts.spend(promised.code, held - promised.held)
    tx.card_discounts.hold(promised.reference, held, paid_at)


def put_in_lines(tx: Tx, promotions: Promotions, order_id: UUID) -> int | None:
    """The discounts of what was paid, into the lines, for the book of record; the order's new revision.

    Never more than the percentage of what the order is worth now. None where they stand there, and where the order or
    its document cannot be changed any more: then it counts as paid all the same, and staff put the discount through.
    """
    standing = tx.card_discounts.standing([order_id]).get(order_id)
    if standing is None or not standing.beside_lines or not _free(tx, order_id):
        return None
    order = tx.orders.view(order_id, tx.orders.client(order_id))
    assert order is not None
    weights = [Decimal((line.amount + line.card_discount).kopiykas) for line in order.lines]
    most = [int((weight * standing.percent / 100).to_integral_value(ROUND_CEILING)) for weight in weights]
    rooms = [min(room.kopiykas, one) for room, one in zip(_rooms(tx, promotions, order), most, strict=True)]
    shares = spread(min(standing.effective.kopiykas, sum(rooms)), weights, rooms)
    if shares == [line.card_discount.kopiykas for line in order.lines]:
        return None
    return tx.card_discounts.put(order_id, order.lines, [Money(share) for share in shares])


def _free(tx: Tx, order_id: UUID) -> bool:
    link = tx.documents.link(order_id)
    return tx.orders.state(order_id) in CHANGEABLE and (link is None or not link.posted)


def _rooms(tx: Tx, promotions: Promotions, order: OrderView) -> list[Money]:
    """The most that may come off each line for paying by card, beside what came off for other reasons."""
    goods = [Goods(line.article_id, line.quantity, line.gross) for line in order.lines]
    others = [line.discount - line.card_discount for line in order.lines]
    return [max(most - other, ZERO) for most, other in zip(promotions.rooms(tx, goods), others, strict=True)]

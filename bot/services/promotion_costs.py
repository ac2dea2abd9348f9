"""What each promotion has cost, month by month, net of what was given back."""

from dataclasses import replace

from bot.db.tx import Tx
from bot.domain.delivery import KYIV
from bot.domain.money import ZERO
from bot.domain.promotion import Cost


def costs(tx: Tx) -> list[Cost]:
    """The oldest month first; an order counts once in a month of a promotion, however many payments it took."""
    found: dict[tuple[str, str], Cost] = {}
    counted = set()
    for spent in tx.promotion_costs.spent():
        if not spent.amount:
            continue
        month = f"{spent.at.astimezone(KYIV):%Y-%m}"
        key, order = (month, spent.code), (month, spent.code, spent.order_id)
        cost = found.get(key, Cost(month, spent.code, spent.applies, 0, ZERO, ZERO))
        if order not in counted:
            cost = replace(cost, orders=cost.orders + 1, goods=cost.goods + spent.goods)
        counted.add(order)
        found[key] = replace(cost, discount=cost.discount + spent.amount)
    return [found[key] for key in sorted(found)]

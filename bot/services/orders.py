"""What more than one service asks of an order."""

from uuid import UUID

from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.errors import NotFound
from bot.domain.order import OrderView, RepeatLine


def require_order(tx: Tx, order_id: UUID | None, buyer: Buyer) -> OrderView:
    """Raises NotFound where it is not this client's."""
    order = tx.orders.view(order_id, buyer.id) if order_id is not None else None
    if order is None:
        raise NotFound("order")
    return order


def compared(tx: Tx, order: OrderView, buyer: Buyer, language: str) -> list[RepeatLine]:
    """Every line of the order against today's catalogue."""
    wanted = [line.article_id for line in order.lines if line.article_id is not None]
    today = {article.id: article for article in tx.catalogue.articles(wanted, buyer, language)}
    lines = []
    for line in order.lines:
        article = today.get(line.article_id) if line.article_id is not None else None
        lines.append(
            RepeatLine(
                line.article_id,
                article.name if article else line.name,
                article.packing if article else line.packing,
                line.unit,
                line.quantity,
                line.price,
                article.price if article else None,
                article.stock if article else None,
            )
        )
    return lines

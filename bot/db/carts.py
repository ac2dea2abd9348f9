"""Carts: one open cart a client, shared by its people, and beside it at most one that changes an order."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.db.catalogue import name_of, packing_of
from bot.db.models import Article, AssortmentItem, Cart, CartLine, DeliveryPoint, Order, Price, Stock
from bot.db.types import QuantityColumn
from bot.domain.cart import CartLineView, CartView, PointView
from bot.domain.client import Buyer
from bot.domain.errors import Outdated, Refused
from bot.domain.money import Money
from bot.domain.quantity import Unit

LINES = 200
_OPEN = aliased(Cart)
_CURRENT = (
    select(_OPEN.id)
    .where(_OPEN.client_id == bindparam("of_client"), _OPEN.status == "open")
    .order_by(_OPEN.amends_order_id.is_(None))
    .limit(1)
)
_TOUCH = (
    update(Cart)
    .where(Cart.id == _CURRENT.scalar_subquery(), Cart.status == "open")
    .values(version=Cart.version + 1, updated_at=bindparam("at"))
    .returning(Cart.id, Cart.amends_order_id)
)
_LINE = select(CartLine.quantity).where(
    CartLine.cart_id == bindparam("cart_id"), CartLine.article_id == bindparam("article_id")
)
_DROP_LINE = delete(CartLine).where(
    CartLine.cart_id == bindparam("of_cart"), CartLine.article_id == bindparam("of_article")
)
_IN_ASSORTMENT = (
    select(AssortmentItem.article_id)
    .where(AssortmentItem.assortment_id == bindparam("assortment_id"), AssortmentItem.article_id == Article.id)
    .exists()
)


def _upsert(dialect: Any) -> Any:
    statement = dialect.insert(CartLine).values(
        cart_id=bindparam("cart_id"),
        article_id=bindparam("article_id"),
        quantity=bindparam("quantity"),
        unit=bindparam("unit"),
        added_at=bindparam("at"),
    )
    return statement.on_conflict_do_update(
        index_elements=["cart_id", "article_id"],
        set_={"quantity": statement.excluded.quantity, "unit": statement.excluded.unit},
    )


_UPSERT = {"postgresql": _upsert(postgresql), "sqlite": _upsert(sqlite)}


class Carts:
    """Carts and their lines; every change raises the cart's version."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, client_id: UUID) -> UUID | None:
        """The cart in hand: the one that changes an order, else the open one."""
        found: UUID | None = self._connection.execute(_CURRENT, {"of_client": client_id}).scalar()
        return found

    def require_current(self, client_id: UUID, at: datetime) -> UUID:
        """The cart in hand, as `take` gives it."""
        return self.take(client_id, at)[0]

    def take(self, client_id: UUID, at: datetime) -> tuple[UUID, UUID | None]:
        """The cart in hand and the order it changes, if any; opened if there is none.

        Locked, so that the client's people take turns; its version is one further.
        """
        found = self._connection.execute(_TOUCH, {"of_client": client_id, "at": at}).first()
        if found is not None:
            return found[0], found[1]
        self._connection.execute(
            self._dialect.insert(Cart)
            .values(id=uuid4(), client_id=client_id, status="open", note="", version=0, updated_at=at)
            .on_conflict_do_nothing()
        )
        opened = self._connection.execute(_TOUCH, {"of_client": client_id, "at": at}).one()
        return opened[0], opened[1]

    def quantity(self, cart_id: UUID, article_id: UUID) -> Decimal:
        found = self._connection.execute(_LINE, {"cart_id": cart_id, "article_id": article_id}).scalar()
        return found or Decimal(0)

    def set_line(
        self, cart_id: UUID, article_id: UUID, quantity: Decimal, unit: Unit, at: datetime, *, present: Decimal
    ) -> None:
        """Zero takes the line out; `present` is what the line holds now. Raises Refused: too_many_lines."""
        if quantity <= 0:
            self._connection.execute(_DROP_LINE, {"of_cart": cart_id, "of_article": article_id})
            return
        if not present and self.count(cart_id) >= LINES:
            raise Refused("too_many_lines", limit=LINES)
        self._connection.execute(
            _UPSERT[self._connection.dialect.name],
            {"cart_id": cart_id, "article_id": article_id, "quantity": quantity, "unit": unit.value, "at": at},
        )

    def version(self, cart_id: UUID) -> int:
        """Grows with every change, and with every `require_current`."""
        return self._connection.execute(select(Cart.version).where(Cart.id == cart_id)).scalar_one()

    def clear(self, cart_id: UUID) -> None:
        self._connection.execute(delete(CartLine).where(CartLine.cart_id == cart_id))

    def count(self, cart_id: UUID) -> int:
        return self._connection.execute(
            select(func.count()).select_from(CartLine).where(CartLine.cart_id == cart_id)
        ).scalar_one()

    def set_delivery(
        self, cart_id: UUID, *, point_id: UUID | None = None, day: date | None = None, note: str | None = None
    ) -> None:
        """What is None stays as it is."""
        values = {"point_id": point_id, "delivery_date": day, "note": note}
        given = {name: value for name, value in values.items() if value is not None}
        self._connection.execute(update(Cart).where(Cart.id == cart_id).values(**given))

    def amend(self, client_id: UUID, order_id: UUID, at: datetime, **delivery: Any) -> UUID | None:
        """A cart that changes the order; None where the client's people are changing an order already."""
        begun: UUID | None = self._connection.execute(
            self._dialect.insert(Cart)
            .values(
                id=uuid4(),
                client_id=client_id,
                status="open",
                amends_order_id=order_id,
                version=0,
                updated_at=at,
                **delivery,
            )
            .on_conflict_do_nothing()
            .returning(Cart.id)
        ).scalar()
        return begun

    def drop(self, cart_id: UUID) -> None:
        self._connection.execute(update(Cart).where(Cart.id == cart_id, Cart.status == "open").values(status="dropped"))

    def drop_amending(self, order_id: UUID) -> None:
        self._connection.execute(
            update(Cart).where(Cart.amends_order_id == order_id, Cart.status == "open").values(status="dropped")
        )

    def close(self, cart_id: UUID, version: int) -> None:
        """Turn the cart into an order, once: Raises Outdated where it is not open at this version any more."""
        closed = self._connection.execute(
            update(Cart)
            .where(Cart.id == cart_id, Cart.status == "open", Cart.version == version)
            .values(status="placed")
        )
        if not closed.rowcount:
            raise Outdated("cart")

    def owner(self, cart_id: UUID) -> UUID | None:
        return self._connection.execute(select(Cart.client_id).where(Cart.id == cart_id)).scalar()

    def order_of(self, cart_id: UUID) -> UUID | None:
        """The order a closed cart became or changed."""
        return self._connection.execute(
            select(func.coalesce(Cart.amends_order_id, Order.id))
            .outerjoin(Order, Order.cart_id == Cart.id)
            .where(Cart.id == cart_id, Cart.status == "placed")
        ).scalar()

    def amends(self, cart_id: UUID) -> UUID | None:
        """The order that the cart changes."""
        return self._connection.execute(select(Cart.amends_order_id).where(Cart.id == cart_id)).scalar()

    def amending(self, order_id: UUID) -> UUID | None:
        """The cart in which the order is being changed."""
        return self._connection.execute(
            select(Cart.id).where(Cart.amends_order_id == order_id, Cart.status == "open")
        ).scalar()

    def amended(self, client_id: UUID) -> UUID | None:
        """The order that the client's people are changing."""
        return self._connection.execute(
            select(Cart.amends_order_id).where(
                Cart.client_id == client_id, Cart.status == "open", Cart.amends_order_id.is_not(None)
            )
        ).scalar()

    def quantities(self, cart_id: UUID) -> list[tuple[UUID, Decimal, Unit]]:
        rows = self._connection.execute(
            select(CartLine.article_id, CartLine.quantity, CartLine.unit)
            .where(CartLine.cart_id == cart_id)
            .order_by(CartLine.added_at, CartLine.article_id)
        )
        return [(row[0], row[1], Unit(row[2])) for row in rows]

    def view(self, cart_id: UUID, buyer: Buyer, language: str, minimum: Money) -> CartView:
        """The cart at today's prices for this client."""
        row = self._connection.execute(
            select(
                Cart.id,
                Cart.version,
                Cart.delivery_date,
                Cart.note,
                Cart.amends_order_id,
                Cart.point_id.label("chosen"),
                Order.number,
                DeliveryPoint.id.label("point_id"),
                DeliveryPoint.name,
                DeliveryPoint.address,
            )
            .outerjoin(DeliveryPoint, and_(DeliveryPoint.id == Cart.point_id, DeliveryPoint.active))
            .outerjoin(Order, Order.id == Cart.amends_order_id)
            .where(Cart.id == cart_id)
        ).one()
        point = PointView(row.point_id, row.name, row.address) if row.point_id else None
        if row.chosen is None:
            point = self._only_point(buyer.id)
        return CartView(
            row.id,
            row.version,
            self._lines(cart_id, buyer, language),
            minimum,
            point,
            row.delivery_date,
            row.note,
            row.number,
            row.amends_order_id,
        )

    def _only_point(self, client_id: UUID) -> PointView | None:
        """A client with one place is not asked where to."""
        rows = self._connection.execute(
            select(DeliveryPoint.id, DeliveryPoint.name, DeliveryPoint.address)
            .where(DeliveryPoint.client_id == client_id, DeliveryPoint.active)
            .limit(2)
        ).all()
        return PointView(*rows[0]) if len(rows) == 1 else None

    def _lines(self, cart_id: UUID, buyer: Buyer, language: str) -> tuple[CartLineView, ...]:
        visible = Article.active if buyer.assortment_id is None else and_(Article.active, _IN_ASSORTMENT)
        stock = (
            select(func.sum(Stock.quantity, type_=QuantityColumn()))
            .where(Stock.article_id == Article.id)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(
                Article.id,
                Article.sku,
                Article.name,
                Article.name_ru,
                Article.name_en,
                Article.base_unit,
                Article.pack_unit,
                Article.pack_size,
                Article.multiple,
                Article.vat,
                CartLine.unit,
                CartLine.quantity,
                Price.price,
                case((visible, 1), else_=0).label("available"),
                stock.label("stock"),
            )
            .join(CartLine, CartLine.article_id == Article.id)
            .outerjoin(Price, and_(Price.article_id == Article.id, Price.price_type_id == buyer.price_type_id))
            .where(CartLine.cart_id == cart_id)
            .order_by(CartLine.added_at, Article.name, Article.id),
            {"assortment_id": buyer.assortment_id} if buyer.assortment_id else {},
        )
        return tuple(
            CartLineView(
                row.id,
                row.sku,
                name_of(row, language),
                packing_of(row),
                Unit(row.unit),
                row.quantity,
                row.price,
                bool(row.available),
                row.stock,
                row.vat,
            )
            for row in rows
        )

    @property
    def _dialect(self) -> Any:
        return postgresql if self._connection.dialect.name == "postgresql" else sqlite

"""The tables, by subject; importing this package makes the metadata whole."""

from bot.db.models.catalogue import (
    Article,
    Barcode,
    Category,
    Price,
    PriceType,
    Revision,
    Stock,
    Warehouse,
)
from bot.db.models.clients import (
    Account,
    Assortment,
    AssortmentItem,
    Client,
    DeliveryPoint,
    Invite,
    Lead,
    Manager,
    Membership,
    Person,
    PhoneCode,
)
from bot.db.models.conversation import ChatMove, Dialogue, InboxEvent, SeenEvent, SentMessage
from bot.db.models.orders import Cart, CartLine, Counter, Order, OrderLine, OrderState
from bot.db.models.table import Table

__all__ = [
    "Account",
    "Article",
    "Assortment",
    "AssortmentItem",
    "Barcode",
    "Cart",
    "CartLine",
    "Category",
    "ChatMove",
    "Client",
    "Counter",
    "DeliveryPoint",
    "Dialogue",
    "InboxEvent",
    "Invite",
    "Lead",
    "Manager",
    "Membership",
    "Order",
    "OrderLine",
    "OrderState",
    "Person",
    "PhoneCode",
    "Price",
    "PriceType",
    "Revision",
    "SeenEvent",
    "SentMessage",
    "Stock",
    "Table",
    "Warehouse",
]

"""What happens at the wholesaler's 1C while people talk to the bot."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from bot.db.models import Article, Client, Order, PriceType
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, OrderRecord, OrderRecordLine, Subject
from bot.domain.money import Money, total
from bot.domain.order import State
from bot.domain.pricelist import OfferRecord, PriceTypeRecord
from tests.scenarios.world import World
from tests.support.neutral import plain

CAFE, HOTEL = "Кафе «Ранок»", "Готель «Дніпро»"
PHONED = "by-phone"


def name_as_in_1c(tx: Tx) -> None:
    """1C knows articles by their numbers, clients and price types by their names."""
    connection = tx._connection
    connection.execute(update(Article).values(external_id=Article.sku))
    connection.execute(update(Client).values(external_id=Client.name))
    connection.execute(update(PriceType).values(external_id=PriceType.name))


async def connected(world: World) -> None:
    """1C was looked through once; from now on its news is news."""
    await world.backroom.takes_in(Subject.PRICES, Subject.STOCK, Subject.ORDERS)


def lines(*wanted: tuple[str, int, str]) -> dict[str, Any]:
    """Lines of a document with its total: an article's number, how much of it, a price."""
    rows = tuple(
        OrderRecordLine(sku, sku, Decimal(quantity), Money.of(price), Money.of(price).times(Decimal(quantity)))
        for sku, quantity, price in wanted
    )
    return {"lines": rows, "total": total([row.amount for row in rows])}


async def takes_by_phone(world: World, client: str, *wanted: tuple[str, int, str]) -> None:
    """The office enters an order that somebody dictated."""
    entered = OrderRecord(
        DocumentLink(PHONED, "ГО-000777", "v0"), world.clock(), client, State.PLACED,
        delivery_date=date(2026, 11, 25), delivery_address="Київ, вул. Ранок на Подолі, 1", **lines(*wanted),
    )  # fmt: skip
    world.backroom.ledger.enter(entered)
    await world.backroom.takes_in(Subject.ORDERS)


async def changes(world: World, **fields: Any) -> None:
    """Somebody changes the only document there is."""
    ledger = world.backroom.ledger
    (ref,) = ledger.documents
    ledger.change(ref, **fields)
    await world.backroom.takes_in(Subject.ORDERS)


def document(world: World) -> OrderRecord:
    """The only one there is."""
    (found,) = world.backroom.ledger.documents.values()
    return found


def costs(world: World, *prices: tuple[str, str]) -> None:
    """1C has other prices, by articles' numbers; they are known here once they are taken in."""
    offers = [
        OfferRecord(f"sku:{sku}", line, (("Оптова", Money.of(price).kopiykas),))
        for line, (sku, price) in enumerate(prices, 2)
    ]
    world.backroom.ledger.price_list[Subject.PRICES] = [PriceTypeRecord("Оптова", "Оптова", 1), *offers]


def told(world: World) -> list[str]:
    """The first lines of whatever people were told without asking, in its order."""
    return [plain(screen.text).split("\n")[0] for _, screen in world.backroom.messenger.shown]


async def marked(world: World) -> list[bool]:
    """Of every order, whether its prices still have to be checked."""

    def read(tx: Tx) -> list[bool]:
        return list(tx.orders._connection.execute(select(Order.provisional).order_by(Order.number)).scalars())

    return await world.books.read(read)

"""A base of a large wholesaler, generated: for measuring how a client walks it."""

import random
import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.onec.business import vat_inside
from sandbox.onec.configuration import NAMESPACE
from sandbox.onec.things import (
    Article,
    Contract,
    Counterparty,
    Currency,
    Line,
    Order,
    Organisation,
    Pack,
    Person,
    Price,
    PriceType,
    Receivable,
    Shipment,
    Stock,
    Unit,
    Warehouse,
)
from sandbox.onec.world import World, first

PRICE_TYPES = ("Роздрібна", "Оптова", "HoReCa VIP")


def fill(world: World, counterparties: int = 20_000, articles: int = 20_000, documents: int = 50_000) -> None:
    """Adds so many clients, articles with a price of each of three types, and open shipments; always the same ones."""
    draw = random.Random(1)
    with world.filling():
        _frame(world)
        goods = [_article(world, number, draw) for number in range(articles)]
        clients = [_client(world, number) for number in range(counterparties)]
        for number in range(documents if clients and goods else 0):
            _document(world, number, draw.choice(clients), draw.choice(goods), draw)


def _ref(kind: str, number: int | str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"scale/{kind}/{number}"))


def _frame(world: World) -> None:
    if not world.currencies:
        world.add(Currency(code="980", name="UAH"))
        world.add(Organisation(name="ТОВ «Великий гурт»", edrpou="31451288"))
        world.add(Warehouse(name="Основний склад"))
        world.add(Unit(code="796", name="шт"))
    for name in PRICE_TYPES:
        if name not in {one.name for one in world.price_types.values()}:
            world.add(PriceType(name=name, currency=first(world.currencies)))


def _article(world: World, number: int, draw: random.Random) -> Article:
    unit, ref = first(world.units), _ref("article", number)
    base = world.add(Pack(ref=_ref("pack", number), name="шт", owner=ref, unit=unit))
    article = Article(ref=ref, code=f"Т{number:08d}", name=f"Товар {number:06d}", sku=f"{number:06d}", unit=unit)
    article.full_name, article.base_pack, article.pack = article.name, base.ref, base.ref
    cost = Decimal(draw.randint(500, 90_000)) / 100
    period = world.now() - timedelta(days=30)
    for place, price_type in enumerate(world.price_types):
        amount = (cost * (100 - 5 * place) / 100).quantize(Decimal("0.01"))
        world.prices[price_type, ref] = [Price(period, price_type, ref, amount, _ref("price list", place))]
    held = Decimal(draw.randint(0, 500))
    world.stock[first(world.warehouses), ref] = Stock(first(world.warehouses), ref, held)
    return world.add(article)


def _client(world: World, number: int) -> Counterparty:
    ref, contract = _ref("client", number), _ref("contract", number)
    client = Counterparty(ref=ref, code=f"К{number:08d}", name=f"Клієнт {number:06d}", edrpou=f"{30_000_000 + number}")
    client.full_name, client.contract, client.phones = client.name, contract, [f"+38067{number:07d}"]
    person = world.add(Person(ref=_ref("person", number), name=f"Особа {number:06d}", owner=ref, phones=client.phones))
    client.people = [person.ref]
    prices = list(world.price_types)
    world.add(
        Contract(
            ref=contract, name="Основний договір", owner=ref, price_type=prices[number % len(prices)], payment_days=14,
            currency=first(world.currencies), organisation=first(world.organisations), date=world.now(),
        )
    )  # fmt: skip
    return world.add(client)


def _document(world: World, number: int, client: Counterparty, article: Article, draw: random.Random) -> None:
    """A closed order with its shipment, not paid."""
    date = world.now() - timedelta(minutes=number)
    quantity, price = Decimal(draw.randint(1, 50)), Decimal(draw.randint(500, 90_000)) / 100
    amount = (quantity * price).quantize(Decimal("0.01"))
    line = Line(article.ref, quantity, price, amount, "20", vat_inside(amount, "20"), article.base_pack)
    order = _order(world, number, client, line, date)
    shipment = Shipment(
        ref=_ref("shipment", number), number=f"РН-{number:08d}", date=date, posted=True, counterparty=client.ref,
        contract=client.contract, order=order.ref, total=amount, lines=[line], warehouse=order.warehouse,
        organisation=order.organisation, currency=order.currency, due=date + timedelta(days=14),
    )  # fmt: skip
    world.add(shipment)
    world.owes(
        Receivable(
            shipment.ref, "shipment", shipment.number, date, client.ref, client.contract, amount, order.ref,
            due=shipment.due,
        )
    )  # fmt: skip


def _order(world: World, number: int, client: Counterparty, line: Line, date: datetime) -> Order:
    return world.add(
        Order(
            ref=_ref("order", number), number=f"ЗП-{number:08d}", date=date, posted=True, counterparty=client.ref,
            contract=client.contract, total=line.amount, lines=[line], state="closed", comment=f"№ {number}",
            warehouse=first(world.warehouses), organisation=first(world.organisations),
            currency=first(world.currencies),
        )
    )  # fmt: skip

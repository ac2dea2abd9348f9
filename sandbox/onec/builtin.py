"""The small base that is there without demo data: the least that leaves no entity set empty."""

import uuid
from datetime import timedelta
from decimal import Decimal

from sandbox.onec import business
from sandbox.onec.configuration import NAMESPACE
from sandbox.onec.entering import add_article, add_counterparty
from sandbox.onec.things import Address, Article, Currency, Organisation, Person, PriceType, Unit, User, Warehouse
from sandbox.onec.world import World


def ref_of(name: str) -> str:
    """The reference of a thing of the small base by its name, always the same."""
    return str(uuid.uuid5(NAMESPACE, name))


def fill(world: World) -> None:
    """Puts the small base into an empty world."""
    with world.filling():
        _frame(world)
        _articles(world)
        _clients(world)
        _documents(world)


def _frame(world: World) -> None:
    world.add(Currency(ref=ref_of("UAH"), code="980", name="UAH", full_name="Гривня"))
    world.add(
        Organisation(
            ref=ref_of("organisation"), name="ТОВ «Комора Трейд»", full_name="ТОВ «Комора Трейд»", edrpou="31451288",
            tax_number="314512826502", iban="UA213223130000026007233566001",
        )
    )  # fmt: skip
    for code, name, full in (("796", "шт", "Штука"), ("166", "кг", "Кілограм"), ("812", "ящ", "Ящик")):
        world.add(Unit(ref=ref_of(f"unit {name}"), code=code, name=name, full_name=full))
    for name in ("Роздрібна", "Оптова"):
        world.add(PriceType(ref=ref_of(name), name=name, currency=ref_of("UAH")))
    world.add(Warehouse(ref=ref_of("warehouse"), name="Основний склад"))
    world.add(User(ref=ref_of("manager"), code="Мельник", name="Оксана Мельник", phone="+380441234501"))


def _articles(world: World) -> None:
    folder = world.add(Article(ref=ref_of("folder"), folder=True, name="Молочні продукти"))
    goods = (
        ("10661", "Молоко 2,6% 1 л", "шт", "49.50", "47.90", 12),
        ("11011", "Масло 82,5% 200 г", "шт", "112.00", "104.30", 20),
        ("21001", "Філе куряче охолоджене", "кг", "189.00", "176.40", 0),
    )
    for place, (sku, name, unit, retail, wholesale, pack) in enumerate(goods, 1):
        article = add_article(
            world, ref=ref_of(sku), sku=sku, name=name, unit=ref_of(f"unit {unit}"), parent=folder.ref,
            barcode=f"482000000{place:03d}7", pack_unit=ref_of("unit ящ"), pack_size=Decimal(pack),
        )  # fmt: skip
        earlier = world.now() - timedelta(days=30)
        world.set_price(ref_of("Роздрібна"), article.ref, Decimal(retail), earlier)
        world.set_price(ref_of("Оптова"), article.ref, Decimal(wholesale), earlier)
        world.set_stock(ref_of("warehouse"), article.ref, Decimal(100 * place))


def _clients(world: World) -> None:
    add_counterparty(
        world, ref=ref_of("client"), contract_ref=ref_of("contract"), name="Кав’ярня «Ранкова кава»",
        full_name="ТОВ «Ранкова кава»", edrpou="32855961", tax_number="328559626015", price_type=ref_of("Оптова"),
        payment_days=7, credit_limit=Decimal(50000), manager=ref_of("manager"), phones=["+380671112010"],
        emails=["kava@example.com"], legal_address="м. Київ, вул. Хрещатик, 1", contract_number="15",
        addresses=[Address("м. Київ, вул. Сагайдачного, 15", "Кав’ярня на Подолі", ref_of("point"))],
        people=[Person(ref=ref_of("person"), name="Олена Коваль", position="Закупівля", phones=["+380671112011"])],
    )  # fmt: skip
    add_counterparty(
        world, ref=ref_of("client 2"), contract_ref=ref_of("contract 2"), name="ФОП Бондар", edrpou="2530414071",
        kind="entrepreneur", price_type=ref_of("Роздрібна"), manager=ref_of("manager"), phones=["+380501112233"],
    )  # fmt: skip


def _documents(world: World) -> None:
    client = ref_of("client")
    rows = [(ref_of("10661"), Decimal(12), None), (ref_of("11011"), Decimal(2), None)]
    shipped = business.enter_order(world, client, rows, comment="Перше замовлення")
    business.set_state(world, shipped.ref, "closed")
    shipment = business.ship(world, shipped)
    business.take_payment(
        world, client, Decimal("100.00"), documents=[shipment.ref], purpose=f"Оплата за товар, рах. {shipped.number}"
    )
    for channel in ("cash", "card"):
        paid = business.take_payment(world, client, Decimal("50.00"), documents=[shipment.ref])
        paid.channel = channel
    order = business.enter_order(world, client, [(ref_of("21001"), Decimal("3.5"), None)])
    business.invoice(world, order)

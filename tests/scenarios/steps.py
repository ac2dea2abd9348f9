"""What most scenarios begin with."""

from decimal import Decimal

from sqlalchemy import delete, func, select, update

from bot.db.models import Account, Article, DeliveryPoint, Lead, Order, Price
from bot.db.tx import Tx
from bot.domain.money import Money
from bot.domain.order import State
from tests.scenarios.world import World
from tests.support.chat import Talker
from tests.support.wholesaler import ANDRII_PHONE, IRYNA_PHONE, OLENA_PHONE, uid

PHONES = {"Олена": OLENA_PHONE, "Андрій": ANDRII_PHONE, "Ірина": IRYNA_PHONE}
MILK, CREAM, GOUDA, FLOUR, RICE = "10661", "11011", "15700", "60010", "60020"


async def joined(world: World, name: str = "Олена") -> Talker:
    """Somebody who has shared the phone that the wholesaler knows."""
    person = world.person(name)
    await person.starts()
    await person.shares_phone(PHONES[name])
    return person


async def opens(person: Talker, sku: str) -> None:
    """The card of an article, found by its number."""
    await person.writes(sku)
    await person.taps("1")


async def puts(person: Talker, sku: str, quantity: str) -> None:
    await opens(person, sku)
    await person.taps("Ввести кількість")
    await person.writes(quantity)


async def to_summary(person: Talker, day: str = "Вт 24.11") -> None:
    """From what is in the cart to the screen that only waits for the confirm."""
    await person.taps("Кошик")
    await person.taps("Оформити")
    await person.taps("Ранок на Подолі")
    await person.taps(day)


async def places(person: Talker, day: str = "Вт 24.11") -> str:
    """An order of two cases of milk; returns its number."""
    await puts(person, MILK, "2 ящ")
    await to_summary(person, day)
    await person.taps("Підтвердити")
    return person.reads(r"(K-\d{6})")


async def orders(world: World) -> int:
    return await world.books.read(lambda tx: tx.orders.count())


async def lead_words(world: World) -> list[str]:
    def read(tx: Tx) -> list[str]:
        return list(tx.orders._connection.execute(select(Lead.words).order_by(Lead.created_at)).scalars())

    return await world.books.read(read)


async def states(world: World) -> list[str]:
    def read(tx: Tx) -> list[str]:
        return list(tx.orders._connection.execute(select(Order.state).order_by(Order.number)).scalars())

    return await world.books.read(read)


async def reprice(world: World, sku: str, hryvnias: str) -> None:
    def write(tx: Tx) -> None:
        at = update(Price).where(Price.article_id == uid(sku), Price.price_type_id == uid("wholesale"))
        tx.catalogue._connection.execute(at.values(price=Money.of(hryvnias)))

    await world.books.write(write)


async def withdraw(world: World, sku: str) -> None:
    """The article is sold no more."""

    def write(tx: Tx) -> None:
        tx.catalogue._connection.execute(update(Article).where(Article.id == uid(sku)).values(active=False))

    await world.books.write(write)


async def forget_price(world: World, sku: str) -> None:
    def write(tx: Tx) -> None:
        tx.catalogue._connection.execute(delete(Price).where(Price.article_id == uid(sku)))

    await world.books.write(write)


async def people_known(world: World) -> int:
    """How many accounts belong to somebody."""

    def read(tx: Tx) -> int:
        known = select(func.count()).select_from(Account).where(Account.person_id.is_not(None))
        return tx.accounts._connection.execute(known).scalar_one()

    return await world.books.read(read)


async def set_state(world: World, state: State) -> None:
    """The warehouse moves every order on."""

    def write(tx: Tx) -> None:
        tx.orders._connection.execute(update(Order).values(state=state.value))

    await world.books.write(write)


async def give_up(world: World, place: str) -> None:
    """The client does not have this delivery point any more."""

    def write(tx: Tx) -> None:
        closed = update(DeliveryPoint).where(DeliveryPoint.id == uid(place)).values(active=False)
        tx.catalogue._connection.execute(closed)

    await world.books.write(write)


async def pack_by(world: World, sku: str, multiple: str) -> None:
    """The article is sold by another multiple from now on."""

    def write(tx: Tx) -> None:
        changed = update(Article).where(Article.id == uid(sku)).values(multiple=Decimal(multiple))
        tx.catalogue._connection.execute(changed)

    await world.books.write(write)

"""The catalogue as one client sees it: their prices, their assortment, their language, all the stock."""

from decimal import Decimal
from uuid import uuid4

from sqlalchemy import delete, insert, update

from bot.db.books import Books
from bot.db.catalogue import CategoryRow
from bot.db.models import Article, Category, Price, Revision, Stock, Warehouse
from bot.db.tx import Tx
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.money import Money
from bot.domain.quantity import Packing, Unit
from tests.db.people import BURRATA, CREAM, DNIPRO, FLOUR, GOUDA, MILK, RANOK, RICE
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import FILLED_AT, uid

STRANGER = Buyer(uuid4(), "Без цін", None, None, None, orders=True, pays=False, signs=False)


async def article(books: Books, article_id: object, buyer: Buyer = RANOK, language: str = "uk") -> ArticleView | None:
    return await books.read(lambda tx: tx.catalogue.article(article_id, buyer, language))  # type: ignore[arg-type]


async def test_an_article_has_the_clients_price_all_its_stock_and_its_packing(stocked: Books) -> None:
    def another_warehouse(tx: Tx) -> None:
        connection = tx.catalogue._connection
        connection.execute(insert(Warehouse).values(id=uid("second"), name="Другий"))
        connection.execute(
            insert(Stock).values(
                article_id=MILK, warehouse_id=uid("second"), quantity=Decimal("20.5"), updated_at=FILLED_AT
            )
        )

    await stocked.write(another_warehouse)
    milk = await article(stocked, MILK)
    assert milk is not None
    assert (milk.sku, milk.name, milk.price) == ("10661", "Молоко 2,6% 1 л «Молочна Криниця»", Money(4790))
    assert (milk.stock, milk.category_id) == (Decimal("120.5"), uid("Молоко"))
    assert milk.packing == Packing("шт", Decimal(1), "ящ", Decimal(12))
    assert (milk.in_cart, milk.cart_lines, milk.orderable, milk.in_stock) == (Decimal(0), 0, True, True)


async def test_a_price_type_is_its_clients(stocked: Books) -> None:
    seen = [await article(stocked, MILK, buyer) for buyer in (RANOK, DNIPRO, STRANGER)]
    assert [view.price for view in seen if view is not None] == [Money(4790), Money(4595), None]


async def test_an_article_outside_the_assortment_is_not_there(stocked: Books) -> None:
    assert await article(stocked, RICE, DNIPRO) is None
    assert await article(stocked, RICE, RANOK) is not None
    assert await article(stocked, uuid4(), RANOK) is None


async def test_an_article_that_is_sold_no_more_is_not_there(stocked: Books) -> None:
    await stocked.write(_switch_off)
    assert await article(stocked, MILK) is None
    assert await stocked.read(lambda tx: tx.catalogue.articles([MILK, CREAM], RANOK, "uk")) == [
        await article(stocked, CREAM)
    ]


async def test_names_are_in_the_language_where_there_is_one(stocked: Books) -> None:
    seen = [await article(stocked, MILK, language=language) for language in ("uk", "ru", "en")]
    ukrainian = "Молоко 2,6% 1 л «Молочна Криниця»"
    assert [view.name for view in seen if view is not None] == [ukrainian, "Молоко 2,6% 1 л", ukrainian]


async def test_articles_come_in_the_order_asked_for_without_the_hidden(stocked: Books) -> None:
    found = await stocked.read(lambda tx: tx.catalogue.articles([RICE, GOUDA, uuid4(), MILK], DNIPRO, "uk"))
    assert [view.id for view in found] == [GOUDA, MILK]
    assert await stocked.read(lambda tx: tx.catalogue.articles([], RANOK, "uk")) == []


async def test_an_article_knows_what_of_it_is_in_the_clients_cart(stocked: Books) -> None:
    def fill(tx: Tx) -> None:
        cart_id = tx.carts.require_current(RANOK.id, MONDAY_MORNING)
        tx.carts.set_line(cart_id, MILK, Decimal(24), Unit.PACK, MONDAY_MORNING, present=Decimal(0))
        tx.carts.set_line(cart_id, CREAM, Decimal(1), Unit.BASE, MONDAY_MORNING, present=Decimal(0))

    await stocked.write(fill)
    mine, theirs = await article(stocked, MILK, RANOK), await article(stocked, MILK, DNIPRO)
    assert mine is not None
    assert theirs is not None
    assert [(view.in_cart, view.cart_lines) for view in (mine, theirs)] == [(Decimal(24), 2), (Decimal(0), 0)]


async def test_a_category_lists_its_articles_by_name_in_pages(stocked: Books) -> None:
    async def page(start: int, size: int, buyer: Buyer = RANOK, category: str = "Сири") -> list[str]:
        found = await stocked.read(
            lambda tx: tx.catalogue.articles_of(uid(category), buyer, "uk", start=start, size=size)
        )
        return [view.sku for view in found]

    assert await page(0, 8) == ["15662", "15700"]
    assert [await page(0, 1), await page(1, 1), await page(2, 1)] == [["15662"], ["15700"], []]
    assert [await page(0, 8, buyer, "Борошно") for buyer in (RANOK, DNIPRO)] == [["60010", "60020"], ["60010"]]


async def test_categories_stand_in_their_order_with_their_names(stocked: Books) -> None:
    rows = await stocked.read(lambda tx: tx.catalogue.categories())
    assert [row.name for row in rows] == ["Молочні продукти", "Молоко", "Сири", "Борошно"]
    assert rows[2] == CategoryRow(uid("Сири"), uid("Молочні продукти"), "Сири", "Сыры", None, None)


async def test_articles_are_counted_as_the_assortment_shows_them(stocked: Books) -> None:
    counts = [await stocked.read(lambda tx, who=who: tx.catalogue.counts(who)) for who in (None, uid("no rice"))]  # type: ignore[misc]
    assert counts[0] == {uid("Молоко"): 2, uid("Сири"): 2, uid("Борошно"): 2}
    assert counts[1] == {uid("Молоко"): 2, uid("Сири"): 2, uid("Борошно"): 1}
    await stocked.write(_switch_off)
    assert (await stocked.read(lambda tx: tx.catalogue.counts(None)))[uid("Молоко")] == 1


async def test_an_assortment_is_a_set_of_articles(stocked: Books) -> None:
    assert await stocked.read(lambda tx: tx.catalogue.assortment(uid("no rice"))) == {
        MILK, CREAM, BURRATA, GOUDA, FLOUR
    }  # fmt: skip
    assert await stocked.read(lambda tx: tx.catalogue.assortment(uuid4())) == frozenset()


async def test_the_search_reads_every_active_article_with_its_names_and_barcodes(stocked: Books) -> None:
    await stocked.write(_switch_off)
    rows = {row.id: row for row in await stocked.read(lambda tx: list(tx.catalogue.search_rows()))}
    assert set(rows) == {CREAM, BURRATA, GOUDA, FLOUR, RICE}
    assert (rows[RICE].sku, rows[RICE].texts) == ("60020", ("Борошно рисове 1 кг", "Мука рисовая 1 кг"))
    assert rows[RICE].barcodes == ("4820000060020",)


async def test_a_picture_of_the_category_stands_in_for_the_articles_own(stocked: Books) -> None:
    def draw(tx: Tx) -> None:
        tx.catalogue.set_picture(uid("Молоко"), "milk.png")
        tx.catalogue._connection.execute(update(Article).where(Article.id == CREAM).values(photo="cream.jpg"))

    await stocked.write(draw)
    seen = [await article(stocked, id) for id in (MILK, CREAM, FLOUR)]
    assert [view.photo for view in seen if view is not None] == ["milk.png", "cream.jpg", None]


async def test_names_lead_to_ids(stocked: Books) -> None:
    paths = await stocked.read(lambda tx: tx.catalogue.paths())
    assert paths[("Молочні продукти", "Сири")] == uid("Сири")
    assert len(paths) == 4
    types = await stocked.read(lambda tx: tx.catalogue.price_types())
    assert types == {"Оптова": uid("wholesale"), "HoReCa VIP": uid("vip")}
    ids = await stocked.read(lambda tx: tx.catalogue.ids_of(frozenset({"60010", "10661", "0"})))
    assert ids == [MILK, FLOUR]


async def test_a_ring_of_categories_ends(stocked: Books) -> None:
    def tie(tx: Tx) -> int:
        ring = update(Category).where(Category.id == uid("Молочні продукти")).values(parent_id=uid("Сири"))
        tx.catalogue._connection.execute(ring)
        return len(tx.catalogue.paths())

    assert await stocked.write(tie) == 4


async def test_the_revision_is_what_was_written_and_nought_before(stocked: Books) -> None:
    assert await stocked.read(lambda tx: tx.catalogue.revision()) == 1
    await stocked.write(lambda tx: tx.catalogue._connection.execute(update(Revision).values(value=7)).close())
    assert await stocked.read(lambda tx: tx.catalogue.revision()) == 7
    await stocked.write(lambda tx: tx.catalogue._connection.execute(delete(Revision)).close())
    assert await stocked.read(lambda tx: tx.catalogue.revision()) == 0


async def test_money_quantities_and_moments_are_exact(stocked: Books) -> None:
    def write(tx: Tx) -> None:
        connection = tx.catalogue._connection
        connection.execute(update(Price).where(Price.article_id == MILK).values(price=Money(99_999_999_999)))
        connection.execute(update(Stock).where(Stock.article_id == MILK).values(quantity=Decimal("99999999.999")))

    await stocked.write(write)
    milk = await article(stocked, MILK)
    assert milk is not None
    assert (milk.price, milk.stock) == (Money(99_999_999_999), Decimal("99999999.999"))


def _switch_off(tx: Tx) -> None:
    tx.catalogue._connection.execute(update(Article).where(Article.id == MILK).values(active=False))

"""One client's prices: their price type, their assortment, the order of the catalogue, within a bound."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from bot.db.books import Books
from bot.db.models import Article, Category, Client, Price
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.errors import NotFound, Refused
from bot.domain.money import Money
from bot.domain.price_sheet import PriceSheet
from bot.services import price_sheets
from bot.services.price_sheets import PriceSheets
from tests.support.desk import Clock
from tests.support.wholesaler import BURRATA, CREAM, FLOUR, MILK, uid


async def buyer(books: Books, name: str) -> Buyer:
    found = await books.read(lambda tx: tx.clients.buyer_of(uid(name)))
    assert found is not None
    return found


async def ranok(books: Books) -> Buyer:
    return await buyer(books, "Кафе «Ранок»")


def listed(sheet: PriceSheet) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (" › ".join(section.path), [(each.sku, each.price.kopiykas) for each in section.articles if each.price])
        for section in sheet.sections
    ]


async def test_all_that_a_client_may_see_at_their_own_prices(stocked: Books) -> None:
    sheet = await PriceSheets(stocked, Clock()).all(await buyer(stocked, "Готель «Дніпро»"), "uk")
    assert (sheet.client, sheet.on, sheet.size, sheet.whole) == ("Готель «Дніпро»", date(2026, 11, 23), 4, True)
    assert listed(sheet) == [
        ("Молочні продукти › Молоко", [("11011", 18000), ("10661", 4595)]),
        ("Молочні продукти › Сири", [("15700", 30000)]),
        ("Борошно", [("60010", 1790)]),
    ]


async def test_names_are_in_the_language_of_the_person(stocked: Books) -> None:
    sheet = await PriceSheets(stocked, Clock()).all(await ranok(stocked), "ru")
    assert sheet.sections[0].path == ("Молочные продукты", "Молоко")
    assert [each.name for each in sheet.sections[1].articles] == ["Моцарелла бурата 125 г", "Сыр гауда брус"]


async def test_what_is_sold_no_more_is_left_out_and_what_stands_nowhere_comes_last(stocked: Books) -> None:
    def change(tx: Tx) -> None:
        tx._connection.execute(update(Article).where(Article.sku == "11011").values(active=False))
        tx._connection.execute(update(Article).where(Article.sku == "10661").values(category_id=None))

    await stocked.write(change)
    sheet = await PriceSheets(stocked, Clock()).all(await ranok(stocked), "uk")
    assert [(section.path, [each.name for each in section.articles]) for section in sheet.sections][-1] == ((), [MILK])
    assert CREAM not in [each.name for section in sheet.sections for each in section.articles]


async def test_a_category_brings_all_below_it(stocked: Books) -> None:
    sheets, client = PriceSheets(stocked, Clock()), await ranok(stocked)
    dairy = await sheets.category(client, uid("Молочні продукти"), "uk")
    cheese = await sheets.category(client, uid("Сири"), "uk")
    assert [each.name for section in dairy.sections for each in section.articles] == [
        CREAM,
        MILK,
        BURRATA,
        "Сир гауда брус",
    ]
    assert listed(cheese) == [("Молочні продукти › Сири", [("15662", 9200), ("15700", 31200)])]


async def test_a_category_that_is_not_there_and_one_without_prices_for_the_client(stocked: Books) -> None:
    sheets, client = PriceSheets(stocked, Clock()), await ranok(stocked)
    with pytest.raises(NotFound):
        await sheets.category(client, uid("nothing"), "uk")
    await stocked.write(
        lambda tx: tx._connection.execute(insert(Category).values(id=uid("new"), name="Нове", position=9))
    )
    with pytest.raises(Refused, match="no_prices"):
        await sheets.category(client, uid("new"), "uk")


@pytest.mark.parametrize("price_type", [None, UUID(int=7)])
async def test_without_a_price_type_there_are_no_prices(stocked: Books, price_type: UUID | None) -> None:
    client = replace(await ranok(stocked), price_type_id=price_type)
    with pytest.raises(Refused, match="no_prices"):
        await PriceSheets(stocked, Clock()).all(client, "uk")


async def test_a_sheet_is_bounded_and_says_so(stocked: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(price_sheets, "ROWS", 5)
    sheet = await PriceSheets(stocked, Clock()).all(await ranok(stocked), "uk")
    assert (sheet.size, sheet.whole) == (5, False)
    monkeypatch.setattr(price_sheets, "ROWS", 6)
    sheet = await PriceSheets(stocked, Clock()).all(await ranok(stocked), "uk")
    assert (sheet.size, sheet.whole) == (6, True)


async def test_before_the_first_order_there_is_no_usual_basket(stocked: Books) -> None:
    assert await PriceSheets(stocked, Clock()).usual(await ranok(stocked), "uk") is None


async def test_categories_in_a_circle_do_not_hang_it(stocked: Books) -> None:
    def change(tx: Tx) -> None:
        tx._connection.execute(update(Category).where(Category.name == "Борошно").values(parent_id=uid("Борошно")))

    await stocked.write(change)
    sheet = await PriceSheets(stocked, Clock()).all(await ranok(stocked), "uk")
    assert sheet.sections[-1].path == ()
    assert FLOUR in [each.name for each in sheet.sections[-1].articles]


async def test_the_day_is_the_day_in_kyiv(stocked: Books) -> None:
    late = Clock(datetime.fromisoformat("2026-11-23T22:30:00+00:00"))
    assert (await PriceSheets(stocked, late).all(await ranok(stocked), "uk")).on == date(2026, 11, 24)


async def test_a_client_of_the_same_price_type_sees_its_own_name(stocked: Books) -> None:
    await stocked.write(
        lambda tx: tx._connection.execute(
            update(Client).where(Client.name == "Готель «Дніпро»").values(price_type_id=uid("wholesale"))
        )
    )
    sheet = await PriceSheets(stocked, Clock()).all(await buyer(stocked, "Готель «Дніпро»"), "uk")
    assert (sheet.client, listed(sheet)[0][1][1]) == ("Готель «Дніпро»", ("10661", 4790))


async def test_names_stand_in_the_order_of_the_alphabet(stocked: Books) -> None:
    names = ("ЇЖАК", "Іриска", "Яблуко", "Ґудзик", "гриб", "Єнот", "Екран", "Ель", "ирис", "Йогурт", "дріжджі")

    def rename(tx: Tx) -> None:
        connection = tx._connection
        connection.execute(update(Article).values(active=False))
        for number, name in enumerate(names):
            article = {"id": uid(name), "sku": str(number), "name": name, "category_id": uid("Сири"), "active": True}
            connection.execute(insert(Article).values(article | {"base_unit": "шт", "multiple": Decimal(1)}))
            price = {"article_id": uid(name), "price_type_id": uid("wholesale"), "price": Money(1), "since": Clock()()}
            connection.execute(insert(Price).values(price))

    await stocked.write(rename)
    (section,) = (await PriceSheets(stocked, Clock()).all(await ranok(stocked), "uk")).sections
    assert [article.name for article in section.articles] == [
        "гриб", "Ґудзик", "дріжджі", "Екран", "Ель", "Єнот", "ирис", "Іриска", "ЇЖАК", "Йогурт", "Яблуко",
    ]  # fmt: skip

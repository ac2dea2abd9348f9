"""A price list in the books, on both databases: all of it or nothing, and twice is as once."""

from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.db.books import Books
from bot.db.models import Article
from bot.domain.pricelist import BrokenPriceList, Count, Problem, Progress
from bot.services.pricelist import CatalogueKeepsChanging, PriceListImport
from integrations import spreadsheet
from integrations.onec import commerceml
from tests.integration.pricelist.conftest import MONDAY, TUESDAY, Import, Shelf
from tests.unit.pricelist import documents as cml
from tests.unit.pricelist.documents import CHEESE, COLD, DAIRY, DRINKS, DRY, MILK, RED, RETAIL

GROUPS = cml.classifier(cml.group(DAIRY, "Молочне", cml.group(DRINKS, "Напої")))
IN_DRINKS = f"<Группы><Ид>{DRINKS}</Ид></Группы>"
TYPES = cml.price_type() + cml.price_type(RETAIL, "Роздрібна")
PLACES = cml.warehouse() + cml.warehouse(COLD, "Холодний склад")
TWO = (cml.product(MILK, "Молоко", "1", IN_DRINKS), cml.product(CHEESE, "Сир", "2", "<Штрихкод>48200001</Штрихкод>"))
RESTS = f'<Склад ИдСклада="{DRY}" КоличествоНаСкладе="5"/><Склад ИдСклада="{COLD}" КоличествоНаСкладе="0,5"/>'


def goods(*products: str, changes: str = "true") -> str:
    return GROUPS + cml.catalogue(*(products or TWO), changes=changes)


def offers(*some: str, changes: str = "true") -> str:
    return cml.package(*some, types=TYPES, places=PLACES, changes=changes)


MILK_OFFER = cml.offer(MILK, cml.price("47.90"), cml.price("57.28", RETAIL), more=RESTS)


async def test_a_catalogue_and_its_offers_arrive_whole(bring: Import, shelf: Shelf) -> None:
    report = await bring(goods(), offers(MILK_OFFER))

    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}
    assert await shelf.categories() == {"Молочне": None, "Напої": "Молочне"}
    assert await shelf.prices() == {("1", "Оптова"): Decimal("47.90"), ("1", "Роздрібна"): Decimal("57.28")}
    assert await shelf.stock() == {("1", "Сухий склад"): Decimal(5), ("1", "Холодний склад"): Decimal("0.5")}
    assert await shelf.barcodes() == {"2": {"48200001"}}
    assert await shelf.revision() == 1
    assert {kind: count.added for kind, count in report.kinds.items()} == {
        "category": 2, "article": 2, "barcode": 1, "price_type": 2, "price": 2, "warehouse": 2, "stock": 2,
    }  # fmt: skip


async def test_the_second_time_changes_nothing_and_says_so(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER))

    report = await bring(goods(), offers(MILK_OFFER), now=TUESDAY)

    assert not report.changed_anything
    assert {kind: count.unchanged for kind, count in report.kinds.items()} == {
        "category": 2, "article": 2, "barcode": 1, "price_type": 2, "price": 2, "warehouse": 2, "stock": 2,
    }  # fmt: skip
    assert await shelf.revision() == 1
    assert set((await shelf.since()).values()) == {MONDAY}


async def test_the_order_of_the_files_does_not_matter(bring: Import, shelf: Shelf) -> None:
    report = await bring(offers(MILK_OFFER), goods())

    assert not report.problems
    assert (await shelf.prices())["1", "Оптова"] == Decimal("47.90")


async def test_only_a_changed_price_is_of_a_new_date(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER))

    report = await bring(offers(cml.offer(MILK, cml.price("48.90"), cml.price("57.28", RETAIL))), now=TUESDAY)

    assert report.kinds["price"] == Count(changed=1, unchanged=1)
    assert await shelf.since() == {("1", "Оптова"): TUESDAY, ("1", "Роздрібна"): MONDAY}
    assert await shelf.revision() == 2


async def test_an_article_keeps_its_guid_as_its_id(bring: Import, books: Books) -> None:
    await bring(goods())

    found = await books.read(lambda tx: set(tx._connection.execute(select(Article.id)).scalars()))

    assert found == {UUID(MILK), UUID(CHEESE)}


async def test_what_a_full_catalogue_does_not_name_is_switched_off(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER))

    report = await bring(goods(TWO[1], changes="false"))

    assert report.kinds["article"] == Count(unchanged=1, switched_off=1)
    assert await shelf.articles() == {"2": "Сир"}


async def test_what_changes_do_not_name_stays(bring: Import, shelf: Shelf) -> None:
    await bring(goods())

    await bring(goods(TWO[1]))

    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}


async def test_a_deleted_article_is_switched_off_and_comes_back(bring: Import, shelf: Shelf) -> None:
    await bring(goods())

    await bring(goods(cml.product(MILK, "Молоко", "1", attributes=' Статус="Удален"')))
    assert await shelf.articles() == {"2": "Сир"}

    await bring(goods())
    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}


async def test_a_full_package_removes_the_prices_and_stock_it_does_not_name(bring: Import, shelf: Shelf) -> None:
    cheese = cml.offer(CHEESE, cml.price("300"), more=RESTS)
    await bring(goods(), offers(MILK_OFFER, cheese))

    report = await bring(offers(cml.offer(MILK, cml.price("47.90"), more=RESTS), changes="false"))

    assert await shelf.prices() == {("1", "Оптова"): Decimal("47.90"), ("1", "Роздрібна"): Decimal("57.28")}
    assert report.kinds["price"] == Count(unchanged=1, switched_off=1)
    assert {sku for sku, _ in await shelf.stock()} == {"1"}


async def test_a_full_package_of_rests_leaves_prices_alone(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER))

    await bring(offers(cml.offer(MILK, more=RESTS), changes="false"))

    assert len(await shelf.prices()) == 2


@pytest.mark.parametrize("bad", ["-1", "0", "", "дорого"])
async def test_a_price_that_cannot_be_used_leaves_the_old_one(bring: Import, shelf: Shelf, bad: str) -> None:
    await bring(goods(), offers(MILK_OFFER))

    report = await bring(offers(cml.offer(MILK, cml.price(bad), cml.price("60", RETAIL)), changes="false"))

    assert await shelf.prices() == {("1", "Оптова"): Decimal("47.90"), ("1", "Роздрібна"): Decimal(60)}
    assert report.kinds["price"].left_out == 1
    assert [(problem.file, problem.line) for problem in report.problems] == [("1.xml", 6)]


async def test_prices_in_another_currency_are_left_out_with_their_type(bring: Import, shelf: Shelf) -> None:
    types = cml.price_type(currency="USD")

    report = await bring(goods(), cml.package(cml.offer(MILK, cml.price("5", currency="USD")), types=types))

    assert await shelf.prices() == {}
    assert report.kinds["price_type"].left_out == report.kinds["price"].left_out == 1
    assert report.by_code == {"currency": 2}


@pytest.mark.parametrize("spoilt", ["</Предложение>", "</КоммерческаяИнформация>"])
async def test_an_error_in_the_last_file_leaves_nothing_behind(
    books: Books, shelf: Shelf, tmp_path: Path, spoilt: str
) -> None:
    first = cml.written(tmp_path, "import.xml", cml.document(goods()))
    last = cml.written(tmp_path, "offers.xml", cml.document(offers(MILK_OFFER)).replace(spoilt, "", 1))

    with pytest.raises(BrokenPriceList) as caught:
        await PriceListImport(books).run(commerceml.read([first, last]), now=MONDAY)

    assert (caught.value.file, caught.value.code) == ("offers.xml", "broken_xml")
    assert await shelf.articles() == {}
    assert await shelf.categories() == {}
    assert await shelf.revision() == 0


async def test_more_price_types_than_anybody_has_are_refused(bring: Import, shelf: Shelf) -> None:
    types = "".join(cml.price_type(f"t{number}", f"Тип {number}") for number in range(1001))

    with pytest.raises(BrokenPriceList, match="too_many 1001"):
        await bring(goods(), cml.package(MILK_OFFER, types=types))

    assert await shelf.articles() == {}


async def test_an_offer_of_an_unknown_article_is_left_out_by_its_line(bring: Import, shelf: Shelf) -> None:
    report = await bring(offers(MILK_OFFER))

    assert report.problems == [Problem("price", "unknown_article", 4, MILK, file="1.xml")]
    assert await shelf.prices() == {}


async def test_prices_of_an_undeclared_type_are_counted_once(bring: Import) -> None:
    report = await bring(
        goods(), offers(cml.offer(MILK, cml.price("1", "ghost")), cml.offer(CHEESE, cml.price("2", "ghost")))
    )

    assert report.kinds["price"].left_out == 2
    assert report.problems == [Problem("price", "unknown_price_type", 4, "ghost ×2", file="2.xml")]


async def test_an_unreadable_product_keeps_others_from_being_switched_off(bring: Import, shelf: Shelf) -> None:
    await bring(goods())

    report = await bring(goods(TWO[1], cml.product("", "Загадка", "9"), changes="false"))

    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}
    assert report.by_code == {"no_id": 1, "nothing_switched_off": 1}


async def test_a_nameless_product_is_left_out_but_not_switched_off(bring: Import, shelf: Shelf) -> None:
    await bring(goods())

    report = await bring(goods(TWO[1], cml.product(MILK, "", "1"), changes="false"))

    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}
    assert report.kinds["article"] == Count(unchanged=1, left_out=1)


async def test_the_last_of_two_descriptions_counts(bring: Import, shelf: Shelf) -> None:
    report = await bring(goods(cml.product(MILK, "Старе", "1"), cml.product(MILK, "Нове", "1")))

    assert await shelf.articles() == {"1": "Нове"}
    assert report.problems == [Problem("article", "said_twice", 4, "Старе", file="1.xml")]


async def test_characteristics_are_articles_and_their_product_is_not(bring: Import, shelf: Shelf) -> None:
    named = "<Наименование>Скатертина</Наименование>"
    variants = [
        cml.offer(f"{MILK}#{RED}", cml.price("10"), more=named + cml.characteristic("Червона")),
        cml.offer(f"{MILK}#{COLD}", cml.price("11"), more=cml.characteristic("Синя")),
    ]
    cloth = cml.product(MILK, "Скатертина", "7", "<БазоваяЕдиница>компл</БазоваяЕдиница>", IN_DRINKS)

    report = await bring(goods(cloth, changes="false"), offers(*variants, changes="false"))
    again = await bring(goods(cloth, changes="false"), offers(*variants, changes="false"), now=TUESDAY)

    rows = await shelf._rows(
        select(Article.name, Article.sku, Article.base_unit, Article.active).order_by(Article.name)
    )
    assert rows == [
        ("Скатертина", "7", "компл", False),
        ("Скатертина (Синя)", "7", "компл", True),
        ("Скатертина (Червона)", "7", "компл", True),
    ]
    assert report.kinds["price"].added == 2
    assert not again.changed_anything


async def test_a_product_that_gets_characteristics_is_no_longer_sold_itself(bring: Import, shelf: Shelf) -> None:
    await bring(goods())

    await bring(offers(cml.offer(f"{MILK}#{RED}", cml.price("10"), more=cml.characteristic("Знежирене"))))

    assert await shelf.articles() == {"2": "Сир"}


async def test_a_catalogue_alone_does_not_switch_characteristics_off(bring: Import, shelf: Shelf) -> None:
    variant = cml.offer(f"{MILK}#{RED}", cml.price("10"), more=cml.characteristic("Знежирене"))
    await bring(goods(), offers(variant))

    report = await bring(goods(changes="false"), now=TUESDAY)

    assert not report.changed_anything


async def test_a_total_and_its_warehouses_are_never_both_counted(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER))

    await bring(offers(cml.offer(MILK, more="<Количество>3</Количество>")))
    assert await shelf.stock() == {("1", "Усі склади"): Decimal(3)}

    await bring(offers(cml.offer(MILK, more=RESTS)))
    assert await shelf.stock() == {("1", "Сухий склад"): Decimal(5), ("1", "Холодний склад"): Decimal("0.5")}


async def test_a_spreadsheet_prices_the_articles_of_1c_by_their_numbers(
    bring: Import, shelf: Shelf, tmp_path: Path
) -> None:
    await bring(goods(), offers(MILK_OFFER))
    (tmp_path / "p.csv").write_text("sku;name;опт;категорія\n1;Молоко;50;Молочне/Напої\n3;Чай;20;Чай\n", "utf-8")

    report = await bring(spreadsheet.plan([tmp_path / "p.csv"]).records(), now=TUESDAY)

    assert report.kinds["article"] == Count(added=1, unchanged=1)
    assert await shelf.categories() == {"Молочне": None, "Напої": "Молочне", "Чай": None}
    assert (await shelf.prices())["1", "Оптова"] == Decimal(50)


async def test_1c_takes_over_what_a_spreadsheet_brought(bring: Import, shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("sku;name;опт;категорія\n1;Молоко;47.9;Молочне/Напої\n", "utf-8")
    await bring(spreadsheet.plan([tmp_path / "p.csv"]).records())

    report = await bring(goods(), offers(MILK_OFFER), now=TUESDAY)

    assert report.kinds["article"] == Count(added=1, changed=1)
    assert report.kinds["price"] == Count(added=1, unchanged=1)
    assert await shelf.categories() == {"Молочне": None, "Напої": "Молочне"}


async def test_a_number_that_several_articles_have_is_left_out(bring: Import, tmp_path: Path) -> None:
    await bring(goods(cml.product(MILK, "Один", "1"), cml.product(CHEESE, "Другий", "1")))
    (tmp_path / "p.csv").write_text("sku;name;опт\n1;Котрий?;50\n", "utf-8")

    report = await bring(spreadsheet.plan([tmp_path / "p.csv"]).records())

    assert report.by_code == {"ambiguous_sku": 1, "unknown_article": 1}


async def test_an_article_without_a_number_gets_a_lasting_one(bring: Import, shelf: Shelf) -> None:
    await bring(goods(cml.product(MILK, "Молоко", "")))
    [sku] = await shelf.articles()

    report = await bring(goods(cml.product(MILK, "Молоко", "")))

    assert sku.startswith("N-")
    assert len(sku) == 10
    assert not report.changed_anything


async def test_a_dry_run_reports_and_writes_nothing(bring: Import, shelf: Shelf) -> None:
    report = await bring(goods(), dry_run=True)

    assert report.kinds["article"].added == 2
    assert await shelf.articles() == {}


@pytest.mark.parametrize(("full", "left"), [(True, {"2": "Сир"}), (False, {"1": "Молоко", "2": "Сир"})])
async def test_the_person_may_overrule_what_the_source_says_of_itself(
    bring: Import, shelf: Shelf, full: bool, left: dict[str, str]
) -> None:
    await bring(goods())

    await bring(goods(TWO[1], changes=str(full).lower()), full=full)

    assert await shelf.articles() == left


async def test_prices_alone_never_switch_articles_off(bring: Import, shelf: Shelf, tmp_path: Path) -> None:
    await bring(goods())
    (tmp_path / "p.csv").write_text("sku,wholesale\n1,50\n", "utf-8")

    await bring(spreadsheet.plan([tmp_path / "p.csv"]).records(), full=True)

    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}


async def test_progress_is_told_of_reading_comparing_and_writing(bring: Import) -> None:
    told: list[Progress] = []

    await bring(goods(), on_progress=told.append)

    assert [progress.stage for progress in told] == ["reading", "comparing", "writing"]
    assert told[0].done == told[0].total


class Interrupted:
    """Books where somebody else imports a document just before each write, while there are documents."""

    def __init__(self, books: Books, folder: Path, *bodies: str) -> None:
        self._books = books
        self._paths = [
            cml.written(folder, f"other{number}.xml", cml.document(body)) for number, body in enumerate(bodies)
        ]
        self.read = books.read

    async def write(self, body: Any, *args: Any) -> Any:
        if self._paths:
            await PriceListImport(self._books).run(commerceml.read([self._paths.pop(0)]), now=MONDAY)
        return await self._books.write(body, *args)

    def importing(self) -> PriceListImport:
        return PriceListImport(cast("Books", self))


async def test_a_catalogue_changed_meanwhile_is_compared_again(books: Books, shelf: Shelf, tmp_path: Path) -> None:
    path = cml.written(tmp_path, "import.xml", cml.document(goods()))
    interrupted = Interrupted(books, tmp_path, goods(cml.product(CHEESE, "Сир інший", "2")))

    report = await interrupted.importing().run(commerceml.read([path]), now=MONDAY)

    assert report.kinds["article"] == Count(added=1, changed=1)
    assert await shelf.articles() == {"1": "Молоко", "2": "Сир"}


async def test_a_catalogue_that_never_rests_is_left_alone(books: Books, shelf: Shelf, tmp_path: Path) -> None:
    path = cml.written(tmp_path, "import.xml", cml.document(goods()))
    others = [goods(cml.product(CHEESE, f"Сир {number}", "2")) for number in range(9)]

    with pytest.raises(CatalogueKeepsChanging):
        await Interrupted(books, tmp_path, *others).importing().run(commerceml.read([path]), now=MONDAY)

    assert await shelf.articles() == {"2": "Сир 4"}


def rests(**quantities: str) -> str:
    ids = {"dry": DRY, "cold": COLD}
    said = "".join(
        f"<Остаток><Склад><Ид>{ids[place]}</Ид><Количество>{quantity}</Количество></Склад></Остаток>"
        for place, quantity in quantities.items()
    )
    return f"<Остатки>{said}</Остатки>"


async def test_rests_by_warehouse_replace_all_the_stock_of_their_article(bring: Import, shelf: Shelf) -> None:
    await bring(goods(), offers(MILK_OFFER, cml.offer(CHEESE, more=RESTS)))

    report = await bring(offers(cml.offer(MILK, more=rests(dry="4"))))

    assert report.kinds["stock"] == Count(changed=1, switched_off=1)
    assert await shelf.stock() == {
        ("1", "Сухий склад"): Decimal(4), ("2", "Сухий склад"): Decimal(5), ("2", "Холодний склад"): Decimal("0.5"),
    }  # fmt: skip


@pytest.mark.parametrize("said", [f'<Склад ИдСклада="{DRY}" КоличествоНаСкладе="4"/>', rests(dry="4", cold="багато")])
async def test_stock_that_is_not_said_in_full_leaves_the_other_warehouses(
    bring: Import, shelf: Shelf, said: str
) -> None:
    await bring(goods(), offers(MILK_OFFER))

    await bring(offers(cml.offer(MILK, more=said)))

    assert await shelf.stock() == {("1", "Сухий склад"): Decimal(4), ("1", "Холодний склад"): Decimal("0.5")}

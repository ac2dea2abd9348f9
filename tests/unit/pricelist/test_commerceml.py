"""What is read from CommerceML, dialect by dialect."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.domain.pricelist import (
    ALL_WAREHOUSES,
    Advance,
    ArticleRecord,
    CategoryRecord,
    Complete,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    WarehouseRecord,
)
from integrations.onec import commerceml
from tests.unit.pricelist import documents as cml
from tests.unit.pricelist.documents import CHEESE, COLD, DAIRY, DRINKS, DRY, MILK, RED, RETAIL, WHOLESALE

UNIT = '<БазоваяЕдиница Код="796 " НаименованиеПолное="Штука">шт.</БазоваяЕдиница>'


def read(folder: Path, *texts: str, encoding: str = "utf-8") -> list[Any]:
    paths = [cml.written(folder, f"file{n}.xml", text, encoding) for n, text in enumerate(texts)]
    return [record for record in commerceml.read(paths) if not isinstance(record, (Advance, FileRecord))]


def article(folder: Path, *more: str, **options: str) -> ArticleRecord:
    [record] = read(folder, cml.document(cml.catalogue(cml.product(MILK, *("Молоко", "10661"), *more, **options))))
    assert isinstance(record, ArticleRecord)
    return record


def offered(folder: Path, *prices: str, more: str = "", types: str = "", id: str = MILK) -> list[Any]:
    records = read(folder, cml.document(cml.package(cml.offer(id, *prices, more=more), types=types)))
    return [record for record in records if not isinstance(record, (PriceTypeRecord, WarehouseRecord))]


@pytest.mark.parametrize(
    "namespace", ["", "urn:1C.ru:commerceml_2", "urn:1C.ru:commerceml_208", "urn:1C.ru:commerceml_210", "urn:else"]
)
def test_a_document_is_read_whatever_its_namespace(tmp_path: Path, namespace: str) -> None:
    text = cml.document(cml.catalogue(cml.product(MILK)), namespace=namespace)

    assert [record[:3] for record in read(tmp_path, text)] == [(MILK, "10661", "Молоко 2,5% 1 л")]


@pytest.mark.parametrize(
    ("prolog", "encoding"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8-sig"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
        ('<?xml version="1.0"?>', "cp1251"),
        (" ", "utf-8"),
    ],
)
def test_a_document_is_read_in_its_encoding(tmp_path: Path, prolog: str, encoding: str) -> None:
    text = cml.document(cml.catalogue(cml.product(MILK, "Сир «Їжак» ґатунок")), prolog=prolog).lstrip()

    assert [record[2] for record in read(tmp_path, text, encoding=encoding)] == ["Сир «Їжак» ґатунок"]


def test_groups_of_any_depth_come_with_their_parents_first(tmp_path: Path) -> None:
    tree = cml.group("a", "А", cml.group("b", "Б", cml.group("c", "В")), cml.group("d", "Г"))

    records = read(tmp_path, cml.document(cml.classifier(tree)))

    assert [(r.external_id, r.parent) for r in records if isinstance(r, CategoryRecord)] == [
        ("a", None), ("b", "a"), ("c", "b"), ("d", "a"),
    ]  # fmt: skip


def test_a_product_tells_its_unit_pack_tax_group_and_requisites(tmp_path: Path) -> None:
    record = article(
        tmp_path,
        "<Штрихкод>4825303106619</Штрихкод>",
        '<БазоваяЕдиница Код="796">шт.<Пересчет><Единица>ящ</Единица><Коэффициент>12</Коэффициент></Пересчет>'
        "</БазоваяЕдиница>",
        f"<Группы><Ид>{DAIRY.upper()}</Ид><Ид>{DRINKS}</Ид></Группы>",
        "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>20</Ставка></СтавкаНалога>"
        "</СтавкиНалогов>",
        "<Описание> Свіже </Описание><Картинка>import_files/1.jpg</Картинка><Картинка>import_files/2.jpg</Картинка>",
        "<Изготовитель><Ид>m</Ид><Наименование>Молочна Криниця</Наименование></Изготовитель>",
        cml.requisites(Вес="1,05", Кратность="2", СрокГодности="180", name_ru="x"),
    )

    assert record._replace(line=0) == ArticleRecord(
        MILK, "10661", "Молоко", 0, brand="Молочна Криниця", category=DAIRY, base_unit="шт", pack_unit="ящ",
        pack_size=12000, multiple=2000, vat=20000, description="Свіже", photo="import_files/1.jpg", weight_kg=1050,
        shelf_life_days=180, active=True, barcodes=("4825303106619",),
    )  # fmt: skip


def test_a_russian_name_comes_from_its_requisite(tmp_path: Path) -> None:
    requisite = (
        "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Наименование (рос.)</Наименование>"
        "<Значение>Молоко по-русски</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>"
    )

    assert article(tmp_path, requisite).name_ru == "Молоко по-русски"


def test_a_brand_may_be_a_property_with_a_dictionary(tmp_path: Path) -> None:
    properties = (
        "<Свойства><Свойство><Ид>p</Ид><Наименование>Бренд</Наименование><ВариантыЗначений><Справочник>"
        "<ИдЗначения>v</ИдЗначения><Значение>Білолужжя</Значение></Справочник></ВариантыЗначений></Свойство></Свойства>"
    )
    value = "<ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><Значение>v</Значение></ЗначенияСвойства></ЗначенияСвойств>"
    body = cml.classifier(properties=properties) + cml.catalogue(cml.product(MILK, "Молоко", "1", value))

    [record] = read(tmp_path, cml.document(body))

    assert isinstance(record, ArticleRecord)
    assert record.brand == "Білолужжя"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("<БазоваяЕдиница>кг.</БазоваяЕдиница>", "кг"),
        ('<БазоваяЕдиница Код="796" НаименованиеПолное="Штука"/>', "шт"),
        ('<БазоваяЕдиница Код="715" НаименованиеПолное="Пара (2 шт.)"> </БазоваяЕдиница>', "пара"),
        ('<БазоваяЕдиница Код="" НаименованиеПолное="Бочка"/>', "бочка"),
        ("", None),
    ],
)
def test_a_base_unit_is_read_by_its_text_or_else_its_full_name(tmp_path: Path, unit: str, expected: str | None) -> None:
    assert article(tmp_path, unit).base_unit == expected


def test_an_article_number_is_taken_from_the_code_where_there_is_none(tmp_path: Path) -> None:
    [record] = read(
        tmp_path, cml.document(cml.catalogue(cml.product(MILK, "Молоко", "", cml.requisites(Код="00-0042"))))
    )

    assert record[1] == "00-0042"


def test_a_full_name_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    body = cml.catalogue(cml.product(MILK, "", "1", cml.requisites(Полное_наименование="Молоко повна назва")))

    assert [record[2] for record in read(tmp_path, cml.document(body))] == ["Молоко повна назва"]


@pytest.mark.parametrize(
    ("more", "attributes", "active"),
    [
        ("", "", True),
        ("<ПометкаУдаления>false</ПометкаУдаления>", "", True),
        ("<ПометкаУдаления>true</ПометкаУдаления>", "", False),
        ("", ' Статус="Удален"', False),
        ("", ' Статус="Изменен"', True),
    ],
)
def test_a_deleted_product_is_not_active(tmp_path: Path, more: str, attributes: str, active: bool) -> None:
    assert article(tmp_path, more, attributes=attributes).active is active


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "C:\\secret.jpg", "http://evil/1.jpg"])
def test_a_picture_outside_the_folder_of_pictures_is_not_taken(tmp_path: Path, path: str) -> None:
    assert article(tmp_path, f"<Картинка>{path}</Картинка>").photo is None


def test_a_product_without_an_id_or_a_name_is_left_out_with_its_line(tmp_path: Path) -> None:
    body = cml.catalogue(cml.product("", "Безіменний", "1"), cml.product(MILK, "", "2"))

    assert read(tmp_path, cml.document(body)) == [
        Problem("article", "no_id", 4, "Безіменний"), Problem("article", "no_name", 6, "2", article=MILK),
    ]  # fmt: skip


def test_a_product_of_the_old_schema_carries_its_characteristic_in_its_name(tmp_path: Path) -> None:
    body = cml.catalogue(cml.product(f"{MILK}#{RED}", "Стіл", "", cml.characteristic("Білий")))

    [record] = read(tmp_path, cml.document(body, namespace="", version="2.04"))

    assert isinstance(record, ArticleRecord)
    assert (record.external_id, record.parent, record.name) == (f"{MILK}#{RED}", MILK, "Стіл (Білий)")


def test_an_empty_characteristic_is_the_product_itself(tmp_path: Path) -> None:
    record = offered(tmp_path, cml.price("1"), id=f"{MILK}#00000000-0000-0000-0000-000000000000")[0]

    assert isinstance(record, OfferRecord)
    assert record.article == MILK


@pytest.mark.parametrize(("said", "kept"), [(MILK.upper(), MILK), ("ЦБ-00042", "ЦБ-00042"), (" x ", "x")])
def test_a_guid_is_kept_in_lower_case_and_any_other_id_as_it_is(tmp_path: Path, said: str, kept: str) -> None:
    assert offered(tmp_path, cml.price("1"), id=said)[0].article == kept


def test_an_offer_of_a_characteristic_is_an_article_of_its_own(tmp_path: Path) -> None:
    more = "<Артикул>77</Артикул><Наименование>Скатертина</Наименование>" + cml.characteristic("Червона")

    variant, offer = offered(tmp_path, cml.price("10"), more=more, id=f"{MILK}#{RED}")

    assert variant == ArticleRecord(
        f"{MILK}#{RED}", "77", "Скатертина (Червона)", 4, MILK, active=True, characteristic="Червона"
    )
    assert offer == OfferRecord(f"{MILK}#{RED}", 4, ((WHOLESALE, 1000),))


def test_prices_of_several_types_are_read_by_their_ids_and_never_by_their_words(tmp_path: Path) -> None:
    types = cml.price_type() + cml.price_type(RETAIL, "Роздрібна")

    assert offered(tmp_path, cml.price("47.90"), cml.price("57,28", RETAIL), types=types) == [
        OfferRecord(MILK, 4, ((WHOLESALE, 4790), (RETAIL, 5728)))
    ]


def test_a_price_of_a_pack_becomes_the_price_of_its_unit(tmp_path: Path) -> None:
    assert offered(tmp_path, cml.price("120", unit="ящ", per="12")) == [OfferRecord(MILK, 4, ((WHOLESALE, 1000),))]


def test_of_two_prices_of_a_type_the_one_of_the_base_unit_counts(tmp_path: Path) -> None:
    assert offered(tmp_path, cml.price("118", unit="ящ", per="12"), cml.price("10")) == [
        OfferRecord(MILK, 4, ((WHOLESALE, 1000),))
    ]
    assert offered(tmp_path, cml.price("10"), cml.price("118", unit="ящ", per="12")) == [
        OfferRecord(MILK, 4, ((WHOLESALE, 1000),))
    ]


@pytest.mark.parametrize("currency", ["UAH", "грн", "грн.", "980", " uah "])
def test_hryvnias_have_several_names(tmp_path: Path, currency: str) -> None:
    assert offered(tmp_path, cml.price("1", currency=currency)) == [OfferRecord(MILK, 4, ((WHOLESALE, 100),))]


@pytest.mark.parametrize(
    ("price", "code", "detail"),
    [
        (cml.price("-5"), "negative_price", "-5"),
        (cml.price("0"), "zero_price", "0"),
        (cml.price(""), "empty_price", ""),
        (cml.price("дорого"), "bad_price", "дорого"),
        (cml.price("10", currency="USD"), "currency", "USD"),
    ],
)
def test_a_price_that_cannot_be_used_is_reported_by_its_line(
    tmp_path: Path, price: str, code: str, detail: str
) -> None:
    assert offered(tmp_path, price) == [
        OfferRecord(MILK, 4, ((WHOLESALE, None),)), Problem("price", code, 6, detail, article=MILK),
    ]  # fmt: skip


def test_a_price_without_a_currency_is_in_that_of_its_type(tmp_path: Path) -> None:
    price = cml.price("10").replace("<Валюта>UAH</Валюта>", "")

    records = offered(tmp_path, price, types=cml.price_type(currency="EUR"))

    assert records[1] == Problem("price", "currency", 6, "EUR", article=MILK)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (f'<Склад ИдСклада="{DRY}" КоличествоНаСкладе="5"/><Склад ИдСклада="{COLD}" КоличествоНаСкладе="1,5"/>',
         ((DRY, 5000), (COLD, 1500))),
        (f"<Остатки><Остаток><Склад><Ид>{DRY}</Ид><Количество>5</Количество></Склад></Остаток>"
         f"<Остаток><Склад><Ид>{COLD}</Ид><Количество>0</Количество></Склад></Остаток></Остатки>",
         ((DRY, 5000), (COLD, 0))),
        ("<Остатки><Остаток><Количество>7</Количество></Остаток></Остатки>", ((ALL_WAREHOUSES.external_id, 7000),)),
        ("<Количество>382</Количество>", ((ALL_WAREHOUSES.external_id, 382000),)),
        (f'<Количество>9</Количество><Склад ИдСклада="{DRY}" КоличествоНаСкладе="5"/>', ((DRY, 5000),)),
    ],
)  # fmt: skip
def test_stock_is_read_in_each_of_its_shapes(tmp_path: Path, more: str, expected: tuple[tuple[str, int], ...]) -> None:
    records = offered(tmp_path, more=more)

    assert [record[:4] for record in records if isinstance(record, OfferRecord)] == [(MILK, 4, (), expected)]
    assert [record[4] for record in records if isinstance(record, OfferRecord)] == ["<Остатки><Остаток><Склад>" in more]


def test_negative_stock_is_none_left_and_is_reported(tmp_path: Path) -> None:
    records = offered(tmp_path, more=f'<Склад ИдСклада="{DRY}" КоличествоНаСкладе="-3"/>')

    assert records == [
        OfferRecord(MILK, 4, (), ((DRY, 0),)),
        Problem("stock", "negative_stock", 4, "-3", left_out=False, article=MILK),
    ]


def test_only_a_source_that_says_it_is_whole_is_taken_for_whole(tmp_path: Path) -> None:
    full = cml.document(
        cml.catalogue(cml.product(MILK), changes="false")
        + cml.package(cml.offer(MILK, cml.price("1"), more="<Количество>1</Количество>"), changes="false")
    )
    changes = cml.document(cml.catalogue(cml.product(CHEESE)))

    assert [r.kind for r in read(tmp_path, full) if isinstance(r, Complete)] == ["article", "price", "stock"]
    assert not any(isinstance(record, Complete) for record in read(tmp_path, changes))


def test_a_full_catalogue_of_nothing_is_not_taken_for_whole(tmp_path: Path) -> None:
    assert read(tmp_path, cml.document(cml.catalogue(changes="false"))) == [
        Problem("file", "empty_catalogue", 3, left_out=False)
    ]


def test_an_order_is_no_price_list_and_is_said_so(tmp_path: Path) -> None:
    order = "<Документ><Ид>1</Ид><Товары><Товар><Ид>x</Ид><Наименование>y</Наименование></Товар></Товары></Документ>"

    assert read(tmp_path, cml.document(order)) == [Problem("file", "order_document", 3)]


def test_comments_and_processing_instructions_are_passed_over(tmp_path: Path) -> None:
    text = cml.document(cml.catalogue("<!-- x --><?php x?>" + cml.product(MILK, "Мо<!-- -->локо", "1", "<!-- -->")))

    assert [record[2] for record in read(tmp_path, text)] == ["Молоко"]


def test_an_archive_and_a_folder_are_read_as_their_files(tmp_path: Path) -> None:
    folder = tmp_path / "webdata"
    (folder / "import_files").mkdir(parents=True)
    cml.written(folder, "import.xml", cml.document(cml.catalogue(cml.product(MILK))))
    cml.written(folder, "offers.xml", cml.document(cml.package(cml.offer(MILK, cml.price("1")))))
    archive = tmp_path / "webdata.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(folder / "offers.xml", "webdata/offers.xml")
        file.write(folder / "import.xml", "webdata/import.xml")
        file.writestr("webdata/import_files/1.jpg", b"\xff\xd8")

    def kinds(path: Path) -> list[str]:
        return sorted(type(record).__name__ for record in commerceml.read([path]) if not isinstance(record, Advance))

    assert kinds(archive) == kinds(folder)
    names = [record.name for record in commerceml.read([archive]) if isinstance(record, FileRecord)]
    assert names == ["webdata.zip/webdata/offers.xml", "webdata.zip/webdata/import.xml"]
    assert commerceml.looks_like(archive)


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    paths = [cml.written(tmp_path, f"{n}.xml", cml.document(cml.catalogue(cml.product(MILK)))) for n in (1, 2)]
    size = paths[0].stat().st_size

    told = [record for record in commerceml.read(paths) if isinstance(record, Advance)]

    assert told == [Advance(size, size * 2), Advance(size * 2, size * 2)]


def test_a_product_beyond_line_65535_is_placed_at_its_first_text(tmp_path: Path) -> None:
    text = cml.document(cml.catalogue("\n" * 70_000 + cml.product(MILK)))

    assert [record[3] for record in read(tmp_path, text)] == [70_005]

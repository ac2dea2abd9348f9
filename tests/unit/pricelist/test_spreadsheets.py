"""Price lists kept by hand: what is guessed of their columns and read of their cells."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pricelist import (
    ALL_WAREHOUSES,
    Advance,
    ArticleRecord,
    BrokenPriceList,
    CategoryRecord,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
)
from integrations import spreadsheet
from integrations.spreadsheet import values, workbook
from tests.unit.pricelist.workbooks import xls, xlsx

TOTAL = ALL_WAREHOUSES.external_id
HEADER = ["Артикул", "Назва", "Од.", "В ящику", "Ціна", "Залишок"]
MILK = ["10661", "Молоко 2,6% 1 л", "шт.", "ящ/12", "47,90 грн", 382]
HAND_KEPT: list[list[Any]] = [
    ["ТОВ «Гуртівня»", "", "", ""],
    ["Прайс-лист від 20.11.2026. Ціни в грн з ПДВ, оптова колонка", "", "", ""],
    [],
    HEADER,
    ["МОЛОЧНІ ПРОДУКТИ", "", "", ""],
    ["", "Молоко та вершки"],
    MILK,
    ["Масло та маргарин"],
    [12172.0, "  Масло  82,5% ", "кг", 4, "2\u00a0239,20", ">100"],
    HEADER,
    [11754.0, "Маргарин", "шт", "-", 1334.8, "мало"],
    ["Ціни дійсні до кінця тижня"],
]


def table(folder: Path, text: str, encoding: str = "utf-8", name: str = "price.csv") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def read(path: Path, **asked: str) -> list[Record]:
    records = spreadsheet.plan([path], {key.replace("_", ":"): value for key, value in asked.items()}).records()
    return [record for record in records if not isinstance(record, (Advance, FileRecord))]


def columns(path: Path, asked: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    [layout] = spreadsheet.plan([path], asked).layouts
    return [(column.letter, column.field, column.price_type) for column in layout.columns]


def test_a_hand_kept_price_list_is_understood(tmp_path: Path) -> None:
    [layout] = spreadsheet.plan([xlsx(tmp_path / "p.xlsx", HAND_KEPT, merged=[0, 1, 4])]).layouts

    assert (layout.file, layout.sheet, layout.header_line, layout.ignored) == ("p.xlsx", "Прайс", 4, ())
    assert [(column.letter, column.field, column.price_type) for column in layout.columns] == [
        ("A", "sku", ""), ("B", "name", ""), ("C", "base_unit", ""), ("D", "pack", ""), ("E", "price", "Оптова"),
        ("F", "stock", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("write", [xlsx, xls])
def test_headings_become_categories_and_rows_articles(tmp_path: Path, write: Any) -> None:
    records = read(write(tmp_path / "price", HAND_KEPT))

    dairy, milk, butter = (
        "path:молочні продукти", "path:молочні продукти/молоко та вершки", "path:молочні продукти/масло та маргарин",
    )  # fmt: skip
    assert records == [
        PriceTypeRecord("name:оптова", "Оптова", 4),
        ALL_WAREHOUSES,
        CategoryRecord(dairy, "Молочні продукти", None, 7),
        CategoryRecord(milk, "Молоко та вершки", dairy, 7),
        ArticleRecord(
            "", "10661", "Молоко 2,6% 1 л", 7, category=milk, base_unit="шт", pack_unit="ящ", pack_size=12000
        ),
        OfferRecord("sku:10661", 7, (("name:оптова", 4790),), ((TOTAL, 382000),)),
        CategoryRecord(butter, "Масло та маргарин", dairy, 9),
        ArticleRecord("", "12172", "Масло 82,5%", 9, category=butter, base_unit="кг", pack_size=4000),
        OfferRecord("sku:12172", 9, (("name:оптова", 223920),), ((TOTAL, 100000),)),
        ArticleRecord("", "11754", "Маргарин", 11, category=butter, base_unit="шт"),
        OfferRecord("sku:11754", 11, (("name:оптова", 133480),)),
        Problem("stock", "vague_stock", 11, "мало", left_out=False, article="sku:11754"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_table_is_read_whatever_its_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = delimiter.join(["Артикул", "Назва", "Ціна роздрібна"]) + "\r\n"
    text += delimiter.join(["1", '"Сир, ""Їжак""; ґатунок | 1"', '"12,50"']) + "\r\n"

    assert read(table(tmp_path, text, encoding)) == [
        PriceTypeRecord("name:роздрібна", "Роздрібна", 1),
        ArticleRecord("", "1", 'Сир, "Їжак"; ґатунок | 1', 2),
        OfferRecord("sku:1", 2, (("name:роздрібна", 1250),)),
    ]


def test_a_table_of_prices_alone_names_its_price_types(tmp_path: Path) -> None:
    path = table(tmp_path, "sku,retail,wholesale,horeca_vip\n10661,57.28,47.90,45.95\n10879,55.00,,43.99\n")

    assert read(path) == [
        PriceTypeRecord("name:роздрібна", "Роздрібна", 1),
        PriceTypeRecord("name:оптова", "Оптова", 1),
        PriceTypeRecord("name:horeca vip", "HoReCa VIP", 1),
        OfferRecord("sku:10661", 2, (("name:роздрібна", 5728), ("name:оптова", 4790), ("name:horeca vip", 4595))),
        OfferRecord("sku:10879", 3, (("name:роздрібна", 5500), ("name:horeca vip", 4399))),
    ]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Код", "Наименование", "Ед. изм.", "Цена опт", "Остаток", "Штрих-код"],
         ["sku", "name", "base_unit", "price:Оптова", "stock", "barcode"]),
        (["SKU", "Product", "Unit", "Price", "Stock", "VAT"],
         ["sku", "name", "base_unit", "price:Основна", "stock", "vat"]),
        (["№", "Арт.", "Номенклатура", "Ціна роздріб, грн", "Ціна гурт, грн", "Категорія", "Підкатегорія", "ТМ"],
         ["sku", "name", "price:Роздрібна", "price:Оптова", "category", "subcategory", "brand"]),
        (["Артикул", "Назва товару", "Ціна Акційна", "ПДВ, %", "Кратність", "Вага, кг"],
         ["sku", "name", "price:Акційна", "vat", "multiple", "weight"]),
    ],
)  # fmt: skip
def test_headers_are_known_in_three_languages(tmp_path: Path, headers: list[str], expected: list[str]) -> None:
    path = xlsx(tmp_path / "p.xlsx", [headers, ["1"] * len(headers)])

    assert [f"{field}:{kind}".rstrip(":") for _, field, kind in columns(path)] == expected


@pytest.mark.parametrize("where", ["E", "e", "Ціна"])
def test_a_column_is_corrected_by_its_letter_or_header(tmp_path: Path, where: str) -> None:
    path = xlsx(tmp_path / "p.xlsx", [HEADER, MILK])

    assert columns(path, {"price:Для кафе": where})[4] == ("E", "price", "Для кафе")


def test_a_correction_takes_the_field_from_the_column_guessed(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "p.xlsx", [["Артикул", "Назва", "Код 1С", "Ціна"], ["1", "2", "3", "4"]])

    assert columns(path, {"sku": "Код 1С"}) == [("B", "name", ""), ("C", "sku", ""), ("D", "price", "Основна")]


@pytest.mark.parametrize("asked", [{"price": "Немає такої"}, {"price": "1"}, {"smell": "A"}])
def test_a_correction_that_names_nothing_is_refused(tmp_path: Path, asked: dict[str, str]) -> None:
    with pytest.raises(BrokenPriceList, match="unknown_column"):
        spreadsheet.plan([xlsx(tmp_path / "p.xlsx", [HEADER, MILK])], asked)


def test_category_columns_make_a_path(tmp_path: Path) -> None:
    path = table(tmp_path, "sku,name,category,subcategory\n1,Молоко,Їжа / Молочне,Молоко\n2,Кефір,Їжа/Молочне,\n")

    assert [record for record in read(path) if isinstance(record, CategoryRecord)] == [
        CategoryRecord("path:їжа", "Їжа", None, 2),
        CategoryRecord("path:їжа/молочне", "Молочне", "path:їжа", 2),
        CategoryRecord("path:їжа/молочне/молоко", "Молоко", "path:їжа/молочне", 2),
    ]


def test_rows_that_cannot_be_used_are_reported_by_their_lines(tmp_path: Path) -> None:
    text = "Артикул;Назва;Ціна\n;Без артикула;5\n1;Дорогий;багато\n2;Збитковий;-3\n3;Безцінний;\n4;Чужий;5 USD\n"

    assert [record for record in read(table(tmp_path, text)) if isinstance(record, Problem)] == [
        Problem("article", "no_sku", 2, "Без артикула"),
        Problem("price", "bad_price", 3, "багато", article="sku:1"),
        Problem("price", "negative_price", 4, "-3", article="sku:2"),
        Problem("price", "no_price", 5, "3 Безцінний", left_out=False, article="sku:3"),
        Problem("price", "currency", 6, "5 USD", article="sku:4"),
    ]


def test_a_sheet_without_a_header_is_passed_over(tmp_path: Path) -> None:
    with pytest.raises(BrokenPriceList, match=r"p\.xlsx:0: no_header"):
        spreadsheet.plan([xlsx(tmp_path / "p.xlsx", [["Контакти", "тел."], ["Олена", "12"]])])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("12", (None, 12000)), (12.0, (None, 12000)), ("12 шт", (None, 12000)), ("ящ/12", ("ящ", 12000)),
     ("міш 25 кг", ("міш", 25000)), ("12/кор.", ("кор", 12000)), ("-", None), ("", None), (1, None), ("1 шт", None)],
)  # fmt: skip
def test_a_pack_is_read_as_people_write_it(cell: Any, expected: tuple[str | None, int] | None) -> None:
    assert values.pack(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("", None), (382.0, 382000), ("221,76", 221760), (">100", 100000), ("100+", 100000), ("немає", 0), ("-", 0),
     ("Нет", 0)],
)  # fmt: skip
def test_stock_is_read_as_people_write_it(cell: Any, expected: int | None) -> None:
    assert values.stock(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("47,90", 4790), (46.05, 4605), ("2 280,86 грн", 228086), (" 95,15 ₴", 9515), ("12.5 грн/кг", 1250), ("", None),
     ("-", None)],
)  # fmt: skip
def test_a_price_is_read_as_people_write_it(cell: Any, expected: int | None) -> None:
    assert values.price(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("20%", 20000), (20.0, 20000), (0.2, 20000), ("без ПДВ", 0), (0.0, 0), ("", None), (7, 7000)]
)
def test_a_tax_rate_is_read_as_people_write_it(cell: Any, expected: int | None) -> None:
    assert values.vat(cell) == expected


@given(st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.none())
def test_any_cell_is_read_or_refused_by_name(cell: Any) -> None:
    codes = set()
    for read_cell in (values.price, values.stock, values.number, values.vat, values.pack):
        try:
            read_cell(cell)
        except values.WrongCell as error:
            codes.add(error.code)
    assert codes <= {
        "bad_price", "zero_price", "negative_price", "currency", "vague_stock", "bad_quantity", "bad_number"
    }  # fmt: skip


def test_two_cells_far_apart_do_not_take_the_memory_of_all_between(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADER, MILK]
    path = xlsx(tmp_path / "p.xlsx", rows)
    _stretch(path)

    with pytest.raises(BrokenPriceList, match=r"p\.xlsx:0: broken_workbook"):
        read(path)


def test_a_workbook_that_inflates_is_refused_unread(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "p.xlsx", [["0" * 30_000] * 200 for _ in range(20)])
    _add(path, "xl/media/1.bin", bytes(30_000_000))

    with pytest.raises(BrokenPriceList, match="archive_bomb"):
        read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.xlsx").write_bytes(content)

    with pytest.raises(BrokenPriceList, match="broken"):
        spreadsheet.plan([tmp_path / "p.xlsx"])


def test_a_workbook_larger_than_any_price_list_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "p.xls").open("wb") as file:
        file.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        file.truncate(workbook.LARGEST_FILE + 1)

    with pytest.raises(BrokenPriceList, match="too_large"):
        spreadsheet.plan([tmp_path / "p.xls"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"sku,name\n" + "1,Молоко\n".encode() * 40_000 + "2,Сир\n".encode("cp1251"), "wrong_encoding"),
        (b'sku,name\n1,"' + b"x" * 100_000, "broken_table"),
        (b"\x00\x01\x02\x03", "no_header"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "p.csv").write_bytes(content)

    with pytest.raises(BrokenPriceList, match=code):
        read(tmp_path / "p.csv")


def _stretch(path: Path) -> None:
    """Put the second row's last cell into the last row and column that a sheet can have."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _add(path: Path, name: str, content: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)

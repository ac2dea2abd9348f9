"""Speed and memory of the price list's import: `python -m tests.bench.importing [--articles 100000]`.

Each import runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

ARTICLES = 100_000
REFERENCE = 10_000
SPACE = UUID("0c0ffee0-0000-4000-8000-000000000000")
PRICE_TYPES = ("Роздрібна", "Оптова", "HoReCa VIP")
ROOT = Path(__file__).parents[2]
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" '
    'ВерсияСхемы="2.08" ДатаФормирования="2026-11-20T06:15:42">\n'
)
_TAIL = "</КоммерческаяИнформация>\n"


def run(articles: int = ARTICLES) -> list[tuple[str, float, str]]:
    """Return (name, value, unit) of every measure."""
    with tempfile.TemporaryDirectory() as folder:
        return list(_measures(Path(folder), articles))


def _measures(folder: Path, articles: int) -> Iterator[tuple[str, float, str]]:
    files = list(generate(folder, articles))
    yield "import: size of the CommerceML pair", sum(file.stat().st_size for file in files) / 2**20, "MiB"
    database = folder / "komora.db"
    speed = 0.0
    for name in ("first", "again, nothing changed"):
        measured = _child("product", database, files)
        speed = speed or articles / measured["cpu"]
        title = f"import of {articles}, {name}"
        yield f"{title}: articles", articles / measured["wall"], "per s"
        yield f"{title}: articles per CPU second", articles / measured["cpu"], "per s"
        yield f"{title}: rows (articles, barcodes, prices, stock)", measured["rows"] / measured["wall"], "per s"
        yield f"{title}: peak memory", measured["peak"], "MiB"
    table = _child("product", folder / "table.db", [_table(folder, articles)])
    yield f"import of {articles} rows of CSV: articles", articles / table["wall"], "per s"
    yield f"import of {articles} rows of CSV: articles per CPU second", articles / table["cpu"], "per s"
    yield f"import of {articles} rows of CSV: peak memory", table["peak"], "MiB"
    few = min(REFERENCE, articles)
    plain = _child("plain", folder / "plain.db", list(generate(folder, few)))
    yield f"plain ElementTree.parse and ORM of {few}: articles per CPU second", few / plain["cpu"], "per s"
    yield f"plain ElementTree.parse and ORM of {few}: peak memory", plain["peak"], "MiB"
    yield "import: times the plain one, per CPU second", speed / (few / plain["cpu"]), "x"


def generate(folder: Path, articles: int) -> Iterator[Path]:
    """Yield a catalogue and its offers as 1C writes them, made line by line."""
    catalogue, offers = folder / f"import{articles}.xml", folder / f"offers{articles}.xml"
    with catalogue.open("w", encoding="utf-8") as file:
        file.write(_HEAD + "\t<Классификатор>\n\t\t<Группы>\n")
        for number in range(100):
            file.write(f"\t\t\t<Группа><Ид>{_id(f'group {number}')}</Ид>"
                       f"<Наименование>Група {number}</Наименование></Группа>\n")  # fmt: skip
        file.write('\t\t</Группы>\n\t</Классификатор>\n\t<Каталог СодержитТолькоИзменения="false">\n\t\t<Товары>\n')
        file.writelines(_product(number) for number in range(articles))
        file.write("\t\t</Товары>\n\t</Каталог>\n" + _TAIL)
    yield catalogue
    with offers.open("w", encoding="utf-8") as file:
        file.write(_HEAD + '\t<ПакетПредложений СодержитТолькоИзменения="false">\n\t\t<ТипыЦен>\n')
        for name in PRICE_TYPES:
            file.write(f"\t\t\t<ТипЦены><Ид>{_id(name)}</Ид><Наименование>{name}</Наименование>"
                       "<Валюта>UAH</Валюта></ТипЦены>\n")  # fmt: skip
        file.write("\t\t</ТипыЦен>\n\t\t<Склады>\n\t\t\t"
                   f"<Склад><Ид>{_id('warehouse')}</Ид><Наименование>Основний</Наименование></Склад>\n"
                   "\t\t</Склады>\n\t\t<Предложения>\n")  # fmt: skip
        file.writelines(_offer(number) for number in range(articles))
        file.write("\t\t</Предложения>\n\t</ПакетПредложений>\n" + _TAIL)
    yield offers


def _table(folder: Path, articles: int) -> Path:
    path = folder / "price.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Артикул;Назва;Од.;Роздрібна ціна;Оптова ціна;Залишок\n")
        for number in range(articles):
            price = 1000 + number % 50_000
            file.write(
                f"{number:07d};Товар гуртівні {number} 1 кг;шт;{price / 80:.2f};{price / 100:.2f};{number % 700}\n"
            )
    return path


def _id(name: str) -> UUID:
    return uuid5(SPACE, name)


def _product(number: int) -> str:
    return (
        f"\t\t\t<Товар>\n\t\t\t\t<Ид>{_id(str(number))}</Ид>\n"
        f"\t\t\t\t<Штрихкод>{4820000000000 + number}</Штрихкод>\n\t\t\t\t<Артикул>{number:07d}</Артикул>\n"
        f"\t\t\t\t<Наименование>Товар гуртівні {number} «Виробник {number % 300}» 1 кг</Наименование>\n"
        '\t\t\t\t<БазоваяЕдиница Код="796 " НаименованиеПолное="Штука" МеждународноеСокращение="PCE">шт'
        "<Пересчет><Единица>ящ</Единица><Коэффициент>12</Коэффициент></Пересчет></БазоваяЕдиница>\n"
        f"\t\t\t\t<Группы>\n\t\t\t\t\t<Ид>{_id(f'group {number % 100}')}</Ид>\n\t\t\t\t</Группы>\n"
        "\t\t\t\t<СтавкиНалогов>\n\t\t\t\t\t<СтавкаНалога>\n\t\t\t\t\t\t<Наименование>НДС</Наименование>\n"
        "\t\t\t\t\t\t<Ставка>20</Ставка>\n\t\t\t\t\t</СтавкаНалога>\n\t\t\t\t</СтавкиНалогов>\n"
        "\t\t\t\t<ЗначенияРеквизитов>\n\t\t\t\t\t<ЗначениеРеквизита>\n"
        "\t\t\t\t\t\t<Наименование>ВидНоменклатуры</Наименование>\n\t\t\t\t\t\t<Значение>Товар</Значение>\n"
        "\t\t\t\t\t</ЗначениеРеквизита>\n\t\t\t\t\t<ЗначениеРеквизита>\n"
        "\t\t\t\t\t\t<Наименование>Вес</Наименование>\n\t\t\t\t\t\t<Значение>1.05</Значение>\n"
        "\t\t\t\t\t</ЗначениеРеквизита>\n\t\t\t\t</ЗначенияРеквизитов>\n\t\t\t</Товар>\n"
    )


def _offer(number: int) -> str:
    base = 1000 + number % 50_000
    prices = "".join(
        f"\t\t\t\t\t<Цена>\n\t\t\t\t\t\t<Представление>{base * share // 10000} UAH за шт</Представление>\n"
        f"\t\t\t\t\t\t<ИдТипаЦены>{_id(name)}</ИдТипаЦены>\n"
        f"\t\t\t\t\t\t<ЦенаЗаЕдиницу>{base * share // 10000}.{base * share // 100 % 100:02d}</ЦенаЗаЕдиницу>\n"
        "\t\t\t\t\t\t<Валюта>UAH</Валюта>\n\t\t\t\t\t\t<Единица>шт</Единица>\n"
        "\t\t\t\t\t\t<Коэффициент>1</Коэффициент>\n\t\t\t\t\t</Цена>\n"
        for name, share in zip(PRICE_TYPES, (120, 100, 95), strict=True)
    )
    return (
        f"\t\t\t<Предложение>\n\t\t\t\t<Ид>{_id(str(number))}</Ид>\n\t\t\t\t<Артикул>{number:07d}</Артикул>\n"
        f"\t\t\t\t<Наименование>Товар гуртівні {number} «Виробник {number % 300}» 1 кг</Наименование>\n"
        f"\t\t\t\t<Цены>\n{prices}\t\t\t\t</Цены>\n\t\t\t\t<Количество>{number % 700}</Количество>\n"
        f'\t\t\t\t<Склад ИдСклада="{_id("warehouse")}" КоличествоНаСкладе="{number % 700}"/>\n'
        "\t\t\t</Предложение>\n"
    )


def _child(kind: str, database: Path, files: list[Path]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.importing", "--child", kind, str(database), *map(str, files)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _inside(kind: str, database: Path, files: list[Path]) -> None:
    """In the child: import, and print what it took."""
    began, cpu = time.perf_counter(), time.process_time()
    rows = asyncio.run(_import(database, files)) if kind == "product" else _import_plainly(database, *files)
    spent = {
        "rows": rows,
        "wall": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak": _peak() / 1024,
    }
    sys.stdout.write(json.dumps(spent) + "\n")


def _peak() -> int:
    """In KiB; not by getrusage, which on Linux counts what the parent had taken before it started this process."""
    return int(re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[0])


def _schema(database: Path) -> str:
    from sqlalchemy import create_engine

    from bot.db.models import Table

    engine = create_engine(f"sqlite:///{database}")
    Table.metadata.create_all(engine)
    engine.dispose()
    return f"sqlite+aiosqlite:///{database}"


async def _import(database: Path, files: list[Path]) -> int:
    from bot.db.opening import open_books
    from bot.services.pricelist import PriceListImport
    from integrations import spreadsheet
    from integrations.onec import commerceml

    books = open_books(_schema(database))
    records = commerceml.read(files) if commerceml.looks_like(files[0]) else spreadsheet.plan(files).records()
    report = await PriceListImport(books).run(records, now=datetime.now(UTC))
    await books.close()
    counts = [report.count(kind) for kind in ("article", "barcode", "price", "stock")]
    return sum(count.added + count.changed + count.unchanged for count in counts)


def _import_plainly(database: Path, catalogue: Path, offers: Path) -> int:
    """The obvious way: the whole document in memory and an object of the ORM for each row."""
    from xml.etree import ElementTree

    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    from bot.db.models import Article, Barcode, Price, PriceType, Stock, Warehouse
    from bot.domain.money import Money

    ns = {"": "urn:1C.ru:commerceml_2"}
    engine = create_engine(_schema(database).replace("+aiosqlite", ""))
    now = datetime.now(UTC)
    with Session(engine) as session:
        for element in ElementTree.parse(catalogue).iterfind(".//Товар", ns):
            article = UUID(element.findtext("Ид", "", ns))
            session.add(
                Article(
                    id=article, external_id=str(article), sku=element.findtext("Артикул", "", ns),
                    name=element.findtext("Наименование", "", ns),
                )
            )  # fmt: skip
            session.add(Barcode(article_id=article, barcode=element.findtext("Штрихкод", "", ns)))
        tree = ElementTree.parse(offers)
        for element in tree.iterfind(".//ТипЦены", ns):
            session.add(
                PriceType(id=UUID(element.findtext("Ид", "", ns)), name=element.findtext("Наименование", "", ns))
            )
        for element in tree.iterfind(".//Склады/Склад", ns):
            session.add(
                Warehouse(id=UUID(element.findtext("Ид", "", ns)), name=element.findtext("Наименование", "", ns))
            )
        session.flush()
        for element in tree.iterfind(".//Предложение", ns):
            article = UUID(element.findtext("Ид", "", ns))
            for price in element.iterfind("Цены/Цена", ns):
                session.add(
                    Price(
                        article_id=article, price_type_id=UUID(price.findtext("ИдТипаЦены", "", ns)), since=now,
                        price=Money.of(price.findtext("ЦенаЗаЕдиницу", "", ns)),
                    )
                )  # fmt: skip
            for rest in element.iterfind("Склад", ns):
                session.add(
                    Stock(
                        article_id=article, warehouse_id=UUID(rest.attrib["ИдСклада"]), updated_at=now,
                        quantity=Decimal(rest.attrib["КоличествоНаСкладе"]),
                    )
                )  # fmt: skip
        rows = len(session.new)
        session.commit()
    engine.dispose()
    return rows


def main() -> None:
    """Print the measures as a small table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--articles", type=int, default=ARTICLES)
    arguments.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.child:
        kind, database, *files = given.child
        _inside(kind, Path(database), [Path(file) for file in files])
        return
    for name, value, unit in run(given.articles):
        sys.stdout.write(f"{name:<72} {value:>11.1f} {unit}\n")


if __name__ == "__main__":
    main()

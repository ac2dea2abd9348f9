"""What is written of an order: the schema's order, exact numbers, every dialect; and all of it reads back."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.domain.accounting import OrderRecord, OrderRecordLine, OutgoingLine, OutgoingOrder
from bot.domain.money import Money
from bot.domain.order import State
from integrations.onec.exchange import orders_reading
from integrations.onec.exchange.orders_xml import Dialect, comment, document
from tests.unit.exchange.orders import CAFE, CHEESE, GIFT, LINE, MILK, NOW, ORDER, order

VERSIONS = ("2.03", "2.04", "2.05", "2.06", "2.07", "2.08", "2.09", "2.10")


def written(*orders: OutgoingOrder, dialect: Dialect = Dialect()) -> bytes:  # noqa: B008 - immutable
    return b"".join(document(orders, dialect, NOW))


def parsed(*orders: OutgoingOrder, dialect: Dialect = Dialect("2.04")) -> "etree._Element":  # noqa: B008
    return etree.fromstring(written(*orders, dialect=dialect))


def read_back(*orders: OutgoingOrder, dialect: Dialect = Dialect()) -> list[OrderRecord]:  # noqa: B008
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.xml"
        path.write_bytes(written(*orders, dialect=dialect))
        found = list(orders_reading.orders(path))
    assert all(isinstance(one, OrderRecord) for one in found)
    return [one for one in found if isinstance(one, OrderRecord)]


def texts(element: "etree._Element", path: str) -> list[str | None]:
    return [found.text for found in element.iterfind(path)]


def test_a_document_is_written_in_the_order_of_the_schema() -> None:
    (placed,) = parsed(order())
    assert [child.tag for child in placed] == [
        "Ид", "Номер", "Дата", "ХозОперация", "Роль", "Валюта", "Курс", "Сумма", "Контрагенты", "Время",
        "Комментарий", "Налоги", "Товары", "ЗначенияРеквизитов",
    ]  # fmt: skip
    _, gift = placed.iterfind("Товары/Товар")
    assert [child.tag for child in gift] == [
        "Ид", "Артикул", "Наименование", "БазоваяЕдиница", "ЦенаЗаЕдиницу", "Количество", "Сумма", "СтавкиНалогов",
        "Скидки", "ЗначенияРеквизитов",
    ]  # fmt: skip


def test_the_head_says_who_when_and_how_much_by_the_clock_of_kyiv() -> None:
    (placed,) = parsed(order())
    said = {child.tag: child.text for child in placed if not len(child)}
    assert said == {
        "Ид": str(ORDER), "Номер": "K-000042", "Дата": "2026-11-27", "ХозОперация": "Заказ товара",
        "Роль": "Продавец", "Валюта": "UAH", "Курс": "1", "Сумма": "610.00", "Время": "00:15:07",
        "Комментарий": "до 10:00\nКомора: замовлення K-000042, доставка 28.11.2026, Зал, Львів, вул. Ґонти, 7",
    }  # fmt: skip


def test_numbers_are_exact_and_never_in_powers_of_ten() -> None:
    large = replace(LINE, quantity=Decimal("1E+3"), price=Money(1), amount=Money(1000))
    (placed,) = parsed(order(lines=(large, GIFT)))
    assert texts(placed, "Товары/Товар/Количество") == ["1000", "0.345"]
    assert texts(placed, "Товары/Товар/ЦенаЗаЕдиницу") == ["0.01", "300.00"]
    assert texts(placed, "Товары/Товар/Сумма") == ["10.00", "100.00"]
    assert texts(placed, "Товары/Товар/Скидки/Скидка/Сумма") == ["3.50"]


def test_vat_is_included_rounded_half_up_and_left_out_where_there_is_none() -> None:
    (placed,) = parsed(order(lines=(replace(LINE, amount=Money(120048)), GIFT)))
    assert texts(placed, "Товары/Товар/СтавкиНалогов/СтавкаНалога/Ставка") == ["20", "Без НДС"]
    assert texts(placed, "Товары/Товар/Налоги/Налог/Сумма") == ["200.08"]
    assert texts(placed, "Налоги/Налог/Сумма") == ["200.08"]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("14360570", {"ОфициальноеНаименование": "Кафе", "ОКПО": "14360570"}),
        ("3121212350", {"ПолноеНаименование": "Кафе", "ИНН": "3121212350"}),
        (None, {"ПолноеНаименование": "Кафе"}),
    ],
)
def test_a_legal_entitys_code_goes_to_okpo_and_a_persons_to_inn(code: str | None, fields: dict[str, str]) -> None:
    (placed,) = parsed(order(tax_code=code, client_name="Кафе", delivery_address=""))
    party = {child.tag: child.text for child in placed.iterfind("Контрагенты/Контрагент/*")}
    assert party == {"Ид": CAFE, "Наименование": "Кафе", "Роль": "Покупатель"} | fields


def test_a_unit_has_its_code_and_an_unknown_one_only_its_name() -> None:
    (placed,) = parsed(order(lines=(GIFT, replace(LINE, base_unit="лоток"))))
    known, own = placed.iterfind("Товары/Товар/БазоваяЕдиница")
    assert (known.text, known.get("Код"), known.get("МеждународноеСокращение")) == ("кг", "166", "KGM")
    assert (own.text, len(own.attrib)) == ("лоток", 0)


def test_what_is_cancelled_and_what_is_provisional_is_said() -> None:
    (placed,) = parsed(order(cancelled=True, provisional=True, contract="c-1", price_type="p-1"))
    requisites = placed.iterfind("ЗначенияРеквизитов/ЗначениеРеквизита")
    told = {one.findtext("Наименование"): one.findtext("Значение") for one in requisites}
    assert told == {
        "Отменен": "true", "Статус заказа": "[C] Отменен", "Финальный статус": "true", "Заказ оплачен": "false",
        "Дата доставки": "2026-11-28", "Адрес доставки": "Львів, вул. Ґонти, 7", "Пункт доставки": "Зал",
        "Договор": "c-1", "Вид цены": "p-1",
    }  # fmt: skip
    assert comment(order(provisional=True)).endswith("\nКомора: ціни на момент замовлення не перевірено")


@pytest.mark.parametrize(
    ("version", "namespace"),
    [
        ("2.03", None),
        ("2.04", None),
        ("2.05", "urn:1C.ru:commerceml_2"),
        ("2.07", "urn:1C.ru:commerceml_2"),
        ("2.08", "urn:1C.ru:commerceml_208"),
        ("2.10", "urn:1C.ru:commerceml_210"),
    ],
)
def test_each_version_has_its_namespace(version: str, namespace: str | None) -> None:
    root = parsed(order(), dialect=Dialect(version))
    assert {etree.QName(element).namespace for element in root.iter()} == {namespace}
    assert root.get("ВерсияСхемы") == version
    assert root.get("ДатаФормирования") == "2026-11-27T11:30:00"


def test_without_orders_there_is_an_empty_root() -> None:
    assert written(dialect=Dialect("2.04")).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        "<КоммерческаяИнформация ВерсияСхемы=\"2.04\" ДатаФормирования='2026-11-27T11:30:00'>\n"
        "</КоммерческаяИнформация>\n"
    )


def test_windows_1251_holds_ukrainian_and_spells_out_what_it_lacks() -> None:
    raw = written(order(note="ґанок ☕"), dialect=Dialect("2.04", "windows-1251"))
    assert raw.startswith(b'<?xml version="1.0" encoding="windows-1251"?>')
    assert "ґанок &#9749;".encode("windows-1251") in raw
    assert etree.fromstring(raw).findtext("Документ/Комментарий", "").startswith("ґанок ☕\n")


def test_a_container_holds_each_document_where_it_is_asked_for() -> None:
    root = parsed(order(), order(number="K-000043"), dialect=Dialect("2.04", container=True))
    assert [(container.tag, [one.tag for one in container]) for container in root] == [
        ("Контейнер", ["Документ"]),
        ("Контейнер", ["Документ"]),
    ]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    (placed,) = parsed(order(note="а\x00б\x0bв\ud800г"))
    assert placed.findtext("Комментарий", "").startswith("абвг\n")


def test_many_orders_come_in_pieces() -> None:
    pieces = list(document([order()] * 100, Dialect(), NOW))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < 80_000
    assert len(etree.fromstring(b"".join(pieces))) == 100


def test_an_article_that_1c_never_named_is_known_by_its_number() -> None:
    (record,) = read_back(order(lines=(replace(LINE, article=None),)))
    assert record.lines[0].article == "sku:10661"


def test_an_order_reads_back_as_it_was_written() -> None:
    (record,) = read_back(order())
    assert record == OrderRecord(
        link=replace(record.link, ref=str(ORDER), number="K-000042", posted=False),
        placed_at=datetime(2026, 11, 26, 22, 15, 7, tzinfo=UTC),
        client=CAFE,
        state=State.ACCEPTED,
        total=Money(61000),
        lines=(
            OrderRecordLine(MILK, "Молоко 2,5% 1 л", Decimal(12), Money(4250), Money(51000)),
            OrderRecordLine(CHEESE, "Сир <твердий> & ін.", Decimal("0.345"), Money(30000), Money(10000)),
        ),
        note="до 10:00",
        ours=ORDER,
        delivery_date=date(2026, 11, 28),
        delivery_address="Львів, вул. Ґонти, 7",
    )


SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")) | st.just(" ")
WORDS = st.text(SIGNS, max_size=40).map(str.strip)
MONEY = st.integers(0, 10**11).map(Money)
LINES = st.builds(
    OutgoingLine,
    article=st.uuids().map(str) | st.tuples(st.uuids(), st.uuids()).map(lambda pair: f"{pair[0]}#{pair[1]}"),
    sku=WORDS, name=WORDS, base_unit=WORDS,
    quantity=st.integers(1, 10**9).map(lambda thousandths: Decimal(thousandths) / 1000),
    price=MONEY, discount=MONEY, amount=MONEY,
    vat=st.none() | st.sampled_from([Decimal(0), Decimal(7), Decimal(14), Decimal(20)]),
)  # fmt: skip
ORDERS = st.builds(
    OutgoingOrder,
    id=st.uuids(), number=WORDS, revision=st.integers(0, 9),
    placed_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    placed_by=WORDS, client=st.uuids().map(str), client_name=WORDS,
    tax_code=st.none() | st.sampled_from(["14360570", "3121212350"]), contract=st.none(), price_type=st.none(),
    delivery_name=WORDS, delivery_address=WORDS, delivery_date=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    note=WORDS.filter(lambda note: not note.startswith("Комора: ")), lines=st.lists(LINES, max_size=3).map(tuple),
    total=MONEY, cancelled=st.booleans(), provisional=st.booleans(),
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(ORDERS, max_size=3), st.sampled_from(VERSIONS), st.sampled_from(["utf-8", "windows-1251"]))
def test_whatever_is_written_reads_back(orders: list[OutgoingOrder], version: str, encoding: str) -> None:
    records = read_back(*orders, dialect=Dialect(version, encoding, container=version >= "2.08"))
    assert [(record.ours, record.link.number, record.client, record.total) for record in records] == [
        (one.id, one.number, one.client, one.total) for one in orders
    ]
    assert [(record.note, record.delivery_date, record.delivery_address) for record in records] == [
        (one.note, one.delivery_date, one.delivery_address) for one in orders
    ]
    assert [record.state is State.CANCELLED for record in records] == [one.cancelled for one in orders]
    assert [record.placed_at for record in records] == [one.placed_at.replace(microsecond=0) for one in orders]
    assert [record.lines for record in records] == [
        tuple(OrderRecordLine(l.article or "", l.name, l.quantity, l.price, l.amount) for l in one.lines)  # noqa: E741
        for one in orders
    ]

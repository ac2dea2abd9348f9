"""Orders as every dialect of 1C tells them, and what is not let in."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from bot.domain.accounting import OrderRecord, OrderRecordLine
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.pricelist import BrokenPriceList
from integrations.onec.exchange import orders_reading
from integrations.onec.exchange.order_record import Unreadable
from tests.unit.exchange.orders import CAFE, CHEESE, MILK, ORDER, answer, buyer, goods, line, requisites, root

OTHER = "0b6f5a3e-7c1d-4f52-9a65-3d1f6f1c0a02"
NAMESPACES = ("", "urn:1C.ru:commerceml_2", "urn:1C.ru:commerceml_208", "urn:1C.ru:commerceml_210")


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[OrderRecord | Unreadable]:
    path = tmp_path / "orders.xml"
    path.write_bytes(text.encode(encoding))
    return list(orders_reading.orders(path))


def one(tmp_path: Path, *more: str, id: str = str(ORDER), time: str = "<Время>13:38:17</Время>") -> OrderRecord:
    (record,) = read(tmp_path, root(answer(id, *more, time=time)))
    assert isinstance(record, OrderRecord)
    return record


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_an_answer_of_a_status_alone_is_an_order_without_lines(tmp_path: Path, namespace: str) -> None:
    told = requisites(Номер_по_1С="MM92", ПометкаУдаления="false", Проведен="true", Статус_заказа="Открыт")
    (record,) = read(tmp_path, root(answer(str(ORDER), told), namespace=namespace))
    assert isinstance(record, OrderRecord)
    assert (record.link.ref, record.link.number, record.link.posted) == (str(ORDER), "MM92", True)
    assert (record.ours, record.state, record.lines, record.total) == (ORDER, State.ACCEPTED, (), Money(0))
    assert record.placed_at == datetime(2026, 11, 27, 11, 38, 17, tzinfo=UTC)


def test_an_old_answer_is_ours_by_the_number_where_the_id_is_no_guid(tmp_path: Path) -> None:
    record = one(tmp_path, requisites(Номер_по_1С="MM92"), id="92")
    assert (record.link.ref, record.link.number, record.ours) == ("92", "MM92", "K-000042")


def test_an_order_taken_by_phone_in_1c_is_nobodys_number_here(tmp_path: Path) -> None:
    assert one(tmp_path, id="УТ-17").ours is None


def test_ids_are_in_lower_case(tmp_path: Path) -> None:
    parties = f"<Контрагенты>{buyer(CAFE.upper())}</Контрагенты>"
    record = one(tmp_path, parties, goods(line(MILK.upper(), "1", "2", "2")), id=str(ORDER).upper())
    assert (record.link.ref, record.client, record.lines[0].article) == (str(ORDER), CAFE, MILK)


def test_the_client_is_the_buyer_and_not_our_own_firm(tmp_path: Path) -> None:
    parties = f"<Контрагенты>{buyer('us', 'Продавец')}{buyer('them')}</Контрагенты>"
    assert one(tmp_path, parties).client == "them"
    assert one(tmp_path, f"<Контрагенты>{buyer('any', '')}</Контрагенты>").client == "any"
    assert one(tmp_path).client == ""


def test_lines_are_read_in_base_units_with_the_decimals_of_1c(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "<Сумма>1\u00a0234,50</Сумма>",
        goods(
            line(MILK, "2", "120.00", "240.00", "<Единица>ящ</Единица><Коэффициент>12</Коэффициент>"),
            line(f"{CHEESE}#{CHEESE}", "0,345", "300", "103.50"),
            "<Товар><Артикул>777</Артикул><ЦенаЗаЕдиницу>1.5</ЦенаЗаЕдиницу><Количество>3</Количество></Товар>",
        ),
    )
    assert record.total == Money(123450)
    assert record.lines == (
        OrderRecordLine(MILK, "Т", Decimal(24), Money(1000), Money(24000)),
        OrderRecordLine(f"{CHEESE}#{CHEESE}", "Т", Decimal("0.345"), Money(30000), Money(10350)),
        OrderRecordLine("sku:777", "", Decimal(3), Money(150), Money(450)),
    )


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"Статус_заказа": "[N] Принят"}, State.ACCEPTED),
        ({"Статус_заказа": "Не согласован", "Проведен": "true"}, State.PLACED),
        ({"Статус_заказа": "К выполнению"}, State.ACCEPTED),
        ({"Статус_заказа": "Відвантажено"}, State.SHIPPED),
        ({"Статус_заказа": "Закрыт"}, State.CLOSED),
        ({"Статус_заказа": "[F] Выполнен"}, State.CLOSED),
        ({"Статус_заказа": "[C] Отменен"}, State.CANCELLED),
        ({"Отменен": "true", "Статус_заказа": "Закрыт"}, State.CANCELLED),
        ({"ПометкаУдаления": "Истина", "Проведен": "true"}, State.CANCELLED),
        ({"Финальный_статус": "true"}, State.CLOSED),
        ({"Дата_отгрузки_по_1С": "2026-11-28", "Статус_заказа": "Открыт"}, State.SHIPPED),
        ({"Дата_отгрузки_по_1С": "0001-01-01", "Статус_заказа": "Открыт"}, State.ACCEPTED),
        ({"Дата_отгрузки_по_1С": "01.01.0001"}, None),
        ({"Проведен": "true"}, State.ACCEPTED),
        ({"Проведен": "true", "Статус_заказа": "Особливий"}, State.ACCEPTED),
        ({"Статус_заказа": "Особливий"}, None),
        ({}, None),
    ],
)
def test_the_state_is_told_by_many_requisites(tmp_path: Path, told: dict[str, str], state: State | None) -> None:
    assert one(tmp_path, requisites(**told)).state is state


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("2026-07-01", "9:05:00", datetime(2026, 7, 1, 6, 5, tzinfo=UTC)),
        ("01.07.2026", "", datetime(2026, 6, 30, 21, 0, tzinfo=UTC)),
        ("2026-11-27T08:00:00", "", datetime(2026, 11, 27, 6, 0, tzinfo=UTC)),
        ("2026-11-27T00:00:00", "0001-01-01T08:00:00", datetime(2026, 11, 27, 6, 0, tzinfo=UTC)),
        ("2026-11-27T08:00:00Z", "", datetime(2026, 11, 27, 8, 0, tzinfo=UTC)),
    ],
)
def test_times_are_kyivs_and_stand_anywhere(tmp_path: Path, day: str, time: str, moment: datetime) -> None:
    clock = f"<Время>{time}</Время>" if time else ""
    (record,) = read(tmp_path, root(answer(time="").replace("2026-11-27", day).replace("</Роль>", f"</Роль>{clock}")))
    assert isinstance(record, OrderRecord)
    assert record.placed_at == moment


def test_the_note_is_without_the_lines_that_we_wrote(tmp_path: Path) -> None:
    told = requisites(Дата_доставки="28.11.2026", Адрес_доставки="Львів")
    record = one(tmp_path, "<Комментарий>до 10\nКомора: замовлення 1\nКомора: ціни</Комментарий>", told)
    assert (record.note, record.delivery_date, record.delivery_address) == ("до 10", date(2026, 11, 28), "Львів")


def test_the_version_is_1cs_own_or_follows_from_what_is_said(tmp_path: Path) -> None:
    assert one(tmp_path, "<НомерВерсии>AAAAAAE=</НомерВерсии>").link.version == "AAAAAAE="
    first, again = one(tmp_path, requisites(Проведен="true")), one(tmp_path, requisites(Проведен="true"))
    changed = one(tmp_path, requisites(Проведен="false"))
    assert first.link.version == again.link.version != changed.link.version


def test_what_stands_in_a_container_is_read_and_what_is_no_order_is_passed_over(tmp_path: Path) -> None:
    shipment = answer(OTHER).replace("Заказ товара", "Отпуск товара")
    text = root(f"<Контейнер>{answer()}{shipment}</Контейнер><Контейнер>{answer(OTHER)}</Контейнер>")
    assert [record.ours for record in read(tmp_path, text) if isinstance(record, OrderRecord)] == [ORDER, UUID(OTHER)]


def test_windows_1251_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    declared = '<?xml version="1.0" encoding="windows-1251"?>'
    text = root(answer(str(ORDER), "<Комментарий>ґанок</Комментарий>"), prolog=declared)
    (record,) = read(tmp_path, text, "windows-1251")
    assert isinstance(record, OrderRecord)
    assert record.note == "ґанок"
    assert len(read(tmp_path, root(answer()), "utf-8-sig")) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (answer(""), "K-000042: немає Ид"),
        (answer().replace("2026-11-27", "вчора"), "K-000042: не читається «"),
        (answer().replace("2026-11-27", "0001-01-01"), "K-000042: не читається «0001-01-01»"),
        (answer(str(ORDER), goods(line(MILK, "1e5", "1", "1"))), "K-000042: не читається «1e5»"),
        (answer(str(ORDER), goods(line(MILK, "1", "NaN", "1"))), "K-000042: не читається «NaN»"),
        (answer(str(ORDER), "<Сумма>багато</Сумма>"), "K-000042: не читається «багато»"),
    ],
)
def test_an_order_that_cannot_be_read_is_named_and_the_next_is_taken(tmp_path: Path, text: str, reason: str) -> None:
    broken, good = read(tmp_path, root(text + answer(OTHER)))
    assert isinstance(broken, Unreadable)
    assert str(broken).startswith(reason)
    assert isinstance(good, OrderRecord)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + root(answer(), prolog="<!-- -->"), "document_type"),
        ("<html/>", "not_commerceml"),
        (root(answer())[:-40], "broken_xml"),
        ("", "not_commerceml"),
        (root("<Документ>" + "<а>" * 400), "broken_xml"),
        (root(f"<Документ><Ид>{'х' * 3_000_000}</Ид></Документ>"), "element_too_large"),
    ],
)
def test_a_hostile_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(BrokenPriceList) as refused:
        read(tmp_path, text)
    assert refused.value.code == code

"""Phones, mails and addresses as people enter them into 1C."""

from typing import Any

import pytest

from integrations.onec.odata.contacts import Address, Contacts, Kind, read
from integrations.onec.odata.profile import load

PROFILE = load("ut_ua")
WORK, MOBILE, DELIVERY, LEGAL, FACTUAL = (f"0000000{number}-0000-4000-8000-000000000000" for number in range(1, 6))
KINDS = {
    WORK: Kind("Робочий телефон", ""),
    MOBILE: Kind("Мобільний телефон", ""),
    DELIVERY: Kind("Адреса доставки", "АдресДоставкиКонтрагента"),
    LEGAL: Kind("Юридична адреса", ""),
    FACTUAL: Kind("Фактична адреса", ""),
}


def row(type: str, kind: str, text: str, **said: Any) -> dict[str, Any]:
    return {"Тип": type, "Вид_Key": kind, "Представление": text, **said}


def test_nothing_is_nothing() -> None:
    assert read(None, PROFILE, KINDS) == read([], PROFILE, KINDS) == Contacts("", "", ())


def test_a_mobile_phone_is_preferred() -> None:
    section = [row("Телефон", WORK, "044 123 45 67"), row("Телефон", MOBILE, "067 111-20-11")]
    assert read(section, PROFILE, KINDS).phone == "067 111-20-11"


def test_a_phone_that_is_one_is_preferred_to_one_that_is_not() -> None:
    section = [row("Телефон", MOBILE, "дзвонити Олені"), row("Телефон", WORK, "044 123 45 67")]
    assert read(section, PROFILE, KINDS).phone == "044 123 45 67"
    assert read(section[:1], PROFILE, KINDS).phone == "дзвонити Олені"


def test_the_digits_stand_in_a_field_of_their_own_sometimes() -> None:
    assert read([row("Телефон", MOBILE, "", НомерТелефона="380671112011")], PROFILE, KINDS).phone == "380671112011"


def test_a_mail_has_an_at_sign() -> None:
    section = [row("АдресЭлектроннойПочты", WORK, "немає"), row("АдресЭлектроннойПочты", WORK, "o@kava.ua")]
    assert read(section, PROFILE, KINDS).email == "o@kava.ua"


def test_deliveries_go_to_addresses_of_delivery() -> None:
    section = [
        row("Адрес", LEGAL, "вул. Юридична, 1"),
        row("Адрес", DELIVERY, "вул. Перша, 1"),
        row("Адрес", DELIVERY, "вул. Друга, 2"),
        row("Адрес", DELIVERY, " "),
    ]
    assert read(section, PROFILE, KINDS).addresses == (
        Address(DELIVERY, "вул. Перша, 1", "вул. Перша, 1"),
        Address(f"{DELIVERY}:2", "вул. Друга, 2", "вул. Друга, 2"),
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("м. Київ, вул. Хрещатик, 1/2", "вул. Хрещатик, 1/2"),
        ("79000, м. Львів, пл. Ринок, 5", "пл. Ринок, 5"),
        ("с. Тарасівка, вул. Шкільна, 3", "вул. Шкільна, 3"),
        ("селище Макарів, ринок", "ринок"),
        ("м. Київ", "м. Київ"),
        ("вул. Садова, 1", "вул. Садова, 1"),
    ],
)
def test_a_place_is_called_by_its_street(address: str, name: str) -> None:
    assert read([row("Адрес", DELIVERY, address)], PROFILE, KINDS).addresses == (Address(DELIVERY, name, address),)


def test_without_one_they_go_where_the_client_really_is() -> None:
    section = [row("Адрес", LEGAL, "вул. Юридична, 1"), row("Адрес", FACTUAL, "вул. Лугова, 1")]
    assert [address.text for address in read(section, PROFILE, KINDS).addresses] == ["вул. Лугова, 1"]
    assert [address.text for address in read(section[:1], PROFILE, KINDS).addresses] == ["вул. Юридична, 1"]


def test_kinds_need_not_be_published() -> None:
    assert read([row("Адрес", DELIVERY, "вул. Перша, 1")], PROFILE, {}).addresses == (
        Address(DELIVERY, "вул. Перша, 1", "вул. Перша, 1"),
    )

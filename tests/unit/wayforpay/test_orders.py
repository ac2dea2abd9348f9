"""An attempt to pay as the fields that are sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.errors import Rejected
from bot.domain.money import Money
from bot.domain.payment import Charge, Item
from integrations.wayforpay import WayForPaySettings
from integrations.wayforpay.orders import order_fields, phone_digits, seconds_left
from integrations.wayforpay.wire import Number

MADE = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
RETURN = "https://shop.example/wayforpay/return"


def charge(**changes: Any) -> Charge:
    said: dict[str, Any] = {
        "reference": "K-1",
        "amount": Money(34950),
        "items": (Item("Хліб", Money(10000), 3), Item("Молоко 2.5%", Money(4950))),
        "made_at": MADE,
        "lives_until": MADE + timedelta(hours=1),
    }
    return Charge(**said | changes)


def fields(**changes: Any) -> dict[str, Any]:
    settings = WayForPaySettings(
        account="test_merch_n1",
        secret=SecretStr("s"),
        domain="shop.example",
        callback_url="https://shop.example/wayforpay/callback",
        return_url=changes.pop("return_url", RETURN),
    )
    return order_fields(settings, charge(**changes), "PURCHASE")


def test_a_charge_is_sent_so() -> None:
    assert fields(
        payer_name="Олена Петрівна Шевченко", payer_email="o@example.ua", payer_phone="+380 67 123-45-67"
    ) == {
        "merchantAccount": "test_merch_n1",
        "merchantDomainName": "shop.example",
        "merchantAuthType": "SimpleSignature",
        "apiVersion": "1",
        "orderReference": "K-1",
        "orderDate": "1795773600",
        "amount": "349.5",
        "currency": "UAH",
        "productName": ["Хліб", "Молоко 2.5%"],
        "productCount": ["3", "1"],
        "productPrice": ["100", "49.5"],
        "language": "UA",
        "paymentSystems": "card;googlePay;applePay",
        "serviceUrl": "https://shop.example/wayforpay/callback",
        "returnUrl": f"{RETURN}?orderReference=K-1",
        "clientFirstName": "Олена",
        "clientLastName": "Петрівна Шевченко",
        "clientEmail": "o@example.ua",
        "clientPhone": "380671234567",
    }
    assert all(isinstance(fields()[name], Number) for name in ("amount", "orderDate", "apiVersion"))


def test_nothing_empty_is_sent() -> None:
    assert {"clientFirstName", "clientLastName", "clientEmail", "clientPhone"} & set(fields()) == set()
    assert "returnUrl" not in fields(return_url="")


@pytest.mark.parametrize(
    ("language", "code"), [("uk", "UA"), ("ru", "RU"), ("en", "EN"), ("uk-UA", "UA"), ("de", "UA"), ("", "UA")]
)
def test_a_language_has_its_code(language: str, code: str) -> None:
    assert fields(language=language)["language"] == code


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ('Кава "Львівська"; 250 г & цукор', 'Кава "Львівська"; 250 г & цукор'),
        ("Пам'ять <b>", "Пам'ять <b>"),
        ("  Хліб\n\tжитній\x00 ", "Хліб житній"),
        ("я" * 120, "я" * 120),
        ("я" * 121, "я" * 119 + "…"),
        ("", "K-1"),
        ("\n", "K-1"),
    ],
)
def test_a_name_is_sent_as_it_is_on_one_line(name: str, sent: str) -> None:
    assert fields(items=(Item(name, Money(34950)),))["productName"] == [sent]


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+380671234567", "380671234567"),
        ("067 123-45-67", "380671234567"),
        ("(067) 1234567", "380671234567"),
        ("+48 601 234 567", "48601234567"),
        ("", ""),
        ("101", ""),
        ("1" * 16, ""),
        ("٠٦٧١٢٣٤٥٦٧", ""),
    ],
)
def test_a_phone_is_digits_with_the_code_of_the_country(phone: str, digits: str) -> None:
    assert phone_digits(phone) == digits


@pytest.mark.parametrize("email", ["", "x", "a b@example.ua", "@", "a@"])
def test_what_is_no_address_of_mail_is_not_sent(email: str) -> None:
    assert "clientEmail" not in fields(payer_email=email)


def test_a_return_address_too_long_for_the_name_goes_without_it() -> None:
    url = "https://shop.example/" + "x" * 230
    assert fields(return_url=url)["returnUrl"] == url
    assert fields(return_url=f"{RETURN}?a=1")["returnUrl"] == f"{RETURN}?a=1&orderReference=K-1"
    assert fields(reference="K#1")["returnUrl"] == f"{RETURN}?orderReference=K%231"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "K;1"}, "reference"),
        ({"reference": "К-1"}, "reference"),
        ({"reference": "K-1\n"}, "reference"),
        ({"reference": "K" * 101}, "reference"),
        ({"amount": Money(0), "items": ()}, "amount"),
        ({"amount": Money(34950, "USD")}, "amount"),
        ({"amount": Money(34951)}, "items"),
        ({"items": ()}, "items"),
        ({"items": (Item("x", Money(34950), 0),)}, "items"),
        ({"items": (Item("x", Money(44950)), Item("знижка", Money(-10000)))}, "amount"),
    ],
)
def test_a_charge_that_cannot_be_sent_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        fields(**changes)
    assert refusal.value.code == code


def test_life_is_counted_from_now() -> None:
    assert seconds_left(charge(), MADE, "PURCHASE") == "3600"
    assert seconds_left(charge(), MADE + timedelta(minutes=59, seconds=58.5), "PURCHASE") == "1"
    with pytest.raises(Rejected) as refusal:
        seconds_left(charge(), MADE + timedelta(hours=1), "PURCHASE")
    assert refusal.value.code == "expired"

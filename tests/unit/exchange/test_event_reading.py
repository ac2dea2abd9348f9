"""A call-back as 1C writes it, clean or not."""

import json
from typing import Any

import pytest

from bot.domain.accounting import AccountingEvent, Subject
from bot.domain.signing import DocumentKind
from integrations.onec.exchange.events import Malformed, read

MESSAGE = "5d0c2b1a-0f4e-4b0e-9d53-6d1e2a7b9c01"
REF = "0b6f5a3e-7c1d-4f52-9a65-3d1f6f1c0a01"


def message(**changes: Any) -> dict[str, Any]:
    plain = {"message_id": MESSAGE, "sent_at": "2026-11-27T10:00:00", "type": "order.changed", "object": {"ref": REF}}
    return plain | changes


def told(**changes: Any) -> AccountingEvent | None:
    return read(json.dumps(message(**changes)).encode())[1]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("order.changed", Subject.ORDERS),
        ("price.changed", Subject.PRICES),
        ("stock.changed", Subject.STOCK),
        ("counterparty.changed", Subject.CLIENTS),
        ("article.changed", Subject.CATALOGUE),
        ("payment.received", Subject.RECEIVABLES),
        ("shipment.posted", Subject.RECEIVABLES),
        (" Order.Posted ", Subject.ORDERS),
    ],
)
def test_a_type_says_what_it_is_about(kind: str, subject: Subject) -> None:
    assert told(type=kind) == AccountingEvent(MESSAGE, subject, REF)


def test_an_unknown_type_is_no_event_but_has_its_id() -> None:
    assert read(json.dumps(message(type="weather.changed")).encode()) == (MESSAGE, None)


def test_oddities_of_1c_do_no_harm() -> None:
    odd = {
        "ref": "{" + REF.upper() + "}", "version": "1\u00a0234,50", "number": 42, "date": "0001-01-01T00:00:00",
        "posted": "Истина", "deleted": "Ложь",
    }  # fmt: skip
    body = b"\xef\xbb\xbf" + json.dumps(message(object=odd, message_id=MESSAGE.upper(), sent_at="")).encode()
    assert read(body) == (MESSAGE.upper(), AccountingEvent(MESSAGE, Subject.ORDERS, REF))


@pytest.mark.parametrize(
    "what", [None, {}, [], 5, {"ref": None}, {"ref": ""}, {"ref": 7}, {"ref": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}]
)
def test_an_object_that_is_not_said_is_none(what: Any) -> None:
    assert told(object=what) == AccountingEvent(MESSAGE, Subject.ORDERS, None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "тіло не є об'єктом JSON у UTF-8"),
        (b"\xff\xfe", "тіло не є об'єктом JSON у UTF-8"),
        (b"[]", "тіло не є об'єктом JSON у UTF-8"),
        (b"[" * 30_000, "тіло не є об'єктом JSON у UTF-8"),
        (b'{"a":' + b"9" * 5000 + b"}", "тіло не є об'єктом JSON у UTF-8"),
        (b"{}", "потрібне поле message_id: рядок до 100 знаків"),
        (b'{"message_id": 5}', "потрібне поле message_id: рядок до 100 знаків"),
        (b'{"message_id": "' + b"a" * 101 + b'"}', "потрібне поле message_id: рядок до 100 знаків"),
        (b'{"message_id": "a\\u0000"}', "потрібне поле message_id: рядок до 100 знаків"),
        (b'{"message_id": "a"}', "потрібне поле type: рядок, наприклад order.changed"),
        (b'{"message_id": "a", "type": null}', "потрібне поле type: рядок, наприклад order.changed"),
    ],
)
def test_a_malformed_message_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Malformed) as refused:
        read(body)
    assert str(refused.value) == reason


def test_a_press_for_a_contract_names_the_client() -> None:
    _, event = read(b'{"message_id": "m", "type": "Contract.Wanted", "object": {"ref": "c1"}}')
    assert event is not None
    assert (event.subject, event.ref, event.wanted) == (Subject.CLIENTS, "c1", DocumentKind.CONTRACT)
    _, changed = read(b'{"message_id": "m", "type": "contract.changed", "object": {"ref": "c1"}}')
    assert changed is not None and changed.wanted is None

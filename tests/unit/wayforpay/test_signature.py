"""The signature against vectors of the gateway's documentation, of its own code and of foreign clients."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.money import Money
from integrations.wayforpay.models import Answer
from integrations.wayforpay.signature import (
    ACCEPTED,
    MONEY,
    MOVED,
    NAMED,
    PERIOD,
    PURCHASE,
    STATE,
    is_signed,
    signature,
    signed,
)
from integrations.wayforpay.wire import Number, Value, amount_text, decoded, encoded, form

SECRET = "flk3409refn54t54t*FNJRET"
ORDERS: dict[str, Sequence[str]] = {
    "purchase": PURCHASE,
    "charge": PURCHASE,
    "create_invoice": PURCHASE,
    "remove_invoice": NAMED,
    "check_status": NAMED,
    "refund": MONEY,
    "settle": MONEY,
    "transaction_list": PERIOD,
    "callback": STATE,
    "status_response": STATE,
    "refund_response": MOVED,
    "ack": ACCEPTED,
}
VECTORS: list[dict[str, Any]] = decoded((Path(__file__).parent / "vectors.json").read_bytes())["vectors"]


def test_there_are_all_the_vectors() -> None:
    assert len(VECTORS) == 18
    assert {vector["operation"] for vector in VECTORS} == set(ORDERS)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_the_signature_is_that_of_the_vector(vector: dict[str, Any]) -> None:
    order = ORDERS[vector["operation"]]
    assert signed(vector["secret"], vector["fields"], order) == vector["expected"]
    assert signature(vector["secret"], vector["base"].split(";")) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_what_is_signed_is_what_is_sent_as_json(vector: dict[str, Any]) -> None:
    sent = decoded(encoded(vector["fields"]))
    assert signed(vector["secret"], sent, ORDERS[vector["operation"]]) == vector["expected"]


@pytest.mark.parametrize("vector", [one for one in VECTORS if ORDERS[one["operation"]] is STATE])
def test_a_vector_of_a_state_is_believed(vector: dict[str, Any]) -> None:
    said = vector["fields"] | {"merchantSignature": vector["expected"].upper()}
    assert Answer.model_validate(said).is_state_of(vector["secret"])
    assert not Answer.model_validate(said).is_state_of("another secret")


@pytest.mark.parametrize("name", STATE)
def test_every_field_of_a_state_is_under_the_signature(name: str) -> None:
    (vector,) = [one for one in VECTORS if one["id"] == "C1_callback_approved"]
    said = vector["fields"] | {"merchantSignature": vector["expected"]}
    assert not Answer.model_validate(said | {name: Number("1")}).is_state_of(SECRET)
    assert not Answer.model_validate({key: value for key, value in said.items() if key != name}).is_state_of(SECRET)


def test_an_absent_value_and_null_keep_their_place() -> None:
    (vector,) = [one for one in VECTORS if one["id"] == "C2_callback_wallet_empty_pan"]
    said = vector["fields"] | {"merchantSignature": vector["expected"], "cardPan": None}
    assert Answer.model_validate(said).is_state_of(SECRET)
    del said["cardPan"]
    assert Answer.model_validate(said).is_state_of(SECRET)


def test_an_amount_written_longer_than_it_was_signed_is_the_same_amount() -> None:
    (vector,) = [one for one in VECTORS if one["id"] == "C1_callback_approved"]
    said = vector["fields"] | {"merchantSignature": vector["expected"]}
    assert Answer.model_validate(said | {"amount": Number("349.50")}).is_state_of(SECRET)
    assert not Answer.model_validate(said | {"amount": Number("349.51")}).is_state_of(SECRET)


def test_a_semicolon_in_a_value_is_no_way_to_shift_the_others() -> None:
    values = ["acc", "R-1", "10", "UAH", "1", "44****1111", "Declined", "1104"]
    given = signature(SECRET, values)
    assert is_signed(SECRET, values, given)
    assert not is_signed(SECRET, ["acc", "R-1", "10", "UAH;1", "44****1111", "Declined", "1104"], given)


@pytest.mark.parametrize("given", ["", "é", "\ud800", "0" * 32, "0" * 100_000])
def test_what_is_no_signature_is_refused_quietly(given: str) -> None:
    assert not is_signed(SECRET, ["a"], given)


@pytest.mark.parametrize(
    ("kopiykas", "text"),
    [
        (100_000, "1000"),
        (1010, "10.1"),
        (1001, "10.01"),
        (4950, "49.5"),
        (30, "0.3"),
        (5, "0.05"),
        (0, "0"),
        (-150, "-1.5"),
    ],
)
def test_an_amount_is_written_as_php_prints_it(kopiykas: int, text: str) -> None:
    assert amount_text(Money(kopiykas)) == text


_names = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4)


@settings(deadline=None)
@given(st.integers(1, 10**15), _names, st.integers(1, 9999))
def test_any_amount_and_any_name_are_signed_as_they_are_sent(kopiykas: int, names: list[str], count: int) -> None:
    amount = amount_text(Money(kopiykas))
    body: dict[str, Value] = {
        **dict.fromkeys(PURCHASE, "x"),
        "amount": amount,
        "productName": names,
        "productCount": [Number(count)] * len(names),
        "productPrice": [amount] * len(names),
    }
    sent = decoded(encoded(body))
    assert isinstance(sent["amount"], Number)
    assert signed(SECRET, sent, PURCHASE) == signed(SECRET, body, PURCHASE)
    assert Money.read(sent["amount"]) == Money(kopiykas)


def test_a_list_of_a_form_is_its_name_with_brackets() -> None:
    assert form({"amount": Number("1"), "productName": ["a", "b"]}) == {"amount": "1", "productName[]": ["a", "b"]}


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"null", b"{", b'{"a": NaN}', b"\xff{}", b"[" * 100_000, b'{"a":' * 99_999]
)
def test_what_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decoded(raw)


def test_a_number_of_any_length_stays_a_text() -> None:
    assert decoded(b'{"amount": ' + b"9" * 10_000 + b"}")["amount"] == "9" * 10_000

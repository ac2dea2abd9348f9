"""The signature against vectors of the official SDK, the documentation and foreign clients."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sandbox.wayforpay import signature
from sandbox.wayforpay.wire import form, read, write

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_bytes(), parse_float=str)["vectors"]


def test_there_are_vectors_of_every_kind() -> None:
    assert len(VECTORS) == 18


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_signature_is_the_one_of_the_vector(vector: dict[str, Any]) -> None:
    names = vector["signature_field_order"]

    assert signature.base(vector["fields"], names) == vector["signature_base_string"]
    assert signature.sign(vector["secret"], vector["fields"], names) == vector["expected_signature"]


def test_the_case_of_a_given_signature_does_not_matter() -> None:
    fields = {"merchantAccount": "test_merch_n1", "orderReference": "INV-1479196343"}
    secret = "flk3409refn54t54t*FNJRET"

    assert signature.is_signed(secret, fields, signature.ORDER, "BC54562DC1FA928B52FD3EB0E4D36937")
    assert not signature.is_signed(secret, fields, signature.ORDER, "bc54562dc1fa928b52fd3eb0e4d36938")
    assert not signature.is_signed(secret, fields, signature.ORDER, None)


def test_numbers_of_json_stay_the_text_they_were_written_in() -> None:
    assert read(b'{"amount": 1000.00, "productPrice": [10, 10.50]}') == {
        "amount": "1000.00",
        "productPrice": ["10", "10.50"],
    }


def test_half_a_surrogate_pair_is_not_text() -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        read(b'{"productName": "\\ud800"}')


def test_amounts_are_written_as_php_writes_them() -> None:
    amounts = [Decimal("1000.00"), Decimal("10.10"), Decimal("0"), Decimal("349.5"), Decimal("1E+3")]

    assert write({"amounts": amounts, "none": None, "name": "Хліб"}) == (
        '{"amounts":[1000,10.1,0,349.5,1000],"none":null,"name":"\\u0425\\u043b\\u0456\\u0431"}'
    )


def test_arrays_of_a_form_gather_whether_numbered_or_not() -> None:
    pairs = [("productName[]", "Хліб"), ("productName[]", "Сир"), ("productPrice[0]", "1"), ("productPrice[1]", "2")]

    assert form([*pairs, ("amount", "3")]) == {
        "productName": ["Хліб", "Сир"],
        "productPrice": ["1", "2"],
        "amount": "3",
    }

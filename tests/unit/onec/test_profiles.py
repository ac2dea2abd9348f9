"""Profiles are data: whole, without a typing error, and fit for what is asked of them."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from integrations.onec.odata.config import ProfileName
from integrations.onec.odata.profile import NAMES, Profile, Table, Vat, load

WORDS = {
    "counterparty": {"name", "tax_code", "contacts"},
    "contract": {"name", "number", "date", "price_type", "payment_days"},
    "article": {"name", "sku", "base_unit"},
    "price": {"price_type", "article", "price"},
    "stock": {"warehouse", "article", "quantity"},
    "debt": {"amount", "document", "document_type"},
    "order": {"client", "organization", "currency", "total", "comment"},
    "payment": {"client", "organization", "operation", "total", "comment"},
}
PART = {"contract", "order", "document", "amount"}
LINE = {"article", "quantity", "price", "amount", "vat_amount"}


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_names_all_that_is_asked_of_it(name: ProfileName) -> None:
    profile = load(name)
    tables = dict(profile.tables())
    missing = {word: fields - tables[word].fields.keys() for word, fields in WORDS.items()}
    missing["agreement"] = set()
    if profile.agreement:
        missing["contract"] -= {"payment_days", "price_type"}
    assert {word: fields for word, fields in missing.items() if fields} == {}
    assert LINE - profile.order.lines.fields.keys() == set()
    assert PART - profile.payment.lines.fields.keys() == set()
    assert set(profile.payment.operations) == {"payment", "refund"}
    assert profile.title


@pytest.mark.parametrize("name", NAMES)
def test_every_rate_of_vat_has_its_name(name: ProfileName) -> None:
    vat = load(name).vat
    assert [vat.written(rate) for rate in (Decimal("20.00"), Decimal(7), Decimal(0), None)] == [
        "НДС20", "НДС7", "НДС0", "БезНДС",
    ]  # fmt: skip
    assert vat.written(Decimal(19)) == ""


def test_a_rate_is_read_back() -> None:
    vat = Vat(names={"20": "НДС20", "0": "НДС0", "": "БезНДС"})
    assert [vat.read(name) for name in ("НДС20", "НДС0", "БезНДС", "НДС18")] == [Decimal(20), Decimal(0), None, None]


@pytest.mark.parametrize("name", NAMES)
def test_kinds_of_debts_are_the_words_of_the_books(name: ProfileName) -> None:
    assert set(load(name).debt.kinds.values()) <= {"shipment", "order", "invoice", "opening", "other"}


def test_a_typing_error_in_a_profile_is_noticed() -> None:
    data = load("bp").model_dump(mode="python")
    with pytest.raises(ValidationError):
        Profile.model_validate(data | {"nomenclature": data["article"]})


def test_a_field_is_a_name_or_a_name_with_what_is_known_of_it() -> None:
    table = Table.model_validate({"entity": "X", "fields": {"a": "А", "b": {"name": "Б", "length": 3, "sure": False}}})
    assert (table.name("a"), table.name("b"), table.name("c")) == ("А", "Б", "")
    assert (table.cut("a", "абвг"), table.cut("b", "абвг"), table.cut("c", "абвг")) == ("абвг", "абв", "абвг")
    assert table.read({"Б": 5}, "b") == 5

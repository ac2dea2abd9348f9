"""Addresses: percent signs and UTF-8, never a plus, nothing in the path that a web server spoils."""

from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.onec.odata.literals import is_one_of
from integrations.onec.odata.pages import chunk_of
from integrations.onec.odata.url import LONGEST_QUERY, address

ROOT = "https://1c.example.ua/base/odata/standard.odata"
REF = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
ANYTHING = st.text(st.characters(min_codepoint=32, codec="utf-8"))


def test_cyrillic_is_utf_8_and_a_space_is_percent_20() -> None:
    written = address(ROOT, "Catalog_Валюты", (("$filter", "Code eq '980'"), ("$top", "1")))
    assert written == (f"{ROOT}/Catalog_%D0%92%D0%B0%D0%BB%D1%8E%D1%82%D1%8B?$filter=Code%20eq%20'980'&$top=1")


def test_a_key_stands_in_the_path() -> None:
    assert address(ROOT, f"Document_X(guid'{REF}')/Post") == f"{ROOT}/Document_X(guid'{REF}')/Post"


@given(st.lists(st.tuples(st.sampled_from(["$filter", "$select", "Condition"]), ANYTHING), min_size=1))
def test_every_value_arrives_as_it_was_and_without_a_plus(query: list[tuple[str, str]]) -> None:
    written = address(ROOT, "Catalog_X", query).partition("?")[2]
    assert "+" not in written
    assert " " not in written
    pairs = [pair.partition("=") for pair in written.split("&")]
    assert [(name, unquote(value)) for name, _, value in pairs] == query


@given(ANYTHING)
def test_the_client_of_http_sends_the_same_address(said: str) -> None:
    written = httpx.URL(address(ROOT, "Catalog_X", (("$filter", said),)))
    query = written.query.decode("ascii")
    assert "+" not in query
    assert unquote(query) == f"$filter={said}"


@pytest.mark.parametrize("spoilt", ["Catalog_X('a?b')", "Catalog_X('a+b')", "Catalog_X('a\\b')", "Catalog_X('a\nb')"])
def test_what_a_web_server_would_spoil_is_not_sent_in_the_path(spoilt: str) -> None:
    with pytest.raises(ValueError, match="corrupts"):
        address(ROOT, spoilt)


def test_a_part_of_the_path_longer_than_windows_takes_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too long"):
        address(ROOT, f"InformationRegister_X/SliceLast(Condition='{'а' * 260}')")


@pytest.mark.parametrize("field", ["Ref_Key", "ДоговорКонтрагента_Key"])
@pytest.mark.parametrize("select", ["", "Ref_Key,Number,Date,СуммаДокумента", "КонтролироватьЧислоДнейЗадолженности"])
def test_a_chunk_of_references_fits_into_the_query_that_iis_takes(field: str, select: str) -> None:
    refs = [REF] * chunk_of(field, select)
    query = (
        ("$format", "application/json;odata=nometadata"),
        ("$filter", is_one_of(field, refs)),
        ("$select", select),
    )
    assert len(address("", "X", query)) < LONGEST_QUERY


def test_a_chunk_has_one_reference_however_long_the_rest_is() -> None:
    assert chunk_of("Ref_Key", "КонтролироватьЧислоДнейЗадолженности," * 20) == 1

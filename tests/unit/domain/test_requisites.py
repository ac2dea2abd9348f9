"""Codes and phones against vectors that were computed apart from this program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requisites import ClientKind, phone, tax_code

EDRPOU = [
    *("14360570", "00032129", "21133352", "31451288", "32855961", "30000005", "59999994", "60000006"),
    *("79229603", "90833945", "73465348"),  # whose first sum leaves 10 and is computed anew
    "33527490",  # which leaves 10 twice
]
RNOKPP = ["1759013776", "2530414071", "3121212350", "3287304821", "3658407777", "1234567899"]


@pytest.mark.parametrize("code", EDRPOU)
def test_an_edrpou_is_taken_with_its_leading_zeros(code: str) -> None:
    assert tax_code(code, ClientKind.LEGAL) == code


@pytest.mark.parametrize(
    "code", ["14360571", "32855968", "1436057", "143605700", "00000000", "", "1436057О", "14360570x"]
)
def test_a_wrong_edrpou_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        tax_code(code, ClientKind.LEGAL)


@pytest.mark.parametrize("code", RNOKPP)
def test_a_rnokpp_is_taken(code: str) -> None:
    assert tax_code(code, ClientKind.FOP) == code


@pytest.mark.parametrize("code", ["1759013770", "1234567890", "175901377", "0000000000", "АБ123456", ""])
def test_a_wrong_rnokpp_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        tax_code(code, ClientKind.FOP)


@pytest.mark.parametrize("code", ["1436 0570", " 14360570\n", "14-360-570", "14360570\u00a0"])
def test_spaces_and_dashes_in_a_code_do_not_matter(code: str) -> None:
    assert tax_code(code, ClientKind.LEGAL) == "14360570"


def test_a_code_of_one_kind_is_not_of_the_other() -> None:
    with pytest.raises(ValueError, match="14360570"):
        tax_code("14360570", ClientKind.FOP)
    with pytest.raises(ValueError, match="1759013776"):
        tax_code("1759013776", ClientKind.LEGAL)


@given(first=st.integers(1, 9_999_999), kind=st.just(ClientKind.LEGAL))
def test_of_ten_last_digits_one_is_right(first: int, kind: ClientKind) -> None:
    assert sum(_is_code(f"{first:07d}{last}", kind) for last in range(10)) == 1


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+380671234567", "+380671234567"),
        ("0671234567", "+380671234567"),
        ("380671234567", "+380671234567"),
        ("+38 (067) 123-45-67", "+380671234567"),
        ("067 123 45 67", "+380671234567"),
        ("8 067 123 45 67", "+380671234567"),
        ("80671234567", "+380671234567"),
        ("+380501112233", "+380501112233"),
        ("+380931234567", "+380931234567"),
        ("+380441234567", "+380441234567"),
        ("0800500500", "+380800500500"),
        ("тел. 067-123-45-67", "+380671234567"),
        ("+48 512 345 678", "+48512345678"),
    ],
)
def test_phones_as_people_write_them(written: str, number: str) -> None:
    assert phone(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "+38067123456",
        "+380001234567",
        "+380111234567",
        "12345",
        "ні",
        "+",
        "++380671234567" * 9,
        "0" * 40,
        "1" * 10_000,
    ],
)
def test_what_is_no_phone_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(ValueError) as refusal:
        phone(written)
    assert str(refusal.value) == "not a phone"


@given(text=st.text(max_size=40) | st.text("+0123456789 ()-٣", max_size=40))
def test_any_text_is_a_phone_in_e164_or_refused(text: str) -> None:
    try:
        number = phone(text)
    except ValueError:
        return
    assert number.startswith("+")
    assert number[1:].isascii()
    assert number[1:].isdigit()
    assert phone(number) == number


def _is_code(text: str, kind: ClientKind) -> bool:
    try:
        return tax_code(text, kind) == text
    except ValueError:
        return False

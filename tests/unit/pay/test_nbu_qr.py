"""The payment QR: its lines to the byte, what does not fit, and the picture read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money
from bot.domain.nbu_qr import BYTES_MOST, link, payload
from bot.domain.payment import Payee
from bot.web.pay.picture import picture
from tests.unit.pay.decoding import lines_of, modules, read_svg

IBAN = "UA723220010000026002360009669"
COMPANY = Payee("ТОВ «Смачна гуртівня»", "32855961", IBAN)
SUM = Money.of("590")


def test_the_lines_are_the_banks_to_the_byte() -> None:
    assert payload(COMPANY, SUM, "За замовлення № К-36, їжа й ґрунт") == (
        b"BCD\r\n002\r\n2\r\nUCT\r\n\r\n"
        b"\xd2\xce\xc2 \xab\xd1\xec\xe0\xf7\xed\xe0 \xe3\xf3\xf0\xf2\xb3\xe2\xed\xff\xbb\r\n"
        b"UA723220010000026002360009669\r\nUAH590.00\r\n32855961\r\n\r\n\r\n"
        b"\xc7\xe0 \xe7\xe0\xec\xee\xe2\xeb\xe5\xed\xed\xff \xb9 \xca-36, \xbf\xe6\xe0 \xe9 \xb4\xf0\xf3\xed\xf2"
        b"\r\n\r\n"
    )


def test_the_link_is_base64_for_addresses_without_padding() -> None:
    made = link(COMPANY, SUM, "За борщ")
    assert made == (
        "https://bank.gov.ua/qr/"
        "QkNEDQowMDINCjINClVDVA0KDQrSzsIgq9Hs4Pft4CDj8_Dys-Lt_7sNClVBNzIzMjIwMDEwMDAwMDI2MDAyMzYwMDA5NjY5DQpVQUg1OTAu"
        "MDANCjMyODU1OTYxDQoNCg0Kx-Ag4e7w-Q0KDQo"
    )
    assert lines_of(made)[11] == "За борщ"


def test_another_door_of_a_bank_takes_the_same_data() -> None:
    made = link(COMPANY, SUM, "За борщ", base="https://send.monobank.ua/qr/")
    assert made == link(COMPANY, SUM, "За борщ").replace("bank.gov.ua", "send.monobank.ua")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Сплата\r\nUA99\nза товар", "Сплата UA99 за товар"),
        ("Кав\u02bcярня 🍕 «Обрій»", "Кав’ярня «Обрій»"),
        ("1\u00a0234,50\u202fгрн − борг", "1 234,50 грн - борг"),
        ("и\u0306од, і\u0308жа", "йод, їжа"),
        ("\x00табуляція\tй нуль\x07", "табуляція й нуль"),
    ],
)
def test_a_purpose_is_one_line_of_letters_that_the_encoding_has(written: str, line: str) -> None:
    assert lines_of(link(COMPANY, SUM, written))[11:] == [line, "", ""]


def test_a_long_purpose_loses_its_end_by_whole_words() -> None:
    purpose = "Оплата за замовлення К-000123, " + "товар " * 60
    made = payload(COMPANY, Money.of("12345.50"), purpose)
    kept = made.decode("cp1251").split("\r\n")[11]
    assert (len(made), len(kept)) == (327, 222)
    assert kept == ("Оплата за замовлення К-000123, " + "товар " * 32).rstrip()


def test_a_name_has_140_letters_and_a_word_without_spaces_is_cut() -> None:
    lines = lines_of(link(Payee("Ш" * 150, "1234567890", IBAN), SUM, "щ" * 500))
    assert (lines[5], lines[8], lines[11]) == ("Ш" * 140, "1234567890", "щ" * 107)


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money.of(5, "EUR")])
def test_what_is_no_sum_in_hryvnias_is_refused(amount: Money) -> None:
    with pytest.raises(ValueError, match="no transfer"):
        payload(COMPANY, amount, "За борщ")


@pytest.mark.parametrize(
    ("edrpou", "iban", "wrong"),
    [
        ("32855961", "UA723220010000026002360009668", "iban"),
        ("32855961", "UA72 322001 0000026002360009669", "iban"),
        ("32855961", "PL61109010140000071219812874", "iban"),
        ("", IBAN, "edrpou"),
        ("3285596", IBAN, "edrpou"),
    ],
)
def test_a_payee_to_whom_nothing_would_come_is_refused(edrpou: str, iban: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        Payee("ТОВ", edrpou, iban)


def test_a_payee_without_an_iban_needs_no_code_and_gives_no_transfer() -> None:
    with pytest.raises(ValueError, match="no transfer"):
        link(Payee("ТОВ", ""), SUM, "За борщ")


@given(st.text(max_size=200), st.text(max_size=600), st.integers(1, 10**13))
def test_any_words_make_a_readable_transfer(name: str, purpose: str, kopiykas: int) -> None:
    made = payload(Payee(name, "32855961", IBAN), Money(kopiykas), purpose)
    lines = made.decode("cp1251").split("\r\n")
    assert len(made) <= BYTES_MOST
    assert [lines[0], *lines[6:9], len(lines)] == ["BCD", IBAN, f"UAH{Money(kopiykas).amount}", "32855961", 14]


@pytest.mark.parametrize("purpose", ["За борщ", "Оплата за замовлення К-000123", "товар " * 70])
def test_the_picture_is_read_back_under_its_sign(purpose: str) -> None:
    made = link(COMPANY, Money.of("12345.50"), purpose)
    assert read_svg(picture(made)) == made


@pytest.mark.parametrize(("letters", "side"), [(1, 57), (213, 57), (214, 61), (465, 85)])
def test_the_picture_is_of_version_10_to_17(letters: int, side: int) -> None:
    assert modules(picture("a" * letters)) == side


def test_the_sign_is_in_the_middle_of_a_white_circle() -> None:
    assert '<g transform="translate(32.5 32.5)"' in picture("a")
    assert '<circle r="5.13" fill="#fff"/>' in picture("a")

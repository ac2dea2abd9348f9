"""Lines that managers type of a client, read as fields."""

import pytest

from bot.domain.template.requisites import LONGEST, TYPED, BadRequisite, Requisites, read


def test_lines_are_read_whatever_their_letters_and_spaces() -> None:
    assert read("  Підписант :  Коваленко  Ірина\n\nПосада у родовому: директорки\nпосада в родовому: директорки") == {
        "signer": "Коваленко Ірина", "position_genitive": "директорки",
    }  # fmt: skip


def test_a_dash_takes_a_value_away_and_dots_were_left_as_they_stood() -> None:
    assert read("адреса: -\nбанк: –\nпідписант: …") == {"address": "", "bank": ""}


def test_what_has_a_form_is_brought_to_it() -> None:
    assert read("телефон: 067 123-45-67\nрахунок: ua21 3223 1300 0002 6007 2335 6600 1\nіпн: 215607626101") == {
        "phone": "+380671234567", "iban": "UA213223130000026007233566001", "vat": "215607626101",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Статуту", "підстава:", "директор: Іван", "телефон: 12", "пошта: десь там", "пошта: a@b",
        "рахунок: UA213223130000026007233566002", "іпн: 12", "адреса: " + "а" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_a_line_that_is_not_understood_is_named(line: str) -> None:
    with pytest.raises(BadRequisite) as told:
        read(f"підстава: Статуту\n{line}")
    assert told.value.line == line


def test_every_name_fills_a_field() -> None:
    assert set(TYPED.values()) == set(Requisites.__dataclass_fields__)

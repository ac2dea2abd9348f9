"""How many parts a text takes."""

import pytest

from sandbox.atompark.segments import parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("a" * 70 + "№", 2),
    ],
)
def test_gsm_letters_and_utf16_units_are_counted_apart(text: str, expected: int) -> None:
    assert parts(text) == expected

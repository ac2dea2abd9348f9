"""What a text costs, in parts."""

import pytest

from bot.domain.sms import segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a", 1),
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
        ("Привіт 🙂", 1),
        ("Привіт 🙂" + "я" * 61, 1),
        ("Привіт 🙂" + "я" * 62, 2),
        ("a" * 69 + "№", 1),
        ("a" * 70 + "№", 2),
        ("a" * 70 + "’", 2),
        ("a" * 70 + "«", 2),
        ("a" * 70 + "—", 2),
        ("{}" * 40, 1),
        ("{}" * 40 + "a", 2),
    ],
)
def test_a_text_has_so_many_parts(text: str, parts: int) -> None:
    assert segments(text) == parts

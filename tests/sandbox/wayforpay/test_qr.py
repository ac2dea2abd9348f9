"""The QR code against one that a foreign library drew."""

import zlib

import pytest

from sandbox.wayforpay import qr

ADDRESS = "http://127.0.0.1:8080/wayforpay/invoice/9aa01b01b6c54"
FOREIGN = (
    "11111110001101110001001111111",
    "10000010000101011011101000001",
    "10111010100100010001001011101",
    "10111010000110100010001011101",
    "10111010000110110011101011101",
    "10000010011100010101001000001",
    "11111110101010101010101111111",
    "00000000111001101111000000000",
    "11101111111011000100011000100",
    "01111101011011001010011101001",
    "01110110100000001010110010111",
    "10001100010101101111011101010",
    "00110110101001111101001101011",
    "01010100110000001100001101101",
    "01111011000011000100101000011",
    "10100001001101110101010011010",
    "01101111000001111100001000011",
    "01001000000000101000011100101",
    "10110110101010100100110101011",
    "01001100100001101111011001010",
    "10011011111011011101111110000",
    "00000000100011000110100010111",
    "11111110111000100111101011011",
    "10000010110101110101100011000",
    "10111010100001010100111111011",
    "10111010010001001111110011001",
    "10111010101010100010010011101",
    "10000010101101110100110111010",
    "11111110111001101100111011011",
)


def test_it_is_drawn_as_a_foreign_library_draws_it() -> None:
    assert tuple("".join(map(str, row)) for row in qr.matrix(ADDRESS)) == FOREIGN


@pytest.mark.parametrize(("length", "side"), [(53, 29), (54, 33), (79, 37), (134, 41)])
def test_a_longer_text_takes_a_larger_code(length: int, side: int) -> None:
    assert len(qr.matrix("a" * length)) == side


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr.matrix("a" * 135)


def test_the_picture_has_a_quiet_zone_and_whole_dots() -> None:
    picture = qr.png(ADDRESS, 200)

    side = int.from_bytes(picture[16:20], "big")
    start = picture.index(b"IDAT") + 4
    rows = zlib.decompress(picture[start : picture.index(b"IEND") - 8])
    assert side == (29 + 8) * 5
    assert len(rows) == side * (side + 1)
    first_dark = rows[20 * (side + 1) :][: side + 1]
    assert (
        first_dark
        == b"\0" + b"\xff" * 20 + b"".join((b"\xff", b"\0")[int(one)] * 5 for one in FOREIGN[0]) + b"\xff" * 20
    )

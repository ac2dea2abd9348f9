"""Pictures made small with a palette."""

import struct
import zlib

from sandbox.horeca.drawing.png import with_palette

RED, BLUE, WHITE = b"\xff\x00\x00", b"\x00\x00\xff", b"\xff\xff\xff"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def rgb_png(width: int, filtered_rows: list[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, len(filtered_rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(filtered_rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_each_filter_of_png_is_undone_and_colours_are_numbered_from_the_commonest() -> None:
    unfiltered = b"\0" + RED + RED + BLUE
    from_the_left = b"\1" + RED + b"\0\0\0" + b"\x01\x00\xff"
    from_above = b"\2" + bytes(9)
    from_the_average = b"\3" + b"\x80\x00\x00" + b"\x00\x00\x00" + b"\x81\x00\x80"
    by_paeth = b"\4" + b"\0\xff\xff" + b"\0\0\0" + b"\xff\0\0"

    small = with_palette(rgb_png(3, [unfiltered, from_the_left, from_above, from_the_average, by_paeth]))

    palette, pixels = small[41:50], zlib.decompress(small[62:-16])
    assert small[16:29] == struct.pack(">IIBBBBB", 3, 5, 8, 3, 0, 0, 0)
    assert palette == RED + BLUE + WHITE
    assert [list(pixels[start + 1 : start + 4]) for start in range(0, 20, 4)] == [
        [0, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
        [2, 2, 2],
    ]


def test_colours_that_look_the_same_share_a_place_in_the_palette() -> None:
    nearly_red = b"\xfd\x01\x01"

    small = with_palette(rgb_png(3, [b"\0" + RED + RED + nearly_red]))

    assert small[33:44] == struct.pack(">I", 3) + b"PLTE" + RED

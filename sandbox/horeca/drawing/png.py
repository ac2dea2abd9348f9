"""PNG files made small: the colours of a flat picture fit a palette of 256."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE_SIZE = 256
NEAR = 18  # squared distance under which two colours look the same
CHANNELS = {2: 3, 6: 4}  # bytes of a pixel by PNG colour type: RGB, RGBA

Color = tuple[int, int, int]


def with_palette(png: bytes) -> bytes:
    """Return an opaque 8-bit RGB or RGBA picture, as a browser renders it, as a palette PNG."""
    header, data = _header_and_data(png)
    width, height = struct.unpack(">II", header[:8])
    channels = CHANNELS[header[9]]
    rows = [list(_colors(row, channels)) for row in _rows(zlib.decompress(data), width * channels, channels)]
    counts = Counter(color for row in rows for color in row)
    palette = _palette(counts)
    index = {color: min(range(len(palette)), key=lambda i: _distance(palette[i], color)) for color in counts}
    pixels = b"".join(b"\0" + bytes(index[color] for color in row) for row in rows)
    return (
        SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(channel for color in palette for channel in color))
        + _chunk(b"IDAT", zlib.compress(pixels, 9))
        + _chunk(b"IEND", b"")
    )


def _header_and_data(png: bytes) -> tuple[bytes, bytes]:
    position, header, data = len(SIGNATURE), b"", b""
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        kind, content = png[position + 4 : position + 8], png[position + 8 : position + 8 + length]
        header = content if kind == b"IHDR" else header
        data += content if kind == b"IDAT" else b""
        position += length + 12
    return header, data


def _rows(data: bytes, stride: int, step: int) -> Iterator[bytearray]:
    """Undo the five filters of PNG (chapter 9 of its specification)."""
    above = bytearray(stride)
    for start in range(0, len(data), stride + 1):
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, corner = (row[i - step], above[i - step]) if i >= step else (0, 0)
            predicted = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]
            row[i] = (row[i] + predicted) & 255
        yield row
        above = row


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))


def _colors(row: bytearray, channels: int) -> Iterator[Color]:
    return zip(row[0::channels], row[1::channels], row[2::channels], strict=True)


def _palette(counts: Counter[Color]) -> list[Color]:
    """Return the commonest colours, leaving out those that look like a commoner one."""
    chosen: list[Color] = []
    for color, _ in counts.most_common():
        if all(_distance(color, other) > NEAR for other in chosen):
            chosen.append(color)
        if len(chosen) == PALETTE_SIZE:
            break
    return chosen


def _distance(first: Color, second: Color) -> int:
    return (first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2 + (first[2] - second[2]) ** 2


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

"""A QR code (ISO/IEC 18004) of a short text: bytes, level L, versions 3 to 6, mask 0, as a PNG."""

import zlib
from collections.abc import Iterator

VERSIONS = ((3, 55, 15, 1), (4, 80, 20, 1), (5, 108, 26, 1), (6, 136, 18, 2))
"""Version, data codewords, error correction codewords of a block, blocks."""
QUIET = 4
MOST_DOTS = 1000
FORMAT = 0b111011111000100
"""Level L, mask 0, with its own error correction and the fixed mask of format bits."""
Grid = list[list[int]]
FREE = 2


def png(text: str, width: int) -> bytes:
    """Black on white with a quiet zone, a whole number of dots to a module. Raises ValueError past 134 bytes."""
    grid = matrix(text)
    scale = max(1, min(width, MOST_DOTS) // (len(grid) + 2 * QUIET))
    side = (len(grid) + 2 * QUIET) * scale
    blank = [bytes(1) + b"\xff" * side] * (QUIET * scale)
    rows: list[bytes] = [*blank]
    for line in grid:
        dots = b"".join(bytes([0 if dark else 255]) * scale for dark in [0] * QUIET + line + [0] * QUIET)
        rows += [bytes(1) + dots] * scale
    head = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    data = zlib.compress(b"".join(rows + blank))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def matrix(text: str) -> Grid:
    """Modules by rows, 1 is dark."""
    raw = text.encode()
    found = next((one for one in VERSIONS if len(raw) + 2 <= one[1]), None)
    if found is None:
        raise ValueError("the text is too long for this QR code")
    version, room, checks, blocks = found
    grid = _frame(17 + 4 * version)
    bits = _bits(_codewords(raw, room, checks, blocks))
    for row, column in _zigzag(len(grid)):
        if grid[row][column] == FREE:
            grid[row][column] = next(bits, 0) ^ ((row + column) % 2 == 0)
    _write_format(grid)
    return grid


def _frame(side: int) -> Grid:
    """Finders, timing, the alignment square, the dark module; places of format bits are taken by zeros."""
    grid = [[FREE] * side for _ in range(side)]
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(-1, 8):
            for column in range(-1, 8):
                if 0 <= top + row < side and 0 <= left + column < side:
                    ring = max(abs(row - 3), abs(column - 3))
                    grid[top + row][left + column] = int(ring in {0, 1, 3})
    for at in range(8, side - 8):
        grid[6][at] = grid[at][6] = int(at % 2 == 0)
    for row in range(-2, 3):
        for column in range(-2, 3):
            grid[side - 7 + row][side - 7 + column] = int(max(abs(row), abs(column)) != 1)
    for row, column in (*_format_near(), *_format_far(side)):
        grid[row][column] = 0
    grid[side - 8][8] = 1
    return grid


def _format_near() -> list[tuple[int, int]]:
    """Around the upper left finder, the most significant bit first."""
    return [(8, at) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(at, 8) for at in (7, 5, 4, 3, 2, 1, 0)]


def _format_far(side: int) -> list[tuple[int, int]]:
    return [(side - 1 - at, 8) for at in range(7)] + [(8, side - 8 + at) for at in range(8)]


def _write_format(grid: Grid) -> None:
    for places in (_format_near(), _format_far(len(grid))):
        for at, (row, column) in enumerate(places):
            grid[row][column] = FORMAT >> (14 - at) & 1


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    """Pairs of columns from the right, up and down in turn, past the timing column."""
    upward = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for row in range(side - 1, -1, -1) if upward else range(side):
            yield row, right
            yield row, right - 1
        upward = not upward


def _bits(codewords: list[int]) -> Iterator[int]:
    return (one >> shift & 1 for one in codewords for shift in range(7, -1, -1))


def _codewords(raw: bytes, room: int, checks: int, blocks: int) -> list[int]:
    """Mode, length, bytes, end and padding; then the blocks and their checks interleaved."""
    number = (0b0100 << 8 | len(raw)) << 8 * len(raw) | int.from_bytes(raw, "big")
    data = list((number << 4).to_bytes(len(raw) + 2, "big"))
    data += [(0xEC, 0x11)[at % 2] for at in range(room - len(data))]
    length = room // blocks
    parts = [data[at : at + length] for at in range(0, room, length)]
    corrections = [_checks(part, checks) for part in parts]
    return [one for group in (parts, corrections) for column in zip(*group, strict=True) for one in column]


def _times(left: int, right: int) -> int:
    """In the field of 256, modulo x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    for shift in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * 0x11D
        product ^= (right >> shift & 1) * left
    return product


def _checks(data: list[int], count: int) -> list[int]:
    """The remainder by the product of (x - 2^i)."""
    divisor, root = [0] * (count - 1) + [1], 1
    for _ in range(count):
        shifted = [*divisor[1:], 0]
        divisor = [_times(one, root) ^ next_one for one, next_one in zip(divisor, shifted, strict=True)]
        root = _times(root, 2)
    rest = [0] * count
    for one in data:
        factor = one ^ rest.pop(0)
        rest.append(0)
        rest = [old ^ _times(part, factor) for old, part in zip(rest, divisor, strict=True)]
    return rest


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

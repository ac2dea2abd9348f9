"""Pictures made on the spot."""

import struct
import zlib
from pathlib import Path

from bot.conversation.screen import Photo


def picture(folder: Path, name: str, shade: int = 255) -> Photo:
    """A grey square of 8 by 8."""
    rows = (b"\0" + bytes([shade] * 8)) * 8
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    path = folder / name
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    )
    return Photo(path, name)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

"""A part of a file off the wire, bounded, onto the disk; one that does not come whole leaves nothing."""

import asyncio
from pathlib import Path

from aiohttp import ClientError, web

from integrations.onec.exchange import words
from integrations.onec.exchange.uploads import Upload, UploadRefused

READING = 300.0
"""Seconds for one part: a slow line, not a line that hangs."""
_AT_ONCE = 256 * 1024


async def receive(request: web.Request, upload: Upload, filename: str, limit: int) -> str:
    """The name under which the part was put to its file. Raises UploadRefused."""
    if (request.content_length or 0) > limit:
        raise UploadRefused(words.PART_TOO_LARGE.format(limit=limit))
    part = upload.incoming()
    try:
        async with asyncio.timeout(READING):
            await _write(request, part, limit)
        return await asyncio.to_thread(upload.add, filename, part)
    except (TimeoutError, ConnectionError, ClientError, web.RequestPayloadError) as error:
        raise UploadRefused(words.BODY_LOST) from error
    except OSError as error:
        raise UploadRefused(words.DISK) from error
    finally:
        part.unlink(missing_ok=True)  # at once: this may be a cancellation


async def _write(request: web.Request, part: Path, limit: int) -> None:
    """At most a bounded piece of it is in memory at a time."""
    written, piece = 0, bytearray()
    await asyncio.to_thread(part.write_bytes, b"")
    async for chunk in request.content.iter_chunked(64 * 1024):
        piece += chunk
        if written + len(piece) > limit:
            raise UploadRefused(words.PART_TOO_LARGE.format(limit=limit))
        if len(piece) >= _AT_ONCE:
            written += await asyncio.to_thread(_append, part, bytes(piece))
            piece.clear()
    await asyncio.to_thread(_append, part, bytes(piece))


def _append(path: Path, piece: bytes) -> int:
    with path.open("ab") as file:
        return file.write(piece)

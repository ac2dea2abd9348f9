"""Reading request bodies within bounds, whatever the application around allows."""

import json
from typing import Any

from aiohttp import web


class TooLarge(Exception):
    """The body is larger than the reader takes."""


async def read_bounded(request: web.Request, largest: int) -> bytes:
    """The raw body, at most `largest` bytes; raises `TooLarge`."""
    if request.content_length is not None and request.content_length > largest:
        raise TooLarge
    body = bytearray()
    async for chunk in request.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) > largest:
            raise TooLarge
    return bytes(body)


def parse_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`; ValueError when it is none, too deep, or has halves of characters (lone surrogates)."""
    try:
        value = json.loads(raw)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value

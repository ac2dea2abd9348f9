"""The body of a callback, whatever its content type says it is."""

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

from integrations.wayforpay.models import Answer
from integrations.wayforpay.wire import decoded

BODY_LIMIT = 256 * 1024
_READING = 5.0
_MOST_FIELDS = 500


async def bounded(request: web.Request) -> bytes:
    """The raw body. Raises 413 and 408."""
    if (request.content_length or 0) > BODY_LIMIT:
        raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, request.content_length or 0)
    raw = bytearray()
    try:
        async with asyncio.timeout(_READING):
            async for chunk in request.content.iter_chunked(64 * 1024):
                raw += chunk
                if len(raw) > BODY_LIMIT:
                    raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, len(raw))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(raw)


def read(raw: bytes) -> Answer:
    """JSON, JSON as the name of a form's field, or a form. Raises ValueError."""
    text = raw.decode("utf-8-sig").strip()
    if text.startswith("{"):
        return Answer.model_validate(decoded(text))
    fields = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    if not fields:
        raise ValueError("empty")
    name, value = fields[0]
    if name.lstrip().startswith("{"):
        return Answer.model_validate(decoded(f"{name}={value}" if value else name))
    return Answer.model_validate(dict(fields))

"""What comes over HTTP to an address of ours: read within bounds, and from whom it is."""

import asyncio
import ipaddress

from aiohttp import web

LONGEST = 64
"""An address as a proxy may write it."""


async def bounded(request: web.Request, limit: int, seconds: float) -> bytes:
    """The raw body, of at most `limit` bytes and within so many seconds. Raises 413 and 408."""
    if (request.content_length or 0) > limit:
        raise web.HTTPRequestEntityTooLarge(limit, request.content_length or 0)
    raw = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_any():
                raw += chunk
                if len(raw) > limit:
                    raise web.HTTPRequestEntityTooLarge(limit, len(raw))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(raw)


def sender(request: web.Request) -> str:
    """The address that counts: through a proxy of this machine, the one that the proxy saw."""
    address = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and is_here(address):
        return forwarded.rpartition(",")[2].strip()[:LONGEST]
    return address


def is_here(address: str) -> bool:
    """Whether it is one of this machine's own."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

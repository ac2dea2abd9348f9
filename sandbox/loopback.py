"""The door of every control side: it opens to this machine alone."""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses with 403 a peer that is not loopback, a request that a proxy passed on, a foreign host name
    (DNS rebinding) and a page of another origin."""
    local = (
        _is_loopback(request.remote or "")
        and not any(name in request.headers for name in _FORWARDED)
        and _is_loopback(_hostname(f"//{request.host}"))
        and _same_origin(request)
    )
    if not local:
        raise web.HTTPForbidden(text="The control side answers this machine only.")
    return await handler(request)


def _same_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

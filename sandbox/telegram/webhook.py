"""The webhook's settings and the rules for them."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.errors import ApiError, bad_request

Json = dict[str, Any]
PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(slots=True)
class Webhook:
    """Where updates go; `secret` is sent in a header with each."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    certificate: bool = False
    gone_since: float | None = None
    last_error: Json = field(default_factory=dict)

    def fail(self, moment: float, why: str) -> None:
        self.last_error = {"last_error_date": int(moment), "last_error_message": why}


def check_url(url: str) -> None:
    """Raises ApiError 400. Plain HTTP and any port are taken on loopback, the only place the sandbox delivers to."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _bad("Failed to resolve host: wrong URL") from None
    if is_loopback(host) and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https":
        raise _bad("An HTTPS URL must be provided for webhook")
    if port not in (None, *PORTS):
        raise _bad("Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise _bad("the sandbox delivers to loopback only")


def check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


def _bad(why: str) -> ApiError:
    return bad_request(f"bad webhook: {why}")


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine, told without asking any name server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

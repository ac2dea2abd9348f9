"""Which addresses we write to: one, in letters that every server takes."""

import re

_ADDRESS = re.compile(r"(?P<local>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@(?P<domain>[^\s@<>,;:\"()\[\]\\]{1,253})")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


def wire_address(address: str) -> str | None:
    """As it goes over the wire, a domain in other letters in its ASCII form; None for what is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None or ".." in found["local"] or found["local"].startswith(".") or found["local"].endswith("."):
        return None
    try:
        domain = found["domain"] if found["domain"].isascii() else found["domain"].encode("idna").decode("ascii")
    except UnicodeError:
        return None
    written = f"{found['local']}@{domain}"
    return written if _DOMAIN.fullmatch(domain) and len(written) <= 254 else None


def is_address(address: str) -> bool:
    return wire_address(address) is not None

"""Ids that come out the same whenever the same thing is imported."""

import re
from hashlib import sha256
from uuid import UUID, uuid5

SPACE = UUID("6b3f0c52-9d1e-5c0a-8f57-0c1d5a4e7b21")
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
SKU = "sku:"


def hex_id(external_id: str) -> str:
    """The 32 digits of a plain GUID itself, or of one made from any other id."""
    if len(external_id) == 36 and _GUID.fullmatch(external_id):
        return external_id.replace("-", "")
    return uuid5(SPACE, external_id).hex


def short_sku(external_id: str) -> str:
    """An article number for what has none: 'N-' and eight digits, always the same."""
    return f"N-{int.from_bytes(sha256(external_id.encode()).digest()[:6], 'big') % 10**8:08d}"

"""The signature of a callback: SHA1 of the secret and the id, in an order that the vendor does not state."""

import hashlib
import hmac
from enum import StrEnum, auto


class Form(StrEnum):
    """Which of the two orders a signature was made in."""

    SECRET_FIRST = auto()
    ID_FIRST = auto()


def form_of(secret: str, id: str, signature: str) -> Form | None:
    """None where it is neither; both are compared, in constant time."""
    said = signature.strip().lower().encode(errors="replace")
    secret_first = hmac.compare_digest(_sha1(secret + id), said)
    id_first = hmac.compare_digest(_sha1(id + secret), said)
    if secret_first:
        return Form.SECRET_FIRST
    return Form.ID_FIRST if id_first else None


def _sha1(text: str) -> bytes:
    return hashlib.sha1(text.encode(errors="replace"), usedforsecurity=False).hexdigest().encode()

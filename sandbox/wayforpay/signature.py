"""The merchant's signature: HMAC-MD5 over named values in a fixed order, joined by semicolons."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sandbox.wayforpay.wire import text

PURCHASE = (
    "merchantAccount",
    "merchantDomainName",
    "orderReference",
    "orderDate",
    "amount",
    "currency",
    "productName",
    "productCount",
    "productPrice",
)
"""Counts stand before prices, though forms list them the other way round."""
ORDER = ("merchantAccount", "orderReference")
MONEY = ("merchantAccount", "orderReference", "amount", "currency")
PERIOD = ("merchantAccount", "dateBegin", "dateEnd")
STATE = (
    "merchantAccount",
    "orderReference",
    "amount",
    "currency",
    "authCode",
    "cardPan",
    "transactionStatus",
    "reasonCode",
)
OUTCOME = ("merchantAccount", "orderReference", "transactionStatus", "reasonCode")
ACK = ("orderReference", "status", "time")


def base(fields: Mapping[str, Any], names: Sequence[str]) -> str:
    """The text that is signed; a list takes as many places as it has values, an absent value keeps its own."""
    return ";".join(_values(fields, names))


def sign(secret: str, fields: Mapping[str, Any], names: Sequence[str]) -> str:
    """Lower-case hex."""
    return hmac.new(secret.encode(), base(fields, names).encode(), hashlib.md5).hexdigest()


def is_signed(secret: str, fields: Mapping[str, Any], names: Sequence[str], given: object) -> bool:
    """Whether `given` is the right signature, in either case of letters."""
    expected = sign(secret, fields, names)
    return isinstance(given, str) and hmac.compare_digest(given.lower().encode(), expected.encode())


def _values(fields: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list | tuple):
            yield from map(text, value)
        else:
            yield text(value)

"""HMAC-MD5 of listed values joined by semicolons: the gateway's design, checked against its own code's vectors."""

import hmac
from collections.abc import Iterable, Mapping, Sequence

from integrations.wayforpay.wire import Value

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
"""Counts come before prices, although forms list prices first."""
NAMED = ("merchantAccount", "orderReference")
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
"""A callback, the status of an attempt, and by the documentation the answer to SETTLE."""
MOVED = ("merchantAccount", "orderReference", "transactionStatus", "reasonCode")
"""The answer to REFUND, and by the official library to SETTLE."""
ACCEPTED = ("orderReference", "status", "time")


def signature(secret: str, values: Iterable[str]) -> str:
    """Lower-case hex over the values as they are written, empty ones included."""
    return hmac.new(secret.encode(), ";".join(values).encode(errors="replace"), "md5").hexdigest()


def signed(secret: str, body: Mapping[str, Value], order: Sequence[str]) -> str:
    """The signature of a body's fields in that order; a list counts as its items."""
    values: list[str] = []
    for name in order:
        value = body[name]
        values += [value] if isinstance(value, str) else value
    return signature(secret, values)


def is_signed(secret: str, values: Sequence[str], given: str) -> bool:
    """In constant time. A semicolon inside a value would let one signature mean two things."""
    if any(";" in value for value in values):
        return False
    expected = signature(secret, values)
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode(errors="replace"))

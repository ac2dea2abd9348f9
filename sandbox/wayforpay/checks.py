"""What a request must carry before anything is done: presence, account, signature, then every value."""

import re
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlsplit

from sandbox.wayforpay.order import Wanted
from sandbox.wayforpay.refusal import Refused, missing
from sandbox.wayforpay.signature import PURCHASE, is_signed
from sandbox.wayforpay.wire import Json

LONGEST_URL = 256
LONGEST_REFERENCE = 255
LONGEST_NAME = 1000
MOST_ITEMS = 500
INVOICE_LIFETIME = 3600.0
PURCHASE_LIFETIME = 24 * 3600.0
LONGEST_LIFETIME = 366 * 24 * 3600
CURRENCIES = frozenset({"UAH", "USD", "EUR"})
LANGUAGES = frozenset({"AUTO", "UA", "RU", "EN", "DE", "ES", "IT", "PL", "FR", "RO", "LV", "SK", "CS"})
ARRAYS = ("productName", "productPrice", "productCount")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)
_DIGITS = re.compile(r"\d{1,16}", re.ASCII)
_PHONE = re.compile(r"\+?\d{9,15}", re.ASCII)
_HOST = re.compile(r"[\w.:-]+")


def signed(fields: Json, names: Sequence[str], account: str, secret: str) -> None:
    """Every value that is signed is there, the shop is ours, the signature is over the values as they were sent."""
    for name in (*names, "merchantSignature"):
        if fields.get(name) in (None, "", []):
            raise missing(name)
    if fields["merchantAccount"] != account:
        raise Refused(1121)
    if not is_signed(secret, fields, names, fields["merchantSignature"]):
        raise Refused(1113)


def purchase(given: Json, account: str, secret: str, *, invoice: bool) -> Wanted:
    """An order to be paid, by the rules of Purchase or of CREATE_INVOICE."""
    fields = given | {name: _list(given.get(name)) for name in ARRAYS}
    also = "apiVersion" if invoice else "merchantTransactionSecureType"
    if fields.get(also) in (None, ""):
        raise missing(also)
    signed(fields, PURCHASE, account, secret)
    if not invoice and fields[also] != "AUTO":
        raise Refused(1109)
    kind = _text(fields, "merchantTransactionType") or "AUTO"
    if kind not in {"AUTO", "AUTH", "SALE"} or (_text(fields, "language") or "AUTO") not in LANGUAGES:
        raise Refused(1109)
    return Wanted(
        reference=reference(fields),
        amount=amount(fields),
        currency=currency(fields),
        items=_items(fields),
        domain=_domain(fields),
        ordered_at=seconds(fields, "orderDate"),
        lifetime=_lifetime(fields, invoice=invoice),
        hold=kind == "AUTH",
        hold_lifetime=float(_seconds_or(fields, "holdTimeout", 1_728_000)),
        return_url=_url(fields, "returnUrl"),
        service_url=_url(fields, "serviceUrl"),
        order_no=_text(fields, "orderNo"),
        email=_text(fields, "clientEmail"),
        phone=_phone(fields),
        name=" ".join(filter(None, (_text(fields, "clientFirstName"), _text(fields, "clientLastName")))),
        systems=frozenset(filter(None, _text(fields, "paymentSystems").split(";"))),
    )


def reference(fields: Json) -> str:
    found = _text(fields, "orderReference")
    if not found.strip() or len(found) > LONGEST_REFERENCE:
        raise Refused(1109)
    return found


def amount(fields: Json, name: str = "amount") -> Decimal:
    """Above zero, at most two decimals that mean anything."""
    found = _decimal(fields.get(name), 1130)
    if found <= 0 or found != round(found, 2):
        raise Refused(1130)
    return found


def currency(fields: Json) -> str:
    if fields.get("currency") not in CURRENCIES:
        raise Refused(1110)
    return str(fields["currency"])


def seconds(fields: Json, name: str) -> int:
    found = fields.get(name)
    if not isinstance(found, str) or not _DIGITS.fullmatch(found):
        raise Refused(1109)
    return int(found)


def _items(fields: Json) -> tuple[tuple[str, Decimal, Decimal], ...]:
    names, prices, counts = (fields[name] for name in ARRAYS)
    if not len(names) == len(prices) == len(counts) <= MOST_ITEMS:
        raise Refused(1109)
    items = []
    for name, price, count in zip(names, prices, counts, strict=True):
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            raise Refused(1109)
        item = (name, _decimal(price, 1109), _decimal(count, 1109))
        if item[2] <= 0:
            raise Refused(1109)
        items.append(item)
    return tuple(items)


def _list(value: object) -> list[object]:
    """A single value is an array of one."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _decimal(value: object, code: int) -> Decimal:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise Refused(code)
    return Decimal(value)


def _domain(fields: Json) -> str:
    found = _text(fields, "merchantDomainName")
    host = urlsplit(found).netloc if "://" in found else found
    if not _HOST.fullmatch(host):
        raise Refused(1109)
    return found


def _url(fields: Json, name: str) -> str:
    found = _text(fields, name)
    if found and (len(found) > LONGEST_URL or urlsplit(found).scheme not in {"http", "https"}):
        raise Refused(1109)
    return found


def _phone(fields: Json) -> str:
    found = _text(fields, "clientPhone")
    if found and not _PHONE.fullmatch(found):
        raise Refused(1143)
    return found.lstrip("+")


def _lifetime(fields: Json, *, invoice: bool) -> float:
    names = ("orderTimeout", "orderLifetime") if invoice else ("orderLifetime", "orderTimeout")
    usual = INVOICE_LIFETIME if invoice else PURCHASE_LIFETIME
    found = next((name for name in names if _text(fields, name)), names[0])
    return float(_seconds_or(fields, found, int(usual)))


def _seconds_or(fields: Json, name: str, usual: int) -> int:
    if not _text(fields, name):
        return usual
    found = seconds(fields, name)
    if not 0 < found <= LONGEST_LIFETIME:
        raise Refused(1109)
    return found


def _text(fields: Json, name: str) -> str:
    found = fields.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Refused(1109)
    return found

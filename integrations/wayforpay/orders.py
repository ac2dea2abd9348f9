"""An attempt to pay as the fields of a purchase or an invoice."""

import re
from datetime import datetime
from urllib.parse import quote

from bot.domain.errors import Rejected
from bot.domain.money import Money, total
from bot.domain.payment import Charge
from integrations.wayforpay.codes import SYSTEM
from integrations.wayforpay.config import ADDRESS_LIMIT, WayForPaySettings
from integrations.wayforpay.values import CURRENCY, words
from integrations.wayforpay.wire import Number, Value, amount_text

NAME_LIMIT = 120
PERSON_LIMIT = 60
REFERENCE = "orderReference"
_REFERENCE = re.compile(r"[A-Za-z0-9#_.:-]{1,100}", re.ASCII)
_LANGUAGES = {"uk": "UA", "ru": "RU", "en": "EN"}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_WAYS = "card;googlePay;applePay"


def is_reference(text: str) -> bool:
    """Whether it can be a name of an attempt: a semicolon would change what is signed."""
    return _REFERENCE.fullmatch(text) is not None


def order_fields(settings: WayForPaySettings, charge: Charge, operation: str) -> dict[str, Value]:
    """What a purchase and an invoice share, not signed yet. Raises Rejected for a charge that cannot be sent."""
    _require_sound(charge, operation)
    fields: dict[str, Value] = {
        "merchantAccount": settings.account,
        "merchantDomainName": settings.domain,
        "merchantAuthType": "SimpleSignature",
        "apiVersion": Number("1"),
        REFERENCE: charge.reference,
        "orderDate": Number(int(charge.made_at.timestamp())),
        "amount": amount_text(charge.amount),
        "currency": CURRENCY,
        "productName": [words(item.name, NAME_LIMIT) or charge.reference for item in charge.items],
        "productCount": [Number(item.count) for item in charge.items],
        "productPrice": [amount_text(item.price) for item in charge.items],
        "language": _LANGUAGES.get(charge.language[:2].lower(), "UA"),
        "paymentSystems": _WAYS,
        "serviceUrl": settings.callback_url,
        "returnUrl": _return_address(settings.return_url, charge.reference),
        **_payer(charge),
    }
    return {name: value for name, value in fields.items() if value}


def seconds_left(charge: Charge, now: datetime, operation: str) -> Number:
    """The attempt's life from now. Raises Rejected where it is over."""
    left = int((charge.lives_until - now).total_seconds())
    if left < 1:
        raise Rejected(SYSTEM, operation, "expired")
    return Number(left)


def require_sum(amount: Money, operation: str) -> None:
    """Raises Rejected for anything but some hryvnias."""
    if amount.currency != CURRENCY or amount.kopiykas <= 0:
        raise Rejected(SYSTEM, operation, "amount")


def _require_sound(charge: Charge, operation: str) -> None:
    if not is_reference(charge.reference):
        raise Rejected(SYSTEM, operation, "reference")
    require_sum(charge.amount, operation)
    for item in charge.items:
        require_sum(item.price, operation)
        if item.count < 1:
            raise Rejected(SYSTEM, operation, "items")
    if total([Money(item.price.kopiykas * item.count) for item in charge.items]) != charge.amount:
        raise Rejected(SYSTEM, operation, "items")


def _return_address(url: str, reference: str) -> str:
    """With the attempt's name, since a payer who only leaves may come back with nothing at all."""
    if not url:
        return ""
    named = f"{url}{'&' if '?' in url else '?'}{REFERENCE}={quote(reference, safe='')}"
    return named if len(named) <= ADDRESS_LIMIT else url


def _payer(charge: Charge) -> dict[str, Value]:
    first, _, last = words(charge.payer_name, PERSON_LIMIT).partition(" ")
    email = charge.payer_email.strip()
    return {
        "clientFirstName": first,
        "clientLastName": last,
        "clientEmail": email if _EMAIL.fullmatch(email) else "",
        "clientPhone": phone_digits(charge.payer_phone),
    }


def phone_digits(phone: str) -> str:
    """380671234567; empty for what is no phone."""
    digits = re.sub(r"[^0-9]", "", phone)
    if len(digits) == 10 and digits.startswith("0"):
        digits = f"38{digits}"
    return digits if 10 <= len(digits) <= 15 else ""

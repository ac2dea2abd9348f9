"""What the gateway says of an order: the fields of a callback, of CHECK_STATUS, SETTLE, REFUND and of the list."""

from decimal import Decimal

from sandbox.wayforpay import order as at
from sandbox.wayforpay.order import Order
from sandbox.wayforpay.wire import Json

COUNTRY = "980"


def callback(order: Order, account: str) -> Json:
    """Unsigned. A wallet gives neither card nor token; what is absent is null, what is empty stays empty."""
    number = {"orderNo": order.wanted.order_no} if order.wanted.order_no else {}
    return payment(order, account) | number | {"products": products(order)}


def payment(order: Order, account: str) -> Json:
    """What a callback, the browser's return and SETTLE have in common."""
    return {
        "merchantAccount": account,
        "orderReference": order.wanted.reference,
        "amount": order.amount,
        "currency": order.wanted.currency,
        "authCode": order.auth_code,
        "email": order.wanted.email or None,
        "phone": order.wanted.phone or None,
        "createdDate": int(order.created_at),
        "processingDate": int(order.processed_at),
        "cardPan": order.card,
        "cardType": order.card_type,
        "issuerBankCountry": COUNTRY if order.bank else None,
        "issuerBankName": order.bank,
        "recToken": "",
        "transactionStatus": order.status,
        "reason": order.reason,
        "reasonCode": order.code,
        "fee": order.fee,
        "paymentSystem": order.system,
    }


def described(order: Order, account: str) -> Json:
    """The answer to CHECK_STATUS, unsigned; times that have not come are empty."""
    settled = order.status in {at.APPROVED, at.REFUNDED}
    return {
        "merchantAccount": account,
        "orderReference": order.wanted.reference,
        "amount": order.amount,
        "currency": order.wanted.currency,
        "authCode": order.auth_code,
        "createdDate": int(order.created_at),
        "processingDate": int(order.processed_at) or "",
        "cardPan": order.card,
        "cardType": order.card_type,
        "issuerBankCountry": COUNTRY if order.bank else None,
        "issuerBankName": order.bank,
        "transactionStatus": order.status,
        "reason": order.reason,
        "reasonCode": order.code,
        "settlementDate": int(order.processed_at) + 86_400 if settled else "",
        "settlementAmount": order.amount - order.fee if settled else "",
        "fee": order.fee,
        "refundAmount": order.refunded,
    }


def extended(order: Order) -> Json:
    """What apiVersion 2 says besides."""
    fields = [
        ("clientName", order.wanted.name),
        ("clientEmail", order.wanted.email),
        ("clientPhone", order.wanted.phone),
    ]
    return {
        "products": products(order),
        "clientFields": [{"name": name, "value": value} for name, value in fields if value],
        "deliveryName": None,
        "deliveryPhone": None,
        "deliveryAddress": None,
    }


def settled(order: Order, account: str) -> Json:
    """The answer to SETTLE, unsigned."""
    return payment(order, account) | {"orderNo": order.wanted.order_no}


def refund(order: Order, account: str) -> Json:
    """The answer to REFUND, unsigned."""
    return {
        "merchantAccount": account,
        "orderReference": order.wanted.reference,
        "transactionStatus": order.status,
        "reason": order.reason,
        "reasonCode": order.code,
    }


def listed(order: Order) -> Json:
    """A row of TRANSACTION_LIST."""
    unlisted = {"merchantAccount", "orderReference", "authCode", "refundAmount"}
    told = {name: value for name, value in described(order, "").items() if name not in unlisted}
    return {
        "transactionType": "AUTH" if order.wanted.hold else "SALE",
        "orderReference": order.wanted.reference,
        **told,
        "email": order.wanted.email or None,
        "phone": order.wanted.phone or None,
        "paymentSystem": order.system,
        "baseAmount": order.wanted.amount,
        "baseCurrency": order.wanted.currency,
    }


def products(order: Order) -> list[dict[str, str | Decimal]]:
    return [{"name": name, "price": price, "count": count} for name, price, count in order.wanted.items]

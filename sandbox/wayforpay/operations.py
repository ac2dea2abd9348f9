"""The operations of the JSON API by their transactionType."""

from collections.abc import Callable
from types import MappingProxyType

from sandbox.wayforpay import checks, state
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.order import CREATED
from sandbox.wayforpay.refusal import OK, REASONS, Refused, missing
from sandbox.wayforpay.signature import MONEY, ORDER, OUTCOME, PERIOD, STATE
from sandbox.wayforpay.wire import Json

LONGEST_PERIOD = 31 * 24 * 3600
Operation = Callable[[Merchant, Json, str], Json]
"""The third is the address under which the payer's pages are."""


def create_invoice(merchant: Merchant, fields: Json, pages: str) -> Json:
    wanted = checks.purchase(fields, merchant.account, merchant.secret, invoice=True)
    order = merchant.gateway.register(wanted, invoice=True)
    return {
        "invoiceUrl": f"{pages}/invoice/{order.id}",
        "qrCode": f"{pages}/qr/img/{order.id}?type=i&size=200",
        "reason": REASONS[OK],
        "reasonCode": OK,
    }


def remove_invoice(merchant: Merchant, fields: Json, pages: str) -> Json:
    merchant.check(fields, ORDER)
    merchant.gateway.remove(merchant.gateway.require(checks.reference(fields)))
    return {"reason": "Removed", "reasonCode": OK}


def check_status(merchant: Merchant, fields: Json, pages: str) -> Json:
    merchant.check(fields, ORDER)
    order = merchant.gateway.require(checks.reference(fields))
    extra = state.extended(order) if _is_second(fields) else {}
    return merchant.signed(state.described(order, merchant.account), STATE) | extra


def refund(merchant: Merchant, fields: Json, pages: str) -> Json:
    merchant.check(fields, MONEY)
    if not fields.get("comment"):
        raise missing("comment")
    order = merchant.gateway.require(checks.reference(fields))
    if checks.currency(fields) != order.wanted.currency:
        raise Refused(1110)
    merchant.gateway.refund(order, checks.amount(fields))
    return merchant.signed(state.refund(order, merchant.account), OUTCOME)


def settle(merchant: Merchant, fields: Json, pages: str) -> Json:
    merchant.check(fields, MONEY)
    order = merchant.gateway.require(checks.reference(fields))
    if checks.currency(fields) != order.wanted.currency:
        raise Refused(1110)
    merchant.gateway.settle(order, checks.amount(fields))
    names = STATE if merchant.gateway.settings.signature_form == "wiki" else OUTCOME
    return merchant.signed(state.settled(order, merchant.account), names)


def transaction_list(merchant: Merchant, fields: Json, pages: str) -> Json:
    """What somebody tried to pay, by the time it was created; at most 31 days."""
    merchant.check(fields, PERIOD)
    begin, end = checks.seconds(fields, "dateBegin"), checks.seconds(fields, "dateEnd")
    if not begin <= end <= begin + LONGEST_PERIOD:
        raise Refused(1109)
    merchant.gateway.tick()
    rows = [one for one in merchant.gateway if begin <= one.created_at <= end and one.status != CREATED]
    return {
        "reason": REASONS[OK],
        "reasonCode": OK,
        "transactionList": [
            state.listed(one) | (state.extended(one) if _is_second(fields) else {}) for one in rows if not one.removed
        ],
    }


def _is_second(fields: Json) -> bool:
    return fields.get("apiVersion") == "2"


OPERATIONS: MappingProxyType[str, Operation] = MappingProxyType(
    {
        "CREATE_INVOICE": create_invoice,
        "REMOVE_INVOICE": remove_invoice,
        "CHECK_STATUS": check_status,
        "REFUND": refund,
        "SETTLE": settle,
        "TRANSACTION_LIST": transaction_list,
    }
)

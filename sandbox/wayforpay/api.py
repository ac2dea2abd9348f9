"""The JSON API at `/api`: POST in, HTTP 200 out, business errors among it."""

import asyncio

from aiohttp import web

from sandbox.wayforpay import pages
from sandbox.wayforpay.faults import API_KINDS
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.operations import OPERATIONS
from sandbox.wayforpay.refusal import Refused, missing
from sandbox.wayforpay.wire import Json, read, write

TROUBLE_PAGE = "<html><head><title>WayForPay</title></head><body><h1>Service temporarily unavailable</h1></body></html>"


async def call(request: web.Request) -> web.StreamResponse:
    """One operation, with whatever trouble waits for it."""
    merchant = request.app[MERCHANT]
    try:
        fields = read(await request.read())
    except ValueError:
        return _json({"reason": "Format Error", "reasonCode": 1109})
    name = str(fields.get("transactionType") or "")
    fault = merchant.faults.take(*API_KINDS, operation=name, reference=str(fields.get("orderReference")))
    kind = fault.kind if fault else ""
    if fault and kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault and kind in {"server_error", "html"}:
        merchant.record(name, fields, {"fault": kind})
        status = fault.status if kind == "server_error" else 200
        return web.Response(status=status, text=TROUBLE_PAGE, content_type="text/html")
    if fault and kind == "error":
        refused = Refused(fault.code)
        answer: Json = {"reason": refused.reason, "reasonCode": refused.code}
    else:
        answer = _answer(merchant, name, fields, pages.address_of(request))
    if kind == "no_signature":
        answer.pop("merchantSignature", None)
    if kind == "wrong_signature" and "merchantSignature" in answer:
        answer["merchantSignature"] = "0" * 32
    merchant.record(name, fields, answer)
    if kind == "lost_answer" and request.transport is not None:
        request.transport.abort()
    return _json(answer)


def _answer(merchant: Merchant, name: str, fields: Json, pages: str) -> Json:
    try:
        if not name:
            raise missing("transactionType")
        if name not in OPERATIONS:
            raise Refused(1109)
        return OPERATIONS[name](merchant, fields, pages)
    except Refused as refused:
        return {"reason": refused.reason, "reasonCode": refused.code}


def _json(answer: Json) -> web.Response:
    return web.Response(text=write(answer), content_type="application/json", charset="utf-8")

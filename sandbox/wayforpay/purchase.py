"""Purchase: a browser's form or link leads to the page, a server's call gets the page's address."""

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.wayforpay import checks, pages
from sandbox.wayforpay.api import TROUBLE_PAGE
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.refusal import Refused
from sandbox.wayforpay.wire import Json, form, read, write

OPERATION = "PURCHASE"


async def by_form(request: web.Request) -> web.StreamResponse:
    """POST /pay, and with ?behavior=offline the same from a server."""
    offline = request.query.get("behavior") == "offline"
    try:
        fields = await _fields(request)
    except (ValueError, LookupError):
        return _refusal(request, Refused(1109), offline=offline)
    return await _purchase(request, fields, offline=offline)


async def by_link(request: web.Request) -> web.StreamResponse:
    """GET /pay/get with the same fields in the query."""
    return await _purchase(request, form(list(request.query.items())), offline=False)


async def _purchase(request: web.Request, fields: Json, *, offline: bool) -> web.StreamResponse:
    merchant = request.app[MERCHANT]
    kinds = ("slow", "server_error", "html", "error", "lost_answer")
    fault = merchant.faults.take(*kinds, operation=OPERATION, reference=str(fields.get("orderReference")))
    kind = fault.kind if fault else ""
    if fault and kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault and kind in {"server_error", "html"}:
        status = fault.status if kind == "server_error" else 200
        return web.Response(status=status, text=TROUBLE_PAGE, content_type="text/html")
    try:
        if fault and kind == "error":
            raise Refused(fault.code)
        url = f"{pages.address_of(request)}/page?vkh={_registered(merchant, fields)}"
    except Refused as refused:
        merchant.record(OPERATION, fields, {"reason": refused.reason, "reasonCode": refused.code})
        return _refusal(request, refused, offline=offline)
    merchant.record(OPERATION, fields, {"url": url})
    if kind == "lost_answer" and request.transport is not None:
        request.transport.abort()
    if offline:
        return web.Response(text=write({"url": url}), content_type="application/json", charset="utf-8")
    return web.Response(status=302, headers={"Location": url, "Cache-Control": "no-store"})


def _registered(merchant: Merchant, fields: Json) -> str:
    wanted = checks.purchase(fields, merchant.account, merchant.secret, invoice=False)
    return merchant.gateway.register(wanted, invoice=False).id


async def _fields(request: web.Request) -> Json:
    """A form of either kind or JSON, by its content type. Raises ValueError and LookupError."""
    if request.content_type == "application/json":
        return read(await request.read())
    if request.content_type == "multipart/form-data":
        posted = await request.post()
        return form([(name, value) for name, value in posted.items() if isinstance(value, str)])
    return form(parse_qsl((await request.read()).decode(), keep_blank_values=True, max_num_fields=3000))


def _refusal(request: web.Request, refused: Refused, *, offline: bool) -> web.Response:
    if offline:
        answer = {"reason": refused.reason, "reasonCode": refused.code}
        return web.Response(text=write(answer), content_type="application/json", charset="utf-8")
    return pages.refusal(refused, pages.root_of(request))

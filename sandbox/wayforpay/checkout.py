"""The page where a person pays: shown by the order's state, and what the person does there."""

from datetime import UTC, datetime
from typing import NamedTuple

from aiohttp import web

from sandbox.wayforpay import checkout_pages as draw
from sandbox.wayforpay import pages, qr, state
from sandbox.wayforpay.cards import CARDS, WALLETS, known
from sandbox.wayforpay.gateway import Gateway
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.order import CREATED, DECLINED, Order
from sandbox.wayforpay.refusal import Refused
from sandbox.wayforpay.signature import STATE
from sandbox.wayforpay.wire import Json, text

QR_WIDTH = 200


class Trouble(NamedTuple):
    """What is wrong in the form: which field, and words for the payer."""

    field: str
    words: str


async def show(request: web.Request) -> web.StreamResponse:
    """The form, the bank's question, or what came of it; `card` in the query fills a test card in."""
    order = _order(request)
    if order is None:
        return _nothing(request)
    if order.step == "3ds":
        return draw.three_ds(order, root=pages.root_of(request))
    if "end" in request.query or not order.payable:
        return _ended(request, order)
    card = CARDS.get(request.query.get("card", ""))
    return draw.paying(order, request.app[MERCHANT].account, card, root=pages.root_of(request))


async def act(request: web.Request) -> web.StreamResponse:
    """One press of a button; afterwards the browser is sent to a page it may reload."""
    order = _order(request)
    if order is None:
        return _nothing(request)
    form = await _form(request)
    merchant = request.app[MERCHANT]
    gateway, deed = merchant.gateway, form.get("do", "")
    try:
        if deed == "leave" and (order.payable or order.step):
            gateway.abandon(order)
            return draw.leaving(order, _left(order, merchant.account), root=pages.root_of(request))
        if order.step == "3ds":
            _answer_bank(gateway, order, deed)
        elif deed in WALLETS:
            gateway.pay_by_wallet(order, deed)
        else:
            trouble = _pay(gateway, order, form)
            if trouble is not None:
                return draw.paying(
                    order, merchant.account, None, root=pages.root_of(request), typed=form, trouble=trouble
                )
    except Refused:
        pass  # paid or expired meanwhile: the next page says so
    end = "" if order.step else "end"
    return web.Response(status=303, headers={"Location": str(request.rel_url.with_query(_query(order, end)))})


async def picture(request: web.Request) -> web.StreamResponse:
    """The invoice's address as a QR code, about `size` dots wide."""
    order = request.app[MERCHANT].gateway.page(request.match_info["id"])
    if order is None:
        raise web.HTTPNotFound
    address = f"{pages.address_of(request)}/invoice/{order.id}"
    size = request.query.get("size", "")
    width = int(size) if size.isdecimal() and len(size) < 5 else QR_WIDTH
    try:
        drawn = qr.png(address, width)
    except ValueError as error:
        raise web.HTTPNotFound(text="The address is too long for a QR code") from error
    return web.Response(body=drawn, content_type="image/png")


async def _form(request: web.Request) -> dict[str, str]:
    try:
        posted = await request.post()
    except (ValueError, LookupError) as error:
        raise web.HTTPBadRequest(text="The form cannot be read") from error
    return {name: value for name, value in posted.items() if isinstance(value, str)}


def _answer_bank(gateway: Gateway, order: Order, deed: str) -> None:
    if deed == "confirm":
        gateway.approve(order)
    elif deed == "refuse":
        gateway.decline(order, 1108)


def _pay(gateway: Gateway, order: Order, form: dict[str, str]) -> Trouble | None:
    card = known(form.get("number", ""))
    if card is None:
        return Trouble("number", "Такої картки пісочниця не знає. Виберіть одну з тестових нижче.")
    cvv = form.get("cvv", "").strip()
    month, _, year = form.get("expires", "").replace(" ", "").partition("/")
    if not (month.isdecimal() and year.isdecimal() and len(year) == 2 and 1 <= int(month) <= 12):
        return Trouble("expires", "Вкажіть строк дії: місяць і дві цифри року, наприклад 12/30.")
    today = datetime.fromtimestamp(gateway.clock.time(), UTC)
    if (2000 + int(year), int(month)) < (today.year, today.month):
        return Trouble("expires", "Строк дії картки минув. Візьміть іншу картку.")
    if not (cvv.isdecimal() and len(cvv) == 3):
        return Trouble("cvv", "Вкажіть три цифри зі звороту картки.")
    gateway.pay(order, card)
    return None


def _ended(request: web.Request, order: Order) -> web.Response:
    merchant = request.app[MERCHANT]
    if order.tries:
        fields = state.payment(order, merchant.account)
        back = {name: text(value) for name, value in merchant.signed(fields, STATE).items()}
    else:
        back = _left(order, merchant.account)
    again = str(request.rel_url.with_query(_query(order, ""))) if order.payable else ""
    hurry = "end" in request.query and order.status not in {CREATED, DECLINED}
    return draw.ended(order, back, root=pages.root_of(request), again=again, hurry=hurry)


def _left(order: Order, account: str) -> dict[str, str]:
    """What the shop gets of a payer who goes away: no state of the payment."""
    fields: Json = {
        "merchantAccount": account,
        "orderReference": order.wanted.reference,
        "amount": order.amount,
        "currency": order.wanted.currency,
    }
    return {name: text(value) for name, value in fields.items()}


def _query(order: Order, end: str) -> dict[str, str]:
    query = {} if order.invoice else {"vkh": order.id}
    return query | ({end: "1"} if end else {})


def _order(request: web.Request) -> Order | None:
    page_id = request.match_info.get("id") or request.query.get("vkh", "")
    return request.app[MERCHANT].gateway.page(page_id)


def _nothing(request: web.Request) -> web.Response:
    body = "<h1>Рахунку не знайдено</h1><p>Перевірте посилання або попросіть магазин надіслати нове.</p>"
    return pages.framed("Рахунку не знайдено", body, root=pages.root_of(request), status=404)

"""An order as the document that 1C keeps of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.domain.accounting import Kept, OutgoingLine, OutgoingOrder
from bot.domain.credit import HeldState
from bot.domain.money import Money, rounded
from integrations.onec.odata.bearings import Article, Bearings
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.literals import EMPTY_REF
from integrations.onec.odata.profile import Profile, Table
from integrations.onec.odata.refusals import Refusal
from integrations.onec.odata.values import ref

MARK = "Комора"
UNCHECKED = "ціни на момент замовлення не перевірено"
CHANGED = "змінено через Комору"
HELD = {
    HeldState.HELD: "НЕ ВІДВАНТАЖУВАТИ, притримано через борг або ліміт",
    HeldState.UNCHECKED: "НЕ ВІДВАНТАЖУВАТИ, борги ще не перевірено",
}
"""Of an order that waits; once it may go it is sent again, without these words."""
_OURS_IN_THEIRS = ("total", "delivery_date", "delivery_address")
_MARKED = re.compile(rf"{MARK} (?P<number>[^\s;]+)(?: зм\. (?P<revision>\d+))?(?=;|$|\s)")
_OVER = re.compile(rf"{MARK} [^\s;]+(?: зм\. \d+)?; {CHANGED}(?:: [^;]*)?(?:; |$)")
_BLANKS = re.compile(r"\s+")
_OPERATION = "submit"
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """The document's fields, and what had to be left out of them."""

    body: Body
    left_out: tuple[Kept, ...]


def mark(number: str, revision: int) -> str:
    """What our documents are found by, at the beginning of the comment."""
    return f"{MARK} {number}" if revision <= 1 else f"{MARK} {number} зм. {revision}"


def marked(comment: str) -> tuple[str, int] | None:
    """Our number and the revision, if the comment says them."""
    found = _MARKED.search(comment)
    return (found["number"], int(found["revision"] or 1)) if found else None


def is_theirs(comment: str) -> bool:
    """Whether the document's header is the office's: it carries no mark of ours, or one put before their comment."""
    return marked(comment) is None or _OVER.match(comment) is not None


def over(prepared: Draft, order: OutgoingOrder, profile: Profile, present: str) -> Draft:
    """The draft as it goes over a document that the office made: their header and their comment stay."""
    table = profile.order
    ours = {table.name(word) for word in _OURS_IN_THEIRS if table.has(word)} | {table.lines.entity}
    body = {name: value for name, value in prepared.body.items() if name in ours}
    if table.has("comment"):
        note = ", ".join(part for part in (_held(order), order.note.replace(";", ",")) if part)
        note = _BLANKS.sub(" ", note).strip()
        said = f"{mark(order.number, order.revision)}; {CHANGED}" + (f": {note}" if note else "")
        theirs = _OVER.sub("", present, count=1)
        body[table.name("comment")] = table.cut("comment", f"{said}; {theirs}" if theirs else said)
    return Draft(body, ())


def comment(order: OutgoingOrder) -> str:
    """The most important first: 1C may cut the end."""
    named = order.delivery_name not in order.delivery_address
    delivery = ", ".join(part for part in (order.delivery_name if named else "", order.delivery_address) if part)
    parts = (
        mark(order.number, order.revision),
        _held(order),
        UNCHECKED if order.provisional else "",
        order.note,
        f"доставка {order.delivery_date:%d.%m.%Y}" + (f": {delivery}" if delivery else ""),
        f"замовив: {order.placed_by}" if order.placed_by else "",
    )
    return "; ".join(_BLANKS.sub(" ", part).strip() for part in parts if part.strip())


def _held(order: OutgoingOrder) -> str:
    return HELD.get(order.held, "") if order.held else ""


def included_vat(amount: Money, rate: Decimal | None) -> Decimal:
    """The VAT inside a sum, half up to 0.01."""
    return rounded(amount.amount * rate / (100 + rate)) if rate else Decimal("0.00")


async def draft(order: OutgoingOrder, profile: Profile, settings: OnecSettings, bearings: Bearings) -> Draft:
    """Raises Rejected: unknown_client, unknown_article:<sku>, unknown_vat:<rate>, and what `bearings` raise."""
    contract = await bearings.kept(profile.contract, order.contract)
    buyer = await bearings.buyer(order.client, contract)
    if buyer is None:
        raise Refusal(_OPERATION, "unknown_client", "")
    articles = await _articles(order, bearings)
    left_out: list[Kept] = []
    price_type = await bearings.kept(profile.price_type, order.price_type)
    if order.contract and not contract:
        left_out.append(Kept("contract", order.contract, ""))
    if order.price_type and not price_type:
        left_out.append(Kept("price_type", order.price_type, ""))
    table = profile.order
    said: dict[str, Any] = {
        "client": order.client,
        "partner": buyer.partner or EMPTY_REF,
        "contract": buyer.contract or EMPTY_REF,
        "agreement": buyer.agreement or EMPTY_REF,
        "organization": await bearings.organization(),
        "warehouse": await bearings.warehouse() if table.has("warehouse") else EMPTY_REF,
        "currency": await bearings.currency(),
        "price_type": price_type or EMPTY_REF,
        "total": order.total.amount,
        "delivery_date": f"{order.delivery_date.isoformat()}T00:00:00",
        "delivery_address": table.cut("delivery_address", order.delivery_address),
        "comment": table.cut("comment", comment(order)),
    }
    body: Body = {"Date": f"{order.placed_at.astimezone(settings.zone):%Y-%m-%dT%H:%M:%S}", **table.always}
    body |= {table.name(word): value for word, value in said.items() if table.has(word)}
    body |= {carrier.name: order.number[: carrier.length] for carrier in table.external_ids}
    body[table.lines.entity] = [
        await _line(number, line, articles, said, profile, bearings) for number, line in enumerate(order.lines, 1)
    ]
    return Draft(body, tuple(left_out))


async def _articles(order: OutgoingOrder, bearings: Bearings) -> dict[str, Article]:
    """By the article's reference without a characteristic."""
    wanted = {line.sku: split(line.article)[0] for line in order.lines}
    articles = await bearings.articles(own for own in wanted.values() if own)
    for sku, own in wanted.items():
        if own is None or own not in articles:
            raise Refusal(_OPERATION, f"unknown_article:{sku}", "")
    return articles


def split(article: str | None) -> tuple[str | None, str | None]:
    """The article and its characteristic."""
    own, _, variant = (article or "").partition("#")
    return ref(own), ref(variant)


async def _line(
    number: int,
    line: OutgoingLine,
    articles: Mapping[str, Article],
    header: Mapping[str, Any],
    profile: Profile,
    bearings: Bearings,
) -> Body:
    table = profile.order.lines
    own, variant = split(line.article)
    vat_amount = included_vat(line.amount, line.vat)
    vat_ref = await bearings.vat(line.vat) if table.has("vat_ref") else None
    vat = profile.vat.written(line.vat)
    if not vat and vat_ref is None:
        raise Refusal(_OPERATION, f"unknown_vat:{line.vat}", "")
    unit = articles[own or ""].line_unit
    said: dict[str, Any] = {
        "article": own,
        "characteristic": variant or EMPTY_REF,
        "unit": unit or EMPTY_REF,
        "unit_type": f"StandardODATA.{profile.unit.entity}",
        "coefficient": Decimal(1),
        "quantity": line.quantity,
        "packs": line.quantity,
        "price": _price(line, table),
        "price_type": header["price_type"],
        "warehouse": header["warehouse"],
        "amount": line.amount.amount,
        "discount_percent": _percent(line),
        "discount_amount": line.discount.amount,
        "vat": vat,
        "vat_ref": vat_ref or EMPTY_REF,
        "vat_amount": vat_amount,
        "total": line.amount.amount,
    }
    absent = {"vat"} if vat_ref is not None else {"vat_ref"}
    fields = {table.name(word): value for word, value in said.items() if table.has(word) and word not in absent}
    return {"LineNumber": str(number), **fields}


def _price(line: OutgoingLine, table: Table) -> Decimal:
    """Without a field for a discount the sum is counted anew from the price: there it is the price that is left."""
    if not line.discount or table.has("discount_percent") or table.has("discount_amount"):
        return line.price.amount
    return rounded(line.amount.amount / line.quantity)


def _percent(line: OutgoingLine) -> Decimal:
    whole = line.amount.kopiykas + line.discount.kopiykas
    share = Decimal(line.discount.kopiykas * 100) / whole if whole else Decimal(0)
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

"""What an order in words means: which article of this client's, how many; and what nobody can say for sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.db.order_drafts import Line
from bot.db.tx import Tx
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.errors import Refused
from bot.domain.order_text import WrittenLine
from bot.domain.quantity import Unit, checked, read
from bot.services.search import Search

FOUND = 8
OPTIONS = 3
USUAL_ORDERS, USUAL = 10, 100
UNKNOWN, SEVERAL, NO_AMOUNT, AMOUNT, MULTIPLE, GONE = "unknown", "several", "no_amount", "amount", "multiple", "gone"
"""Why a line stands in no cart."""
Found = tuple[WrittenLine, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Read:
    """Lines for a cart, and the rest with why."""

    lines: Sequence[Line]
    unread: Sequence[Mapping[str, Any]]


async def look_up(search: Search, buyer: Buyer, written: Sequence[WrittenLine]) -> list[Found]:
    """What each may mean, best first."""
    return [(line, (await search.find(line.words, buyer.assortment_id))[:FOUND]) for line in written]


def understood(tx: Tx, buyer: Buyer, found: Sequence[Found], language: str) -> Read:
    """A line is taken where there is no doubt: its number, its whole name, the only one, or the only one of theirs."""
    numbered = {line.sku: tx.catalogue.ids_of(frozenset({line.sku})) for line, _ in found if line.sku}
    wanted = {one for _, ids in found for one in ids} | {one for ids in numbered.values() for one in ids}
    articles = {one.id: one for one in tx.catalogue.articles(sorted(wanted), buyer, language)}
    usual = {one for one, _ in tx.orders.usual(buyer.id, orders=USUAL_ORDERS, size=USUAL)}
    lines: dict[UUID, tuple[Decimal, Unit]] = {}
    unread = []
    for line, ids in found:
        by_number = [articles[one] for one in numbered.get(line.sku, ()) if one in articles]
        article = by_number[0] if len(by_number) == 1 else None
        known = [articles[one] for one in ids if one in articles]
        article = article or _sure(line, known, usual)
        amount = _amount(line, article) if article else None
        if article is not None and isinstance(amount, Decimal):
            before = lines.get(article.id, (Decimal(0), Unit.BASE))[0]
            lines[article.id] = before + amount, Unit.BASE
        else:
            unread.append({"text": line.text, **(amount or _doubt(article, known))})  # type: ignore[dict-item]
    return Read([(one, quantity, unit) for one, (quantity, unit) in lines.items()], unread)


def _sure(line: WrittenLine, known: Sequence[ArticleView], usual: set[UUID]) -> ArticleView | None:
    sold = [one for one in known if one.orderable]
    named = [one for one in sold if one.name.casefold() == line.words.casefold()]
    theirs = [one for one in sold if one.id in usual]
    return next((some[0] for some in (named, sold, theirs) if len(some) == 1), None)


def _amount(line: WrittenLine, article: ArticleView) -> Decimal | dict[str, Any]:
    """In base units, or why not."""
    if not article.orderable:
        return {"why": GONE, "options": [article.name]}
    if not line.amount:
        return {"why": NO_AMOUNT, "options": [article.name]}
    try:
        amount = read(line.amount, article.packing, Unit.BASE)
        return checked(amount, article.packing) if amount > 0 else {"why": AMOUNT, "options": [article.name]}
    except Refused as refusal:
        if refusal.code != "not_multiple":
            return {"why": AMOUNT, "options": [article.name]}
        fits = [Decimal(str(refusal.values[one])) for one in ("lower", "upper")]
        return {"why": MULTIPLE, "options": [f"{one.normalize():f}" for one in fits if one > 0]}


def _doubt(article: ArticleView | None, known: Sequence[ArticleView]) -> dict[str, Any]:
    sold = [one for one in known if one.orderable]
    if sold:
        return {"why": SEVERAL, "options": [f"{one.sku} {one.name}" for one in sold[:OPTIONS]]}
    return {"why": GONE if known else UNKNOWN, "options": [one.name for one in known[:1]]}

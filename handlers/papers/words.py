"""What a price list and an offer say."""

from datetime import date, timedelta

from bot.domain.catalogue import ArticleView
from bot.domain.paper import Cell, Column, Fact, Group, Paper
from bot.domain.price_sheet import PriceSection, PriceSheet
from bot.domain.quantity import Unit
from bot.i18n import Translator
from handlers.app import Company
from handlers.wording import FEW, pack

_PATH = " › "


def price_list(tr: Translator, sheet: PriceSheet, seller: Company) -> Paper:
    facts: tuple[Fact, ...] = (
        (tr.label("Client"), sheet.client),
        (tr.label("Prices are valid on"), sheet.on),
    )
    notes = (tr.label("What is in stock changes during the day: the manager confirms it with the order."),)
    return _paper(tr, tr.label("Price list"), sheet, seller, facts, notes)


def offer(tr: Translator, sheet: PriceSheet, seller: Company) -> Paper:
    until = last_day(sheet, seller)
    facts: tuple[Fact, ...] = (
        (tr.label("To"), sheet.client),
        (tr.label("Date"), sheet.on),
        (tr.label("Valid until"), until),
    )
    notes = (
        tr.label("{company} offers these goods at these prices. The offer is valid until {day}, that day included.",
                 company=seller.name, day=f"{until:%d.%m.%Y}"),
        tr.label("What is in stock changes during the day: the manager confirms it with the order."),
    )  # fmt: skip
    return _paper(tr, tr.label("Commercial offer"), sheet, seller, facts, notes)


def last_day(sheet: PriceSheet, seller: Company) -> date:
    """The last day of an offer."""
    return sheet.on + timedelta(days=seller.offer_days - 1)


def _paper(
    tr: Translator, title: str, sheet: PriceSheet, seller: Company, facts: tuple[Fact, ...], notes: tuple[str, ...]
) -> Paper:
    if seller.phone:
        facts += ((tr.label("Phone"), seller.phone),)
    if not sheet.whole:
        notes = (tr.label("Only the first {n} articles fit here. The manager has the rest.", n=sheet.size), *notes)
    columns = (
        Column(tr.label("Article number"), 19),
        Column(tr.label("Name"), 83),
        Column(tr.label("Unit"), 13),
        Column(tr.label("Pack"), 22),
        Column(tr.label("Price"), 29),
        Column(tr.label("In stock"), 21),
    )
    groups = tuple(_group(tr, section) for section in sheet.sections)
    return Paper(tr.language, seller.name, title, facts, columns, tr.label("Category"), groups, notes)


def _group(tr: Translator, section: PriceSection) -> Group:
    name = _PATH.join(section.path) or tr.label("Other goods")
    return Group(name, tuple(_row(tr, article) for article in section.articles))


def _row(tr: Translator, article: ArticleView) -> tuple[Cell, ...]:
    packing = article.packing
    assert article.price is not None  # a price sheet holds nothing else
    packed = pack(tr, packing) if packing.has_pack else ""
    return (article.sku, article.name, tr.unit(packing.base_unit), packed, article.price, _stock(tr, article))


def _stock(tr: Translator, article: ArticleView) -> str:
    if article.stock is None:
        return tr.label("ask the manager")
    if article.stock <= 0:
        return tr.label("none left")
    few = article.packing.step(Unit.PACK if article.packing.has_pack else Unit.BASE) * FEW
    return tr.label("few left") if article.stock < few else tr.label("available")

"""Keyboards of shelves, search results and product cards."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.conversation.action import Action
from bot.conversation.screen import Rows, Tap
from bot.domain.catalogue import ArticleView, Shelf
from bot.domain.quantity import Unit
from bot.i18n import Translator
from keyboards.actions import (
    AskQuantity,
    Back,
    Browse,
    ChangeQuantity,
    FindSuggested,
    FoundPage,
    Home,
    Product,
    ShowCart,
    Usual,
)
from keyboards.desk_actions import PassOn
from keyboards.notice_actions import Watch
from keyboards.paper_actions import AskPriceList
from keyboards.rows import grid, numbers, pager, short

BIG_STEP = 5


def first_unit(article: ArticleView) -> Unit:
    """The unit a card opens in: the pack where there is one, as wholesale goes."""
    return Unit.PACK if article.packing.has_pack else Unit.BASE


def shelf(tr: Translator, shelf: Shelf) -> Rows:
    category = shelf.category
    here = category.id if category else None
    categories = grid([Tap(short(each.name), Browse(each.id)) for each in shelf.categories], 2)
    articles = numbers([Product(each.id, first_unit(each), Back.SHELF, shelf.page) for each in shelf.articles])
    pages = pager(tr, shelf.page, shelf.pages, lambda page: Browse(here, page))
    if category is None:
        below = (Tap(tr.label("Usual basket"), Usual()), Tap(tr.label("Price list"), AskPriceList()))
        return (*categories, *articles, *pages, below)
    return (*categories, *articles, *pages, (Tap(tr.label("Back"), Browse(category.parent_id)), _cart(tr)))


def found(tr: Translator, articles: Sequence[ArticleView], page: int, pages: int) -> Rows:
    buttons = numbers([Product(each.id, first_unit(each), Back.FOUND, page) for each in articles])
    return (*buttons, *pager(tr, page, pages, FoundPage), (Tap(tr.label("Categories"), Browse()), _cart(tr)))


def nothing_found(tr: Translator, suggestions: Sequence[str], *, desk: bool = False) -> Rows:
    """`desk`: a human can be asked for it."""
    offers = [Tap(short(word), FindSuggested(position)) for position, word in enumerate(suggestions)]
    asks: Rows = ((Tap(tr.label("Ask the manager"), PassOn()),),) if desk else ()
    return (*grid(offers, 1), *asks, (Tap(tr.label("Categories"), Browse()), Tap(tr.label("To the start"), Home())))


def usual(tr: Translator, articles: Sequence[ArticleView]) -> Rows:
    buttons = numbers([Product(each.id, first_unit(each), Back.USUAL) for each in articles])
    return (*buttons, (Tap(tr.label("Categories"), Browse()), _cart(tr)))


def product(tr: Translator, article: ArticleView, at: Product, *, waits: bool = False) -> Rows:
    """The stepper in the chosen unit, the other unit, the typed quantity, and the way back.

    `waits`: the person is told already when it is in stock again.
    """
    unit = tr.unit(article.packing.name(at.unit))
    rows: Rows = ()
    if article.orderable:
        steps = [-BIG_STEP, -1, 1, BIG_STEP] if article.in_cart else [1, BIG_STEP]
        rows = (
            tuple(
                Tap(f"{'+' if n > 0 else '−'}{tr.number(_step(article, at.unit) * abs(n))} {unit}"[:25], _change(at, n))
                for n in steps
            ),
            (Tap(tr.label("Type the quantity"), AskQuantity(at.article, at.unit, at.back, at.page)),),
        )
    if article.orderable and article.packing.has_pack:
        other = Unit.BASE if at.unit is Unit.PACK else Unit.PACK
        name = tr.unit(article.packing.name(other))
        rows += ((Tap(tr.label("Count in: {unit}", unit=name), replace(at, unit=other)),),)
    if not article.in_stock:
        label = tr.label("Do not tell me") if waits else tr.label("Tell me when it is here")
        rows += ((Tap(label, Watch(at.article, not waits, at.unit, at.back, at.page)),),)
    return (*rows, (Tap(tr.label("Back"), back_of(article, at)), _cart(tr)))


def come(tr: Translator, articles: Sequence[ArticleView]) -> Rows:
    """Under what has come: its cards."""
    return (*numbers([Product(each.id, first_unit(each)) for each in articles]), (_cart(tr),))


def price_news(tr: Translator) -> Rows:
    """Under news of prices: what they are of."""
    return ((Tap(tr.label("Usual basket"), Usual()), _cart(tr)),)


def quantity(tr: Translator, at: AskQuantity) -> Rows:
    return ((Tap(tr.label("Back"), Product(at.article, at.unit, at.back, at.page)),),)


def back_of(article: ArticleView, at: Product) -> Action:
    match at.back:
        case Back.SHELF:
            return Browse(article.category_id, at.page)
        case Back.FOUND:
            return FoundPage(at.page)
        case Back.CART:
            return ShowCart(at.page)
        case Back.USUAL:
            return Usual()


def _step(article: ArticleView, unit: Unit) -> Decimal:
    return article.packing.in_unit(article.packing.step(unit), unit)


def _change(at: Product, steps: int) -> ChangeQuantity:
    return ChangeQuantity(at.article, steps, at.unit, at.back, at.page)


def _cart(tr: Translator) -> Tap:
    return Tap(tr.label("Cart"), ShowCart())

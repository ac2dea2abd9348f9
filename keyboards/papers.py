"""Keyboards of price lists and offers."""

from bot.conversation.screen import Rows, Tap
from bot.domain.catalogue import Shelf
from bot.domain.paper import Form
from bot.i18n import Translator
from keyboards.actions import Browse
from keyboards.paper_actions import AskOffer, AskPriceList, TakeOffer, TakePriceList
from keyboards.rows import grid, pager, short


def price_list(tr: Translator) -> Rows:
    return (
        (Tap("Excel", TakePriceList(Form.XLSX)), Tap("PDF", TakePriceList(Form.PDF))),
        (Tap(tr.label("Commercial offer"), AskOffer()),),
        (Tap(tr.label("Back"), Browse()),),
    )


def offer(tr: Translator, shelf: Shelf) -> Rows:
    """The usual basket, or a category of the top of the catalogue."""
    categories = grid([Tap(short(each.name), TakeOffer(each.id)) for each in shelf.categories], 2)
    pages = pager(tr, shelf.page, shelf.pages, AskOffer)
    return (
        (Tap(tr.label("Usual basket"), TakeOffer()),),
        *categories,
        *pages,
        (Tap(tr.label("Back"), AskPriceList()),),
    )

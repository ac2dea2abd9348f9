"""Keyboards of price lists and offers."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.catalogue import Shelf
from bot.domain.paper import Form
from bot.i18n import Translator
from keyboards.actions import Browse
from keyboards.paper_actions import AskOffer, AskPriceList, TakeOffer, TakePriceList, TakeStatement
from keyboards.pay_actions import ShowBalance
from keyboards.rows import grid, pager, short

NAMES = {Form.XLSX: "Excel", Form.PDF: "PDF"}


def price_list(tr: Translator) -> Rows:
    return (
        (Tap("Excel", TakePriceList(Form.XLSX)), Tap("PDF", TakePriceList(Form.PDF))),
        (Tap(tr.label("Commercial offer"), AskOffer()),),
        (Tap(tr.label("Back"), Browse()),),
    )


def statement(tr: Translator, months: Sequence[int]) -> Rows:
    """A row for each span of time, a button for each form."""
    spans = tuple(_forms(str(tr.plural("{n} month", "{n} months", span)), span) for span in months)
    return (*spans, (Tap(tr.label("My balance"), ShowBalance()),))


def _forms(words: str, months: int) -> tuple[Tap, ...]:
    forms = (("Excel", Form.XLSX), ("PDF", Form.PDF))
    return tuple(Tap(f"{name}, {words}", TakeStatement(form, months)) for name, form in forms)


def offer(tr: Translator, shelf: Shelf, form: Form) -> Rows:
    """The usual basket, or a category of the top of the catalogue; and the same in the other form."""
    categories = grid([Tap(short(each.name), TakeOffer(form, each.id)) for each in shelf.categories], 2)
    pages = pager(tr, shelf.page, shelf.pages, partial(AskOffer, form))
    other = Form.XLSX if form is Form.PDF else Form.PDF
    return (
        (
            Tap(tr.label("Usual basket"), TakeOffer(form)),
            Tap(tr.label("As {form}", form=NAMES[other]), AskOffer(other, shelf.page)),
        ),
        *categories,
        *pages,
        (Tap(tr.label("Back"), AskPriceList()),),
    )


def mailed_list(tr: Translator) -> Rows:
    """Under a price list that came by itself, as Excel."""
    return ((Tap("PDF", TakePriceList(Form.PDF)), Tap(tr.label("Choose goods"), Browse())),)


def mailed_offer(tr: Translator, category: UUID | None) -> Rows:
    """Under an offer that came by itself, as PDF."""
    return ((Tap("Excel", TakeOffer(Form.XLSX, category)), Tap(tr.label("Choose goods"), Browse())),)

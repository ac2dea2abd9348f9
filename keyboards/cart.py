"""Keyboards of the cart and of the way to the confirm."""

from collections.abc import Sequence
from datetime import date

from bot.conversation.screen import Rows, Tap
from bot.domain.cart import CartLineView, CartView, PointView
from bot.domain.money import ZERO, Money
from bot.i18n import Translator
from keyboards.actions import (
    AbandonAmend,
    AskClearCart,
    AskDate,
    AskNote,
    AskPoint,
    Back,
    Browse,
    Checkout,
    ChooseDate,
    ChoosePoint,
    ClearCart,
    Confirm,
    DropNote,
    Product,
    Repeat,
    ShowCart,
    Usual,
)
from keyboards.pay_actions import PayOldest
from keyboards.rows import CHOICES, LABEL, choices, grid, numbers, pager


def empty(tr: Translator, cart: CartView | None) -> Rows:
    rows: Rows = (
        (Tap(tr.label("Choose goods"), Browse()),),
        (Tap(tr.label("Repeat the last order"), Repeat()),),
        (Tap(tr.label("Usual basket"), Usual()),),
    )
    return rows + _abandon(tr, cart)


def cart(tr: Translator, cart: CartView, shown: Sequence[CartLineView], page: int, pages: int) -> Rows:
    """Numbers open a line's card; then on to the order."""
    lines = numbers([Product(line.article_id, line.unit, Back.CART, page) for line in shown])
    rows = (*lines, *pager(tr, page, pages, ShowCart))
    if cart.orderable:
        rows += ((Tap(_place(tr, cart), Checkout()),),)
    rows += ((Tap(tr.label("Add goods"), Browse()), Tap(tr.label("Empty the cart"), AskClearCart())),)
    return rows + _abandon(tr, cart)


def _place(tr: Translator, cart: CartView) -> str:
    """With the sum where it fits: half a sum is worse than none."""
    label = tr.label("Place: {total}", total=tr.money(cart.total))
    return label if len(label) <= LABEL else tr.label("Place the order")


def clearing(tr: Translator, cart: CartView) -> Rows:
    return (
        (Tap(tr.label("Yes, empty it"), ClearCart(cart.id, cart.version)),),
        (Tap(tr.label("No, keep it"), ShowCart()),),
    )


def points(tr: Translator, shown: Sequence[PointView], page: int, pages: int) -> Rows:
    """A page of places by their names."""
    buttons = choices([(point.name, ChoosePoint(point.id)) for point in shown], page * CHOICES + 1)
    return (*buttons, *pager(tr, page, pages, AskPoint), (Tap(tr.label("Back"), ShowCart()),))


def dates(tr: Translator, days: Sequence[date]) -> Rows:
    buttons = grid([Tap(tr.short_day(day), ChooseDate(day)) for day in days[:12]], 3)
    return (*buttons, (Tap(tr.label("Back"), ShowCart()),))


def note(tr: Translator, *, written: bool) -> Rows:
    drop: Rows = ((Tap(tr.label("No note"), DropNote()),),) if written else ()
    return (*drop, (Tap(tr.label("Back"), Checkout()),))


def summary(tr: Translator, cart: CartView, debts: Money = ZERO) -> Rows:
    """One confirm, and a way to change each thing it says; `debts` are what should be paid first."""
    confirm = Confirm(cart.id, cart.version, cart.total.kopiykas)
    label = tr.label("Pay {sum}", sum=tr.money(debts))
    pay = Tap(label if len(label) <= LABEL else tr.label("Pay the debts"), PayOldest(debts.kopiykas))
    return (
        (Tap(tr.label("Confirm the change") if cart.amends else tr.label("Confirm the order"), confirm),),
        *(((pay,),) if debts else ()),
        (Tap(tr.label("Date"), AskDate()), Tap(tr.label("Address"), AskPoint()), Tap(tr.label("Note"), AskNote())),
        (Tap(tr.label("Back to the cart"), ShowCart()),),
        *_abandon(tr, cart),
    )


def _abandon(tr: Translator, cart: CartView | None) -> Rows:
    if cart is None or cart.amends is None:
        return ()
    return ((Tap(tr.label("Leave as it was"), AbandonAmend(cart.id, cart.version)),),)

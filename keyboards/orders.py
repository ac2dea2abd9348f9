"""Keyboards of orders: history, one order, its repeat."""

from collections.abc import Sequence

from bot.conversation.screen import Rows, Tap
from bot.domain.order import OrderBrief, OrderView, RepeatView
from bot.i18n import Translator
from keyboards.actions import (
    AmendOrder,
    AskCancelOrder,
    Browse,
    CancelOrder,
    Home,
    Repeat,
    RepeatInto,
    ShowOrder,
    ShowOrders,
)
from keyboards.rows import numbers, pager


def history(tr: Translator, orders: Sequence[OrderBrief], page: int, pages: int) -> Rows:
    buttons = numbers([ShowOrder(order.id) for order in orders])
    return (*buttons, *pager(tr, page, pages, ShowOrders), (Tap(tr.label("To the start"), Home()),))


def no_orders(tr: Translator) -> Rows:
    return ((Tap(tr.label("Choose goods"), Browse()),), (Tap(tr.label("To the start"), Home()),))


def order(tr: Translator, order: OrderView, *, changeable: bool) -> Rows:
    rows: Rows = ((Tap(tr.label("Repeat this order"), Repeat(order.id)),),)
    if changeable:
        rows += (
            (
                Tap(tr.label("Change"), AmendOrder(order.id)),
                Tap(tr.label("Cancel the order"), AskCancelOrder(order.id)),
            ),
        )
    return (*rows, (Tap(tr.label("My orders"), ShowOrders()), Tap(tr.label("Order goods"), Browse())))


def cancelling(tr: Translator, order: OrderView) -> Rows:
    return (
        (Tap(tr.label("Yes, cancel it"), CancelOrder(order.id)),),
        (Tap(tr.label("No, keep the order"), ShowOrder(order.id)),),
    )


def repeat(tr: Translator, repeated: RepeatView) -> Rows:
    back = (Tap(tr.label("My orders"), ShowOrders()), Tap(tr.label("To the start"), Home()))
    if not repeated.possible:
        return (back,)
    if not repeated.cart_lines:
        return (
            (
                Tap(
                    tr.label("Put into the cart"),
                    RepeatInto(repeated.order_id, replace=False, version=repeated.cart_version),
                ),
            ),
            back,
        )
    return (
        (
            Tap(
                tr.label("Add to the cart"), RepeatInto(repeated.order_id, replace=False, version=repeated.cart_version)
            ),
        ),
        (
            Tap(
                tr.label("Replace the cart"), RepeatInto(repeated.order_id, replace=True, version=repeated.cart_version)
            ),
        ),
        back,
    )

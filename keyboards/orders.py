"""Keyboards of orders: history, one order, its repeat."""

from collections.abc import Sequence
from uuid import UUID

from bot.conversation.screen import Link, Rows, Tap
from bot.domain.money import Money
from bot.domain.order import OrderBrief, OrderView, RepeatView, State
from bot.i18n import Translator
from keyboards.actions import (
    AcceptPrices,
    AmendOrder,
    AskCancelOrder,
    AskManager,
    Browse,
    CancelOrder,
    Home,
    Repeat,
    RepeatInto,
    ShowOrder,
    ShowOrders,
    ShowPrices,
)
from keyboards.paper_actions import TakeInvoice
from keyboards.pay_actions import AskSum, PayHeld
from keyboards.rows import LABEL, numbers, pager


def history(tr: Translator, orders: Sequence[OrderBrief], page: int, pages: int) -> Rows:
    buttons = numbers([ShowOrder(order.id) for order in orders])
    return (*buttons, *pager(tr, page, pages, ShowOrders), (Tap(tr.label("To the start"), Home()),))


def no_orders(tr: Translator) -> Rows:
    return ((Tap(tr.label("Choose goods"), Browse()),), (Tap(tr.label("To the start"), Home()),))


def pay(tr: Translator, address: str, due: Money, order: UUID | None = None) -> Rows:
    """The way to the page where it is paid, which can be forwarded; of an order, or a part of its sum."""
    label = tr.label("Pay {sum}", sum=tr.money(due))
    link = Link(label if len(label) <= LABEL else tr.label("Pay"), address)
    return ((link, Tap(tr.label("Part of the sum"), AskSum(order))),) if order else ((link,),)


def let_go(tr: Translator, sum_: Money, order: UUID) -> Rows:
    """The one way to let a held order go, with the sum as far as it fits."""
    money = tr.money(sum_)
    labels = (
        tr.label("Pay {sum}, and it ships", sum=money),
        tr.label("{sum}, and it ships", sum=money),
        tr.label("Pay, and it ships"),
    )
    return ((Tap(next(label for label in labels if len(label) <= LABEL), PayHeld(order)),),)


def order(tr: Translator, order: OrderView, *, changeable: bool) -> Rows:
    rows: Rows = ((Tap(tr.label("Repeat this order"), Repeat(order.id)),),)
    if order.state is not State.CANCELLED:
        rows = ((*rows[0], Tap(tr.label("Invoice"), TakeInvoice(order.id))),)
    if order.asked and changeable:
        rows = ((Tap(tr.label("See the new prices"), ShowPrices(order.id)),), *rows)
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


def prices(tr: Translator, order: OrderView, total: Money, *, changeable: bool) -> Rows:
    """What may be done about new prices; after the cut-off only a human can help."""
    if not changeable:
        return ((Tap(tr.label("Manager"), AskManager()), Tap(tr.label("Open the order"), ShowOrder(order.id))),)
    change = (
        Tap(tr.label("Change"), AmendOrder(order.id)),
        Tap(tr.label("Cancel the order"), AskCancelOrder(order.id)),
    )
    if not total:
        return (change,)
    return ((Tap(tr.label("Agree to the prices"), AcceptPrices(order.id, order.revision, total.kopiykas)),), change)


def visiting(tr: Translator, order_id: UUID, *, prices: bool) -> Rows:
    """Under a notice about another client of this person: one way in, which goes over to that client."""
    if prices:
        return ((Tap(tr.label("See the new prices"), ShowPrices(order_id)),),)
    return ((Tap(tr.label("Open the order"), ShowOrder(order_id)),),)


def told(tr: Translator, order: OrderView, *, opens: bool = True) -> Rows:
    """Under a notice about an order; somebody who only pays does not open it."""
    ask = Tap(tr.label("Manager"), AskManager())
    return ((Tap(tr.label("Open the order"), ShowOrder(order.id)), ask),) if opens else ((ask,),)

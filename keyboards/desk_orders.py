"""Keyboards of an order that the staff put together for a client."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.cart import CartView, PointView
from bot.domain.order import OrderBrief
from bot.i18n import Translator
from keyboards.desk_actions import (
    AskDraftDay,
    AskDraftPoint,
    ChooseDraftDay,
    ChooseDraftPoint,
    DraftFrom,
    DropDraft,
    PlaceDraft,
    ShowDraft,
)
from keyboards.rows import CHOICES, choices, grid, numbers, pager


def orders(topic: UUID, shown: Sequence[OrderBrief]) -> Rows:
    """By the numbers of the list."""
    return numbers([DraftFrom(topic, order.id) for order in shown])


def draft(tr: Translator, cart: CartView, *, points: int, ready: bool) -> Rows:
    """What is missing can be chosen; the confirm names the sum that was seen."""
    place = Tap(tr.label("Place it for the client"), PlaceDraft(cart.id, cart.version, cart.total.kopiykas))
    change = [Tap(tr.label("Another day"), AskDraftDay(cart.id))]
    if points > 1:
        change.append(Tap(tr.label("Another place"), AskDraftPoint(cart.id)))
    drop = (Tap(tr.label("Do not order"), DropDraft(cart.id)),)
    return ((place,), tuple(change), drop) if ready else (tuple(change), drop)


def days(tr: Translator, cart: CartView, offered: Sequence[date]) -> Rows:
    shown = [Tap(tr.short_day(day), ChooseDraftDay(cart.id, cart.version, day)) for day in offered]
    return (*grid(shown, 3), (Tap(tr.label("Back"), ShowDraft(cart.id)),))


def points(tr: Translator, cart: CartView, shown: Sequence[PointView], page: int, pages: int) -> Rows:
    named = [(point.name, ChooseDraftPoint(cart.id, cart.version, point.id)) for point in shown]
    return (
        *choices(named, page * CHOICES + 1),
        *pager(tr, page, pages, lambda at: AskDraftPoint(cart.id, at)),
        (Tap(tr.label("Back"), ShowDraft(cart.id)),),
    )

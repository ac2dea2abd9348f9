"""For managers: an order that waits for the credit gate, why, and letting it go."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.credit import HeldState, Released
from bot.domain.errors import Outdated
from bot.domain.notice import MANAGERS, Notice
from bot.i18n import Translator, marked
from bot.services.held_orders import HeldOrderView
from handlers.app import AppRouter, Ctx
from handlers.credit import needed, reasons
from handlers.wording import lines, paragraphs
from keyboards import staff as keyboard
from keyboards.staff_actions import ReleaseHeld, ShowHeld

router: AppRouter = AppRouter()
RELEASED: Mapping[Released, str] = {
    Released.OPENED: marked("It went on by itself, {moment}: nothing stands in its way any more."),
    Released.STAFF: marked("Released by {name}, {moment}."),
    Released.THERE: marked("The office moved it on in 1C, {moment}."),
    Released.CANCELLED: marked("It is cancelled, {moment}."),
}


@router.staff(MANAGERS, ShowHeld)
async def show_held(_: Event, ctx: Ctx, action: ShowHeld) -> Screen:
    return held_screen(ctx, await ctx.services.held_orders.view(action.order))


@router.staff(MANAGERS, ReleaseHeld)
async def release_held(event: Event, ctx: Ctx, action: ReleaseHeld) -> Screen:
    """Whoever was slower sees who released it; an order that was changed meanwhile is shown as it is now."""
    held = ctx.services.held_orders
    try:
        return held_screen(ctx, await held.release(action.order, action.revision, event.sender.name))
    except Outdated:
        again = held_screen(ctx, await held.view(action.order))
        return replace(again, notice=ctx.tr.label("The order was changed meanwhile: please look again."))


def held_screen(ctx: Ctx, view: HeldOrderView) -> Screen:
    tr, order = ctx.tr, view.order
    text = paragraphs(
        lines(
            Markup("<b>{}</b>").format(view.client),
            tr.say(
                "Order {number} for <b>{total}</b>, for {day}",
                number=order.number,
                total=tr.money(order.total),
                day=tr.day(order.delivery_date),
            ),
            tr.say("Number in our accounts: {document}", document=order.document) if order.document else None,
        ),
        _why(tr, view),
    )
    return Screen(text, keyboard.held_order(tr, order))


async def told_held(ctx: Ctx, notice: Notice) -> Screen | None:
    view = await ctx.services.held_orders.view(UUID(notice.about))
    if view.held.state is not HeldState.HELD:
        return None  # it went on before this left
    return _headed(ctx, ctx.tr.say("<b>An order is held</b>"), view)


async def told_released(ctx: Ctx, notice: Notice) -> Screen:
    view = await ctx.services.held_orders.view(UUID(notice.about))
    return _headed(ctx, ctx.tr.say("<b>An order is not held any more</b>"), view)


def _headed(ctx: Ctx, heading: Markup, view: HeldOrderView) -> Screen:
    screen = held_screen(ctx, view)
    return replace(screen, text=paragraphs(heading, screen.text))


def _why(tr: Translator, view: HeldOrderView) -> Markup:
    held = view.held
    if held.released is not None and held.released_at is not None:
        return tr.say(RELEASED[held.released], name=held.released_by, moment=tr.moment(held.released_at))
    if held.state is HeldState.UNCHECKED:
        return tr.say("Debts were too old to check it: it waits until they are read from 1C.")
    since = tr.say("Held since {moment}. The client was told.", moment=tr.moment(held.since))
    if view.trouble is None:
        return lines(since, tr.say("Nothing stands in its way any more: it goes on within minutes."))
    return lines(since, reasons(tr, view.trouble), needed(tr, view.trouble))

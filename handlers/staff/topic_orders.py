"""In a client's topic: an order for the client, of an earlier one or of words, a draft before it is placed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.catalogue import page_count
from bot.domain.credit import HeldState
from bot.domain.errors import Refused
from bot.domain.notice import FINANCE, MANAGERS
from bot.i18n import Translator, marked
from bot.services.desk_orders import DraftView
from bot.services.order_reading import AMOUNT, GONE, MULTIPLE, NO_AMOUNT, SEVERAL, UNKNOWN
from handlers.app import AppRouter, Ctx
from handlers.checkout import unchecked
from handlers.credit import warning
from handlers.discounts import discount_lines
from handlers.orders import STATES
from handlers.staff.topics import staff_of
from handlers.wording import cart_item, excerpt, lines, numbered, paragraphs, place
from keyboards import desk_orders as keyboard
from keyboards.desk_actions import (
    AskDraftDay,
    AskDraftPoint,
    AskOrder,
    ChooseDraftDay,
    ChooseDraftPoint,
    DraftFrom,
    DropDraft,
    PlaceDraft,
    ShowDraft,
)
from keyboards.rows import CHOICES

router: AppRouter = AppRouter()
DESKS = (MANAGERS, FINANCE)
COMMAND = "zamov"
SHOWN, UNREAD, TEXT = 20, 10, 60
WHY: Mapping[str, str] = {
    UNKNOWN: marked("there is no such article"),
    SEVERAL: marked("several fit: {options}"),
    NO_AMOUNT: marked("how many? ({options})"),
    AMOUNT: marked("not a quantity of it ({options})"),
    MULTIPLE: marked("not by its packing; what fits: {options}"),
    GONE: marked("cannot be ordered now"),
}


@router.staff(DESKS, AskOrder)
async def ask_order(_: Event, ctx: Ctx, action: AskOrder) -> Screen:
    tr = ctx.tr
    topic, orders = await ctx.services.desk_orders.last_orders(action.topic, staff_of(ctx))
    ctx.about = topic.title
    listed = [
        tr.say(
            "{number} of {moment}: {total}, {state}",
            number=one.number,
            moment=tr.moment(one.placed_at),
            total=tr.money(one.total),
            state=tr.label(STATES[one.state]),
        )
        for one in orders
    ]
    text = paragraphs(
        tr.say("<b>An order for {client}</b>", client=topic.title),
        lines(tr.say("Repeat one of the last:"), numbered(listed)) if listed else None,
        _how(tr),
    )
    return Screen(text, keyboard.orders(topic.id, orders), show=Show.SEND)


@router.command(DESKS, COMMAND)
async def ordered(event: Event, ctx: Ctx, _: str) -> Screen:
    """`/zamov` and lines; alone, in answer to a message, it reads that message."""
    staff = staff_of(ctx)
    topic, quoted = await ctx.services.desk_orders.here(event.place, event.thread, event.reply_to, staff)
    ctx.about = topic.title
    written = event.text.split(maxsplit=1)[1:] or [quoted]
    if not written[0].strip():
        return Screen(_how(ctx.tr), show=Show.SEND)
    view = await ctx.services.desk_orders.from_text(ctx.turn, topic.id, staff, written[0], ctx.tr.language)
    return await draft_screen(ctx, view, Show.SEND)


@router.staff(DESKS, DraftFrom)
async def draft_from(_: Event, ctx: Ctx, action: DraftFrom) -> Screen:
    view = await ctx.services.desk_orders.repeat(ctx.turn, action.topic, staff_of(ctx), action.order, ctx.tr.language)
    return await draft_screen(ctx, view, Show.SEND)


@router.staff(DESKS, ShowDraft)
async def show_draft(_: Event, ctx: Ctx, action: ShowDraft) -> Screen:
    return await draft_screen(ctx, await _view(ctx, action.draft))


@router.staff(DESKS, AskDraftDay)
async def ask_day(_: Event, ctx: Ctx, action: AskDraftDay) -> Screen:
    view = await _view(ctx, action.draft)
    if view.ended:
        return await draft_screen(ctx, view)
    text = ctx.tr.say("<b>When shall we bring it?</b>")
    return Screen(text, keyboard.days(ctx.tr, view.cart, ctx.services.carts.dates()[:9]))


@router.staff(DESKS, ChooseDraftDay)
async def choose_day(_: Event, ctx: Ctx, action: ChooseDraftDay) -> Screen:
    orders, staff = ctx.services.desk_orders, staff_of(ctx)
    view = await orders.change(ctx.turn, action.draft, staff, action.version, ctx.tr.language, day=action.day)
    return await draft_screen(ctx, view)


@router.staff(DESKS, AskDraftPoint)
async def ask_point(_: Event, ctx: Ctx, action: AskDraftPoint) -> Screen:
    view = await _view(ctx, action.draft)
    if view.ended or not view.points:
        return await draft_screen(ctx, view)
    pages = page_count(len(view.points), CHOICES)
    page = min(max(action.page, 0), pages - 1)
    shown = view.points[page * CHOICES : (page + 1) * CHOICES]
    listed = [place(point.name, point.address) for point in shown]
    text = paragraphs(ctx.tr.say("<b>Where shall we bring it?</b>"), numbered(listed, page * CHOICES + 1))
    return Screen(text, keyboard.points(ctx.tr, view.cart, shown, page, pages))


@router.staff(DESKS, ChooseDraftPoint)
async def choose_point(_: Event, ctx: Ctx, action: ChooseDraftPoint) -> Screen:
    orders, staff = ctx.services.desk_orders, staff_of(ctx)
    view = await orders.change(ctx.turn, action.draft, staff, action.version, ctx.tr.language, point=action.point)
    return await draft_screen(ctx, view)


@router.staff(DESKS, PlaceDraft)
async def place_draft(_: Event, ctx: Ctx, action: PlaceDraft) -> Screen:
    """One order however often, and by however many, it is pressed; what moved since is looked at again first."""
    staff = staff_of(ctx)
    try:
        order = await ctx.services.desk_orders.place(ctx.turn, action.draft, staff, action.version, action.kopiykas)
    except Refused as refusal:
        if refusal.code != "cart_changed":
            raise
        ctx.ended = "refused"
        again = await draft_screen(ctx, await _view(ctx, action.draft))
        changed = ctx.tr.say("<b>The draft or a price has changed: please look again.</b>")
        return replace(again, text=paragraphs(changed, again.text))
    view = await _view(ctx, action.draft)
    ctx.about = f"{view.topic.title} {order.number}"
    return await draft_screen(ctx, view)


@router.staff(DESKS, DropDraft)
async def drop_draft(_: Event, ctx: Ctx, action: DropDraft) -> Screen:
    view = await ctx.services.desk_orders.drop(ctx.turn, action.draft, staff_of(ctx), ctx.tr.language)
    return await draft_screen(ctx, view)


async def draft_screen(ctx: Ctx, view: DraftView, show: Show = Show.SEND) -> Screen:
    """What would be ordered, at today's prices, and what stands in the way; or what became of it."""
    tr, cart = ctx.tr, view.cart
    ctx.about = ctx.about or view.topic.title
    if view.order is not None:
        order = view.order
        text = tr.say(
            "<b>Order {number} for {total} is placed for {client}</b> by {name}. The client is told and can change or "
            "cancel it.",
            number=order.number, total=tr.money(order.total), client=view.buyer.name, name=order.placed_by,
        )  # fmt: skip
        held = order.held is HeldState.HELD
        waits = ctx.tr.say("It is held because of debts, and goes once it is paid or released.") if held else None
        return Screen(paragraphs(text, waits), show=show)
    if view.ended:
        return Screen(tr.say("This draft is put away: nothing was ordered by it."), show=show)
    credit = await ctx.services.credit.look(view.buyer, cart)
    last_known = await ctx.services.standing.prices_as_of()
    ready = bool(cart.orderable) and not cart.lacking and cart.point is not None and cart.delivery_date is not None
    text = paragraphs(
        tr.say("<b>Draft of an order for {client}</b>, by {name}", client=view.buyer.name, name=view.by),
        _lines(tr, view),
        _unread(tr, view),
        lines(*_delivery(tr, view), discount_lines(tr, cart.goods, cart.offs), _total(tr, view)),
        unchecked(tr, last_known) if last_known is not None else None,
        warning(tr, credit) if credit is not None else None,
        _missing(tr, view),
    )
    return Screen(text, keyboard.draft(tr, cart, points=len(view.points), ready=ready), show=show)


def _lines(tr: Translator, view: DraftView) -> Markup:
    more = len(view.cart.lines) - SHOWN
    return lines(
        *(Markup("• {}").format(cart_item(tr, line)) for line in view.cart.lines[:SHOWN]),
        tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
    )


def _unread(tr: Translator, view: DraftView) -> Markup | None:
    if not view.unread:
        return None
    more = len(view.unread) - UNREAD
    return lines(
        tr.say("<b>Left out:</b>"),
        *(_why(tr, one) for one in view.unread[:UNREAD]),
        tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
        tr.say("To add them, write the whole order again, with the numbers of the articles."),
    )


def _why(tr: Translator, one: Mapping[str, Any]) -> Markup:
    options = "; ".join(excerpt(str(option), TEXT) for option in one["options"])
    why = WHY[str(one["why"])]
    return Markup("• {}: {}").format(excerpt(str(one["text"]), TEXT), tr.label(why, options=options))


def _delivery(tr: Translator, view: DraftView) -> list[Markup]:
    cart = view.cart
    said = []
    if cart.point is not None:
        said.append(tr.say("To: {place}", place=place(cart.point.name, cart.point.address)))
    if cart.delivery_date is not None:
        said.append(tr.say("On: <b>{day}</b>", day=tr.day(cart.delivery_date)))
    return said


def _total(tr: Translator, view: DraftView) -> Markup:
    return tr.say("Total: <b>{total}</b>", total=tr.money(view.cart.total))


def _missing(tr: Translator, view: DraftView) -> Markup | None:
    """What has to be mended before it can be placed."""
    cart = view.cart
    if cart.lacking:
        return tr.say(
            "Minimum order {minimum}: add goods for {lacking} more.",
            minimum=tr.money(cart.minimum),
            lacking=tr.money(cart.lacking),
        )
    if cart.point is None:
        return (
            tr.say("Please choose where to bring it first.")
            if view.points
            else tr.say("The client has no delivery address: please have it entered in 1C.")
        )
    return tr.say("Please choose the day of delivery first.") if cart.delivery_date is None else None


def _how(tr: Translator) -> Markup:
    return lines(
        tr.say("Or write it, a line for each article: <code>/zamov milk 2.5% 10</code>"),
        tr.say("In answer to a client's message <code>/zamov</code> alone reads that message."),
    )


async def _view(ctx: Ctx, draft: Any) -> DraftView:
    return await ctx.services.desk_orders.view(draft, staff_of(ctx), ctx.tr.language)

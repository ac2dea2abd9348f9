"""Orders after the confirm: what was agreed, history, repeat, change and cancel until the cut-off."""

from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.credit import HeldState
from bot.domain.errors import NotFound, Refused
from bot.domain.money import ZERO
from bot.domain.order import OrderBrief, OrderLineView, OrderView, Repeatable, RepeatLine, State
from bot.i18n import Translator, marked
from bot.services.paid import Paid
from handlers.app import AppRouter, Ctx
from handlers.cart import cart_screen, changed_screen
from handlers.credit import waiting
from handlers.discounts import card_offer, discount_lines
from handlers.wording import lines, numbered, paragraphs, place
from keyboards import orders as keyboard
from keyboards.actions import (
    AmendOrder,
    AskCancelOrder,
    CancelOrder,
    Repeat,
    RepeatInto,
    ShowOrder,
    ShowOrders,
)

router: AppRouter = AppRouter()
SHOWN = 15
STATES = {
    State.PLACED: marked("taken"),
    State.ACCEPTED: marked("accepted by the warehouse"),
    State.SHIPPED: marked("on its way"),
    State.CLOSED: marked("delivered"),
    State.CANCELLED: marked("cancelled"),
}


@router.tap(ShowOrders)
async def show_orders(_: Event, ctx: Ctx, action: ShowOrders) -> Screen:
    history = await ctx.services.ordering.history(ctx.buyer, action.page)
    if not history.orders:
        text = ctx.tr.say("There are no orders yet. The first one takes a minute.")
        return Screen(text, keyboard.no_orders(ctx.tr))
    text = paragraphs(ctx.tr.say("<b>My orders</b>"), numbered([_brief(ctx.tr, order) for order in history.orders]))
    return Screen(text, keyboard.history(ctx.tr, history.orders, history.page, history.pages))


@router.tap(ShowOrder)
async def show_order(_: Event, ctx: Ctx, action: ShowOrder) -> Screen:
    return await order_screen(ctx, await own_order(ctx, action.order))


@router.tap(AskCancelOrder)
async def ask_cancel(_: Event, ctx: Ctx, action: AskCancelOrder) -> Screen:
    order = await ctx.services.ordering.order(ctx.buyer, action.order)
    if not ctx.services.ordering.changeable(order, ctx.turn):
        return replace(await order_screen(ctx, order), notice=ctx.tr.label("This order cannot be changed any more."))
    text = ctx.tr.say("Cancel order <b>{number}</b> for {total}?", number=order.number, total=ctx.tr.money(order.total))
    return Screen(text, keyboard.cancelling(ctx.tr, order))


@router.tap(CancelOrder)
async def cancel(_: Event, ctx: Ctx, action: CancelOrder) -> Screen:
    order = await ctx.services.ordering.cancel(ctx.turn, ctx.buyer, ctx.who.require_person(), action.order)
    return replace(await order_screen(ctx, order), notice=ctx.tr.label("The order is cancelled"))


@router.tap(AmendOrder)
async def amend(_: Event, ctx: Ctx, action: AmendOrder) -> Screen:
    return cart_screen(ctx, await ctx.services.ordering.amend(ctx.turn, ctx.buyer, action.order, ctx.tr.language))


@router.tap(Repeat)
async def repeat(_: Event, ctx: Ctx, action: Repeat) -> Screen:
    """Before anything goes into the cart: what is gone, and which price moved."""
    tr = ctx.tr
    repeated = await ctx.services.ordering.repeatable(ctx.buyer, action.order, tr.language)
    if repeated is None:
        text = tr.say("There is nothing to repeat yet. The first order takes a minute.")
        return Screen(text, keyboard.no_orders(tr))
    shown = repeated.lines[:SHOWN]
    more = len(repeated.lines) - len(shown)
    text = paragraphs(
        tr.say("<b>Repeat order {number}</b> of {day}", number=repeated.number, day=tr.moment(repeated.placed_at)),
        lines(
            *(Markup("• {}").format(moved_line(tr, line)) for line in shown),
            tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
        ),
        tr.say("At today's prices: <b>{total}</b>", total=tr.money(repeated.total))
        if repeated.possible
        else tr.say("Nothing of this order is on sale any more."),
        tr.plural("There is {n} line in your cart.", "There are {n} lines in your cart.", repeated.cart_lines)
        if repeated.cart_lines
        else None,
    )
    return Screen(text, keyboard.repeat(tr, repeated))


@router.tap(RepeatInto)
async def repeat_into(_: Event, ctx: Ctx, action: RepeatInto) -> Screen:
    try:
        cart = await ctx.services.ordering.repeat(
            ctx.turn, ctx.buyer, action.order, action.version, ctx.tr.language, replace=action.replace
        )
    except Refused as refusal:
        return await changed_screen(ctx, refusal)
    return replace(cart_screen(ctx, cart), notice=ctx.tr.label("The order is in the cart: check it and place it"))


async def own_order(ctx: Ctx, order_id: UUID) -> OrderView:
    """The order; of another client of this person, who orders for that one from now on. Raises NotFound.

    A notice may concern any of the clients a person acts for.
    """
    try:
        return await ctx.services.ordering.order(ctx.buyer, order_id)
    except NotFound:
        ctx.who = await ctx.services.joining.act_for_owner(ctx.turn, ctx.who.require_person(), order_id)
        return await ctx.services.ordering.order(ctx.buyer, order_id)


async def order_screen(ctx: Ctx, order: OrderView, *, fresh: bool = False) -> Screen:
    """What was agreed; `fresh` right after the confirm."""
    tr = ctx.tr
    changeable = ctx.services.ordering.changeable(order, ctx.turn)
    credit, (paid, address) = await ctx.services.held_orders.look(ctx.buyer, order), await _offer(ctx, order)
    off = await ctx.services.payments.off(order, paid) if address else None
    due = paid.due
    more = len(order.lines) - SHOWN
    deadline = tr.moment(ctx.services.carts.deadline(order.delivery_date))
    text = paragraphs(
        _heading(tr, order, fresh=fresh),
        waiting(tr, order, credit),
        lines(
            *(Markup("• {}").format(_line(tr, line)) for line in order.lines[:SHOWN]),
            tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
        ),
        lines(
            tr.say("To: {place}", place=place(order.delivery_name, order.delivery_address))
            if order.delivery_name or order.delivery_address
            else None,
            tr.say("On: <b>{day}</b>", day=tr.day(order.delivery_date)),
            tr.say("Note: {note}", note=order.note) if order.note else None,
            discount_lines(tr, order.total + order.discount, order.offs),
            tr.say("Total: <b>{total}</b>", total=tr.money(order.total)),
            tr.say("Number in our accounts: {document}", document=order.document) if order.document else None,
            tr.say("Ordered by {name}, {moment}", name=order.placed_by, moment=tr.moment(order.placed_at))
            if order.placed_by
            else None,
        ),
        paid_line(tr, order, paid),
        card_offer(tr, off, due) if off else None,
        _about_prices(tr, order, changeable=changeable),
        _until(tr, order, deadline) if changeable else None,
    )
    pay = keyboard.pay(tr, address, due - off.amount if off else due, order.id) if address else ()
    if credit is not None and credit.payable:
        pay = keyboard.let_go(tr, credit.trouble.enough, order.id)
    return Screen(text, (*pay, *keyboard.order(tr, order, changeable=changeable)), about=order.id)


async def _offer(ctx: Ctx, order: OrderView) -> tuple[Paid, str | None]:
    """What came in, and the way to pay the rest; of one that is held another sum is asked for."""
    if order.held is HeldState.HELD:
        return await ctx.services.payments.paid(order.id), None
    return await ctx.services.payments.offer(order)


def paid_line(tr: Translator, order: OrderView, paid: Paid) -> Markup | None:
    """What came in for the order; None where nothing did."""
    if not paid.charged:
        return None
    said = (
        tr.say("Paid by transfer: <b>{total}</b>", total=tr.money(paid.kept))
        if paid.at is None
        else tr.say(
            "Paid: <b>{total}</b>, card {card}, {moment}",
            total=tr.money(paid.kept),
            card=paid.card or "•",
            moment=tr.moment(paid.at),
        )
    )
    left = order.total - paid.settled
    return lines(
        said,
        tr.say("Discount for paying by card: {sum}", sum=tr.money(paid.discount)) if paid.discount > ZERO else None,
        tr.say("Left to pay: <b>{left}</b>", left=tr.money(left)) if left > ZERO else None,
    )


def state_name(tr: Translator, order: OrderView | OrderBrief) -> str:
    """Where it stands, in words."""
    if order.held is HeldState.HELD and order.state is not State.CANCELLED:
        return tr.label("held until payment")
    return tr.label(STATES[order.state])


def _until(tr: Translator, order: OrderView, deadline: str) -> Markup:
    if order.held is HeldState.HELD:
        return tr.say("You can change or cancel it while it is held.")
    return tr.say("You can change or cancel it until {deadline}.", deadline=deadline)


def _heading(tr: Translator, order: OrderView, *, fresh: bool) -> Markup:
    if not fresh:
        return tr.say("<b>Order {number}</b>: {state}", number=order.number, state=state_name(tr, order))
    if order.held is HeldState.HELD:
        return tr.say("<b>Order {number} is taken, and held until payment.</b>", number=order.number)
    if order.revision > 1:
        return tr.say("<b>Order {number} is changed. Thank you!</b>", number=order.number)
    return tr.say("<b>Order {number} is taken. Thank you!</b>", number=order.number)


def _about_prices(tr: Translator, order: OrderView, *, changeable: bool) -> Markup | None:
    if order.asked and changeable:
        return tr.say("<b>Prices have moved since: please look.</b>")
    if order.provisional and order.state is State.PLACED:
        return tr.say("Prices are the last known ones: we shall check them soon and tell you if anything moved.")
    return None


def _brief(tr: Translator, order: OrderBrief) -> Markup:
    return tr.say(
        "{number}, {moment}: <b>{total}</b>, {state}",
        number=order.number,
        moment=tr.moment(order.placed_at),
        total=tr.money(order.total),
        state=state_name(tr, order),
    )


def _line(tr: Translator, line: OrderLineView) -> Markup:
    quantity = tr.quantity(line.quantity, line.packing, line.unit)
    return Markup("{}\n    {} × {} = <b>{}</b>").format(line.name, quantity, tr.money(line.price), tr.money(line.gross))


def moved_line(tr: Translator, line: RepeatLine) -> Markup:
    """A line of an old order, with what became of it since."""
    quantity = tr.quantity(line.quantity, line.packing, line.unit)
    if line.now is None:
        return tr.say("<s>{name}</s>\n    not available any more", name=line.name)
    text = Markup("{}\n    {} × {}").format(line.name, quantity, tr.money(line.now))
    percent = f"{tr.number(abs(line.percent))}\u00a0%"
    match line.verdict:
        case Repeatable.DEARER:
            return text + tr.say(", <b>{percent} dearer</b> than then", percent=percent)
        case Repeatable.CHEAPER:
            return text + tr.say(", {percent} cheaper than then", percent=percent)
        case Repeatable.OUT_OF_STOCK:
            return text + tr.say(", out of stock now: the manager will confirm")
        case _:
            return text

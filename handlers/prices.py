"""An order agreed while 1C was silent: what moved meanwhile, and what the client says to it."""

from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.errors import Outdated
from bot.domain.order import CHANGEABLE, OrderView, RepeatLine
from bot.i18n import Translator
from handlers.app import AppRouter, Ctx
from handlers.orders import moved_line, order_screen, own_order
from handlers.wording import lines, paragraphs
from keyboards import orders as keyboard
from keyboards.actions import AcceptPrices, ShowPrices

router: AppRouter = AppRouter()
SHOWN = 12


@router.tap(ShowPrices)
async def show_prices(_: Event, ctx: Ctx, action: ShowPrices) -> Screen:
    order = await own_order(ctx, action.order)
    return await question_screen(ctx, order.id) if is_open(order) else await order_screen(ctx, order)


@router.tap(AcceptPrices)
async def accept_prices(_: Event, ctx: Ctx, action: AcceptPrices) -> Screen:
    try:
        order = await ctx.services.price_check.accept(
            ctx.turn, ctx.buyer, action.order, action.revision, action.kopiykas
        )
    except Outdated:
        order = await ctx.services.ordering.order(ctx.buyer, action.order)
        if not is_open(order):
            return await order_screen(ctx, order)
        again = await question_screen(ctx, order.id)
        return replace(again, notice=ctx.tr.label("A price has moved again: please look once more."))
    return replace(await order_screen(ctx, order), notice=ctx.tr.label("Thank you, the new prices are agreed"))


async def question_screen(ctx: Ctx, order_id: UUID) -> Screen:
    """The difference in words, and the choices."""
    tr = ctx.tr
    question = await ctx.services.price_check.question(ctx.buyer, order_id, tr.language)
    order, more = question.order, len(question.lines) - SHOWN
    changeable = ctx.services.ordering.changeable(order, ctx.turn)
    deadline = tr.moment(ctx.services.carts.deadline(order.delivery_date))
    text = paragraphs(
        tr.say("<b>Order {number}: prices have moved</b>", number=order.number),
        tr.say("You ordered while our accounts could not be reached, so the prices were the last known ones."),
        lines(
            *(Markup("• {}").format(_line(tr, line)) for line in question.lines[:SHOWN]),
            tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
        ),
        lines(
            tr.say("Agreed: {total}", total=tr.money(order.total)),
            tr.say("Now: <b>{total}</b>", total=tr.money(question.total))
            if question.total
            else tr.say("Nothing of this order is on sale any more."),
        ),
        tr.say("What is out of stock or short stays in the order: the manager will confirm what we can bring.")
        if question.short
        else None,
        tr.say("Until you answer, the order stands as agreed. You can answer until {deadline}.", deadline=deadline)
        if changeable
        else tr.say("It is too late to change the order here: please ask the manager."),
    )
    return Screen(text, keyboard.prices(tr, order, question.total, changeable=changeable))


def _line(tr: Translator, line: RepeatLine) -> Markup:
    moved = moved_line(tr, line)
    return moved + tr.say(", less in stock than you ordered") if line.short else moved


def is_open(order: OrderView) -> bool:
    """Whether the question about its prices still waits for an answer."""
    return order.asked and order.state in CHANGEABLE


def fell_screen(ctx: Ctx, order: OrderView) -> Screen:
    """Good news asks nothing."""
    text = paragraphs(
        ctx.tr.say("<b>Order {number} has become cheaper</b>", number=order.number),
        ctx.tr.say("Prices have been checked. The order now costs <b>{total}</b>.", total=ctx.tr.money(order.total)),
    )
    return Screen(text, keyboard.told(ctx.tr, order), show=Show.SEND)

"""From the cart to the confirm: where, when, a note, a summary, one confirm."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.cart import CartView
from bot.domain.catalogue import page_count
from bot.domain.errors import Refused
from bot.domain.money import ZERO
from bot.i18n import Translator
from bot.services.credit import CreditView
from bot.services.standing import LastKnown
from handlers.app import AppRouter, Ctx
from handlers.cart import cart_screen, lacking
from handlers.credit import warning
from handlers.discounts import discount_lines
from handlers.errors import sentence
from handlers.orders import order_screen
from handlers.wording import cart_item, lines, numbered, paragraphs, place
from keyboards import cart as keyboard
from keyboards.actions import AskDate, AskNote, AskPoint, Checkout, ChooseDate, ChoosePoint, Confirm, DropNote
from keyboards.rows import CHOICES

router: AppRouter = AppRouter()
SHOWN = 12


@router.tap(Checkout)
async def checkout(_: Event, ctx: Ctx, __: Checkout) -> Screen:
    return await _next(ctx, await ctx.services.carts.view(ctx.buyer, ctx.tr.language))


@router.tap(AskPoint)
async def ask_point(_: Event, ctx: Ctx, action: AskPoint) -> Screen:
    return await _points(ctx, action.page)


@router.tap(ChoosePoint)
async def choose_point(_: Event, ctx: Ctx, action: ChoosePoint) -> Screen:
    return await _next(ctx, await ctx.services.carts.choose_point(ctx.turn, ctx.buyer, action.point, ctx.tr.language))


@router.tap(AskDate)
async def ask_date(_: Event, ctx: Ctx, __: AskDate) -> Screen:
    return _dates(ctx)


@router.tap(ChooseDate)
async def choose_date(_: Event, ctx: Ctx, action: ChooseDate) -> Screen:
    try:
        cart = await ctx.services.carts.choose_date(ctx.turn, ctx.buyer, action.day, ctx.tr.language)
    except Refused as refusal:
        if refusal.code != "date_gone":
            raise
        return replace(_dates(ctx), notice=str(sentence(ctx.tr, refusal)))
    return await _next(ctx, cart)


@router.tap(AskNote)
async def ask_note(_: Event, ctx: Ctx, __: AskNote) -> Screen:
    cart = await ctx.services.carts.view(ctx.buyer, ctx.tr.language)
    ctx.ask("note")
    text = ctx.tr.say("Type the note for the order: for example, until what hour to bring it, or whom to call.")
    return Screen(text, keyboard.note(ctx.tr, written=bool(cart and cart.note)), show=Show.SEND)


@router.step("note")
async def typed_note(event: Event, ctx: Ctx) -> Screen:
    note = " ".join(event.text.split())
    cart = await ctx.services.carts.write_note(ctx.turn, ctx.buyer, note, ctx.tr.language)
    return replace(await _next(ctx, cart), show=Show.SEND)


@router.tap(DropNote)
async def drop_note(_: Event, ctx: Ctx, __: DropNote) -> Screen:
    return await _next(ctx, await ctx.services.carts.write_note(ctx.turn, ctx.buyer, "", ctx.tr.language))


@router.tap(Confirm)
async def confirm(_: Event, ctx: Ctx, action: Confirm) -> Screen:
    """The same order however often it is pressed; a cart that moved since is shown again instead."""
    try:
        order = await ctx.services.ordering.place(
            ctx.turn, ctx.buyer, ctx.who.require_person(), action.cart, action.version, action.kopiykas
        )
    except Refused as refusal:
        if refusal.code == "date_gone":
            return replace(_dates(ctx), notice=str(sentence(ctx.tr, refusal)))
        if refusal.code != "cart_changed":
            raise
        again = await _next(ctx, await ctx.services.carts.view(ctx.buyer, ctx.tr.language))
        return replace(again, notice=ctx.tr.label("The cart or a price has changed: please look again."))
    ctx.who = replace(ctx.who, cart_lines=0)
    return await order_screen(ctx, order, fresh=True)


async def _next(ctx: Ctx, cart: CartView | None) -> Screen:
    """The first thing that is missing, else the summary."""
    if cart is None or not cart.orderable or cart.lacking:
        screen = cart_screen(ctx, cart)
        if cart is not None and cart.lacking and cart.orderable:
            screen = replace(screen, notice=str(lacking(ctx, cart)))
        return screen
    if cart.point is None:
        return await _points(ctx, 0)
    if cart.delivery_date is None or cart.delivery_date not in ctx.services.carts.dates():
        return _dates(ctx)
    credit = await ctx.services.credit.look(ctx.buyer, cart)
    return _summary(ctx, cart, await ctx.services.standing.prices_as_of(), credit)


async def _points(ctx: Ctx, page: int) -> Screen:
    points = await ctx.services.carts.points(ctx.buyer)
    if not points:
        text = ctx.tr.say("There is no delivery address for you yet. Your manager will add one: press Manager below.")
        return Screen(text, keyboard.points(ctx.tr, (), 0, 1))
    pages = page_count(len(points), CHOICES)
    page = min(max(page, 0), pages - 1)
    shown = points[page * CHOICES : (page + 1) * CHOICES]
    listed = [place(point.name, point.address) for point in shown]
    text = paragraphs(ctx.tr.say("<b>Where shall we bring it?</b>"), numbered(listed, page * CHOICES + 1))
    return Screen(text, keyboard.points(ctx.tr, shown, page, pages))


def _dates(ctx: Ctx) -> Screen:
    days = ctx.services.carts.dates()
    if not days:
        text = ctx.tr.say("There is no delivery day in the next weeks. Please ask the manager.")
        return Screen(text, keyboard.dates(ctx.tr, ()))
    text = paragraphs(
        ctx.tr.say("<b>When shall we bring it?</b>"),
        ctx.tr.say(
            "For {day} we take orders until {deadline}.",
            day=ctx.tr.day(days[0]),
            deadline=ctx.tr.moment(ctx.services.carts.deadline(days[0])),
        ),
    )
    return Screen(text, keyboard.dates(ctx.tr, days))


def unchecked(tr: Translator, prices: LastKnown) -> Markup:
    """That the prices are only the last known ones, and of when."""
    if prices.at is None:
        return tr.say(
            "Prices are of our last price list: our accounts cannot be reached just now. We shall check them and tell "
            "you if anything moves."
        )
    return tr.say(
        "Prices are of {moment}: our accounts cannot be reached just now. We shall check them and tell you "
        "if anything moves.",
        moment=tr.moment(prices.at),
    )


def _summary(ctx: Ctx, cart: CartView, last_known: LastKnown | None, credit: CreditView | None) -> Screen:
    """Everything that will be agreed, before it is, and what may hold it up.

    `last_known` where the prices cannot be checked just now.
    """
    tr = ctx.tr
    assert cart.point is not None
    assert cart.delivery_date is not None
    ordered = cart.orderable
    more = len(ordered) - SHOWN
    left_out = len(cart.lines) - len(ordered)
    text = paragraphs(
        tr.say("<b>Check the change of order {number}</b>", number=cart.amends)
        if cart.amends
        else tr.say("<b>Check your order</b>"),
        lines(
            *(Markup("• {}").format(cart_item(tr, line)) for line in ordered[:SHOWN]),
            tr.plural("… and {n} more line", "… and {n} more lines", more) if more > 0 else None,
        ),
        tr.plural(
            "{n} line cannot be ordered any more and is left out.",
            "{n} lines cannot be ordered any more and are left out.",
            left_out,
        )
        if left_out
        else None,
        lines(
            tr.say("To: {place}", place=place(cart.point.name, cart.point.address)),
            tr.say("On: <b>{day}</b>", day=tr.day(cart.delivery_date)),
            tr.say("Note: {note}", note=cart.note) if cart.note else None,
            discount_lines(tr, cart.goods, cart.offs),
            tr.say("Total: <b>{total}</b>", total=tr.money(cart.total)),
        ),
        unchecked(tr, last_known) if last_known is not None else None,
        warning(tr, credit) if credit is not None else None,
    )
    debts = credit.trouble.to_pay if credit is not None and credit.payable else ZERO
    return Screen(text, keyboard.summary(tr, cart, debts))

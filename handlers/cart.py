"""The cart: what is in it, what it lacks, and emptying it."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.cart import CartView
from bot.domain.catalogue import PAGE, page_count
from bot.domain.errors import Refused
from handlers.app import AppRouter, Ctx
from handlers.discounts import discount_lines
from handlers.wording import cart_item, lines, numbered, paragraphs
from keyboards import cart as keyboard
from keyboards.actions import AbandonAmend, AskClearCart, ClearCart, ShowCart

router: AppRouter = AppRouter()


@router.tap(ShowCart)
async def show_cart(_: Event, ctx: Ctx, action: ShowCart) -> Screen:
    return cart_screen(ctx, await ctx.services.carts.view(ctx.buyer, ctx.tr.language), action.page)


@router.tap(AskClearCart)
async def ask_clear(_: Event, ctx: Ctx, __: AskClearCart) -> Screen:
    cart = await ctx.services.carts.view(ctx.buyer, ctx.tr.language)
    if cart is None or not cart.lines:
        return cart_screen(ctx, cart)
    text = ctx.tr.plural(
        "Take {n} line for {total} out of the cart? This cannot be undone.",
        "Take {n} lines for {total} out of the cart? This cannot be undone.",
        len(cart.lines),
        total=ctx.tr.money(cart.total),
    )
    return Screen(text, keyboard.clearing(ctx.tr, cart))


@router.tap(ClearCart)
async def clear(_: Event, ctx: Ctx, action: ClearCart) -> Screen:
    """Only the cart that was asked about: one changed since is shown instead."""
    try:
        emptied = await ctx.services.carts.clear(ctx.turn, ctx.buyer, action.cart, action.version, ctx.tr.language)
    except Refused as refusal:
        if refusal.code != "cart_changed":
            raise
        cart = await ctx.services.carts.view(ctx.buyer, ctx.tr.language)
        return replace(cart_screen(ctx, cart), notice=ctx.tr.label("The cart has changed, nothing was taken out."))
    return replace(cart_screen(ctx, emptied), notice=ctx.tr.label("The cart is empty"))


@router.tap(AbandonAmend)
async def abandon(_: Event, ctx: Ctx, action: AbandonAmend) -> Screen:
    try:
        cart = await ctx.services.carts.abandon(ctx.turn, ctx.buyer, action.cart, action.version, ctx.tr.language)
    except Refused as refusal:
        return await changed_screen(ctx, refusal)
    return replace(cart_screen(ctx, cart), notice=ctx.tr.label("The order stays as it was"))


async def changed_screen(ctx: Ctx, refusal: Refused) -> Screen:
    """The cart as it is now, for a button that was made for an earlier one. Raises any other refusal."""
    if refusal.code != "cart_changed":
        raise refusal
    cart = await ctx.services.carts.view(ctx.buyer, ctx.tr.language)
    return replace(cart_screen(ctx, cart), notice=ctx.tr.label("The cart or a price has changed: please look again."))


def cart_screen(ctx: Ctx, cart: CartView | None, page: int = 0) -> Screen:
    """The lines, the sum, what is missing to the minimum."""
    tr = ctx.tr
    ctx.who = replace(ctx.who, cart_lines=len(cart.lines) if cart else 0)
    if cart is None or not cart.lines:
        text = paragraphs(
            _heading(ctx, cart),
            tr.say("The cart is empty. Choose goods, or repeat an earlier order."),
        )
        return Screen(text, keyboard.empty(tr, cart))
    pages = page_count(len(cart.lines))
    page = min(max(page, 0), pages - 1)
    shown = cart.lines[page * PAGE : (page + 1) * PAGE]
    text = paragraphs(
        _heading(ctx, cart),
        numbered([cart_item(tr, line) for line in shown]),
        lines(
            discount_lines(tr, cart.goods, cart.offs),
            tr.say("Total: <b>{total}</b>", total=tr.money(cart.total)),
            lacking(ctx, cart),
        ),
        tr.say("A number opens the line: there you change the quantity."),
    )
    return Screen(text, keyboard.cart(tr, cart, shown, page, pages))


def lacking(ctx: Ctx, cart: CartView) -> Markup | None:
    if not cart.lacking:
        return None
    return ctx.tr.say(
        "Minimum order {minimum}: add goods for {lacking} more.",
        minimum=ctx.tr.money(cart.minimum),
        lacking=ctx.tr.money(cart.lacking),
    )


def _heading(ctx: Ctx, cart: CartView | None) -> Markup:
    if cart is not None and cart.amends is not None:
        return ctx.tr.say("<b>Changing order {number}</b>: it stays as it was until you confirm.", number=cart.amends)
    return ctx.tr.say("<b>Cart</b> · {client}", client=ctx.buyer.name)

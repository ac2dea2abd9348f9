"""News of goods, told without asking: what has come that somebody waited for, and prices of the usual that moved."""

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.catalogue import PAGE
from bot.domain.notice import Notice
from bot.domain.price_move import PriceMove
from bot.i18n import NBSP, Translator
from handlers.app import Ctx
from handlers.wording import article_item, lines, numbered, paragraphs
from keyboards import catalogue as keyboard

MOVES = 10


async def back_in_stock(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where all of it is gone again, or not for this client any more."""
    tr, person = ctx.tr, ctx.who.person_id
    if person is None or ctx.who.buyer is None:
        return None
    articles = await ctx.services.watching.come(person, ctx.who.buyer, notice, tr.language)
    if not articles:
        return None
    shown = articles[:PAGE]
    text = paragraphs(
        tr.say("<b>In stock again</b>, as you asked us to tell you:"),
        numbered([article_item(tr, each) for each in shown]),
        more(tr, len(articles) - len(shown)),
    )
    return Screen(text, keyboard.come(tr, shown))


async def price_news(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where the prices are back where they were."""
    tr, person = ctx.tr, ctx.who.person_id
    if person is None or ctx.who.buyer is None:
        return None
    moves = await ctx.services.price_news.moves(person, ctx.who.buyer, notice, tr.language)
    if not moves:
        return None
    text = paragraphs(
        tr.say("<b>New prices</b> of what you usually take:"),
        lines(*(_move(tr, each) for each in moves[:MOVES])),
        more(tr, len(moves) - MOVES),
        tr.say("You can switch such notices off: More, then Notices."),
    )
    return Screen(text, keyboard.price_news(tr))


def more(tr: Translator, left: int) -> Markup | None:
    """How many there was no room for."""
    return tr.plural("… and {n} more", "… and {n} more", left) if left > 0 else None


def _move(tr: Translator, move: PriceMove) -> Markup:
    """Моцарела 1 кг: 245,00 → 255,30 грн (+4,2 %)."""
    percent = f"{'+' if move.percent > 0 else '−'}{tr.number(abs(move.percent))}{NBSP}%"
    bare, _, _ = tr.money(move.was).rpartition(NBSP)
    unit = tr.unit(move.packing.base_unit)
    return Markup("• {}: {} → {}/{} ({})").format(move.name, bare, tr.money(move.now), unit, percent)

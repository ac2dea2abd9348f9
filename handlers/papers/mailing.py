"""Price lists and offers that come without having been asked for, by a campaign."""

from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.errors import Refused
from bot.domain.notice import Notice, NoticeKind
from bot.domain.paper import Form
from bot.domain.price_sheet import PriceSheet
from handlers.app import Ctx
from handlers.papers.screens import offer_screen, price_list_screen
from handlers.wording import paragraphs
from keyboards import papers as keyboard


async def price_list(ctx: Ctx, notice: Notice, form: Form = Form.XLSX) -> Screen | None:
    """None where the client has no prices any more."""
    sheet = await _sheet(ctx, notice)
    if sheet is None:
        return None
    drawn = await price_list_screen(ctx, sheet, form)
    heading = ctx.tr.say("<b>New price list for {client}</b>", client=sheet.client)
    return replace(drawn, text=paragraphs(heading, drawn.text, _off(ctx)), rows=keyboard.mailed_list(ctx.tr))


async def offer(ctx: Ctx, notice: Notice, form: Form = Form.PDF) -> Screen | None:
    """None where the client has ordered nothing yet, or has no prices of these goods."""
    sheet = await _sheet(ctx, notice)
    if sheet is None:
        return None
    drawn = await offer_screen(ctx, sheet, form)
    heading = ctx.tr.say("<b>Commercial offer for {client}</b>", client=sheet.client)
    campaign = await ctx.services.campaigns.require(UUID(notice.about))
    rows = keyboard.mailed_offer(ctx.tr, campaign.category)
    return replace(drawn, text=paragraphs(heading, drawn.text, _off(ctx)), rows=rows)


OTHER = {NoticeKind.PRICE_LIST: (price_list, Form.PDF), NoticeKind.OFFER: (offer, Form.XLSX)}
"""What a letter brings beside the file that a chat gets."""


async def _sheet(ctx: Ctx, notice: Notice) -> PriceSheet | None:
    """What the campaign promised, at the prices of this moment. Raises NotFound."""
    buyer, language, sheets = ctx.who.buyer, ctx.tr.language, ctx.services.price_sheets
    if buyer is None:
        return None
    campaign = await ctx.services.campaigns.require(UUID(notice.about))
    try:
        if notice.kind is NoticeKind.PRICE_LIST:
            return await sheets.all(buyer, language)
        if campaign.category is None:
            return await sheets.usual(buyer, language)
        return await sheets.category(buyer, campaign.category, language)
    except Refused:
        return None


def _off(ctx: Ctx) -> Markup:
    return ctx.tr.say("You can switch such notices off: More, then Notices.")

"""The way to a price list or an offer, and the file itself."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Attachment, Screen, Show
from bot.domain.paper import Form
from bot.domain.price_sheet import PriceSheet
from bot.services.papers import Made
from handlers.app import AppRouter, Company, Ctx
from handlers.papers import words
from handlers.wording import lines, paragraphs
from keyboards import papers as keyboard
from keyboards.paper_actions import AskOffer, AskPriceList, TakeOffer, TakePriceList

router: AppRouter = AppRouter()


@router.tap(AskPriceList)
async def ask_price_list(_: Event, ctx: Ctx, __: AskPriceList) -> Screen:
    text = paragraphs(
        ctx.tr.say("<b>Price list</b>: {client}", client=ctx.buyer.name),
        ctx.tr.say("All your goods at your prices, as a file: Excel to count in, PDF to print."),
        ctx.tr.say("A commercial offer holds only what you choose, with the day until which its prices stand."),
    )
    return Screen(text, keyboard.price_list(ctx.tr))


@router.tap(TakePriceList)
async def take_price_list(_: Event, ctx: Ctx, action: TakePriceList) -> Screen:
    sheet = await ctx.services.price_sheets.all(ctx.buyer, ctx.tr.language)
    return await price_list_screen(ctx, sheet, action.form)


@router.tap(AskOffer)
async def ask_offer(_: Event, ctx: Ctx, action: AskOffer) -> Screen:
    return await _choice(ctx, ctx.tr.say("Of what shall it be?"), action.form, action.page)


@router.tap(TakeOffer)
async def take_offer(_: Event, ctx: Ctx, action: TakeOffer) -> Screen:
    tr, sheets = ctx.tr, ctx.services.price_sheets
    if action.category is None:
        usual = await sheets.usual(ctx.buyer, tr.language)
        if usual is None:
            why = tr.say("An offer of what you take most comes after your first orders. Until then choose a category.")
            return await _choice(ctx, why, action.form)
        sheet = usual
    else:
        sheet = await sheets.category(ctx.buyer, action.category, tr.language)
    return await offer_screen(ctx, sheet, action.form)


async def _choice(ctx: Ctx, words_: Markup, form: Form, page: int = 0) -> Screen:
    shelf = await ctx.services.browsing.shelf(ctx.buyer, None, page, ctx.tr.language)
    heading = ctx.tr.say("<b>Commercial offer</b>: {client}", client=ctx.buyer.name)
    as_what = ctx.tr.say("The file will be {form}.", form=keyboard.NAMES[form])
    return Screen(paragraphs(heading, lines(words_, as_what)), keyboard.offer(ctx.tr, shelf, form))


async def price_list_screen(ctx: Ctx, sheet: PriceSheet, form: Form) -> Screen:
    tr, paper = ctx.tr, words.price_list(ctx.tr, sheet, seller(ctx))
    name = f"{paper.title} {paper.company} {sheet.on:%d.%m.%Y}"
    made = await ctx.services.papers.make(paper, form, name)
    counted = tr.plural("Price list: {n} article.", "Price list: {n} articles.", sheet.size)
    day = tr.say("The prices are valid on {day}.", day=f"{sheet.on:%d.%m.%Y}")
    return Screen(paragraphs(counted, day), media=attachment(made), show=Show.SEND)


async def offer_screen(ctx: Ctx, sheet: PriceSheet, form: Form) -> Screen:
    tr, who = ctx.tr, seller(ctx)
    paper = words.offer(tr, sheet, who)
    made = await ctx.services.papers.make(paper, form, f"{paper.title} {sheet.client} {sheet.on:%d.%m.%Y}")
    counted = tr.plural("Commercial offer: {n} article.", "Commercial offer: {n} articles.", sheet.size)
    day = tr.say("It is valid until {day}, that day included.", day=f"{words.last_day(sheet, who):%d.%m.%Y}")
    return Screen(paragraphs(counted, day), media=attachment(made), show=Show.SEND)


def attachment(made: Made) -> Attachment:
    """What lies ready, as a part of a screen."""
    return Attachment(made.path, made.name, made.mime, made.size, made.token)


def seller(ctx: Ctx) -> Company:
    """The client's own manager answers, where they have one with a phone."""
    manager, company = ctx.who.manager, ctx.services.company
    return replace(company, phone=manager.phone) if manager and manager.phone else company

"""The way to a human: a question, what was not found, a file; and the quiet while somebody of the staff speaks."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event, Kind
from bot.conversation.screen import Rows, Screen, Show
from bot.domain.desk import Enclosure, Said
from bot.domain.notice import FINANCE
from bot.services.desk import Asked
from handlers.app import AppRouter, Ctx
from handlers.menu import welcome_screen
from handlers.wording import lines, paragraphs
from keyboards import desk as keyboard
from keyboards import menu as menu_keyboard
from keyboards.actions import AskManager
from keyboards.desk_actions import AskFinance, PassOn

router: AppRouter = AppRouter()
QUERY = "query"


@router.tap(AskManager)
async def manager(_: Event, ctx: Ctx, __: AskManager) -> Screen:
    tr, desk = ctx.tr, ctx.services.desk
    asks = desk.open and ctx.who.person_id is not None and not ctx.who.attended
    if asks:
        ctx.ask("manager")
    ways = _ways(ctx)
    text = paragraphs(
        tr.say("<b>A human is here to help</b>"),
        tr.say("Write your question here, or send a photo: the manager gets it and answers in this chat.")
        if asks
        else None,
        lines(*ways) if ways else None if asks else tr.say("The managers answer in working hours."),
        _absence(ctx, desk.asked()) if asks else None,
        tr.say("Orders are taken here at any hour."),
    )
    if ctx.who.person_id is None:
        return Screen(text, menu_keyboard.sharing(tr))
    return Screen(text, keyboard.manager(tr, finance=asks and desk.has_finance))


@router.tap(AskFinance)
async def ask_finance(_: Event, ctx: Ctx, __: AskFinance) -> Screen:
    ctx.who.require_person()
    desk = ctx.services.desk
    ctx.ask("manager", desk=FINANCE if desk.has_finance else "")
    text = paragraphs(
        ctx.tr.say("Write your question about payments, debts or documents: those who look after money answer it."),
        _absence(ctx, desk.asked()),
    )
    return Screen(text, keyboard.asked(ctx.tr), show=Show.SEND)


@router.step("manager")
async def asked(event: Event, ctx: Ctx) -> Screen | None:
    """What is typed after the button goes to the staff, whatever it says."""
    if ctx.who.attended or not ctx.services.desk.open:
        await passed_on(event, ctx)
        return None
    desk = ctx.who.dialogue.data.get("desk", "")
    return asked_screen(ctx, await ctx.services.desk.ask(ctx.turn, ctx.who, said_in(event), desk=desk))


@router.tap(PassOn)
async def pass_on(event: Event, ctx: Ctx, _: PassOn) -> Screen:
    """The words of the last search; without them, a place to write."""
    ctx.who.require_person()
    query = ctx.who.dialogue.data.get(QUERY, "")
    if not query or not ctx.services.desk.open:
        return await manager(event, ctx, AskManager())
    return asked_screen(ctx, await ctx.services.desk.ask(ctx.turn, ctx.who, Said(query, "")))


@router.kind(Kind.EDITED)
async def edited(event: Event, ctx: Ctx) -> None:
    """Other words for something said earlier: those who have read it see them, and nothing is answered."""
    ctx.keep()
    await ctx.services.desk.reworded(ctx.turn, event.message, event.text)


async def passed_on(event: Event, ctx: Ctx) -> None:
    """Somebody of the staff speaks with this person: the bot is quiet."""
    ctx.keep()
    await ctx.services.desk.ask(ctx.turn, ctx.who, said_in(event))


async def file_asked(event: Event, ctx: Ctx) -> Screen:
    """A picture, a voice or a file is for a human."""
    asked = await ctx.services.desk.ask(ctx.turn, ctx.who, said_in(event))
    if ctx.who.person_id is None:
        return replace(welcome_screen(ctx), notice=ctx.tr.label("The managers have got it"))
    return asked_screen(ctx, asked)


def said_in(event: Event) -> Said:
    file = event.file
    enclosed = Enclosure(file.kind, file.name, file.size, file.ref, event.sender.channel) if file else None
    return Said(event.text, event.message, event.reply_to, event.album, enclosed)


def asked_screen(ctx: Ctx, asked: Asked) -> Screen:
    text = paragraphs(
        ctx.tr.say("<b>Your question is with the manager.</b> The answer comes here."), _absence(ctx, asked)
    )
    rows: Rows = keyboard.asked(ctx.tr) if ctx.who.person_id else menu_keyboard.sharing(ctx.tr)
    return Screen(text, rows, show=Show.SEND)


def _absence(ctx: Ctx, asked: Asked) -> Markup | None:
    """From when somebody is there, where nobody is."""
    if asked.answered_from is None:
        return None
    return ctx.tr.say(
        "It is outside working hours now: the question is read from {moment}.",
        moment=ctx.tr.moment(asked.answered_from),
    )


def _ways(ctx: Ctx) -> list[Markup]:
    tr, card, company = ctx.tr, ctx.who.manager, ctx.services.company
    if card is not None:
        phone = [tr.say("Phone: {phone}", phone=card.phone)] if card.phone else []
        return [tr.say("Your manager: <b>{name}</b>", name=card.name), *phone]
    if company.phone:
        return [tr.say("The managers of {company}: {phone}", company=company.name, phone=company.phone)]
    return []

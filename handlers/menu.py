"""The first screen, the permanent menu, languages, other clients, and the way to a human."""

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.catalogue import page_count
from bot.domain.errors import Outdated
from bot.i18n import LANGUAGES
from handlers.app import AppRouter, Ctx
from handlers.wording import lines, numbered, paragraphs
from keyboards import menu as keyboard
from keyboards.actions import (
    ActFor,
    AskClient,
    AskLanguage,
    AskSignOut,
    Home,
    More,
    SignOut,
    Speak,
)
from keyboards.rows import CHOICES

router: AppRouter = AppRouter()


def frame(screen: Screen, ctx: Ctx) -> Screen:
    """Every screen of somebody who has joined carries the menu; a staff desk has none."""
    if ctx.who.desk or ctx.who.person_id is None or screen.menu:
        return screen
    return replace(screen, menu=keyboard.menu(ctx.tr, ctx.who.cart_lines))


def calm(ctx: Ctx) -> Screen:
    """For somebody faster than a human: an answer, but no work."""
    text = ctx.tr.say("That is a lot at once. Please wait a few seconds and press again.")
    return Screen(text, show=Show.SEND)


def home_screen(ctx: Ctx) -> Screen:
    """Who you are here, and what can be done; the menu below does the rest."""
    tr, who = ctx.tr, ctx.who
    client = tr.say("You order for <b>{client}</b>.", client=who.buyer.name) if who.buyer else None
    cart = (
        tr.plural("There is {n} line in your cart.", "There are {n} lines in your cart.", who.cart_lines)
        if who.cart_lines
        else None
    )
    return Screen(
        paragraphs(
            tr.say("Good day, <b>{name}</b>!", name=who.name) if who.name else tr.say("Good day!"),
            lines(client, cart) if client or cart else None,
            tr.say("Type the name of the goods to find them, or choose below."),
        ),
        show=Show.SEND,
        menu=keyboard.menu(tr, who.cart_lines),
    )


def welcome_screen(ctx: Ctx) -> Screen:
    """For somebody who has not joined: one step, one reason."""
    tr = ctx.tr
    text = paragraphs(
        tr.say(
            "Good day! This is <b>{company}</b>: orders at any hour, at your own prices.",
            company=ctx.services.company.name,
        ),
        tr.say("Share your phone number, and we shall find you among our clients. Nothing else is needed."),
    )
    return Screen(text, keyboard.sharing(tr), show=Show.SEND)


@router.tap(Home)
async def home(_: Event, ctx: Ctx, __: Home) -> Screen:
    return home_screen(ctx) if ctx.who.person_id else welcome_screen(ctx)


@router.tap(More)
async def more(_: Event, ctx: Ctx, __: More) -> Screen:
    person = ctx.who.require_person()
    clients = await ctx.services.joining.clients(person)
    text = paragraphs(ctx.tr.say("<b>More</b>"), _acting_for(ctx))
    return Screen(text, keyboard.more(ctx.tr, several_clients=len(clients) > 1))


@router.tap(AskLanguage)
async def ask_language(_: Event, ctx: Ctx, __: AskLanguage) -> Screen:
    return Screen(Markup("Мова · Язык · Language"), keyboard.languages(), show=Show.SEND)


@router.tap(Speak)
async def speak(_: Event, ctx: Ctx, action: Speak) -> Screen:
    if action.language not in LANGUAGES:
        raise Outdated("language")
    ctx.who = await ctx.services.joining.speak(ctx.turn, action.language)
    ctx.speak(action.language)
    screen = home_screen(ctx) if ctx.who.person_id else welcome_screen(ctx)
    return replace(screen, notice=ctx.tr.label("I speak English now"))


@router.tap(AskClient)
async def ask_client(_: Event, ctx: Ctx, action: AskClient) -> Screen:
    clients = await ctx.services.joining.clients(ctx.who.require_person())
    pages = page_count(len(clients), CHOICES)
    page = min(max(action.page, 0), pages - 1)
    shown = [(client.name, client.id) for client in clients[page * CHOICES : (page + 1) * CHOICES]]
    names = numbered([Markup.escape(name) for name, _ in shown], page * CHOICES + 1)
    text = paragraphs(ctx.tr.say("<b>For whom are you ordering?</b>"), names)
    return Screen(text, keyboard.clients(ctx.tr, shown, page, pages))


@router.tap(ActFor)
async def act_for(_: Event, ctx: Ctx, action: ActFor) -> Screen:
    ctx.who = await ctx.services.joining.act_for(ctx.turn, ctx.who.require_person(), action.client)
    return home_screen(ctx)


@router.tap(AskSignOut)
async def ask_sign_out(_: Event, ctx: Ctx, __: AskSignOut) -> Screen:
    ctx.who.require_person()
    text = ctx.tr.say("Sign out here? Your orders and the cart stay; to come back, share your phone number again.")
    return Screen(text, keyboard.signing_out(ctx.tr))


@router.tap(SignOut)
async def sign_out(_: Event, ctx: Ctx, __: SignOut) -> Screen:
    ctx.who = await ctx.services.joining.leave(ctx.turn)
    return replace(welcome_screen(ctx), notice=ctx.tr.label("You are signed out"))


def _acting_for(ctx: Ctx) -> Markup | None:
    buyer = ctx.who.buyer
    return ctx.tr.say("You order for <b>{client}</b>.", client=buyer.name) if buyer else None

"""Joining without registration: a personal link, a shared phone, a code by SMS; nobody meets a dead end."""

import re
from dataclasses import replace

from bot.conversation.event import Event, Kind
from bot.conversation.screen import Screen, Show
from bot.domain.dialogue import FREE
from bot.domain.errors import Refused
from bot.services.joining import Progress, Step
from handlers.app import AppRouter, Ctx
from handlers.desk import passed_on, said_in
from handlers.errors import sentence
from handlers.menu import home_screen, welcome_screen
from handlers.wording import paragraphs
from keyboards import menu as keyboard
from keyboards.actions import TypePhone

router: AppRouter = AppRouter()
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@router.kind(Kind.STARTED)
async def started(event: Event, ctx: Ctx) -> Screen:
    """A personal link signs in; a used one of somebody signed in already is just a start."""
    if _TOKEN.fullmatch(event.text):
        try:
            ctx.who = await ctx.services.joining.by_token(ctx.turn, event.text)
        except Refused as refusal:
            if ctx.who.person_id is None:
                return replace(welcome_screen(ctx), notice=str(sentence(ctx.tr, refusal)))
    return home_screen(ctx) if ctx.who.person_id else welcome_screen(ctx)


@router.kind(Kind.SHARED_PHONE)
async def shared_phone(event: Event, ctx: Ctx) -> Screen:
    if event.contact is None or not event.contact.phone:
        return await type_phone(event, ctx, TypePhone())
    if ctx.who.person_id is not None:
        return home_screen(ctx)
    if event.contact.proven:
        found = await ctx.services.joining.by_proven_phone(ctx.turn, event.contact.phone, event.sender.name)
        return _came_to(ctx, found)
    return await _claimed(event, ctx, event.contact.phone)


@router.tap(TypePhone)
async def type_phone(_: Event, ctx: Ctx, __: TypePhone) -> Screen:
    ctx.ask("phone")
    text = ctx.tr.say("Type your phone number, for example <code>067 123 45 67</code>. We shall send a code by SMS.")
    return Screen(text, keyboard.sharing(ctx.tr), show=Show.SEND)


@router.step("phone")
async def typed_phone(event: Event, ctx: Ctx) -> Screen:
    return await _claimed(event, ctx, event.text)


@router.step("code")
async def typed_code(event: Event, ctx: Ctx) -> Screen:
    """Digits are a code; anything that is a phone starts anew."""
    digits = re.sub(r"\D", "", event.text[:40])
    if len(digits) >= 9:
        return await _claimed(event, ctx, event.text[:40])
    ctx.keep()
    return _came_to(ctx, await ctx.services.joining.by_code(ctx.turn, digits))


async def _claimed(event: Event, ctx: Ctx, phone: str) -> Screen:
    if ctx.who.person_id is not None:
        return home_screen(ctx)
    ctx.ask("code")
    found = await ctx.services.joining.by_claimed_phone(ctx.turn, phone[:40], event.sender.name, ctx.tr)
    return _came_to(ctx, found)


def _came_to(ctx: Ctx, found: Progress) -> Screen:
    ctx.who = found.who
    tr = ctx.tr
    match found.step:
        case Step.JOINED:
            ctx.dialogue = FREE
            return home_screen(ctx)
        case Step.CODE_SENT:
            text = tr.say(
                "A code has gone by SMS to the number that ends in <b>{end}</b>. Type it here.", end=found.phone
            )
            return Screen(text, keyboard.sharing(tr), show=Show.SEND)
        case Step.WRONG_CODE:
            text = tr.plural(
                "That is not the code. {n} try is left.", "That is not the code. {n} tries are left.", found.left
            )
            return Screen(text, keyboard.sharing(tr), show=Show.SEND)
        case Step.CODE_GONE:
            text = tr.say("This code does not work any more. Share the number again, and we shall send a new one.")
            return Screen(text, keyboard.sharing(tr), show=Show.SEND)
        case Step.UNKNOWN_PHONE:
            return _unknown(ctx, found)


def _unknown(ctx: Ctx, found: Progress) -> Screen:
    tr, company = ctx.tr, ctx.services.company
    ctx.ask("lead")
    text = paragraphs(
        tr.say(
            "We do not know the number that ends in <b>{end}</b> yet. We have passed it to the managers: "
            "they will call you.",
            end=found.phone,
        ),
        tr.say("Write here the name of your business and what you need, and we shall pass it on too."),
        tr.say("Or call us: {phone}", phone=company.phone) if company.phone else None,
    )
    return Screen(text, keyboard.sharing(tr), show=Show.SEND)


@router.step("lead")
async def told_about_themselves(event: Event, ctx: Ctx) -> Screen | None:
    return await stranger_wrote(event, ctx)


async def stranger_wrote(event: Event, ctx: Ctx) -> Screen | None:
    """Anything written before joining reaches the managers."""
    if ctx.who.attended:
        await passed_on(event, ctx)
        return None
    await ctx.services.joining.lead(ctx.turn, event.sender.name, said_in(event))
    text = ctx.tr.say("Thank you, the managers will read this. To order here, share your phone number.")
    return Screen(text, keyboard.sharing(ctx.tr), show=Show.SEND)

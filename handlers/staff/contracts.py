"""For managers and lawyers: a client's documents, begun by one button, approved by one button, followed to the end."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from markupsafe import Markup

from bot.conversation.action import Action
from bot.conversation.event import Event
from bot.conversation.router import STAFF_ONLY
from bot.conversation.screen import Screen, Show
from bot.domain.envelope import Stage, Terms
from bot.domain.errors import Forbidden, NotFound, Outdated
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS
from bot.services.envelopes import Folder
from handlers.app import AppRouter, Ctx
from handlers.documents import file_of, title
from handlers.staff.contract_screens import (
    BEGUN,
    OFFICE,
    TYPED,
    clients_screen,
    envelope_screen,
    is_lawyer,
    opened_screen,
)
from handlers.staff.topics import staff_of
from handlers.wording import excerpt, numbered, paragraphs
from keyboards import contracts as keyboard
from keyboards.contract_actions import (
    AcceptSigned,
    Approve,
    AskRemark,
    AskWithdraw,
    FillAgain,
    GiveDocumentBack,
    ShowClientsDocuments,
    ShowEnvelope,
    ShowOpenDocuments,
    StartDocument,
    TakeEnvelope,
    Withdraw,
)

router: AppRouter = AppRouter()
READERS = (MANAGERS, LAWYERS, FINANCE)
FOUND = 6
A = TypeVar("A", bound=Action)
Pressed = Callable[[Event, Ctx, A], Awaitable[Screen]]


def decides(action: type[A]) -> Callable[[Pressed[A]], Pressed[A]]:
    """Answers this button in the group of the lawyers; in the managers' only where lawyers have none."""

    def register(handler: Pressed[A]) -> Pressed[A]:
        async def guarded(event: Event, ctx: Ctx, action: A) -> Screen:
            _require_lawyer(ctx)
            return await handler(event, ctx, action)

        router.staff(OFFICE, action)(guarded)
        return handler

    return register


# --- a client's documents ---------------------------------------------------------------------------------------------


@router.command(OFFICE, "dohovir")
async def command(_: Event, ctx: Ctx, typed: str) -> Screen:
    """/dohovir: all that are on their way; with a name or a code after it, those of that client."""
    tr = ctx.tr
    if not typed:
        return await opened_screen(ctx)
    found = await ctx.services.digest.named(typed)
    if len(found) == 1:
        return replace(await clients_screen(ctx, found[0].id, found[0].name), show=Show.SEND)
    if not found:
        text = tr.say("No client is called <b>{typed}</b>, nor has this code.", typed=excerpt(typed, TYPED))
        hint = tr.say("After the command type a part of the name, the EDRPOU code or the code in 1C.")
        return Screen(paragraphs(text, hint), show=Show.SEND)
    names = numbered([Markup.escape(excerpt(one.name, TYPED)) for one in found[:FOUND]])
    more = tr.say("There are more of them: type more of the name.") if len(found) > FOUND else None
    text = paragraphs(tr.say("Which client?"), names, more)
    return Screen(text, keyboard.which([(one.name, one.id) for one in found[:FOUND]]), show=Show.SEND)


@router.staff(OFFICE, ShowOpenDocuments)
async def show_open(_: Event, ctx: Ctx, __: ShowOpenDocuments) -> Screen:
    return await opened_screen(ctx)


@router.staff(READERS, ShowClientsDocuments)
async def show_clients(_: Event, ctx: Ctx, action: ShowClientsDocuments) -> Screen:
    names = await ctx.services.envelopes.client_name(action.client)
    return replace(await clients_screen(ctx, action.client, names), show=Show.SEND)


@router.staff(OFFICE, StartDocument)
async def start(_: Event, ctx: Ctx, action: StartDocument) -> Screen:
    """One press: filled in a moment, and the lawyers have it."""
    if action.kind not in BEGUN:
        raise Outdated("kind")
    envelope = await ctx.services.envelopes.ask_as_staff(ctx.turn, action.client, action.kind, Terms(), staff_of(ctx))
    return envelope_screen(ctx, await ctx.services.envelopes.folder(envelope.id))


@router.staff(READERS, ShowEnvelope)
async def show(_: Event, ctx: Ctx, action: ShowEnvelope) -> Screen:
    return envelope_screen(ctx, await ctx.services.envelopes.folder(action.envelope))


@router.staff(READERS, TakeEnvelope)
async def take(_: Event, ctx: Ctx, action: TakeEnvelope) -> Screen:
    folder = await ctx.services.envelopes.folder(action.envelope)
    mark = folder.files.get(action.role) if action.role else folder.envelope.file
    if mark is None:
        raise NotFound("file")
    made = await file_of(ctx, mark)
    said = Markup("<b>{}</b>\n{}").format(title(ctx.tr, folder.envelope), folder.envelope.client)
    return Screen(said, media=made, show=Show.SEND)


@router.staff(OFFICE, FillAgain)
async def fill_again(_: Event, ctx: Ctx, action: FillAgain) -> Screen:
    return await _decided(ctx, ctx.services.envelopes.again(
        ctx.turn, action.envelope, action.revision, staff_of(ctx)
    ), action.envelope)  # fmt: skip


@router.staff(OFFICE, AskWithdraw)
async def ask_withdraw(_: Event, ctx: Ctx, action: AskWithdraw) -> Screen:
    envelope = (await ctx.services.envelopes.folder(action.envelope)).envelope
    text = paragraphs(
        Markup("<b>{}</b>\n{}").format(title(ctx.tr, envelope), envelope.client),
        ctx.tr.say("Take it back? The client will not be able to sign it; a new one can be filled any time."),
    )
    return Screen(text, keyboard.withdrawing(ctx.tr, envelope.id))


@router.staff(OFFICE, Withdraw)
async def withdraw(_: Event, ctx: Ctx, action: Withdraw) -> Screen:
    return envelope_screen(ctx, await ctx.services.envelopes.withdraw(ctx.turn, action.envelope, staff_of(ctx)))


# --- the lawyers' steps -----------------------------------------------------------------------------------------------


@decides(Approve)
async def approve(_: Event, ctx: Ctx, action: Approve) -> Screen:
    """Of two lawyers the slower sees who has decided."""
    envelopes = ctx.services.envelopes
    return await _decided(
        ctx, envelopes.approve(ctx.turn, action.envelope, action.revision, staff_of(ctx)), action.envelope
    )


@decides(AskRemark)
async def ask_remark(_: Event, ctx: Ctx, action: AskRemark) -> Screen:
    tr, folder = ctx.tr, await ctx.services.envelopes.folder(action.envelope)
    envelope = folder.envelope
    if (envelope.stage, envelope.revision) != (Stage.REVIEW, action.revision):
        return envelope_screen(ctx, folder)
    text = paragraphs(
        Markup("<b>{}</b>\n{}").format(title(tr, envelope), envelope.client),
        tr.say("What is to be changed? Choose, or write in your own words:"),
        Markup("<code>/povernuty {} …</code>").format(envelope.number),
    )
    return Screen(text, keyboard.remarks(tr, envelope), show=Show.SEND)


@decides(GiveDocumentBack)
async def give_back(_: Event, ctx: Ctx, action: GiveDocumentBack) -> Screen:
    words = ctx.tr.label(keyboard.REMARKS[action.remark])
    return await _returned(ctx, action.envelope, action.revision, words)


@router.command(OFFICE, "povernuty")
async def type_return(_: Event, ctx: Ctx, typed: str) -> Screen:
    """/povernuty Д-26-0001 what is to be changed."""
    _require_lawyer(ctx)
    number, __, words = typed.partition(" ")
    envelope = await ctx.services.envelopes.numbered(number)
    if envelope is None or not words.strip():
        text = ctx.tr.say("Write so: <code>/povernuty number what is to be changed</code>")
        return Screen(text, keyboard.all_open(ctx.tr), show=Show.SEND)
    return replace(await _returned(ctx, envelope.id, envelope.revision, words), show=Show.SEND)


@decides(AcceptSigned)
async def accept(_: Event, ctx: Ctx, action: AcceptSigned) -> Screen:
    return envelope_screen(ctx, await ctx.services.envelopes.accept(ctx.turn, action.envelope, staff_of(ctx)))


async def _returned(ctx: Ctx, envelope_id: UUID, revision: int, words: str) -> Screen:
    envelopes = ctx.services.envelopes
    return await _decided(ctx, envelopes.return_(ctx.turn, envelope_id, revision, staff_of(ctx), words), envelope_id)


async def _decided(ctx: Ctx, work: Awaitable[Folder], envelope_id: UUID) -> Screen:
    """The card afterwards; whoever was slower sees what is done already."""
    try:
        return envelope_screen(ctx, await work)
    except Outdated:
        return envelope_screen(ctx, await ctx.services.envelopes.folder(envelope_id))


def _require_lawyer(ctx: Ctx) -> None:
    if not is_lawyer(ctx):
        raise Forbidden(STAFF_ONLY)

"""A client's documents: asked for, read, signed, and kept at hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.client import Buyer
from bot.domain.dispatch import KYIV
from bot.domain.envelope import EnvelopeView, Stage, Terms
from bot.domain.errors import Forbidden, NotFound, Outdated
from bot.domain.notice import Notice
from bot.domain.signing import DocumentKind
from bot.i18n import Translator, marked
from bot.services.envelopes import Folder
from handlers.app import AppRouter, Ctx
from handlers.documents import file_of, signed_by, title, your_stage
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import contracts as keyboard
from keyboards.contract_actions import (
    AskAct,
    AskContract,
    HowToSign,
    ShowDocument,
    ShowDocuments,
    TakeAct,
    TakeDocument,
)

router: AppRouter = AppRouter()
FURTHEST = 366
"""Days that an act may hold."""
WHAT_NEXT: Mapping[Stage, str] = {
    Stage.FILLING: marked("You will get it here as soon as our lawyers have approved it."),
    Stage.LACKING: marked("Your manager is completing your requisites and will ask you if something is needed."),
    Stage.REVIEW: marked("You will get it here as soon as our lawyers have approved it."),
    Stage.RETURNED: marked("You will get it here as soon as our lawyers have approved it."),
    Stage.APPROVED: marked("In a minute you will get the link to sign."),
    Stage.UPLOADED: marked("You will get the link to sign once our director has signed."),
    Stage.HALF: marked("Thank you! Our director signs it now; we will write to you when it is done."),
    Stage.EXPIRED: marked("The time to sign has passed. Ask for a new one when you are ready."),
    Stage.WITHDRAWN: marked("It does not need your signature any more."),
    Stage.REJECTED: marked("You have rejected it in Vchasno. The manager will get in touch with you."),
}


@router.tap(ShowDocuments)
async def show_documents(_: Event, ctx: Ctx, __: ShowDocuments) -> Screen:
    tr, found = ctx.tr, await ctx.services.envelopes.of_client(*_signer(ctx))
    named = [Markup("{}: <b>{}</b>").format(title(tr, one), your_stage(tr, one)) for one in found]
    text = paragraphs(
        tr.say("<b>Documents</b>: {client}", client=ctx.buyer.name),
        numbered(named) if named else tr.say("There are none yet."),
        tr.say("A contract is signed in Vchasno with a qualified signature: nothing to print, nothing to post."),
    )
    contracts = [one for one in found if one.kind is DocumentKind.CONTRACT]
    wanted = not any(one.stage.open or one.sound for one in contracts)
    return Screen(text, keyboard.documents(tr, [one.id for one in found], contract=wanted))


@router.tap(ShowDocument)
async def show_document(_: Event, ctx: Ctx, action: ShowDocument) -> Screen:
    return await _document(ctx, action.envelope)


@router.tap(TakeDocument)
async def take_document(_: Event, ctx: Ctx, action: TakeDocument) -> Screen:
    folder = await _folder(ctx, action.envelope)
    readable = folder.envelope.stage in (Stage.SENT, Stage.HALF, Stage.SIGNED)
    mark = folder.files.get(action.role) if action.role else folder.envelope.file
    if mark is None or not readable:
        raise NotFound("file")
    made = await file_of(ctx, mark)
    return Screen(Markup("<b>{}</b>").format(title(ctx.tr, folder.envelope)), media=made, show=Show.SEND)


@router.tap(AskContract)
async def ask_contract(_: Event, ctx: Ctx, __: AskContract) -> Screen:
    return await _asked(ctx, DocumentKind.CONTRACT, Terms())


@router.tap(AskAct)
async def ask_act(_: Event, ctx: Ctx, __: AskAct) -> Screen:
    await ctx.services.envelopes.of_client(*_signer(ctx))
    text = paragraphs(
        ctx.tr.say("<b>Reconciliation act</b>: {client}", client=ctx.buyer.name),
        ctx.tr.say("It holds every delivery and payment of the time, as our accounts have them. For which time?"),
    )
    return Screen(text, keyboard.act_times(ctx.tr, keyboard.times(ctx.tr, _today(ctx))))


@router.tap(TakeAct)
async def take_act(_: Event, ctx: Ctx, action: TakeAct) -> Screen:
    if not (action.since <= action.until <= _today(ctx) and (action.until - action.since).days <= FURTHEST):
        raise Outdated("act")
    return await _asked(ctx, DocumentKind.RECONCILIATION, Terms(action.since, action.until))


@router.tap(HowToSign)
async def how_to_sign(_: Event, ctx: Ctx, action: HowToSign) -> Screen:
    tr, folder = ctx.tr, await _folder(ctx, action.envelope)
    text = paragraphs(
        tr.say("<b>How to sign</b>"),
        lines(
            tr.say("1. Press «Read and sign»: Vchasno opens with the document."),
            tr.say("2. Read it through."),
            tr.say(
                "3. Press «Sign» and choose your qualified signature: Diia.Signature on your phone, a file key, "
                "a token or Vchasno.KEP."
            ),
            tr.say("4. We see the signature ourselves within minutes; there is nothing to send us."),
        ),
        tr.say(
            "Who signs must be the one who may: the signature has to hold the code <b>{code}</b>.",
            code=folder.envelope.recipient_code,
        ),
        tr.say("Do not agree with something? Press «Reject» in Vchasno and write why, or ask the manager."),
    )
    return Screen(text, keyboard.how(tr, action.envelope, _address(ctx, folder.envelope)), show=Show.SEND)


async def _asked(ctx: Ctx, kind: DocumentKind, terms: Terms) -> Screen:
    buyer, person = _signer(ctx)
    envelope = await ctx.services.envelopes.ask_as_client(ctx.turn, buyer, person, ctx.who.name, kind, terms)
    text = paragraphs(
        Markup("<b>{}</b>").format(title(ctx.tr, envelope)),
        ctx.tr.say("It is asked for: {stage}.", stage=your_stage(ctx.tr, envelope)),
        _next(ctx.tr, envelope),
    )
    return Screen(text, keyboard.asked(ctx.tr, envelope.id))


async def _document(ctx: Ctx, envelope_id: UUID) -> Screen:
    folder = await _folder(ctx, envelope_id)
    return document_screen(ctx, folder)


def document_screen(ctx: Ctx, folder: Folder) -> Screen:
    tr, envelope = ctx.tr, folder.envelope
    text = paragraphs(
        lines(
            Markup("<b>{}</b>").format(title(tr, envelope)), tr.say("It is: {stage}", stage=your_stage(tr, envelope))
        ),
        tr.say("Please sign by {day}.", day=tr.calendar_day(envelope.sign_by))
        if envelope.stage is Stage.SENT and envelope.sign_by
        else None,
        Markup("«{}»").format(excerpt(envelope.rejection, 300)) if envelope.rejection else None,
        _next(tr, envelope),
        signed_by(tr, folder.signatures) if envelope.stage is Stage.SIGNED else None,
    )
    return Screen(text, keyboard.document(tr, envelope, list(folder.files), _address(ctx, envelope)))


# --- what the client hears --------------------------------------------------------------------------------------------


async def to_sign(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where it waits for nobody any more."""
    folder = await ctx.services.envelopes.folder(UUID(notice.about))
    if folder.envelope.stage is not Stage.SENT or ctx.who.buyer is None:
        return None
    tr, company = ctx.tr, ctx.services.company.name
    heading = (
        tr.say("<b>{company} reminds: a document waits for your signature</b>", company=company)
        if notice.version
        else tr.say("<b>{company} has sent you a document to sign</b>", company=company)
    )
    screen = document_screen(ctx, folder)
    how = tr.say("It is signed in Vchasno with a qualified signature (KEP) or Diia.Signature, in a few minutes.")
    return replace(screen, text=paragraphs(heading, screen.text, how))


async def signed(ctx: Ctx, notice: Notice) -> Screen | None:
    folder = await ctx.services.envelopes.folder(UUID(notice.about))
    if not folder.envelope.sound:
        return None
    screen = document_screen(ctx, folder)
    return replace(screen, text=paragraphs(ctx.tr.say("<b>Thank you, everybody has signed.</b>"), screen.text))


async def brief_to_sign(ctx: Ctx, notice: Notice) -> str | None:
    """A text message: what it is, and where."""
    envelope = (await ctx.services.envelopes.folder(UUID(notice.about))).envelope
    address = _address(ctx, envelope)
    if envelope.stage is not Stage.SENT or address is None:
        return None
    return ctx.tr.label(
        "{company}: {kind} № {number} to sign: {address}",
        company=ctx.services.company.name,
        kind=title(ctx.tr, envelope).split(" №")[0],
        number=envelope.number,
        address=address,
    )


def _next(tr: Translator, envelope: EnvelopeView) -> Markup | None:
    return tr.say(WHAT_NEXT[envelope.stage]) if envelope.stage in WHAT_NEXT else None


def _address(ctx: Ctx, envelope: EnvelopeView) -> str | None:
    return ctx.services.sign_page.address(envelope) or envelope.page or None


async def _folder(ctx: Ctx, envelope_id: UUID) -> Folder:
    return await ctx.services.envelopes.clients_folder(*_signer(ctx), envelope_id)


def _signer(ctx: Ctx) -> tuple[Buyer, UUID]:
    """Raises Forbidden for somebody who acts for no client."""
    if ctx.who.buyer is None:
        raise Forbidden("signs")
    return ctx.who.buyer, ctx.who.require_person()


def _today(ctx: Ctx) -> date:
    return ctx.now.astimezone(KYIV).date()

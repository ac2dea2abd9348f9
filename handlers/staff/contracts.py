"""For managers and lawyers: a client's documents, begun by one button, approved by one button, followed to the end."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from markupsafe import Markup

from bot.conversation.action import Action
from bot.conversation.event import Event
from bot.conversation.router import STAFF_ONLY
from bot.conversation.screen import Screen, Show
from bot.domain.envelope import ENDED, Happening, Stage, Terms, Trouble
from bot.domain.errors import Forbidden, NotFound, Outdated, Unavailable
from bot.domain.notice import FINANCE, LAWYERS, MANAGERS, Notice
from bot.domain.signing import DocumentKind, Doubt
from bot.i18n import Translator, marked
from bot.logs import log
from bot.services.envelopes import Folder
from handlers.app import AppRouter, Ctx
from handlers.documents import file_of, history, signed_by, stage, title
from handlers.staff.topics import staff_of
from handlers.wording import excerpt, lines, numbered, paragraphs
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
OFFICE = (MANAGERS, LAWYERS)
READERS = (MANAGERS, LAWYERS, FINANCE)
TYPED = 40
FOUND = 6
OPEN = tuple(one for one in Stage if one not in ENDED)
BEGUN = (DocumentKind.CONTRACT, DocumentKind.AMENDMENT)
"""What a manager begins for a client; an act needs its days, and is asked for by the client."""
TROUBLES: Mapping[Trouble, str] = {
    Trouble.NO_SERVICE: marked("Vchasno is not connected: see docs/contracts.md."),
    Trouble.LOGIN: marked(
        "Vchasno does not let us in: the token has ended. Please have a new one made (VCHASNO__TOKEN)."
    ),
    Trouble.TARIFF: marked("Vchasno closes its API without the tariff «Integration». Please pay for it there."),
    Trouble.QUOTA: marked("The documents of the tariff are used up. Please buy more in Vchasno."),
    Trouble.RIGHTS: marked(
        "Whose token it is may not do that in Vchasno. Please give them the right to upload and send."
    ),
    Trouble.RECIPIENT: marked("Vchasno keeps another recipient than ours. Please check the client's code and address."),
    Trouble.TOO_LARGE: marked("The file is larger than Vchasno takes (15 MB). Please shorten the annex."),
    Trouble.REFUSED: marked("Vchasno did not take it. What it said is in the log; please tell the administrator."),
}
DOUBTS: Mapping[Doubt, str] = {
    Doubt.CONTENT_DIFFERS: marked("what was signed is not the file that we sent"),
    Doubt.NO_CONTENT: marked("the signatures' container cannot be read or holds no document"),
    Doubt.STRANGER_SIGNED: marked("somebody signed whose code is neither ours nor the client's"),
    Doubt.CLIENT_MISSING: marked("nobody with the client's code has signed"),
    Doubt.OWNER_MISSING: marked("nobody with our code has signed"),
    Doubt.SERIALS_DIFFER: marked("the certificates are not those that Vchasno names"),
}
A = TypeVar("A", bound=Action)
Pressed = Callable[[Event, Ctx, A], Awaitable[Screen]]
logger = log("contracts")


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
        return await _opened(ctx)
    found = await ctx.services.digest.named(typed)
    if len(found) == 1:
        return replace(await _of_client(ctx, found[0].id, found[0].name), show=Show.SEND)
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
    return await _opened(ctx)


@router.staff(READERS, ShowClientsDocuments)
async def show_clients(_: Event, ctx: Ctx, action: ShowClientsDocuments) -> Screen:
    names = await ctx.services.envelopes.client_name(action.client)
    return replace(await _of_client(ctx, action.client, names), show=Show.SEND)


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


# --- screens ----------------------------------------------------------------------------------------------------------


def envelope_screen(ctx: Ctx, folder: Folder, heading: Markup | None = None) -> Screen:
    """A document's card as it stands."""
    tr, envelope = ctx.tr, folder.envelope
    ctx.about = envelope.client
    text = paragraphs(
        heading,
        lines(
            Markup("<b>{}</b>").format(title(tr, envelope)),
            Markup("{}").format(envelope.client),
            tr.say("It is: <b>{stage}</b>", stage=stage(tr, envelope)),
            tr.say("To sign by {day}", day=tr.calendar_day(envelope.sign_by))
            if envelope.stage is Stage.SENT and envelope.sign_by
            else None,
        ),
        lines(tr.say("<b>What is missing:</b>"), *(Markup("• {}").format(one) for one in envelope.lacks))
        if envelope.stage is Stage.LACKING
        else None,
        tr.say("{name} returned it: «{words}»", name=envelope.reviewed_by, words=envelope.comment)
        if envelope.stage is Stage.RETURNED
        else None,
        tr.say("The client wrote: «{words}»", words=excerpt(envelope.rejection, 500)) if envelope.rejection else None,
        tr.say(TROUBLES[envelope.trouble]) if envelope.trouble else None,
        _signatures(tr, folder),
        history(tr, folder.history),
    )
    return Screen(text, keyboard.envelope(tr, envelope, list(folder.files), decides=_is_lawyer(ctx)))


def _signatures(tr: Translator, folder: Folder) -> Markup | None:
    envelope = folder.envelope
    if envelope.stage is not Stage.SIGNED:
        return None
    if envelope.doubts is None:
        return tr.say("The files are being brought from Vchasno.")
    looked = (
        lines(
            tr.say("<b>The look at the signatures found:</b>"),
            *(Markup("• {}").format(tr.label(DOUBTS[one])) for one in envelope.doubts),
            tr.say("Taken as signed by {name}.", name=envelope.accepted_by) if envelope.accepted_by else None,
        )
        if envelope.doubts
        else tr.say("The structure of the signatures is checked: our file, the codes of both sides.")
    )
    return paragraphs(signed_by(tr, folder.signatures), looked)


async def _opened(ctx: Ctx) -> Screen:
    tr, found = ctx.tr, await ctx.services.envelopes.at(OPEN)
    named = [
        Markup("{}: {}, <b>{}</b>").format(excerpt(one.client, TYPED), title(tr, one), stage(tr, one)) for one in found
    ]
    text = paragraphs(
        tr.say("<b>Documents on their way</b>"),
        numbered(named) if named else tr.say("There are none."),
        tr.say("To begin one: <code>/dohovir name of the client</code>"),
    )
    return Screen(text, keyboard.opened([one.id for one in found]), show=Show.SEND)


async def _of_client(ctx: Ctx, client_id: UUID, name: str) -> Screen:
    tr, found = ctx.tr, await ctx.services.envelopes.for_staff(client_id)
    ctx.about = name
    named = [Markup("{}: <b>{}</b>").format(title(tr, one), stage(tr, one)) for one in found]
    text = paragraphs(
        tr.say("<b>Documents</b>: {client}", client=name), numbered(named) if named else tr.say("There are none yet.")
    )
    busy = {one.kind for one in found if one.stage.open}
    kinds = [kind for kind in BEGUN if kind not in busy and ctx.who.desk in OFFICE]
    return Screen(text, keyboard.of_client(tr, client_id, [one.id for one in found], kinds))


# --- what the staff hear ----------------------------------------------------------------------------------------------


async def told_review(ctx: Ctx, notice: Notice) -> Screen | None:
    """The lawyer's card with the file; None where somebody has decided."""
    tr, folder = ctx.tr, await ctx.services.envelopes.folder(UUID(notice.about))
    envelope = folder.envelope
    if envelope.stage is Stage.SIGNED and envelope.doubts and not envelope.accepted_by:
        heading = tr.say("<b>A signed document needs a look</b>")
    elif envelope.stage is Stage.REVIEW:
        late = notice.version.count(":late:")
        heading = tr.say("<b>Still waits for your approval</b>") if late else tr.say("<b>A document to approve</b>")
    else:
        return None
    screen = envelope_screen(ctx, folder, heading)
    if envelope.file is None:
        return screen
    try:
        return replace(screen, media=await file_of(ctx, envelope.file))
    except (Unavailable, NotFound) as error:
        logger.warning("the card has no file", envelope=str(envelope.id), kind=type(error).__name__)
        return screen


HEADINGS: Mapping[Happening, str] = {
    Happening.LACKED: marked("A document could not be filled"),
    Happening.RETURNED: marked("The lawyer has returned a document"),
    Happening.UPLOADED: marked("A document waits for our signature in Vchasno"),
    Happening.SENT: marked("A document has gone to the client"),
    Happening.HALF: marked("The client has signed: our signature is next"),
    Happening.SIGNED: marked("A document is signed by everybody"),
    Happening.REJECTED: marked("The client has rejected a document"),
    Happening.WITHDRAWN: marked("A document was taken back"),
    Happening.EXPIRED: marked("Nobody signed in time"),
    Happening.TROUBLE: marked("Vchasno did not take a document"),
}


async def told_envelope(ctx: Ctx, notice: Notice) -> Screen:
    """The heading says what happened, the card how it stands now."""
    tr, folder = ctx.tr, await ctx.services.envelopes.folder(UUID(notice.about))
    what, __, told = notice.version.partition(":")
    heading = Markup("<b>{}</b>").format(tr.label(HEADINGS[Happening(what)]))
    if what == Happening.SENT and told == "0":
        nobody = tr.say(
            "Nobody of this client can be told by us: please call them, Vchasno has written to the mailbox."
        )
        heading = lines(heading, nobody)
    return envelope_screen(ctx, folder, heading)


def _is_lawyer(ctx: Ctx) -> bool:
    return ctx.who.desk == LAWYERS or (ctx.who.desk == MANAGERS and ctx.services.envelopes.managers_too)


def _require_lawyer(ctx: Ctx) -> None:
    if not _is_lawyer(ctx):
        raise Forbidden(STAFF_ONLY)

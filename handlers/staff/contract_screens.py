"""How documents that are signed look to the staff: a card, a client's list, what is on its way, and what is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from markupsafe import Markup

from bot.conversation.screen import Screen, Show
from bot.domain.envelope import ENDED, Happening, Stage, Trouble
from bot.domain.errors import NotFound, Unavailable
from bot.domain.notice import LAWYERS, MANAGERS, Notice
from bot.domain.signing import DocumentKind, Doubt
from bot.i18n import Translator, marked
from bot.logs import log
from bot.services.envelopes import Folder
from handlers.app import Ctx
from handlers.documents import file_of, history, signed_by, stage, title
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import contracts as keyboard

OFFICE = (MANAGERS, LAWYERS)
TYPED = 40
OPEN = tuple(one for one in Stage if one not in ENDED)
BEGUN = (DocumentKind.CONTRACT, DocumentKind.AMENDMENT)
"""What a manager begins for a client; an act needs its days, and is asked for by the client."""
TROUBLES: Mapping[Trouble, str] = {
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
logger = log("contracts")


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
    return Screen(text, keyboard.envelope(tr, envelope, list(folder.files), decides=is_lawyer(ctx)))


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


async def opened_screen(ctx: Ctx) -> Screen:
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


async def clients_screen(ctx: Ctx, client_id: UUID, name: str) -> Screen:
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


async def told_allowance(ctx: Ctx, notice: Notice) -> Screen:
    """The service's own tariff, before documents stop."""
    tr = ctx.tr
    heading = {
        "few": tr.say("<b>Few documents are left in the tariff of Vchasno.</b>"),
        "used_up": tr.say("<b>The documents of the tariff of Vchasno are used up.</b>"),
    }.get(notice.about)
    if heading is None:
        ends = date.fromisoformat(notice.about)
        heading = tr.say("<b>The tariff of Vchasno ends on {day}.</b>", day=tr.calendar_day(ends))
    return Screen(paragraphs(heading, tr.say("Please pay in Vchasno, or documents will wait: they are not lost.")))


def is_lawyer(ctx: Ctx) -> bool:
    return ctx.who.desk == LAWYERS or (ctx.who.desk == MANAGERS and ctx.services.envelopes.managers_too)

"""How documents that are signed are named, and how far each came: the same words for clients and staff."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.conversation.screen import Attachment
from bot.domain.envelope import EnvelopeView, FileMark, Happening, HistoryLine, Stage
from bot.domain.errors import NotFound
from bot.domain.signing import DocumentKind, SignatureMark
from bot.i18n import Translator, marked
from handlers.app import Ctx
from handlers.papers.screens import attachment
from handlers.wording import excerpt, lines

KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: marked("Supply contract"),
    DocumentKind.AMENDMENT: marked("Additional agreement"),
    DocumentKind.RECONCILIATION: marked("Reconciliation act"),
}
STAGES: Mapping[Stage, str] = {
    Stage.FILLING: marked("is being drawn up"),
    Stage.LACKING: marked("something is missing"),
    Stage.REVIEW: marked("with our lawyers"),
    Stage.RETURNED: marked("is being corrected"),
    Stage.APPROVED: marked("approved, on its way to Vchasno"),
    Stage.UPLOADED: marked("in Vchasno, waits for our signature"),
    Stage.SENT: marked("waits for the client's signature"),
    Stage.HALF: marked("signed by the client, waits for our signature"),
    Stage.EXPIRED: marked("not signed in time"),
    Stage.WITHDRAWN: marked("taken back"),
    Stage.REJECTED: marked("rejected by the client"),
    Stage.SIGNED: marked("signed"),
}
YOURS: Mapping[Stage, str] = {
    Stage.LACKING: marked("is being drawn up"),
    Stage.SENT: marked("waits for your signature"),
    Stage.HALF: marked("signed by you, waits for our signature"),
    Stage.REJECTED: marked("rejected by you"),
}
"""Where the client reads something else than the staff."""
HAPPENED: Mapping[Happening, str] = {
    Happening.ASKED: marked("asked for"),
    Happening.FILLED: marked("filled"),
    Happening.LACKED: marked("something was missing"),
    Happening.APPROVED: marked("approved"),
    Happening.RETURNED: marked("returned"),
    Happening.UPLOADED: marked("put into Vchasno"),
    Happening.SENT: marked("sent to the client"),
    Happening.OPENED: marked("the client went to sign"),
    Happening.HALF: marked("signed by the client"),
    Happening.SIGNED: marked("all signatures are there"),
    Happening.REJECTED: marked("rejected by the client"),
    Happening.WITHDRAWN: marked("taken back"),
    Happening.EXPIRED: marked("not signed in time"),
    Happening.TROUBLE: marked("Vchasno did not take it"),
    Happening.RETRIED: marked("begun once more"),
    Happening.REMINDED: marked("the client was reminded"),
    Happening.LOOKED_AT: marked("signatures were looked at"),
    Happening.ACCEPTED: marked("taken as signed"),
    Happening.RECORDED: marked("written into 1C"),
}
SAID = 200
LATEST = 8


def title(tr: Translator, envelope: EnvelopeView) -> str:
    """«Supply contract № … of 27.11.2026»."""
    return tr.label(
        "{kind} № {number} of {day}",
        kind=tr.label(KINDS[envelope.kind]),
        number=envelope.number,
        day=f"{envelope.dated:%d.%m.%Y}",
    )


def stage(tr: Translator, envelope: EnvelopeView) -> str:
    """For staff."""
    return tr.label(STAGES[envelope.stage])


def your_stage(tr: Translator, envelope: EnvelopeView) -> str:
    """For the client."""
    return tr.label(YOURS.get(envelope.stage, STAGES[envelope.stage]))


def signed_by(tr: Translator, signatures: Sequence[SignatureMark]) -> Markup | None:
    """Who signed, as Vchasno says: never that it is valid."""
    if not signatures:
        return None
    return lines(
        tr.say("<b>Signed in Vchasno:</b>"),
        *(
            tr.say(
                "• {name}, {company} ({code}), {moment}, certificate {serial}",
                name=one.name,
                company=one.company,
                code=one.code,
                moment=tr.moment(one.at) if one.at else "—",
                serial=one.serial,
            )
            for one in signatures
        ),
    )


def history(tr: Translator, lines_: Sequence[HistoryLine]) -> Markup:
    """The last of what happened, the oldest first; the words of the very last stand on the card already."""
    return lines(*(_line(tr, one, worded=one is not lines_[-1]) for one in lines_[-LATEST:]))


def _line(tr: Translator, line: HistoryLine, *, worded: bool) -> Markup:
    said = Markup("{} {}").format(tr.moment(line.at), tr.label(HAPPENED[line.what]))
    who = Markup(", {}").format(line.who) if line.who else ""
    words = Markup(": «{}»").format(excerpt(line.words, SAID)) if worded and line.what in WORDED and line.words else ""
    return Markup("• {}{}{}").format(said, who, words)


WORDED = frozenset({Happening.RETURNED, Happening.REJECTED})
"""What was said with it is for people; of the rest it is for whoever reads the base."""


async def file_of(ctx: Ctx, mark: FileMark) -> Attachment:
    """A kept file as a part of a screen. Raises NotFound where it is not here any more, and Unavailable."""
    path = ctx.services.envelopes.files.find(mark.sha256)
    if path is None:
        raise NotFound("file")
    return attachment(await ctx.services.papers.copy(mark.name, path))

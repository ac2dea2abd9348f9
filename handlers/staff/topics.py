"""In the topics of the staff: what is written there speaks to the client, and what else can be done there."""

from collections.abc import Mapping
from hashlib import sha256

from markupsafe import Markup

from bot.conversation.event import Event, Kind
from bot.conversation.screen import Screen, Show
from bot.domain.catalogue import page_count
from bot.domain.desk import Heard, Staff, is_note
from bot.domain.errors import Outdated
from bot.domain.notice import FINANCE, MANAGERS
from bot.i18n import marked
from handlers.app import AppRouter, Ctx
from handlers.desk import said_in
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import desk as keyboard
from keyboards.desk_actions import HandBack, NoteNext, SendCanned, ShowCanned

router: AppRouter = AppRouter()
DESKS = (MANAGERS, FINANCE)
COMMAND = "/answers"
NAME, TEXT, SHOWN = 40, 3000, 200
REPLIES: Mapping[Heard, str] = {
    Heard.KEPT: marked("Kept as a note, because it belongs to a note: the client does not see it."),
    Heard.NOBODY: marked("Nobody of this client has a chat with the bot: nothing was sent. Please call them."),
    Heard.NOT_PASSED: marked("Such a message cannot be passed on: nothing was sent. Write it, or send it as a file."),
    Heard.TOO_LATE: marked("The client has got the message already: a note cannot be made of it any more."),
}


@router.heard(DESKS)
async def heard(event: Event, ctx: Ctx) -> Screen | None:
    """Everything written in a group of the staff; what is no client's stays among them."""
    staff = staff_of(ctx)
    if staff.external_id.startswith("-"):
        return await _nameless(event, ctx)
    if event.kind is Kind.EDITED:
        answer = await ctx.services.answers.staff_reworded(ctx.turn, event.place, staff, event.message, event.text)
    elif event.text.startswith("/") and not is_note(event.text):
        return await _commanded(event, ctx, staff)
    else:
        answer = await ctx.services.answers.said(ctx.turn, event.place, event.thread, staff, said_in(event))
    return said(ctx, REPLIES[answer.heard]) if answer.heard in REPLIES else None


@router.staff(DESKS, NoteNext)
async def note_next(_: Event, ctx: Ctx, action: NoteNext) -> Screen:
    topic = await ctx.services.answers.note_next(ctx.turn, action.topic, staff_of(ctx))
    ctx.about = topic.title
    text = ctx.tr.say("<b>{name}</b>, your next message here is a note: the client does not see it.", name=ctx.who.name)
    return Screen(text, show=Show.SEND)


@router.staff(DESKS, HandBack)
async def hand_back(_: Event, ctx: Ctx, action: HandBack) -> Screen:
    topic = await ctx.services.answers.hand_back(ctx.turn, action.topic, staff_of(ctx))
    ctx.about = topic.title
    return said(ctx, marked("The bot answers this client again."))


@router.staff(DESKS, ShowCanned)
async def show_canned(_: Event, ctx: Ctx, action: ShowCanned) -> Screen:
    topic = await ctx.services.answers.topic(action.topic, staff_of(ctx))
    ctx.about = topic.title
    kept = list((await ctx.services.answers.canned()).items())
    if not kept:
        return said(ctx, marked("There are no canned answers yet. Add one: <code>/answers add Name: text</code>"))
    pages = page_count(len(kept), keyboard.CANNED)
    page = min(max(action.page, 0), pages - 1)
    shown = kept[page * keyboard.CANNED : (page + 1) * keyboard.CANNED]
    text = paragraphs(ctx.tr.say("<b>Which answer is to be sent to the client?</b>"), _listed(shown, page))
    marks = [_mark(name, words) for name, words in shown]
    return Screen(text, keyboard.canned(ctx.tr, topic.id, marks, page, pages), show=Show.SEND)


@router.staff(DESKS, SendCanned)
async def send_canned(_: Event, ctx: Ctx, action: SendCanned) -> Screen:
    """Only in the words that were shown: what was changed meanwhile is looked at again first."""
    kept = await ctx.services.answers.canned()
    name = next((name for name, words in kept.items() if _mark(name, words) == action.mark), None)
    if name is None:
        raise Outdated("canned answer")
    answer = await ctx.services.answers.send_canned(ctx.turn, action.topic, staff_of(ctx), name)
    ctx.about = answer.about
    if answer.heard in REPLIES:
        return said(ctx, REPLIES[answer.heard])
    text = ctx.tr.say("{name} sent: {text}", name=ctx.who.name, text=kept[name])
    return Screen(text, show=Show.SEND)


def staff_of(ctx: Ctx) -> Staff:
    who = ctx.who
    return Staff(who.channel, who.external_id, who.name, who.desk, who.role)


async def _commanded(event: Event, ctx: Ctx, staff: Staff) -> Screen | None:
    """A word to the bot. What only looks like one is not sent to the client by mistake."""
    word, _, rest = event.text.partition(" ")
    if word.partition("@")[0] != COMMAND:
        return (
            said(ctx, marked("What begins with / does not go to the client. A note begins with //."))
            if (event.thread)
            else None
        )
    verb, _, rest = rest.strip().partition(" ")
    name, colon, text = (part.strip() for part in rest.partition(":"))
    if verb == "add" and colon and name and text:
        await ctx.services.answers.keep_canned(ctx.turn, staff, name[:NAME], text[:TEXT])
        return Screen(ctx.tr.say("Kept: <b>{name}</b>", name=name[:NAME]), show=Show.SEND)
    if verb == "drop" and name:
        known = await ctx.services.answers.drop_canned(ctx.turn, staff, name[:NAME])
        return said(ctx, marked("Dropped.") if known else marked("There is no answer of that name."))
    kept = list((await ctx.services.answers.canned()).items())
    text_ = paragraphs(
        ctx.tr.say("<b>Canned answers</b>"),
        _listed(kept, 0) if kept else None,
        lines(
            ctx.tr.say("Add or change one: <code>/answers add Name: text</code>"),
            ctx.tr.say("Drop one: <code>/answers drop Name</code>"),
        ),
    )
    return Screen(text_, show=Show.SEND)


async def _nameless(event: Event, ctx: Ctx) -> Screen | None:
    """Who speaks in the name of a group is nobody of whom the log could say that they answered."""
    if event.kind is Kind.EDITED or not event.thread:
        return None
    return said(
        ctx, marked("Nothing was sent: please write in your own name. Switch “Remain anonymous” off in your rights.")
    )


def said(ctx: Ctx, words: str) -> Screen:
    return Screen(ctx.tr.say(words), show=Show.SEND)


def _listed(kept: list[tuple[str, str]], page: int) -> Markup:
    items = [Markup("<b>{}</b>: {}").format(name, excerpt(text, SHOWN)) for name, text in kept]
    return numbered(items, page * keyboard.CANNED + 1)


def _mark(name: str, text: str) -> str:
    return sha256(f"{name}:{text}".encode()).hexdigest()[:12]

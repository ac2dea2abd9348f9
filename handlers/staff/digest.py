"""The digest of debts for finance: each working morning, and whenever somebody asks; of all clients or of one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Photo, Screen, Show
from bot.domain.aging import Age
from bot.domain.chart import Chart, ChartBar
from bot.domain.errors import Unavailable
from bot.domain.notice import FINANCE, MANAGERS, Notice
from bot.domain.paper import Form
from bot.i18n import Translator
from bot.logs import log
from bot.services.digest import CHOICES, DebtorView, DigestView
from handlers.app import AppRouter, Ctx
from handlers.papers.screens import attachment
from handlers.staff import debt_words as words
from handlers.wording import excerpt, numbered, paragraphs
from keyboards import staff_debts as keyboard
from keyboards.staff_actions import ShowDebts, TakeDebts

router: AppRouter = AppRouter()
DESKS = (FINANCE, MANAGERS)
"""The digest goes to the managers where finance has no group, and a manager asks for a client of theirs."""
CAPTION = 1000
"""Characters under a picture: Telegram takes 1024."""
SHORTER = (
    (40, True, True),
    (28, True, True),
    (28, False, True),
    (16, False, True),
    (16, False, False),
    (12, False, False),
    (8, False, False),
    (4, False, False),
)
"""How long names of debtors may be, whether their overdue and whether ages are said, until all fits.

Ages are in the picture too.
"""
TYPED = 40
Section = Callable[[Translator, DigestView], Markup | None]
SECTIONS: tuple[Section, ...] = (words.answers, words.messages)
"""What is told after the debts themselves; each None where there is nothing to tell."""
logger = log("digest")


@router.command(DESKS, "debts")
async def command(_: Event, ctx: Ctx, typed: str) -> Screen:
    """/debts: of all clients; with a name or a code after it, of that client."""
    tr = ctx.tr
    if not typed:
        return await digest_screen(ctx)
    found = await ctx.services.digest.named(typed)
    if len(found) == 1:
        return replace(await _debtor(ctx, found[0].id), show=Show.SEND)
    if not found:
        text = tr.say("No client is called <b>{typed}</b>, nor has this code.", typed=excerpt(typed, TYPED))
        hint = tr.say("After the command type a part of the name, the EDRPOU code or the code in 1C.")
        return Screen(paragraphs(text, hint), keyboard.which(tr, ()), show=Show.SEND)
    more = tr.say("There are more of them: type more of the name.") if len(found) > CHOICES else None
    names = numbered([Markup.escape(excerpt(one.name, TYPED)) for one in found[:CHOICES]])
    text = paragraphs(tr.say("Which client?"), names, more)
    return Screen(text, keyboard.which(tr, [(one.name, one.id) for one in found[:CHOICES]]), show=Show.SEND)


@router.staff(DESKS, ShowDebts)
async def show_debts(_: Event, ctx: Ctx, action: ShowDebts) -> Screen:
    return await digest_screen(ctx) if action.client is None else await _debtor(ctx, action.client)


@router.staff(DESKS, TakeDebts)
async def take_debts(_: Event, ctx: Ctx, action: TakeDebts) -> Screen:
    return await table_screen(ctx, action.client)


async def morning(ctx: Ctx, _: Notice) -> Screen:
    return await digest_screen(ctx)


async def morning_table(ctx: Ctx, _: Notice) -> Screen | None:
    """None where nobody owes anything, or where it cannot be drawn: the digest has a button for it."""
    view = await ctx.services.digest.view()
    if not view.debtors:
        return None
    try:
        return await table_screen(ctx)
    except Unavailable as error:
        logger.warning("the table of debts was not drawn", code=error.code)
        return None


async def digest_screen(ctx: Ctx) -> Screen:
    """The figures with their chart; without it where it cannot be drawn just now."""
    tr, view = ctx.tr, await ctx.services.digest.view()
    picture = await _picture(ctx, chart(tr, view)) if view.debtors else None
    text = digest_text(tr, view, CAPTION if picture else None)
    photo = Photo(picture, picture.name) if picture else None
    return Screen(text, keyboard.digest(tr) if view.debtors else (), media=photo, show=Show.SEND)


async def table_screen(ctx: Ctx, client: UUID | None = None) -> Screen:
    """Raises Unavailable, NotFound."""
    tr, seller = ctx.tr, ctx.services.company.name
    if client is None:
        view = await ctx.services.digest.view()
        debtors, on, as_of = view.debtors, view.on, view.as_of
    else:
        one = await ctx.services.digest.client(client)
        debtors, on, as_of = (one.debtor,), one.on, one.as_of
    held = tuple(debtor for debtor in debtors if debtor.owed.debts)
    if not held:
        return Screen(tr.say("Nothing is owed now."), show=Show.SEND)
    paper = words.table(tr, seller, held, on, as_of)
    made = await ctx.services.papers.make(paper, Form.XLSX, f"{paper.title} {on:%d.%m.%Y}")
    count = sum(len(debtor.owed.debts) for debtor in held)
    said = tr.plural("All debts: {n} document.", "All debts: {n} documents.", count)
    return Screen(said, media=attachment(made), show=Show.SEND)


def digest_text(tr: Translator, view: DigestView, limit: int | None) -> Markup:
    """As much as fits: with names of debtors cut shorter, until it does."""
    text = Markup("")
    for width, late, ages in SHORTER:
        text = paragraphs(
            words.warning(tr, view.as_of),
            words.totals(tr, view),
            words.ages(tr, view.aging) if ages and view.debtors else None,
            words.largest(tr, view, width, late=late),
            *(section(tr, view) for section in SECTIONS),
        )
        if limit is None or len(text.striptags()) <= limit:
            break
    return text


def chart(tr: Translator, view: DigestView) -> Chart:
    late = {age: age is not Age.NOT_DUE for age in Age}
    bars = tuple(
        ChartBar(tr.label(words.SHORT[age]), view.aging.of(age), tr.money(view.aging.of(age)), late[age]) for age in Age
    )
    title = tr.label("Debts on {day}", day=f"{view.on:%d.%m.%Y}")
    said = tr.label("Overdue {sum} ({share} %)", sum=tr.money(view.aging.overdue), share=words.share(view.aging))
    return Chart(title, said, bars)


async def _debtor(ctx: Ctx, client: UUID) -> Screen:
    view: DebtorView = await ctx.services.digest.client(client)
    return Screen(words.debtor(ctx.tr, view), keyboard.debtor(ctx.tr, client))


async def _picture(ctx: Ctx, wanted: Chart) -> Path | None:
    try:
        return await ctx.services.papers.picture(wanted)
    except Unavailable as error:
        logger.warning("the chart of debts was not drawn", code=error.code)
        return None

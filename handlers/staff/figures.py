"""Figures for the owner in the staff's groups: each week, and whenever somebody who sees money asks."""

from datetime import date
from pathlib import Path

from bot.conversation.event import Event
from bot.conversation.screen import Photo, Screen, Show
from bot.domain.chart import ShareChart
from bot.domain.errors import Unavailable
from bot.domain.figures import Dates, Period
from bot.domain.notice import FINANCE, MANAGERS, Notice
from bot.logs import log
from bot.services.figures import FiguresView, week_from
from bot.services.private_files import name_of
from handlers.app import AppRouter, Ctx
from handlers.papers.screens import attachment
from handlers.staff import figure_words as words
from handlers.staff.digest import CAPTION
from handlers.staff.figures_table import table
from handlers.wording import paragraphs
from keyboards import staff_figures as keyboard
from keyboards.staff_actions import ShowFigures, TakeFigures

router: AppRouter = AppRouter()
DESKS = (FINANCE, MANAGERS)
"""Those that see money: what clients owe is told to the same."""
logger = log("figures")


@router.command(DESKS, "stats")
async def command(_: Event, ctx: Ctx, __: str) -> Screen:
    """/stats: of this week; other times by buttons."""
    return await figures_screen(ctx, await ctx.services.figures.of(Period.THIS_WEEK))


@router.staff(DESKS, ShowFigures)
async def show_figures(_: Event, ctx: Ctx, action: ShowFigures) -> Screen:
    return await figures_screen(ctx, await ctx.services.figures.of(action.period))


@router.staff(DESKS, TakeFigures)
async def take_figures(_: Event, ctx: Ctx, action: TakeFigures) -> Screen:
    """Raises Unavailable, Outdated."""
    view = await ctx.services.figures.view(Dates(action.first, action.last))
    called = ctx.tr.label("Figures")
    name = name_of("document", f"{called} {words.short(view.dates)}.csv")
    made = await ctx.services.papers.keep(name, table(ctx.tr, view))
    said = ctx.tr.say("Figures by day: {days}", days=words.said(ctx.tr, view.dates))
    return Screen(said, media=attachment(made), show=Show.SEND)


async def week(ctx: Ctx, notice: Notice) -> Screen:
    return await figures_screen(ctx, await ctx.services.figures.view(week_from(date.fromisoformat(notice.about))))


async def figures_screen(ctx: Ctx, view: FiguresView) -> Screen:
    """The figures with their chart; without it where there are no shares, or it cannot be drawn just now."""
    text, wanted = words.text(ctx.tr, view), words.chart(ctx.tr, view)
    fits = len(text.striptags()) <= CAPTION
    picture = await _picture(ctx, wanted) if wanted and fits else None
    photo = Photo(picture, picture.name) if picture else None
    if view.empty:
        text = paragraphs(text, ctx.tr.say("Choose another time below."))
    return Screen(text, keyboard.figures(ctx.tr, None if view.empty else view.dates), media=photo, show=Show.SEND)


async def _picture(ctx: Ctx, wanted: ShareChart) -> Path | None:
    try:
        return await ctx.services.papers.picture(wanted)
    except Unavailable as error:
        logger.warning("the chart of figures was not drawn", code=error.code)
        return None

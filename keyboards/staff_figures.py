"""Keyboards of the owner's figures in the staff's groups."""

from collections.abc import Mapping

from bot.conversation.screen import Rows, Tap
from bot.domain.figures import Dates, Period
from bot.i18n import Translator, marked
from keyboards.rows import grid
from keyboards.staff_actions import ShowFigures, TakeFigures

PERIODS: Mapping[Period, str] = {
    Period.THIS_WEEK: marked("This week"),
    Period.LAST_WEEK: marked("Last week"),
    Period.THIS_MONTH: marked("This month"),
    Period.LAST_MONTH: marked("Last month"),
    Period.THREE_MONTHS: marked("Three months"),
}


def figures(tr: Translator, table: Dates | None) -> Rows:
    """The periods, and the table of these days where there is anything in it."""
    periods = [Tap(tr.label(words), ShowFigures(period)) for period, words in PERIODS.items()]
    taken = [Tap(tr.label("Table by day"), TakeFigures(table.first, table.last))] if table else []
    return grid([*periods, *taken], 2)

"""The owner's figures by day as CSV that Excel opens as it is: UTF-8 with a mark, semicolons, commas in numbers."""

import csv
from collections.abc import Sequence
from io import StringIO

from bot.domain.figures import Counted, Figures, percent, saved
from bot.domain.money import Money
from bot.i18n import Translator
from bot.services.figures import FiguresView

MARK = "\ufeff"


def table(tr: Translator, view: FiguresView) -> bytes:
    """A line for every day of the period, also for one on which nothing happened."""
    written = StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(_headings(tr))
    for day in view.dates:
        lines.writerow([f"{day:%d.%m.%Y}", *_cells(view.days.get(day, Figures()), view)])
    return (MARK + written.getvalue()).encode()


def _headings(tr: Translator) -> Sequence[str]:
    return (
        tr.label("Day"),
        tr.label("Orders online"),
        tr.label("Orders online, UAH"),
        tr.label("Orders another way"),
        tr.label("Orders another way, UAH"),
        tr.label("Orders online, %"),
        tr.label("Payments by card"),
        tr.label("Payments by card, UAH"),
        tr.label("Transfers"),
        tr.label("Transfers, UAH"),
        tr.label("Not identified"),
        tr.label("Not identified, UAH"),
        tr.label("Payments by card, %"),
        tr.label("Payments with a known wait"),
        tr.label("Half paid within, days"),
        tr.label("Paid by the next day"),
        tr.label("Reminders"),
        tr.label("Paid after reminders"),
        tr.label("Paid after reminders, UAH"),
        tr.label("Price lists and offers"),
        tr.label("Other messages"),
        tr.label("Cost of messages, UAH"),
        tr.label("Saved, minutes"),
        tr.label("Saved, UAH"),
    )


def _cells(figures: Figures, view: FiguresView) -> Sequence[str | int]:
    """A share that cannot be said is left empty, and so is what is not known."""
    waits, done = figures.waits, saved(figures, view.norms)
    known = view.transfers_until is not None
    elsewhere = _counted(figures.elsewhere) if view.knows_orders else ("", "")
    return (
        *_counted(figures.online),
        *elsewhere,
        _share(figures.online, figures.orders) if view.knows_orders else "",
        *_counted(figures.cards),
        *(_counted(figures.transfers) if known else ("", "")),
        *(_counted(figures.unknown) if known else ("", "")),
        _share(figures.cards, figures.payments) if known else "",
        waits.count,
        "" if waits.median is None else waits.median,
        waits.soon,
        figures.reminders,
        *_counted(figures.brought),
        figures.price_lists,
        figures.messages,
        _hryvnias(figures.cost),
        done.minutes,
        _hryvnias(done.money),
    )


def _counted(one: Counted) -> tuple[str | int, ...]:
    return one.count, _hryvnias(one.sum)


def _share(part: Counted, whole: Counted) -> str | int:
    return percent(part.count, whole.count) if whole.count else ""


def _hryvnias(sum_: Money) -> str:
    return str(sum_.amount).replace(".", ",")

"""What the owner's figures say: shares against what was reached once, waits, reminders, and what is saved."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from bot.domain.chart import ShareBar, ShareChart, SharePanel
from bot.domain.figures import (
    AFTER_REMINDER,
    ORDERS_GOAL,
    PAYMENTS_GOAL,
    Counted,
    Dates,
    Figures,
    Saved,
    Task,
    Waits,
    percent,
    steps,
)
from bot.i18n import Translator, marked
from bot.services.figures import FiguresView
from handlers.wording import lines, paragraphs

MANY = 10_000
"""Of so many a chart says only the share: there is no room for more."""
TASKS: Mapping[Task, str] = {
    Task.ORDER: marked("orders {count} × {each} min"),
    Task.PAYMENT: marked("payments {count} × {each} min"),
    Task.REMINDER: marked("reminders {count} × {each} min"),
    Task.PRICE_LIST: marked("price lists {count} × {each} min"),
    Task.MESSAGE: marked("messages {count} × {each} min"),
}


def text(tr: Translator, view: FiguresView) -> Markup:
    title = tr.say("<b>Figures: {days}</b>", days=said(tr, view.dates))
    if view.empty:
        return paragraphs(title, tr.say("Nothing was ordered, paid or sent in this time."), _orders_as_of(tr, view))
    return paragraphs(
        title, _orders(tr, view), _payments(tr, view), _soon(tr, view.total), _saved(tr, view), _messages(tr, view)
    )


def said(tr: Translator, dates: Dates) -> str:
    """Пн 16.11 – Нд 22.11.2026."""
    last = f"{tr.short_day(dates.last)}.{dates.last:%Y}"
    if dates.first == dates.last:
        return last
    year = "" if dates.first.year == dates.last.year else f".{dates.first:%Y}"
    return f"{tr.short_day(dates.first)}{year} – {last}"


def short(dates: Dates) -> str:
    """16.11–22.11.2026, where there is little room."""
    last = f"{dates.last:%d.%m.%Y}"
    if dates.first == dates.last:
        return last
    begins = f"{dates.first:%d.%m}" if dates.first.year == dates.last.year else f"{dates.first:%d.%m.%Y}"
    return f"{begins}–{last}"


def _orders(tr: Translator, view: FiguresView) -> Markup:
    orders, online = view.total.orders, view.total.online
    if not view.knows_orders:
        return tr.say(
            "Orders online: {count} for {sum}. 1C has not told of its own yet, so there is no share to say.",
            count=online.count,
            sum=tr.money(online.sum),
        )
    if not orders.count:
        return lines(tr.say("There were no orders."), _orders_as_of(tr, view))
    return lines(
        tr.say("Orders: {count} for {sum}", count=orders.count, sum=tr.money(orders.sum)),
        tr.say(
            "Online: <b>{share} %</b> ({count}), by sum {by_sum} %; landmark {goal} %",
            **_share(online, orders),
            goal=ORDERS_GOAL,
        ),
        _orders_as_of(tr, view),
    )


def _orders_as_of(tr: Translator, view: FiguresView) -> Markup | None:
    if view.orders_as_of is None or view.orders_as_of.at is None:
        return None
    return tr.say("1C's orders are known as of {moment}.", moment=tr.moment(view.orders_as_of.at))


def _payments(tr: Translator, view: FiguresView) -> Markup:
    total = view.total
    if view.transfers_until is None:
        return tr.say(
            "Payments by card: {count} for {sum}. No bank statement tells of these days, so there is no share to say.",
            count=total.cards.count,
            sum=tr.money(total.cards.sum),
        )
    lack = tr.say("Transfers are known until {day}.", day=f"{view.transfers_until:%d.%m}")
    if not total.payments.count:
        return lines(tr.say("There were no payments."), lack if view.transfers_lack else None)
    return lines(
        tr.say("Payments: {count} for {sum}", count=total.payments.count, sum=tr.money(total.payments.sum)),
        tr.say(
            "By card: <b>{share} %</b> ({count}), by sum {by_sum} %; landmark {goal} %",
            **_share(total.cards, total.payments),
            goal=PAYMENTS_GOAL,
        ),
        tr.say("By transfer: {count} for {sum}", count=total.transfers.count, sum=tr.money(total.transfers.sum)),
        tr.say("Not identified: {count} for {sum}", count=total.unknown.count, sum=tr.money(total.unknown.sum))
        if total.unknown.count
        else None,
        lack if view.transfers_lack else None,
    )


def _share(part: Counted, whole: Counted) -> dict[str, object]:
    return {
        "share": percent(part.count, whole.count),
        "count": part.count,
        "by_sum": percent(part.sum.kopiykas, whole.sum.kopiykas),
    }


def _soon(tr: Translator, total: Figures) -> Markup | None:
    """How soon clients pay, and what reminders brought."""
    waits = _waits(tr, total.waits)
    brought = (total.reminders or total.brought.count) and tr.say(
        "Reminders: {count}; within {days} days of them {sum} came in ({payments})",
        count=total.reminders,
        days=AFTER_REMINDER,
        sum=tr.money(total.brought.sum),
        payments=total.brought.count,
    )
    return lines(waits, brought or None) if waits or brought else None


def _waits(tr: Translator, waits: Waits) -> Markup | None:
    if waits.median is None:
        return None
    share = percent(waits.soon, waits.count)
    if not waits.median:
        return tr.say("Time to pay: half on the same day; by the next day {share} %", share=share)
    return tr.plural(
        "Time to pay: half within {n} day; by the next day {share} %",
        "Time to pay: half within {n} days; by the next day {share} %",
        waits.median,
        share=share,
    )


def _saved(tr: Translator, view: FiguresView) -> Markup | None:
    """Every norm is named with its count, so that nobody has to believe the sum."""
    done: Saved = view.saved
    if not done.tasks:
        return None
    hours, minutes = divmod(done.minutes, 60)
    counted = ", ".join(tr.label(TASKS[task], count=count, each=each) for task, count, each in done.tasks)
    return lines(
        tr.say(
            "Saved: <b>{hours} h {minutes} min</b>, {sum} at {hour} an hour",
            hours=hours,
            minutes=minutes,
            sum=tr.money(done.money),
            hour=tr.money(view.norms.hour),
        ),
        tr.say("By the norms: {counted}", counted=counted),
    )


def _messages(tr: Translator, view: FiguresView) -> Markup | None:
    if not (view.total.sent or view.total.cost):
        return None
    return tr.say("Messages: {count}, cost {sum}", count=view.total.sent, sum=tr.money(view.total.cost))


def chart(tr: Translator, view: FiguresView) -> ShareChart | None:
    """Shares as they moved; None where none can be said."""
    total, panels = view.total, []
    parts = [(step, view.of(step)) for step in steps(view.dates)]
    if view.knows_orders and total.orders.count:
        bars = tuple(_bar(tr, step, part.online, part.orders) for step, part in parts)
        title = tr.label("Orders online: {share} %", share=percent(total.online.count, total.orders.count))
        panels.append(SharePanel(title, ORDERS_GOAL, tr.label("landmark {goal} %", goal=ORDERS_GOAL), bars))
    if view.transfers_until is not None and total.payments.count:
        bars = tuple(_bar(tr, step, part.cards, part.payments) for step, part in parts)
        title = tr.label("Payments by card: {share} %", share=percent(total.cards.count, total.payments.count))
        panels.append(SharePanel(title, PAYMENTS_GOAL, tr.label("landmark {goal} %", goal=PAYMENTS_GOAL), bars))
    return ShareChart(tr.label("Online, {days}", days=short(view.dates)), tuple(panels)) if panels else None


def _bar(tr: Translator, step: Dates, part: Counted, whole: Counted) -> ShareBar:
    label = _step(tr, step)
    if not whole.count:
        return ShareBar(label, None, "—")
    share = percent(part.count, whole.count)
    if whole.count >= MANY:
        return ShareBar(label, share, f"{share} %")
    counted = tr.label("{share} % ({part} of {whole})", share=share, part=part.count, whole=whole.count)
    return ShareBar(label, share, counted)


def _step(tr: Translator, step: Dates) -> str:
    if step.first == step.last:
        return tr.short_day(step.first)
    if step.first.day == 1 and _is_last(step.last):
        return f"{step.first:%m.%Y}"
    return f"{step.first:%d.%m}–{step.last:%d.%m}"


def _is_last(day: date) -> bool:
    return Dates(day, day).end.day == 1

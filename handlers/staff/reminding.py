"""For finance: how reminding stands, who gets what and why, and one client."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.catalogue import page_count
from bot.domain.ladder import Remind, Rest
from bot.domain.notice import Notice
from bot.domain.promises import (
    HoldKind,
)
from bot.i18n import Translator, marked
from bot.services.forecast import DebtorView, Foreseen
from bot.services.reminder_desk import View
from bot.services.reminders import Escalated
from bot.services.standing import LastKnown
from handlers.app import Ctx
from handlers.balance import debt_line
from handlers.staff.finance import DESKS
from handlers.staff.holds import hold_line, router, word_line
from handlers.wording import lines, numbered, paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import (
    ShowDebtor,
    ShowForecast,
    ShowReminding,
)

PAGE = 8
SHOWN = 10
RESTS: Mapping[Rest, str] = {
    Rest.NOTHING: marked("no level has come yet"),
    Rest.TOLD: marked("reminded at this level"),
    Rest.LATELY: marked("a reminder went out or is on its way"),
    Rest.PROMISED: marked("promised to pay"),
    Rest.SAID_PAID: marked("says that it is paid"),
    Rest.DISPUTED: marked("all of it is disputed"),
    Rest.STOPPED: marked("left alone by finance"),
    Rest.UNDER_WAY: marked("a payment is under way"),
}
# --- how it stands ----------------------------------------------------------------------------------------------------


@router.command(DESKS, "reminders")
async def reminding(_: Event, ctx: Ctx, __: str) -> Screen:
    """Also the command `/reminders`."""
    tr, view = ctx.tr, await ctx.services.reminder_desk.overview()
    ladder = await ctx.services.ladders.current()
    state = (
        tr.say("Reminders are <b>off</b>. The administrator can switch them on.")
        if not view.on
        else tr.say("Today is a working day of the office.")
        if view.work_today
        else tr.say("The office does not work today: nobody is reminded.")
    )
    sent = [
        tr.say("level {day}: {n}", day=day_of(level.day), n=view.sent[level.name])
        for level in ladder.levels
        if view.sent.get(level.name)
    ]
    text = paragraphs(
        tr.say("<b>Reminders of debts</b>"),
        lines(state, _old(tr, view.as_of)),
        lines(tr.say("Drawn up today:"), *sent) if sent else tr.say("No reminder was drawn up today."),
        lines(
            tr.say("Promises: {n}", n=view.promises),
            tr.say("Said to be paid: {n}", n=view.claims),
            tr.say("Disputes: {n}", n=view.disputes),
            tr.say("Left alone: {n}", n=view.exemptions),
        ),
    )
    return Screen(text, keyboard.reminding(tr))


@router.staff(DESKS, ShowReminding)
async def show_reminding(event: Event, ctx: Ctx, _: ShowReminding) -> Screen:
    return await reminding(event, ctx, "")


@router.staff(DESKS, ShowForecast)
async def show_forecast(_: Event, ctx: Ctx, action: ShowForecast) -> Screen:
    tr, forecast = ctx.tr, await ctx.services.forecasts.tomorrow()
    pages = page_count(len(forecast.clients), PAGE)
    page = min(max(action.page, 0), pages - 1)
    shown, start = forecast.clients[page * PAGE : (page + 1) * PAGE], page * PAGE + 1
    text = paragraphs(
        lines(
            tr.say("<b>Who gets what on {day}</b>", day=tr.day(forecast.day)),
            tr.say("Reminders: {n}, debtors: {all}", n=len(forecast.reminded), all=len(forecast.clients)),
        ),
        _old(tr, forecast.as_of),
        numbered([_foreseen(tr, one) for one in shown], start) if shown else tr.say("Nobody owes anything."),
    )
    return Screen(text, keyboard.forecast(tr, [one.client_id for one in shown], start, page, pages))


def _old(tr: Translator, as_of: LastKnown | None) -> Markup | None:
    return tr.say("<b>Debts are old: nothing is sent until 1C brings fresh ones.</b>") if as_of is not None else None


def _foreseen(tr: Translator, one: Foreseen) -> Markup:
    head = Markup("<b>{}</b>: {}").format(one.client, plan_words(tr, one.plan))
    sums = tr.say("owes {sum}, overdue {overdue}", sum=tr.money(one.owed), overdue=tr.money(one.overdue))
    nobody = tr.say(" · <b>nobody to write to</b>") if isinstance(one.plan, Remind) and not one.reached else ""
    return lines(head, Markup("    {}{}").format(sums, nobody))


def plan_words(tr: Translator, plan: Remind | Rest) -> Markup:
    """What is sent, or why nothing is."""
    if isinstance(plan, Rest):
        return Markup.escape(tr.label(RESTS[plan]))
    return tr.say("level {day}, documents: {n}", day=day_of(plan.level.day), n=len(plan.debts))


def day_of(day: int) -> str:
    """A level as people call it: −3, 0, +7."""
    return f"{day:+d}".replace("-", "−") if day else "0"


# --- one client -------------------------------------------------------------------------------------------------------


@router.staff(DESKS, ShowDebtor)
async def show_debtor(_: Event, ctx: Ctx, action: ShowDebtor) -> Screen:
    return await debtor_screen(ctx, action.client)


async def debtor_screen(ctx: Ctx, client: UUID) -> Screen:
    tr, view = ctx.tr, await ctx.services.forecasts.debtor(client)
    more = len(view.debts) - SHOWN
    held = _held(view)
    text = paragraphs(
        lines(
            Markup("<b>{}</b>").format(view.client),
            Markup("{}: {}").format(tr.day(view.day), plan_words(tr, view.plan)),
            word_line(tr, view.word),
        ),
        lines(
            *(_debt(tr, view, n) for n in range(min(len(view.debts), SHOWN))),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        )
        if view.debts
        else tr.say("Nothing is owed now."),
        lines(*(hold_line(tr, kind, one) for kind, one in held)) if held else None,
    )
    return Screen(text, keyboard.debtor(tr, client, [(kind, one.id) for kind, one in held]))


def _held(view: DebtorView) -> list[tuple[HoldKind, View]]:
    found: list[tuple[HoldKind, View | None]] = [
        (HoldKind.PROMISE, view.promise),
        (HoldKind.CLAIM, view.claim),
        (HoldKind.EXEMPTION, view.exemption),
    ]
    return [(kind, one) for kind, one in found if one is not None]


def _debt(tr: Translator, view: DebtorView, n: int) -> Markup:
    debt = view.debts[n]
    said = debt_line(tr, debt)
    return (
        Markup("• {} · {}").format(said, tr.say("<b>disputed</b>"))
        if debt.document in view.disputed
        else (Markup("• {}").format(said))
    )


# --- what the managers hear -----------------------------------------------------------------------------------------


async def told_escalated(ctx: Ctx, notice: Notice) -> Screen | None:
    """All of a morning together; None where nobody is overdue any more."""
    tr, found = ctx.tr, await ctx.services.reminders.escalated(date.fromisoformat(notice.about))
    if not found:
        return None
    shown, more = found[:PAGE], len(found) - PAGE
    text = paragraphs(
        tr.plural(
            "<b>The reminders of {n} client have come far.</b> A call by the manager may help.",
            "<b>The reminders of {n} clients have come far.</b> A call by the manager may help.",
            len(found),
        ),
        numbered([_escalated(tr, one) for one in shown]),
        tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
    )
    return Screen(text, keyboard.escalated(tr, [one.client_id for one in shown]))


def _escalated(tr: Translator, one: Escalated) -> Markup:
    return tr.say(
        "{client}: overdue <b>{sum}</b>, level {day}",
        client=one.client, sum=tr.money(one.overdue), day=day_of(one.level.day),
    )  # fmt: skip

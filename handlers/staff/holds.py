"""For finance: promises, claims that it is paid, disputes and exemptions: what keeps reminders back, and ending it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.catalogue import page_count
from bot.domain.notice import Notice
from bot.domain.promises import (
    DisputeView,
    Ended,
    ExemptionView,
    HoldKind,
    PaidClaimView,
    PromiseView,
    Why,
    Word,
)
from bot.i18n import Translator, marked
from bot.services.reminder_desk import Hold, View
from handlers.app import AppRouter, Ctx
from handlers.papers.screens import attachment
from handlers.staff.finance import DESKS, require_finance
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import EndHold, ShowHold, ShowHolds

router: AppRouter = AppRouter()
PAGE = 8
SAID = 300
ENDED: Mapping[Ended, str] = {
    Ended.KEPT: marked("kept"),
    Ended.BROKEN: marked("broken"),
    Ended.REPLACED: marked("put off"),
    Ended.CALLED_OFF: marked("called off by {name}"),
}


@router.staff(DESKS, ShowHolds)
async def show_holds(_: Event, ctx: Ctx, action: ShowHolds) -> Screen:
    tr, found = ctx.tr, await ctx.services.reminder_desk.holds()
    pages = page_count(len(found), PAGE)
    page = min(max(action.page, 0), pages - 1)
    shown, start = found[page * PAGE : (page + 1) * PAGE], page * PAGE + 1
    named = [Markup("<b>{}</b>: {}").format(one.client, hold_line(tr, kind, one)) for kind, one in shown]
    text = paragraphs(
        tr.say("<b>What keeps reminders back</b>"), numbered(named, start) if named else tr.say("Nothing does.")
    )
    return Screen(text, keyboard.holds(tr, [(kind, one.id) for kind, one in shown], start, page, pages))


@router.staff(DESKS, ShowHold)
async def show_hold(_: Event, ctx: Ctx, action: ShowHold) -> Screen:
    return hold_screen(ctx, await ctx.services.reminder_desk.hold(action.kind, action.hold))


@router.staff(DESKS, EndHold)
async def end_hold(event: Event, ctx: Ctx, action: EndHold) -> Screen:
    """Whoever was slower sees who ended it. The managers settle disputes, which they hear of; the rest is finance's."""
    if action.kind is not HoldKind.DISPUTE:
        require_finance(ctx)
    await ctx.services.reminder_desk.end(action.kind, action.hold, event.sender.name)
    return hold_screen(ctx, await ctx.services.reminder_desk.hold(action.kind, action.hold))


def hold_screen(ctx: Ctx, hold: Hold) -> Screen:
    tr, view = ctx.tr, hold.view
    words = view.words if isinstance(view, PaidClaimView | DisputeView) else ""
    person = "" if isinstance(view, ExemptionView) else view.person
    text = paragraphs(
        lines(
            Markup("<b>{}</b>").format(view.client),
            hold_line(tr, hold.kind, view),
            tr.say("Said by {name}, {moment}", name=person, moment=tr.moment(view.made_at)) if person else None,
        ),
        Markup("«{}»").format(excerpt(words, SAID)) if words else None,
        tr.say("A file of the payment order was sent to the bot.") if isinstance(view, PaidClaimView) and view.proof
        else None,
        word_line(tr, hold.word),
        _ended(tr, view),
    )  # fmt: skip
    return Screen(text, keyboard.hold(tr, hold.kind, view.id, view.client_id, open_=view.ended_at is None))


def hold_line(tr: Translator, kind: HoldKind, view: View) -> Markup:
    match view:
        case PromiseView():
            return tr.say("promised {sum} on {day}", sum=tr.money(view.total), day=tr.short_day(view.day))
        case PaidClaimView():
            until = tr.short_day(view.until)
            if view.day is None:
                return tr.say("says that it is paid; no reminders through {until}", until=until)
            return tr.say("says that it was paid on {day}; no reminders through {until}",
                          day=tr.short_day(view.day), until=until)  # fmt: skip
        case DisputeView():
            return tr.say("disputes {document}", document=tr.document(*view.called))
        case ExemptionView():
            return _exemption(tr, view)


def _exemption(tr: Translator, view: ExemptionView) -> Markup:
    how = tr.say("no reminders") if view.grace is None else tr.plural("{n} day later", "{n} days later", view.grace)
    until = tr.say("through {day}", day=tr.short_day(view.until)) if view.until else tr.say("without an end")
    why = tr.label(keyboard.WHYS[Why(view.reason)]) if view.reason in set(Why) else excerpt(view.reason, SAID)
    return tr.say("{how}, {until}: {why} ({name}, {moment})", how=how, until=until, why=why, name=view.made_by,
                  moment=tr.moment(view.made_at))  # fmt: skip


def _ended(tr: Translator, view: View) -> Markup | None:
    if view.ended_at is None:
        return None
    if isinstance(view, PromiseView) and view.ended is not None:
        return tr.say("<b>Promise: {how}</b>", how=tr.label(ENDED[view.ended], name=view.ended_by))
    if not view.ended_by:
        return tr.say("<b>Over.</b>")
    return tr.say("<b>Ended by {name}, {moment}</b>", name=view.ended_by, moment=tr.moment(view.ended_at))


def word_line(tr: Translator, word: Word) -> Markup | None:
    if word.percent is None:
        return None
    return tr.say(
        "Keeps its promises: {percent} % ({kept} of {all})",
        percent=word.percent,
        kept=word.kept,
        all=word.kept + word.broken,
    )


# --- what finance and the managers hear -------------------------------------------------------------------------------


async def told_claim(ctx: Ctx, notice: Notice) -> Screen:
    """With the payment order, where one was sent and can be had."""
    hold = await ctx.services.reminder_desk.hold(HoldKind.CLAIM, UUID(notice.about))
    told = await _told(ctx, HoldKind.CLAIM, notice, ctx.tr.say("<b>A client says that it is paid</b>"))
    proof = hold.view.proof if isinstance(hold.view, PaidClaimView) else None
    made = await ctx.services.proofs.bring(proof) if proof else None
    return replace(told, media=attachment(made)) if made else told


async def told_broken(ctx: Ctx, notice: Notice) -> Screen:
    return await _told(ctx, HoldKind.PROMISE, notice, ctx.tr.say("<b>A promise was not kept</b>"))


async def told_dispute(ctx: Ctx, notice: Notice) -> Screen:
    return await _told(ctx, HoldKind.DISPUTE, notice, ctx.tr.say("<b>A question about a debt</b>"))


async def _told(ctx: Ctx, kind: HoldKind, notice: Notice, heading: Markup) -> Screen:
    screen = hold_screen(ctx, await ctx.services.reminder_desk.hold(kind, UUID(notice.about)))
    return Screen(paragraphs(heading, screen.text), screen.rows)

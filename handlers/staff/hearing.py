"""What the staff's groups are told without having asked."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

from bot.conversation.screen import Screen
from bot.domain.notice import Notice, NoticeKind
from bot.domain.payment import Outcome
from handlers.app import Ctx
from handlers.staff.bank_screens import bank_screen
from handlers.staff.contract_screens import told_allowance, told_envelope, told_review
from handlers.staff.differences import difference_screen, differences_screen, waiting
from handlers.staff.digest import morning, morning_table
from handlers.staff.figures import week
from handlers.staff.held import told_held, told_released
from handlers.staff.holds import told_broken, told_claim, told_dispute
from handlers.staff.jobs import dead_letter_screen
from handlers.staff.messages import unreached, unsure
from handlers.staff.money import payment_screen, strange_screen
from handlers.staff.reasons import known_reason
from handlers.staff.reminding import told_escalated
from handlers.staff.topic_money import refund_asked
from handlers.wording import paragraphs
from keyboards import staff as desk

SYSTEMS = {"atompark": "AtomPark", "turbosms": "TurboSMS"}
"""Senders of text messages, by the names people know them by."""
Drawn = Callable[[Ctx, Notice], Awaitable[Screen | None]]


async def _silent(ctx: Ctx, notice: Notice) -> Screen:
    standing = await ctx.services.standing.view()
    since = ctx.tr.moment(datetime.fromisoformat(notice.about))
    text = paragraphs(
        ctx.tr.say("<b>1C does not answer since {since}.</b>", since=since),
        ctx.tr.say("The reason: {error}", error=why) if (why := known_reason(ctx.tr, standing.instead)) else None,
        ctx.tr.say(
            "Orders are taken on the last known prices and wait here; nothing is lost. "
            "When 1C is back, they go there by themselves, and prices are checked again."
        ),
        waiting(ctx.tr, standing.waiting),
    )
    return Screen(text, desk.standing(ctx.tr, differences=standing.differences))


async def _answers(ctx: Ctx, notice: Notice) -> Screen:
    standing = await ctx.services.standing.view()
    since = ctx.tr.moment(datetime.fromisoformat(notice.about))
    text = paragraphs(
        ctx.tr.say("<b>1C answers again.</b> It was silent since {since}.", since=since),
        ctx.tr.plural("{n} order is on its way there.", "{n} orders are on their way there.", standing.waiting)
        if standing.waiting
        else ctx.tr.say("All orders are there."),
    )
    return Screen(text, desk.standing(ctx.tr, differences=standing.differences))


async def _job_died(ctx: Ctx, notice: Notice) -> Screen:
    return dead_letter_screen(ctx, await ctx.services.dead_letters.require(notice.about))


async def _difference(ctx: Ctx, notice: Notice) -> Screen:
    return await difference_screen(ctx, await ctx.services.reconciliation.view(UUID(notice.about)))


async def _differences(ctx: Ctx, _: Notice) -> Screen:
    return differences_screen(ctx, await ctx.services.reconciliation.open())


async def _no_funds(ctx: Ctx, notice: Notice) -> Screen:
    text = paragraphs(
        ctx.tr.say(
            "<b>{system} sends nothing: there is no money left on our account there.</b>",
            system=SYSTEMS.get(notice.about, notice.about),
        ),
        ctx.tr.say("Messages wait and leave by themselves once it is topped up."),
    )
    return Screen(text)


async def _mailbox(ctx: Ctx, notice: Notice) -> Screen:
    tr = ctx.tr
    why = {
        "login": tr.say(
            "The mailbox does not let us in. Please ask the system administrator to check its user and password."
        ),
        "certificate": tr.say("The certificate of the mailbox is not valid. Please have it renewed."),
    }
    text = paragraphs(
        tr.say(
            "<b>Letters that come back are not read since {since}.</b>",
            since=tr.moment(datetime.fromisoformat(notice.about)),
        ),
        why.get(
            notice.version,
            tr.say("The mailbox does not answer. Please ask the system administrator to check its address."),
        ),
        tr.say(
            "Letters still leave, but who did not get one is not told another way. "
            "We look again every five minutes; nothing is lost meanwhile."
        ),
    )
    return Screen(text)


async def _budget(ctx: Ctx, notice: Notice) -> Screen:
    text = paragraphs(
        ctx.tr.say("<b>This month's budget for messages is spent.</b>"),
        ctx.tr.say(
            "What must be told still is, and everything that costs nothing. "
            "The rest is not sent until next month, or until the budget is raised."
        ),
    )
    return Screen(text)


async def _money(ctx: Ctx, notice: Notice) -> Screen:
    """For staff: who paid what, and what may be done with it."""
    return payment_screen(ctx, await ctx.services.money_moves.view(UUID(notice.about)))


async def _held(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where it was taken or let go meanwhile."""
    view = await ctx.services.money_moves.view(UUID(notice.about))
    return payment_screen(ctx, view) if view.outcome is Outcome.HELD else None


async def _strange_money(ctx: Ctx, notice: Notice) -> Screen:
    return await strange_screen(ctx, datetime.fromisoformat(notice.about))


async def _bank(ctx: Ctx, _: Notice) -> Screen:
    return bank_screen(ctx, await ctx.services.bank.overview())


TOLD_TO_STAFF: Mapping[NoticeKind, Drawn] = {
    NoticeKind.SILENT: _silent,
    NoticeKind.ANSWERS: _answers,
    NoticeKind.JOB_DIED: _job_died,
    NoticeKind.DIFFERENCE: _difference,
    NoticeKind.DIFFERENCES: _differences,
    NoticeKind.MONEY: _money,
    NoticeKind.HELD: _held,
    NoticeKind.CREDIT_HELD: told_held,
    NoticeKind.CREDIT_RELEASED: told_released,
    NoticeKind.STRANGE_MONEY: _strange_money,
    NoticeKind.REFUND_ASKED: refund_asked,
    NoticeKind.BANK: _bank,
    NoticeKind.NO_FUNDS: _no_funds,
    NoticeKind.MAILBOX: _mailbox,
    NoticeKind.BUDGET: _budget,
    NoticeKind.SAID_PAID: told_claim,
    NoticeKind.PROMISE_BROKEN: told_broken,
    NoticeKind.DISPUTE: told_dispute,
    NoticeKind.ESCALATED: told_escalated,
    NoticeKind.UNREACHED: unreached,
    NoticeKind.REVIEW: told_review,
    NoticeKind.ENVELOPE: told_envelope,
    NoticeKind.ALLOWANCE: told_allowance,
    NoticeKind.FIGURES: week,
    NoticeKind.UNSURE: unsure,
    NoticeKind.DIGEST: morning,
    NoticeKind.DIGEST_TABLE: morning_table,
}

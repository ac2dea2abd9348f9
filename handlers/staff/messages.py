"""For managers: this month's messages to clients, by way, and the last that did not arrive."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.db.journal import JournalRow
from bot.domain.dispatch import DispatchState, Way
from bot.domain.notice import MANAGERS, Notice, NoticeKind
from bot.i18n import Translator, marked
from bot.services.journal import MonthFigures, WayFigures
from handlers.app import AppRouter, Ctx
from handlers.wording import excerpt, lines, paragraphs
from keyboards import staff as keyboard
from keyboards.staff_actions import ShowMessages

router: AppRouter = AppRouter()
FAILURES = 8
UNSURE = 20
NAME = 40
WAYS: Mapping[Way, str] = {
    Way.TELEGRAM: "Telegram",
    Way.VIBER: "Viber",
    Way.MAIL: marked("Mail"),
    Way.SMS: "SMS",
}
KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.ORDER_TAKEN: marked("an order was entered"),
    NoticeKind.ORDER_FOR: marked("an order placed by a manager"),
    NoticeKind.ORDER_CHANGED: marked("an order was changed"),
    NoticeKind.ORDER_STATE: marked("the state of an order"),
    NoticeKind.PAY_LINK: marked("an order to pay for"),
    NoticeKind.ORDER_HELD: marked("an order is held"),
    NoticeKind.ORDER_RELEASED: marked("an order is not held any more"),
    NoticeKind.ORDER_LINK: marked("a pay link"),
    NoticeKind.DEBTS_LINK: marked("a pay link"),
    NoticeKind.ORDER_PAID: marked("a payment came in"),
    NoticeKind.ORDER_REFUNDED: marked("money was given back"),
    NoticeKind.PAYMENT_CAME: marked("a payment came in"),
    NoticeKind.PAYMENT_BACK: marked("money was given back"),
    NoticeKind.TRANSFER_CAME: marked("a transfer was booked"),
    NoticeKind.TRANSFER_UNDONE: marked("a transfer was booked wrongly"),
    NoticeKind.REMINDER: marked("a reminder of debts"),
    NoticeKind.PROMISE_KEPT: marked("thanks for a kept promise"),
    NoticeKind.TO_SIGN: marked("a document to sign"),
    NoticeKind.SIGNED: marked("a document is signed"),
    NoticeKind.GRANTED: marked("a discount was granted"),
    NoticeKind.PRICES_FELL: marked("an order became cheaper"),
    NoticeKind.PRICES_MOVED: marked("prices need a decision"),
    NoticeKind.ACCESS: marked("a personal link"),
    NoticeKind.BACK_IN_STOCK: marked("in stock again"),
    NoticeKind.PRICE_NEWS: marked("new prices"),
    NoticeKind.PRICE_LIST: marked("a price list"),
    NoticeKind.OFFER: marked("a commercial offer"),
}
REASONS: Mapping[str, str] = {
    "unreachable": marked("no chat, no mailbox and no phone"),
    "costs": marked("only by ways that cost more than it is worth"),
    "budget": marked("this month's budget is spent"),
    "not delivered": marked("it was taken and not delivered"),
    "given up": marked("the messenger did not answer for two days"),
    "old_data": marked("our own data stayed old for hours"),
    "bad_phone": marked("there is no such phone"),
    "opted_out": marked("the person wants no messages"),
    "bounced": marked("the letter came back"),
}


@router.staff(MANAGERS, ShowMessages)
async def show_messages(_: Event, ctx: Ctx, __: ShowMessages) -> Screen:
    tr, figures = ctx.tr, await ctx.services.journal.month()
    failed = await ctx.services.journal.listed((DispatchState.FAILED,), limit=FAILURES)
    text = paragraphs(
        tr.say("<b>Messages to clients</b>, {month}", month=f"{figures.month:%m.%Y}"),
        *_figures(tr, figures),
        lines(tr.say("<b>The last that did not arrive:</b>"), *(_failure(tr, row) for row in failed))
        if failed
        else tr.say("Everything has arrived."),
    )
    return Screen(text, keyboard.messages(tr))


async def unreached(ctx: Ctx, notice: Notice) -> Screen:
    """How many people have to be called instead."""
    tr = ctx.tr
    text = paragraphs(
        tr.plural(
            "<b>{n} person could not be told what they must know.</b>",
            "<b>{n} people could not be told what they must know.</b>",
            int(notice.version),
        ),
        tr.say("Please see who they are and call them; a chat with the bot would reach them for nothing."),
    )
    return Screen(text, keyboard.unreached(tr))


async def unsure(ctx: Ctx, notice: Notice) -> Screen | None:
    """What may have arrived or not, in one message; None where news came of all of it since."""
    tr = ctx.tr
    rows = await ctx.services.journal.unsure(datetime.fromisoformat(notice.about), UNSURE + 1)
    if not rows:
        return None
    more = max(int(notice.version) - UNSURE, 0) if len(rows) > UNSURE else 0
    text = paragraphs(
        tr.say("<b>Perhaps these messages did not arrive:</b> the answer was lost, and nothing is sent twice."),
        lines(
            *(_listed(tr, row, tr.label(WAYS[row.way]) if row.way else "") for row in rows[:UNSURE]),
            tr.plural("… and {n} more", "… and {n} more", more) if more else None,
        ),
        tr.say("Please ask those for whom it matters, or call them."),
    )
    return Screen(text, keyboard.unreached(tr))


def _figures(tr: Translator, figures: MonthFigures) -> tuple[Markup, ...]:
    if not figures.ways:
        return (tr.say("There were none yet."),)
    spent = tr.say("Spent: <b>{cost}</b>", cost=tr.money(figures.cost))
    saved = tr.say("What cost nothing saved <b>{saved}</b> against SMS.", saved=tr.money(figures.saved))
    return lines(*(_way(tr, one) for one in figures.ways)), lines(spent, saved)


def _way(tr: Translator, one: WayFigures) -> Markup:
    if one.way is None:
        return tr.say("• No way: failed {failed}", failed=one.failed)
    return tr.say(
        "• {way}: sent {sent}, delivered {delivered}, seen {seen}, failed {failed}, unsure {unsure}; {cost}",
        way=tr.label(WAYS[one.way]),
        sent=one.sent,
        delivered=one.delivered,
        seen=one.seen,
        failed=one.failed,
        unsure=one.unsure,
        cost=tr.money(one.cost),
    )


def _failure(tr: Translator, row: JournalRow) -> Markup:
    return _listed(tr, row, reason_words(tr, row.reason))


def _listed(tr: Translator, row: JournalRow, why: str) -> Markup:
    who = f"{excerpt(row.client, NAME)}, {excerpt(row.person, NAME)}" if row.person else excerpt(row.client, NAME)
    what = tr.label(KINDS.get(row.kind, row.kind.value))
    return Markup("• {} {}: {} ({})").format(tr.moment(row.queued_at), who, what, why)


def reason_words(tr: Translator, reason: str) -> str:
    """Why it did not come; a code of somebody else's stays a code."""
    known = "bounced" if reason.startswith("bounced") else reason
    if known in REASONS:
        return tr.label(REASONS[known])
    return tr.label("it was refused there: {code}", code=excerpt(reason, NAME)) if reason else tr.label("unknown why")

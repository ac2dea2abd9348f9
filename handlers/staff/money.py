"""For those of the staff who hear of money: a payment, what is done with it, and money that nobody knows of."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.errors import Outdated
from bot.domain.money import ZERO, Money
from bot.domain.money_move import DONE, LAGS, MOVED_ELSEWHERE, UNCLEAR, UNKNOWN, MoveKind, MoveView, Reason
from bot.domain.payment import Outcome
from bot.i18n import Translator, marked, translator
from bot.services.money_moves import Wanted, Who
from bot.services.payment_view import PaymentView
from handlers.app import AppRouter, Ctx
from handlers.staff.finance import pressed
from handlers.wording import lines, paragraphs
from keyboards import staff_money as keyboard
from keyboards.staff_actions import (
    AskGiveBack,
    AskReason,
    AskRefund,
    GiveBack,
    LetGo,
    ShowPayment,
    TakeHeld,
)

router: AppRouter = AppRouter()
NAMED = 3
SHOWN = 10
OURS = re.compile(r"(K-\d{6})-")
MOVES: Mapping[MoveKind, str] = {
    MoveKind.REFUND: marked("Giving back {sum}: {reason}. Asked by {name}, {moment}."),
    MoveKind.SETTLE: marked("Taking the held {sum}. Asked by {name}, {moment}."),
    MoveKind.RELEASE: marked("Letting the held {sum} go. Asked by {name}, {moment}."),
}
MOVED: Mapping[MoveKind, str] = {
    MoveKind.REFUND: marked("Given back {sum}: {reason}. Asked by {name}, {moment}."),
    MoveKind.SETTLE: marked("The held {sum} is taken. Asked by {name}, {moment}."),
    MoveKind.RELEASE: marked("The held {sum} is let go. Asked by {name}, {moment}."),
}
FAILURES: Mapping[str, str] = {
    UNCLEAR: marked("the gateway's answer was lost and there is no trace of it; look into its cabinet, then ask again"),
    MOVED_ELSEWHERE: marked("money of this payment was moved elsewhere meanwhile; look at the sums again"),
    LAGS: marked("the gateway does not show what was given back before; look into its cabinet, then ask again"),
    UNKNOWN: marked("the gateway knows no such payment"),
    "1123": marked("the gateway does not allow it; ask its support to switch refunds on"),
    "1136": marked("the shop's balance at the gateway is too small"),
    "1141": marked("a held sum can only be let go whole"),
}
REFUSED = marked("the gateway said {code}")


@pressed(router, ShowPayment)
async def show_payment(_: Event, ctx: Ctx, action: ShowPayment) -> Screen:
    return payment_screen(ctx, await ctx.services.money_moves.view(action.payment))


@pressed(router, AskRefund)
async def ask_refund(_: Event, ctx: Ctx, action: AskRefund) -> Screen:
    tr, view = ctx.tr, await ctx.services.money_moves.view(action.payment)
    if not _refundable(view):
        return payment_screen(ctx, view)
    text = paragraphs(
        lines(heading(tr, view), tr.say("How much is to be given back?")),
        lines(
            tr.say("Everything: <b>{sum}</b>", sum=tr.money(view.refundable)),
            tr.say("The surplus: <b>{sum}</b>", sum=tr.money(view.surplus))
            if view.surplus and view.surplus != view.refundable
            else None,
        ),
        tr.say("Another sum: <code>{command}</code>", command=f"main.py refund {view.reference}"),
    )
    return Screen(text, keyboard.how_much(tr, view.id, view.refundable, view.surplus, view.gone))


@pressed(router, AskReason)
async def ask_reason(_: Event, ctx: Ctx, action: AskReason) -> Screen:
    tr, view = ctx.tr, await ctx.services.money_moves.view(action.payment)
    text = paragraphs(
        lines(heading(tr, view), tr.say("Why is <b>{sum}</b> given back?", sum=tr.money(Money(action.kopiykas)))),
        tr.say("The client reads the reason."),
    )
    return Screen(text, keyboard.why(tr, view.id, action.kopiykas, action.before))


@pressed(router, AskGiveBack)
async def ask_give_back(_: Event, ctx: Ctx, action: AskGiveBack) -> Screen:
    tr, view = ctx.tr, await ctx.services.money_moves.view(action.payment)
    text = paragraphs(
        heading(tr, view),
        tr.say(
            "Give back <b>{sum}</b> to card {card}? {reason}.",
            sum=tr.money(Money(action.kopiykas)),
            card=view.sums.card or "•",
            reason=tr.label(keyboard.REASONS[action.reason]),
        ),
    )
    return Screen(text, keyboard.sure(tr, view.id, action.kopiykas, action.before, action.reason))


@pressed(router, GiveBack)
async def give_back(event: Event, ctx: Ctx, action: GiveBack) -> Screen:
    comment = translator("uk").label(keyboard.REASONS[action.reason])
    sum_, before = Money(action.kopiykas), Money(action.before)
    return await _asked(event, ctx, action.payment, Wanted(MoveKind.REFUND, sum_, before, action.reason.value, comment))


@pressed(router, TakeHeld)
async def take_held(event: Event, ctx: Ctx, action: TakeHeld) -> Screen:
    return await _asked(event, ctx, action.payment, Wanted(MoveKind.SETTLE, Money(action.kopiykas), ZERO))


@pressed(router, LetGo)
async def let_go(event: Event, ctx: Ctx, action: LetGo) -> Screen:
    return await _asked(event, ctx, action.payment, Wanted(MoveKind.RELEASE, Money(action.kopiykas), ZERO))


async def _asked(event: Event, ctx: Ctx, payment: UUID, wanted: Wanted) -> Screen:
    """The payment afterwards; whoever was slower sees what is done already."""
    sender = event.sender
    who = Who(sender.name, f"{sender.channel}:{sender.external_id}")
    try:
        view = await ctx.services.money_moves.ask(payment, wanted, who)
    except Outdated:
        view = await ctx.services.money_moves.view(payment)
    return payment_screen(ctx, view)


def payment_screen(ctx: Ctx, view: PaymentView) -> Screen:
    """Who paid what for what, what is under way, and what may be done."""
    tr = ctx.tr
    text = paragraphs(
        heading(tr, view),
        lines(
            tr.say("Total: <b>{total}</b>", total=tr.money(view.order_total)) if view.order_total is not None else None,
            _paid(tr, view),
            tr.say("Given back: <b>{sum}</b>", sum=tr.money(view.sums.refunded)) if view.sums.refunded else None,
            tr.say(
                "On its way back: <b>{sum}</b>, the gateway has accepted it and does not show it yet",
                sum=tr.money(view.on_the_way),
            )
            if view.on_the_way
            else None,
        ),
        tr.say(
            "<b>The gateway now says that this payment was not made.</b> It stays paid here: look into the gateway's "
            "cabinet, whether the money has come."
        )
        if view.disowned
        else None,
        _held(tr, view),
        _last_move(tr, view),
        _not_in_document(tr, view),
        _surplus(tr, view),
    )
    held = view.amount if view.outcome is Outcome.HELD and not view.open_move else None
    return Screen(text, keyboard.payment(tr, view.id, held=held, kept=_refundable(view)))


async def strange_screen(ctx: Ctx, found_at: datetime) -> Screen:
    """Money of the gateway's list that is not in the books."""
    tr, found = ctx.tr, await ctx.services.money_moves.strangers(found_at)
    more = len(found) - SHOWN
    text = paragraphs(
        tr.say("<b>The gateway has money that we do not know of</b>"),
        lines(
            *(Markup("• {}").format(_stranger(tr, *one)) for one in found[:SHOWN]),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        ),
        tr.say("Look these numbers up in the gateway's cabinet: enter the money in 1C, or give it back there."),
    )
    return Screen(text)


def reason_of(tr: Translator, move: MoveView) -> str:
    """In the reader's language where it was one of ours."""
    return tr.label(keyboard.REASONS[Reason(move.reason)]) if move.reason else move.comment


def _not_in_document(tr: Translator, view: PaymentView) -> Markup | None:
    """A discount that came too late for the order's lines."""
    if view.paid is None or view.paid.discount <= ZERO or view.cancelled or view.surplus:
        return None
    return tr.say(
        "The order's document does not hold the discount for paying by card, {sum}: please put it through.",
        sum=tr.money(view.paid.discount),
    )


def _refundable(view: PaymentView) -> bool:
    return view.refundable > ZERO and view.open_move is None


def heading(tr: Translator, view: PaymentView) -> Markup:
    names = [tr.document(*name) for name in view.names]
    what = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        what = tr.label("{names} and {n} more", names=what, n=len(names) - NAMED)
    return tr.say("<b>{client}</b>: {what}", client=view.client, what=what)


def _paid(tr: Translator, view: PaymentView) -> Markup | None:
    """Of the order as a whole, where it is for one."""
    if not view.sums.charged or view.sums.paid_at is None:
        return None
    kept = view.paid.kept if view.paid is not None else view.sums.kept
    return tr.say(
        "Paid: <b>{total}</b>, card {card}, {moment}",
        total=tr.money(kept),
        card=view.sums.card or "•",
        moment=tr.moment(view.sums.paid_at),
    )


def _held(tr: Translator, view: PaymentView) -> Markup | None:
    if view.outcome is not Outcome.HELD or view.held_since is None:
        return None
    return tr.say(
        "<b>{sum} is held on the card since {moment}</b> and not taken: take it, or let it go.",
        sum=tr.money(view.amount),
        moment=tr.moment(view.held_since),
    )


def _last_move(tr: Translator, view: PaymentView) -> Markup | None:
    if not view.moves:
        return None
    move = view.moves[-1]
    said = {
        "sum": tr.money(move.amount), "reason": reason_of(tr, move), "name": move.by, "moment": tr.moment(move.asked_at)
    }  # fmt: skip
    if move.ended is None:
        return tr.say(MOVES[move.kind], **said)
    if move.ended == DONE:
        return tr.say(MOVED[move.kind], **said)
    why = (
        tr.label(FAILURES[move.ended])
        if move.ended in FAILURES
        else tr.label("the gateway said {code}", code=move.ended)
    )
    return tr.say("<b>It was not done</b> ({sum}, asked by {name}): {why}.", **said, why=why)


def _surplus(tr: Translator, view: PaymentView) -> Markup | None:
    """What to do with money that nothing is owed for."""
    if not view.surplus:
        return None
    if view.cancelled:
        return tr.say("The order is cancelled: please give the money back.")
    return tr.say(
        "{sum} more came in than was owed: please give it back or keep it as an advance.", sum=tr.money(view.surplus)
    )


def _stranger(tr: Translator, reference: str, outcome: Outcome, sum_: Money, at: datetime | None) -> Markup:
    ours = OURS.match(reference)
    said = tr.say("<code>{reference}</code>: <b>{sum}</b>", reference=reference, sum=tr.money(sum_))
    facts = [
        tr.say("order {number}", number=ours[1]) if ours else None,
        tr.say("held") if outcome is Outcome.HELD else tr.say("given back") if outcome is Outcome.REFUNDED else None,
        Markup.escape(tr.moment(at)) if at else None,
    ]
    return Markup(", ").join((said, *(fact for fact in facts if fact is not None)))

"""In a client's topic: a way to pay is sent once more, and money is given back or finance is asked to."""

from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.asking import Which
from bot.domain.notice import FINANCE, MANAGERS, Notice
from bot.domain.receivable import Debt
from bot.i18n import marked
from bot.services.desk_money import Sent, ToPay
from bot.services.payment_view import PaymentView
from handlers.app import AppRouter, Ctx
from handlers.balance import debt_line
from handlers.staff.money import heading, payment_screen
from handlers.staff.topics import said, staff_of
from handlers.wording import numbered, paragraphs
from keyboards import desk as keyboard
from keyboards.desk_actions import AskLink, RequestRefund, SendDebtsLink, SendOrderLink, ShowCardPayments

router: AppRouter = AppRouter()
DESKS = (MANAGERS, FINANCE)
MINUTE = 60


@router.staff(DESKS, AskLink)
async def ask_link(_: Event, ctx: Ctx, action: AskLink) -> Screen:
    to_pay = await ctx.services.desk_money.to_pay(action.topic, staff_of(ctx))
    ctx.about = to_pay.topic.title
    items = [*(_order(ctx, to_pay, at) for at in range(len(to_pay.orders))), *_debts(ctx, to_pay)]
    if not items:
        return said(ctx, marked("There is nothing to be paid just now."))
    text = paragraphs(ctx.tr.say("<b>Which pay link is to be sent to the client?</b>"), numbered(items))
    orders, debts = [order.id for order, _ in to_pay.orders], [(which, mark) for which, mark, _ in to_pay.debts]
    return Screen(text, keyboard.links(action.topic, orders, debts, _minute(ctx)), show=Show.SEND)


@router.staff(DESKS, SendOrderLink)
async def send_order_link(_: Event, ctx: Ctx, action: SendOrderLink) -> Screen:
    return _sent(
        ctx,
        await ctx.services.desk_money.send_order_link(ctx.turn, action.topic, staff_of(ctx), action.order, action.at),
    )


@router.staff(DESKS, SendDebtsLink)
async def send_debts_link(_: Event, ctx: Ctx, action: SendDebtsLink) -> Screen:
    return _sent(
        ctx,
        await ctx.services.desk_money.send_debts_link(
            ctx.turn, action.topic, staff_of(ctx), action.which, action.mark, action.at
        ),
    )


@router.staff(DESKS, ShowCardPayments)
async def show_card_payments(_: Event, ctx: Ctx, action: ShowCardPayments) -> Screen:
    tr, found = ctx.tr, await ctx.services.desk_money.paid_by_card(action.topic, staff_of(ctx))
    ctx.about = found.topic.title
    if not found.payments:
        return said(ctx, marked("Nothing that was paid by card can be given back just now."))
    text = paragraphs(
        tr.say("<b>Which payment is to be given back?</b>"),
        numbered([_payment(ctx, view) for view in found.payments]),
        None if found.mine else tr.say("Money is given back by finance: your request goes to their group."),
    )
    return Screen(
        text, keyboard.card_payments(action.topic, [one.id for one in found.payments], mine=found.mine), show=Show.SEND
    )


@router.staff(DESKS, RequestRefund)
async def request_refund(_: Event, ctx: Ctx, action: RequestRefund) -> Screen:
    staff = staff_of(ctx)
    view = await ctx.services.desk_money.ask_finance(ctx.turn, action.topic, staff, action.payment)
    ctx.about = view.client
    text = ctx.tr.say(
        "Finance is asked to give back up to <b>{sum}</b> ({name}).",
        sum=ctx.tr.money(view.refundable),
        name=ctx.who.name,
    )
    return Screen(text, show=Show.SEND)


async def refund_asked(ctx: Ctx, notice: Notice) -> Screen | None:
    """For finance: who asks, and the payment with what may be done; None where it has gone back meanwhile."""
    view = await ctx.services.money_moves.view(UUID(notice.about))
    if not view.refundable:
        return None
    name = await ctx.services.desk_money.asker(ctx.who.channel, notice.version)
    screen = payment_screen(ctx, view)
    asked = ctx.tr.say("<b>{name} asks to give this payment back.</b>", name=name)
    return Screen(paragraphs(asked, screen.text), screen.rows)


def _sent(ctx: Ctx, sent: Sent) -> Screen:
    ctx.about = sent.topic.title
    if not sent.people:
        return said(ctx, marked("Nobody of this client can be told: nothing was sent. Please call them."))
    text = ctx.tr.plural(
        "The pay link goes to {n} person ({name}).", "The pay link goes to {n} people ({name}).", sent.people,
        name=ctx.who.name,
    )  # fmt: skip
    return Screen(text, show=Show.SEND)


def _order(ctx: Ctx, to_pay: ToPay, at: int) -> Markup:
    order, rest = to_pay.orders[at]
    return ctx.tr.say(
        "Order {number} of {moment}: <b>{rest}</b> left to pay",
        number=order.number,
        moment=ctx.tr.moment(order.placed_at),
        rest=ctx.tr.money(rest),
    )


def _debts(ctx: Ctx, to_pay: ToPay) -> list[Markup]:
    return [_debt(ctx, to_pay, which, debt) for which, _, debt in to_pay.debts]


def _debt(ctx: Ctx, to_pay: ToPay, which: Which, debt: Debt | None) -> Markup:
    if debt is not None:
        return debt_line(ctx.tr, debt)
    if which is Which.ALL:
        return ctx.tr.say("All debts: <b>{sum}</b>", sum=ctx.tr.money(to_pay.owed.total))
    return ctx.tr.say("All that is overdue: <b>{sum}</b>", sum=ctx.tr.money(to_pay.owed.overdue))


def _minute(ctx: Ctx) -> int:
    """Tells one list from the next."""
    return int(ctx.now.timestamp()) // MINUTE


def _payment(ctx: Ctx, view: PaymentView) -> Markup:
    tr = ctx.tr
    return tr.say(
        "{what}: up to <b>{sum}</b>, card {card}",
        what=heading(tr, view),
        sum=tr.money(view.refundable),
        card=view.sums.card or "•",
    )

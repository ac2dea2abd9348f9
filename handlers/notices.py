"""What people are told without having asked: each notice as a screen, drawn from how things stand by then."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

from markupsafe import Markup

from bot.conversation.screen import Rows, Screen, Show
from bot.domain.asking import Which
from bot.domain.credit import HeldState
from bot.domain.errors import NotFound
from bot.domain.notice import LINKS, MAILED, PAYMENTS, Notice, NoticeKind
from bot.domain.order import OrderView, State
from bot.i18n import KYIV
from bot.services.balance import LinkView
from handlers.app import Ctx
from handlers.balance import link_screen
from handlers.contracts import signed, to_sign
from handlers.credit import waiting
from handlers.discounts import card_offer, granted_screen
from handlers.goods import back_in_stock, price_news
from handlers.orders import order_screen, paid_line, state_name
from handlers.papers import mailing
from handlers.payment_notices import given_back, payment_back, payment_came
from handlers.prices import fell_screen, is_open, question_screen
from handlers.reminders import promise_kept, reminder
from handlers.staff.hearing import TOLD_TO_STAFF
from handlers.transfers import transfer_came, transfer_undone
from handlers.wording import lines, paragraphs
from keyboards import orders as keyboard
from keyboards.campaigns import entrance
from keyboards.menu import going_over
from keyboards.reminders import of_another

GOODS = frozenset({NoticeKind.BACK_IN_STOCK, NoticeKind.PRICE_NEWS})
"""About a client's goods, not about an order."""
WITHOUT_WAY = frozenset({NoticeKind.PROMISE_KEPT, NoticeKind.SIGNED, NoticeKind.GRANTED})
"""Nothing is to be done about them."""
Drawn = Callable[[Ctx, Notice], Awaitable[Screen | None]]


async def screen(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where there is nothing left to tell. The person or desk is the one in `ctx`."""
    try:
        drawn = await NOTICES[notice.kind](ctx, notice)
    except NotFound:
        return None
    if drawn is None:
        return None
    if ctx.who.visiting and notice.kind in MAILED:
        drawn = replace(drawn, rows=())  # it names its client, and its buttons would bring another one's prices
    elif ctx.who.visiting and notice.kind not in LINKS:
        rows = _way_over(ctx, notice, drawn)
        drawn = replace(drawn, text=paragraphs(ctx.tr.say("For {client}:", client=_client(ctx)), drawn.text), rows=rows)
    return replace(drawn, show=Show.SEND)


def _way_over(ctx: Ctx, notice: Notice, drawn: Screen) -> Rows:
    """Under a notice about another client of this person."""
    if notice.kind in (NoticeKind.REMINDER, NoticeKind.TO_SIGN) and ctx.who.buyer is not None:
        return of_another(ctx.tr, drawn.rows, ctx.who.buyer.id)
    if notice.kind in PAYMENTS or notice.kind in WITHOUT_WAY:
        return ()
    if notice.kind in GOODS:
        return going_over(ctx.tr, UUID(notice.about))
    return keyboard.visiting(ctx.tr, UUID(notice.about), prices=notice.kind is NoticeKind.PRICES_MOVED)


async def _order_taken(ctx: Ctx, notice: Notice) -> Screen:
    order = await _order(ctx, notice)
    told = await order_screen(ctx, order)
    heading = ctx.tr.say("<b>We entered an order for {client}</b>", client=_client(ctx))
    return replace(told, text=paragraphs(heading, told.text))


async def _order_for(ctx: Ctx, notice: Notice) -> Screen:
    """Somebody of the staff placed it; it can be changed and cancelled as any."""
    order = await _order(ctx, notice)
    told = await order_screen(ctx, order)
    heading = ctx.tr.say(
        "<b>Your manager {name} placed an order for {client}.</b>", name=order.placed_by, client=_client(ctx)
    )
    return replace(told, text=paragraphs(heading, told.text))


async def _order_changed(ctx: Ctx, notice: Notice) -> Screen:
    told = await order_screen(ctx, await _order(ctx, notice))
    heading = ctx.tr.say("<b>The office changed your order.</b> This is how it stands now:")
    return replace(told, text=paragraphs(heading, told.text))


async def _order_state(ctx: Ctx, notice: Notice) -> Screen | None:
    order = await _order(ctx, notice)
    if order.state.value != notice.version:
        return None  # it has moved on since, and its own notice tells
    text = ctx.tr.say(
        "Order <b>{number}</b> for {total}: <b>{state}</b>.",
        number=order.number,
        total=ctx.tr.money(order.total),
        state=state_name(ctx.tr, order),
    )
    if order.state is State.CANCELLED:
        text = paragraphs(text, ctx.tr.say("If that is a surprise, please ask the manager."))
    return Screen(text, keyboard.told(ctx.tr, order))


async def _order_held(ctx: Ctx, notice: Notice) -> Screen | None:
    order = await _order(ctx, notice)
    assert ctx.who.buyer is not None
    if order.held is not HeldState.HELD:
        return None  # it went on meanwhile, and its own notice tells
    tr, credit = ctx.tr, await ctx.services.held_orders.look(ctx.who.buyer, order)
    text = paragraphs(
        tr.say("<b>Order {number} for {total} is held.</b>", number=order.number, total=tr.money(order.total)),
        waiting(tr, order, credit),
    )
    pay = keyboard.let_go(tr, credit.trouble.enough, order.id) if credit is not None and credit.payable else ()
    return Screen(text, (*pay, *keyboard.told(tr, order, opens=ctx.who.buyer.orders)))


async def _order_released(ctx: Ctx, notice: Notice) -> Screen | None:
    order = await _order(ctx, notice)
    assert ctx.who.buyer is not None
    if order.held is not None or order.state is State.CANCELLED:
        return None
    tr = ctx.tr
    text = paragraphs(
        tr.say(
            "<b>Order {number} for {total} is not held any more and goes on.</b>",
            number=order.number,
            total=tr.money(order.total),
        ),
        tr.say("On: <b>{day}</b>", day=tr.day(order.delivery_date)),
    )
    return Screen(text, keyboard.told(tr, order, opens=ctx.who.buyer.orders))


async def _order_paid(ctx: Ctx, notice: Notice) -> Screen:
    return await _money_moved(ctx, notice, ctx.tr.say("<b>Thank you, the payment has come in.</b>"))


async def _order_refunded(ctx: Ctx, notice: Notice) -> Screen:
    return await _money_moved(ctx, notice, await given_back(ctx, notice))


async def _money_moved(ctx: Ctx, notice: Notice, heading: Markup) -> Screen:
    order = await _order(ctx, notice)
    paid = await ctx.services.payments.paid(order.id)
    about = ctx.tr.say("Order {number} for {total}.", number=order.number, total=ctx.tr.money(order.total))
    opens = ctx.who.buyer is not None and ctx.who.buyer.orders
    text = paragraphs(heading, lines(about, paid_line(ctx.tr, order, paid)))
    return Screen(text, keyboard.told(ctx.tr, order, opens=opens))


async def _pay_link(ctx: Ctx, notice: Notice) -> Screen | None:
    """To somebody who pays for what others ordered."""
    order = await _order(ctx, notice)
    paid, address = await ctx.services.payments.offer(order)
    if address is None:
        return None
    tr, due = ctx.tr, paid.due
    off = await ctx.services.payments.off(order, paid)
    text = paragraphs(
        tr.say("<b>{client} has ordered for {total}</b>", client=_client(ctx), total=tr.money(order.total)),
        lines(
            tr.say("Order {number}, for {day}", number=order.number, day=tr.day(order.delivery_date)),
            tr.say("Ordered by {name}", name=order.placed_by) if order.placed_by else None,
            paid_line(tr, order, paid),
        ),
        card_offer(tr, off, due) if off else None,
        tr.say("It can be paid by card or by transfer, in two taps; the link can be forwarded."),
    )
    rows = (*keyboard.pay(tr, address, due - off.amount if off else due), *keyboard.told(tr, order, opens=False))
    return Screen(text, rows, about=order.id)


async def _order_link(ctx: Ctx, notice: Notice) -> Screen | None:
    """The same, sent by hand."""
    return _by_hand(ctx, await _pay_link(ctx, notice))


async def _debts_link(ctx: Ctx, notice: Notice) -> Screen | None:
    """What is owed of what was chosen for them, by now."""
    link = await debts_offered(ctx, notice)
    if link is None:
        return None
    drawn = link_screen(ctx, link)
    rows = drawn.rows[:1] if ctx.who.visiting else drawn.rows  # the others would act for another client
    return _by_hand(ctx, replace(drawn, rows=rows))


def _by_hand(ctx: Ctx, drawn: Screen | None) -> Screen | None:
    if drawn is None:
        return None
    asked = ctx.tr.say("<b>For {client}: your manager sends the way to pay.</b>", client=_client(ctx))
    return replace(drawn, text=paragraphs(asked, drawn.text))


async def debts_offered(ctx: Ctx, notice: Notice) -> LinkView | None:
    which, mark, _ = notice.version.split(":")
    return await ctx.services.balance.offer(ctx.who.buyer, Which(which), int(mark)) if ctx.who.buyer else None


async def renewed(ctx: Ctx, order_id: UUID) -> Screen | None:
    """An order's message as it is to stand now: what was paid, and nothing to pay any more."""
    if ctx.who.buyer is None:
        return None
    try:
        order = await ctx.services.ordering.order(ctx.who.buyer, order_id)
    except NotFound:
        return None
    if ctx.who.buyer.orders:
        return await order_screen(ctx, order)
    notice = Notice(NoticeKind.PAY_LINK, str(order_id))
    return await _pay_link(ctx, notice) or await _order_paid(ctx, notice)


async def _prices_fell(ctx: Ctx, notice: Notice) -> Screen:
    return fell_screen(ctx, await _order(ctx, notice))


async def _prices_moved(ctx: Ctx, notice: Notice) -> Screen | None:
    order = await _order(ctx, notice)
    return await question_screen(ctx, order.id) if is_open(order) else None


async def _granted(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where the promotion is there no more."""
    promotion = ctx.services.promotions.rules.of(notice.version)
    return granted_screen(ctx.tr, promotion) if promotion else None


async def _access(ctx: Ctx, _: Notice) -> Screen | None:
    """The personal link, for a letter; whoever has a chat has no need of it."""
    if ctx.who.person_id is None:
        return None
    invitation = await ctx.services.invitations.draw(ctx.who.person_id)
    if invitation is None:
        return None
    tr, client = ctx.tr, _client(ctx)
    text = paragraphs(
        tr.say("Good day, <b>{name}</b>!", name=ctx.who.name) if ctx.who.name else tr.say("Good day!"),
        tr.say(
            "<b>{company}</b> takes orders of {client} in a chat on your phone: at any hour, at your own prices, "
            "with what you usually order at hand.",
            company=ctx.services.company.name,
            client=client,
        ),
        tr.say("Press the button and start the chat: it knows you at once, there is nothing to register."),
        tr.say(
            "The link is yours alone and works once, until {day}. Please do not forward it.",
            day=tr.day(invitation.until.astimezone(KYIV).date()),
        ),
    )
    return Screen(text, entrance(tr, invitation.links))


async def _order(ctx: Ctx, notice: Notice) -> OrderView:
    """Also for somebody who pays and does not order. Raises NotFound."""
    if ctx.who.buyer is None:
        raise NotFound("client")
    return await ctx.services.ordering.order(ctx.who.buyer, UUID(notice.about))


def _client(ctx: Ctx) -> str:
    return ctx.who.buyer.name if ctx.who.buyer else ""


NOTICES: Mapping[NoticeKind, Drawn] = {
    **TOLD_TO_STAFF,
    NoticeKind.ORDER_TAKEN: _order_taken,
    NoticeKind.ORDER_FOR: _order_for,
    NoticeKind.ORDER_CHANGED: _order_changed,
    NoticeKind.ORDER_STATE: _order_state,
    NoticeKind.ORDER_HELD: _order_held,
    NoticeKind.ORDER_RELEASED: _order_released,
    NoticeKind.PAY_LINK: _pay_link,
    NoticeKind.ORDER_PAID: _order_paid,
    NoticeKind.ORDER_REFUNDED: _order_refunded,
    NoticeKind.PAYMENT_CAME: payment_came,
    NoticeKind.PAYMENT_BACK: payment_back,
    NoticeKind.TRANSFER_CAME: transfer_came,
    NoticeKind.TRANSFER_UNDONE: transfer_undone,
    NoticeKind.REMINDER: reminder,
    NoticeKind.PROMISE_KEPT: promise_kept,
    NoticeKind.TO_SIGN: to_sign,
    NoticeKind.SIGNED: signed,
    NoticeKind.GRANTED: _granted,
    NoticeKind.ORDER_LINK: _order_link,
    NoticeKind.DEBTS_LINK: _debts_link,
    NoticeKind.PRICES_FELL: _prices_fell,
    NoticeKind.PRICES_MOVED: _prices_moved,
    NoticeKind.ACCESS: _access,
    NoticeKind.BACK_IN_STOCK: back_in_stock,
    NoticeKind.PRICE_NEWS: price_news,
    NoticeKind.PRICE_LIST: mailing.price_list,
    NoticeKind.OFFER: mailing.offer,
}

"""Notices as text messages: one or two sentences and the address where the rest is; each part of an SMS costs."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from bot.domain.credit import HeldState
from bot.domain.dispatch import SMS_PARTS
from bot.domain.errors import NotFound
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderView
from bot.domain.sms import segments
from handlers import contracts, reminders
from handlers.app import Ctx
from handlers.notices import debts_offered
from handlers.prices import is_open
from handlers.wording import excerpt

Brief = Callable[[Ctx, Notice], Awaitable[str | None]]


async def brief(ctx: Ctx, notice: Notice) -> str | None:
    """None where there is nothing left to tell, or where this kind is not worth a text message."""
    written = BRIEFS.get(notice.kind)
    try:
        return await written(ctx, notice) if written else None
    except NotFound:
        return None


async def _order_taken(ctx: Ctx, notice: Notice) -> str:
    order = await _order(ctx, notice)
    _, address = await ctx.services.payments.offer(order)
    said = ctx.tr.label(
        "{company}: order {number} for {total} is taken.",
        company=ctx.services.company.name,
        number=order.number,
        total=_money(ctx, order.total),
    )
    return f"{said} {_to_pay(ctx, address)}" if address else said


async def _order_changed(ctx: Ctx, notice: Notice) -> str:
    order = await _order(ctx, notice)
    _, address = await ctx.services.payments.offer(order)
    said = ctx.tr.label(
        "{company}: the office changed order {number}, now {total}.",
        company=ctx.services.company.name,
        number=order.number,
        total=_money(ctx, order.total),
    )
    return f"{said} {_to_pay(ctx, address)}" if address else said


async def _prices_moved(ctx: Ctx, notice: Notice) -> str | None:
    """Whoever has no chat decides by telephone."""
    order = await _order(ctx, notice)
    if not is_open(order):
        return None
    company = ctx.services.company
    said = ctx.tr.label(
        "{company}: prices of order {number} have changed, your decision is needed",
        company=company.name,
        number=order.number,
    )
    return f"{said}: {company.phone}" if company.phone else f"{said}."


async def _pay_link(ctx: Ctx, notice: Notice) -> str | None:
    order = await _order(ctx, notice)
    _, address = await ctx.services.payments.offer(order)
    if address is None:
        return None
    return ctx.tr.label(
        "{company}: to pay for order {number}, {total}: {address}",
        company=ctx.services.company.name,
        number=order.number,
        total=_money(ctx, order.total),
        address=address,
    )


async def _order_held(ctx: Ctx, notice: Notice) -> str | None:
    """Whoever has no chat pays as the office says."""
    order = await _order(ctx, notice)
    if order.held is not HeldState.HELD:
        return None
    company = ctx.services.company
    said = ctx.tr.label("{company}: order {number} is held because of debts", company=company.name, number=order.number)
    return f"{said}: {company.phone}" if company.phone else f"{said}."


async def _debts_link(ctx: Ctx, notice: Notice) -> str | None:
    link = await debts_offered(ctx, notice)
    if link is None:
        return None
    return ctx.tr.label(
        "{company}: to pay, {total}: {address}",
        company=ctx.services.company.name,
        total=_money(ctx, link.asked.due),
        address=link.address,
    )


async def _refunded(ctx: Ctx, notice: Notice) -> str:
    order = await _order(ctx, notice)
    return ctx.tr.label(
        "{company}: money for order {number} is on its way back to the card.",
        company=ctx.services.company.name,
        number=order.number,
    )


async def _payment_back(ctx: Ctx, notice: Notice) -> str:
    view = await ctx.services.money_moves.view(UUID(notice.about))
    return ctx.tr.label(
        "{company}: {sum} is on its way back to the card.",
        company=ctx.services.company.name,
        sum=_money(ctx, view.sums.refunded),
    )


async def _access(ctx: Ctx, _: Notice) -> str | None:
    """Two parts at most: a long name of the company is cut, the link never."""
    if ctx.who.person_id is None:
        return None
    invitation = await ctx.services.invitations.draw(ctx.who.person_id)
    if invitation is None:
        return None
    name, link = ctx.services.company.name, next(iter(invitation.links.values()))
    for length in range(len(name), 0, -1):
        company = name if length == len(name) else excerpt(name, length)
        text = ctx.tr.label("{company}: order in a chat, your own entrance: {link}", company=company, link=link)
        if segments(text) <= SMS_PARTS:
            break
    return text


async def _order(ctx: Ctx, notice: Notice) -> OrderView:
    """Raises NotFound."""
    if ctx.who.buyer is None:
        raise NotFound("client")
    return await ctx.services.ordering.order(ctx.who.buyer, UUID(notice.about))


def _to_pay(ctx: Ctx, address: str) -> str:
    return ctx.tr.label("Pay: {address}", address=address)


def _money(ctx: Ctx, amount: Money) -> str:
    return ctx.tr.money(amount).replace("\u00a0", " ")


BRIEFS: Mapping[NoticeKind, Brief] = {
    NoticeKind.ORDER_TAKEN: _order_taken,
    NoticeKind.ORDER_FOR: _order_taken,
    NoticeKind.PAY_LINK: _pay_link,
    NoticeKind.ORDER_LINK: _pay_link,
    NoticeKind.DEBTS_LINK: _debts_link,
    NoticeKind.ORDER_CHANGED: _order_changed,
    NoticeKind.PRICES_MOVED: _prices_moved,
    NoticeKind.ORDER_HELD: _order_held,
    NoticeKind.ORDER_REFUNDED: _refunded,
    NoticeKind.PAYMENT_BACK: _payment_back,
    NoticeKind.REMINDER: reminders.brief,
    NoticeKind.TO_SIGN: contracts.brief_to_sign,
    NoticeKind.ACCESS: _access,
}

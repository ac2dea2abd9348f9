"""What clients are told of a payment that is of no one order, and why money went back."""

from uuid import UUID

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.notice import Notice
from handlers.app import Ctx
from handlers.balance import named
from handlers.staff.money import reason_of
from handlers.wording import lines, paragraphs
from keyboards import balance


async def payment_came(ctx: Ctx, notice: Notice) -> Screen:
    return await _payment(ctx, notice, ctx.tr.say("<b>Thank you, the payment has come in.</b>"))


async def payment_back(ctx: Ctx, notice: Notice) -> Screen:
    return await _payment(ctx, notice, await given_back(ctx, notice))


async def _payment(ctx: Ctx, notice: Notice, heading: Markup) -> Screen:
    """For a client: a payment of debts."""
    tr, view = ctx.tr, await ctx.services.money_moves.view(UUID(notice.about))
    text = paragraphs(heading, tr.say("Paid: <b>{sum}</b>", sum=tr.money(view.sums.kept)), named(tr, view.names))
    return Screen(text, balance.told(tr))


async def given_back(ctx: Ctx, notice: Notice) -> Markup:
    """With the reason, where it was one of us who gave it back."""
    move = await ctx.services.money_moves.refund_of(UUID(notice.about))
    said = ctx.tr.say("<b>Money has been given back to the card.</b>")
    return said if move is None else lines(said, ctx.tr.say("The reason: {reason}.", reason=reason_of(ctx.tr, move)))

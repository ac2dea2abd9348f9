"""What a client reads of a bank transfer: what it paid and what is left, and a correction where we were wrong."""

from markupsafe import Markup

from bot.conversation.screen import Screen
from bot.domain.notice import Notice
from bot.i18n import Translator
from bot.services.bank.news import Credited, TransferView
from handlers.app import Ctx
from handlers.balance import SHOWN, as_of_line
from handlers.wording import lines, paragraphs
from keyboards import balance as keyboard


async def transfer_came(ctx: Ctx, notice: Notice) -> Screen | None:
    if ctx.who.buyer is None:
        return None
    view = await ctx.services.transfers.booked(int(notice.about), int(notice.version), ctx.who.buyer.id)
    if view is None:
        return None
    tr, more = ctx.tr, len(view.documents) - SHOWN
    text = paragraphs(
        tr.say("<b>Thank you, your transfer has come in.</b>"),
        lines(
            tr.say("{sum} of {day}:", sum=tr.money(view.amount), day=tr.calendar_day(view.day)),
            *(_credited(tr, one) for one in view.documents[:SHOWN]),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
            tr.say("• paid ahead: {sum}", sum=tr.money(view.advance)) if view.advance else None,
        ),
        _left(tr, view),
    )
    return Screen(text, keyboard.told(tr))


async def transfer_undone(ctx: Ctx, notice: Notice) -> Screen | None:
    found = await ctx.services.transfers.undone(int(notice.about))
    if found is None:
        return None
    tr, (sum_, day) = ctx.tr, found
    text = paragraphs(
        tr.say("<b>We were wrong about a transfer, and are sorry.</b>"),
        tr.say(
            "We wrote that {sum} of {day} was credited to you. That is taken back: we are looking into it, and will "
            "write as soon as it is credited.",
            sum=tr.money(sum_),
            day=tr.calendar_day(day),
        ),
        tr.say("There is nothing you need to do. What is to be paid now stands in «My balance»."),
    )
    return Screen(text, keyboard.told(tr))


def _credited(tr: Translator, one: Credited) -> Markup:
    name, sum_ = tr.document(one.part.kind, one.part.called, one.part.dated), tr.money(one.part.part.amount)
    if one.rest:
        return tr.say("• {name}: {sum}, {rest} is left", name=name, sum=sum_, rest=tr.money(one.rest))
    return tr.say("• {name}: {sum}, paid in full", name=name, sum=sum_)


def _left(tr: Translator, view: TransferView) -> Markup | None:
    """Of all debts, where 1C has told of them at all."""
    if view.as_of is not None and view.as_of.at is None:
        return None
    if not view.owed.debts:
        return lines(tr.say("Nothing is owed now."), as_of_line(tr, view.as_of))
    return lines(
        tr.say("Left to pay: <b>{left}</b>", left=tr.money(view.owed.total)),
        tr.say("Overdue: <b>{total}</b>", total=tr.money(view.owed.overdue)) if view.owed.overdue else None,
        as_of_line(tr, view.as_of),
    )

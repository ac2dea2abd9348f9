"""«My balance»: debts by document, a choice of them, and the link where they are paid; and a part of an order."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.client import Buyer
from bot.domain.errors import Forbidden, Outdated
from bot.domain.receivable import Debt
from bot.i18n import Translator
from bot.services.balance import BalanceView, LinkView
from bot.services.standing import LastKnown
from handlers.app import AppRouter, Ctx
from handlers.wording import lines, numbered, paragraphs
from keyboards import balance as keyboard
from keyboards.pay_actions import AskSum, ChooseDebt, PayDebts, PayHeld, PayOldest, PayOverdue, RevokeLink, ShowBalance

router: AppRouter = AppRouter()
SUM = "sum"
SHOWN = 10


@router.tap(ShowBalance)
async def show_balance(_: Event, ctx: Ctx, action: ShowBalance) -> Screen:
    return balance_screen(ctx, await _view(ctx, action.page))


@router.tap(ChooseDebt)
async def choose_debt(_: Event, ctx: Ctx, action: ChooseDebt) -> Screen:
    view = await ctx.services.balance.choose(
        ctx.turn, payer(ctx), ctx.who.require_person(), action.mark, action.page, on=action.on
    )
    return balance_screen(ctx, view)


@router.tap(PayDebts)
async def pay_debts(_: Event, ctx: Ctx, action: PayDebts) -> Screen:
    """A link for what was seen; where that has moved since, the balance as it is now."""
    person = ctx.who.require_person()
    paid = ctx.services.balance.pay(ctx.turn, payer(ctx), person, action.kopiykas, chosen=action.chosen)
    return await _linked(ctx, paid)


@router.tap(PayOverdue)
async def pay_overdue(_: Event, ctx: Ctx, action: PayOverdue) -> Screen:
    return await _linked(ctx, ctx.services.balance.pay_overdue(ctx.turn, payer(ctx), action.kopiykas))


@router.tap(PayOldest)
async def pay_oldest(_: Event, ctx: Ctx, action: PayOldest) -> Screen:
    return await _linked(ctx, ctx.services.balance.pay_oldest(ctx.turn, payer(ctx), action.kopiykas))


@router.tap(PayHeld)
async def pay_held(_: Event, ctx: Ctx, action: PayHeld) -> Screen:
    return await _linked(ctx, ctx.services.held_orders.pay(ctx.turn, payer(ctx), action.order))


@router.tap(AskSum)
async def ask_sum(_: Event, ctx: Ctx, action: AskSum) -> Screen:
    tr = ctx.tr
    if action.order is not None:
        number, rest = await ctx.services.balance.order_rest(ctx.buyer, action.order)
        ctx.ask(SUM, order=str(action.order))
        text = tr.say("Order {number}: <b>{rest}</b> is left to be paid.", number=number, rest=tr.money(rest))
    else:
        view = await _view(ctx, 0)
        ctx.ask(SUM)
        left = view.chosen_total or view.owed.total
        text = tr.say("<b>{rest}</b> is left to be paid; the oldest debts are paid first.", rest=tr.money(left))
    hint = tr.say("Type the sum in hryvnias, for example <b>1500</b>.")
    return Screen(paragraphs(text, hint), keyboard.asked(tr, action.order), show=Show.SEND)


@router.step(SUM)
async def typed_sum(event: Event, ctx: Ctx) -> Screen:
    person, order = ctx.who.require_person(), ctx.who.dialogue.data.get("order")
    if order:
        link = await ctx.services.balance.pay_part(ctx.turn, ctx.buyer, UUID(order), event.text)
    else:
        link = await ctx.services.balance.pay_sum(ctx.turn, payer(ctx), person, event.text)
    return replace(link_screen(ctx, link), show=Show.SEND)


@router.tap(RevokeLink)
async def revoke_link(_: Event, ctx: Ctx, action: RevokeLink) -> Screen:
    await ctx.services.balance.revoke(ctx.turn, payer(ctx), action.link)
    text = ctx.tr.say("<b>The link is withdrawn.</b> Nothing can be paid by it any more.")
    return Screen(text, keyboard.told(ctx.tr))


def payer(ctx: Ctx) -> Buyer:
    """The client whose debts are looked at; the service checks the role. Raises Forbidden."""
    if ctx.who.buyer is None:
        raise Forbidden("pays")
    return ctx.who.buyer


def balance_screen(ctx: Ctx, view: BalanceView) -> Screen:
    tr, owed = ctx.tr, view.owed
    text = paragraphs(
        lines(tr.say("<b>My balance</b>"), ctx.who.buyer.name if ctx.who.buyer else None),
        lines(
            tr.say("To pay: <b>{total}</b>", total=tr.money(owed.total))
            if owed.debts
            else tr.say("Nothing is owed now.")
            if view.as_of is None or view.as_of.at is not None
            else None,
            tr.say("Overdue: <b>{total}</b>", total=tr.money(owed.overdue)) if owed.overdue else None,
            tr.say("Due within a week: {total}", total=tr.money(owed.due_soon)) if owed.due_soon else None,
            tr.say("Paid ahead: {total}", total=tr.money(owed.advance)) if owed.advance else None,
        ),
        as_of_line(tr, view.as_of),
        numbered([debt_line(tr, debt) for debt in view.shown], view.start) if view.shown else None,
        tr.say("Chosen: <b>{total}</b>", total=tr.money(view.chosen_total)) if view.chosen else None,
        tr.say("Press a number to choose what to pay.") if view.payable and owed.debts else None,
    )
    if not view.payable or not owed.debts:
        return Screen(text, keyboard.unpayable(tr, view.page, view.pages))
    sums = keyboard.Payable(owed.total, owed.overdue, view.chosen_total)
    rows = keyboard.balance(tr, view.shown, view.start, view.page, view.pages, sums)
    return Screen(text, rows)


def link_screen(ctx: Ctx, link: LinkView) -> Screen:
    """Where it is paid, and what by it."""
    tr, asked = ctx.tr, link.asked
    more = len(asked.asks) - SHOWN
    text = paragraphs(
        tr.say("<b>To pay: {sum}</b>", sum=tr.money(asked.due)),
        lines(
            *(Markup("• {}: {}").format(tr.document(*ask.row.called), tr.money(ask.due)) for ask in asked.asks[:SHOWN]),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        ),
        tr.say(
            "The link works until {moment}. It can be sent on to an accountant: it opens without a password.",
            moment=tr.moment(link.lives_until),
        ),
    )
    return Screen(text, keyboard.link(tr, link.address, link.id, asked.due, asked.link.order_id))


def named(tr: Translator, names: Sequence[tuple[str, str, date | None]]) -> Markup:
    """What a payment was for, a line each."""
    more = len(names) - SHOWN
    return lines(
        *(Markup("• {}").format(tr.document(*name)) for name in names[:SHOWN]),
        tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
    )


async def _view(ctx: Ctx, page: int) -> BalanceView:
    return await ctx.services.balance.view(payer(ctx), ctx.who.require_person(), page)


async def _linked(ctx: Ctx, asked: Awaitable[LinkView]) -> Screen:
    """The link that was asked for, or the balance where it is another by now."""
    try:
        link = await asked
    except Outdated:
        return await _moved(ctx)
    return link_screen(ctx, link)


async def _moved(ctx: Ctx) -> Screen:
    """The balance as it is now, in place of a link for what was seen."""
    again = balance_screen(ctx, await _view(ctx, 0))
    return replace(again, notice=ctx.tr.label("The sum is another by now: please look."))


def as_of_line(tr: Translator, as_of: LastKnown | None) -> Markup | None:
    """Said where debts are older than they should be."""
    if as_of is None:
        return None
    if as_of.at is None:
        return tr.say("Our accounts have not told of debts yet: please ask the manager.")
    return tr.say(
        "As our accounts had it on {moment}: a payment made since then may be missing.", moment=tr.moment(as_of.at)
    )


def debt_line(tr: Translator, debt: Debt) -> Markup:
    """A debt with its due day."""
    name = tr.document("order", debt.order_number, None) if debt.itself else None
    facts = [
        tr.say("<b>overdue since {day}</b>", day=tr.short_day(debt.due))
        if debt.overdue and debt.due
        else tr.say("due {day}", day=tr.short_day(debt.due))
        if debt.due
        else None,
        tr.say("chosen") if debt.chosen else None,
    ]
    said = Markup(" · ").join(fact for fact in facts if fact is not None)
    head = Markup("{}: <b>{}</b>").format(name or tr.document(debt.kind, debt.number, debt.dated), tr.money(debt.rest))
    return lines(head, Markup("    {}").format(said)) if said else head

"""For managers: what does not agree with 1C, with a mend where one is safe, and how 1C is doing."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.accounting import Subject
from bot.domain.difference import DifferenceKind, DifferenceView
from bot.domain.errors import Outdated
from bot.domain.money import Money
from bot.domain.notice import MANAGERS
from bot.domain.pull import PullState
from bot.i18n import Translator, marked
from handlers.app import AppRouter, Ctx
from handlers.staff.reasons import reason
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import staff as keyboard
from keyboards.staff_actions import Dismiss, SendAgain, ShowDifference, ShowDifferences, ShowStanding, TakeTheirs

router: AppRouter = AppRouter()
SHOWN = 8
SAID = 150
"""Characters of what was sent or kept."""
KINDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.MISSING_THERE: marked("the order is not in 1C"),
    DifferenceKind.MISSING_HERE: marked("1C has an order of ours that is not here"),
    DifferenceKind.TWICE: marked("1C has two documents for one order"),
    DifferenceKind.TOTAL: marked("the sums differ"),
    DifferenceKind.LINES: marked("the lines differ"),
    DifferenceKind.CANCELLED_HERE: marked("cancelled here, but not in 1C"),
    DifferenceKind.CANCELLED_THERE: marked("cancelled in 1C, but not here"),
    DifferenceKind.KEPT_OTHERWISE: marked("1C kept something otherwise than it was sent"),
    DifferenceKind.CHANGED_THERE: marked("the client and the office changed it at the same time"),
    DifferenceKind.POSTED: marked("the client's change came after the document was posted"),
    DifferenceKind.REFUSED: marked("1C does not take the order"),
    DifferenceKind.PRICES_LATE: marked("prices moved, and it is too late to ask the client"),
    DifferenceKind.BANK_LEFT: marked("a transfer was taken back, its document in 1C was not"),
    DifferenceKind.CONTRACT_OTHERWISE: marked("a signed contract has other terms in 1C"),
    DifferenceKind.CLIENTS_GONE: marked("too many are missing in 1C to be believed: nobody was switched off"),
}
ADVICE: Mapping[DifferenceKind, str] = {
    DifferenceKind.MISSING_THERE: marked("Send it again: a document that is already there is found, not doubled."),
    DifferenceKind.MISSING_HERE: marked(
        "Look at the document in 1C: cancel it there, or keep it as an order by phone."
    ),
    DifferenceKind.TWICE: marked("Mark the superfluous document for deletion in 1C."),
    DifferenceKind.TOTAL: marked("Take 1C's sums, and the client is told; or send ours again."),
    DifferenceKind.LINES: marked("Take 1C's lines, and the client is told; or send ours again."),
    DifferenceKind.CANCELLED_HERE: marked("Send it again: the document in 1C is cancelled too."),
    DifferenceKind.CANCELLED_THERE: marked(
        "Take 1C's: the order is cancelled here too, and the client is told. Or restore the document in 1C."
    ),
    DifferenceKind.KEPT_OTHERWISE: marked("Correct the document in 1C if it matters."),
    DifferenceKind.CHANGED_THERE: marked("Agree with the client, then take 1C's version or send the client's."),
    DifferenceKind.POSTED: marked("Unpost the document in 1C and send it again, or take it as it is; tell the client."),
    DifferenceKind.REFUSED: marked("Mend the reason in 1C, then send the order again."),
    DifferenceKind.PRICES_LATE: marked(
        "The order stands as agreed. Agree the prices with the client and correct the document in 1C, or leave it."
    ),
    DifferenceKind.BANK_LEFT: marked(
        "Its document in 1C is posted or was changed: unpost it and mark it for deletion, or correct it there."
    ),
    DifferenceKind.CONTRACT_OTHERWISE: marked(
        "What was written in 1C before us was left as it is. Compare it with the signed contract and correct it there."
    ),
    DifferenceKind.CLIENTS_GONE: marked(
        "Check the rights of our user in 1C. Clients who really left: mark them for deletion there."
    ),
}
SETTLED: Mapping[str, str] = {
    "sent_again": marked("sent again by {name}"),
    "took_theirs": marked("1C's version taken by {name}"),
    "dismissed": marked("left as it is by {name}"),
    "handed_over": marked("mended by itself"),
}
FIELDS: Mapping[str, str] = {
    "here": marked("here"),
    "there": marked("in 1C"),
    "error": marked("1C's answer"),
    "contract": marked("contract"),
    "price_type": marked("price type"),
    "Posted": marked("posted"),
    "DeletionMark": marked("marked for deletion"),
    "agreed": marked("agreed"),
    "now": marked("at today's prices"),
    "lines": marked("what moved"),
    "gone": marked("missing"),
    "known": marked("known before"),
}
SUM = re.compile(r"-?\d+\.\d\d")
SUBJECTS: Mapping[Subject, str] = {
    Subject.CLIENTS: marked("clients"),
    Subject.CATALOGUE: marked("catalogue"),
    Subject.PRICES: marked("prices"),
    Subject.STOCK: marked("stock"),
    Subject.RECEIVABLES: marked("debts"),
    Subject.ORDERS: marked("orders"),
}


@router.staff(MANAGERS, ShowDifferences)
async def show_differences(_: Event, ctx: Ctx, __: ShowDifferences) -> Screen:
    return differences_screen(ctx, await ctx.services.reconciliation.open())


@router.staff(MANAGERS, ShowDifference)
async def show_difference(_: Event, ctx: Ctx, action: ShowDifference) -> Screen:
    return await difference_screen(ctx, await ctx.services.reconciliation.view(action.difference))


@router.staff(MANAGERS, SendAgain)
async def send_again(_: Event, ctx: Ctx, action: SendAgain) -> Screen:
    return await _mended(ctx, action.difference, ctx.services.reconciliation.send_again)


@router.staff(MANAGERS, TakeTheirs)
async def take_theirs(_: Event, ctx: Ctx, action: TakeTheirs) -> Screen:
    return await _mended(ctx, action.difference, ctx.services.reconciliation.take_theirs)


@router.staff(MANAGERS, Dismiss)
async def dismiss(_: Event, ctx: Ctx, action: Dismiss) -> Screen:
    return await _mended(ctx, action.difference, ctx.services.reconciliation.dismiss)


@router.staff(MANAGERS, ShowStanding)
async def show_standing(_: Event, ctx: Ctx, __: ShowStanding) -> Screen:
    tr, standing = ctx.tr, await ctx.services.standing.view()
    heading = (
        tr.say("<b>1C does not answer since {since}</b>", since=tr.moment(standing.silent_since))
        if standing.silent_since
        else tr.say("<b>1C answers</b>")
    )
    text = paragraphs(
        heading,
        lines(*(Markup("• {}").format(_freshness(ctx, one)) for one in sorted(standing.pulls, key=_order)))
        if standing.pulls
        else tr.say("Nothing was taken in from 1C yet."),
        lines(
            waiting(tr, standing.waiting) or tr.say("All orders are there."),
            tr.plural("{n} difference is open.", "{n} differences are open.", standing.differences)
            if standing.differences
            else None,
        ),
    )
    return Screen(text, keyboard.standing(tr, differences=standing.differences))


def waiting(tr: Translator, orders: int) -> Markup | None:
    """How many orders are not in 1C yet; None where all are."""
    return tr.plural("{n} order is waiting.", "{n} orders are waiting.", orders) if orders else None


def differences_screen(ctx: Ctx, found: Sequence[DifferenceView]) -> Screen:
    tr = ctx.tr
    if not found:
        text = tr.say("<b>Everything agrees with 1C.</b>")
        return Screen(text, keyboard.differences(tr, ()))
    shown = found[:SHOWN]
    more = len(found) - len(shown)
    text = paragraphs(
        tr.say("<b>What does not agree with 1C</b>"),
        numbered([Markup("{}: {}").format(_subject(tr, one), tr.label(KINDS[one.kind])) for one in shown]),
        tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
    )
    return Screen(text, keyboard.differences(tr, shown))


async def difference_screen(ctx: Ctx, difference: DifferenceView) -> Screen:
    tr = ctx.tr
    heading = tr.say(
        "<b>{subject}</b>: {kind}", subject=_subject(tr, difference), kind=tr.label(KINDS[difference.kind])
    )
    if difference.settled_at is not None:
        text = paragraphs(heading, _settlement(tr, difference))
    else:
        text = paragraphs(heading, _details(tr, difference), tr.say(ADVICE[difference.kind]))
    return Screen(text, keyboard.difference(tr, difference))


async def _mended(ctx: Ctx, difference: UUID, mend: Callable[[UUID, str], Awaitable[DifferenceView]]) -> Screen:
    """The difference as it is afterwards; a second press finds it settled."""
    try:
        return await difference_screen(ctx, await mend(difference, ctx.event.sender.name))
    except Outdated:
        return await difference_screen(ctx, await ctx.services.reconciliation.view(difference))


def _subject(tr: Translator, difference: DifferenceView) -> str:
    if difference.about in set(Subject):
        return tr.label(SUBJECTS[Subject(difference.about)])
    return difference.detail.get("number") or difference.detail.get("there") or difference.about[:8]


def _details(tr: Translator, difference: DifferenceView) -> Markup | None:
    shown = [
        Markup("{}: {}").format(tr.label(FIELDS[name]) if name in FIELDS else name, _value(tr, name, value))
        for name, value in difference.detail.items()
        if name not in {"number", "job", "revision", "ours"} and value != _subject(tr, difference)
    ]
    return lines(*shown) if shown else None


def _value(tr: Translator, name: str, value: str) -> str:
    """A sum with its unit, a refusal in words, what was sent with what was kept of it; anything else as it came."""
    none = tr.label("nothing")
    if name in {"here", "there", "agreed", "now"} and SUM.fullmatch(value):
        return tr.money(Money.of(value))
    if name == "error":
        return reason(tr, value)
    if " → " not in value:
        return excerpt(value, SAID)
    sent, _, kept = value.partition(" → ")
    return f"{excerpt(sent, SAID)} → {excerpt(kept, SAID) or none}"


def _settlement(tr: Translator, difference: DifferenceView) -> Markup:
    assert difference.settled_at is not None
    how = tr.label(SETTLED.get(difference.settlement, SETTLED["dismissed"]), name=difference.settled_by)
    return tr.say("Settled {moment}: {how}.", moment=tr.moment(difference.settled_at), how=how)


def _order(state: PullState) -> int:
    return list(SUBJECTS).index(state.subject)


def _freshness(ctx: Ctx, state: PullState) -> str:
    tr, name = ctx.tr, ctx.tr.label(SUBJECTS[state.subject])
    if state.done_at is None:
        return tr.label("{name}: never taken in whole", name=name)
    if not state.fresh(ctx.now):
        return tr.label("{name}: old, of {moment}", name=name, moment=tr.moment(state.done_at))
    return tr.label("{name}: of {moment}", name=name, moment=tr.moment(state.done_at))

"""Keyboards of the staff's groups."""

from collections.abc import Sequence

from bot.conversation.screen import Rows, Tap
from bot.domain.campaign import Purpose
from bot.domain.difference import SENDS_AGAIN, TAKES_THEIRS, DifferenceView
from bot.domain.order import OrderView
from bot.i18n import Translator
from keyboards.rows import numbers
from keyboards.staff_actions import (
    Dismiss,
    DropJob,
    ReleaseHeld,
    ReplayJob,
    SendAgain,
    ShowCampaign,
    ShowDebts,
    ShowDifference,
    ShowDifferences,
    ShowHeld,
    ShowMailings,
    ShowMessages,
    ShowStanding,
    TakeTheirs,
)


def difference(tr: Translator, difference: DifferenceView) -> Rows:
    """The mends that are safe for it; none once it is settled."""
    if difference.settled_at is not None:
        return ((Tap(tr.label("All differences"), ShowDifferences()),),)
    mends: list[Tap] = []
    if difference.kind in SENDS_AGAIN:
        mends.append(Tap(tr.label("Send ours again"), SendAgain(difference.id)))
    if difference.kind in TAKES_THEIRS:
        mends.append(Tap(tr.label("Take 1C's"), TakeTheirs(difference.id)))
    last = (Tap(tr.label("Leave as it is"), Dismiss(difference.id)), Tap(tr.label("All"), ShowDifferences()))
    return (tuple(mends), last) if mends else (last,)


def differences(tr: Translator, shown: Sequence[DifferenceView]) -> Rows:
    return (*numbers([ShowDifference(one.id) for one in shown]), (Tap(tr.label("State of 1C"), ShowStanding()),))


def standing(tr: Translator, *, differences: int) -> Rows:
    again = Tap(tr.label("Refresh"), ShowStanding())
    rows: Rows = ((Tap(tr.label("Differences"), ShowDifferences()), again),) if differences else ((again,),)
    return (
        *rows,
        (Tap(tr.label("Messages to clients"), ShowMessages()),),
        (
            Tap(tr.label("Invite clients"), ShowCampaign(Purpose.ACCESS)),
            Tap(tr.label("Send price lists"), ShowMailings()),
        ),
    )


def held_order(tr: Translator, order: OrderView) -> Rows:
    """The way out while it waits, and the client's debts."""
    debts = Tap(tr.label("Debts of the client"), ShowDebts(order.client_id))
    if order.held is None:
        return ((debts,),)
    return (
        (Tap(tr.label("Release the order"), ReleaseHeld(order.id, order.revision)),),
        (debts, Tap(tr.label("Refresh"), ShowHeld(order.id))),
    )


def messages(tr: Translator) -> Rows:
    return ((Tap(tr.label("State of 1C"), ShowStanding()), Tap(tr.label("Refresh"), ShowMessages())),)


def unreached(tr: Translator) -> Rows:
    return ((Tap(tr.label("Messages to clients"), ShowMessages()),),)


def dead_letter(tr: Translator, job: str) -> Rows:
    return ((Tap(tr.label("Try again"), ReplayJob(job)), Tap(tr.label("Give it up"), DropJob(job))),)


def decided(tr: Translator) -> Rows:
    """Under a dead letter that somebody took care of."""
    return ((Tap(tr.label("State of 1C"), ShowStanding()),),)

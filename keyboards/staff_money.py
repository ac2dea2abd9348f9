"""Keyboards of the staff's groups about money."""

from collections.abc import Mapping
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.money import Money
from bot.domain.money_move import Reason
from bot.i18n import Translator, marked
from keyboards.staff_actions import (
    AskGiveBack,
    AskReason,
    AskRefund,
    GiveBack,
    LetGo,
    ShowPayment,
    TakeHeld,
)

REASONS: Mapping[Reason, str] = {
    Reason.GOODS: marked("Goods missing or spoilt"),
    Reason.TWICE: marked("Paid more than needed"),
    Reason.CANCELLED: marked("The order is cancelled"),
    Reason.MISTAKE: marked("Paid by mistake"),
}


def payment(tr: Translator, payment: UUID, *, held: Money | None, kept: bool) -> Rows:
    """What may be done with it by now; `held` is a sum that is not taken yet."""
    again = Tap(tr.label("Refresh"), ShowPayment(payment))
    if held is not None:
        take = Tap(tr.label("Take the money"), TakeHeld(payment, held.kopiykas))
        return ((take, Tap(tr.label("Let it go"), LetGo(payment, held.kopiykas))), (again,))
    return ((Tap(tr.label("Give back"), AskRefund(payment)), again),) if kept else ((again,),)


def how_much(tr: Translator, payment: UUID, refundable: Money, surplus: Money, before: Money) -> Rows:
    """All of it, or what nobody owes."""
    sums = [Tap(tr.label("Everything"), AskReason(payment, refundable.kopiykas, before.kopiykas))]
    if surplus and surplus != refundable:
        sums.append(Tap(tr.label("The surplus"), AskReason(payment, surplus.kopiykas, before.kopiykas)))
    return (tuple(sums), (Tap(tr.label("Do not give back"), ShowPayment(payment)),))


def why(tr: Translator, payment: UUID, kopiykas: int, before: int) -> Rows:
    reasons = tuple(
        (Tap(tr.label(words), AskGiveBack(payment, kopiykas, before, reason)),) for reason, words in REASONS.items()
    )
    return (*reasons, (Tap(tr.label("Do not give back"), ShowPayment(payment)),))


def sure(tr: Translator, payment: UUID, kopiykas: int, before: int, reason: Reason) -> Rows:
    return (
        (Tap(tr.label("Yes, give it back"), GiveBack(payment, kopiykas, before, reason)),),
        (Tap(tr.label("Do not give back"), ShowPayment(payment)),),
    )

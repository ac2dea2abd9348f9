"""Keyboards of «My balance» and of a pay link."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.conversation.screen import Button, Link, Rows, Tap
from bot.domain.money import Money
from bot.domain.receivable import Debt
from bot.i18n import Translator
from keyboards.actions import AskManager, Home, ShowOrder
from keyboards.paper_actions import AskStatement
from keyboards.pay_actions import AskSum, ChooseDebt, PayDebts, PayOverdue, RevokeLink, ShowBalance
from keyboards.reminders import answers
from keyboards.rows import LABEL, grid, pager


@dataclass(frozen=True, slots=True)
class Payable:
    """What can be paid by one tap each."""

    owed: Money
    overdue: Money
    chosen: Money


def balance(tr: Translator, shown: Sequence[Debt], start: int, page: int, pages: int, sums: Payable) -> Rows:
    """Numbers choose; then all, what is overdue, the chosen ones, or another sum."""
    toggles = [
        Tap(f"{number} ✓" if debt.chosen else str(number), ChooseDebt(debt.mark, not debt.chosen, page))
        for number, debt in enumerate(shown, start)
    ]
    pay: list[Button] = [Tap(tr.label("Pay all"), PayDebts(chosen=False, kopiykas=sums.owed.kopiykas))]
    if sums.overdue and sums.overdue != sums.owed:
        pay.append(Tap(tr.label("Pay the overdue"), PayOverdue(sums.overdue.kopiykas)))
    if sums.chosen:
        pay.append(Tap(tr.label("Pay the chosen"), PayDebts(chosen=True, kopiykas=sums.chosen.kopiykas)))
    return (
        *grid(toggles, 4),
        *pager(tr, page, pages, ShowBalance),
        *grid(pay, 2),
        answers(tr),
        (
            Tap(tr.label("Another sum"), AskSum()),
            Tap(tr.label("Statement"), AskStatement()),
            Tap(tr.label("To the start"), Home()),
        ),
    )


def unpayable(tr: Translator, page: int, pages: int) -> Rows:
    """Nothing is owed, or it cannot be paid here."""
    ways = (Tap(tr.label("To the start"), Home()), Tap(tr.label("Manager"), AskManager()))
    return (*pager(tr, page, pages, ShowBalance), (Tap(tr.label("Statement"), AskStatement()),), ways)


def asked(tr: Translator, order: UUID | None) -> Rows:
    """Under the question for a sum."""
    return ((_back(tr, order),),)


def link(tr: Translator, address: str, link: UUID, due: Money, order: UUID | None) -> Rows:
    label = tr.label("Pay {sum}", sum=tr.money(due))
    pay = Link(label if len(label) <= LABEL else tr.label("Pay"), address)
    return ((pay,), (Tap(tr.label("Withdraw the link"), RevokeLink(link)), _back(tr, order)))


def told(tr: Translator) -> Rows:
    """Under a notice about a payment."""
    return ((Tap(tr.label("My balance"), ShowBalance()), Tap(tr.label("Manager"), AskManager())),)


def _back(tr: Translator, order: UUID | None) -> Tap:
    if order is not None:
        return Tap(tr.label("Open the order"), ShowOrder(order))
    return Tap(tr.label("My balance"), ShowBalance())

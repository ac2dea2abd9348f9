"""Keyboards under a reminder of debts and its answers, and of finance's screens about reminding."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bot.conversation.screen import Link, Rows, Tap
from bot.domain.ladder import Level
from bot.domain.money import Money
from bot.domain.promises import HoldKind, Why
from bot.domain.receivable import Debt
from bot.i18n import LANGUAGES, Translator, marked
from keyboards.actions import ActFor, AskManager
from keyboards.pay_actions import ShowBalance
from keyboards.reminder_actions import (
    AskDispute,
    AskExempt,
    AskExemptWhy,
    AskPaid,
    AskPromise,
    AskQuestion,
    EndHold,
    Exempt,
    MakePromise,
    MoveLevel,
    SaidPaid,
    SaveWords,
    ShowDebtor,
    ShowForecast,
    ShowHold,
    ShowHolds,
    ShowLadder,
    ShowLevel,
    ShowReminding,
    ShowSms,
    SwitchLevel,
)
from keyboards.rows import LABEL, grid, numbers, pager

WHYS: dict[Why, str] = {
    Why.AGREED: marked("Agreed with the manager"),
    Why.OFFSET: marked("Mutual settlement"),
    Why.CLOSING: marked("The client is closing"),
    Why.COURT: marked("With the lawyers"),
    Why.OTHER: marked("Another reason"),
}
TERMS: tuple[tuple[str, int | None, int | None], ...] = (
    (marked("Silent for a week"), None, 7),
    (marked("Silent for a month"), None, 30),
    (marked("Silent without an end"), None, None),
    (marked("A week later, always"), 7, None),
)
"""How a client can be left alone: the label, the grace, and for how many days that holds."""

# --- what a client answers --------------------------------------------------------------------------------------------


def reminder(tr: Translator, address: str | None, to_pay: Money) -> Rows:
    """Pay, and the three answers."""
    label = tr.label("Pay {sum}", sum=tr.money(to_pay))
    pay: Rows = ((Link(label if len(label) <= LABEL else tr.label("Pay"), address),),) if address else ()
    return (*pay, answers(tr), (Tap(tr.label("My balance"), ShowBalance()), Tap(tr.label("Manager"), AskManager())))


def answers(tr: Translator) -> tuple[Tap, ...]:
    """What can be said to a debt."""
    return (
        Tap(tr.label("Already paid"), AskPaid()),
        Tap(tr.label("Will pay on…"), AskPromise()),
        Tap(tr.label("Question"), AskQuestion()),
    )


def of_another(tr: Translator, rows: Rows, client_id: UUID) -> Rows:
    """Under a reminder for a client that the account does not act for just now: answers would be about another."""
    links = tuple(row for row in rows if all(isinstance(button, Link) for button in row))
    return (*links, (Tap(tr.label("Go over to this client"), ActFor(client_id)),))


def paid_days(tr: Translator, today: date, before: Sequence[date]) -> Rows:
    days = [Tap(tr.label("Today"), SaidPaid(today)), *(Tap(tr.short_day(day), SaidPaid(day)) for day in before)]
    return (*grid(days, 2), _back(tr))


def promise_days(tr: Translator, days: Sequence[date]) -> Rows:
    return (*grid([Tap(tr.short_day(day), MakePromise(day)) for day in days], 2), _back(tr))


def questions(tr: Translator, shown: Sequence[Debt], start: int, page: int, pages: int) -> Rows:
    return (
        *numbers([AskDispute(debt.mark) for debt in shown], start),
        *pager(tr, page, pages, AskQuestion),
        _back(tr),
    )


def asked(tr: Translator) -> Rows:
    """Under a question for words."""
    return (_back(tr),)


def answered(tr: Translator) -> Rows:
    return ((Tap(tr.label("My balance"), ShowBalance()), Tap(tr.label("Manager"), AskManager())),)


def _back(tr: Translator) -> tuple[Tap, ...]:
    return (Tap(tr.label("My balance"), ShowBalance()),)


# --- finance ----------------------------------------------------------------------------------------------------------


def reminding(tr: Translator) -> Rows:
    return (
        (Tap(tr.label("Who gets what"), ShowForecast()), Tap(tr.label("What holds back"), ShowHolds())),
        (Tap(tr.label("The ladder"), ShowLadder()), Tap(tr.label("Refresh"), ShowReminding())),
    )


def forecast(tr: Translator, clients: Sequence[UUID], start: int, page: int, pages: int) -> Rows:
    return (
        *numbers([ShowDebtor(client) for client in clients], start),
        *pager(tr, page, pages, ShowForecast),
        (Tap(tr.label("Reminders"), ShowReminding()),),
    )


def escalated(tr: Translator, clients: Sequence[UUID]) -> Rows:
    return (
        *numbers([ShowDebtor(client) for client in clients]),
        (Tap(tr.label("Reminders"), ShowReminding()),),
    )


def holds(tr: Translator, shown: Sequence[tuple[HoldKind, UUID]], start: int, page: int, pages: int) -> Rows:
    return (
        *numbers([ShowHold(kind, hold) for kind, hold in shown], start),
        *pager(tr, page, pages, ShowHolds),
        (Tap(tr.label("Reminders"), ShowReminding()),),
    )


ENDS: dict[HoldKind, str] = {
    HoldKind.PROMISE: marked("Call the promise off"),
    HoldKind.CLAIM: marked("The money did not come"),
    HoldKind.DISPUTE: marked("The dispute is settled"),
    HoldKind.EXEMPTION: marked("Remind again"),
}


def hold(tr: Translator, kind: HoldKind, hold: UUID, client: UUID, *, open_: bool) -> Rows:
    end: Rows = ((Tap(tr.label(ENDS[kind]), EndHold(kind, hold)),),) if open_ else ()
    return (*end, (Tap(tr.label("The client"), ShowDebtor(client)), Tap(tr.label("What holds back"), ShowHolds())))


def debtor(tr: Translator, client: UUID, holds: Sequence[tuple[HoldKind, UUID]]) -> Rows:
    ends = tuple((Tap(tr.label(ENDS[kind]), EndHold(kind, hold)),) for kind, hold in holds)
    return (
        *ends,
        (Tap(tr.label("Leave alone"), AskExempt(client)), Tap(tr.label("Refresh"), ShowDebtor(client))),
        (Tap(tr.label("Who gets what"), ShowForecast()), Tap(tr.label("Reminders"), ShowReminding())),
    )


def exempt_how(tr: Translator, client: UUID) -> Rows:
    terms = tuple((Tap(tr.label(words), AskExemptWhy(client, grace, days)),) for words, grace, days in TERMS)
    return (*terms, (Tap(tr.label("The client"), ShowDebtor(client)),))


def exempt_why(tr: Translator, client: UUID, grace: int | None, days: int | None) -> Rows:
    whys = tuple((Tap(tr.label(words), Exempt(client, grace, days, why)),) for why, words in WHYS.items())
    return (*whys, (Tap(tr.label("The client"), ShowDebtor(client)),))


# --- the ladder -------------------------------------------------------------------------------------------------------


def ladder(tr: Translator, levels: Sequence[Level]) -> Rows:
    actions = [ShowLevel(level.name, tr.language) for level in levels]
    return (*numbers(actions), (Tap(tr.label("Reminders"), ShowReminding()),))


def level(tr: Translator, level: Level, language: str) -> Rows:
    """A switch, the day one or five to and fro, and the other languages."""
    moves = tuple(
        Tap(tr.label("{n} d.", n=f"{by:+d}".replace("-", "−")), MoveLevel(level.name, level.day + by))
        for by in (-5, -1, 1, 5)
    )
    switch = Tap(tr.label("Switch off") if level.on else tr.label("Switch on"), SwitchLevel(level.name, not level.on))
    others = tuple(Tap(name, ShowLevel(level.name, code)) for code, name in LANGUAGES.items() if code != language)
    sms = Tap(tr.label("Words of the SMS"), ShowSms(level.name, language))
    return (moves, (switch, Tap(tr.label("The ladder"), ShowLadder())), (sms,), others)


def sms(tr: Translator, level: str, language: str) -> Rows:
    others = tuple(Tap(name, ShowSms(level, code)) for code, name in LANGUAGES.items() if code != language)
    return ((Tap(tr.label("The level"), ShowLevel(level, language)), Tap(tr.label("The ladder"), ShowLadder())), others)


def draft(tr: Translator, change: UUID, level: str, language: str, *, sms: bool = False) -> Rows:
    back = ShowSms(level, language) if sms else ShowLevel(level, language)
    return ((Tap(tr.label("Save"), SaveWords(change)), Tap(tr.label("Do not save"), back)),)

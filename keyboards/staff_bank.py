"""Keyboards about bank transfers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.conversation.screen import Button, Rows, Tap
from bot.domain.bank import ReturnReason, ReturnState
from bot.domain.money import Money
from bot.i18n import Translator, marked
from keyboards.bank_actions import (
    AskReturn,
    AskSplit,
    ChooseClient,
    MarkReturned,
    PutToOldest,
    SetAside,
    SetReturn,
    ShowBank,
    ShowLine,
    UndoLine,
    UndoReturn,
)

REASONS: Mapping[ReturnReason, str] = {
    ReturnReason.TOO_MUCH: marked("Paid more than needed"),
    ReturnReason.MISTAKE: marked("Paid by mistake"),
    ReturnReason.TWICE: marked("Paid twice"),
}


def overview(tr: Translator, numbers: Sequence[int], page: int, pages: int) -> Rows:
    """A button a line, three in a row."""
    taps = [Tap(tr.label("No. {n}", n=number), ShowLine(number)) for number in numbers]
    rows = [tuple(taps[start : start + 3]) for start in range(0, len(taps), 3)]
    turns = []
    if page:
        turns.append(Tap(tr.label("Back"), ShowBank(page - 1)))
    if page + 1 < pages:
        turns.append(Tap(tr.label("Further"), ShowBank(page + 1)))
    last = (*turns, Tap(tr.label("Refresh"), ShowBank(page)))
    return (*rows, last)


def line(
    tr: Translator, number: int, choices: Sequence[tuple[UUID, int]], following: int | None, back: Rows = ()
) -> Rows:
    """What may be chosen, by its number on the screen; a choice may be split first. `back`: of what is to go back."""
    rows = [
        (
            Tap(tr.label("This one: {n}", n=at), ChooseClient(number, client, mark)),
            Tap(tr.label("Split {n}", n=at), AskSplit(number, client)),
        )
        for at, (client, mark) in enumerate(choices, 1)
    ]
    later = Tap(tr.label("Later"), ShowLine(following) if following is not None else ShowBank())
    return (*rows, *back, (Tap(tr.label("No client's"), SetAside(number)), later))


def split(tr: Translator, number: int, client: UUID, mark: int) -> Rows:
    return (
        (Tap(tr.label("Oldest first"), PutToOldest(number, client, mark)),),
        (Tap(tr.label("Back to the payment"), ShowLine(number)),),
    )


def decided(tr: Translator, number: int, booking: int | None, following: int | None, back: Rows = ()) -> Rows:
    """Without a booking there is nothing to undo."""
    last: list[Button] = [] if booking is None else [Tap(tr.label("Undo"), UndoLine(number, booking))]
    last.append(
        Tap(tr.label("Bank payments"), ShowBank()) if following is None else Tap(tr.label("Next"), ShowLine(following))
    )
    return (*back, tuple(last))


def may_go_back(tr: Translator, number: int) -> Rows:
    return ((Tap(tr.label("To be returned"), AskReturn(number)),),)


def goes_back(tr: Translator, number: int, position: int) -> Rows:
    """While it has not left."""
    return (
        (
            Tap(tr.label("It is returned"), MarkReturned(number, position)),
            Tap(tr.label("Do not return"), UndoReturn(number, position, ReturnState.OPEN)),
        ),
    )


def went_back(tr: Translator, number: int, position: int) -> Rows:
    return ((Tap(tr.label("Not returned yet"), UndoReturn(number, position, ReturnState.RETURNED)),),)


def why_back(tr: Translator, number: int, free: Money) -> Rows:
    """All that is free, by a reason."""
    reasons = tuple(
        (Tap(tr.label(words), SetReturn(number, free.kopiykas, reason)),) for reason, words in REASONS.items()
    )
    return (*reasons, (Tap(tr.label("Back to the payment"), ShowLine(number)),))

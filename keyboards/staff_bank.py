"""Keyboards about bank transfers."""

from collections.abc import Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.i18n import Translator
from keyboards.bank_actions import AskSplit, ChooseClient, PutToOldest, SetAside, ShowBank, ShowLine, UndoLine


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


def line(tr: Translator, number: int, choices: Sequence[tuple[UUID, int]], following: int | None) -> Rows:
    """What may be chosen, by its number on the screen; a choice may be split first."""
    rows = [
        (
            Tap(tr.label("This one: {n}", n=at), ChooseClient(number, client, mark)),
            Tap(tr.label("Split {n}", n=at), AskSplit(number, client)),
        )
        for at, (client, mark) in enumerate(choices, 1)
    ]
    later = Tap(tr.label("Later"), ShowLine(following) if following is not None else ShowBank())
    return (*rows, (Tap(tr.label("No client's"), SetAside(number)), later))


def split(tr: Translator, number: int, client: UUID, mark: int) -> Rows:
    return (
        (Tap(tr.label("Oldest first"), PutToOldest(number, client, mark)),),
        (Tap(tr.label("Back to the payment"), ShowLine(number)),),
    )


def decided(tr: Translator, number: int, booking: int, following: int | None) -> Rows:
    undo = Tap(tr.label("Undo"), UndoLine(number, booking))
    if following is None:
        return ((undo, Tap(tr.label("Bank payments"), ShowBank())),)
    return ((undo, Tap(tr.label("Next"), ShowLine(following))),)

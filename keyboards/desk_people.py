"""Keyboards about people of a client, for the staff."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.people_change import Why
from bot.i18n import Translator, marked
from keyboards.desk_actions import (
    AskMerge,
    AskMergeSure,
    AskSignOut,
    AskUnlink,
    Merge,
    ShowPeople,
    ShowPerson,
    SignOut,
    UndoChange,
    Unlink,
)
from keyboards.rows import grid, numbers

REASONS: Mapping[Why, str] = {
    Why.LEFT: marked("Does not work there"),
    Why.MISTAKE: marked("Entered by mistake"),
    Why.LOST: marked("Phone lost or sold"),
    Why.ASKED: marked("They asked for it"),
}


def people(tr: Translator, topic: UUID, marks: Sequence[int], changes: Sequence[UUID]) -> Rows:
    """By the numbers of the list; the newest change can be undone first."""
    undo = tuple(
        (Tap(tr.label("Undo {n}", n=number), UndoChange(topic, change)),) for number, change in enumerate(changes, 1)
    )
    return (*numbers([ShowPerson(topic, mark) for mark in marks]), *undo)


def person(tr: Translator, topic: UUID, mark: int, accounts: Sequence[int], *, others: bool) -> Rows:
    """Accounts by the numbers of the list."""
    out = [Tap(tr.label("Sign out {n}", n=number), AskSignOut(topic, one)) for number, one in enumerate(accounts, 1)]
    same = ((Tap(tr.label("Is somebody else too"), AskMerge(topic, mark)),),) if others else ()
    return (
        (Tap(tr.label("Take from the client"), AskUnlink(topic, mark)),),
        *grid(out, 3),
        *same,
        (Tap(tr.label("All people"), ShowPeople(topic)),),
    )


def why_unlink(tr: Translator, topic: UUID, mark: int) -> Rows:
    reasons = tuple((Tap(tr.label(words), Unlink(topic, mark, why)),) for why, words in REASONS.items())
    return (*reasons, (Tap(tr.label("Leave as it is"), ShowPerson(topic, mark)),))


def why_sign_out(tr: Translator, topic: UUID, account: int) -> Rows:
    reasons = tuple((Tap(tr.label(words), SignOut(topic, account, why)),) for why, words in REASONS.items())
    return (*reasons, (Tap(tr.label("Leave as it is"), ShowPeople(topic)),))


def merge(tr: Translator, topic: UUID, mark: int, others: Sequence[int]) -> Rows:
    """By the numbers of the list."""
    back = (Tap(tr.label("Leave as it is"), ShowPerson(topic, mark)),)
    return (*numbers([AskMergeSure(topic, mark, other) for other in others]), back)


def sure(tr: Translator, topic: UUID, mark: int, other: int) -> Rows:
    yes = Tap(tr.label("Yes, one human"), Merge(topic, mark, other))
    return ((yes,), (Tap(tr.label("Leave as it is"), ShowPerson(topic, mark)),))

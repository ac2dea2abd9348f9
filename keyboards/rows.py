"""How buttons stand in rows."""

from collections.abc import Callable, Sequence

from bot.conversation.action import Action
from bot.conversation.screen import Button, Rows, Tap
from bot.i18n import Translator

LABEL = 25
CHOICES = 6
"""As many named buttons as leave room for pages and the way back."""


def short(label: str, limit: int = LABEL) -> str:
    """A label a phone shows whole."""
    return label if len(label) <= limit else label[: limit - 1].rstrip(" .,«(") + "…"


def grid(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def numbers(actions: Sequence[Action], start: int = 1) -> Rows:
    """Buttons 1, 2, 3 … that match a numbered list in the text, four in a row."""
    return grid([Tap(str(number), action) for number, action in enumerate(actions, start)], 4)


def choices(names: Sequence[tuple[str, Action]], start: int) -> Rows:
    """Named buttons, one in a row; where two would read alike, all carry their numbers in the text."""
    labels = [short(name) for name, _ in names]
    if len(set(labels)) < len(labels):
        labels = [short(f"{number}. {name}") for number, (name, _) in enumerate(names, start)]
    return tuple((Tap(label, action),) for label, (_, action) in zip(labels, names, strict=True))


def pager(tr: Translator, page: int, pages: int, to: Callable[[int], Action]) -> Rows:
    """Earlier and later pages; nothing where there is one page."""
    if pages <= 1:
        return ()
    row: list[Button] = []
    if page > 0:
        row.append(Tap(tr.label("Page {n} of {pages}", n=page, pages=pages), to(page - 1)))
    if page < pages - 1:
        row.append(Tap(tr.label("Page {n} of {pages}", n=page + 2, pages=pages), to(page + 1)))
    return (tuple(row),)

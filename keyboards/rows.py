"""How buttons stand in rows."""

from collections.abc import Callable, Sequence

from bot.conversation.action import Action
from bot.conversation.screen import Button, Rows, Tap
from bot.i18n import Translator

LABEL = 25


def short(label: str, limit: int = LABEL) -> str:
    """A label a phone shows whole."""
    return label if len(label) <= limit else label[: limit - 1].rstrip(" .,«(") + "…"


def choice(number: int, name: str) -> str:
    """A label whose number stands in the text too: names that begin alike stay apart."""
    return short(f"{number}. {name}")


def grid(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def numbers(actions: Sequence[Action], start: int = 1) -> Rows:
    """Buttons 1, 2, 3 … that match a numbered list in the text, four in a row."""
    return grid([Tap(str(number), action) for number, action in enumerate(actions, start)], 4)


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

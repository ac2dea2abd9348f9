"""All screens on one page: a card a screen, a column a language."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.conversation.screen import Attachment, Button, Link, Media, SharePhone
from bot.i18n import LANGUAGES
from handlers.preview.stage import Preview

_pages = Environment(
    loader=PackageLoader("handlers.preview", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(previews: Mapping[str, Sequence[Preview]]) -> str:
    """One HTML file that needs nothing else; every language must hold the same screens in the same order."""
    rows = list(zip(*previews.values(), strict=True))
    parts = [(part, list(shown)) for part, shown in groupby(enumerate(rows, 1), key=lambda row: row[1][0].part)]
    return _pages.get_template("page.html").render(
        parts=parts,
        count=len(rows),
        languages={code: LANGUAGES[code] for code in previews},
        kind=_kind,
        media=_media,
    )


def _media(media: Media) -> str:
    """What is said in the place of a picture or a file."""
    match media:
        case Attachment(name=name):
            return f"Файл: {name}"
        case _:
            return f"Зображення: {media.name}"


def _kind(button: Button) -> str:
    """How the button is drawn."""
    match button:
        case SharePhone():
            return "share"
        case Link():
            return "link"
        case _:
            return "tap"

"""Screens written down for reading: the whole album of a language as one plain text."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.conversation.screen import Attachment, Button, Media, Rows, Screen, SharePhone, Tap
from handlers.preview import Preview
from tests.support.neutral import plain

SNAPSHOTS = Path(__file__).parent / "snapshots"
RULE = "=" * 60
_NUMBER = re.compile(r"(<code>)(?:[0-9a-f]{8}|\d+)(</code>)")
_CHANCE = re.compile(r"-[0-9a-f]{16}(?=</code>)")


def snapshot(language: str) -> Path:
    return SNAPSHOTS / f"{language}.txt"


def written(previews: Sequence[Preview]) -> dict[str, str]:
    """Each screen by its title, in the album's order."""
    return {title_of(preview): "\n".join(_lines(preview.screen)) for preview in previews}


def joined(screens: dict[str, str]) -> str:
    return "\n".join(f"{RULE}\n{title}\n{RULE}\n{text}\n" for title, text in screens.items())


def split(album: str) -> dict[str, str]:
    """What `joined` put together."""
    parts = re.split(rf"^{RULE}\n(.+)\n{RULE}\n", album, flags=re.MULTILINE)
    return {title: text.rstrip("\n") for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def title_of(preview: Preview) -> str:
    return f"{preview.part}: {preview.title}"


def text_of(screen: Screen) -> str:
    """All a person reads, without the buttons: unbreakable spaces as plain ones."""
    return f"{screen.notice}\n{plain(screen.text)}".strip().replace("\u00a0", " ")


def labels_of(screen: Screen) -> list[str]:
    return [button.label for row in (*screen.rows, *screen.menu) for button in row]


def _lines(screen: Screen) -> Iterator[str]:
    yield from [f"(!) {screen.notice}", ""] if screen.notice else []
    yield from [_media(screen.media), ""] if screen.media else []
    yield _CHANCE.sub("-0123456789abcdef", _NUMBER.sub(r"\g<1>0a1b2c3d\2", str(screen.text))).replace("\u00a0", " ")
    yield from ["", *_buttons(screen.rows)] if screen.rows else []
    yield from ["- - -", *_buttons(screen.menu)] if screen.menu else []


def _media(media: Media) -> str:
    return f"({'файл' if isinstance(media, Attachment) else 'фото'} {media.name})"


def _buttons(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield " ".join(f"[{_label(button)}]" for button in row).replace("\u00a0", " ")


def _label(button: Button) -> str:
    match button:
        case SharePhone(label):
            return f"телефон: {label}"
        case Tap(label, _, count) if count:
            return f"{label} ({count})"
        case _:
            return button.label

"""The screens are word for word what was approved; `python -m tests.screens.update` approves what is now."""

from collections.abc import Sequence
from difflib import unified_diff

from handlers.preview import Preview
from tests.screens.written import joined, snapshot, split, written


def test_no_screen_has_come_or_gone(album: Sequence[Preview], language: str) -> None:
    assert list(split(snapshot(language).read_text("utf-8"))) == list(written(album))


def test_every_screen_reads_as_approved(album: Sequence[Preview], language: str) -> None:
    approved, now = split(snapshot(language).read_text("utf-8")), written(album)
    changed = [_difference(title, approved.get(title, ""), text) for title, text in now.items()]
    assert not any(changed), "\n\n".join(filter(None, changed))


def test_an_album_can_be_taken_apart_again(album: Sequence[Preview]) -> None:
    assert split(joined(written(album))) == written(album)


def test_every_screen_has_a_title_of_its_own(album: Sequence[Preview]) -> None:
    assert len(written(album)) == len(album)


def _difference(title: str, approved: str, now: str) -> str:
    return "\n".join(unified_diff(approved.splitlines(), now.splitlines(), title, "now", lineterm="", n=1))

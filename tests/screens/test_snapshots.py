"""The screens are word for word what was approved; `python -m tests.screens.update` approves what is now."""

from collections.abc import Sequence

from handlers.preview import Preview
from tests.screens.written import joined, snapshot, split, written


def test_no_screen_has_come_or_gone(album: Sequence[Preview], language: str) -> None:
    assert list(split(snapshot(language).read_text("utf-8"))) == list(written(album))


def test_every_screen_reads_as_approved(album: Sequence[Preview], language: str) -> None:
    approved, now = split(snapshot(language).read_text("utf-8")), written(album)
    changed = {title: text for title, text in now.items() if text != approved.get(title)}
    assert changed == {title: approved.get(title) for title in changed}


def test_an_album_can_be_taken_apart_again(album: Sequence[Preview]) -> None:
    assert split(joined(written(album))) == written(album)


def test_every_screen_has_a_title_of_its_own(album: Sequence[Preview]) -> None:
    assert len(written(album)) == len(album)

"""Pictures of articles, if their files are there."""

from pathlib import Path

from bot.conversation.screen import Photo


def photo(folder: Path, name: str | None) -> Photo | None:
    """A picture inside the media folder; None for one that is not there or points elsewhere."""
    if not name:
        return None
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return Photo(path, name)

"""Files named on the command line."""

from collections.abc import Iterable
from pathlib import Path

from bot.process import CannotStart


def require_files(files: Iterable[Path]) -> None:
    """Raises CannotStart naming those that are not there."""
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        raise CannotStart(f"Немає файла: {', '.join(missing)}")

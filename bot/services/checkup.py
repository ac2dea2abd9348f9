"""Is the installation in order: the database and the pictures, each answered with what was found."""

from pathlib import Path

from bot.db import schema
from bot.process import CannotStart


async def database(database_url: str) -> str:
    """The revision it is at. Raises CannotStart."""
    at = await schema.standing(database_url)
    if at != schema.newest():
        raise CannotStart(f"схема {at or 'порожня'}, потрібна {schema.newest()}: виконайте main.py migrate")
    return f"схема {at}"


async def pictures(folder: Path) -> str:
    """Raises CannotStart."""
    if not folder.is_dir():  # noqa: ASYNC240 once, before anything else runs
        raise CannotStart(f"немає теки {folder}: картки будуть без фото, задайте MEDIA_DIR")
    return str(folder)

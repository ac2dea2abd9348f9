"""Files that are kept for years: each once, found by its SHA-256, never written over."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Container
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.envelope import FileMark

_SHA = re.compile(r"[0-9a-f]{64}")
_PIECE = 1024 * 1024
FRESH = timedelta(days=1)
"""A file this young may belong to a transaction that is still under way."""


class KeptFiles:
    """A folder closed to others. Keeping is slow (it waits for the disk): not on the event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source: Path, name: str) -> FileMark:
        """A copy that outlives a loss of power; the same content twice is kept once. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        landing = self._folder / f".{secrets.token_hex(8)}"
        digest, size = hashlib.sha256(), 0
        try:
            with source.open("rb") as read, landing.open("xb") as written:
                while piece := read.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    written.write(piece)
                written.flush()
                os.fsync(written.fileno())
            target = self._place(digest.hexdigest())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            landing.replace(target)
        finally:
            landing.unlink(missing_ok=True)
        _settle(target.parent)
        return FileMark(digest.hexdigest(), name, size)

    def find(self, sha256: str) -> Path | None:
        """Where it lies; None for one that is not here."""
        path = self._place(sha256) if _SHA.fullmatch(sha256) else None
        return path if path is not None and path.is_file() else None

    def copy(self, mark: FileMark, folder: Path) -> Path:
        """A copy under its own name in a folder of the caller's. Raises FileNotFoundError."""
        path = self.find(mark.sha256)
        if path is None:
            raise FileNotFoundError(mark.sha256)
        return Path(shutil.copyfile(path, folder / mark.name))

    def tidy(self, needed: Container[str], now: datetime) -> int:
        """Drop what nothing needs and no transaction can be about to; returns how many went."""
        gone = 0
        old = (now - FRESH).timestamp()
        for path in self._folder.glob("*/*") if self._folder.is_dir() else ():
            if path.name not in needed and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _settle(folder: Path) -> None:
    """So that the name is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

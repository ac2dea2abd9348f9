"""The files Telegram keeps: uploaded by the bot or sent by people, within a bound of bytes."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.images import picture_size, picture_suffix
from sandbox.telegram.upload import Upload

Json = dict[str, Any]
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
KEPT_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """One kept file; `kind` is photo or document, `size` in pixels for a photo."""

    id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload
    size: tuple[int, int] | None

    def media(self) -> Any:
        """The value of Message.photo or Message.document."""
        common: Json = {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        }
        if self.size is not None:
            return [common | {"width": self.size[0], "height": self.size[1]}]
        return common | {"file_name": self.upload.name, "mime_type": self.upload.mime}

    def as_file(self) -> Json:
        if len(self.upload.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
            "file_path": self.path,
        }


class Files:
    """Kept files by id and by path; the oldest go when the bound is reached."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}
        self._bytes = 0
        self._count = 0

    def keep(self, upload: Upload, kind: str) -> Stored:
        """Raises ApiError 400 for an empty file and for what cannot be a photo."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        size = _photo_size(upload) if kind == "photo" else None
        suffix = picture_suffix(upload.content) if kind == "photo" else _suffix(upload.name)
        prefix = "AgACAgIAAxkB" if kind == "photo" else "BQACAgIAAxkB"
        stored = Stored(
            id=prefix + secrets.token_urlsafe(32),
            unique_id="AQAD" + hashlib.sha256(kind.encode() + upload.content).hexdigest()[:12],
            kind=kind,
            path=f"{kind}s/file_{self._count}{suffix}",
            upload=upload,
            size=size,
        )
        self._count += 1
        self._add(stored)
        return stored

    def by_id(self, file_id: str, kind: str | None = None) -> Stored:
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if kind is not None and stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def by_path(self, path: str) -> Stored | None:
        return self._by_path.get(path)

    def _add(self, stored: Stored) -> None:
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        self._bytes += len(stored.upload.content)
        while self._bytes > KEPT_BYTES:
            oldest = self._by_id.pop(next(iter(self._by_id)))
            del self._by_path[oldest.path]
            self._bytes -= len(oldest.upload.content)


def _photo_size(upload: Upload) -> tuple[int, int]:
    length = len(upload.content)
    if length > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {length} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if min(size) < 1 or width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _suffix(name: str) -> str:
    dot, suffix = name[-12:].rpartition(".")[1:]
    return f".{suffix}" if dot and suffix.isalnum() and suffix.isascii() else ""

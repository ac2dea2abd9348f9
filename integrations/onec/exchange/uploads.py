"""The files of one dialogue on the disk: parts put together, archives unpacked, names kept inside the folder."""

import hashlib
import re
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from bot.domain.pricelist import BrokenPriceList
from integrations.onec.commerceml.sources import checked
from integrations.onec.exchange import words
from integrations.onec.exchange.whole import (
    begins_document,
    is_archive,
    is_finished_archive,
    is_finished_document,
    says_whole,
)

FILES = 50_000
_REPEATS_FROM = 1024
"""Equal neighbours among shorter parts may be two parts of a file that repeats itself."""
_COPY = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f:*?\"<>|]")
_FAMILY = re.compile(r"[a-zа-яіїєґ]+")


class UploadRefused(Exception):
    """{text}: in words for 1C's log."""


class Named(NamedTuple):
    """A file as it is now; `stamp` grows with every change of it."""

    name: str
    stamp: int
    path: Path


class Upload:
    """Not safe for two threads at once: the session lets one request in at a time."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self._files = folder / "files"
        self._limit = limit
        self._total = 0
        self._sizes: dict[str, int] = {}
        self._stamps: dict[str, int] = {}
        self._stamp = 0
        self._last: dict[str, tuple[int, bytes]] = {}
        folder.mkdir(parents=True)
        self._files.mkdir()

    def incoming(self) -> Path:
        """Where a part is written while it comes."""
        self._stamp += 1
        return self.folder / f"incoming-{self._stamp}"

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, filename: str, part: Path) -> str:
        """Put a part that came whole to the end of its file, and return the file's name here. Raises UploadRefused.

        What begins a document begins the file anew, and so does anything after a finished archive; the very same
        part once more is a repeat of a request whose answer got lost.
        """
        name, size = safe_name(filename), part.stat().st_size
        if not size:
            raise UploadRefused(words.EMPTY_PART)
        digest = _digest(part)
        target = self._files / name
        known = name in self._sizes
        repeated = self._last.get(name) == (size, digest)
        if known and repeated and (size >= _REPEATS_FROM or begins_document(part)):
            return name
        anew = not known or begins_document(part) or is_finished_archive(target)
        self._require_room(name, size + (0 if anew else self._sizes[name]))
        target.parent.mkdir(parents=True, exist_ok=True)
        if anew:
            part.replace(target)
        else:
            with part.open("rb") as source, target.open("ab") as file:
                shutil.copyfileobj(source, file, _COPY)
        self._changed(name, target.stat().st_size)
        self._last[name] = (size, digest)
        return name

    def finished_documents(self, name: str) -> list[Named]:
        """The XML of a file that came to its end, or of a whole archive; none while more is to come."""
        path = self._files / name
        if name in self._sizes and is_archive(path):
            unpacked = self._unpack(name) if is_finished_archive(path) else []
            return [self._named(inside) for inside in unpacked if inside.lower().endswith(".xml")]
        return [self._named(name)] if name in self._sizes and is_finished_document(path) else []

    def named(self, filename: str) -> Named:
        """The file that an import names, unpacked if need be. Raises UploadRefused."""
        name = safe_name(filename)
        for archive in [known for known in self._sizes if is_archive(self._files / known)]:
            self._unpack(archive)
        if name not in self._sizes:
            base = PurePosixPath(name).name
            same = [known for known in self._sizes if PurePosixPath(known).name == base]
            if len(same) != 1:
                raise UploadRefused(words.NO_FILE.format(name=base))
            name = same[0]
        return self._named(name)

    def together(self, file: Named) -> list[Named]:
        """The file with those that are whole only with it: parts of one complete catalogue, or of complete offers.

        Taken apart, each part would switch off what the others name.
        """
        family = _family(file.name)
        if not family or not says_whole(file.path):
            return [file]
        alike = [name for name in self._sizes if name != file.name and _family(name) == family]
        whole = [one for one in map(self._named, alike) if says_whole(one.path)]
        return sorted([file, *whole], key=lambda one: one.stamp)

    def _unpack(self, name: str) -> list[str]:
        """Everything inside goes beside the archive, and the archive goes."""
        archive = self._files / name
        if not is_finished_archive(archive):
            raise UploadRefused(words.HALF_ARCHIVE.format(name=PurePosixPath(name).name))
        own = self.folder / "archive"
        archive.replace(own)
        self._total -= self._sizes.pop(name)
        del self._stamps[name]
        self._last.pop(name, None)
        try:
            with zipfile.ZipFile(own) as opened:
                members = checked(PurePosixPath(name).name, opened.infolist())
                return [self._extract(opened, member) for member in members]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise BrokenPriceList(PurePosixPath(name).name, "broken_archive", detail=str(error)[:100]) from error
        finally:
            own.unlink(missing_ok=True)

    def _extract(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
        name, size = safe_name(member.filename), 0
        target = self._files / name
        self._require_room(name, member.file_size)
        target.parent.mkdir(parents=True, exist_ok=True)
        half = self.incoming()
        with archive.open(member) as source, half.open("wb") as file:
            while chunk := source.read(_COPY):
                size += len(chunk)
                self._require_room(name, size)
                file.write(chunk)
        half.replace(target)
        self._changed(name, size)
        return name

    def _require_room(self, name: str, size: int) -> None:
        if self._total - self._sizes.get(name, 0) + size > self._limit:
            raise UploadRefused(words.UPLOAD_TOO_LARGE.format(limit=self._limit))
        if len(self._sizes) >= FILES and name not in self._sizes:
            raise UploadRefused(words.TOO_MANY_FILES)

    def _changed(self, name: str, size: int) -> None:
        self._stamp += 1
        self._total += size - self._sizes.get(name, 0)
        self._sizes[name], self._stamps[name] = size, self._stamp

    def _named(self, name: str) -> Named:
        return Named(name, self._stamps[name], self._files / name)


def safe_name(filename: str) -> str:
    """A relative path that stays inside; of an absolute one only the last name. Raises UploadRefused."""
    plain = filename.strip().replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        plain = plain.rpartition("/")[2].rpartition(":")[2]
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    fits = len(parts) <= 8 and all(len(part.encode(errors="replace")) <= 200 for part in parts)
    if not parts or ".." in parts or not fits or any(_FORBIDDEN.search(part) for part in parts):
        raise UploadRefused(words.BAD_NAME if filename.strip() else words.NO_NAME)
    return "/".join(parts)


def _family(name: str) -> str:
    """`import0_1.xml` and `goods/2/import___….xml` are of one family."""
    beginning = _FAMILY.match(PurePosixPath(name).name.lower())
    return beginning.group() if beginning else ""


def _digest(part: Path) -> bytes:
    with part.open("rb") as file:
        return _hash(file)


def _hash(file: IO[bytes]) -> bytes:
    digest = hashlib.sha256()
    while chunk := file.read(_COPY):
        digest.update(chunk)
    return digest.digest()

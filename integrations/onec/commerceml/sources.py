"""The files of a CommerceML set, plain or in an archive; nothing is ever unpacked to the disk."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from bot.domain.pricelist import BrokenPriceList

MEMBERS = 50_000
MEMBER_BYTES = 2 * 1024**3
TOTAL_BYTES = 4 * 1024**3
RATIO = 200
RATIO_MATTERS_FROM = 1024**2
_DRIVE = re.compile(r"[A-Za-z]:")
_XML_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<|^\xff\xfe<|^\xfe\xff\x00<")


class Source(NamedTuple):
    """One XML document: its name for people, its size in bytes, and how to open it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def looks_like(path: Path) -> bool:
    """Whether the file is XML, or an archive of XML rather than a workbook, judged by its content."""
    if path.is_dir():
        return True
    with path.open("rb") as file:
        head = file.read(64)
    if not head.startswith(b"PK"):
        return bool(_XML_START.match(head))
    with _zip(path) as archive:
        return "[Content_Types].xml" not in archive.namelist()


@contextmanager
def opened(paths: Sequence[Path]) -> Iterator[list[Source]]:
    """The documents of files, archives and folders, in the order given; the archives are shut at the end."""
    archives: list[zipfile.ZipFile] = []
    try:
        yield [source for path in paths for source in _sources(path, archives)]
    finally:
        for archive in archives:
            archive.close()


def _sources(path: Path, archives: list[zipfile.ZipFile]) -> Iterator[Source]:
    if path.is_dir():
        for inside in sorted(path.glob("*.xml")):
            yield Source(inside.name, inside.stat().st_size, lambda inside=inside: inside.open("rb"))  # type: ignore[misc]
        return
    with path.open("rb") as file:
        head = file.read(4)
    if not head.startswith(b"PK"):
        yield Source(path.name, path.stat().st_size, lambda: path.open("rb"))
        return
    archive = _zip(path)
    archives.append(archive)
    for info in checked(path.name, archive.infolist()):
        if info.filename.lower().endswith(".xml"):
            yield Source(f"{path.name}/{info.filename}", info.file_size, lambda info=info: archive.open(info))  # type: ignore[misc]


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zlib.error, ValueError) as error:
        raise BrokenPriceList(path.name, "broken_archive") from error


def checked(archive: str, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members, if there is no harm in them. Raises BrokenPriceList."""
    if len(members) > MEMBERS:
        raise BrokenPriceList(archive, "too_many_members", detail=str(len(members)))
    if sum(member.file_size for member in members) > TOTAL_BYTES:
        raise BrokenPriceList(archive, "archive_too_large")
    for member in members:
        _check(archive, member)
    return [member for member in members if not member.is_dir()]


def _check(archive: str, member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in PurePosixPath(name.replace("\\", "/")).parts:
        raise BrokenPriceList(archive, "unsafe_path", detail=name[:200])
    if name.lower().endswith((".zip", ".7z", ".rar", ".gz")):
        raise BrokenPriceList(archive, "nested_archive", detail=name[:200])
    if member.flag_bits & 1:
        raise BrokenPriceList(archive, "encrypted", detail=name[:200])
    inflated = member.file_size > RATIO * max(member.compress_size, 1)
    if member.file_size > MEMBER_BYTES or (member.file_size > RATIO_MATTERS_FROM and inflated):
        raise BrokenPriceList(archive, "archive_bomb", detail=name[:200])

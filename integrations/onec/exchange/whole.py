"""What can be told of a file by its bytes: where a document begins, whether it came to its end, whether it is all."""

import re
from pathlib import Path

_HEAD = 256
_TAIL = 1024
_CHUNK = 1024 * 1024
_EOCD = b"PK\x05\x06"
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|" + "КоммерческаяИнформация".encode() + rb")|\xff\xfe<\x00")
_ENCODINGS = ("utf-8", "windows-1251", "utf-16-le")
_ENDS = tuple("КоммерческаяИнформация>".encode(encoding).rstrip(b"\0") for encoding in _ENCODINGS)
_WHOLE = re.compile(
    b"|".join(
        re.escape("СодержитТолькоИзменения".encode(encoding)) + rb"\s*=\s*[\"'](?:false|0)[\"']"
        for encoding in _ENCODINGS[:2]
    )
)
_OVERLAP = 128


def begins_document(path: Path) -> bool:
    """Whether these bytes can only be the beginning of an XML document."""
    return bool(_BEGINNING.match(_head(path)))


def is_archive(path: Path) -> bool:
    return _head(path).startswith(b"PK\x03\x04")


def is_finished_archive(path: Path) -> bool:
    """Whether the archive's directory is there, and nothing is wanting after it."""
    if not path.exists() or not is_archive(path):
        return False
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - 65_557, 0))
        tail = file.read()
    at = tail.rfind(_EOCD)
    if at < 0 or at + 22 > len(tail):
        return False
    return at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def is_finished_document(path: Path) -> bool:
    """Whether the root was closed."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return file.read().rstrip(b"\0\r\n\t ").endswith(_ENDS)


def says_whole(path: Path) -> bool:
    """Whether a catalogue or a package of offers inside says that it is all there is, and not changes only."""
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if _WHOLE.search(before + chunk):
                return True
            before = chunk[-_OVERLAP:]
    return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)

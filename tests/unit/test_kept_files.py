"""Files that are kept: each once, found by what is in it, and gone only when nothing needs it."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.services.kept_files import KeptFiles

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path / "kept")


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "signed.p7s"
    path.write_bytes(b"signed")
    return path


def test_a_file_is_found_by_what_is_in_it(files: KeptFiles, signed: Path) -> None:
    mark = files.keep(signed, "Д-26-0001.p7s")
    assert (mark.sha256, mark.name, mark.size) == (hashlib.sha256(b"signed").hexdigest(), "Д-26-0001.p7s", 6)
    found = files.find(mark.sha256)
    assert found is not None and found.read_bytes() == b"signed"


def test_the_same_twice_is_kept_once(files: KeptFiles, signed: Path, tmp_path: Path) -> None:
    files.keep(signed, "one.p7s")
    files.keep(signed, "two.p7s")
    assert len([path for path in (tmp_path / "kept").rglob("*") if path.is_file()]) == 1


def test_nobody_else_may_look(files: KeptFiles, signed: Path, tmp_path: Path) -> None:
    files.keep(signed, "one.p7s")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "0" * 64, "G" * 64])
def test_what_was_never_kept_is_not_found(files: KeptFiles, name: str) -> None:
    assert files.find(name) is None


def test_only_old_files_that_nothing_needs_go(files: KeptFiles, tmp_path: Path) -> None:
    marks = []
    for number, age in enumerate((2, 2, 0)):
        path = tmp_path / str(number)
        path.write_text(str(number), "utf-8")
        marks.append(files.keep(path, path.name).sha256)
        kept = files.find(marks[-1])
        assert kept is not None
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(kept, (moment, moment))
    assert files.tidy({marks[0]}, NOW) == 1
    assert [files.find(mark) is not None for mark in marks] == [True, False, True]

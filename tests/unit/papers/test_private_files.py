"""Files for one person: found by their secret alone, for a day, within a bound, and given only to be saved."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.services.private_files import PrivateFiles
from bot.web.files import file_routes
from tests.support.desk import Clock

NAME = "Прайс, п’ятниця.pdf"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


@pytest.fixture
def files(folder: Path, clock: Clock) -> PrivateFiles:
    return PrivateFiles(folder, clock, room=100)


@pytest.fixture
async def http(files: PrivateFiles) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    app = web.Application()
    app.add_routes(file_routes(files))
    async with TestClient(TestServer(app)) as client:
        yield client


def laid(files: PrivateFiles, content: bytes = b"prices", name: str = NAME) -> str:
    token, path = files.place(name)
    path.write_bytes(content)
    return token


def test_a_file_is_found_by_its_token_and_its_name_alone(files: PrivateFiles, folder: Path) -> None:
    token = laid(files)
    (folder / "other.pdf").write_bytes(b"other")
    assert files.find(token, NAME) == folder / token / NAME
    wrong = (
        (token, "інша.pdf"),
        (token, f"../{token}/{NAME}"),
        (token, ".."),
        (token, ""),
        (token, "a\0.pdf"),
        (token, "a" * 300),
        (token.replace(".", ".1"), NAME),
        (token[:-1], NAME),
        (f"x{token[1:]}", NAME),
        (".", "other.pdf"),
        ("..", NAME),
        ("", NAME),
    )
    assert [pair for pair in wrong if files.find(*pair)] == []


def test_no_two_tokens_are_alike_and_a_folder_is_closed_to_others(files: PrivateFiles, folder: Path) -> None:
    tokens = {files.place(NAME)[0] for _ in range(50)}
    assert len(tokens) == 50
    assert {folder.joinpath(token).stat().st_mode & 0o777 for token in tokens} == {0o700}


def test_a_file_lives_for_a_day_and_is_then_deleted(files: PrivateFiles, folder: Path, clock: Clock) -> None:
    token = laid(files)
    clock.moment += timedelta(hours=24, seconds=-1)
    assert files.find(token, NAME) is not None
    assert files.tidy() == 0
    clock.moment += timedelta(seconds=1)
    assert files.find(token, NAME) is None
    assert files.tidy() == 1
    assert list(folder.iterdir()) == []


def test_the_oldest_go_before_their_time_where_there_is_too_much(files: PrivateFiles, clock: Clock) -> None:
    tokens = []
    for _ in range(4):
        tokens.append(laid(files, b"x" * 40))
        clock.moment += timedelta(minutes=1)
    assert files.tidy() == 2
    assert [files.find(token, NAME) is not None for token in tokens] == [False, False, True, True]


def test_what_is_not_ours_in_the_folder_is_left_alone(files: PrivateFiles, folder: Path) -> None:
    (folder / "notes.txt").write_text("notes")
    (folder / "somebody").mkdir()
    assert files.tidy() == 0
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "somebody"]


async def test_a_file_is_given_to_be_saved_and_never_to_be_shown(
    http: TestClient,  # type: ignore[type-arg]
    files: PrivateFiles,
) -> None:
    answer = await http.get(URL(f"/files/{laid(files)}/{quote(NAME)}", encoded=True))
    assert (answer.status, await answer.read()) == (200, b"prices")
    said = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert said == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(NAME, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


async def test_a_page_is_given_as_bytes(http: TestClient, files: PrivateFiles) -> None:  # type: ignore[type-arg]
    answer = await http.get(f"/files/{laid(files, b'<script>', 'a.html')}/a.html")
    assert (answer.content_type, answer.headers["Content-Disposition"][:10]) == (
        "application/octet-stream",
        "attachment",
    )


@pytest.mark.parametrize(
    "path",
    ["", "{token}", "{token}/", "{token}/..%2F{token}%2Fa.pdf", "{token}/%00", "..%2F..%2Fetc/passwd", "{other}/a.pdf"],
)
async def test_nothing_is_listed_or_reached_besides(
    http: TestClient,  # type: ignore[type-arg]
    files: PrivateFiles,
    path: str,
) -> None:
    token = laid(files, name="a.pdf")
    other = "A" * 43 + token[43:]
    answer = await http.get(URL(f"/files/{path.format(token=token, other=other)}", encoded=True))
    assert answer.status == 404


def test_a_link_out_of_the_folder_is_not_made_by_a_name(files: PrivateFiles, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"secret")
    token = laid(files)
    assert files.find(token, os.path.relpath(secret, folder / token)) is None

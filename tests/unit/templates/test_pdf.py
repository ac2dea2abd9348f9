"""LibreOffice, played by a script: what is made, what goes wrong, and what is left behind."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.domain.errors import Unavailable
from integrations.libreoffice import LibreOffice

GOOD = """
for last; do :; done
mkdir -p out
printf "%%PDF-1.7 %s" "$(basename "$last")" > "out/$(basename "$last" .docx).pdf"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "договір 15.docx"
    path.write_bytes(b"PK")
    return path


def office(tmp_path: Path, script: str, seconds: float = 60) -> LibreOffice:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return LibreOffice(str(program), seconds=seconds)


async def refusal(converter: LibreOffice, source: Path, target: Path) -> str:
    with pytest.raises(Unavailable) as told:
        await converter.convert(source, target)
    assert list(target.parent.glob("*.pdf")) == []
    return str(told.value.code)


async def test_a_document_becomes_pdf(tmp_path: Path, source: Path) -> None:
    await office(tmp_path, GOOD).convert(source, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_text() == "%PDF-1.7 договір 15.docx"


async def test_it_is_told_to_convert_without_a_window_in_a_profile_of_its_own(tmp_path: Path, source: Path) -> None:
    said = f'printf "%s\\n" "$@" > {tmp_path}/said; pwd > {tmp_path}/where\n{GOOD}'
    await office(tmp_path, said).convert(source, tmp_path / "a.pdf")
    folder = (tmp_path / "where").read_text().strip()
    assert (tmp_path / "said").read_text().splitlines() == [
        f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", f"{folder}/out", str(source),
    ]  # fmt: skip
    assert list(Path(folder).parent.glob(Path(folder).name)) == []


async def test_without_a_program_it_says_so(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    converter = LibreOffice()
    assert not converter.available
    assert await refusal(converter, source, tmp_path / "a.pdf") == "absent"


async def test_a_program_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, GOOD)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert LibreOffice().available


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'mkdir out; echo html > "out/договір 15.pdf"'])
async def test_a_failure_is_told(tmp_path: Path, source: Path, script: str) -> None:
    assert await refusal(office(tmp_path, script), source, tmp_path / "a.pdf") == "failed"


async def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, source: Path) -> None:
    assert await refusal(LibreOffice(str(tmp_path / "none")), source, tmp_path / "a.pdf") == "failed"


async def test_it_may_not_take_for_ever(tmp_path: Path, source: Path) -> None:
    assert await refusal(office(tmp_path, "sleep 600", seconds=0.2), source, tmp_path / "a.pdf") == "timeout"


async def test_it_ends_with_its_children(tmp_path: Path, source: Path) -> None:
    """The child holds the other end of a pipe: the end of the pipe is the end of the child."""
    os.mkfifo(tmp_path / "alive")
    converting = asyncio.create_task(
        office(tmp_path, f"sleep 600 > {tmp_path}/alive & wait").convert(source, tmp_path / "a.pdf")
    )
    pipe = await asyncio.to_thread((tmp_path / "alive").open, "rb")
    converting.cancel()
    assert await asyncio.to_thread(pipe.read) == b""
    pipe.close()
    with pytest.raises(asyncio.CancelledError):
        await converting


async def test_two_wait_for_each_other(tmp_path: Path, source: Path) -> None:
    alone = f"mkdir {tmp_path}/busy || exit 1\n{GOOD}\nrmdir {tmp_path}/busy"
    converter = office(tmp_path, alone)
    await asyncio.gather(*(converter.convert(source, tmp_path / f"{n}.pdf") for n in range(4)))
    assert [(tmp_path / f"{n}.pdf").exists() for n in range(4)] == [True] * 4

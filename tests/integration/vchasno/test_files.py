"""The files of a signed document, whole or not at all."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Rejected, Unavailable
from bot.ports import SignedFiles
from integrations.vchasno import Vchasno
from tests.integration.vchasno.double import DROPS, REF, Says, Service, document, opened, refuses

READ = f"GET documents/{REF}"
PDF, P7S = b"%PDF-1.7 contract", b"\x30\x82\x01\x00container"
KINDS = ("original", "p7s", "archive", "pdf/print")


def packed() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../договір.pdf", PDF)
    return content.getvalue()


def raw(body: bytes) -> Says:
    return Says(body, kind="application/octet-stream")


def holds(service: Service, **changes: Says) -> None:
    given = {"original": raw(PDF), "p7s": raw(P7S), "archive": raw(packed()), "print": raw(b"%PDF-1.4 printed")}
    service.says(READ, document(status=7008))
    for kind in KINDS:
        service.says(f"GET documents/{REF}/{kind}", (given | changes)[kind.rpartition("/")[2]])


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


async def test_all_four_come_into_the_folder_bit_by_bit(service: Service, signing: Vchasno, tmp_path: Path) -> None:
    big = PDF + bytes(range(256)) * 4096
    holds(service, original=raw(big))
    brought = await signing.files(REF, tmp_path)
    assert brought == SignedFiles(
        tmp_path / "original.pdf", tmp_path / "signatures.p7s", tmp_path / "archive.zip", tmp_path / "printable.pdf"
    )
    found = kept(tmp_path)
    assert sorted(found) == ["archive.zip", "original.pdf", "printable.pdf", "signatures.p7s"]
    assert hashlib.sha256(found["original.pdf"]).digest() == hashlib.sha256(big).digest()
    assert (found["signatures.p7s"], found["archive.zip"][:2]) == (P7S, b"PK")


@pytest.mark.parametrize(
    ("extension", "name"),
    [(".PDF", "original.pdf"), ("docx", "original.docx"), ("", "original.bin"), ("/../../etc", "original.bin")],
)
async def test_the_original_keeps_a_harmless_ending(
    service: Service, signing: Vchasno, tmp_path: Path, extension: str, name: str
) -> None:
    holds(service)
    service.says(READ, document(extension=extension))
    assert (await signing.files(REF, tmp_path)).original == tmp_path / name


async def test_what_the_service_does_not_give_is_left_out(service: Service, signing: Vchasno, tmp_path: Path) -> None:
    holds(service, p7s=refuses(404), archive=refuses(400, "invalid_request"), print=refuses(409))
    brought = await signing.files(REF, tmp_path)
    assert (brought.container, brought.archive, brought.printable) == (None, None, None)
    assert sorted(kept(tmp_path)) == ["original.pdf"]


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"original": refuses(404)}, Rejected, "not_found"),
        ({"p7s": refuses(403, "login_required")}, Rejected, "login_required"),
        ({"archive": refuses(500)}, Unavailable, "http 500"),
        ({"p7s": raw(b"<html>")}, Unavailable, "broken answer"),
        ({"archive": raw(b"")}, Unavailable, "broken answer"),
        ({"print": raw(b"%PD")}, Unavailable, "broken answer"),
        ({"original": raw(b"")}, Unavailable, "broken answer"),
    ],
)
async def test_what_is_broken_or_refused_is_said_and_leaves_no_half_of_a_file(
    service: Service, signing: Vchasno, tmp_path: Path, changes: dict[str, Says], error: Any, code: str
) -> None:
    holds(service, **changes)
    with pytest.raises(error) as raised:
        await signing.files(REF, tmp_path)
    assert raised.value.code == code
    assert not [name for name in kept(tmp_path) if name.endswith(".part")]


async def test_a_line_that_breaks_is_tried_again(service: Service, signing: Vchasno, tmp_path: Path) -> None:
    holds(service)
    service.says(f"GET documents/{REF}/original", DROPS, raw(PDF))
    await signing.files(REF, tmp_path)
    assert kept(tmp_path)["original.pdf"] == PDF


async def test_an_original_that_is_too_large_is_not_taken(tmp_path: Path) -> None:
    async with opened(limits={"original": 10}) as sides:
        holds(sides.service)
        with pytest.raises(Rejected, match="too_large"):
            await sides.signing.files(REF, tmp_path)
    assert kept(tmp_path) == {}


async def test_what_is_too_large_beside_it_is_left_out(tmp_path: Path) -> None:
    async with opened(limits={"archive": 10}) as sides:
        holds(sides.service)
        assert (await sides.signing.files(REF, tmp_path)).archive is None
    assert sorted(kept(tmp_path)) == ["original.pdf", "printable.pdf", "signatures.p7s"]

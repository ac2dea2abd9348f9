"""The files of a signed document, brought into a folder of ours piece by piece."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import Rejected, Unavailable
from bot.logs import log
from bot.ports import SignedFiles
from integrations.vchasno.client import Query, VchasnoClient
from integrations.vchasno.codes import SYSTEM
from integrations.vchasno.models import Document

TOO_LARGE = "too_large"
_MEGABYTE = 1024 * 1024
_EXTENSION = re.compile(r"[0-9a-z]{1,8}", re.ASCII)

_log = log("integrations.vchasno")


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked for, how much of it is taken, and how it begins."""

    path: str
    limit: int
    magic: bytes = b""
    query: Query = field(default_factory=dict)


ORIGINAL = Kind("original", 32 * _MEGABYTE)
CONTAINER = Kind("p7s", 64 * _MEGABYTE, b"\x30")
ARCHIVE = Kind("archive", 128 * _MEGABYTE, b"PK", {"with_instruction": 1})
PRINTABLE = Kind("pdf/print", 64 * _MEGABYTE, b"%PDF")


async def bring(client: VchasnoClient, document: Document, folder: Path, limits: Mapping[str, int]) -> SignedFiles:
    """The original always, the others where the service gives them and they are not too large; never unpacked.

    `limits` are bytes by kind, over the usual ones.
    """
    extension = document.extension.lower().lstrip(".")
    name = f"original.{extension if _EXTENSION.fullmatch(extension) else 'bin'}"
    await _bring(client, document.id, ORIGINAL, folder / name, limits)
    return SignedFiles(
        original=folder / name,
        container=await _if_given(client, document.id, CONTAINER, folder / "signatures.p7s", limits),
        archive=await _if_given(client, document.id, ARCHIVE, folder / "archive.zip", limits),
        printable=await _if_given(client, document.id, PRINTABLE, folder / "printable.pdf", limits),
    )


async def _if_given(
    client: VchasnoClient, ref: str, kind: Kind, target: Path, limits: Mapping[str, int]
) -> Path | None:
    try:
        await _bring(client, ref, kind, target, limits)
    except Rejected as error:
        if error.of_system:
            raise
        _log.warning("vchasno does not give a file", document=ref, file=kind.path, code=error.code)
        return None
    return target


async def _bring(client: VchasnoClient, ref: str, kind: Kind, target: Path, limits: Mapping[str, int]) -> None:
    """Under its own name only when it is whole."""
    part = target.with_name(f"{target.name}.part")
    try:
        await _write(client, ref, kind, part, limits.get(kind.path, kind.limit))
        await asyncio.to_thread(part.replace, target)
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)


async def _write(client: VchasnoClient, ref: str, kind: Kind, part: Path, limit: int) -> None:
    written, begins = 0, b""
    file = await asyncio.to_thread(part.open, "wb")
    try:
        async with client.download(ref, kind.path, kind.query) as pieces:
            async for piece in pieces:
                written += len(piece)
                if written > limit:
                    raise Rejected(SYSTEM, kind.path, TOO_LARGE)
                begins = (begins + piece)[: len(kind.magic)]
                await asyncio.to_thread(file.write, piece)
    finally:
        await asyncio.to_thread(file.close)
    if not written or begins != kind.magic:
        raise Unavailable(SYSTEM, kind.path, "broken answer")

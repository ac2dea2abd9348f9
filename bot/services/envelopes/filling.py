"""An envelope is filled: its document is drawn from the template and the client's card, and goes to the lawyers."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.envelope import EnvelopeRules, EnvelopeView, FileMark, Happening, Stage
from bot.domain.job import Run
from bot.domain.signing import Recipient
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.envelopes.steps import told_lawyers, told_staff
from bot.services.kept_files import KeptFiles


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of filling. With `lacks`, in words of the template, there is no file."""

    file: Path | None = None
    source: Path | None = None
    """The DOCX that the file was drawn of, where the file is a PDF."""
    template: str = ""
    recipient: Recipient | None = None
    lacks: tuple[str, ...] = ()


class Filler(Protocol):
    """Draws a document of a kind for a client."""

    async def fill(self, envelope: EnvelopeView, folder: Path) -> Filled:
        """Into a folder of the caller's. Raises Unavailable where what it needs of 1C cannot be had now."""
        ...


class Filling:
    """The handler of FILL."""

    def __init__(
        self, books: Books, filler: Filler, files: KeptFiles, rules: EnvelopeRules, work: Workdays, now: Clock
    ) -> None:
        self._books = books
        self._filler = filler
        self._files = files
        self._rules = rules
        self._work = work
        self._now = now

    async def fill(self, run: Run) -> None:
        envelope_id = UUID(str(run.job.args["envelope"]))
        envelope = await self._books.read(lambda tx: tx.envelopes.view(envelope_id))
        if envelope is None or envelope.stage is not Stage.FILLING:
            return
        with TemporaryDirectory(prefix="komora-") as folder:
            filled = await self._filler.fill(envelope, Path(folder))
            marks = await asyncio.to_thread(self._kept, filled)
        await self._books.write(self._filled, envelope, filled, *marks)

    def _kept(self, filled: Filled) -> tuple[FileMark | None, FileMark | None]:
        file, source = (
            self._files.keep(path, path.name) if path is not None else None for path in (filled.file, filled.source)
        )
        return file, source

    def _filled(
        self, tx: Tx, envelope: EnvelopeView, filled: Filled, file: FileMark | None, source: FileMark | None
    ) -> None:
        now, version = self._now(), str(envelope.revision)
        if filled.lacks or file is None or filled.recipient is None:
            lacks = "\n".join(filled.lacks)
            if tx.envelopes.move(envelope.id, [Stage.FILLING], Stage.LACKING, now, lacks=lacks):
                tx.envelopes.happened(envelope.id, Happening.LACKED, now, words=", ".join(filled.lacks))
                told_staff(tx, envelope.id, Happening.LACKED, version)
            return
        there = {
            "sha256": file.sha256, "file_name": file.name, "file_size": file.size,
            "source_sha256": source.sha256 if source else "", "source_name": source.name if source else "",
            "source_size": source.size if source else 0, "template": filled.template, "lacks": "", "comment": "",
            "recipient_code": filled.recipient.code, "recipient_email": filled.recipient.email,
            "reviewed_by": "", "reviewed_at": None, "review_due": self._due(now),
        }  # fmt: skip
        if tx.envelopes.move(envelope.id, [Stage.FILLING], Stage.REVIEW, now, **there):
            tx.envelopes.happened(envelope.id, Happening.FILLED, now, words=filled.template)
            told_lawyers(tx, envelope.id, version)

    def _due(self, now: datetime) -> datetime:
        """So many working days from now, at the same hour."""
        local = now.astimezone(KYIV)
        day = self._work.after(local.date(), self._rules.review_days)
        return now + timedelta(days=(day - local.date()).days)

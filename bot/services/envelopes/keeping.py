"""A signed envelope: its files are brought and kept, its container is looked at, and then people are told."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeView, FileMark, FileRole, Happening, Stage
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.signing import Doubt, SignatureContainer, SignatureMark, doubts
from bot.logs import log
from bot.ports import Clock
from bot.ports.signing import ReadContainer, SignedFiles, Signing
from bot.services.envelopes.steps import told_lawyers, told_staff
from bot.services.kept_files import KeptFiles
from bot.services.look_again import look_again
from bot.services.notices import tell_client

NOTHING = SignatureContainer(None, ())
logger = log("envelopes")


class Keeping:
    """The handler of KEEP. `ours` is the wholesaler's own EDRPOU or RNOKPP."""

    def __init__(
        self, books: Books, signing: Signing, read: ReadContainer, files: KeptFiles, ours: str, now: Clock
    ) -> None:
        self._books = books
        self._signing = signing
        self._read = read
        self._files = files
        self._ours = ours
        self._now = now

    async def keep(self, run: Run) -> None:
        """Brought twice it is the same. Raises Unavailable, Rejected."""
        envelope_id = UUID(str(run.job.args["envelope"]))
        envelope = await self._books.read(lambda tx: tx.envelopes.view(envelope_id))
        if envelope is None or envelope.stage is not Stage.SIGNED:
            return
        listed = await self._signing.signatures(envelope.ref)
        with TemporaryDirectory(prefix="komora-") as folder:
            brought = await self._signing.files(envelope.ref, Path(folder))
            looked = await asyncio.to_thread(self._looked, envelope, brought, listed)
        await self._books.write(self._told, envelope, looked)

    def _looked(self, envelope: EnvelopeView, brought: SignedFiles, listed: Sequence[SignatureMark]) -> "_Looked":
        """Compared with what we uploaded, not with what the service gives back as the original."""
        paths = {
            FileRole.ORIGINAL: brought.original, FileRole.CONTAINER: brought.container,
            FileRole.ARCHIVE: brought.archive, FileRole.PRINTABLE: brought.printable,
        }  # fmt: skip
        files = {
            role: self._files.keep(path, f"{envelope.number}{ENDINGS[role] or path.suffix}")
            for role, path in paths.items()
            if path is not None
        }
        container = self._container(envelope, brought.container)
        sent = self._files.find(envelope.file.sha256) if envelope.file else None
        original = sent.read_bytes() if sent else b""
        found = doubts(container, original, self._ours, [envelope.recipient_code], listed)
        if envelope.file and files[FileRole.ORIGINAL].sha256 != envelope.file.sha256:
            found = tuple(dict.fromkeys((*found, Doubt.CONTENT_DIFFERS)))
        return _Looked(files, listed, frozenset(one.serial for one in container.signatures), found)

    def _container(self, envelope: EnvelopeView, path: Path | None) -> SignatureContainer:
        if path is None:
            return NOTHING
        try:
            return self._read(path.read_bytes())
        except ValueError as error:
            logger.warning("a container that cannot be read", envelope=str(envelope.id), kind=type(error).__name__)
            return NOTHING

    def _told(self, tx: Tx, envelope: EnvelopeView, looked: "_Looked") -> None:
        now, before = self._now(), tx.envelopes.view(envelope.id)
        if before is None or before.doubts is not None:
            return
        tx.envelopes.keep(envelope.id, looked.files, looked.listed, looked.contained, now)
        tx.envelopes.note(envelope.id, doubts=" ".join(looked.found))
        tx.envelopes.happened(envelope.id, Happening.LOOKED_AT, now, words=" ".join(looked.found))
        if looked.found:
            told_lawyers(tx, envelope.id, "doubts")
        else:
            settled(tx, envelope, now)


class _Looked(NamedTuple):
    """What came of looking: the files, who signed as listed, the certificates in the container, what does not fit."""

    files: Mapping[FileRole, FileMark]
    listed: Sequence[SignatureMark]
    contained: frozenset[str]
    found: tuple[Doubt, ...]


def settled(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
    """Signed, and taken as signed: the client, the managers and finance hear of it, and the credit gate looks again."""
    notice = Notice(NoticeKind.SIGNED, str(envelope.id))
    tell_client(tx, envelope.client_id, notice, now)
    told_staff(tx, envelope.id, Happening.SIGNED, "", finance=True)
    look_again(tx, f"signed:{envelope.id}", envelope.client_id)


ENDINGS: Mapping[FileRole, str] = {
    FileRole.ORIGINAL: "",
    FileRole.CONTAINER: ".p7s",
    FileRole.ARCHIVE: ".zip",
    FileRole.PRINTABLE: "-print.pdf",
}

"""An approved envelope goes to the service: uploaded once, sent, and taken back where it is wanted no more."""

from pathlib import Path
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeView, Happening, Stage, Trouble
from bot.domain.errors import Rejected
from bot.domain.job import Run
from bot.domain.signing import FirstSigner, Recipient, ServiceDocument, ServiceState
from bot.logs import log
from bot.ports import Clock
from bot.ports.signing import OutgoingDocument, Signing
from bot.services.envelopes.following import Following
from bot.services.envelopes.steps import SEND, job, told_staff
from bot.services.kept_files import KeptFiles

logger = log("envelopes")


class Sending:
    """The handlers of UPLOAD, SEND and TAKE_BACK. Every one looks before it repeats."""

    def __init__(self, books: Books, signing: Signing, following: Following, files: KeptFiles, now: Clock) -> None:
        self._books = books
        self._signing = signing
        self._following = following
        self._files = files
        self._now = now

    async def upload(self, run: Run) -> None:
        """Raises Unavailable, Ambiguous: it comes again, and the adapter looks by our key first."""
        envelope = await self._required(run)
        if envelope is None or envelope.stage is not Stage.APPROVED:
            return
        path = self._files.find(envelope.file.sha256) if envelope.file else None
        if envelope.file is None or path is None:
            await self._books.write(self._troubled, envelope, Trouble.REFUSED, "the file is gone")
            return
        try:
            there = await self._signing.upload(_outgoing(envelope, path))
        except Rejected as error:
            logger.warning("not uploaded", envelope=str(envelope.id), error=str(error))
            await self._books.write(self._troubled, envelope, _trouble(error), str(error.code or ""))
            return
        await self._books.write(self._uploaded, envelope, there)

    def _uploaded(self, tx: Tx, envelope: EnvelopeView, there: ServiceDocument) -> None:
        now = self._now()
        known = {"ref": there.ref, "page": there.page, "said": there.state.value, "said_code": there.code}
        if not tx.envelopes.move(envelope.id, [Stage.APPROVED], Stage.UPLOADED, now, trouble="", **known):
            return
        tx.envelopes.happened(envelope.id, Happening.UPLOADED, now, words=there.ref)
        if envelope.first is FirstSigner.RECIPIENT:
            job(tx, SEND, envelope.id, there.ref)
        else:
            told_staff(tx, envelope.id, Happening.UPLOADED, there.ref)

    def _troubled(self, tx: Tx, envelope: EnvelopeView, trouble: Trouble, words: str) -> None:
        now = self._now()
        if tx.envelopes.note_at(envelope.id, [envelope.stage], trouble=trouble.value):
            tx.envelopes.happened(envelope.id, Happening.TROUBLE, now, words=words)
            told_staff(tx, envelope.id, Happening.TROUBLE, now.isoformat())

    async def send(self, run: Run) -> None:
        """Raises Unavailable. What was sent meanwhile, by a person or by a lost call, is only looked at."""
        envelope = await self._required(run)
        if envelope is None or envelope.stage is not Stage.UPLOADED:
            return
        there = await self._signing.look(envelope.ref)
        if there.state in (ServiceState.READY, ServiceState.DRAFT, ServiceState.SIGNING_OWNER):
            try:
                await self._signing.send(envelope.ref)
            except Rejected as error:
                logger.warning("not sent", envelope=str(envelope.id), error=str(error))
                await self._books.write(self._troubled, envelope, _trouble(error), str(error.code or ""))
                return
        await self._following.look_at(envelope.id)

    async def take_back(self, run: Run) -> None:
        """Somebody of the staff wants it no more, or nobody signed in time. Signed meanwhile, it is signed."""
        envelope = await self._required(run)
        if envelope is None or not envelope.ref:
            return
        try:
            await self._signing.withdraw(envelope.ref)
        except Rejected as error:
            logger.warning("not withdrawn", envelope=str(envelope.id), error=str(error))
        await self._following.look_at(envelope.id)

    async def _required(self, run: Run) -> EnvelopeView | None:
        envelope_id = UUID(str(run.job.args["envelope"]))
        return await self._books.read(lambda tx: tx.envelopes.view(envelope_id))


def _outgoing(envelope: EnvelopeView, path: Path) -> OutgoingDocument:
    assert envelope.file is not None
    return OutgoingDocument(
        key=str(envelope.id), kind=envelope.kind, title=envelope.file.name.rsplit(".", 1)[0], number=envelope.number,
        dated=envelope.dated, file=path, name=envelope.file.name,
        recipient=Recipient(envelope.recipient_code, envelope.recipient_email), first=envelope.first,
    )  # fmt: skip


def _trouble(error: Rejected) -> Trouble:
    if error.code == "bad_recipient":
        return Trouble.RECIPIENT
    try:
        return Trouble(str(error.code))
    except ValueError:
        return Trouble.REFUSED

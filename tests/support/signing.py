"""A service of signatures in memory: documents by our key, and what happens to them as the test says."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.domain.envelope import EnvelopeView
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.signing import (
    Allowance,
    ContainedSignature,
    Recipient,
    ServiceDocument,
    ServiceState,
    SignatureContainer,
    SignatureMark,
)
from bot.ports.signing import OutgoingDocument, SignedFiles
from bot.services.envelopes import Filled

OURS, OUR_SERIAL, THEIR_SERIAL = "32855961", "0A01", "0B02"
CODES: Mapping[ServiceState, str] = {
    ServiceState.READY: "7001",
    ServiceState.SENT: "7002",
    ServiceState.SIGNING_OWNER: "7003",
    ServiceState.WAITING_CLIENT: "7004",
    ServiceState.REJECTED: "7006",
    ServiceState.SIGNING_CLIENT: "7007",
    ServiceState.SIGNED: "7008",
    ServiceState.ANNULLED: "7011",
    ServiceState.UNKNOWN: "7009",
}
RECIPIENT = Recipient("40123456", "director@ranok.example")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Notary:
    """Implements bot.ports.Signing, and reads its own containers; `silent` makes it unavailable."""

    system = "signing"

    def __init__(self) -> None:
        self.documents: dict[str, OutgoingDocument] = {}
        self.states_: dict[str, ServiceState] = {}
        self.contents: dict[str, bytes] = {}
        self.words: dict[str, str] = {}
        self.uploads = 0
        self.sent: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.silent = False
        self.refuses: str | None = None
        self.loses: Literal["before", "after"] | None = None
        self.tariff = Allowance("test", None, None)
        self.companies: set[str] = set()
        """Codes that are registered there."""
        self.asked: list[str] = []
        self.signed_by: list[str] = []
        """Codes in the container; empty: ours and the recipient's."""

    def _answers(self, operation: str) -> None:
        if self.silent:
            raise Unavailable("signing", operation)
        if self.refuses:
            raise Rejected("signing", operation, self.refuses)

    def say(self, ref: str, state: ServiceState, words: str = "") -> None:
        """What the service says of it from now on."""
        self.states_[ref] = state
        self.words[ref] = words

    async def ping(self) -> None:
        self._answers("ping")

    async def check(self) -> str:
        return "in memory"

    async def allowance(self) -> Allowance:
        return self.tariff

    async def registered(self, code: str) -> bool:
        self._answers("registered")
        self.asked.append(code)
        return code in self.companies

    async def upload(self, document: OutgoingDocument) -> ServiceDocument:
        self._answers("upload")
        if self.loses == "before":
            raise Ambiguous("signing", "upload")
        ref = f"doc-{document.key}"
        if ref not in self.documents:
            self.uploads += 1
            self.documents[ref] = document
            self.contents[ref] = document.file.read_bytes()
            self.states_[ref] = ServiceState.READY
        if self.loses == "after":
            raise Ambiguous("signing", "upload")
        return self._document(ref)

    async def send(self, ref: str) -> None:
        self._answers("send")
        self.sent.append(ref)
        to = {ServiceState.READY: ServiceState.SENT, ServiceState.SIGNING_OWNER: ServiceState.WAITING_CLIENT}
        self.states_[ref] = to.get(self.states_[ref], self.states_[ref])

    async def sign_link(self, ref: str, code: str, email: str, back: str = "") -> str:
        self._answers("sign_link")
        self.links.append((ref, code))
        return f"https://signing.example/session/{len(self.links)}"

    async def look(self, ref: str) -> ServiceDocument:
        self._answers("look")
        return self._document(ref)

    async def states(self, refs: Sequence[str]) -> Mapping[str, ServiceDocument]:
        self._answers("states")
        return {ref: self._document(ref) for ref in refs if ref in self.documents}

    async def changed(self, since: datetime, until: datetime) -> AsyncIterator[Sequence[ServiceDocument]]:
        self._answers("changed")
        yield [self._document(ref) for ref in self.documents]

    async def signatures(self, ref: str) -> Sequence[SignatureMark]:
        self._answers("signatures")
        code = self.documents[ref].recipient.code
        return [
            SignatureMark(code, "ТОВ «Ранок»", "Іваненко Іван", "Директор", THEIR_SERIAL, AT),
            SignatureMark(OURS, "ТОВ «ГастроОпт»", "Петренко Петро", "Директор", OUR_SERIAL, AT, ours=True),
        ]

    async def rejection(self, ref: str) -> str:
        return self.words.get(ref, "")

    async def files(self, ref: str, folder: Path) -> SignedFiles:
        self._answers("files")
        original, container, archive = folder / "original.pdf", folder / "signed.p7s", folder / "archive.zip"
        original.write_bytes(self.contents[ref])
        container.write_bytes(b"p7s:" + ref.encode())
        archive.write_bytes(b"zip")
        return SignedFiles(original, container, archive)

    async def withdraw(self, ref: str) -> None:
        self._answers("withdraw")
        if self.states_[ref] is ServiceState.SIGNED:
            raise Rejected("signing", "withdraw", "signed")
        self.states_[ref] = ServiceState.GONE

    def read(self, data: bytes) -> SignatureContainer:
        """bot.ports.ReadContainer for what `files` gives out."""
        if not data.startswith(b"p7s:"):
            raise ValueError("no container")
        ref = data[4:].decode()
        codes = self.signed_by or [self.documents[ref].recipient.code, OURS]
        serials = (THEIR_SERIAL, OUR_SERIAL)
        return SignatureContainer(
            self.contents[ref],
            tuple(ContainedSignature((code,), "", "", serial, AT) for code, serial in zip(codes, serials, strict=True)),
        )

    def _document(self, ref: str) -> ServiceDocument:
        state = self.states_[ref]
        document = self.documents[ref]
        return ServiceDocument(
            ref, state, CODES.get(state, state.value), document.key, (document.recipient,),
            page=f"https://signing.example/{ref}",
        )  # fmt: skip


class Filler:
    """Writes the number of the document; `lacks` is what the client's card has not."""

    def __init__(self) -> None:
        self.lacks: tuple[str, ...] = ()

    async def fill(self, envelope: EnvelopeView, folder: Path) -> Filled:
        if self.lacks:
            return Filled(lacks=self.lacks)
        file = folder / f"Договір {envelope.number}.pdf"
        file.write_text(f"{envelope.number} v{envelope.revision}", "utf-8")
        return Filled(file, None, "supply 1", RECIPIENT)

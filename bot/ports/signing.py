"""The service in which documents are signed, as the application needs it, and the files that go there and come back."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bot.domain.money import Money
from bot.domain.signing import (
    Allowance,
    DocumentKind,
    FirstSigner,
    Recipient,
    ServiceDocument,
    SignatureContainer,
    SignatureMark,
)

ReadContainer = Callable[[bytes], SignatureContainer]
"""Reads a signature's container (CAdES, DER), national algorithms with the rest. Raises ValueError."""


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """A document to be signed. `key` is our own id, by which it is found again after a lost answer."""

    key: str
    kind: DocumentKind
    title: str
    number: str
    dated: date
    file: Path
    name: str
    """What the file is called, with its ending."""
    recipient: Recipient
    first: FirstSigner = FirstSigner.RECIPIENT
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class SignedFiles:
    """What is kept of a signed document, as files in a folder of ours."""

    original: Path
    container: Path | None
    archive: Path | None
    printable: Path | None = None


class Signing(Protocol):
    """A service in which documents are signed. Every call raises Unavailable or Rejected, whose code says in the
    service's own word what staff can mend (a token that has ended, a tariff that is missing); `upload` and `send`
    raise Ambiguous too, after which the same may be asked for again: it is looked for first."""

    system: str

    async def ping(self) -> None:
        """Returns if the service answers and knows us."""
        ...

    async def check(self) -> str:
        """One line of what is connected, for `main.py check`."""
        ...

    async def allowance(self) -> Allowance:
        """What the tariff still allows."""
        ...

    async def registered(self, code: str) -> bool:
        """Whether a company with this EDRPOU or RNOKPP is in the service."""
        ...

    async def upload(self, document: OutgoingDocument) -> ServiceDocument:
        """Puts a document there once: looks by its key first, and again after a lost answer. Its recipient is read
        back and put right; raises Rejected("wrong_recipient") where the service keeps another, Ambiguous where it is
        not known whether it arrived, and Rejected unasked for what no service would take: "bad_recipient",
        "bad_format", "empty", "too_large"."""
        ...

    async def send(self, ref: str) -> None:
        """Lets it go to the other side; a document that is there already is left as it is."""
        ...

    async def sign_link(self, ref: str, code: str, email: str, back: str = "") -> str:
        """An address at which this signer signs without an account; it is a secret. `back` is where they return to."""
        ...

    async def look(self, ref: str) -> ServiceDocument:
        """The document as it stands, with its recipients; GONE where it is not there."""
        ...

    async def states(self, refs: Sequence[str]) -> Mapping[str, ServiceDocument]:
        """How far these came, however many, by state and code alone; what the service does not name is left out."""
        ...

    def changed(self, since: datetime, until: datetime) -> AsyncIterator[Sequence[ServiceDocument]]:
        """Pages of our documents that changed in the window, and perhaps of some hours around it: the net under the
        poll, to be taken any number of times."""
        ...

    async def signatures(self, ref: str) -> Sequence[SignatureMark]:
        """Who signed, as the service says."""
        ...

    async def rejection(self, ref: str) -> str:
        """The words with which it was rejected; empty if there are none."""
        ...

    async def files(self, ref: str, folder: Path) -> SignedFiles:
        """Brings the original, the container, the archive and a printable copy into a folder that is there; bounded.

        What the service does not give is None. Raises OSError."""
        ...

    async def withdraw(self, ref: str) -> None:
        """Takes a document back; one that is gone already is fine. Raises Rejected("signed") where everybody signed."""
        ...

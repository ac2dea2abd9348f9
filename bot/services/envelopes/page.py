"""The page from which a client goes to sign: opened by a secret address, looked at freely, used by a press."""

from dataclasses import dataclass
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeView, Happening, Stage
from bot.domain.errors import NotFound, OutsideError, Refused
from bot.logs import log
from bot.ports import Clock
from bot.ports.signing import Signing

SIGN = "/sign"
logger = log("envelopes")


@dataclass(frozen=True, slots=True)
class SignView:
    """What the page shows; `waits`: it can be signed now."""

    envelope: EnvelopeView
    payee: str

    @property
    def waits(self) -> bool:
        return self.envelope.stage is Stage.SENT


class SignPage:
    """Whoever has the address may look; only the service knows whether they may sign."""

    def __init__(self, books: Books, signing: Signing | None, now: Clock, *, public_url: str, company: str) -> None:
        self._books = books
        self._signing = signing
        self._now = now
        self._public_url = public_url.rstrip("/")
        self._company = company

    def address(self, envelope: EnvelopeView) -> str | None:
        """Of the page; None where we cannot be reached from outside."""
        return f"{self._public_url}{SIGN}/{envelope.token}" if self._public_url else None

    async def page(self, token: str) -> SignView:
        """Raises NotFound."""
        envelope = await self._books.read(lambda tx: tx.envelopes.named(token))
        if envelope is None:
            raise NotFound("envelope")
        return SignView(envelope, self._company)

    async def go(self, token: str) -> str:
        """The service's own address to sign at, made for this press. Where it makes none, its page of the document.

        Raises NotFound, Refused: not_to_sign, unavailable.
        """
        view = await self.page(token)
        if not view.waits or self._signing is None:
            raise Refused("not_to_sign")
        envelope, back = view.envelope, self.address(view.envelope) or ""
        try:
            address = await self._signing.sign_link(
                envelope.ref, envelope.recipient_code, envelope.recipient_email, back
            )
        except OutsideError as error:
            logger.warning("no link to sign at", envelope=str(envelope.id), error=str(error))
            if not envelope.page:
                raise Refused("unavailable") from error
            address = envelope.page
        await self._books.write(self._went, envelope.id)
        return address

    def _went(self, tx: Tx, envelope_id: UUID) -> None:
        if all(line.what is not Happening.OPENED for line in tx.envelopes.history(envelope_id)):
            tx.envelopes.happened(envelope_id, Happening.OPENED, self._now())

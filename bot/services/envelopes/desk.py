"""What people do with envelopes: ask for one, look, approve or return it, try again, take it back, accept it."""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.desk import Staff
from bot.domain.dialogue import Turn
from bot.domain.dispatch import KYIV
from bot.domain.envelope import (
    Asked,
    Asker,
    EnvelopeRules,
    EnvelopeView,
    Happening,
    Stage,
    Terms,
)
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Queue
from bot.domain.signing import DocumentKind
from bot.ports import Clock
from bot.services.envelopes.access import Folder, folder, require_signer, required_of
from bot.services.envelopes.keeping import settled
from bot.services.envelopes.steps import FILL, SEND, TAKE_BACK, UPLOAD, job, required, told_staff
from bot.services.kept_files import KeptFiles

SHOWN = 10
LONGEST = 1000
NEAR = timedelta(days=90)
BEFORE_SERVICE = (Stage.FILLING, Stage.LACKING, Stage.REVIEW, Stage.RETURNED)
Step = Callable[[Tx, EnvelopeView, datetime], None]


def in_force_until(day: date) -> date:
    """The last day of a contract of this day: the end of the year, or of the next one where that is near."""
    return date((day + NEAR).year, 12, 31)


class EnvelopeDesk:
    """For the client's signers and for staff. Every press looks at how things stand, and pressed twice does no more.

    `on`: a service of signatures is connected, and there are templates to fill. `managers_too`: the lawyers have no
    group, so managers decide.
    """

    def __init__(
        self, books: Books, files: KeptFiles, rules: EnvelopeRules, now: Clock, *, on: bool, managers_too: bool = False
    ) -> None:
        self._books = books
        self._files = files
        self._now = now
        self.rules = rules
        self.on = on
        self.managers_too = managers_too

    # --- asking -------------------------------------------------------------------------------------------------------

    async def ask_as_client(
        self, turn: Turn, buyer: Buyer, person_id: UUID, name: str, kind: DocumentKind, terms: Terms
    ) -> EnvelopeView:
        """The one that is open already, or a new one. Raises Forbidden, Refused: no_signing."""
        asked = Asked(Asker.CLIENT, name, str(person_id))

        def check(tx: Tx) -> None:
            require_signer(tx, buyer, person_id)

        return await self._ask(turn, buyer.id, kind, terms, asked, check)

    async def ask_as_staff(
        self, turn: Turn, client_id: UUID, kind: DocumentKind, terms: Terms, staff: Staff
    ) -> EnvelopeView:
        """The same for a client of theirs. Raises NotFound, Refused: no_signing."""

        def check(tx: Tx) -> None:
            if not tx.clients.names([client_id]):
                raise NotFound("client")

        return await self._ask(turn, client_id, kind, terms, Asked(Asker.STAFF, staff.name, staff.key), check)

    async def _ask(
        self, turn: Turn, client_id: UUID, kind: DocumentKind, terms: Terms, asked: Asked, check: Callable[[Tx], None]
    ) -> EnvelopeView:
        if not self.on:
            raise Refused("no_signing")

        def ask(tx: Tx) -> UUID:
            check(tx)
            return self.asked(tx, client_id, kind, terms, asked)

        def view(tx: Tx) -> EnvelopeView:
            check(tx)
            found = next((one for one in tx.envelopes.of_client(client_id, SHOWN) if one.kind is kind), None)
            if found is None:
                raise Outdated("envelope")
            return found

        return await self._books.apply(turn, ask, view)

    def asked(self, tx: Tx, client_id: UUID, kind: DocumentKind, terms: Terms, asked: Asked) -> UUID:
        """In a transaction of whoever wants one: a rule, or a call from 1C."""
        now = self._now()
        if kind is DocumentKind.CONTRACT and terms.until is None:
            terms = Terms(terms.since, in_force_until(self._today))
        envelope_id, new = tx.envelopes.open(
            client_id, kind, asked, terms, secrets.token_urlsafe(32), self.rules.first, self._today, now
        )
        if new:
            tx.envelopes.happened(envelope_id, Happening.ASKED, now, asked.name)
            job(tx, FILL, envelope_id, "1", queue=Queue.LOCAL)
        return envelope_id

    # --- looking ------------------------------------------------------------------------------------------------------

    async def of_client(self, buyer: Buyer, person_id: UUID) -> Sequence[EnvelopeView]:
        """The last of a client's, the newest first. Raises Forbidden."""

        def read(tx: Tx) -> Sequence[EnvelopeView]:
            require_signer(tx, buyer, person_id)
            return tx.envelopes.of_client(buyer.id, SHOWN)

        return await self._books.read(read)

    async def clients_folder(self, buyer: Buyer, person_id: UUID, envelope_id: UUID) -> Folder:
        """Raises Forbidden, NotFound."""

        def read(tx: Tx) -> Folder:
            required_of(tx, buyer, person_id, envelope_id)
            return folder(tx, envelope_id)

        return await self._books.read(read)

    async def for_staff(self, client_id: UUID) -> Sequence[EnvelopeView]:
        return await self._books.read(lambda tx: tx.envelopes.of_client(client_id, SHOWN))

    async def at(self, stages: Collection[Stage]) -> Sequence[EnvelopeView]:
        """Open ones so far, of all clients, the newest first."""
        return await self._books.read(lambda tx: tx.envelopes.at(stages, SHOWN * 2))

    async def numbered(self, number: str) -> EnvelopeView | None:
        """By the number that people call it by."""
        return await self._books.read(lambda tx: tx.envelopes.numbered(number))

    async def client_name(self, client_id: UUID) -> str:
        """Raises NotFound."""
        names = await self._books.read(lambda tx: tx.clients.names([client_id]))
        if client_id not in names:
            raise NotFound("client")
        return names[client_id]

    async def folder(self, envelope_id: UUID) -> Folder:
        """For staff. Raises NotFound."""
        return await self._books.read(folder, envelope_id)

    @property
    def files(self) -> KeptFiles:
        return self._files

    # --- deciding -----------------------------------------------------------------------------------------------------

    async def approve(self, turn: Turn, envelope_id: UUID, revision: int, staff: Staff) -> Folder:
        """Of two lawyers the first decides, and the other sees it. Raises NotFound, Outdated: another revision."""

        def step(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
            decided = {"reviewed_by": staff.name, "reviewed_at": now, "comment": ""}
            if tx.envelopes.move(envelope_id, [Stage.REVIEW], Stage.APPROVED, now, **decided):
                tx.envelopes.happened(envelope_id, Happening.APPROVED, now, staff.name)
                job(tx, UPLOAD, envelope_id, str(revision))

        return await self._step(turn, envelope_id, step, revision)

    async def return_(self, turn: Turn, envelope_id: UUID, revision: int, staff: Staff, words: str) -> Folder:
        """With a comment, to whoever asked. Raises NotFound, Outdated."""
        words = words.strip()[:LONGEST]

        def step(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
            decided = {"reviewed_by": staff.name, "reviewed_at": now, "comment": words}
            if tx.envelopes.move(envelope_id, [Stage.REVIEW], Stage.RETURNED, now, **decided):
                tx.envelopes.happened(envelope_id, Happening.RETURNED, now, staff.name, words)
                told_staff(tx, envelope_id, Happening.RETURNED, str(revision))

        return await self._step(turn, envelope_id, step, revision)

    async def again(self, turn: Turn, envelope_id: UUID, revision: int, staff: Staff) -> Folder:
        """Filled anew after what was missing or wrong was mended, or tried at the service once more.

        Raises NotFound, Outdated.
        """

        def step(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
            if envelope.stage in (Stage.LACKING, Stage.RETURNED, Stage.REVIEW):
                anew = {"revision": revision + 1, "lacks": "", "trouble": ""}
                if tx.envelopes.move(envelope_id, [envelope.stage], Stage.FILLING, now, **anew):
                    job(tx, FILL, envelope_id, str(revision + 1), queue=Queue.LOCAL)
            elif envelope.trouble is not None and envelope.stage.open:
                tx.envelopes.note(envelope_id, trouble="")
                name = UPLOAD if envelope.stage is Stage.APPROVED else SEND
                job(tx, name, envelope_id, now.isoformat())
            else:
                return
            tx.envelopes.happened(envelope_id, Happening.RETRIED, now, staff.name)

        return await self._step(turn, envelope_id, step, revision)

    async def withdraw(self, turn: Turn, envelope_id: UUID, staff: Staff) -> Folder:
        """Raises NotFound. What the service has is taken back there, and the service says what became of it."""

        def step(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
            if tx.envelopes.move(envelope_id, BEFORE_SERVICE, Stage.WITHDRAWN, now):
                tx.envelopes.happened(envelope_id, Happening.WITHDRAWN, now, staff.name)
            elif envelope.stage.at_service:
                job(tx, TAKE_BACK, envelope_id, envelope.ref)

        return await self._step(turn, envelope_id, step)

    async def accept(self, turn: Turn, envelope_id: UUID, staff: Staff) -> Folder:
        """A lawyer takes a signed document in spite of what was found. Raises NotFound."""

        def step(tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
            if envelope.stage is Stage.SIGNED and envelope.doubts and not envelope.accepted_by:
                tx.envelopes.note(envelope_id, accepted_by=staff.name)
                tx.envelopes.happened(envelope_id, Happening.ACCEPTED, now, staff.name)
                settled(tx, envelope, now)

        return await self._step(turn, envelope_id, step)

    async def _step(self, turn: Turn, envelope_id: UUID, step: Step, revision: int | None = None) -> Folder:
        def apply(tx: Tx) -> None:
            envelope = required(tx, envelope_id)
            if revision is not None and envelope.revision != revision:
                raise Outdated("envelope")
            step(tx, envelope, self._now())

        return await self._books.apply(turn, apply, lambda tx: folder(tx, envelope_id))

    @property
    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()

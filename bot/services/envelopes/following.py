"""What the service says of envelopes: asked by the minute, and every envelope moved forward by it alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.envelope import FOLLOWED, EnvelopeRules, EnvelopeView, Happening, Stage, moved
from bot.domain.job import Job, Queue, Run
from bot.domain.signing import FirstSigner, ServiceDocument, ServiceState
from bot.logs import log
from bot.ports import Clock
from bot.ports.signing import Signing
from bot.services.envelopes.steps import KEEP, LOOK, SEND, asked_to_sign, job, told_staff

POLL = "poll_signing"
SWEEP = "sweep_signing"
OVERLAP = timedelta(minutes=5)
SWEPT = timedelta(minutes=30)
"""How far back the net reaches: more than its schedule, so that one missed tick loses nothing."""
LOOK_AGAIN = timedelta(minutes=10)
_HAPPENED: Mapping[Stage, Happening] = {
    Stage.SENT: Happening.SENT,
    Stage.HALF: Happening.HALF,
    Stage.SIGNED: Happening.SIGNED,
    Stage.REJECTED: Happening.REJECTED,
    Stage.WITHDRAWN: Happening.WITHDRAWN,
}
logger = log("envelopes")


class Following:
    """The handlers of POLL, SWEEP and LOOK. `texts`: text messages can be sent."""

    def __init__(
        self, books: Books, signing: Signing, rules: EnvelopeRules, now: Clock, *, texts: bool = False
    ) -> None:
        self._books = books
        self._signing = signing
        self._rules = rules
        self._now = now
        self._texts = texts

    async def poll(self, _: Run) -> None:
        """One cheap question about all that is open; a look at each whose answer is another than last time."""
        known = await self._books.read(lambda tx: tx.envelopes.followed(FOLLOWED))
        if not known:
            return
        said = await self._signing.states([ref for _, ref, _ in known])
        news = [(each, said[ref].code) for each, ref, code in known if ref in said and said[ref].code != code]
        gone = [(each, "gone") for each, ref, _ in known if ref not in said]
        if news or gone:
            await self._books.write(_looked_at, [*news, *gone], self._now())

    async def sweep(self, _: Run) -> None:
        """The net under the poll: also what had ended for us and was signed after all."""
        now = self._now()
        async for page in self._signing.changed(now - SWEPT - OVERLAP, now):
            said = {one.ref: one for one in page}
            known = await self._books.read(lambda tx, refs=list(said): tx.envelopes.with_refs(refs))  # type: ignore[misc]
            news = [(each, said[ref].code) for ref, (each, code) in known.items() if said[ref].code != code]
            if news:
                await self._books.write(_looked_at, news, now)

    async def look(self, run: Run) -> None:
        await self.look_at(UUID(str(run.job.args["envelope"])))

    async def look_at(self, envelope_id: UUID) -> None:
        """Raises Unavailable, Rejected."""
        envelope = await self._books.read(lambda tx: tx.envelopes.view(envelope_id))
        if envelope is None or not envelope.ref:
            return
        there = await self._signing.look(envelope.ref)
        if there.state is ServiceState.UNKNOWN:
            logger.warning("a state nobody knows", envelope=str(envelope_id), code=there.code)
        words = await self._signing.rejection(envelope.ref) if there.state is ServiceState.REJECTED else ""
        await self._books.write(self._said, envelope_id, there, words)

    def _said(self, tx: Tx, envelope_id: UUID, there: ServiceDocument, words: str) -> None:
        envelope, now = tx.envelopes.view(envelope_id), self._now()
        if envelope is None:
            return
        known: dict[str, Any] = {"said_code": there.code}
        if there.state is not ServiceState.UNKNOWN:
            known |= {"said": there.state.value}
        if there.page:
            known["page"] = there.page
        to = moved(envelope.stage, there.state)
        if to is envelope.stage:
            tx.envelopes.note(envelope_id, **known)
        elif tx.envelopes.move(envelope_id, [envelope.stage], to, now, **known, **self._with(to, words, now)):
            self._came(tx, envelope, to, words, now)
        if to is Stage.UPLOADED and there.state is ServiceState.SIGNING_OWNER and envelope.first is FirstSigner.OWNER:
            job(tx, SEND, envelope_id, f"{there.ref}:{there.code}")

    def _with(self, to: Stage, words: str, now: datetime) -> dict[str, Any]:
        if to is Stage.SENT:
            return {"sent_at": now, "sign_by": (now + timedelta(days=self._rules.sign_days)).astimezone(KYIV).date()}
        return {"rejection": words} if to is Stage.REJECTED else {}

    def _came(self, tx: Tx, envelope: EnvelopeView, to: Stage, words: str, now: datetime) -> None:
        """It may have gone through several at once; only where it stands now is told."""
        what = _HAPPENED.get(to)
        if what is None:
            return
        tx.envelopes.happened(envelope.id, what, now, words=words)
        if to is Stage.SENT:
            told = asked_to_sign(tx, envelope, "", now, texts=self._texts)
            told_staff(tx, envelope.id, Happening.SENT, str(told))
        elif to is Stage.SIGNED:
            job(tx, KEEP, envelope.id, now.isoformat())  # people are told once the files are there
        else:
            told_staff(tx, envelope.id, what, now.isoformat())


def _looked_at(tx: Tx, news: list[tuple[UUID, str]], now: datetime) -> None:
    """Not once more while the first look is on its way, and again if that came to nothing."""
    while_ = int(now.timestamp() // LOOK_AGAIN.total_seconds())
    for envelope_id, code in news:
        job(tx, LOOK, envelope_id, f"{code}:{while_}")


def poll_job(name: str, tick: datetime) -> Job:
    """Asked for by the clock; one at a time."""
    return Job(name, Queue.SIGNING, {}, key=f"{name}:{tick.isoformat()}", lock=name)

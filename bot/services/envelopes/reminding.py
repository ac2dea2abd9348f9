"""Each working morning: lawyers are reminded of what is late, signers of what waits, and what nobody signed ends."""

from datetime import date, datetime, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.envelope import FOLLOWED, EnvelopeRules, EnvelopeView, Happening, Stage
from bot.domain.job import Run
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.envelopes.steps import TAKE_BACK, asked_to_sign, job, told_lawyers, told_staff

REMIND = "remind_of_envelopes"
MANY = 1000


class Reminding:
    """The handler of REMIND."""

    def __init__(self, books: Books, rules: EnvelopeRules, work: Workdays, now: Clock) -> None:
        self._books = books
        self._rules = rules
        self._work = work
        self._now = now

    async def run(self, _: Run) -> None:
        """On a day off nobody is reminded; what is due then is told on the next working day."""
        today = self._now().astimezone(KYIV).date()
        if self._work.is_working(today):
            await self._books.write(self._reminded, today)

    def _reminded(self, tx: Tx, today: date) -> None:
        now = self._now()
        for envelope in tx.envelopes.at([Stage.REVIEW], MANY):
            if envelope.review_due is not None and envelope.review_due <= now:
                told_lawyers(tx, envelope.id, f"{envelope.revision}:late:{today}")
        for envelope in tx.envelopes.at(FOLLOWED, MANY):
            if envelope.sign_by is not None and envelope.sign_by < today:
                self._expire(tx, envelope, now)
            elif envelope.stage is Stage.SENT and (step := self._step(envelope, today)):
                self._remind(tx, envelope, step, now)

    def _step(self, envelope: EnvelopeView, today: date) -> int:
        """The last reminder whose day has come; 0 for none."""
        if envelope.sent_at is None:
            return 0
        sent = envelope.sent_at.astimezone(KYIV).date()
        ripe = [days for days in self._rules.reminded if sent + timedelta(days=days) <= today]
        return max(ripe, default=0)

    def _remind(self, tx: Tx, envelope: EnvelopeView, step: int, now: datetime) -> None:
        """Once a step: its notice is known by it."""
        words = str(step)
        done = {line.words for line in tx.envelopes.history(envelope.id) if line.what is Happening.REMINDED}
        if words in done:
            return
        tx.envelopes.happened(envelope.id, Happening.REMINDED, now, words=words)
        asked_to_sign(tx, envelope, words, now)

    def _expire(self, tx: Tx, envelope: EnvelopeView, now: datetime) -> None:
        """Ended with us at once; the service is asked to take it back, and if it is signed meanwhile, it is signed."""
        if tx.envelopes.move(envelope.id, FOLLOWED, Stage.EXPIRED, now):
            tx.envelopes.happened(envelope.id, Happening.EXPIRED, now)
            told_staff(tx, envelope.id, Happening.EXPIRED, "")
            job(tx, TAKE_BACK, envelope.id, "expired")

"""The office's background work, done when a test says so instead of by itself: the same jobs, one after the other."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import cast

from bot.conversation.messenger import Messenger
from bot.conversation.screen import Screen, Traits
from bot.db.books import Books
from bot.db.jobs.embedded import EmbeddedJobs
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.credit import CreditRules
from bot.domain.dispatch import SMS_PRICE
from bot.domain.job import Job, Patience, Queue, Run
from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from bot.domain.workdays import Workdays
from bot.jobs.carriers import Carrier, ChatCarrier, TextCarrier
from bot.jobs.duties import duties
from bot.jobs.gate import Gate
from bot.jobs.handling import NOT_AGAIN, Failed, Handling, Lane
from bot.jobs.relaying import Relaying
from bot.jobs.settling import Ended, Settling
from bot.jobs.telling import Desk, Telling
from bot.ports import SmsSender
from bot.services.envelopes import EnvelopeJobs, envelope_jobs
from bot.services.silence import Silence
from bot.services.standing import SYSTEM
from bot.services.take_in import TakeIn
from handlers import briefs, notices
from handlers.app import App
from handlers.menu import frame
from tests.support.accounting import Ledger
from tests.support.desk import RULES, Clock
from tests.support.gateway import Gateway
from tests.support.loopback import PATIENCE
from tests.support.signing import OURS, Filler, Notary


class Noting:
    """A messenger that also keeps what it was given to show, by account."""

    def __init__(self, messenger: Messenger) -> None:
        self.channel: str = messenger.channel
        self.traits: Traits = messenger.traits
        self.shown: list[tuple[str, Screen]] = []
        self._messenger = messenger

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        message = await self._messenger.show(external_id, screen, thread=thread, reply_to=reply_to)
        self.shown.append((external_id, screen))
        return message

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        return await self._messenger.renew(external_id, message_id, screen)

    async def check(self) -> str:
        return await self._messenger.check()


class Backroom:
    """Jobs of the books of a connected office, on SQLite; `ledger` is its 1C."""

    def __init__(
        self,
        books: Books,
        app: App,
        ledger: Ledger,
        clock: Clock,
        messenger: Messenger,
        desks: Mapping[str, Desk] | None = None,
        language: str = "uk",
        gateway: Gateway | None = None,
        sms: SmsSender | None = None,
        others: Sequence[Messenger] = (),
        relaying: Relaying[App] | None = None,
        signing: Notary | None = None,
        filler: Filler | None = None,
    ) -> None:
        self.ledger = ledger
        self.gateway = gateway
        self._payments = app.payments
        self.messenger = Noting(messenger)
        self._books = books
        self._clock = clock
        carriers: list[Carrier[App]] = [
            ChatCarrier(one, notices.screen, frame, notices.renewed) for one in (self.messenger, *others)
        ]
        if sms is not None:
            carriers.append(TextCarrier(sms, briefs.brief, SMS_PRICE))
        telling = Telling(
            books, app, carriers, desks or {}, now=clock, pause=_no_pause, default_language=language
        )  # fmt: skip
        documents = _signed_with(signing, filler or Filler(), books, app, clock) if signing else None
        todo = duties(
            books, telling, ledger, RULES, clock, gateway=gateway, payments=app.payments, promotions=app.promotions,
            moves=app.money_moves, campaigns=app.campaigns, sms=sms, reminders=app.reminders,
            bank=app.bank, relaying=relaying, figures=app.figures, envelopes=documents,
            held=app.held_orders, desk=app.desk,
        )  # fmt: skip
        self.promotions = app.promotions
        self._app = app
        self.schedules = todo.schedules
        self._handling = Handling(todo.handlers)
        self._settling = Settling(books, clock, todo.on_dead)
        told = Silence(books, clock).told
        self._gate = Gate(SYSTEM, ledger.ping, books, clock, told=told, first_pause=0.0, longest_pause=0.0)
        self._lanes = {**todo.lanes, **dict.fromkeys((Queue.ONEC, Queue.ONEC_IN), Lane(1, self._gate))}
        self._take_in = TakeIn(books, ledger, clock)

    def holds_orders(self, *, on: bool = True) -> None:
        """From now on the credit gate holds what it only warned of, or only warns again."""
        rules = CreditRules(on=True, holds=on)
        self._app.credit._rules = self._app.held_orders._gate._rules = rules

    async def works(self) -> None:
        """Until nothing is due."""
        while await self._step():
            pass

    async def ticks(self, name: str) -> None:
        """What is due by the clock under this name, and whatever follows from it."""
        schedule = next(one for one in self.schedules if one.name == name)
        await self._books.write(lambda tx: tx.jobs.add(schedule.job(self._clock()), self._clock()))
        await self.works()

    async def takes_in(self, *subjects: Subject) -> None:
        """What changed in 1C, and whatever follows from it."""
        for subject in subjects:
            await self._take_in.pull(subject)
        await self.works()

    async def opens_page(self, token: str) -> str:
        """Somebody goes to the gateway's page from the link; returns the attempt's reference."""
        assert self.gateway is not None
        page = await self._payments.page(token)
        await self._payments.start(token, "uk", page.due_by_card if page else ZERO)
        return self.gateway.charges[-1].reference

    async def says(self, reference: str, outcome: Outcome, **sums: Money) -> None:
        """The gateway says so of the attempt, and calls."""
        assert self.gateway is not None
        self.gateway.say(reference, outcome, **sums)
        await self._payments.told(self.gateway.states[reference])
        await self.works()

    async def falls_silent(self) -> None:
        """1C does not answer any more, and somebody has noticed."""
        self.ledger.silent = True
        await self._gate.ask()
        await self.works()

    async def answers(self) -> None:
        """1C is back, and whatever waited for it is done."""
        self.ledger.silent = False
        opened = asyncio.Event()
        queues = (Queue.ONEC, Queue.ONEC_IN)
        watching = asyncio.create_task(self._gate.watch(queues, lambda _: opened.set()))
        async with asyncio.timeout(PATIENCE):
            await opened.wait()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await self.works()

    async def gives_up(self, job: Job, error: str) -> str:
        """The job is tried once, and dies of it; returns its id."""
        await self.works()
        await self._books.write(lambda tx: tx.jobs.add(job, self._clock()))
        run = await self._claimed(job.queue)
        assert run is not None
        assert run.job.key == job.key
        await self._settling.settle(Ended(run, Failed(error, Patience(NOT_AGAIN))), _nothing)
        return run.id

    async def _step(self) -> bool:
        for queue, lane in self._lanes.items():
            run = await self._claimed(queue) if lane.is_open else None
            if run is not None:
                await self._settling.settle(Ended(run, await self._handling.ending(run, lane)), _nothing)
                return True
        return False

    async def _claimed(self, queue: Queue) -> Run | None:
        return await self._books.write(lambda tx: cast("EmbeddedJobs", tx.jobs).claim(queue, self._clock()))


async def _no_pause(_: float) -> None:
    """The messenger's own limits are not what these tests are about."""


def _nothing(_: Tx) -> None:
    pass


def _signed_with(notary: Notary, filler: Filler, books: Books, app: App, clock: Clock) -> EnvelopeJobs:
    desk = app.envelopes
    return envelope_jobs(books, notary, filler, notary.read, desk, Workdays(), clock, ours=OURS)

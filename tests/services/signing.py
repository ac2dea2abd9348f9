"""The café's documents on their way: a filler that writes a page, a service in memory, and the jobs between."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from bot.domain.client import Buyer
from bot.domain.desk import Staff
from bot.domain.envelope import EnvelopeRules, EnvelopeView, Stage, Terms
from bot.domain.job import Job, Queue, Run
from bot.domain.notice import NoticeKind
from bot.domain.signing import DocumentKind, ServiceState
from bot.domain.workdays import Workdays
from bot.services.envelopes import EnvelopeDesk, Folder, SignPage, envelope_jobs
from bot.services.envelopes.following import POLL, SWEEP
from bot.services.envelopes.reminding import REMIND
from bot.services.envelopes.steps import FILL, KEEP, LOOK, SEND, TAKE_BACK, UPLOAD
from bot.services.kept_files import KeptFiles
from tests.db.people import OLENA, RANOK, turn
from tests.services.backroom import Backroom, run_of
from tests.support.signing import OURS, Filler, Notary

LAWYER = Staff("telegram", "3001", "Леся", "lawyers")
SECOND = Staff("telegram", "3002", "Юрій", "lawyers")
MANAGER = Staff("telegram", "3003", "Оксана", "managers")


class Signing:
    """`first` and the other rules are those of the product's settings."""

    def __init__(
        self, room: Backroom, folder: Path, rules: EnvelopeRules | None = None, *, texts: bool = False
    ) -> None:
        self.room, self.notary, self.filler = room, Notary(), Filler()
        self.files = KeptFiles(folder / "kept")
        books, clock, rules = room.books, room.clock, rules or EnvelopeRules()
        self.desk = EnvelopeDesk(books, self.files, rules, clock, on=True)
        self.jobs = envelope_jobs(
            books, self.notary, self.filler, self.notary.read, self.desk, Workdays(), clock, ours=OURS, texts=texts
        )
        self.page = SignPage(books, self.notary, clock, public_url="https://bot.example.ua", company="ГастроОпт")

    async def asked(self, kind: DocumentKind = DocumentKind.CONTRACT, client: UUID = RANOK.id) -> EnvelopeView:
        return await self.desk.ask_as_staff(turn("oksana="), client, kind, Terms(), MANAGER)

    async def asked_by(self, buyer: Buyer = RANOK, person: UUID = OLENA) -> EnvelopeView:
        return await self.desk.ask_as_client(turn(), buyer, person, "Олена", DocumentKind.CONTRACT, Terms())

    async def works(self) -> None:
        """Everything the background has to do with envelopes by now, in the order of the steps."""
        jobs = self.jobs
        for name, handler in (
            (FILL, jobs.filling.fill), (UPLOAD, jobs.sending.upload), (SEND, jobs.sending.send),
            (LOOK, jobs.following.look), (TAKE_BACK, jobs.sending.take_back), (KEEP, jobs.keeping.keep),
        ):  # fmt: skip
            await self.room.run(name, handler)

    async def polls(self) -> None:
        """A minute passes, and the service is asked."""
        self.room.later(minutes=1)
        await self.jobs.following.poll(_tick(POLL))
        await self.works()

    async def sweeps(self) -> None:
        await self.jobs.following.sweep(_tick(SWEEP))
        await self.works()

    async def starts(self) -> list[str]:
        """What begins by itself this morning: the client, the kind, and which rule wanted it."""
        await self.jobs.starting.run(_tick("start"))
        found = await self.desk.at([Stage.FILLING])
        return sorted(f"{one.client}: {one.kind.value}, {one.asked.name}" for one in found)

    async def morning(self) -> None:
        await self.jobs.reminding.run(_tick(REMIND))
        await self.works()

    async def approved(self, **how: object) -> EnvelopeView:
        """A contract that a lawyer approved and that went out to the client."""
        envelope = await self.asked()
        await self.works()
        await self.desk.approve(turn("lesia="), envelope.id, 1, LAWYER)
        await self.works()
        return await self.view(envelope.id)

    async def signed(self) -> EnvelopeView:
        """A contract that everybody signed."""
        envelope = await self.approved()
        self.says(envelope, ServiceState.SIGNED)
        await self.polls()
        return await self.view(envelope.id)

    def says(self, envelope: EnvelopeView, state: ServiceState, words: str = "") -> None:
        self.notary.say(envelope.ref, state, words)

    async def view(self, envelope_id: UUID) -> EnvelopeView:
        return (await self.folder(envelope_id)).envelope

    async def stage(self, envelope: EnvelopeView) -> Stage:
        return (await self.view(envelope.id)).stage

    async def folder(self, envelope_id: UUID) -> Folder:
        return await self.desk.folder(envelope_id)

    async def heard(self, kind: NoticeKind) -> Sequence[str]:
        """Desks and people that are told so, in order."""
        staff = [told.to for told in await self.room.told_staff() if told.kind == kind.value]
        return [*staff, *(told.to for told in await self.room.told() if told.kind == kind.value)]

    async def last_jobs(self, name: str) -> list[Run]:
        return [run_of(job) for job in await self.room.jobs(name)]


def _tick(name: str) -> Run:
    return Run(name, Job(name, Queue.SIGNING, {}, key=name), 1)

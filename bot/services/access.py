"""Campaigns: everybody who has no access yet is invited, a few at a time, each once, in waking hours, within budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.access import (
    PACE,
    CampaignReport,
    CampaignView,
    Outlook,
    Prospect,
    outlook,
    prospects,
    rhythm,
    since_of,
)
from bot.domain.dispatch import Terms, Way, awake, month_of
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.requisites import phone
from bot.ports import Clock
from bot.services.dispatch import money_left
from bot.services.invitations import Chats
from bot.services.notices import find_way, tell_finance

INVITE = "invite_people"
NO_MONEY = "budget"
"""By what a campaign was ended that has no more money for those who are left."""


@dataclass(frozen=True, slots=True)
class AccessView:
    """How things stand: whom a campaign would reach, what may be spent, and the campaign that goes on, if one does."""

    outlook: Outlook
    left: Money | None
    running: CampaignReport | None


@dataclass(frozen=True, slots=True)
class Begun:
    """The campaign that goes on; `ours` where it is the one that was asked for."""

    campaign: CampaignView
    ours: bool


class Access:
    """Whom to invite, and the campaigns that do it."""

    def __init__(self, books: Books, chats: Chats, terms: Terms, now: Clock) -> None:
        self._books = books
        self._chats = chats
        self._terms = terms
        self._now = now

    async def preview(self, codes: Sequence[str] = (), *, again: bool = False) -> list[Prospect]:
        """Everybody without access, or the people of these clients alone. Raises NotFound for a code of nobody."""
        return await self._books.read(self._preview, codes, again)

    async def view(self) -> AccessView:
        return await self._books.read(self._view)

    async def begin(
        self,
        by: str,
        codes: Sequence[str] = (),
        *,
        again: bool = False,
        most: int | None = None,
        pace: int = PACE,
        expected: int | None = None,
    ) -> Begun:
        """One campaign goes on at a time: while it does, it is the answer.

        `expected` is how many the person saw. Raises Refused (nobody_to_invite, no_messenger), Outdated where there
        are others by now, NotFound for a code of nobody.
        """
        if not self._chats.any:
            raise Refused("no_messenger")
        return await self._books.write(self._begin, uuid4(), by, codes, again, most, pace, expected)

    async def halt(self, campaign_id: UUID, by: str) -> bool:
        """Nobody more is invited by it; false where it has ended already."""
        return await self._books.write(lambda tx: tx.invitations.end(campaign_id, self._now(), by))

    async def reports(self, limit: int) -> list[CampaignReport]:
        """Of the last campaigns, the newest first."""
        return await self._books.read(
            lambda tx: [tx.invitations.report(one) for one in tx.invitations.campaigns(limit)]
        )

    async def stop(self, written: str) -> None:
        """Nothing is sent to this phone or mailbox any more. Raises ValueError."""
        way, address = contact(written)
        await self._books.write(self._stop, way, address)

    async def resume(self, written: str) -> bool:
        """It may be written to again; false where it was not stopped. Raises ValueError."""
        way, address = contact(written)
        return await self._books.write(_resume, way, address)

    async def step(self, run: Run) -> None:
        """The job of a campaign: the next few, and the job of those after them. Raises Postponed at night."""
        campaign_id, now = UUID(str(run.job.args["campaign"])), self._now()
        if (morning := awake(now, self._terms)) > now:
            raise Postponed(morning)
        campaign = await self._books.read(lambda tx: tx.invitations.campaign(campaign_id))
        if campaign is not None and campaign.ended_at is None:
            chosen, money_is_gone = await self._books.read(self._next, campaign)
            await self._books.write(self._step, run, campaign, chosen, money_is_gone)

    # --- in a transaction ---------------------------------------------------------------------------------------------

    def _preview(self, tx: Tx, codes: Sequence[str], again: bool) -> list[Prospect]:
        now = self._now()
        newcomers = tx.invitations.newcomers(_clients(tx, codes), now)
        return prospects(newcomers, self._terms, now, since_of(now, again=again))

    def _view(self, tx: Tx) -> AccessView:
        running = tx.invitations.running()
        return AccessView(
            outlook(self._preview(tx, (), False)),
            money_left(tx, self._terms, self._now()),
            tx.invitations.report(running) if running else None,
        )

    def _begin(
        self,
        tx: Tx,
        campaign_id: UUID,
        by: str,
        codes: Sequence[str],
        again: bool,
        most: int | None,
        pace: int,
        expected: int | None,
    ) -> Begun:
        if running := tx.invitations.running():
            return Begun(running, ours=False)
        people = outlook(self._preview(tx, codes, again)).people
        if not people:
            raise Refused("nobody_to_invite")
        if expected is not None and expected != people:
            raise Outdated("invites")
        now = self._now()
        clients = tuple(sorted(_clients(tx, codes)))
        campaign = CampaignView(campaign_id, now, by, clients, since_of(now, again=again), pace, most)
        if not tx.invitations.begin(campaign):
            running = tx.invitations.running()
            if running is None:
                raise Outdated("invites")  # it ended at this very moment
            return Begun(running, ours=False)
        tx.jobs.add(_job(campaign_id, 1, now))
        return Begun(campaign, ours=True)

    def _next(self, tx: Tx, campaign: CampaignView) -> tuple[list[Prospect], bool]:
        """Who is next, and whether others are not for want of money alone."""
        now, done = self._now(), tx.invitations.invited_by(campaign.id)
        newcomers = [one for one in tx.invitations.newcomers(campaign.clients, now) if one.person_id not in done]
        count, _ = rhythm(campaign.pace)
        if campaign.most is not None:
            count = min(count, campaign.most - len(done))
        left, lacking = money_left(tx, self._terms, now), False
        chosen: list[Prospect] = []
        for one in prospects(newcomers, self._terms, now, campaign.since):
            if one.way is None or len(chosen) >= count:
                continue
            if left is not None and one.price > left:
                lacking = True
                continue
            left = left - one.price if left is not None else None
            chosen.append(one)
        return chosen, lacking

    def _step(self, tx: Tx, run: Run, campaign: CampaignView, chosen: Sequence[Prospect], money_is_gone: bool) -> None:
        present = tx.invitations.campaign(campaign.id)
        if present is None or present.ended_at is not None or not tx.jobs.first_time(run):
            return
        now = self._now()
        for one in chosen:
            newcomer = one.newcomer
            notice = Notice(NoticeKind.ACCESS, str(campaign.id))
            dispatch = tx.dispatches.add(newcomer.person_id, newcomer.client_id, notice, now)
            if dispatch is not None:
                find_way(tx, dispatch, newcomer.person_id)
        if chosen:
            _, pause = rhythm(campaign.pace)
            tx.jobs.add(_job(campaign.id, int(str(run.job.args["step"])) + 1, now + pause))
            return
        tx.invitations.end(campaign.id, now, NO_MONEY if money_is_gone else "")
        if money_is_gone:
            tell_finance(tx, Notice(NoticeKind.BUDGET, f"{month_of(now):%Y-%m}"))

    def _stop(self, tx: Tx, way: Way, address: str) -> None:
        for spelling in _spellings(tx, way, address):
            tx.reach.stop(way, spelling, "asked", self._now())


def contact(written: str) -> tuple[Way, str]:
    """A phone or a mailbox as people write it. Raises ValueError."""
    if "@" in written:
        return Way.MAIL, written.strip()
    return Way.SMS, phone(written)


def _resume(tx: Tx, way: Way, address: str) -> bool:
    gone = [tx.reach.resume(way, spelling) for spelling in _spellings(tx, way, address)]
    return True in gone


def _spellings(tx: Tx, way: Way, address: str) -> list[str]:
    return tx.reach.spellings(address) if way is Way.MAIL else [address]


def _clients(tx: Tx, codes: Sequence[str]) -> set[UUID]:
    chosen: set[UUID] = set()
    for code in codes:
        found = tx.invitations.called(code)
        if not found:
            raise NotFound(code)
        chosen.update(found)
    return chosen


def _job(campaign_id: UUID, step: int, at: datetime) -> Job:
    return Job(
        INVITE,
        Queue.LOCAL,
        {"campaign": str(campaign_id), "step": step},
        key=f"{INVITE}:{campaign_id}:{step}",
        lock=f"{INVITE}:{campaign_id}",
        not_before=at,
    )

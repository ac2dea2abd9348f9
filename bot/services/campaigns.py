"""Campaigns: many are told the same kind of thing, a few at a time, each once, in waking hours, within budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from bot.db.books import Books
from bot.db.campaigns import Whose
from bot.db.tx import Tx
from bot.domain.campaign import (
    KINDS,
    CampaignReport,
    CampaignView,
    Outlook,
    Prospect,
    Purpose,
    Wanted,
    outlook,
    prospects,
    rhythm,
    since_of,
)
from bot.domain.dispatch import Terms, awake, month_of
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.ports import Clock
from bot.services.dispatch import money_left
from bot.services.invitations import Chats
from bot.services.notices import find_way, tell_finance

STEP = "invite_people"
"""The job's name is older than campaigns of other purposes, and such jobs may be waiting."""
NO_MONEY = "budget"
"""By what a campaign was ended that has no more money for those who are left."""


@dataclass(frozen=True, slots=True)
class CampaignOutlook:
    """How things stand: whom a campaign would reach, what may be spent, and the campaign that goes on, if one does."""

    outlook: Outlook
    left: Money | None
    running: CampaignReport | None


@dataclass(frozen=True, slots=True)
class Begun:
    """The campaign that goes on; `ours` where it is the one that was asked for."""

    campaign: CampaignView
    ours: bool


class Campaigns:
    """Whom to tell, and the campaigns that do it."""

    def __init__(self, books: Books, chats: Chats, terms: Terms, now: Clock) -> None:
        self._books = books
        self._chats = chats
        self._terms = terms
        self._now = now

    async def preview(self, wanted: Wanted) -> list[Prospect]:
        """Everybody it would be for, with the way or with what bars it. Raises NotFound for a code of nobody."""
        return await self._books.read(self._preview, wanted)

    async def view(self, purpose: Purpose) -> CampaignOutlook:
        return await self._books.read(self._view, purpose)

    async def begin(self, wanted: Wanted, by: str, *, expected: int | None = None) -> Begun:
        """One campaign of a purpose goes on at a time: while it does, it is the answer.

        `expected` is how many the person saw. Raises Refused (nobody_to_invite, no_messenger), Outdated where there are
        others by now or nobody is to be mailed, NotFound for a code of nobody.
        """
        if wanted.purpose is Purpose.ACCESS and not self._chats.any:
            raise Refused("no_messenger")
        return await self._books.write(self._begin, uuid4(), wanted, by, expected)

    async def halt(self, campaign_id: UUID, by: str) -> bool:
        """Nobody more is told by it; false where it has ended already."""
        return await self._books.write(lambda tx: tx.campaigns.end(campaign_id, self._now(), by))

    async def reports(self, purposes: Sequence[Purpose], limit: int) -> list[CampaignReport]:
        """Of the last campaigns, the newest first."""
        return await self._books.read(
            lambda tx: [tx.campaigns.report(one) for one in tx.campaigns.last(purposes, limit)]
        )

    async def require(self, campaign_id: UUID) -> CampaignView:
        """Raises NotFound."""
        found = await self._books.read(lambda tx: tx.campaigns.campaign(campaign_id))
        if found is None:
            raise NotFound("campaign")
        return found

    async def step(self, run: Run) -> None:
        """The job of a campaign: the next few, and the job of those after them. Raises Postponed at night."""
        campaign_id, now = UUID(str(run.job.args["campaign"])), self._now()
        if (morning := awake(now, self._terms)) > now:
            raise Postponed(morning)
        campaign = await self._books.read(lambda tx: tx.campaigns.campaign(campaign_id))
        if campaign is not None and campaign.ended_at is None:
            chosen, money_is_gone = await self._books.read(self._next, campaign)
            await self._books.write(self._step, run, campaign, chosen, money_is_gone)

    # --- in a transaction ---------------------------------------------------------------------------------------------

    def _preview(self, tx: Tx, wanted: Wanted) -> list[Prospect]:
        since = since_of(wanted.purpose, self._now(), again=wanted.again)
        return self._prospects(tx, wanted.purpose, _clients(tx, wanted.codes), since)

    def _prospects(self, tx: Tx, purpose: Purpose, clients: set[UUID], since: datetime) -> list[Prospect]:
        now = self._now()
        found = (
            tx.invitations.newcomers(clients, now)
            if purpose is Purpose.ACCESS
            else tx.campaigns.buyers(purpose, clients)
        )
        return prospects(purpose, found, self._terms, now, since)

    def _view(self, tx: Tx, purpose: Purpose) -> CampaignOutlook:
        running = tx.campaigns.running(purpose)
        return CampaignOutlook(
            outlook(self._preview(tx, Wanted(purpose))),
            money_left(tx, self._terms, self._now()),
            tx.campaigns.report(running) if running else None,
        )

    def _begin(self, tx: Tx, campaign_id: UUID, wanted: Wanted, by: str, expected: int | None) -> Begun:
        purpose = wanted.purpose
        if running := tx.campaigns.running(purpose):
            return Begun(running, ours=False)
        people = outlook(self._preview(tx, wanted)).people
        if not people and purpose is Purpose.ACCESS:
            raise Refused("nobody_to_invite")
        if not people or (expected is not None and expected != people):
            raise Outdated("campaign")
        now, clients = self._now(), tuple(sorted(_clients(tx, wanted.codes)))
        since = since_of(purpose, now, again=wanted.again)
        campaign = CampaignView(
            campaign_id, purpose, now, by, clients, since, wanted.pace, wanted.most, wanted.category
        )
        if not tx.campaigns.begin(campaign):
            running = tx.campaigns.running(purpose)
            if running is None:
                raise Outdated("campaign")  # it ended at this very moment
            return Begun(running, ours=False)
        tx.jobs.add(_job(campaign_id, 1, now))
        return Begun(campaign, ours=True)

    def _next(self, tx: Tx, campaign: CampaignView) -> tuple[list[Prospect], bool]:
        """Who is next, and whether others are not for want of money alone."""
        done = tx.campaigns.told_by(campaign)
        count, _ = rhythm(campaign.pace)
        if campaign.most is not None:
            count = min(count, campaign.most - len(done))
        left, lacking = money_left(tx, self._terms, self._now()), False
        chosen: list[Prospect] = []
        for one in self._prospects(tx, campaign.purpose, set(campaign.clients), campaign.since):
            if one.way is None or len(chosen) >= count or _came_to(campaign, one, done):
                continue
            if left is not None and one.price > left:
                lacking = True
                continue
            left = left - one.price if left is not None else None
            chosen.append(one)
        return chosen, lacking

    def _step(self, tx: Tx, run: Run, campaign: CampaignView, chosen: Sequence[Prospect], money_is_gone: bool) -> None:
        present = tx.campaigns.campaign(campaign.id)
        if present is None or present.ended_at is not None or not tx.jobs.first_time(run):
            return
        now = self._now()
        for one in chosen:
            recipient = one.recipient
            notice = _notice(campaign, recipient.client_id)
            dispatch = tx.dispatches.add(recipient.person_id, recipient.client_id, notice, now)
            if dispatch is not None:
                find_way(tx, dispatch, recipient.person_id or recipient.client_id)
        if chosen:
            _, pause = rhythm(campaign.pace)
            tx.jobs.add(_job(campaign.id, int(str(run.job.args["step"])) + 1, now + pause))
            return
        tx.campaigns.end(campaign.id, now, NO_MONEY if money_is_gone else "")
        if money_is_gone:
            tell_finance(tx, Notice(NoticeKind.BUDGET, f"{month_of(now):%Y-%m}"))


def _notice(campaign: CampaignView, client_id: UUID) -> Notice:
    """An invitation is a person's, once; prices are told of every client."""
    version = "" if campaign.purpose is Purpose.ACCESS else str(client_id)
    return Notice(KINDS[campaign.purpose], str(campaign.id), version)


def _came_to(campaign: CampaignView, one: Prospect, done: set[Whose]) -> bool:
    recipient = one.recipient
    if campaign.purpose is Purpose.ACCESS:
        return any(person == recipient.person_id for person, _ in done)
    return (recipient.person_id, recipient.client_id) in done


def _clients(tx: Tx, codes: Sequence[str]) -> set[UUID]:
    chosen: set[UUID] = set()
    for code in codes:
        found = tx.campaigns.called(code)
        if not found:
            raise NotFound(code)
        chosen.update(found)
    return chosen


def _job(campaign_id: UUID, step: int, at: datetime) -> Job:
    return Job(
        STEP,
        Queue.LOCAL,
        {"campaign": str(campaign_id), "step": step},
        key=f"{STEP}:{campaign_id}:{step}",
        lock=f"{STEP}:{campaign_id}",
        not_before=at,
    )

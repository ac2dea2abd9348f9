"""Everybody without access is invited once, at a pace, by day, within the budget, and whoever has it is let be."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update

from bot.db.models import Client, Membership, Person
from bot.db.tx import Tx
from bot.domain.campaign import Bar, Prospect, Purpose, Wanted, outlook
from bot.domain.dispatch import DispatchState, Terms, Way
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Postponed
from bot.domain.money import Money
from bot.domain.notice import Notice, NoticeKind
from bot.services.campaigns import NO_MONEY, STEP, Campaigns
from bot.services.dispatch import Dispatching
from bot.services.invitations import Chats
from bot.services.joining import Joining
from bot.services.stop_list import StopList
from tests.db.people import ANDRII, DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom, run_of
from tests.support.chats import Chat
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import ANDRII_PHONE, IRYNA_PHONE, OLENA_PHONE

ACCESS = Purpose.ACCESS
EVENING = MONDAY_MORNING.replace(hour=20)  # ten in the evening in Kyiv
MORNING = (MONDAY_MORNING + timedelta(days=1)).replace(hour=6)  # eight in the morning there


class Post:
    """The service over a backroom whose notices go by letter and by SMS."""

    def __init__(self, room: Backroom, terms: Terms) -> None:
        self.room = room
        self.chats = Chats("https://komora.example")
        self.chats.connect([Chat()])
        self.stop_list = StopList(room.books, room.clock)
        self.campaigns = Campaigns(room.books, self.chats, terms, room.clock)
        room.dispatching = Dispatching(room.books, terms, room.clock)

    async def step(self, purpose: Purpose = ACCESS) -> None:
        """The job that is next of the last campaign of this purpose, when it is due."""
        (last,) = await self.campaigns.reports((purpose,), 1)
        job = [one for one in await self.room.jobs(STEP) if one.args["campaign"] == str(last.campaign.id)][-1]
        self.room.clock.moment = max(job.next_at or MONDAY_MORNING, self.room.clock())
        await self.campaigns.step(run_of(job))

    async def whole(self, purpose: Purpose = ACCESS) -> None:
        """The campaign until its end."""
        while (await self.campaigns.view(purpose)).running:
            await self.step(purpose)

    async def told(self) -> list[str]:
        return sorted(told.to for told in await self.room.told())

    async def bars(self, **how: Any) -> dict[str, Bar | Way | None]:
        return {one.recipient.name: one.bar or one.way for one in await self.campaigns.preview(Wanted(ACCESS, **how))}

    async def settle(self, person: UUID, state: DispatchState, reason: str = "") -> None:
        for row in await self.room.books.read(lambda tx: tx.dispatches.journal(100)):
            if row.person_id == person:
                await settle(self.room, row.id, state, reason)


def posted(room: Backroom, **terms: Any) -> Post:
    return Post(room, Terms(**{"ways": frozenset({Way.MAIL, Way.SMS}), **terms}))


@pytest.fixture
def post(backroom: Backroom) -> Post:
    """On each database in turn."""
    return posted(backroom)


@pytest.fixture
def here(room: Backroom) -> Post:
    """On SQLite."""
    return posted(room)


async def change(room: Backroom, *statements: Any) -> None:
    def run(tx: Tx) -> None:
        for one in statements:
            tx._connection.execute(one)

    await room.books.write(run)


async def settle(room: Backroom, dispatch: UUID, state: DispatchState, reason: str = "") -> None:
    await room.books.write(lambda tx: tx.dispatches.settle(dispatch, state, reason))


async def mailbox(room: Backroom, person: UUID, address: str | None) -> None:
    await change(room, update(Person).where(Person.id == person).values(email=address))


async def add_people(room: Backroom, count: int) -> None:
    people = [uuid4() for _ in range(count)]
    numbers = [f"+38067200{place:04d}" for place in range(count)]
    await change(
        room,
        insert(Person).values(
            [
                {"id": one, "name": phone, "phone": phone, "active": True}
                for one, phone in zip(people, numbers, strict=True)
            ]
        ),
        insert(Membership).values(
            [{"person_id": one, "client_id": RANOK.id, "orders": True, "pays": False, "signs": False} for one in people]
        ),
    )


def names(found: Sequence[Prospect]) -> list[str]:
    return [one.recipient.name for one in found]


async def test_everybody_who_acts_for_a_client_and_has_no_account_is_invited_by_sms(post: Post) -> None:
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    assert await post.told() == sorted(f"sms:{phone}" for phone in (OLENA_PHONE, ANDRII_PHONE, IRYNA_PHONE))
    assert {told.kind for told in await post.room.told()} == {"access"}


async def test_a_letter_costs_nothing_and_goes_where_there_is_a_mailbox(post: Post) -> None:
    await mailbox(post.room, OLENA, "olena@ranok.example")
    found = outlook(await post.campaigns.preview(Wanted(ACCESS)))
    assert dict(found.ways) == {Way.MAIL: (1, Money(0)), Way.SMS: (2, Money(480))}
    assert (found.people, found.cost, found.all) == (3, Money(480), 3)
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    assert "mail:olena@ranok.example" in await post.told()


async def test_whoever_has_an_account_in_any_messenger_gets_nothing(post: Post) -> None:
    await post.room.sign_in(OLENA, "viber", "olena")
    await post.room.books.write(lambda tx: tx.accounts.set_reachable("viber", "olena", False))
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    assert await post.told() == [f"sms:{ANDRII_PHONE}", f"sms:{IRYNA_PHONE}"]


async def test_whoever_joins_while_the_campaign_goes_on_gets_nothing(post: Post) -> None:
    await post.campaigns.begin(Wanted(ACCESS, pace=60), "Оксана")
    await post.step()
    joining = {OLENA, ANDRII, IRYNA} - {row.person_id for row in await post.room.dispatches()}
    for person in joining:
        await post.room.sign_in(person, "telegram", str(person))
    await post.whole()
    assert len(await post.told()) == 1


async def test_nobody_of_a_client_or_person_that_was_switched_off_is_invited(post: Post) -> None:
    await change(post.room, update(Person).where(Person.id == OLENA).values(active=False))
    await change(post.room, update(Client).where(Client.id == DNIPRO.id).values(active=False))
    await change(post.room, update(Membership).where(Membership.person_id == ANDRII).values(orders=False, pays=False))
    found = await post.campaigns.preview(Wanted(ACCESS))
    assert [(one.recipient.name, one.recipient.clients) for one in found] == [("Ірина", ("Кафе «Ранок»",))]


async def test_one_human_whom_two_clients_call_their_own_is_invited_once(post: Post) -> None:
    await change(post.room, update(Person).where(Person.id == IRYNA).values(phone=OLENA_PHONE))
    assert sorted((await post.bars()).values(), key=str) == ["same_phone", "sms", "sms"]
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    assert await post.told() == [f"sms:{ANDRII_PHONE}", f"sms:{OLENA_PHONE}"]
    assert set((await post.bars()).values()) == {Bar.TOLD}


async def test_a_second_account_of_a_human_who_has_joined_is_not_invited(here: Post) -> None:
    await change(here.room, update(Person).where(Person.id == IRYNA).values(phone=OLENA_PHONE))
    await here.room.sign_in(IRYNA, "telegram", "1")
    assert names(await here.campaigns.preview(Wanted(ACCESS))) == ["Андрій"]


async def test_who_cannot_be_reached_is_named_with_the_reason(post: Post) -> None:
    await change(post.room, update(Person).where(Person.id == OLENA).values(phone=None))
    await post.stop_list.stop("050 111 22 33")
    assert await post.bars() == {"Олена": Bar.NO_ADDRESS, "Андрій": Bar.STOPPED, "Ірина": Way.SMS}
    nothing = Campaigns(post.room.books, post.chats, Terms(ways=frozenset({Way.MAIL})), post.room.clock)
    assert {one.bar for one in await nothing.preview(Wanted(ACCESS))} == {Bar.NO_ADDRESS, Bar.STOPPED, Bar.NO_WAY}
    dear = Campaigns(post.room.books, post.chats, Terms(sms=Money(501)), post.room.clock)
    assert [one.bar for one in await dear.preview(Wanted(ACCESS)) if one.recipient.name == "Ірина"] == [Bar.COSTS]


async def test_the_stop_list_is_kept_and_can_be_left_again(post: Post) -> None:
    await mailbox(post.room, OLENA, "Olena@Ranok.example")
    await post.stop_list.stop(" olena@ranok.EXAMPLE ")
    assert (await post.bars())["Олена"] is Way.SMS
    await post.stop_list.stop(OLENA_PHONE)
    assert (await post.bars())["Олена"] is Bar.STOPPED
    assert [await post.stop_list.resume("olena@ranok.example") for _ in range(2)] == [True, False]
    assert (await post.bars())["Олена"] is Way.MAIL
    with pytest.raises(ValueError, match="not a phone"):
        await post.stop_list.stop("Олена")


async def test_who_was_invited_is_not_invited_again_until_the_link_is_dead(post: Post) -> None:
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    await post.room.dispatches()
    with pytest.raises(Refused, match="nobody_to_invite"):
        await post.campaigns.begin(Wanted(ACCESS), "Петро")
    assert set((await post.bars()).values()) == {Bar.TOLD}
    assert set((await post.bars(again=True)).values()) == {Way.SMS}
    post.room.later(days=31)
    assert (await post.campaigns.begin(Wanted(ACCESS), "Петро")).ours
    await post.whole()
    assert len(await post.told()) == 6


async def test_again_invites_everybody_once_more_and_each_once(post: Post) -> None:
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    post.room.later(hours=1)
    await post.campaigns.begin(Wanted(ACCESS, again=True, pace=60), "Петро")
    await post.whole()
    assert len(await post.told()) == 6


async def test_whom_no_message_reached_is_invited_by_the_next_campaign(post: Post) -> None:
    await post.campaigns.begin(Wanted(ACCESS), "Оксана")
    await post.whole()
    await post.room.dispatches()
    await post.settle(OLENA, DispatchState.FAILED, "bad_phone")
    assert await post.bars() == {"Олена": Way.SMS, "Андрій": Bar.TOLD, "Ірина": Bar.TOLD}


async def test_who_was_given_a_link_by_hand_is_invited_already(post: Post) -> None:
    joining = Joining(post.room.books, None, company="ГастроОпт", now=post.room.clock)
    await joining.invite(OLENA)
    assert (await post.bars())["Олена"] is Bar.TOLD
    post.room.later(days=30, minutes=1)
    assert (await post.bars())["Олена"] is Way.SMS


async def test_one_campaign_goes_on_at_a_time_whoever_begins_it(post: Post) -> None:
    first = await post.campaigns.begin(Wanted(ACCESS), "Оксана", expected=3)
    second = await post.campaigns.begin(Wanted(ACCESS), "Петро", expected=3)
    assert (first.ours, second.ours, second.campaign) == (True, False, first.campaign)
    assert len(await post.room.jobs(STEP)) == 1
    await post.whole()
    assert len(await post.told()) == 3
    (report,) = await post.campaigns.reports((ACCESS,), 10)
    assert (report.campaign.started_by, report.told) == ("Оксана", 3)


async def test_of_two_presses_at_the_same_moment_one_begins_a_campaign(post: Post) -> None:
    begun = await asyncio.gather(*(post.campaigns.begin(Wanted(ACCESS), name) for name in ("Оксана", "Петро", "Ірина")))
    assert sorted(one.ours for one in begun) == [False, False, True]
    assert len({one.campaign.id for one in begun}) == 1
    assert len(await post.room.jobs(STEP)) == 1


async def test_a_number_that_has_changed_is_asked_about_anew(here: Post) -> None:
    await add_people(here.room, 1)
    with pytest.raises(Outdated):
        await here.campaigns.begin(Wanted(ACCESS), "Оксана", expected=3)
    assert await here.room.jobs(STEP) == []


async def test_without_a_messenger_there_is_nothing_to_invite_into(here: Post) -> None:
    here.chats.connect([])
    with pytest.raises(Refused, match="no_messenger"):
        await here.campaigns.begin(Wanted(ACCESS), "Оксана")


async def test_invitations_leave_at_the_pace_that_was_asked_for(post: Post) -> None:
    await add_people(post.room, 20)
    await post.campaigns.begin(Wanted(ACCESS, pace=300), "Оксана")
    times: list[tuple[int, int]] = []
    for _ in range(3):
        await post.step()
        passed = post.room.clock() - MONDAY_MORNING
        times.append((round(passed.total_seconds()), len(await post.room.dispatches())))
    assert times == [(0, 5), (60, 10), (120, 15)]


@pytest.mark.parametrize(("pace", "first", "after"), [(60, 1, 60), (30, 1, 120), (7, 1, 514), (3600, 60, 60)])
async def test_any_pace_is_kept(here: Post, pace: int, first: int, after: int) -> None:
    await add_people(here.room, 70)
    await here.campaigns.begin(Wanted(ACCESS, pace=pace), "Оксана")
    await here.step()
    assert len(await here.room.dispatches()) == first
    at = (await here.room.jobs(STEP))[-1].next_at
    assert at is not None
    assert round((at - MONDAY_MORNING).total_seconds()) == after


async def test_a_step_that_runs_twice_invites_nobody_sooner(post: Post) -> None:
    await add_people(post.room, 20)
    await post.campaigns.begin(Wanted(ACCESS, pace=300), "Оксана")
    run = run_of((await post.room.jobs(STEP))[-1])
    await post.campaigns.step(run)
    await post.campaigns.step(run)
    assert (len(await post.room.dispatches()), len(await post.room.jobs(STEP))) == (5, 2)


async def test_nobody_is_invited_at_night_and_the_pace_is_kept_in_the_morning(post: Post) -> None:
    post.room.clock.moment = EVENING
    await post.campaigns.begin(Wanted(ACCESS, pace=60), "Оксана")
    with pytest.raises(Postponed) as until:
        await post.step()
    assert until.value.until == MORNING
    assert await post.told() == []
    post.room.clock.moment = MORNING
    await post.step()
    assert len(await post.told()) == 1


async def test_a_campaign_stays_within_the_months_budget_and_finance_hears_of_it(backroom: Backroom) -> None:
    post = posted(backroom, budget=Money(500))
    await mailbox(backroom, IRYNA, "iryna@dnipro.example")
    await add_people(backroom, 3)
    assert (await post.campaigns.view(ACCESS)).left == Money(500)
    await post.campaigns.begin(Wanted(ACCESS, pace=60), "Оксана")
    while (await post.campaigns.view(ACCESS)).running:
        await post.step()
        await backroom.route()
    told = await post.told()
    assert (len(told), "mail:iryna@dnipro.example" in told) == (3, True)
    (report,) = await post.campaigns.reports((ACCESS,), 1)
    assert (report.campaign.ended_by, report.failed) == (NO_MONEY, {})
    assert [(one.to, one.kind) for one in await backroom.told_staff()] == [("finance", "budget")]
    assert (await post.campaigns.view(ACCESS)).left == Money(20)


async def test_a_notice_that_finds_the_budget_spent_is_not_sent(here: Post) -> None:
    here.room.dispatching = Dispatching(here.room.books, Terms(budget=Money(0)), here.room.clock)
    await here.campaigns.begin(Wanted(ACCESS), "Оксана")
    await here.step()
    assert await here.told() == []
    (report,) = await here.campaigns.reports((ACCESS,), 1)
    assert report.failed == {"budget": 3}


async def test_a_campaign_can_be_for_some_clients_and_for_so_many_people(post: Post) -> None:
    await change(post.room, update(Client).where(Client.id == DNIPRO.id).values(external_id="dnipro"))
    assert names(await post.campaigns.preview(Wanted(ACCESS, ["dnipro"]))) == ["Ірина"]
    with pytest.raises(NotFound, match="nobody"):
        await post.campaigns.preview(Wanted(ACCESS, ["nobody"]))
    await post.campaigns.begin(Wanted(ACCESS, ["dnipro"]), "Оксана")
    await post.whole()
    assert await post.told() == [f"sms:{IRYNA_PHONE}"]
    await post.campaigns.begin(Wanted(ACCESS, most=1), "Оксана")
    await post.whole()
    assert len(await post.told()) == 2
    assert sorted((await post.bars()).values(), key=str) == ["sms", "told", "told"]


async def test_a_campaign_that_was_stopped_invites_nobody_more(post: Post) -> None:
    campaign = (await post.campaigns.begin(Wanted(ACCESS, pace=60), "Оксана")).campaign
    await post.step()
    assert [await post.campaigns.halt(campaign.id, "Петро") for _ in range(2)] == [True, False]
    await post.step()
    assert len(await post.told()) == 1
    (report,) = await post.campaigns.reports((ACCESS,), 1)
    assert (report.campaign.ended_by, report.told) == ("Петро", 1)
    assert (await post.campaigns.begin(Wanted(ACCESS), "Оксана")).ours


async def test_a_campaign_does_not_wait_for_one_that_was_stopped(here: Post) -> None:
    stopped = (await here.campaigns.begin(Wanted(ACCESS, pace=1), "Оксана")).campaign
    await here.step()
    await here.campaigns.halt(stopped.id, "Петро")
    await here.campaigns.begin(Wanted(ACCESS), "Петро")
    assert len({job.lock for job in await here.room.jobs(STEP)}) == 2


async def test_a_report_tells_what_became_of_the_invitations(post: Post) -> None:
    await add_people(post.room, 2)
    campaign = (await post.campaigns.begin(Wanted(ACCESS), "Оксана")).campaign
    await post.whole()
    rows = await post.room.dispatches()
    for number, row in enumerate(rows):
        state = (DispatchState.SEEN, DispatchState.DELIVERED, DispatchState.SENT, DispatchState.FAILED)[min(number, 3)]
        await settle(post.room, row.id, state, "bad_phone" if state is DispatchState.FAILED else "")
    first = rows[0].person_id
    assert first is not None
    await post.room.sign_in(first, "telegram", "1")
    (report,) = await post.campaigns.reports((ACCESS,), 10)
    assert (report.campaign.id, report.told, report.waiting) == (campaign.id, 5, 0)
    assert (report.sent, report.delivered, report.seen, report.failed) == (3, 2, 1, {"bad_phone": 2})
    assert (report.joined, report.cost) == (1, Money(3 * 240))


async def test_other_notices_are_not_invitations(here: Post) -> None:
    await here.room.books.write(
        lambda tx: tx.dispatches.add(OLENA, RANOK.id, Notice(NoticeKind.ORDER_TAKEN, "1"), here.room.clock())
    )
    assert (await here.bars())["Олена"] is Way.SMS
    assert await here.campaigns.reports((ACCESS,), 5) == []

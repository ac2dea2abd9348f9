"""The journal of notices: what staff read of it, what a month cost and saved, and who was not reached."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.db.journal import JournalRow
from bot.db.tx import Tx
from bot.domain.dispatch import DispatchState, Way
from bot.domain.errors import NotFound
from bot.domain.job import Job, Queue, Run
from bot.domain.money import ZERO, Money
from bot.domain.notice import RULES, Notice, NoticeKind
from bot.services.journal import FAILURES, Journal, WayFigures
from handlers.staff.messages import KINDS
from handlers.terminal import notices_report
from tests.db.people import DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom, Told
from tests.support.desk import MONDAY_MORNING

RUN = Run("1", Job(FAILURES, Queue.LOCAL, {}, key=FAILURES), 1)
CHANGED = NoticeKind.ORDER_CHANGED


def journal(room: Backroom) -> Journal:
    return Journal(room.books, room.clock, Money(150))


async def sent(
    room: Backroom,
    way: Way | None,
    state: DispatchState,
    *,
    kind: NoticeKind = CHANGED,
    person: UUID | None = OLENA,
    client: UUID = RANOK.id,
    reason: str = "",
    **more: Any,
) -> UUID:
    """A notice that ended so."""

    def write(tx: Tx) -> UUID:
        dispatch = tx.dispatches.add(person, client, Notice(kind, str(uuid4())), room.clock())
        assert dispatch is not None
        values = {"way": way.value if way else None, "arrived_at": room.clock()} | more
        tx.dispatches.settle(dispatch, state, reason, **values)
        return dispatch

    return await room.books.write(write)


async def month(room: Backroom) -> None:
    """Some of everything."""
    await sent(room, Way.TELEGRAM, DispatchState.SENT, price=ZERO)
    await sent(room, Way.TELEGRAM, DispatchState.UNSURE, price=ZERO)
    await sent(room, Way.VIBER, DispatchState.SEEN, price=ZERO)
    await sent(room, Way.VIBER, DispatchState.DELIVERED, price=Money(95))
    await sent(room, Way.VIBER, DispatchState.HELD, price=Money(95))
    await sent(room, Way.MAIL, DispatchState.SENT, price=None)
    await sent(room, Way.SMS, DispatchState.DELIVERED, price=Money(240))
    await sent(room, Way.SMS, DispatchState.FAILED, price=Money(120))
    await sent(room, None, DispatchState.FAILED, reason="unreachable")
    await sent(room, None, DispatchState.DROPPED)


async def test_a_month_is_summed_up_by_way_with_what_was_saved(backroom: Backroom) -> None:
    await month(backroom)
    figures = await journal(backroom).month()
    assert figures.ways == [
        WayFigures(Way.TELEGRAM, sent=1, unsure=1),
        WayFigures(Way.VIBER, sent=2, delivered=2, seen=1, cost=Money(95)),
        WayFigures(Way.MAIL, sent=1),
        WayFigures(Way.SMS, sent=1, delivered=1, failed=1, cost=Money(360)),
        WayFigures(None, failed=1),
    ]
    assert (figures.cost, figures.saved) == (Money(455), Money(3 * 2 * 150))


async def test_a_month_begins_and_ends_in_kyiv(backroom: Backroom) -> None:
    for moment in ("2026-10-31T21:59", "2026-10-31T22:00", "2026-11-30T21:59", "2026-11-30T22:00"):
        backroom.clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        await sent(backroom, Way.TELEGRAM, DispatchState.SENT)
    months = [datetime(2026, month, 15, tzinfo=UTC) for month in (10, 11, 12)]
    figures = [await journal(backroom).month(one) for one in months]
    assert [one.ways[0].sent for one in figures] == [1, 2, 1]


async def test_the_journal_is_read_newest_first_by_state_client_and_date(backroom: Backroom) -> None:
    old = await sent(backroom, Way.TELEGRAM, DispatchState.SENT)
    backroom.later(hours=1)
    lost = await sent(backroom, None, DispatchState.FAILED)
    hotel = await sent(backroom, Way.SMS, DispatchState.SENT, person=None, client=DNIPRO.id)
    since = MONDAY_MORNING + timedelta(minutes=1)

    async def ids(*states: DispatchState, **which: Any) -> set[UUID]:
        return {row.id for row in await journal(backroom).listed(states or frozenset(DispatchState), **which)}

    assert await ids() == {old, lost, hotel}
    assert await ids(DispatchState.SENT) == {old, hotel}
    assert await ids(client="ranok") == {old, lost}
    assert await ids(client="14360570") == {hotel}
    assert await ids(since=since) == {lost, hotel}
    rows = await journal(backroom).listed(limit=3)
    assert rows[-1].id == old
    with pytest.raises(NotFound):
        await ids(client="nobody's")


async def test_one_notice_is_read_with_its_person_and_client(backroom: Backroom) -> None:
    found = await journal(backroom).require(await sent(backroom, Way.VIBER, DispatchState.SEEN, tried="sms,telegram"))
    assert (found.person, found.client, found.tried) == ("Олена", "Кафе «Ранок»", (Way.SMS, Way.TELEGRAM))
    with pytest.raises(NotFound):
        await journal(backroom).require(uuid4())


async def test_managers_hear_once_how_many_people_did_not_get_what_they_must_be_told(backroom: Backroom) -> None:
    for person in (OLENA, OLENA, IRYNA):
        await sent(backroom, None, DispatchState.FAILED, person=person)
    await sent(backroom, None, DispatchState.FAILED, person=None)
    await sent(backroom, None, DispatchState.FAILED, kind=NoticeKind.ORDER_STATE)
    await sent(backroom, None, DispatchState.DROPPED)
    for _ in range(2):
        await journal(backroom).tell_failures(RUN)
    assert await backroom.told_staff() == [Told("managers", "unreached", MONDAY_MORNING.isoformat())]
    (job,) = await backroom.jobs("tell_staff")
    assert job.args["version"] == "3"
    backroom.later(days=1)
    await sent(backroom, None, DispatchState.FAILED)
    await journal(backroom).tell_failures(RUN)
    assert [job.args["version"] for job in await backroom.jobs("tell_staff")] == ["3", "1"]


async def test_where_everybody_was_reached_managers_hear_nothing(room: Backroom) -> None:
    await sent(room, Way.TELEGRAM, DispatchState.SENT)
    await journal(room).tell_failures(RUN)
    assert await room.told_staff() == []


async def test_a_notice_that_no_way_brings_is_given_up_at_a_moment(room: Backroom) -> None:
    await room.books.write(lambda tx: tx.reach.stop(Way.SMS, "+380671112233", "bounced", room.clock()))

    def add(tx: Tx) -> UUID:
        dispatch = tx.dispatches.add(OLENA, RANOK.id, Notice(CHANGED, "order"), room.clock())
        assert dispatch is not None
        return dispatch

    dispatch = await room.books.write(add)
    room.later(minutes=1)
    await room.dispatching.route(Run("1", Job("route_notice", Queue.LOCAL, {"dispatch": str(dispatch)}, key="r"), 1))
    found = await journal(room).require(dispatch)
    assert (found.state, found.reason, found.arrived_at) == (DispatchState.FAILED, "unreachable", room.clock())


def test_every_kind_that_clients_are_told_of_has_a_name_for_staff() -> None:
    assert set(KINDS) == set(notices_report.KINDS) == set(RULES)


@pytest.mark.parametrize(
    ("way", "address", "shown"),
    [
        (Way.SMS, "+380671112233", "…2233"),
        (Way.MAIL, "olena@ranok.example", "o…@ranok.example"),
        (Way.TELEGRAM, "123456", ""),
        (None, None, ""),
    ],
)
def test_a_phone_or_a_mailbox_is_never_shown_whole(way: Way | None, address: str | None, shown: str) -> None:
    assert notices_report.masked(way, address) == shown


def row(**changes: Any) -> JournalRow:
    values: dict[str, Any] = {
        "id": UUID(int=7), "kind": NoticeKind.PAY_LINK, "about": "order", "state": DispatchState.FAILED,
        "reason": "unreachable", "client": "Кафе «Ранок»", "person": "Олена", "way": Way.SMS,
        "address": "+380671112233", "tried": (Way.SMS,), "price": Money(240), "queued_at": MONDAY_MORNING,
        "due_at": None, "sent_at": None, "arrived_at": MONDAY_MORNING + timedelta(minutes=3),
    }  # fmt: skip
    return JournalRow(**values | changes)


def test_the_terminal_tells_one_notice_in_words() -> None:
    line, *facts = notices_report.whole(row())
    assert [word.strip() for word in line.split("  ")[1:] if word.strip()] == [
        "23.11 10:00", "не вдалося", "SMS", "є що сплатити", "Олена, Кафе «Ранок»",
        "(немає ні чату, ні пошти, ні телефону)",
    ]  # fmt: skip
    assert facts == [
        "  Додано: 23.11.2026 10:00:00",
        "  Закінчилося: 23.11.2026 10:03:00",
        "  Про що: order",
        "  Куди: …2233",
        "  Не взяли: SMS",
        "  Ціна: 2,40\u00a0грн",
        "  Причина: немає ні чату, ні пошти, ні телефону",
    ]
    assert notices_report.listed([]) == ["Повідомлень немає."]


async def test_the_terminal_tells_what_a_month_cost(room: Backroom) -> None:
    await month(room)
    told = [line.replace("\u00a0", " ") for line in notices_report.cost(await journal(room).month())]
    assert told == [
        "Повідомлення за 11.2026",
        "  Telegram: надіслано 1, доставлено 0, прочитано 0, не вдалося 0, невідомо 1; 0,00 грн",
        "  Viber: надіслано 2, доставлено 2, прочитано 1, не вдалося 0; 0,95 грн",
        "  Пошта: надіслано 1, доставлено 0, прочитано 0, не вдалося 0; 0,00 грн",
        "  SMS: надіслано 1, доставлено 1, прочитано 0, не вдалося 1; 3,60 грн",
        "  без шляху: не вдалося 1",
        "Разом витрачено: 4,55 грн",
        "безплатні повідомлення зекономили 9,00 грн проти SMS",
    ]


def test_the_words_of_the_terminal_are_for_every_state_and_way() -> None:
    assert set(notices_report.STATES) == set(DispatchState)
    assert set(notices_report.WAYS) == {*Way, None}

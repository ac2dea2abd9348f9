"""Who is told: everybody whom the kind concerns, by the way that costs least, and each event once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update

from bot.db.models import Client, Membership, Person
from bot.domain.dispatch import DispatchState, Terms, Way
from bot.domain.money import ZERO, Money
from bot.domain.notice import FINANCE, Notice, NoticeKind, Topic
from bot.services.dispatch import Dispatching
from bot.services.notices import TELL, TELL_STAFF, tell_client, tell_finance, tell_payers, tell_staff
from tests.db.people import ANDRII, DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.desk import MONDAY_MORNING

ORDER = str(uuid4())
CHANGED = Notice(NoticeKind.ORDER_CHANGED, ORDER, "v1")
LINK = Notice(NoticeKind.PAY_LINK, ORDER)
LATER = MONDAY_MORNING + timedelta(days=1)
NIGHT = MONDAY_MORNING.replace(hour=20)  # ten in the evening in Kyiv
EVERY_WAY = Terms()


async def tell(room: Backroom, notice: Notice = CHANGED, client: UUID = RANOK.id) -> int:
    return await room.books.write(lambda tx: tell_client(tx, client, notice, room.clock()))


async def recipients(room: Backroom) -> list[str]:
    return sorted(told.to for told in await room.told())


async def reached_by(room: Backroom, terms: Terms) -> list[str]:
    room.dispatching = Dispatching(room.books, terms, room.clock)
    return await recipients(room)


async def states(room: Backroom) -> list[tuple[DispatchState, str]]:
    rows = await room.books.read(lambda tx: tx.dispatches.journal(100))
    return sorted((row.state, row.reason) for row in rows)


async def change(room: Backroom, *statements: object) -> None:
    await room.books.write(lambda tx: [tx._connection.execute(one) for one in statements] and None)  # type: ignore[call-overload]


async def only_pays(room: Backroom, person: UUID) -> None:
    """The person pays and does not order, and nobody else pays."""
    theirs = update(Membership).where(Membership.person_id == person).values(orders=False, pays=True)
    await change(room, update(Membership).values(pays=False), theirs)


async def mailbox(room: Backroom, person: UUID, address: str | None) -> None:
    await change(room, update(Person).where(Person.id == person).values(email=address))


async def test_everybody_who_orders_for_the_client_is_told(backroom: Backroom) -> None:
    for person_id, name in ((OLENA, "olena"), (ANDRII, "andrii"), (IRYNA, "iryna")):
        await backroom.sign_in(person_id, "viber", name)
    assert await tell(backroom) == 3
    assert await recipients(backroom) == ["viber:andrii", "viber:iryna", "viber:olena"]


async def test_a_person_is_told_in_telegram_where_they_have_it(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena", LATER)
    await backroom.sign_in(OLENA, "telegram", "1")
    await tell(backroom)
    assert await recipients(backroom) == ["telegram:1"]


async def test_of_two_accounts_in_one_messenger_the_one_used_last_is_told(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "1", LATER)
    await backroom.sign_in(OLENA, "telegram", "2")
    await tell(backroom)
    assert await recipients(backroom) == ["telegram:1"]


async def test_an_account_that_cannot_be_reached_gives_way_to_another(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "1")
    await backroom.sign_in(OLENA, "viber", "olena")
    await backroom.books.write(lambda tx: tx.accounts.set_reachable("telegram", "1", False))
    await tell(backroom)
    assert await recipients(backroom) == ["viber:olena"]


async def test_whoever_does_not_order_is_not_told(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await room.sign_in(ANDRII, "viber", "andrii")
    await only_pays(room, OLENA)
    await change(room, update(Person).where(Person.id == ANDRII).values(active=False))
    await tell(room)
    assert await recipients(room) == []


async def test_the_way_to_pay_for_an_order_of_the_office_is_told_to_who_pays_and_does_not_order(
    backroom: Backroom,
) -> None:
    for person_id, name in ((OLENA, "olena"), (ANDRII, "andrii"), (IRYNA, "iryna")):
        await backroom.sign_in(person_id, "viber", name)
    await only_pays(backroom, ANDRII)
    await change(backroom, update(Membership).where(Membership.person_id == OLENA).values(pays=True))
    order_id = uuid4()
    await backroom.books.write(lambda tx: tell_payers(tx, RANOK.id, order_id, backroom.clock()))
    assert await recipients(backroom) == ["viber:andrii"]


async def test_who_ordered_sees_the_way_to_pay_with_the_order_and_the_others_who_pay_are_told(
    backroom: Backroom,
) -> None:
    for person_id, name in ((OLENA, "olena"), (ANDRII, "andrii"), (IRYNA, "iryna")):
        await backroom.sign_in(person_id, "viber", name)
    await change(backroom, update(Membership).values(pays=True))
    await change(backroom, update(Membership).where(Membership.person_id == IRYNA).values(pays=False))
    order_id = uuid4()
    await backroom.books.write(lambda tx: tell_payers(tx, RANOK.id, order_id, backroom.clock(), ordered_by=OLENA))
    assert await recipients(backroom) == ["viber:andrii"]


async def test_who_has_no_chat_is_told_by_sms_what_is_worth_it(room: Backroom) -> None:
    await only_pays(room, ANDRII)
    await tell(room, LINK)
    assert await reached_by(room, EVERY_WAY) == ["sms:+380501112233"]


async def test_a_letter_is_cheaper_than_a_text_message(room: Backroom) -> None:
    await only_pays(room, ANDRII)
    await mailbox(room, ANDRII, "andrii@ranok.example")
    await tell(room, LINK)
    assert await reached_by(room, EVERY_WAY) == ["mail:andrii@ranok.example"]


async def test_what_is_not_worth_a_text_message_is_not_sent_by_one(room: Backroom) -> None:
    await tell(room)
    assert await reached_by(room, EVERY_WAY) == []
    assert {why for _, why in await states(room)} == {"costs"}


async def test_a_client_of_whom_nobody_is_known_is_told_at_its_own_address(backroom: Backroom) -> None:
    lonely = uuid4()
    await change(
        backroom,
        insert(Client).values(
            id=lonely, kind="legal", name="ТОВ «Самота»", email="office@samota.example", payment_days=0, active=True,
            version="",
        ),
    )  # fmt: skip
    assert await tell(backroom, client=lonely) == 1
    assert await reached_by(backroom, EVERY_WAY) == ["mail:office@samota.example"]


async def test_an_address_that_nothing_is_to_be_sent_to_is_let_be(backroom: Backroom) -> None:
    await only_pays(backroom, ANDRII)
    await mailbox(backroom, ANDRII, "andrii@ranok.example")
    await backroom.books.write(lambda tx: tx.reach.stop(Way.MAIL, "andrii@ranok.example", "bounced", backroom.clock()))
    await tell(backroom, LINK)
    assert await reached_by(backroom, EVERY_WAY) == ["sms:+380501112233"]


async def test_what_a_person_does_not_want_to_hear_is_not_told_and_what_is_compulsory_is(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena")
    moved = Notice(NoticeKind.ORDER_STATE, ORDER, "shipped")
    await backroom.books.write(lambda tx: tx.reach.mute(OLENA, Topic.ORDERS, muted=True))
    await tell(backroom, moved)
    await tell(backroom)
    assert [(told.to, told.kind) for told in await backroom.told()] == [("viber:olena", "order_changed")]
    await backroom.books.write(lambda tx: tx.reach.mute(OLENA, Topic.ORDERS, muted=False))
    await tell(backroom, moved)
    assert [told.kind for told in await backroom.told()] == ["order_changed", "order_state"]


async def test_a_person_sleeps_at_night_and_is_told_in_the_morning(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena")
    backroom.clock.moment = NIGHT
    await tell(backroom)
    assert await recipients(backroom) == []
    await backroom.release()
    assert await recipients(backroom) == []
    backroom.later(hours=10)
    await backroom.release()
    assert await recipients(backroom) == ["viber:olena"]


async def test_what_cannot_wait_is_told_at_night(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena", NIGHT)
    room.clock.moment = NIGHT
    await tell(room, Notice(NoticeKind.ORDER_PAID, ORDER, "1"))
    assert await recipients(room) == ["viber:olena"]


async def test_what_is_not_worth_money_rides_along_when_a_session_opens(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena")
    await tell(backroom, Notice(NoticeKind.PRICES_FELL, ORDER, "1"))
    backroom.later(hours=1)
    await backroom.release()
    assert await recipients(backroom) == []
    now = backroom.clock()
    await backroom.books.write(lambda tx: tx.accounts.meet("viber", "olena", "", now, now))
    await backroom.release()
    assert await recipients(backroom) == ["viber:olena"]


async def test_who_opens_no_session_for_days_is_not_told_what_is_worth_nothing(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await tell(room, Notice(NoticeKind.PRICES_FELL, ORDER, "1"))
    room.later(days=3)
    await room.release()
    assert await recipients(room) == []
    assert (DispatchState.FAILED, "costs") in await states(room)


async def test_a_budget_that_is_spent_lets_only_the_compulsory_through_and_finance_hears_of_it_once(
    backroom: Backroom,
) -> None:
    await only_pays(backroom, ANDRII)
    for number in range(3):
        await tell(backroom, Notice(NoticeKind.PAY_LINK, f"order {number}"))
    terms = Terms(budget=Money(500))
    assert await reached_by(backroom, terms) == ["sms:+380501112233"] * 2
    assert [row for row in await states(backroom) if row[1]] == [(DispatchState.FAILED, "budget")]
    assert [(told.to, told.kind) for told in await backroom.told_staff()] == [("finance", "budget")]
    await tell(backroom, Notice(NoticeKind.ORDER_TAKEN, ORDER))
    assert len(await reached_by(backroom, terms)) > 2
    spent = await backroom.books.read(lambda tx: tx.dispatches.spent(MONDAY_MORNING.replace(day=1)))
    assert spent == Money(240 * (2 + len([row for row in await backroom.dispatches() if row.notice.about == ORDER])))


@pytest.mark.parametrize("answer", [0, None])
async def test_what_a_message_really_cost_takes_the_place_of_what_was_reckoned(
    room: Backroom, answer: int | None
) -> None:
    await only_pays(room, ANDRII)
    await tell(room, LINK)
    await reached_by(room, EVERY_WAY)
    (row,) = await room.dispatches()
    price = None if answer is None else Money(answer)
    await room.books.write(lambda tx: tx.dispatches.sent(row.id, "1", room.clock(), price=price))
    spent = await room.books.read(lambda tx: tx.dispatches.spent(MONDAY_MORNING.replace(day=1)))
    assert spent == (Money(240) if answer is None else ZERO)


async def test_an_event_is_told_once(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena")
    await tell(backroom)
    await tell(backroom)
    assert len(await backroom.told()) == 1
    await tell(backroom, Notice(NoticeKind.ORDER_CHANGED, ORDER, "v2"))
    await tell(backroom, Notice(NoticeKind.ORDER_STATE, ORDER, "v1"))
    assert len(await backroom.told()) == 3


async def test_a_person_of_two_clients_is_told_of_one_event_once(room: Backroom) -> None:
    await room.sign_in(IRYNA, "viber", "iryna")
    await tell(room)
    await tell(room, client=DNIPRO.id)
    assert [told.to for told in await room.told()] == ["viber:iryna"]


async def test_notices_to_one_chat_keep_their_order(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await tell(room)
    await room.route()
    (job,) = await room.jobs(TELL)
    assert job.lock == "chat:viber:olena"


async def test_staff_are_told_once_at_their_desk(backroom: Backroom) -> None:
    for _ in range(2):
        await backroom.books.write(lambda tx: tell_staff(tx, Notice(NoticeKind.SILENT, "since")))
    (job,) = await backroom.jobs(TELL_STAFF)
    assert (job.args["desk"], job.lock) == ("managers", "desk:managers")


async def test_money_is_told_to_finance(room: Backroom) -> None:
    await room.books.write(lambda tx: tell_finance(tx, Notice(NoticeKind.MONEY, ORDER)))
    assert [told.to for told in await room.told_staff()] == [FINANCE]

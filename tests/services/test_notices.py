"""Who is told: everybody who orders for the client, in one messenger each, and each event once."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import update

from bot.db.models import Membership, Person
from bot.domain.notice import Notice, NoticeKind
from bot.services.notices import TELL, TELL_STAFF, tell_client, tell_staff
from tests.db.people import ANDRII, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.desk import MONDAY_MORNING

ORDER = str(uuid4())
CHANGED = Notice(NoticeKind.ORDER_CHANGED, ORDER, "v1")
LATER = MONDAY_MORNING + timedelta(days=1)


async def tell(room: Backroom, notice: Notice = CHANGED) -> int:
    return await room.books.write(lambda tx: tell_client(tx, RANOK.id, notice))


async def recipients(room: Backroom) -> list[str]:
    return sorted(told.to for told in await room.told())


async def test_everybody_who_orders_for_the_client_is_told(backroom: Backroom) -> None:
    for person_id, name in ((OLENA, "olena"), (ANDRII, "andrii"), (IRYNA, "iryna")):
        await backroom.sign_in(person_id, "viber", name)
    assert await tell(backroom) == 3
    assert await recipients(backroom) == ["viber:andrii", "viber:iryna", "viber:olena"]


async def test_a_person_is_told_in_telegram_where_they_have_it(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena", LATER)
    await backroom.sign_in(OLENA, "telegram", "1")
    assert await tell(backroom) == 1
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
    pays = update(Membership).where(Membership.person_id == OLENA).values(orders=False)
    gone = update(Person).where(Person.id == ANDRII).values(active=False)
    await room.books.write(lambda tx: tx._connection.execute(pays).rowcount + tx._connection.execute(gone).rowcount)
    assert await tell(room) == 0


async def test_an_event_is_told_once(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "viber", "olena")
    await tell(backroom)
    await tell(backroom)
    assert len(await backroom.jobs(TELL)) == 1
    await tell(backroom, Notice(NoticeKind.ORDER_CHANGED, ORDER, "v2"))
    await tell(backroom, Notice(NoticeKind.ORDER_STATE, ORDER, "v1"))
    assert len(await backroom.jobs(TELL)) == 3


async def test_notices_to_one_chat_keep_their_order(room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    await tell(room)
    (job,) = await room.jobs(TELL)
    assert job.lock == "chat:viber:olena"
    assert job.args == {
        "kind": "order_changed", "about": ORDER, "version": "v1", "channel": "viber", "to": "olena",
    }  # fmt: skip


async def test_staff_are_told_once_at_their_desk(backroom: Backroom) -> None:
    for _ in range(2):
        await backroom.books.write(lambda tx: tell_staff(tx, Notice(NoticeKind.SILENT, "since")))
    (job,) = await backroom.jobs(TELL_STAFF)
    assert (job.args["desk"], job.lock) == ("managers", "desk:managers")

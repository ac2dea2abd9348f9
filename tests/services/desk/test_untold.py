"""What no way brought to a client is said in the client's topic; what nobody knows of, as one list."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.dispatch import DispatchState, Way
from bot.domain.notice import Notice, NoticeKind
from bot.services.journal import UNSURE
from tests.db.people import DNIPRO, OLENA, RANOK
from tests.db.test_orders import place
from tests.services.desk.room import GROUP, DeskRoom

CHANGED, STATE = NoticeKind.ORDER_CHANGED, NoticeKind.ORDER_STATE


async def ends(
    room: DeskRoom,
    kind: NoticeKind,
    reason: str,
    *,
    state: DispatchState = DispatchState.FAILED,
    person: UUID | None = OLENA,
    client: UUID = RANOK.id,
    about: str = "x",
    **more: Any,
) -> UUID:
    def add(tx: Tx) -> UUID:
        notice = Notice(kind, about, str(len(room.telegram.shown)) + reason)
        dispatch = tx.dispatches.add(person, client, notice, room.clock())
        assert dispatch is not None
        tx.dispatches.settle(dispatch, state, reason, arrived_at=room.clock(), **more)
        return dispatch

    room.clock.moment += timedelta(seconds=1)
    return await room.books.write(add)


async def test_what_reached_nobody_is_said_in_the_clients_topic_with_why_and_what_to_do(room: DeskRoom) -> None:
    order = await room.books.write(lambda tx: place(tx, RANOK, at=room.clock()))
    await ends(room, CHANGED, "unreachable", about=str(order))
    await room.later(minutes=1)
    assert room.forum.titles == {"1": "Кафе «Ранок»"}
    assert room.topic()[-1].text == (
        "Кафе «Ранок»: не вдалося повідомити\n\n"
        "• Олена: замовлення змінено (K-000001) (немає ні чату, ні пошти, ні телефону)\n\n"
        "Зателефонуйте, будь ласка. Щоб наступного разу дійшло, внесіть у 1С телефон чи пошту або запросіть у чат."
    )


async def test_it_is_said_once(room: DeskRoom) -> None:
    await ends(room, CHANGED, "unreachable")
    for _ in range(3):
        await room.later(minutes=1)
    assert len([one for one in room.topic() if "не вдалося повідомити" in one.text]) == 1


async def test_several_of_one_client_are_one_message_with_every_advice_once(room: DeskRoom) -> None:
    await ends(room, CHANGED, "unreachable")
    await ends(room, CHANGED, "bad_phone")
    await ends(room, CHANGED, "bounced 5.1.1", person=None)
    await ends(room, CHANGED, "not delivered", client=DNIPRO.id, person=None)
    await room.later(minutes=1)
    assert room.topic()[-1].text.split("\n\n")[1:] == [
        "• Олена: замовлення змінено (немає ні чату, ні пошти, ні телефону)\n"
        "• Олена: замовлення змінено (такого телефону немає)\n"
        "• замовлення змінено (лист повернувся)",
        "Зателефонуйте, будь ласка. Щоб наступного разу дійшло, внесіть у 1С телефон чи пошту або запросіть у чат.\n"
        "Дізнайтеся правильний телефон, і хай його виправлять у 1С.\n"
        "Дізнайтеся правильну пошту, і хай її виправлять у 1С.",
    ]
    assert room.forum.titles["2"] == "Готель «Дніпро»"


async def test_what_was_not_worth_a_way_is_let_be_and_what_was_tried_is_not(room: DeskRoom) -> None:
    await ends(room, STATE, "costs")
    await ends(room, NoticeKind.PRICE_LIST, "not delivered", tried="mail")
    await room.later(minutes=1)
    assert room.forum.titles == {}
    await ends(room, STATE, "not delivered", tried="viber")
    await room.later(minutes=1)
    assert "• Олена: стан замовлення (прийняли й не доставили)" in room.topic()[-1].text


async def test_a_group_without_topics_reads_whose_it_is(room: DeskRoom) -> None:
    room.forum.allowed = False
    await ends(room, CHANGED, "unreachable")
    await room.later(minutes=1)
    assert room.telegram.to(GROUP, "")[-1].text.startswith("Кафе «Ранок»: не вдалося повідомити")


async def test_what_may_have_arrived_is_told_to_the_group_once_as_a_list(room: DeskRoom) -> None:
    unsure = DispatchState.UNSURE
    await ends(room, CHANGED, "viber 502", state=unsure, way=Way.VIBER.value)
    await ends(room, CHANGED, "telegram 500", state=unsure, way=Way.TELEGRAM.value, client=DNIPRO.id)
    await room.backroom.ticks(UNSURE)
    assert room.telegram.to(GROUP) == []
    await room.later(minutes=15)
    for _ in range(2):
        await room.backroom.ticks(UNSURE)
        await room.later(minutes=1)
    (told,) = room.telegram.to(GROUP)
    assert told.text == (
        "Ці повідомлення, можливо, не дійшли: відповідь загубилася, а вдруге ніщо не надсилається.\n\n"
        "• 23.11 10:00 Кафе «Ранок», Олена: замовлення змінено (Viber)\n"
        "• 23.11 10:00 Готель «Дніпро», Олена: замовлення змінено (Telegram)\n\n"
        "Перепитайте тих, для кого це важливо, або зателефонуйте."
    )
    assert told.labels == ["Повідомлення клієнтам"]


async def test_what_arrived_meanwhile_is_not_told_as_unsure(room: DeskRoom) -> None:
    dispatch = await ends(room, CHANGED, "viber 502", state=DispatchState.UNSURE, way=Way.VIBER.value)
    await room.later(minutes=15)
    await room.books.write(lambda tx: tx.dispatches.settle(dispatch, DispatchState.DELIVERED))
    await room.backroom.ticks(UNSURE)
    assert room.telegram.to(GROUP) == []

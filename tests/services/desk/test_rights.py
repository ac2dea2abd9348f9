"""Who may act in the staff's groups, and the log of what each did."""

from bot.conversation.event import Kind
from bot.domain.desk import Role
from keyboards.desk_actions import HandBack
from tests.services.desk.room import GROUP, MONEY, OLENA_VIBER, DeskRoom

READS = "Вам тут дозволено лише читати: нічого не зроблено."


async def test_every_act_is_in_the_log_with_who_what_and_about_whom(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій", message="900")
    await room.answers("О десятій", message="900", kind=Kind.EDITED)
    await room.answers("// боржник", "Петро")
    await room.later(minutes=2)
    await room.taps(room.card(), "Повернути боту", "Петро")
    assert await room.log() == [
        ("Оксана", "answer", "Кафе «Ранок»", "done"),
        ("Оксана", "edit", "Кафе «Ранок»", "sent"),
        ("Петро", "note", "Кафе «Ранок»", "done"),
        ("Петро", "HandBack", "Кафе «Ранок»", "done"),
    ]


async def test_a_stranger_who_presses_a_forwarded_button_is_refused_and_logged(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.later(minutes=2)
    card = room.card()
    assert await room.taps(card, "Повернути боту", "Чужий", place="-999") == ""
    refused = await room.presses(card.payload("Повернути боту"), ("telegram", "stranger"))
    assert refused.startswith("Ця кнопка працює лише в тій групі працівників")
    assert await room.says("молоко") == ""
    assert [one for one in await room.log() if one[3] == "refused"] == [
        ("Чужий", "HandBack", "-999", "refused"),
        ("stranger", "HandBack", "", "refused"),
    ]


async def test_a_client_who_presses_a_button_of_the_staff_is_refused_and_logged(room: DeskRoom) -> None:
    await room.asks()
    await room.presses(room.card().payload("Внутрішня нотатка"))
    assert (await room.log())[-1] == (OLENA_VIBER[1], "NoteNext", "", "refused")


async def test_what_strangers_write_in_their_groups_is_not_heard(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("Привіт", "Чужий", place="-999")
    assert (room.heard(), await room.log()) == ([], [])


async def test_what_the_staff_say_among_themselves_goes_nowhere(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("Хто сьогодні чергує?", thread="")
    await room.answers("Я", thread="77")
    assert (room.heard(), await room.log()) == ([], [])


async def test_somebody_who_may_only_read_answers_nobody_and_presses_nothing(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("// я тут", "Стажер")
    await room.books.write(lambda tx: tx.staff.set_role("telegram", "Стажер", Role.WATCHER))
    assert (await room.answers("Привіт", "Стажер")).startswith(READS)
    assert (await room.taps(room.card(), "Внутрішня нотатка", "Стажер")).startswith(READS)
    assert (await room.answers("/answers add Ціна: дорого", "Стажер")).startswith(READS)
    assert await room.answers("поговоримо між собою", "Стажер", thread="") == ""
    assert room.heard() == []
    assert [one[1:] for one in await room.log() if one[3] == "refused"] == [
        ("answer", "Кафе «Ранок»", "refused"),
        ("NoteNext", "", "refused"),
        ("canned answer kept", "Ціна", "refused"),
    ]


async def test_a_card_of_finance_pressed_among_the_managers_does_nothing(rich: DeskRoom) -> None:
    await rich.asks()
    await rich.answers("О дев’ятій")
    topic = await rich.books.read(lambda tx: tx.desk.topic_at(GROUP, "1"))
    assert topic is not None
    event = rich._tap(HandBack(topic.id).pack(), ("telegram", "Бухгалтер"), MONEY, "5")
    await rich.does(event)
    assert await rich.says("молоко") == ""
    assert (await rich.log())[-1] == ("Бухгалтер", "HandBack", "", "refused")


async def test_who_speaks_in_the_name_of_the_group_is_asked_for_their_own(room: DeskRoom) -> None:
    await room.asks()
    said = await room.answers("О дев’ятій", GROUP)
    assert said.startswith("Нічого не надіслано: пишіть від свого імені.")
    assert room.heard() == []

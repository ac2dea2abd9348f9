"""Screens that go out: limits, refusals, lost answers, groups that move."""

import asyncio
import traceback
from dataclasses import replace

import pytest
import structlog
from markupsafe import Markup, escape

from bot.conversation.screen import Screen
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from integrations.telegram.client import _result
from integrations.telegram.limits import Bucket
from integrations.telegram.tempo import Tempo
from tests.integration.telegram.desk import RecordingDesk
from tests.integration.telegram.world import FAST, OLYA, PETRO, TOKEN, World, bot_at, listening

HELLO = Screen(Markup("Вітаємо"))


async def test_a_screen_nobody_asked_for_is_sent(world: World, desk: RecordingDesk) -> None:
    await world.messenger(desk).show(str(OLYA), HELLO)
    assert await world.texts() == ["Вітаємо"]


async def test_screens_to_one_chat_keep_their_order_through_troubles(world: World, desk: RecordingDesk) -> None:
    outbox = world.messenger(desk)._outbox
    await world.do("faults", kind="server_error", method="sendMessage", count=2)
    await asyncio.gather(*(outbox.put(str(OLYA), Screen(escape(text)), insists=True) for text in "абвгґ"))
    assert await world.texts() == ["а", "б", "в", "г", "ґ"]


async def test_a_pause_telegram_asks_for_is_waited_for(world: World, desk: RecordingDesk) -> None:
    await world.do("faults", kind="rate_limit", seconds=1)
    await world.messenger(desk).show(str(OLYA), HELLO)
    assert [call["ok"] for call in await world.calls("sendMessage")] == [False, True]


async def test_a_pause_for_one_chat_leaves_the_others_alone(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk)
    await world.do("faults", kind="rate_limit", seconds=300)
    with pytest.raises(Unavailable):
        await messenger.show(str(OLYA), HELLO)
    await messenger.show(str(PETRO), HELLO)
    assert await world.texts(PETRO) == ["Вітаємо"]


async def test_a_reply_has_a_place_when_notices_have_none_left(world: World, desk: RecordingDesk) -> None:
    outbox = world.messenger(desk)._outbox
    outbox._limits._overall = Bucket(3600.0, 5)
    for _ in range(2):
        await outbox.put(str(OLYA), HELLO)
    with pytest.raises(Unavailable):
        await outbox.put(str(OLYA), HELLO)
    await outbox.put(str(PETRO), HELLO, insists=True)
    assert (await world.texts(), await world.texts(PETRO)) == (["Вітаємо", "Вітаємо"], ["Вітаємо"])


async def test_a_pause_asked_for_without_a_chat_is_kept_for_all(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    await world.do("faults", kind="rate_limit", method="answerCallbackQuery", seconds=300)
    await world.do("tap", user=OLYA, message_id=999, data="~tgtest1:1", wait=0)
    await desk.until_done()
    with pytest.raises(Unavailable):
        await messenger.show(str(PETRO), HELLO)


async def test_a_pause_longer_than_a_minute_is_not_waited_for_but_kept(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk)
    await world.do("faults", kind="rate_limit", seconds=300)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await messenger.show(str(OLYA), HELLO)
    assert len(await world.calls("sendMessage")) == 1


async def test_more_than_a_person_may_get_goes_out_later_and_whole(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk)
    await asyncio.gather(*(messenger.show(str(OLYA), HELLO) for _ in range(9)))
    assert len(await world.texts()) == 9


async def test_who_blocked_the_bot_is_unreachable_and_not_tried_again(world: World, desk: RecordingDesk) -> None:
    await world.do("block", user=OLYA)
    with pytest.raises(Rejected, match="403 Forbidden: bot was blocked by the user"):
        await world.messenger(desk).show(str(OLYA), HELLO)
    assert desk.gone == [str(OLYA)]
    assert len(await world.calls("sendMessage")) == 1


async def test_who_deleted_the_account_or_never_was_is_unreachable(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk)
    await world.do("deactivate", user=OLYA)
    for person in (OLYA, 424242):
        with pytest.raises(Rejected):
            await messenger.show(str(person), HELLO)
    assert desk.gone == [str(OLYA), "424242"]


async def test_a_blocked_person_does_not_stop_the_turns_of_others(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.do("faults", kind="forbidden", chat=OLYA)
    await world.do("say", user=OLYA, text="1")
    await world.do("say", user=PETRO, text="2")
    await desk.until_done(2)
    assert desk.gone == [str(OLYA)]
    assert await world.texts(PETRO) == ["wrote 2"]


async def test_a_group_that_moved_gets_its_screen_at_the_new_id(world: World, desk: RecordingDesk) -> None:
    group = await world.do("chats", title="Склад", type="group", members=[OLYA])
    moved = await world.do("migrate", chat=group["id"])
    await world.messenger(desk).show(str(group["id"]), HELLO)
    assert desk.moves == [(str(group["id"]), str(moved["id"]))]
    assert await world.texts(moved["id"]) == ["Вітаємо"]
    assert len(await world.calls("sendMessage")) == 2


@pytest.mark.parametrize("status", [500, 502])
async def test_a_short_trouble_of_telegram_is_waited_out_where_somebody_waits(
    world: World, desk: RecordingDesk, status: int
) -> None:
    await world.do("faults", kind="server_error", method="sendMessage", count=2, status=status)
    await world.messenger(desk)._outbox.put(str(OLYA), HELLO, insists=True)
    assert await world.texts() == ["Вітаємо"]


async def test_a_long_trouble_of_telegram_is_given_up(world: World, desk: RecordingDesk) -> None:
    await world.do("faults", kind="server_error", method="sendMessage", count=0)
    with pytest.raises(Ambiguous, match="telegram sendMessage: 500"):
        await world.messenger(desk)._outbox.put(str(OLYA), HELLO, insists=True)
    assert len(await world.calls("sendMessage")) == 4


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_notice_that_broke_the_server_may_have_come_and_is_not_repeated(
    world: World, desk: RecordingDesk, status: int
) -> None:
    await world.do("faults", kind="server_error", method="sendMessage", status=status)
    with pytest.raises(Ambiguous, match=f"telegram sendMessage: {status}"):
        await world.messenger(desk).show(str(OLYA), HELLO)
    assert await world.texts() == []


async def test_an_edit_that_broke_the_server_is_for_later_because_a_second_one_does_no_harm(
    world: World, desk: RecordingDesk
) -> None:
    messenger = world.messenger(desk)
    number = await messenger.show(str(OLYA), HELLO)
    await world.do("faults", kind="server_error", method="editMessageText")
    with pytest.raises(Unavailable, match="telegram editMessageText: 500"):
        await messenger.renew(str(OLYA), number, Screen(Markup("Сплачено")))


@pytest.mark.parametrize(("status", "error"), [(502, Ambiguous), (504, Ambiguous), (404, Unavailable)])
def test_a_proxys_page_tells_as_much_as_its_number(status: int, error: type[OutsideError]) -> None:
    with pytest.raises(error, match=f"telegram sendPhoto: {status}"):
        _result("sendPhoto", status, b"<html>")


async def test_a_reply_that_was_given_up_is_logged_and_leaves_the_inbox(world: World, desk: RecordingDesk) -> None:
    await world.do("faults", kind="server_error", method="sendMessage", count=0)
    with structlog.testing.capture_logs() as logs:
        await world.polling(desk)
        await world.do("say", user=OLYA, text="таємниця")
        await desk.until_done()
    (entry,) = [entry for entry in logs if entry["event"] == "telegram screen not shown"]
    assert (entry["kind"], entry["reason"]) == ("Ambiguous", "telegram sendMessage: 500")
    assert "таємниця" not in repr(logs)


async def test_a_notice_whose_answer_was_lost_may_have_come_and_is_not_repeated(
    world: World, desk: RecordingDesk
) -> None:
    messenger = world.messenger(desk)
    await world.do("faults", kind="lost_answer", method="sendMessage")
    with pytest.raises(Ambiguous):
        await messenger.show(str(OLYA), HELLO)
    assert await world.texts() == ["Вітаємо"]


async def test_a_reply_whose_answer_was_lost_is_repeated_because_somebody_waits(
    world: World, desk: RecordingDesk
) -> None:
    await world.polling(desk)
    await world.do("faults", kind="lost_answer", method="sendMessage")
    await world.do("say", user=OLYA, text="сіль")
    await desk.until_done()
    assert await world.texts() == ["wrote сіль", "wrote сіль"]


async def test_an_edit_whose_answer_was_lost_is_repeated_without_a_trace(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    await messenger.show(str(OLYA), HELLO)
    (first,) = await world.messages()
    await world.do("faults", kind="lost_answer", method="editMessageText")
    await world.do("tap", user=OLYA, message_id=first["message_id"], data="~tgtest1:1")
    await desk.until_done()
    assert await world.texts() == ["tapped ~tgtest1:1"]
    assert [call["ok"] for call in await world.calls("editMessageText")] == [True, False]


async def test_an_answer_that_takes_too_long_is_ambiguous(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk, replace(FAST, patience=0.2))
    await world.do("faults", kind="slow", method="sendMessage", seconds=1)
    with pytest.raises(Ambiguous, match="telegram sendMessage: TimeoutError"):
        await messenger.show(str(OLYA), HELLO)


async def test_nobody_listening_is_unavailable(desk: RecordingDesk) -> None:
    taken, base = listening()
    taken.close()
    messenger = bot_at(base, desk)
    with pytest.raises(Unavailable):
        await messenger.show(str(OLYA), HELLO)
    await messenger.stop()


async def test_what_is_no_chat_id_is_rejected(world: World, desk: RecordingDesk) -> None:
    with pytest.raises(Rejected):
        await world.messenger(desk).show("Оля", HELLO)


async def test_a_caller_who_gives_up_does_not_take_the_next_screen_with_it(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk)
    await world.do("faults", kind="slow", method="sendMessage", seconds=0.3)
    first, second, third = (
        asyncio.create_task(messenger.show(str(OLYA), Screen(escape(text)))) for text in ("1", "2", "3")
    )
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(first, third)
    assert await world.texts() == ["1", "3"]


async def test_the_token_is_in_no_error_log_or_representation(world: World, desk: RecordingDesk) -> None:
    taken, nowhere = listening()
    taken.close()
    told: list[str] = []
    with structlog.testing.capture_logs() as logs:
        for base, fault in ((nowhere, ""), (world.base, "server_error"), (world.base, "lost_answer")):
            messenger = bot_at(base, desk, Tempo(sends=1))
            if fault:
                await world.do("faults", kind=fault, method="sendMessage")
            with pytest.raises(OutsideError) as caught:
                await messenger.show(str(OLYA), HELLO)
            told += [repr(messenger), repr(vars(messenger)), *traceback.format_exception(caught.value)]
            await messenger.stop()
    secret = TOKEN.partition(":")[2]
    assert secret not in "".join(told)
    assert secret not in repr(logs)

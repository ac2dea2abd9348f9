"""Updates fetched: nothing lost, nothing twice, in order."""

import asyncio
from dataclasses import replace

import structlog

from bot.conversation.event import Kind
from integrations.telegram.tempo import Tempo
from sandbox.telegram.keys import WORLD
from tests.integration.telegram.bodies import message
from tests.integration.telegram.desk import Inbox, RecordingDesk
from tests.integration.telegram.world import FAST, OLYA, PETRO, World, bot_at, listening, listening_at, open_world


def said(desk: RecordingDesk) -> list[str]:
    return [event.text for event in desk.events]


def words(text: str) -> str:
    """An update of Olya's, as it stands in the inbox."""
    chat = {"id": OLYA, "type": "private", "first_name": "Оля"}
    return message(chat=chat, sender={"id": OLYA, "is_bot": False, "first_name": "Оля"}, text=text)


async def test_a_message_is_answered_with_a_screen(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert await world.texts() == ["wrote борошно"]
    assert desk.inbox.waiting == {}


async def test_a_person_who_starts_shares_a_phone_sends_a_file_and_leaves(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.do("start", user=OLYA, payload="inv-1")
    await world.do("share_phone", user=OLYA)
    await world.do("send_file", user=OLYA, content_base64="eHls", name="замовлення.xlsx")
    await world.do("block", user=OLYA)
    await desk.until_done(4)
    assert [event.kind for event in desk.events] == [Kind.STARTED, Kind.SHARED_PHONE, Kind.SENT_FILE, Kind.LEFT]
    assert [event.text for event in desk.events[:1]] == ["inv-1"]
    assert [event.contact.proven for event in desk.events if event.contact] == [True]


async def test_updates_that_could_not_be_kept_are_fetched_again(world: World, desk: RecordingDesk) -> None:
    desk.keep_failures = [RuntimeError("the disk is full"), RuntimeError("the disk is full")]
    await world.polling(desk)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert said(desk) == ["борошно"]


async def test_a_batch_is_kept_in_one_piece(world: World, desk: RecordingDesk) -> None:
    for number in range(3):
        await world.do("say", user=OLYA, text=str(number))
    await world.polling(desk)
    await desk.until_done(3)
    assert [len(batch) for batch in desk.batches] == [3]


async def test_what_was_kept_and_not_answered_before_a_crash_is_answered_after_it(world: World) -> None:
    inbox = Inbox()
    dying = RecordingDesk(inbox)
    dying.gate.clear()
    messenger = await world.polling(dying, Tempo(long_poll=5, grace=0.01))
    await world.do("say", user=OLYA, text="борошно")
    await dying.until(lambda: len(dying.events) == 1)
    await messenger.stop()
    assert (dying.answered, len(inbox.waiting)) == ([], 1)

    fresh = RecordingDesk(inbox)
    await world.polling(fresh)
    await fresh.until_done()
    assert said(fresh) == ["борошно"]
    assert await world.texts() == ["wrote борошно"]
    assert inbox.waiting == {}


async def test_one_that_stands_by_fetches_nothing_until_the_other_is_gone(world: World, desk: RecordingDesk) -> None:
    desk.leading = False
    await world.polling(desk, replace(FAST, standby=0.01))
    await world.do("say", user=OLYA, text="борошно")
    await desk.until(lambda: len(desk.asked) > 3)
    assert (desk.batches, await world.calls("getUpdates")) == ([], [])
    desk.inbox.keep("0", words("те, що лишив інший"))
    desk.leading = True
    await desk.until_done(2)
    assert said(desk) == ["те, що лишив інший", "борошно"]


async def test_who_fetched_lets_another_begin_when_it_stops(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    await messenger.stop()
    assert (desk.asked[0], desk.asked[-1]) == ("telegram updates", "no more telegram updates")


async def test_what_a_process_that_died_left_behind_is_found_while_running(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk, replace(FAST, look_around=0.01))
    await desk.until(lambda: len(desk.asked) > 0)
    desk.inbox.keep("0", words("знайдене"))
    await desk.until_done()
    assert await world.texts() == ["wrote знайдене"]


async def test_what_an_earlier_process_left_comes_before_what_is_new(world: World) -> None:
    inbox = Inbox()
    dying = RecordingDesk(inbox)
    dying.gate.clear()
    messenger = await world.polling(dying, Tempo(long_poll=5, grace=0.01))
    await world.do("say", user=OLYA, text="перше")
    await dying.until(lambda: len(dying.events) == 1)
    await messenger.stop()
    await world.do("say", user=OLYA, text="друге")

    fresh = RecordingDesk(inbox)
    await world.polling(fresh)
    await fresh.until_done(2)
    assert said(fresh) == ["перше", "друге"]


async def test_an_update_that_comes_twice_is_answered_once(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.do("faults", kind="duplicate_update")
    await world.do("say", user=OLYA, text="раз")
    await world.do("say", user=OLYA, text="два")
    await desk.until_done(2)
    assert said(desk) == ["раз", "два"]
    assert sum(len(batch) for batch in desk.batches) > len(desk.inbox.known)


async def test_updates_of_one_batch_in_a_wrong_order_are_answered_in_the_right_one(
    world: World, desk: RecordingDesk
) -> None:
    await world.do("faults", kind="reorder_updates", seconds=60)
    await world.do("say", user=OLYA, text="перше")
    await world.do("say", user=OLYA, text="друге")
    await world.polling(desk)
    await desk.until_done(2)
    assert said(desk) == ["перше", "друге"]


async def test_an_update_that_cannot_be_decoded_does_not_take_its_batch_with_it(
    world: World, desk: RecordingDesk
) -> None:
    await world.do("say", user=OLYA, text="до")
    world.app[WORLD].mailbox.put("message", OLYA, {"message_id": 1, "text": "таємниця"})
    await world.do("say", user=OLYA, text="після")
    with structlog.testing.capture_logs() as logs:
        await world.polling(desk)
        await desk.until_done(3)
    assert said(desk) == ["до", "після"]
    assert "telegram update cannot be decoded" in [entry["event"] for entry in logs]
    assert "таємниця" not in repr(logs)


async def test_one_person_is_answered_in_order_while_another_does_not_wait(world: World, desk: RecordingDesk) -> None:
    desk.gate.clear()
    await world.polling(desk)
    for text in ("1", "2", "3"):
        await world.do("say", user=OLYA, text=text)
    await world.do("say", user=PETRO, text="інший")
    await desk.until(lambda: len(desk.events) == 2)
    assert sorted(said(desk)) == ["1", "інший"]
    desk.gate.set()
    await desk.until_done(4)
    assert await world.texts() == ["wrote 1", "wrote 2", "wrote 3"]
    assert (desk.busiest, desk.most_at_once) == (1, 2)


async def test_a_turn_that_failed_is_tried_again(world: World, desk: RecordingDesk) -> None:
    desk.failures = [RuntimeError("the database is away")]
    await world.polling(desk)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert await world.texts() == ["wrote борошно"]


async def test_a_turn_that_keeps_failing_stays_in_the_inbox_and_the_button_stops_spinning(
    world: World, desk: RecordingDesk
) -> None:
    desk.failures = [RuntimeError("the database is away")] * 3
    await world.polling(desk)
    tapped = await world.do("tap", user=OLYA, message_id=1, data="~tgtest1:1")
    assert (tapped["answered"], tapped["text"]) == (True, "")
    assert len(desk.inbox.waiting) == 1


async def test_a_webhook_left_by_an_earlier_setting_is_taken_away(world: World, desk: RecordingDesk) -> None:
    await world.call("setWebhook", url="http://127.0.0.1:9/telegram/webhook")
    await world.polling(desk)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert (await world.call("getWebhookInfo"))["result"]["url"] == ""


async def test_a_webhook_set_while_polling_is_taken_away_too(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.call("setWebhook", url="http://127.0.0.1:9/telegram/webhook")
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert said(desk) == ["борошно"]


async def test_a_second_process_with_the_same_token_is_named_and_waited_for(world: World, desk: RecordingDesk) -> None:
    with structlog.testing.capture_logs() as logs:
        await world.polling(desk)
        await world.do("say", user=OLYA, text="1")
        await desk.until_done()
        await world.call("getUpdates", timeout=0)
        await world.do("say", user=OLYA, text="2")
        await desk.until_done(2)
    assert said(desk) == ["1", "2"]
    assert "telegram updates go to somebody else: is the bot running twice?" in [entry["event"] for entry in logs]


async def test_troubles_of_telegram_are_waited_out_and_logged_once(world: World, desk: RecordingDesk) -> None:
    await world.do("faults", kind="server_error", method="getUpdates", count=3, status=502)
    with structlog.testing.capture_logs() as logs:
        await world.polling(desk)
        await world.do("say", user=OLYA, text="борошно")
        await desk.until_done()
    events = [entry["event"] for entry in logs]
    assert (events.count("telegram is away"), events.count("telegram is back")) == (1, 1)


async def test_a_bot_started_before_the_network_is_there_begins_when_it_comes(desk: RecordingDesk) -> None:
    taken, base = listening()
    taken.close()
    messenger = bot_at(base, desk)
    await messenger.start()
    world = await open_world(listening_at(base), base)
    world.messengers.append(messenger)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until(lambda: "борошно" in said(desk))
    await world.close()


async def test_a_wrong_token_stops_the_bot_with_a_reason(world: World, desk: RecordingDesk) -> None:
    messenger = world.messenger(desk, token="7100000001:another")
    with structlog.testing.capture_logs() as logs:
        await messenger.start()
    assert messenger.stopped == "telegram getMe: 401 Unauthorized"
    assert [entry["event"] for entry in logs] == ["telegram stopped: the token is wrong or withdrawn, ask BotFather"]


async def test_stopping_finishes_the_turn_in_hand(world: World, desk: RecordingDesk) -> None:
    desk.gate.clear()
    messenger = await world.polling(desk)
    await world.do("say", user=OLYA, text="борошно")
    await desk.until(lambda: len(desk.events) == 1)
    stopping = asyncio.create_task(messenger.stop())
    desk.gate.set()
    await stopping
    assert await world.texts() == ["wrote борошно"]
    assert desk.inbox.waiting == {}


async def test_a_group_says_when_it_moves_and_when_it_puts_the_bot_out(world: World, desk: RecordingDesk) -> None:
    group = await world.do("chats", title="Склад", type="group", members=[OLYA])
    other = await world.do("chats", title="Офіс", type="group", members=[OLYA])
    await world.polling(desk)
    await world.do("say", user=OLYA, chat=group["id"], text="привіт")
    moved = await world.do("migrate", chat=group["id"])
    await world.do("members", chat=other["id"], bot="kicked")
    await desk.until(lambda: len(desk.gone) == 1 and len(desk.moves) >= 2)
    assert set(desk.moves) == {(str(group["id"]), str(moved["id"]))}
    assert desk.gone == [str(other["id"])]
    assert [(event.text, event.place) for event in desk.events] == [("привіт", str(group["id"]))]

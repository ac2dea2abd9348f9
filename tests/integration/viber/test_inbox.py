"""Behind the door: in order for each person, and nothing is lost or doubled by a crash, a fault or a crowd."""

import json

import pytest

from bot.conversation.event import Kind
from integrations.viber import reception
from tests.integration.viber import callbacks
from tests.integration.viber.desk import Inbox, RecordingDesk
from tests.integration.viber.world import Bot, Phone, Watch, running_bot


async def test_one_person_is_answered_in_order_and_one_at_a_time(bot: Bot) -> None:
    for number in range(30):
        await bot.receives(callbacks.said(str(number), token=number))
    await bot.desk.until_done(30)
    assert [event.text for event in bot.desk.events] == [str(number) for number in range(30)]
    assert bot.desk.busiest == 1


async def test_one_person_does_not_hold_up_another(bot: Bot) -> None:
    bot.desk.gate.clear()
    await bot.receives(callbacks.said("один"))
    await bot.receives(callbacks.said("два", token=2, who=callbacks.PETRO))
    await bot.desk.until(lambda: len(bot.desk.events) == 2)
    assert {event.sender.external_id for event in bot.desk.events} == {callbacks.OLENA, callbacks.PETRO}


async def test_viber_is_answered_before_the_desk_has_thought(bot: Bot) -> None:
    bot.desk.gate.clear()
    assert (await bot.receives(callbacks.said("борошно"))).status_code == 200
    assert len(bot.desk.inbox.waiting) == 1


async def test_what_a_crash_left_between_keep_and_done_is_answered_by_the_next_process(
    viber: str, watch: Watch, bot: Bot, phone: Phone
) -> None:
    await phone.does("say", text="добрий день")
    await bot.desk.until_done()
    bot.desk.gate.clear()
    await bot.receives(callbacks.said("перше", token=1, who=phone.id))
    await bot.receives(callbacks.said("друге", token=2, who=phone.id))
    left = Inbox(known=set(bot.desk.inbox.known), waiting=dict(bot.desk.inbox.waiting))

    async with running_bot(viber, watch, inbox=left) as heir:
        await heir.desk.until_done(2)
        assert [event.text for event in heir.desk.events] == ["перше", "друге"]
        assert [event.id for event in heir.desk.events] == ["message:1", "message:2"]
        assert left.waiting == {}
        repeated = await heir.receives(callbacks.said("перше", token=1, who=phone.id))
        await heir.receives(callbacks.said("третє", token=3, who=phone.id))
        await heir.desk.until_done(3)
        assert repeated.status_code == 200
        assert [event.text for event in heir.desk.events] == ["перше", "друге", "третє"]
    assert await phone.texts() == ["Вітаємо"] * 4


async def test_what_another_process_left_when_it_died_is_found_while_running(
    viber: str, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "LOOK_AROUND", 0.01)
    async with running_bot(viber, watch) as bot:
        await bot.messenger.register()
        for number, text in enumerate(("перше", "друге"), 1):
            bot.desk.inbox.keep(f"viber message:{number}", json.dumps(callbacks.said(text, token=number)))
        await bot.desk.until_done(2)
        assert [event.text for event in bot.desk.events] == ["перше", "друге"]


async def test_an_inbox_that_cannot_be_read_any_more_is_cleared(viber: str, watch: Watch) -> None:
    left = Inbox()
    left.keep("viber message:1", "{")
    async with running_bot(viber, watch, inbox=left) as bot:
        await bot.desk.until_done()
        assert bot.desk.events == []


async def test_a_stop_finishes_what_is_at_hand(viber: str, watch: Watch) -> None:
    async with running_bot(viber, watch) as bot:
        await bot.messenger.register()
        bot.desk.gate.clear()
        await bot.receives(callbacks.said("борошно"))
        await bot.desk.until(lambda: len(bot.desk.events) == 1)
        bot.desk.gate.set()
        await bot.messenger.stop()
        assert bot.desk.inbox.waiting == {}
        late = await bot.receives(callbacks.said("пізно", token=2))
        assert (late.status_code, len(bot.desk.inbox.known)) == (503, 1)


async def test_more_than_can_wait_is_left_with_viber(viber: str, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "WAITING", 2)
    async with running_bot(viber, watch) as bot:
        await bot.messenger.register()
        bot.desk.gate.clear()
        codes = [(await bot.receives(callbacks.said("а", token=n))).status_code for n in range(3)]
        assert codes == [200, 200, 503]
        assert len(bot.desk.inbox.known) == 2
        bot.desk.gate.set()
        await bot.desk.until_done(2)
        assert (await bot.receives(callbacks.said("а", token=2))).status_code == 200


async def test_an_inbox_that_fails_makes_viber_call_again(
    bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: RecordingDesk, *_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(RecordingDesk, "keep", broken)
    callback = callbacks.said("борошно", who=subscriber.id)
    assert (await bot.receives(callback)).status_code == 500
    monkeypatch.undo()
    assert (await bot.receives(callback)).status_code == 200
    await bot.desk.until_done()


async def test_a_desk_that_fails_is_asked_again(bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "PAUSES", (0.0, 0.0))
    bot.desk.failures = [OSError("locked"), OSError("locked")]
    await bot.receives(callbacks.said("борошно", who=subscriber.id))
    await bot.desk.until_done()
    assert [event.text for event in bot.desk.events] == ["борошно"] * 3
    assert len(await subscriber.calls()) == 1


async def test_a_desk_that_keeps_failing_leaves_the_event_in_the_inbox(
    bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "PAUSES", (0.0,))
    bot.desk.failures = [OSError("locked"), OSError("locked")]
    await bot.receives(callbacks.said("борошно", who=subscriber.id))
    await bot.receives(callbacks.said("цукор", token=2, who=subscriber.id))
    await bot.desk.until_done()
    assert [event.text for event in bot.desk.events] == ["борошно", "борошно", "цукор"]
    assert len(bot.desk.inbox.waiting) == 1


async def test_a_reply_that_viber_does_not_take_now_is_sent_later_and_in_order(
    bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "PAUSES", (0.0, 0.0))
    await subscriber.set("faults", kind="server_error", count=4)
    await bot.receives(callbacks.said("борошно", who=subscriber.id))
    await bot.receives(callbacks.said("цукор", token=2, who=subscriber.id))
    await bot.desk.until_done(2)
    assert [event.text for event in bot.desk.events] == ["борошно", "борошно", "цукор"]
    assert len(bot.desk.out) == 2


@pytest.mark.parametrize("fault", ["status", "lost_answer"])
async def test_a_reply_that_is_refused_or_perhaps_sent_is_not_sent_again(
    bot: Bot, subscriber: Phone, fault: str
) -> None:
    await subscriber.set("faults", kind=fault, status=6)
    await bot.receives(callbacks.said("борошно", who=subscriber.id))
    await bot.desk.until_done()
    assert len(await subscriber.calls()) == 1
    assert [event.kind for event in bot.desk.events] == [Kind.WROTE]

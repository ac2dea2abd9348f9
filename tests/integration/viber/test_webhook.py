"""The door: only Viber's own, bounded, once, and nothing is lost behind it."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from structlog.testing import capture_logs

from bot.conversation.messenger import Delivery
from tests.integration.viber import callbacks
from tests.integration.viber.world import Bot, Phone, signed

BODY = json.dumps(callbacks.said("борошно")).encode()


async def _post(bot: Bot, headers: dict[bytes, bytes], query: str = "") -> httpx.Response:
    return await bot.http.post(f"{bot.address}/viber/webhook{query}", content=BODY, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"X-Viber-Content-Signature": b""},
        {b"X-Viber-Content-Signature": b"0" * 64},
        {b"X-Viber-Content-Signature": signed(BODY).upper().encode()},
        {b"X-Viber-Content-Signature": signed(BODY + b" ").encode()},
        {b"X-Viber-Content-Signature": "підпис".encode()},
        {b"X-Viber-Content-Signature": b"\xff\xfe"},
    ],
)
async def test_a_body_without_the_right_signature_is_refused_and_forgotten(
    bot: Bot, headers: dict[bytes, bytes]
) -> None:
    assert (await _post(bot, headers)).status_code == 403
    assert bot.desk.inbox.known == set()


async def test_the_signature_may_stand_in_the_address_where_there_is_no_header(bot: Bot) -> None:
    assert (await _post(bot, {}, f"?sig={signed(BODY)}")).status_code == 200
    await bot.desk.until_done()


async def test_a_wrong_header_is_not_saved_by_the_address(bot: Bot) -> None:
    headers = {b"X-Viber-Content-Signature": b"0" * 64}
    assert (await _post(bot, headers, f"?sig={signed(BODY)}")).status_code == 403


async def test_the_signature_is_over_the_bytes_not_over_their_meaning(bot: Bot) -> None:
    spaced = json.dumps(json.loads(BODY), indent=2).encode()
    assert (await bot.receives_raw(spaced, signed(BODY))).status_code == 403
    assert (await bot.receives_raw(spaced, signed(spaced))).status_code == 200


async def test_a_large_body_is_refused_by_its_length(bot: Bot) -> None:
    assert (await bot.receives_raw(b" " * (256 * 1024 + 1))).status_code == 413


async def test_a_body_of_256_kilobytes_is_read(bot: Bot) -> None:
    full = BODY + b" " * (256 * 1024 - len(BODY))
    assert (await bot.receives_raw(full)).status_code == 200


async def test_a_large_body_without_a_length_is_refused_as_well(bot: Bot) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 64 * 1024

    answer = await bot.http.post(f"{bot.address}/viber/webhook", content=chunks())
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
async def test_a_signed_body_that_is_no_object_is_a_bad_request(bot: Bot, body: bytes) -> None:
    assert (await bot.receives_raw(body)).status_code == 400


@pytest.mark.parametrize(
    "callback",
    [
        {"event": "webhook", "timestamp": 1, "message_token": 2},
        {"event": "client_status", "user": callbacks.user(), "status": {"type": "payment"}},
        {"event": "action"},
        {},
        {"event": "message", "sender": None, "message": None},
        {"event": "message", "sender": {"name": "без id"}, "message": {"type": "text", "text": "а"}},
        {"event": "message", "sender": {"id": "x" * 129}, "message": {"type": "text", "text": "а"}},
        {"event": "conversation_started"},
    ],
)
async def test_what_concerns_nobody_is_accepted_and_forgotten(bot: Bot, callback: dict[str, object]) -> None:
    answer = await bot.receives(callback)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (bot.desk.inbox.known, bot.desk.events) == (set(), [])


async def test_of_an_unknown_event_only_its_kind_is_logged(bot: Bot) -> None:
    with capture_logs() as lines:
        await bot.receives({"event": "action", "user": callbacks.user(), "secret": "380671234567"})
    assert lines == [{"event": "viber unknown event", "kind": "action", "log_level": "info"}]


@pytest.mark.parametrize(
    ("event", "delivery"),
    [("delivered", Delivery.DELIVERED), ("seen", Delivery.SEEN), ("failed", Delivery.FAILED)],
)
async def test_the_fate_of_a_message_is_told_at_once_with_its_exact_token(
    bot: Bot, event: str, delivery: Delivery
) -> None:
    assert (await bot.receives(callbacks.fate(event))).status_code == 200
    assert bot.desk.deliveries == [("viber", "4912661846655238145", delivery)]
    assert bot.desk.inbox.known == set()


@pytest.mark.parametrize("token", [4.912661846655238e18, None, True, [], ""])
async def test_a_token_that_lost_its_digits_is_no_token(bot: Bot, token: object) -> None:
    assert (await bot.receives(callbacks.fate("seen") | {"message_token": token})).status_code == 200
    assert bot.desk.deliveries == []


async def test_a_callback_repeated_is_answered_once(bot: Bot, subscriber: Phone) -> None:
    callback = callbacks.said("борошно", who=subscriber.id)
    for _ in range(3):
        assert (await bot.receives(callback)).status_code == 200
    await bot.receives(callbacks.said("цукор", token=1, who=subscriber.id))
    await bot.desk.until_done(2)
    assert [event.text for event in bot.desk.events] == ["борошно", "цукор"]
    assert len(await subscriber.calls()) == 2


@pytest.mark.parametrize("fault", ["duplicate_callback", "reorder_callbacks"])
async def test_what_viber_repeats_or_reorders_is_answered_once_each(bot: Bot, subscriber: Phone, fault: str) -> None:
    await subscriber.set("faults", kind=fault)
    await subscriber.does("say", text="один", wait=False)
    await subscriber.does("say", text="два", wait=False)
    await subscriber.callbacks("message")
    await bot.desk.until_done(2)
    assert sorted(event.text for event in bot.desk.events) == ["два", "один"]
    assert len(await subscriber.calls()) == 2


async def test_a_forged_callback_changes_nothing(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="forged_signature")
    await subscriber.does("say", text="борошно")
    await bot.desk.until_done()
    (forged,) = [one for one in await subscriber.callbacks("message") if one["state"] == "forged"]
    assert [attempt["status"] for attempt in forged["attempts"]] == [403]
    assert len(bot.desk.events) == 1
    assert f"message:{forged['message_token']}" not in {event.id for event in bot.desk.events}


async def test_a_callback_without_a_token_is_known_by_its_body(bot: Bot) -> None:
    callback = callbacks.said("борошно")
    del callback["message_token"]
    await bot.receives(callback)
    await bot.receives(callback)
    await bot.receives(callback | {"timestamp": callbacks.MOMENT + 1})
    assert len(bot.desk.inbox.known) == 2


async def test_one_token_in_two_events_is_two_events(bot: Bot) -> None:
    await bot.receives(callbacks.said("борошно"))
    await bot.receives(callbacks.subscribed())
    assert bot.desk.inbox.known == {f"viber message:{callbacks.TOKEN_ID}", f"viber subscribed:{callbacks.TOKEN_ID}"}


async def test_half_a_character_harms_nobody(bot: Bot) -> None:
    body = json.dumps(callbacks.said("а\ud83d")).encode()
    assert (await bot.receives_raw(body)).status_code == 200
    await bot.desk.until_done()
    assert bot.desk.events[0].text == "а\ufffd"

"""set_webhook, the token, and the addresses of the API."""

import hashlib
import hmac
import json

from tests.sandbox.viber.conftest import TOKEN, Bot, Viber


async def test_a_call_without_a_token_is_refused_with_missing_auth_token(bare: Viber) -> None:
    answer = await bare.http.post("/pa/get_account_info", json={})
    assert (answer.status_code, answer.json()["status"], answer.json()["status_message"]) == (
        200,
        2,
        "missing_auth_token",
    )


async def test_a_wrong_token_is_refused(bare: Viber) -> None:
    assert (await bare.call("get_account_info", token="wrong"))["status"] == 2


async def test_the_token_may_come_in_the_body(bare: Viber) -> None:
    answer = await bare.http.post("/pa/get_account_info", json={"auth_token": TOKEN})
    assert (answer.json()["status"], answer.json()["name"]) == (0, "Комора")


async def test_account_info_answers_get_and_post(bare: Viber) -> None:
    answer = await bare.http.get("/pa/get_account_info", headers={"X-Viber-Auth-Token": TOKEN})
    assert answer.json()["subscribers_count"] == 0


async def test_an_unknown_method_is_not_found(bare: Viber) -> None:
    answer = await bare.http.post("/pa/edit_message", json={"auth_token": TOKEN})
    assert answer.status_code == 404


async def test_a_body_that_is_not_json_is_bad_data(bare: Viber) -> None:
    answer = await bare.http.post("/pa/send_message", content=b"[" * 5000, headers={"X-Viber-Auth-Token": TOKEN})
    assert answer.json()["status"] == 3


async def test_half_a_character_is_bad_data_and_no_token(viber: Viber) -> None:
    user = await viber.subscriber()
    body = json.dumps({"receiver": user, "type": "text", "text": "\ud83c", "sender": {"name": "К"}}).encode()
    answer = await viber.http.post("/pa/send_message", content=body, headers={"X-Viber-Auth-Token": TOKEN})
    stranger = await viber.http.post("/pa/send_message", json={}, headers={b"X-Viber-Auth-Token": b"\xff"})
    assert (answer.json()["status"], stranger.json()["status"]) == (3, 2)


async def test_the_webhook_is_greeted_with_a_signed_event_before_it_is_set(bare: Viber, bot: Bot) -> None:
    answer = await bare.call("set_webhook", {"url": bot.url})
    signature, sig, raw = bot.requests[0]
    assert bot.heard[0]["event"] == "webhook"
    assert signature == sig == hmac.new(TOKEN.encode(), raw, hashlib.sha256).hexdigest()
    assert answer["event_types"] == [
        "message", "subscribed", "unsubscribed", "delivered", "seen", "failed", "conversation_started", "client_status",
    ]  # fmt: skip


async def test_a_webhook_that_does_not_answer_200_is_refused_without_a_message(bare: Viber, bot: Bot) -> None:
    bot.answers = [(500, None)]
    assert await bare.call("set_webhook", {"url": bot.url}) == {"status": 1, "chat_hostname": "SN-CHAT-06_"}
    assert (await bare.get("account"))["webhook"] == ""


async def test_plain_http_is_taken_from_loopback_only(bare: Viber) -> None:
    answer = await bare.call("set_webhook", {"url": "http://shop.example.com/viber"})
    assert (answer["status"], answer["status_message"]) == (1, "invalidUrl")


async def test_an_empty_list_of_events_leaves_the_three_mandatory_ones(bare: Viber, bot: Bot) -> None:
    answer = await bare.call("set_webhook", {"url": bot.url, "event_types": []})
    assert answer["event_types"] == ["message", "subscribed", "unsubscribed"]


async def test_events_that_were_not_asked_for_are_not_sent(bare: Viber, bot: Bot) -> None:
    await bare.call("set_webhook", {"url": bot.url, "event_types": ["seen"]})
    user = await bare.subscriber()
    await bare.send(user)
    await bare.do("seen", user=user)
    assert [event["event"] for event in bot.heard] == ["webhook", "message", "seen"]


async def test_an_unknown_event_type_is_bad_data(bare: Viber, bot: Bot) -> None:
    assert (await bare.call("set_webhook", {"url": bot.url, "event_types": ["typing"]}))["status"] == 3


async def test_an_empty_url_removes_the_webhook(viber: Viber) -> None:
    user = await viber.subscriber()
    assert (await viber.call("set_webhook", {"url": ""}))["status"] == 0
    assert (await viber.send(user))["status"] == 10


async def test_without_send_name_the_name_is_a_placeholder(bare: Viber, bot: Bot) -> None:
    await bare.call("set_webhook", {"url": bot.url})
    await bare.subscriber(name="Олена")
    assert bot.events("message")[0]["sender"]["name"] == "Subscriber"

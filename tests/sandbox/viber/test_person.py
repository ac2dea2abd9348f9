"""What the bot hears of what a person does."""

import json
from typing import Any

from tests.sandbox.viber.conftest import Bot, Viber

PHONE = {"ActionType": "share-phone", "ActionBody": "phone", "Text": "Мій номер"}
WELCOME: dict[str, Any] = {"type": "text", "text": "Вітаємо!", "sender": {"name": "Комора"}}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "keyboard", "Buttons": list(buttons)}


async def test_opening_the_chat_is_no_subscription_and_the_answer_is_the_welcome(viber: Viber, bot: Bot) -> None:
    user = await viber.person(name="Олена", phone="380671234567")
    bot.answers = [(200, WELCOME | {"keyboard": keyboard({"ActionBody": "go", "Text": "Почати"})})]
    await viber.do("open", user=user, context="order-17")
    event = bot.events("conversation_started")[0]
    assert (event["type"], event["context"], event["subscribed"]) == ("open", "order-17", False)
    assert event["user"] == {"id": user, "name": "Олена", "language": "uk", "country": "UA", "api_version": 10}
    chat = await viber.get("chat", user=user)
    assert (chat["subscribed"], chat["messages"][0]["text"], chat["messages"][0]["from"]) == (False, "Вітаємо!", "bot")
    assert chat["keyboard"]["Buttons"][0]["ActionBody"] == "go"
    assert (await viber.send(user))["status"] == 6


async def test_an_empty_answer_is_no_welcome(viber: Viber) -> None:
    user = await viber.person()
    await viber.do("open", user=user)
    chat = await viber.get("chat", user=user)
    assert (chat["opened"], chat["messages"]) == (True, [])


async def test_a_wrong_welcome_is_not_shown_and_the_log_says_why(viber: Viber, bot: Bot) -> None:
    user = await viber.person()
    bot.answers = [(200, WELCOME | {"receiver": user}), (200, WELCOME | {"text": ""}), (200, "hello")]
    for _ in range(3):
        await viber.do("open", user=user)
    assert await viber.texts(user) == []
    log = await viber.get("callbacks", event="conversation_started")
    assert [one["attempts"][0]["welcome"]["status_message"] for one in log] == [
        "a welcome message has no receiver",
        "text is not valid: text of 1 to 7000 characters is expected",
        "the welcome message is not a JSON object",
    ]


async def test_the_first_message_subscribes_without_an_event(viber: Viber, bot: Bot) -> None:
    user = await viber.person()
    await viber.do("say", user=user, text="Скільки коштує борошно?")
    assert [event["event"] for event in bot.heard] == ["message"]
    assert bot.heard[0]["message"] == {"type": "text", "text": "Скільки коштує борошно?"}
    assert bot.heard[0]["sender"]["id"] == user
    assert (await viber.get("chat", user=user))["messages"][0]["status"] == "delivered"


async def test_a_tap_is_a_text_message_with_the_action_body(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    silent = {"ActionBody": "k:1:cart", "Text": "Кошик", "Silent": True}
    await viber.send(user, keyboard=keyboard({"ActionBody": "k:1:menu", "Text": "Меню"}, silent))
    await viber.do("tap", user=user, index=0)
    await viber.do("tap", user=user, index=1)
    heard = bot.events("message")[1:]
    assert [(event["message"]["text"], event["silent"]) for event in heard] == [("k:1:menu", False), ("k:1:cart", True)]
    assert await viber.texts(user) == ["привіт", "Вітаємо", "k:1:menu"]


async def test_any_action_body_can_be_typed_by_hand(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.do("tap", user=user, action_body="k:1:pay:999")
    assert bot.events("message")[-1]["message"]["text"] == "k:1:pay:999"


async def test_a_link_button_tells_the_bot_its_address_and_an_idle_one_nothing(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    site = {"ActionType": "open-url", "ActionBody": "https://shop.example.com/", "Text": "Сайт"}
    idle = {"ActionType": "none", "ActionBody": "none", "Text": "Ціни"}
    await viber.send(user, keyboard=keyboard(site, idle), min_api_version=2)
    await viber.do("tap", user=user, index=0)
    await viber.do("tap", user=user, index=1)
    assert [event["message"]["text"] for event in bot.events("message")] == ["привіт", "https://shop.example.com/"]


async def test_a_button_of_an_old_carousel_can_be_tapped(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    cards = {"Type": "rich_media", "Buttons": [{"ActionBody": "buy:7", "Text": "У кошик"}]}
    await viber.send(user, type="rich_media", rich_media=cards, min_api_version=7)
    await viber.send(user)
    message = (await viber.get("chat", user=user))["messages"][1]["id"]
    await viber.do("tap", user=user, message=message, index=0)
    assert bot.events("message")[-1]["message"]["text"] == "buy:7"


async def test_tracking_data_of_the_last_message_comes_back(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.send(user, tracking_data="nonce-1")
    await viber.do("say", user=user, text="так")
    assert bot.events("message")[-1]["message"] == {"type": "text", "text": "так", "tracking_data": "nonce-1"}


async def test_a_shared_phone_and_a_forwarded_card_look_the_same(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber(name="Олена", phone="380671234567")
    await viber.send(user, keyboard=keyboard(PHONE), min_api_version=3)
    await viber.do("share_phone", user=user)
    await viber.do("send_contact", user=user, name="Петро", phone="380501112233")
    assert [event["message"] for event in bot.events("message")[1:]] == [
        {"type": "contact", "contact": {"name": "Олена", "phone_number": "380671234567"}},
        {"type": "contact", "contact": {"name": "Петро", "phone_number": "380501112233"}},
    ]


async def test_a_desktop_shares_an_empty_phone(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber(desktop=True, phone="380671234567")
    await viber.send(user, keyboard=keyboard(PHONE), min_api_version=3)
    await viber.do("tap", user=user, index=0)
    assert bot.events("message")[-1]["message"]["contact"]["phone_number"] == ""


async def test_a_phone_is_shared_only_by_the_button(viber: Viber) -> None:
    user = await viber.subscriber()
    assert (await viber.http.post("/_control/share_phone", json={"user": user})).status_code == 409


async def test_pictures_and_files_come_with_an_address_that_serves_them(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.do("send_picture", user=user, text="Ось накладна")
    answer = await viber.http.post(
        "/_control/send_file", params={"user": user, "name": "../Замовлення 1.html"}, content=b"<b>5</b>",
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    await viber.idle()
    picture, file = (event["message"] for event in bot.events("message")[1:])
    assert (answer.status_code, picture["text"], picture["type"]) == (200, "Ось накладна", "picture")
    assert (file["file_name"], file["size"]) == ("_Замовлення 1.html", 8)
    served = await viber.http.get(file["media"])
    assert (served.content, served.headers["Content-Disposition"]) == (b"<b>5</b>", "attachment")
    assert (await viber.http.get(picture["media"])).headers["Content-Type"] == "image/png"


async def test_stickers_places_links_and_videos_are_heard(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.do("send_sticker", user=user, sticker_id=40100)
    await viber.do("send_location", user=user, lat=50.45, lon=30.52)
    await viber.do("send_url", user=user, url="https://example.com/")
    await viber.do("send_video", user=user)
    heard = [event["message"] for event in bot.events("message")[1:]]
    assert heard[:3] == [
        {"type": "sticker", "sticker_id": 40100},
        {"type": "location", "location": {"lat": 50.45, "lon": 30.52}},
        {"type": "url", "media": "https://example.com/"},
    ]
    assert heard[3]["type"] == "video"


async def test_a_message_is_delivered_on_every_device_and_seen_once_for_the_batch(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber(devices=2)
    first, second = await viber.send(user), await viber.send(user)
    await viber.do("seen", user=user)
    await viber.do("seen", user=user)
    delivered = [event["message_token"] for event in bot.events("delivered")]
    assert delivered == [first["message_token"]] * 2 + [second["message_token"]] * 2
    assert [event["message_token"] for event in bot.events("seen")] == [second["message_token"]]


async def test_blocking_unsubscribes_and_subscribing_wipes_tracking_data(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.send(user, tracking_data="old")
    await viber.do("block", user=user)
    assert bot.events("unsubscribed")[0]["user_id"] == user
    assert (await viber.send(user))["status"] == 6
    assert (await viber.http.post("/_control/say", json={"user": user, "text": "?"})).status_code == 409
    await viber.do("subscribe", user=user)
    assert bot.events("subscribed")[0]["user"]["id"] == user
    await viber.do("say", user=user, text="я знову тут")
    assert "tracking_data" not in bot.events("message")[-1]["message"]


async def test_client_status_tells_of_a_payment(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.do("client_status", user=user, code=0, tracking_data="order-17")
    assert bot.events("client_status")[0]["status"]["tracking_data"] == "order-17"


async def test_integers_in_callbacks_are_exact(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    token = (await viber.send(user))["message_token"]
    await viber.idle()
    raw = bot.requests[-1][2]
    assert f'"message_token": {token}'.encode() in raw
    assert json.loads(raw)["message_token"] == token

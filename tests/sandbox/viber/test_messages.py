"""What send_message takes and refuses, type by type."""

from typing import Any

import pytest

from tests.sandbox.viber.conftest import TOKEN, Bot, Viber

PICTURE = {"type": "picture", "text": "", "media": "https://shop.example.com/flour.png"}
FILE = {"type": "file", "media": "https://shop.example.com/i.pdf", "size": 10, "file_name": "Рахунок.pdf"}
VIDEO = {"type": "video", "media": "https://shop.example.com/v.mp4", "size": 10}

GOOD: list[dict[str, Any]] = [
    {"type": "text", "text": "й" * 7000},
    PICTURE,
    PICTURE | {"text": "х" * 768, "thumbnail": None},
    VIDEO | {"size": 27_262_976, "duration": 180},
    FILE | {"size": 52_428_800},
    {"type": "contact", "contact": {"name": "Склад", "phone_number": "+380441112233", "avatar": None}},
    {"type": "location", "location": {"lat": 90, "lon": "-180"}},
    {"type": "url", "media": "https://shop.example.com/promo"},
    {"type": "sticker", "sticker_id": 46105},
]
BAD: list[tuple[int, dict[str, Any]]] = [
    (3, {"type": "text", "text": "й" * 7001}),
    (3, {"type": "text", "text": 5}),
    (4, {"type": "text", "text": None}),
    (4, {"type": None}),
    (3, {"type": "telepathy"}),
    (3, {"type": ["text"]}),
    (3, PICTURE | {"text": "х" * 769}),
    (4, PICTURE | {"text": None}),
    (3, PICTURE | {"media": "https://shop.example.com/flour"}),
    (3, PICTURE | {"media": "javascript:alert(1)//.png"}),
    (3, VIDEO | {"media": "https://shop.example.com/v.avi"}),
    (4, VIDEO | {"size": None}),
    (3, VIDEO | {"size": 27_262_977}),
    (3, VIDEO | {"duration": 181}),
    (3, FILE | {"size": 52_428_801}),
    (3, FILE | {"file_name": "virus.exe"}),
    (3, FILE | {"file_name": "рахунок"}),
    (4, FILE | {"file_name": None}),
    (3, FILE | {"media": "https://shop.example.com/invoice"}),
    (3, {"type": "contact", "contact": {"name": "Н" * 29, "phone_number": "380441112233"}}),
    (3, {"type": "contact", "contact": {"name": "Склад", "phone_number": "380 44 111"}}),
    (3, {"type": "contact", "contact": {"name": "Склад", "phone_number": "1" * 19}}),
    (3, {"type": "location", "location": {"lat": 90.1, "lon": 0}}),
    (3, {"type": "location", "location": {"lat": "north", "lon": 0}}),
    (3, {"type": "url", "media": "https://shop.example.com/" + "a" * 2000}),
    (3, {"type": "sticker", "sticker_id": "one"}),
    (3, {"tracking_data": "x" * 4001}),
    (3, {"min_api_version": "7"}),
    (4, {"sender": None}),
    (3, {"sender": {"name": "К" * 29}}),
    (4, {"sender": {"avatar": "https://shop.example.com/a.png"}}),
]


@pytest.mark.parametrize("message", GOOD)
async def test_a_message_within_its_limits_is_sent(viber: Viber, message: dict[str, Any]) -> None:
    user = await viber.subscriber()
    answer = await viber.send(user, **message)
    assert (answer["status"], answer["status_message"]) == (0, "ok")


@pytest.mark.parametrize(("status", "message"), BAD)
async def test_a_message_beyond_its_limits_is_refused(viber: Viber, status: int, message: dict[str, Any]) -> None:
    user = await viber.subscriber()
    assert (await viber.send(user, **message))["status"] == status
    assert await viber.texts(user) == ["привіт"]


async def test_an_unknown_receiver_is_not_registered_and_a_stranger_not_subscribed(viber: Viber) -> None:
    stranger = await viber.person()
    assert (await viber.send("nobody=="))["status"] == 5
    assert (await viber.send(stranger))["status"] == 6
    assert (await viber.send(""))["status"] == 4


async def test_a_token_is_an_integer_beyond_what_a_float_holds(viber: Viber) -> None:
    user = await viber.subscriber()
    first, second = await viber.send(user), await viber.send(user)
    assert 2**53 < first["message_token"] < second["message_token"] < 2**63


async def test_a_request_over_30_kilobytes_is_refused(viber: Viber) -> None:
    user = await viber.subscriber()
    answer = await viber.send(user, junk="x" * 30 * 1024)
    assert answer["status"] == 3


async def test_a_message_too_new_for_the_device_is_refused(viber: Viber) -> None:
    user = await viber.subscriber(api_version=6)
    assert (await viber.send(user, min_api_version=7))["status"] == 13
    assert (await viber.send(user, min_api_version=6))["status"] == 0


async def test_a_broadcast_reports_those_it_missed_and_fills_in_names(viber: Viber, bot: Bot) -> None:
    olena, stranger = await viber.subscriber(name="Олена"), await viber.person()
    body = {"type": "text", "text": "Вітаємо, replace_me_with_user_name!", "sender": {"name": "Комора"}}
    answer = await viber.call("broadcast_message", body | {"broadcast_list": [olena, stranger]})
    assert answer["failed_list"] == [
        {"receiver": stranger, "status": 6, "status_message": "receiverNotSubscribed"},
    ]
    assert await viber.texts(olena) == ["привіт", "Вітаємо, Олена!"]


async def test_a_broadcast_needs_permission_and_at_most_300_people(viber: Viber) -> None:
    body = {"type": "text", "text": "Акція", "sender": {"name": "Комора"}}
    assert (await viber.call("broadcast_message", body | {"broadcast_list": [str(n) for n in range(301)]}))[
        "status"
    ] == 3
    await viber.do("account", can_broadcast=False)
    assert (await viber.call("broadcast_message", body | {"broadcast_list": ["a"]}))["status"] == 19


async def test_the_log_of_calls_has_no_token(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.http.post("/pa/send_message", json={"auth_token": TOKEN, "receiver": user})
    calls = await viber.get("calls")
    assert [call["endpoint"] for call in calls] == ["set_webhook", "send_message"]
    assert TOKEN not in str(calls)

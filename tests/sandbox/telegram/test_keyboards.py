"""What a keyboard may hold."""

from typing import Any

import pytest

from tests.sandbox.telegram.conftest import USER, Telegram

SHARE = {"keyboard": [[{"text": "Номер", "request_contact": True}]], "resize_keyboard": True}


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (inline({"text": "а", "callback_data": "я" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "а", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (
            inline({"text": "а"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline({"text": "а", "callback_data": "b", "url": "https://x.ua"}),
            "can't parse inline keyboard button: exactly one action is expected",
        ),
        (
            inline({"text": "а", "url": "javascript:alert(1)"}),
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
        ),
        (inline({"text": " ", "callback_data": "b"}), "inline keyboard button text must be non-empty"),
        (inline(*[{"text": "а", "callback_data": "b"}] * 101), "reply markup is too long"),
        (
            inline({"text": "а", "callback_data": "b", "style": "pink"}),
            "can't parse keyboard button: invalid button style specified",
        ),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        ({"keyboard": []}, "reply keyboard must have at least one button"),
        (SHARE | {"input_field_placeholder": "я" * 65}, "input field placeholder is too long"),
    ],
)
async def test_a_keyboard_telegram_would_not_take(telegram: Telegram, markup: dict[str, Any], said: str) -> None:
    told = await telegram.refusal("sendMessage", chat_id=USER, text="x", reply_markup=markup)
    assert told == f"400 Bad Request: {said}"


async def test_sixty_four_bytes_of_data_and_a_hundred_buttons_are_taken(telegram: Telegram) -> None:
    sent = await telegram.send(reply_markup=inline(*[{"text": "а", "callback_data": "я" * 32}] * 100))
    assert len(sent["reply_markup"]["inline_keyboard"]) == 100


async def test_a_reply_keyboard_stays_until_it_is_removed(telegram: Telegram) -> None:
    sent = await telegram.send(reply_markup=SHARE)
    assert "reply_markup" not in sent
    assert (await telegram.chat())["reply_keyboard"] == SHARE
    await telegram.send("далі")
    assert (await telegram.chat())["reply_keyboard"] == SHARE
    await telegram.send("досить", reply_markup={"remove_keyboard": True})
    assert (await telegram.chat())["reply_keyboard"] is None


async def test_a_phone_cannot_be_asked_for_in_a_group(telegram: Telegram) -> None:
    said = await telegram.refusal("sendMessage", chat_id=await telegram.group(), text="x", reply_markup=SHARE)
    assert said == "400 Bad Request: phone number can be requested in private chats only"


async def test_the_phone_shows_the_buttons_as_they_are(telegram: Telegram) -> None:
    await telegram.send(reply_markup=inline({"text": "Так", "callback_data": "y", "style": "success"}))
    shown = (await telegram.last())["keyboard"]
    assert shown == [[{"text": "Так", "kind": "callback", "data": "y", "style": "success"}]]

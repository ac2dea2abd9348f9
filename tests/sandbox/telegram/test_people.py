"""What people do with their phones, as the bot hears of it."""

import base64
from typing import Any

import pytest
from aiogram.types import Update

from sandbox.telegram import spec
from tests.sandbox.telegram.conftest import USER, Telegram
from tests.sandbox.telegram.pictures import PNG


async def heard(telegram: Telegram) -> Any:
    return (await telegram.updates())[-1]["message"]


async def test_start_carries_its_payload(telegram: Telegram) -> None:
    await telegram.do("start", user=USER, payload="inv_7-A")
    message = await heard(telegram)
    assert message["text"] == "/start inv_7-A"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("payload", ["a b", "я", "x" * 65])
async def test_a_payload_telegram_would_not_carry(telegram: Telegram, payload: str) -> None:
    await telegram.do("start", user=USER, payload=payload, refused=409)


async def test_an_own_phone_comes_with_the_own_id(telegram: Telegram) -> None:
    await telegram.do("share_phone", user=USER)
    contact = {"phone_number": "380671112233", "first_name": "Олена", "last_name": "Коваль", "user_id": USER}
    assert (await heard(telegram))["contact"] == contact


async def test_somebody_elses_phone_is_told_apart(telegram: Telegram) -> None:
    await telegram.do("share_phone", user=USER, phone="+380509998877", contact_user_id=1002)
    foreign = await heard(telegram)
    await telegram.do("share_phone", user=USER, contact_user_id=None)
    nobody = await heard(telegram)
    await telegram.do("share_phone", user=USER, forwarded={"first_name": "Ігор"})
    forwarded = await heard(telegram)
    assert (foreign["contact"]["user_id"], foreign["contact"]["phone_number"]) == (1002, "+380509998877")
    assert "user_id" not in nobody["contact"]
    assert forwarded["forward_origin"]["sender_user_name"] == "Ігор"
    assert forwarded["contact"]["user_id"] == USER


async def test_a_photo_comes_in_json_and_in_a_form(telegram: Telegram) -> None:
    encoded = base64.b64encode(PNG).decode()
    await telegram.do("send_photo", user=USER, content_base64=encoded, caption="Бій банки")
    form = {"user": str(USER), "caption": "Друга"}
    await telegram.http.post("/_control/send_photo", data=form, files={"file": ("b.png", PNG)})
    first, second = [update["message"] for update in await telegram.updates()]
    assert (first["caption"], second["caption"]) == ("Бій банки", "Друга")
    assert first["photo"][0]["file_unique_id"] == second["photo"][0]["file_unique_id"]


async def test_a_document_keeps_its_name(telegram: Telegram) -> None:
    await telegram.do("send_file", user=USER, name="замовлення.xlsx", content_base64="AAAA")
    document = (await heard(telegram))["document"]
    assert (document["file_name"], document["file_size"]) == ("замовлення.xlsx", 3)


async def test_an_edited_text_is_another_update(telegram: Telegram) -> None:
    said = await telegram.do("say", user=USER, text="20 кг")
    await telegram.do("edit", user=USER, message_id=said["message_id"], text="25 кг")
    first, second = await telegram.updates()
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("20 кг", "25 кг")


async def test_a_forwarded_text_names_its_author(telegram: Telegram) -> None:
    await telegram.do("say", user=USER, text="борошно", forward={"first_name": "Ігор"})
    assert (await heard(telegram))["forward_origin"]["type"] == "hidden_user"


async def test_nothing_is_not_a_message(telegram: Telegram) -> None:
    await telegram.do("say", user=USER, text="  ", refused=409)
    await telegram.do("say", user=USER, text="я" * 4097, refused=409)
    await telegram.do("say", user=404, text="x", refused=404)
    await telegram.do("say", user=USER, text=5, refused=400)


async def test_a_forgotten_chat_begins_anew(telegram: Telegram) -> None:
    await telegram.do("forget", user=USER)
    assert (await telegram.chat())["messages"] == []
    assert await telegram.refusal("sendMessage", chat_id=USER, text="x") == "400 Bad Request: chat not found"


async def test_reset_leaves_nobody_and_numbers_go_on(telegram: Telegram) -> None:
    await telegram.do("say", user=USER, text="до")
    await telegram.do("reset")
    assert (await telegram.get("users"), await telegram.get("updates"), await telegram.get("calls")) == ([], [], [])
    await telegram.do("users", id=USER, first_name="Олена")
    await telegram.do("start", user=USER)
    [update] = await telegram.updates()
    assert (update["update_id"], update["message"]["message_id"]) == (700_000_003, 3)


async def test_every_update_is_what_the_published_types_and_aiogram_say(telegram: Telegram) -> None:
    group = await telegram.group(type="group", is_forum=False)
    sent = await telegram.send(reply_markup={"inline_keyboard": [[{"text": "Так", "callback_data": "y"}]]})
    await telegram.do("say", user=USER, text="так https://x.ua", reply_to=sent["message_id"])
    await telegram.do("say", user=USER, text="мої", forward={"id": USER})
    await telegram.do("share_phone", user=USER)
    await telegram.do("send_photo", user=USER, content_base64=base64.b64encode(PNG).decode())
    await telegram.do("send_file", user=USER, content_base64="AAAA")
    await telegram.do("tap", user=USER, message_id=sent["message_id"], row=0, column=0, wait=0)
    await telegram.do("tap", user=USER, message_id=404, data="y", wait=0)
    await telegram.do("block", user=USER)
    await telegram.do("members", chat=group, bot="member")
    await telegram.do("members", chat=group, remove=[USER])
    await telegram.do("migrate", chat=group)
    updates = await telegram.updates()
    for update in updates:
        spec.check_type(update, "Update")
        Update.model_validate(update)
    assert len(updates) == 13


async def test_every_answer_is_what_the_published_types_say(telegram: Telegram) -> None:
    form = {"chat_id": str(USER)}
    photo = (await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, **form))["result"]
    file = (await telegram.call("sendDocument", files={"document": ("a.pdf", b"%PDF")}, **form))["result"]
    messages = [
        photo,
        file,
        await telegram.result("sendLocation", chat_id=USER, latitude=50.45, longitude=30.52),
        await telegram.result("sendContact", chat_id=USER, phone_number="380671112233", first_name="Ігор"),
        await telegram.result("forwardMessage", chat_id=USER, from_chat_id=USER, message_id=photo["message_id"]),
    ]
    for message in messages:
        spec.check_type(message, "Message")
    spec.check_type(await telegram.result("getChat", chat_id=USER), "ChatFullInfo")
    spec.check_type(await telegram.result("getChatMember", chat_id=USER, user_id=USER), "ChatMember")
    spec.check_type(await telegram.result("getMe"), "User")
    spec.check_type(await telegram.result("getWebhookInfo"), "WebhookInfo")
    spec.check_type(await telegram.result("getFile", file_id=file["document"]["file_id"]), "File")

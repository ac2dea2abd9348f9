"""Messages changed in place and taken away."""

from tests.sandbox.telegram.conftest import USER, Telegram
from tests.sandbox.telegram.pictures import PNG, png

KEYS = {"inline_keyboard": [[{"text": "Так", "callback_data": "y"}]]}
NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def test_an_edit_without_a_keyboard_takes_it_away(telegram: Telegram) -> None:
    sent = await telegram.send(reply_markup=KEYS)
    edited = await telegram.result("editMessageText", chat_id=USER, message_id=sent["message_id"], text="Нове")
    assert "reply_markup" not in edited
    assert (await telegram.last())["edited"] is True


async def test_the_same_again_is_not_modified(telegram: Telegram) -> None:
    sent = await telegram.send("<b>а</b>", parse_mode="HTML", reply_markup=KEYS)
    same = {"chat_id": USER, "message_id": sent["message_id"], "reply_markup": KEYS}
    assert await telegram.refusal("editMessageText", text="<b>а</b>", parse_mode="HTML", **same) == NOT_MODIFIED
    assert await telegram.refusal("editMessageReplyMarkup", **same) == NOT_MODIFIED
    assert (await telegram.call("editMessageText", text="а", **same))["ok"]


async def test_what_cannot_be_edited(telegram: Telegram) -> None:
    own = (await telegram.do("say", user=USER, text="моє"))["message_id"]
    keyed = (await telegram.send(reply_markup={"keyboard": [[{"text": "а"}]]}))["message_id"]
    gone = "400 Bad Request: message to edit not found"
    locked = "400 Bad Request: message can't be edited"
    for message_id, said in ((999, gone), (own, locked), (keyed, locked)):
        assert await telegram.refusal("editMessageText", chat_id=USER, message_id=message_id, text="x") == said


async def test_text_and_caption_are_edited_each_by_its_own_method(telegram: Telegram) -> None:
    text = (await telegram.send())["message_id"]
    photo = (await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, chat_id=str(USER)))["result"][
        "message_id"
    ]
    assert await telegram.refusal("editMessageCaption", chat_id=USER, message_id=text, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert await telegram.refusal("editMessageText", chat_id=USER, message_id=photo, text="x") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    edited = await telegram.result("editMessageCaption", chat_id=USER, message_id=photo, caption="Підпис")
    assert edited["caption"] == "Підпис"


async def test_the_same_picture_uploaded_again_is_not_modified(telegram: Telegram) -> None:
    sent = (await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, chat_id=str(USER)))["result"]
    form = {
        "chat_id": str(USER),
        "message_id": str(sent["message_id"]),
        "media": '{"type":"photo","media":"attach://p"}',
    }
    same = await telegram.call("editMessageMedia", files={"p": ("b.png", PNG)}, **form)
    other = await telegram.call("editMessageMedia", files={"p": ("b.png", png(9, 9))}, **form)
    assert (f"400 {same['description']}", other["ok"]) == (NOT_MODIFIED, True)


async def test_a_message_is_deleted_within_48_hours(telegram: Telegram) -> None:
    fresh, old = await telegram.send(), await telegram.send()
    assert (await telegram.call("deleteMessage", chat_id=USER, message_id=fresh["message_id"]))["ok"]
    await telegram.do("clock", advance=48 * 3600 + 1)
    said = await telegram.refusal("deleteMessage", chat_id=USER, message_id=old["message_id"])
    gone = await telegram.refusal("deleteMessage", chat_id=USER, message_id=fresh["message_id"])
    assert said == "400 Bad Request: message can't be deleted"
    assert gone == "400 Bad Request: message to delete not found"


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(telegram: Telegram) -> None:
    ids = [(await telegram.send(str(one)))["message_id"] for one in range(3)]
    assert await telegram.result("deleteMessages", chat_id=USER, message_ids=[ids[0], 999, ids[2]])
    assert [one["text"] for one in (await telegram.chat())["messages"]] == ["/start", "1"]


async def test_a_message_is_forwarded_and_copied(telegram: Telegram) -> None:
    group = await telegram.group()
    said = await telegram.do("say", user=USER, text="рекламація")
    source = {"chat_id": group, "from_chat_id": USER, "message_id": said["message_id"]}
    forwarded = await telegram.result("forwardMessage", **source)
    copied = await telegram.result("copyMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == USER
    assert [one["text"] for one in (await telegram.chat(group))["messages"]] == ["рекламація", "рекламація"]
    assert copied == {"message_id": forwarded["message_id"] + 1}
    assert await telegram.refusal("copyMessage", **source | {"message_id": 999}) == (
        "400 Bad Request: message to copy not found"
    )


async def test_a_reply_needs_the_message_it_replies_to(telegram: Telegram) -> None:
    said = await telegram.do("say", user=USER, text="питання")
    sent = await telegram.send(reply_parameters={"message_id": said["message_id"]})
    assert sent["reply_to_message"]["text"] == "питання"
    missing = {"message_id": 999}
    assert await telegram.refusal("sendMessage", chat_id=USER, text="x", reply_parameters=missing) == (
        "400 Bad Request: message to be replied not found"
    )
    assert await telegram.send(reply_parameters=missing | {"allow_sending_without_reply": True})


async def test_a_pinned_message_is_told_by_get_chat(telegram: Telegram) -> None:
    sent = await telegram.send("Ваш борг")
    await telegram.result("pinChatMessage", chat_id=USER, message_id=sent["message_id"])
    assert (await telegram.result("getChat", chat_id=USER))["pinned_message"]["text"] == "Ваш борг"
    assert await telegram.result("unpinChatMessage", chat_id=USER)
    assert await telegram.refusal("unpinChatMessage", chat_id=USER) == "400 Bad Request: message to unpin not found"

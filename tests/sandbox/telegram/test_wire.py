"""The four forms of a call, the token, and the check of every parameter against the published types."""

import json

import pytest

from tests.sandbox.telegram.conftest import TOKEN, USER, Telegram
from tests.sandbox.telegram.pictures import PNG


@pytest.mark.parametrize("method", ["sendMessage", "SENDMESSAGE", "sendmessage"])
async def test_a_method_is_known_in_any_case(telegram: Telegram, method: str) -> None:
    assert (await telegram.call(method, chat_id=USER, text="так"))["ok"]


async def test_parameters_may_stand_in_the_query(telegram: Telegram) -> None:
    answer = await telegram.http.get(f"/bot{TOKEN}/sendMessage", params={"chat_id": str(USER), "text": "з адреси"})
    assert answer.json()["result"]["text"] == "з адреси"


async def test_a_form_carries_json_in_text(telegram: Telegram) -> None:
    markup = json.dumps({"inline_keyboard": [[{"text": "Так", "callback_data": "y"}]]})
    form = {"chat_id": str(USER), "text": "Так?", "reply_markup": markup, "protect_content": "true"}
    result = (await telegram.http.post(f"/bot{TOKEN}/sendMessage", data=form)).json()["result"]
    assert result["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "y"
    assert result["has_protected_content"] is True


async def test_a_multipart_part_is_reached_by_attach(telegram: Telegram) -> None:
    media = [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://two"}]
    files = {"one": ("1.png", PNG), "two": ("2.png", PNG)}
    told = await telegram.call("sendMediaGroup", files=files, chat_id=str(USER), media=json.dumps(media))
    assert [len(one["photo"]) for one in told["result"]] == [1, 1]


@pytest.mark.parametrize(
    ("token", "said"),
    [("7100000001:wrong", "401 Unauthorized"), ("nothing", "401 Unauthorized"), ("ї", "401 Unauthorized")],
)
async def test_another_token_is_unauthorized(telegram: Telegram, token: str, said: str) -> None:
    assert await telegram.refusal("getMe", token=token) == said


async def test_an_unknown_method_is_not_found(telegram: Telegram) -> None:
    assert await telegram.refusal("sendPigeon") == "404 Not Found: method not found"


async def test_a_published_method_that_is_not_done_says_so(telegram: Telegram) -> None:
    said = await telegram.refusal("sendPoll", chat_id=USER, question="Так?", options=[{"text": "Так"}, {"text": "Ні"}])
    assert said == "501 Not Implemented: the sandbox does not do sendPoll"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": USER}, "message text is empty"),
        ({"chat_id": USER, "text": "x", "colour": 1}, 'parameter "colour" is unknown to sendMessage of Bot API 10.3'),
        ({"chat_id": True, "text": "x"}, "can't parse parameter chat_id: Integer is expected"),
        ({"chat_id": USER, "text": ["x"]}, "can't parse parameter text: String is expected"),
        ({"chat_id": USER, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, "entities[0].length: is missing"),
        (
            {"chat_id": USER, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": 1, "callback_data": "a"}]]}},
            "can't parse parameter reply_markup.inline_keyboard[0][0].text: String is expected",
        ),
        (
            {"chat_id": USER, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback": "a"}]]}},
            "reply_markup.inline_keyboard[0][0].callback: is unknown to InlineKeyboardButton",
        ),
    ],
)
async def test_what_the_published_types_do_not_allow_is_refused(
    telegram: Telegram, params: dict[str, object], said: str
) -> None:
    told = await telegram.refusal("sendMessage", **params)
    assert told.startswith("400 Bad Request: ")
    assert told.endswith(said)


async def test_a_subtype_is_told_by_its_type(telegram: Telegram) -> None:
    media = {"type": "picture", "media": "x"}
    said = await telegram.refusal("editMessageMedia", chat_id=USER, message_id=1, media=media)
    assert said == "400 Bad Request: can't parse parameter media.type: is not a known InputMedia"


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff"])
async def test_a_broken_body_is_a_bad_request(telegram: Telegram, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await telegram.http.post(f"/bot{TOKEN}/getMe", content=body, headers=headers)
    assert answer.json()["error_code"] == answer.status_code == 400


async def test_a_body_beyond_the_bound_is_too_large(telegram: Telegram) -> None:
    answer = await telegram.http.post(f"/bot{TOKEN}/sendMessage", content=b"text=" + b"x" * 1_100_000)
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


async def test_the_log_of_calls_is_kept_and_emptied(telegram: Telegram) -> None:
    await telegram.send("раз")
    await telegram.call("sendMessage", chat_id=5, text="два")
    told = [(call["method"], call["ok"], call["params"]["text"]) for call in await telegram.get("calls")]
    assert told == [("sendMessage", True, "раз"), ("sendMessage", False, "два")]
    await telegram.http.delete("/_control/calls")
    assert await telegram.get("calls") == []

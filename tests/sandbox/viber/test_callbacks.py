"""Signatures, repetitions, order, and the troubles one can switch on."""

import hashlib
import hmac

import httpx
import pytest

from tests.sandbox.viber.conftest import TOKEN, Bot, Viber


def signed_by_the_bot(bot: Bot) -> list[bool]:
    return [
        hmac.compare_digest(signature, hmac.new(TOKEN.encode(), raw, hashlib.sha256).hexdigest())
        for signature, _, raw in bot.requests
    ]


async def test_a_refused_callback_comes_again_with_the_same_token(viber: Viber, bot: Bot) -> None:
    bot.answers = [(500, None), (503, None)]
    user = await viber.subscriber()
    await viber.do("clock", advance=9)
    assert len(bot.heard) == 1
    await viber.do("clock", advance=1)
    await viber.do("clock", advance=60)
    assert [raw for _, _, raw in bot.requests] == [bot.requests[0][2]] * 3
    log = await viber.get("callbacks", user=user)
    assert (log[0]["state"], [attempt["status"] for attempt in log[0]["attempts"]]) == ("delivered", [500, 503, 200])


async def test_after_ten_tries_a_callback_is_given_up(viber: Viber, bot: Bot) -> None:
    bot.answers = [(500, None)] * 20
    await viber.subscriber()
    for delay in (10, 60, 300, 600, 900, 900, 900, 900, 900, 900, 900):
        await viber.do("clock", advance=delay)
    assert len(bot.heard) == 10
    assert (await viber.get("callbacks"))[1]["state"] == "given_up"


async def test_a_bot_that_answers_too_late_hears_it_again(viber: Viber, bot: Bot) -> None:
    await viber.do("account", callback_timeout=0.05)
    bot.slow = 0.5
    await viber.subscriber()
    bot.slow = 0.0
    await viber.do("clock", advance=10)
    tokens = [event["message_token"] for event in bot.heard]
    assert (len(tokens), len(set(tokens))) == (2, 1)


async def test_a_redirect_is_not_an_answer(viber: Viber, bot: Bot) -> None:
    bot.answers = [(302, None)]
    await viber.subscriber()
    assert (await viber.get("callbacks"))[1]["state"] == "waiting"


async def test_callbacks_of_one_person_come_in_order(viber: Viber, bot: Bot) -> None:
    user = await viber.person()
    for number in range(20):
        await viber.http.post("/_control/say", json={"user": user, "text": str(number)})
    await viber.idle()
    assert [event["message"]["text"] for event in bot.heard] == [str(number) for number in range(20)]


async def test_a_repeated_callback_is_the_same_twice(viber: Viber, bot: Bot) -> None:
    user = await viber.person()
    await viber.do("faults", kind="duplicate_callback", user=user)
    await viber.do("say", user=user, text="раз")
    assert bot.requests[0][2] == bot.requests[1][2]
    assert len(bot.requests) == 2


async def test_reordered_callbacks_change_places(viber: Viber, bot: Bot) -> None:
    user = await viber.person()
    await viber.do("faults", kind="reorder_callbacks")
    await viber.do("say", user=user, text="перше")
    await viber.do("say", user=user, text="друге")
    assert [event["message"]["text"] for event in bot.heard] == ["друге", "перше"]


async def test_a_reordered_callback_with_nothing_after_it_still_comes(viber: Viber, bot: Bot) -> None:
    await viber.do("faults", kind="reorder_callbacks")
    await viber.subscriber()
    assert bot.heard == []
    await viber.do("clock", advance=10)
    assert [event["event"] for event in bot.heard] == ["message"]


async def test_a_lost_callback_comes_ten_seconds_later(viber: Viber, bot: Bot) -> None:
    await viber.do("faults", kind="lost_callback")
    await viber.subscriber()
    assert bot.heard == []
    await viber.do("clock", advance=10)
    assert len(bot.heard) == 1


async def test_a_forged_callback_has_a_wrong_signature_and_a_token_of_its_own(viber: Viber, bot: Bot) -> None:
    await viber.do("faults", kind="forged_signature")
    await viber.subscriber()
    assert signed_by_the_bot(bot) == [False, True]
    assert bot.heard[0]["message_token"] != bot.heard[1]["message_token"]


async def test_a_failed_message_is_accepted_never_shown_and_reported(viber: Viber, bot: Bot) -> None:
    user = await viber.subscriber()
    await viber.do("faults", kind="failed_event")
    await viber.do("faults", kind="no_desc")
    first, second = await viber.send(user), await viber.send(user)
    await viber.idle()
    described, bare = bot.events("failed")
    assert (first["status"], described["message_token"], described["desc"]) == (
        0, first["message_token"], "failure description",
    )  # fmt: skip
    assert (bare["message_token"], bare["udid"], "desc" in bare) == (second["message_token"], None, False)
    assert bot.events("delivered") == []
    assert [one["status"] for one in (await viber.get("chat", user=user))["messages"]] == [
        "delivered",
        "failed",
        "failed",
    ]


async def test_the_api_can_answer_with_any_status(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.do("faults", kind="status", status=12, count=2, user=user)
    assert [(await viber.send(user))["status"] for _ in range(3)] == [12, 12, 0]
    assert await viber.texts(user) == ["привіт", "Вітаємо"]


async def test_the_api_can_break_with_a_page(viber: Viber) -> None:
    await viber.do("faults", kind="server_error")
    answer = await viber.http.post("/pa/get_account_info", json={"auth_token": TOKEN})
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/html; charset=utf-8")


async def test_an_answer_can_be_lost_after_the_message_went(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.do("faults", kind="lost_answer")
    with pytest.raises(httpx.TransportError):
        await viber.send(user)
    assert await viber.texts(user) == ["привіт", "Вітаємо"]


async def test_the_api_can_be_slower_than_the_client_waits(viber: Viber) -> None:
    await viber.do("faults", kind="slow", seconds=1)
    with pytest.raises(httpx.ReadTimeout):
        await viber.http.post("/pa/get_account_info", json={"auth_token": TOKEN}, timeout=0.1)


async def test_faults_are_listed_and_switched_off(viber: Viber) -> None:
    await viber.do("faults", kind="slow", count=0)
    assert [fault["kind"] for fault in await viber.get("faults")] == ["slow"]
    await viber.http.delete("/_control/faults")
    assert await viber.get("faults") == []

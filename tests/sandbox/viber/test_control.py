"""The control side itself."""

import json
from collections.abc import AsyncIterator

from sandbox.viber.feed import QUEUE_LENGTH, Feed
from tests.sandbox.viber.conftest import Bot, Viber


async def test_the_control_side_lists_its_routes(bare: Viber) -> None:
    routes = await bare.get("")
    assert routes["POST say"] == "{user, text}"
    assert {"GET events", "GET chat/{user}", "POST faults", "DELETE calls"} <= set(routes)


async def test_other_sites_in_a_browser_are_refused(bare: Viber) -> None:
    answer = await bare.http.get("/_control/users", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


async def test_a_user_id_may_stand_in_the_path(bare: Viber) -> None:
    user = await bare.person(id="01+/5678/ABcd+==")
    answer = await bare.http.get("/_control/chat/01%2B%2F5678%2FABcd%2B%3D%3D")
    assert answer.json()["user"]["id"] == user
    assert [one["id"] for one in await bare.get("users")] == [user]


async def test_wrong_requests_are_told_what_is_wrong(bare: Viber) -> None:
    user = await bare.person()
    wrong = [{"user": user}, {"user": user, "text": 5}, {"user": user, "text": "  "}]
    assert [(await bare.http.post("/_control/say", json=body)).status_code for body in wrong] == [400, 400, 400]
    assert (await bare.http.post("/_control/say", content=b"{")).status_code == 400
    assert (await bare.http.post("/_control/say", json={"user": "nobody", "text": "?"})).status_code == 404
    assert (await bare.http.post("/_control/faults", json={"kind": "rain"})).status_code == 400
    assert (await bare.http.post("/_control/tap", json={"user": user, "index": 0})).status_code == 409


async def test_changes_are_streamed_to_those_who_watch_the_person(viber: Viber) -> None:
    olena, petro = await viber.person(), await viber.person()
    async with viber.http.stream("GET", "/_control/events", params={"user": olena}) as response:
        lines = response.aiter_lines()
        seen = await _take(lines, 4)
        await viber.http.post("/_control/say", json={"user": petro, "text": "не мені"})
        await viber.http.post("/_control/say", json={"user": olena, "text": "мені"})
        seen += await _take(lines, 1)
    assert response.headers["Content-Type"] == "text/event-stream"
    assert json.loads(seen[2].removeprefix("data: "))["type"] == "hello"
    event = json.loads(seen[4].removeprefix("data: "))
    assert (event["type"], event["user"]) == ("message", olena)


async def _take(lines: AsyncIterator[str], count: int) -> list[str]:
    return [await anext(lines) for _ in range(count)]


async def test_a_watcher_too_slow_is_told_to_look_again() -> None:
    feed = Feed()
    with feed.watching(None) as watcher:
        for _ in range(QUEUE_LENGTH + 1):
            feed.tell("message", "olena")
        assert await watcher.next(1) == {"type": "resync"}
        assert await watcher.next(0) == {}


async def test_forgetting_makes_the_person_a_stranger_again(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.do("forget", user=user)
    chat = await viber.get("chat", user=user)
    assert (chat["opened"], chat["subscribed"], chat["messages"]) == (False, False, [])


async def test_a_reset_keeps_the_webhook_unless_asked(viber: Viber, bot: Bot) -> None:
    await viber.subscriber()
    await viber.do("reset")
    assert (await viber.get("users"), await viber.get("calls"), await viber.get("callbacks")) == ([], [], [])
    assert (await viber.get("account"))["webhook"] == bot.url
    await viber.subscriber()
    assert len(bot.events("message")) == 2
    await viber.do("reset", webhook=True)
    assert (await viber.get("account"))["webhook"] == ""


async def test_the_phone_is_served_and_nothing_beside_it(bare: Viber) -> None:
    page = await bare.http.get("/_control/phone")
    script = await bare.http.get("/_control/static/phone.js")
    assert (page.status_code, script.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert (await bare.http.get("/_control/static/..%2Fapp.py")).status_code == 404

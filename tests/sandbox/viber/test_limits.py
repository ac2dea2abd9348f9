"""How often, and for how much."""

from tests.sandbox.viber.conftest import Viber


async def test_the_hundred_and_first_message_without_a_reply_waits_for_a_reply(viber: Viber) -> None:
    user = await viber.subscriber()
    sent = [(await viber.send(user))["status"] for _ in range(101)]
    assert sent == [0] * 100 + [12]
    await viber.do("say", user=user, text="я тут")
    assert (await viber.send(user))["status"] == 0


async def test_an_hour_later_a_hundred_more_may_go(viber: Viber) -> None:
    user = await viber.subscriber()
    for _ in range(100):
        await viber.send(user)
    await viber.do("clock", advance=3600)
    assert (await viber.send(user))["status"] == 0


async def test_a_session_is_open_for_24_hours_from_the_persons_message(viber: Viber) -> None:
    user = await viber.subscriber()
    await viber.do("clock", advance=86_000)
    await viber.do("say", user=user, text="ще")
    assert (await viber.send(user))["billing_status"] == 2
    await viber.do("clock", advance=401)
    assert (await viber.send(user))["billing_status"] == 5


async def test_a_bot_that_pays_uses_its_quota_then_its_balance(viber: Viber) -> None:
    user = await viber.person()
    await viber.do("subscribe", user=user)
    await viber.do("account", free_quota=1, balance=1)
    answers = [await viber.send(user) for _ in range(3)]
    assert [answer.get("billing_status") for answer in answers] == [4, 5, None]
    assert answers[2]["status"] == 24


async def test_a_bot_that_does_not_pay_stops_at_its_quota(viber: Viber) -> None:
    user = await viber.person()
    await viber.do("subscribe", user=user)
    await viber.do("account", billable=False, free_quota=1)
    answers = [await viber.send(user) for _ in range(2)]
    assert (answers[0]["billing_status"], answers[1]["status"]) == (3, 23)
    await viber.do("say", user=user, text="є питання")
    assert (await viber.send(user))["billing_status"] == 1


async def test_a_persons_details_may_be_asked_twice_in_12_hours(viber: Viber) -> None:
    user = await viber.subscriber(name="Олена", language="uk", country="UA", api_version=8)
    answers = [await viber.call("get_user_details", {"id": user}) for _ in range(3)]
    assert [answer["status"] for answer in answers] == [0, 0, 12]
    assert answers[0]["user"]["name"] == "Олена"
    assert answers[0]["user"]["api_version"] == 8
    await viber.do("clock", advance=12 * 3600)
    assert (await viber.call("get_user_details", {"id": user}))["status"] == 0


async def test_details_of_strangers_are_refused(viber: Viber) -> None:
    stranger = await viber.person()
    assert (await viber.call("get_user_details", {"id": stranger}))["status"] == 6
    assert (await viber.call("get_user_details", {"id": "nobody"}))["status"] == 5
    assert (await viber.call("get_user_details"))["status"] == 4


async def test_online_is_asked_for_a_hundred_people_at_most(viber: Viber) -> None:
    user = await viber.subscriber()
    answer = await viber.call("get_online", {"ids": [user, "nobody"]})
    assert [one["online_status"] for one in answer["users"]] == [0, 4]
    assert (await viber.call("get_online", {"ids": [user] * 101}))["status"] == 3

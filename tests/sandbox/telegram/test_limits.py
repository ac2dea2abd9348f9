"""How often a bot may write."""

from tests.sandbox.telegram.conftest import USER, Telegram


async def sent_until_refused(telegram: Telegram, chat_id: int) -> tuple[int, str, int]:
    """How many went, what the refusal said and for how many seconds."""
    for count in range(100):
        told = await telegram.call("sendMessage", chat_id=chat_id, text="x")
        if not told["ok"]:
            return count, told["description"], told["parameters"]["retry_after"]
    return 100, "", 0


async def test_a_burst_of_twenty_and_then_one_a_second(telegram: Telegram) -> None:
    assert await sent_until_refused(telegram, USER) == (20, "Too Many Requests: retry after 1", 1)
    telegram.clock.now += 3
    assert (await sent_until_refused(telegram, USER))[0] == 3


async def test_a_group_takes_twenty_a_minute(telegram: Telegram) -> None:
    group = await telegram.group()
    assert await sent_until_refused(telegram, group) == (20, "Too Many Requests: retry after 3", 3)
    telegram.clock.now += 60
    assert (await sent_until_refused(telegram, group))[0] == 20


async def test_thirty_a_second_over_all_chats(telegram: Telegram) -> None:
    group = await telegram.group()
    await telegram.do("limits", burst=100)
    assert (await sent_until_refused(telegram, group))[0] == 20
    assert (await sent_until_refused(telegram, USER))[0] == 10
    telegram.clock.now += 1
    assert (await sent_until_refused(telegram, USER))[0] == 30


async def test_a_refused_call_leaves_nothing_behind(telegram: Telegram) -> None:
    await sent_until_refused(telegram, USER)
    assert len((await telegram.chat())["messages"]) == 21


async def test_limits_can_be_switched_off(telegram: Telegram) -> None:
    assert await telegram.do("limits", enabled=False) == {"enabled": False, "burst": 20.0}
    assert (await sent_until_refused(telegram, USER))[0] == 100

"""Viber's answers, good and bad, and what becomes of the person, the channel and the message."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock

import httpx
import pytest
from aiohttp import web
from markupsafe import Markup
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from bot.conversation.action import Action, payload
from bot.conversation.screen import Link, Screen, SharePhone, Tap
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from integrations.viber import ViberMessenger, ViberSettings, client, connect, outbox
from integrations.viber.limiter import UnansweredLimiter
from integrations.viber.status import Fate, ViberStatus, fate_of, name_of
from tests.integration.viber.desk import RecordingDesk
from tests.integration.viber.world import NO_TLS, TOKEN, Bot, Phone, Watch, running_bot, serving

HELLO = Screen(Markup("Привіт"))


@payload("viberlevel")
class _Level(Action):
    pass


FULL = Screen(
    Markup("Меню"),
    rows=((Tap("Так", _Level()), Link("Сайт", "https://k.example")), (SharePhone("Мій номер"),)),
    menu=((Tap("Кошик", _Level()),),),
)


@pytest.mark.parametrize("code", [5, 6, 11, 13, 21])
async def test_who_cannot_be_reached_is_told_to_the_desk_and_not_tried_again(
    bot: Bot, subscriber: Phone, code: int
) -> None:
    await subscriber.set("faults", kind="status", status=code, count=2)
    with pytest.raises(Rejected) as refusal:
        await bot.messenger.show(subscriber.id, HELLO)
    assert refusal.value.code == code
    assert bot.desk.gone == [("viber", subscriber.id)]
    assert len(await subscriber.calls()) == 1
    assert bot.messenger.stopped is None


@pytest.mark.parametrize("code", [3, 4, 14, 16, 17, 18, 19, 20, 22])
async def test_a_mistake_of_ours_is_logged_and_not_tried_again(bot: Bot, subscriber: Phone, code: int) -> None:
    await subscriber.set("faults", kind="status", status=code)
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await bot.messenger.show(subscriber.id, HELLO)
    assert refusal.value.code == code
    assert [(line["event"], line["code"]) for line in lines] == [("viber code error", code)]
    assert (bot.desk.gone, bot.messenger.stopped) == ([], None)
    assert len(await subscriber.calls()) == 1


@pytest.mark.parametrize("code", [12, 25, 999])
async def test_a_passing_trouble_is_tried_again(bot: Bot, subscriber: Phone, code: int) -> None:
    await subscriber.set("faults", kind="status", status=code, count=2)
    await bot.messenger.show(subscriber.id, HELLO)
    assert [call["status"] for call in await subscriber.calls()] == [code, code, 0]


async def test_a_trouble_that_does_not_pass_is_for_later(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="status", status=12, count=0)
    with pytest.raises(Unavailable) as trouble:
        await bot.messenger.show(subscriber.id, HELLO)
    assert trouble.value.code == 12
    assert len(await subscriber.calls()) == 3


async def test_a_notice_that_broke_the_server_may_have_come_and_is_not_repeated(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="server_error", count=0)
    with pytest.raises(Ambiguous) as trouble:
        await bot.messenger.show(subscriber.id, HELLO)
    assert trouble.value.code == "http 500"
    assert len(await subscriber.calls()) == 1


async def test_a_broken_server_is_asked_again_where_that_does_no_harm(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="server_error", count=2)
    assert await bot.messenger.check() == "Комора"


async def test_a_notice_whose_second_part_is_not_taken_has_partly_come(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "render", lambda *_: [{"type": "text", "text": part} for part in ("один", "два")])
    answers = iter(['{"status": 0, "message_token": 1}', *['{"status": 12}'] * 3])
    async with _answering(watch, lambda: {"text": next(answers)}) as messenger:
        with pytest.raises(Ambiguous) as trouble:
            await messenger.show("someone", HELLO)
    assert trouble.value.code == 12


@pytest.mark.parametrize("code", [1, 2, 7, 8, 9, 10, 15, 23, 24])
async def test_an_account_that_is_out_stops_the_channel_with_one_alert_until_a_good_check(
    bot: Bot, subscriber: Phone, code: int
) -> None:
    await subscriber.set("faults", kind="status", status=code)
    with capture_logs() as lines:
        for _ in range(3):
            with pytest.raises(Unavailable) as trouble:
                await bot.messenger.show(subscriber.id, HELLO)
            assert trouble.value.code == code
    assert [(line["event"], line["log_level"]) for line in lines] == [("viber channel stopped", "critical")]
    assert bot.messenger.stopped == f"{code} {name_of(code)}"
    assert len(await subscriber.calls()) == 1

    await bot.messenger.check()
    assert bot.messenger.stopped is None
    await bot.messenger.show(subscriber.id, HELLO)
    assert (await subscriber.texts())[-1] == "Привіт"


async def test_a_check_that_fails_does_not_end_the_stop(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="status", status=2, count=2)
    with pytest.raises(Unavailable):
        await bot.messenger.show(subscriber.id, HELLO)
    with pytest.raises(Unavailable):
        await bot.messenger.check()
    assert bot.messenger.stopped == "2 invalid_auth_token"


def test_every_published_code_has_a_fate_and_every_other_one_is_passing() -> None:
    assert {code for code in ViberStatus if fate_of(code) is Fate.RETRY} == {ViberStatus.TOO_MANY_REQUESTS}
    assert {fate_of(code) for code in (-1, 25, 1000)} == {Fate.RETRY}


async def test_an_answer_lost_on_the_way_is_ambiguous_and_not_repeated(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="lost_answer")
    with pytest.raises(Ambiguous):
        await bot.messenger.show(subscriber.id, HELLO)
    assert (await subscriber.texts()).count("Привіт") == 1
    assert len(await subscriber.calls()) == 1


@pytest.mark.parametrize(("limit", "value"), [("_WHOLE_CALL", 0.1), ("_TIMEOUT", httpx.Timeout(0.1))])
async def test_an_answer_too_late_is_ambiguous_and_not_repeated(
    bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch, limit: str, value: object
) -> None:
    monkeypatch.setattr(client, limit, value)
    await subscriber.set("faults", kind="slow", seconds=0.3, count=2)
    with pytest.raises(Ambiguous):
        await bot.messenger.show(subscriber.id, HELLO)


async def test_a_question_lost_on_the_way_is_asked_again(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="lost_answer", count=2)
    assert await bot.messenger.check() == "Комора"


async def test_nobody_listening_is_for_later(watch: Watch) -> None:
    async with running_bot("http://127.0.0.1:1", watch) as bot:
        with pytest.raises(Unavailable) as trouble:
            await bot.messenger.show("someone", HELLO)
        assert trouble.value.code == "ConnectError"
        with pytest.raises(Unavailable):
            bot.messenger.start_link("token")


@asynccontextmanager
async def _answering(watch: Watch, answer: Callable[[], dict[str, Any]]) -> AsyncIterator[ViberMessenger]:
    async def answered(_: web.Request) -> web.Response:
        return web.Response(**answer())

    app = web.Application()
    app.router.add_post("/pa/{method}", answered)
    async with serving(app) as address, httpx.AsyncClient(verify=NO_TLS, follow_redirects=True) as http:
        settings = ViberSettings(token=SecretStr(TOKEN), api_base=f"{address}/pa")
        yield connect(settings, RecordingDesk(), http, now=watch)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"text": "<html>", "status": 404}, "http 404"),
        ({"text": "", "status": 429}, "http 429"),
        ({"headers": {"Location": "http://127.0.0.1:1/"}, "status": 307}, "http 307"),
        ({"text": '{"status": 1, "chat_hostname": "SN-CHAT-06_"}'}, 1),
    ],
)
async def test_an_answer_that_says_no_is_for_later(watch: Watch, answer: dict[str, Any], code: object) -> None:
    async with _answering(watch, lambda: answer) as messenger:
        with pytest.raises(Unavailable) as trouble:
            await messenger.show("someone", HELLO)
    assert (trouble.value.system, trouble.value.operation, trouble.value.code) == ("viber", "send_message", code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"text": "<html>502</html>"}, "broken answer"),
        ({"text": ""}, "broken answer"),
        ({"text": "[]"}, "broken answer"),
        ({"text": "null"}, "broken answer"),
        ({"text": '{"status_message": "ok"}'}, "broken answer"),
        ({"text": '{"status": null}'}, "broken answer"),
        ({"text": "[" * 100_000}, "broken answer"),
        ({"text": '{"status":0,"x":"' + "x" * 1_100_000 + '"}'}, "broken answer"),
        ({"text": '{"status": 0}', "status": 503}, "http 503"),
        ({"text": "<html>", "status": 504}, "http 504"),
    ],
)
async def test_after_an_answer_that_says_nothing_a_notice_may_have_come(
    watch: Watch, answer: dict[str, Any], code: object
) -> None:
    async with _answering(watch, lambda: answer) as messenger:
        with pytest.raises(Ambiguous) as trouble:
            await messenger.show("someone", HELLO)
    assert (trouble.value.system, trouble.value.operation, trouble.value.code) == ("viber", "send_message", code)


@pytest.mark.parametrize("error", [httpx.WriteError, httpx.WriteTimeout])
async def test_a_notice_that_broke_off_while_it_was_written_may_have_come(
    bot: Bot, subscriber: Phone, monkeypatch: pytest.MonkeyPatch, error: type[httpx.RequestError]
) -> None:
    monkeypatch.setattr(client.ViberClient, "_exchange", AsyncMock(side_effect=error("")))
    with pytest.raises(Ambiguous):
        await bot.messenger.show(subscriber.id, HELLO)


@pytest.mark.parametrize("text", ['{"status": 0}', '{"status": 0, "message_token": null, "billing_status": "x"}'])
async def test_an_answer_without_its_particulars_is_good(watch: Watch, text: str) -> None:
    async with _answering(watch, lambda: {"text": text}) as messenger:
        await messenger.show("someone", HELLO)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6, 7, 10])
async def test_every_device_gets_a_screen_that_it_can_show(bot: Bot, phone: Phone, level: int) -> None:
    await phone.set("users", id=phone.id, api_version=level)
    bot.desk.screen = FULL
    await phone.does("say", text="меню")
    await bot.desk.until_done()
    (call,) = await phone.calls()
    assert call["status"] == 0
    assert call["request"].get("min_api_version", 1) <= level
    assert await phone.texts() == ["Меню"]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
async def test_an_old_device_not_heard_of_yet_gets_the_plain_drawing_on_the_second_try(
    viber: str, watch: Watch, subscriber: Phone, level: int
) -> None:
    await subscriber.set("users", id=subscriber.id, api_version=level)
    async with running_bot(viber, watch) as fresh:
        await fresh.messenger.show(subscriber.id, FULL)
        await fresh.messenger.show(subscriber.id, FULL)
        assert [call["status"] for call in await subscriber.calls()] == [13, 0, 0]
        assert fresh.desk.gone == []


async def test_a_schema_newer_than_our_table_costs_the_styling_not_the_message(bot: Bot, subscriber: Phone) -> None:
    await subscriber.set("faults", kind="status", status=14)
    await bot.messenger.show(subscriber.id, FULL)
    refused, taken = await subscriber.calls()
    assert refused["request"]["min_api_version"] == 6
    assert "min_api_version" not in taken["request"]


async def test_95_messages_without_a_word_back_are_enough_for_an_hour(
    bot: Bot, subscriber: Phone, watch: Watch
) -> None:
    for _ in range(94):
        await bot.messenger.show(subscriber.id, HELLO)
    with capture_logs() as lines, pytest.raises(Unavailable) as trouble:
        await bot.messenger.show(subscriber.id, HELLO)
    assert trouble.value.code == 12
    assert [line["event"] for line in lines] == ["viber hourly limit of unanswered messages"]
    assert len(await subscriber.calls()) == 94

    await subscriber.does("say", text="я тут")
    await bot.desk.until_done()
    await bot.messenger.show(subscriber.id, HELLO)
    assert (await subscriber.texts())[-1] == "Привіт"


def test_the_hour_slides_and_people_are_counted_apart() -> None:
    limiter, watch = UnansweredLimiter(), Watch()
    for _ in range(95):
        assert limiter.spend("olena", watch())
    assert not limiter.spend("olena", watch())
    assert limiter.spend("petro", watch())
    watch.forward(timedelta(minutes=60))
    assert limiter.spend("olena", watch())


async def test_registering_asks_for_names_and_every_event(bot: Bot, phone: Phone) -> None:
    (call,) = await phone.calls("set_webhook")
    assert call["request"] == {
        "url": f"{bot.address}/viber/webhook",
        "event_types": ["delivered", "seen", "failed", "conversation_started"],
        "send_name": True,
        "send_photo": False,
    }


async def test_a_webhook_that_viber_cannot_reach_is_an_error(viber: str, watch: Watch) -> None:
    async with running_bot(viber, watch, public_url="http://127.0.0.1:1") as bot:
        with pytest.raises(Unavailable) as trouble:
            await bot.messenger.register()
        assert trouble.value.code == 1


@pytest.mark.parametrize("fault", ["lost_answer", "server_error", "status"])
async def test_the_token_is_in_no_error_and_no_log(
    bot: Bot, subscriber: Phone, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    await subscriber.set("faults", kind=fault, status=3, count=3)
    with caplog.at_level(logging.DEBUG), capture_logs() as lines, pytest.raises(OutsideError) as trouble:
        await bot.messenger.show(subscriber.id, HELLO)
    told = f"{trouble.value!r} {trouble.value} {vars(trouble.value)} {lines} {trouble.getrepr(showlocals=False)}"
    assert TOKEN not in told
    assert TOKEN not in str([record.getMessage() for record in caplog.records])


@pytest.mark.parametrize("token", ["", "ключ", "a b", "a\n"])
def test_a_token_that_is_no_header_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ViberSettings(token=SecretStr(token))
    assert "input_value" not in str(refusal.value)


@pytest.mark.parametrize("address", ["http://chatapi.viber.com/pa", "ftp://x", "chatapi.viber.com"])
def test_the_token_does_not_travel_in_the_clear(address: str) -> None:
    with pytest.raises(ValidationError):
        ViberSettings(token=SecretStr(TOKEN), api_base=address)


def test_a_long_name_of_the_sender_is_shortened() -> None:
    settings = ViberSettings(token=SecretStr(TOKEN), sender_name="Гуртівня «Комора смаку та здоров'я»")
    assert settings.sender_name == "Гуртівня «Комора смаку та зд"

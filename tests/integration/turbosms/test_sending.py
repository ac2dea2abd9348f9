"""Messages through the sandbox of TurboSMS: what is asked, what each answer means."""

from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.sms import SmsSent
from integrations.turbosms import TurboSms, TurboSmsSettings
from tests.integration.turbosms.world import PHONE, TOKEN, World, answering, opened, settings

TEXT = "Код №12: 4821 & «так» +%1%"


async def test_a_request_is_the_one_of_the_protocol(world: World, sms: TurboSms) -> None:
    sent = await sms.send(PHONE, "Вітаємо", "order-7")
    (call,) = await world.looks("calls")
    assert (call["method"], call["answer"]["response_code"]) == ("message/send", 800)
    assert call["fields"] == {
        "recipients": ["380671234567"],
        "sequence_id": "order-7",
        "sms": {"sender": "Komora", "text": "Вітаємо"},
    }
    assert sent == SmsSent(call["answer"]["response_result"][0]["message_id"], 1, None)


async def test_the_token_goes_in_the_header_alone(http: httpx.AsyncClient) -> None:
    async with opened(http, token=SecretStr("wrong")) as world:
        with capture_logs() as lines, pytest.raises(Rejected) as refusal:
            await world.sms.send(PHONE, "Вітаємо", "k-1")
        assert (refusal.value.code, refusal.value.of_system) == (301, True)
        assert [(line["event"], line["log_level"]) for line in lines] == [("turbosms sends nothing", "critical")]
        (call,) = await world.looks("calls")
        assert "token" not in call["fields"]


@pytest.mark.parametrize("key", ["", "ключ", "k" * 65, "a b", "k\n"])
async def test_a_key_that_is_long_or_odd_goes_as_its_digest(world: World, sms: TurboSms, key: str) -> None:
    first, again = [await sms.send(PHONE, "Вітаємо", key) for _ in range(2)]
    assert first == again
    sequences = {call["fields"]["sequence_id"] for call in await world.looks("calls")}
    assert [len(one) for one in sequences] == [64]
    assert all(one.isalnum() and one.isascii() for one in sequences)


async def test_a_repeat_is_answered_with_the_earlier_result_even_for_another_text(world: World, sms: TurboSms) -> None:
    first = await sms.send(PHONE, "Вітаємо", "k-1")
    assert (await sms.send(PHONE, "Інші слова", "k-1")).id == first.id
    assert [call["answer"]["response_code"] for call in await world.looks("calls")] == [800, 507]
    await world.passes(5)
    assert [one["text"] for one in await world.looks("inbox")] == ["Вітаємо"]


async def test_the_same_words_at_once_under_another_key_are_refused(world: World, sms: TurboSms) -> None:
    await sms.send(PHONE, "Вітаємо", "k-1")
    with pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Вітаємо", "k-2")
    assert (refusal.value.code, refusal.value.of_system) == ("repeated", False)
    await world.acts("clock", advance=90)
    await sms.send(PHONE, "Вітаємо", "k-3")


async def test_who_opted_out_is_told_apart(world: World, sms: TurboSms) -> None:
    await world.acts("stoplist", phone="380671234567")
    with pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Вітаємо", "k-1")
    assert (refusal.value.code, refusal.value.of_system) == ("opted_out", False)


@pytest.mark.parametrize("channel", ["sms", "viber"])
async def test_a_sender_that_is_not_active_stops_everything(world: World, sms: TurboSms, channel: str) -> None:
    await world.acts("senders", name="Komora", channel=channel, active=False)
    with pytest.raises(Rejected) as refusal:
        await sms.send_hybrid(PHONE, "Вітаємо", "k-1", 60)
    assert (refusal.value.code, refusal.value.of_system) == ("bad_sender", True)


# --- viber and hybrid ------------------------------------------------------------------------------------------------


async def test_a_hybrid_asks_for_both_with_a_whole_number_of_seconds(world: World, sms: TurboSms) -> None:
    sent = await sms.send_hybrid(PHONE, "я" * 71, "k-1", 600)
    (call,) = await world.looks("calls")
    assert call["fields"]["viber"] == {"sender": "Komora", "text": "я" * 71, "ttl": 600}
    assert call["fields"]["sms"] == {"sender": "Komora", "text": "я" * 71}
    assert sent.parts == 2
    await world.passes(5)
    assert [(one["channel"], one["parts"]) for one in await world.looks("inbox")] == [("viber", 0)]


async def test_a_hybrid_goes_by_sms_after_its_seconds_where_there_is_no_viber(world: World, sms: TurboSms) -> None:
    await sms.send_hybrid("+380671230010", TEXT, "k-1", 600)
    await world.passes(599)
    assert await world.looks("inbox") == []
    await world.passes(5)
    assert [(one["channel"], one["text"]) for one in await world.looks("inbox")] == [("sms", TEXT)]


async def test_viber_alone_has_no_parts_and_no_text_message(world: World, sms: TurboSms) -> None:
    sent = await sms.send_viber(PHONE, TEXT, "k-1", 86_400)
    (call,) = await world.looks("calls")
    assert (sent.parts, "sms" in call["fields"]) == (0, False)


@pytest.mark.parametrize("ttl", [59, 86_401, 0, -1])
async def test_seconds_that_viber_does_not_take_are_a_mistake_of_ours(world: World, sms: TurboSms, ttl: int) -> None:
    with pytest.raises(ValueError, match="60 to 86400"):
        await sms.send_hybrid(PHONE, "Вітаємо", "k-1", ttl)
    assert await world.looks("calls") == []


@pytest.mark.parametrize("text", ["", " \n", "a" * 1001])
async def test_words_that_viber_does_not_take_are_not_sent(world: World, sms: TurboSms, text: str) -> None:
    with pytest.raises(Rejected) as refusal:
        await sms.send_viber(PHONE, text, "k-1", 60)
    assert refusal.value.code == "bad_text"
    assert await world.looks("calls") == []


async def test_without_a_sender_for_viber_nothing_goes_that_way(http: httpx.AsyncClient) -> None:
    async with opened(http, viber_sender="") as world:
        with pytest.raises(Rejected) as refusal:
            await world.sms.send_hybrid(PHONE, "Вітаємо", "k-1", 60)
        assert (refusal.value.code, refusal.value.of_system, world.sms.has_viber) == ("bad_sender", True, False)
        assert await world.looks("calls") == []


# --- answers ---------------------------------------------------------------------------------------------------------

ROW = '{"phone": "380671234567", "response_code": 0, "message_id": "m-1", "response_status": "OK"}'


def _said(code: object, result: str = f"[{ROW}]") -> dict[str, Any]:
    return {"text": f'{{"response_code": {code}, "response_status": "?", "response_result": {result}}}'}


def _row(code: object, message: str = "null") -> str:
    return f'[{{"phone": "380671234567", "response_code": {code}, "message_id": {message}}}]'


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (_said(0), None, "m-1"),
        (_said(800), None, "m-1"),
        (_said(801), None, "m-1"),
        (_said(802), None, "m-1"),
        (_said(803), None, "m-1"),
        (_said('"800"'), None, "m-1"),
        (_said(507), None, "m-1"),
        (_said(800, ROW), None, "m-1"),
        (_said(800, '[{"message_id": "m-1"}]'), None, "m-1"),
        (_said(800, f'[{{"phone": "380500000000", "message_id": "m-0"}}, {ROW}]'), None, "m-1"),
        (_said(800, '[{"phone": "380500000000", "message_id": "m-0"}]'), Ambiguous, "no message id"),
        (_said(507, "null"), Ambiguous, "no message id"),
        (_said(507, _row(404)), Rejected, "opted_out"),
        (_said(800, "[]"), Ambiguous, "no message id"),
        (_said(800, "null"), Ambiguous, "no message id"),
        (_said(800, _row(0)), Ambiguous, "no message id"),
        (_said(800, _row(0, "true")), Ambiguous, "no message id"),
        (_said(802, _row(305)), Rejected, "bad_phone"),
        (_said(404, _row(404)), Rejected, "opted_out"),
        (_said(407, _row(407)), Rejected, 407),
        (_said(203, "null"), Rejected, "no_funds"),
        (_said(203), Ambiguous, "both taken and refused"),
        (_said(999, "null"), Ambiguous, 999),
        (_said(777, "null"), Ambiguous, 777),
        (_said(1, "null"), Ambiguous, 1),
        (_said(503, "null"), Unavailable, 503),
        (_said(504, "null"), Unavailable, 504),
        (_said("null"), Ambiguous, "broken answer"),
        (_said("true"), Ambiguous, "broken answer"),
        (_said('"' + "9" * 5000 + '"'), Ambiguous, "broken answer"),
        ({"text": "<html>Maintenance</html>"}, Ambiguous, "broken answer"),
        ({"text": ""}, Ambiguous, "broken answer"),
        ({"text": "null"}, Ambiguous, "broken answer"),
        ({"text": "[]"}, Ambiguous, "broken answer"),
        ({"text": "[" * 100_000}, Ambiguous, "broken answer"),
        ({"body": b"\xff\xfe{"}, Ambiguous, "broken answer"),
        ({"text": "x" * 1_100_000}, Ambiguous, "too_large"),
        ({"text": "", "status": 500}, Ambiguous, "http 500"),
        ({"text": "", "status": 408}, Ambiguous, "http 408"),
        ({"text": "", "status": 503}, Unavailable, "http 503"),
        ({"text": "", "status": 429}, Unavailable, "http 429"),
        ({"text": "", "status": 404}, Rejected, "http 404"),
        ({"headers": {"Location": "http://127.0.0.1:1/"}, "status": 307}, Rejected, "http 307"),
    ],
)
async def test_an_answer_means_one_thing(
    answer: dict[str, Any], error: type[OutsideError] | None, code: str | int
) -> None:
    async with answering(**answer) as (sms, asked):
        assert await _outcome(sms) == (error, code)
        assert len(asked) == 1


async def _outcome(sms: TurboSms) -> tuple[type[OutsideError] | None, str | int | None]:
    try:
        return None, (await sms.send(PHONE, "Вітаємо", "k-1")).id
    except OutsideError as error:
        return type(error), error.code


async def test_an_answer_that_is_too_late_is_ambiguous(http: httpx.AsyncClient) -> None:
    async with opened(http, patience=0.2) as world:
        await world.acts("faults", kind="slow", seconds=0.5)
        with pytest.raises(Ambiguous) as trouble:
            await world.sms.send(PHONE, "Вітаємо", "k-1")
        assert trouble.value.code == "timeout"


async def test_keys_phones_and_words_are_in_no_error_and_no_log(world: World, sms: TurboSms) -> None:
    await world.acts("faults", kind="error", code=203)
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Таємниця", "k-1")
    told = f"{refusal.value!r} {vars(refusal.value)} {lines}"
    for secret in (TOKEN, "671234567", "Таємниця"):
        assert secret not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "http://api.turbosms.ua"},
        {"base_url": "api.turbosms.ua"},
        {"sender": ""},
        {"sender": "Комора"},
        {"sender": "KomoraSmakuUA"},
        {"viber_sender": "k" * 29},
        {"token": SecretStr("")},
        {"token": SecretStr("a b")},
        {"token": SecretStr("токен")},
        {"token": SecretStr("a\nX-Evil: 1")},
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        settings(**changes)
    assert TOKEN not in str(refusal.value)


def test_the_shared_sender_of_the_tests_fits() -> None:
    assert TurboSmsSettings(token=SecretStr("t"), sender="IT Alarm").sender == "IT Alarm"

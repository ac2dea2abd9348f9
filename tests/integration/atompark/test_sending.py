"""Text messages through the sandbox of AtomPark, with its troubles."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any
from unittest.mock import AsyncMock

import httpx
import pytest
from aiohttp import web
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.ports import SmsSender
from integrations.atompark import AtomParkSettings, AtomParkSms, client
from integrations.atompark.refusals import Refusal, refusal_of
from tests.integration.atompark.conftest import NO_TLS, PRIVATE, PUBLIC, Provider, sender, serving

PHONE = "+380671234567"
KEY = "k-1"


async def test_a_message_reaches_the_phone_letter_for_letter(provider: Provider, sms: AtomParkSms) -> None:
    port: SmsSender = sms
    sent = await port.send(PHONE, "Код №12: 4821 & «так» +%1%", KEY)
    (message,) = await provider.inbox()
    assert (message["phone"], message["sender"]) == ("380671234567", "Komora")
    assert message["text"] == "Код №12: 4821 & «так» +%1%"
    assert sent.id == (await provider.calls())[0]["answer"]["result"]["id"]


async def test_the_form_is_the_one_of_the_protocol(provider: Provider, sms: AtomParkSms) -> None:
    await sms.send("380671234567", "Вітаємо", KEY)
    (call,) = await provider.calls()
    assert call["action"] == "sendSMS"
    assert call["params"] == {
        "sender": "Komora",
        "text": "Вітаємо",
        "phone": "380671234567",
        "datetime": "",
        "sms_lifetime": "0",
    }


async def test_a_trial_is_marked_in_the_form_and_sends_nothing(provider: Provider, http: httpx.AsyncClient) -> None:
    await sender(provider.address, http, test=True, lifetime=1).send(PHONE, "Вітаємо", KEY)
    (call,) = await provider.calls()
    assert (call["params"]["test"], call["params"]["sms_lifetime"]) == ("1", "1")
    assert await provider.inbox() == []


@pytest.mark.parametrize("phone", ["", "0671234567", "+38 067 123 45 67", "+380", "٣٨٠٦٧١٢٣٤٥٦٧", PHONE + "\n"])
async def test_what_is_no_phone_is_not_sent(provider: Provider, sms: AtomParkSms, phone: str) -> None:
    with pytest.raises(Rejected) as refusal:
        await sms.send(phone, "Вітаємо", KEY)
    assert refusal.value.code == "bad_phone"
    assert await provider.calls() == []


@pytest.mark.parametrize("text", ["", " \n", "я" * 671])
async def test_an_empty_or_endless_text_is_not_sent(provider: Provider, sms: AtomParkSms, text: str) -> None:
    with pytest.raises(Rejected):
        await sms.send(PHONE, text, KEY)
    assert await provider.calls() == []


async def test_the_balance_is_exact(provider: Provider, sms: AtomParkSms) -> None:
    await provider.set_balance("12.30")
    assert await sms.balance() == Decimal("12.30")
    assert await sms.check() == "12.30 UAH"


async def test_an_empty_purse_is_refused_with_an_alert(provider: Provider, sms: AtomParkSms) -> None:
    await provider.set_balance("0.10")
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Вітаємо", KEY)
    assert (refusal.value.code, refusal.value.of_system) == ("no_funds", True)
    assert [(line["event"], line["refusal"]) for line in lines] == [("atompark sends nothing", "no_funds")]


@pytest.mark.parametrize("keys", [{"public_key": SecretStr("x")}, {"private_key": SecretStr("x")}])
async def test_a_wrong_key_is_refused_with_an_alert(
    provider: Provider, http: httpx.AsyncClient, keys: dict[str, SecretStr]
) -> None:
    with capture_logs() as lines, pytest.raises(Rejected):
        await sender(provider.address, http, **keys).check()
    assert [(line["event"], line["refusal"]) for line in lines] == [("atompark sends nothing", "config_or_unknown")]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (304, Refusal.NO_FUNDS),
        (305, Refusal.NO_FUNDS),
        (300, Refusal.BAD_SENDER),
        (259, Refusal.BAD_SENDER),
        (267, Refusal.BAD_SENDER),
        (212, Refusal.BAD_PHONE),
        (303, Refusal.BAD_PHONE),
        (201, Refusal.PERMANENT),
        (258, Refusal.PERMANENT),
        (268, Refusal.PERMANENT),
        (301, Refusal.PERMANENT),
        (399, Refusal.PERMANENT),
        (0, Refusal.UNKNOWN),
        (-1, Refusal.UNKNOWN),
        (199, Refusal.UNKNOWN),
        (400, Refusal.UNKNOWN),
        (None, Refusal.UNKNOWN),
    ],
)
def test_every_code_has_its_meaning(code: int | None, refusal: Refusal) -> None:
    assert refusal_of(code) is refusal


@pytest.mark.parametrize(
    ("code", "meant", "of_system"),
    [
        (300, "bad_sender", True),
        (301, 301, False),
        (303, "bad_phone", False),
        (305, "no_funds", True),
        (306, 306, False),
        (-1, -1, True),
        (999, 999, True),
    ],
)
async def test_a_refusal_is_final_and_asked_once(
    provider: Provider, sms: AtomParkSms, code: int, meant: str | int, of_system: bool
) -> None:
    await provider.fault(kind="error", code=code)
    with pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Вітаємо", KEY)
    assert (refusal.value.code, refusal.value.of_system) == (meant, of_system)
    assert len(await provider.calls()) == 1


@pytest.mark.parametrize("fault", [{"kind": "lost_answer"}, {"kind": "server_error", "status": 502}])
async def test_a_message_that_may_have_gone_out_is_not_sent_again(
    provider: Provider, sms: AtomParkSms, fault: dict[str, Any]
) -> None:
    await provider.fault(action="sendSMS", **fault)
    with pytest.raises(Ambiguous):
        await sms.send(PHONE, "Вітаємо", KEY)
    assert len(await provider.calls()) == 1


@pytest.mark.parametrize("error", [httpx.WriteError, httpx.WriteTimeout])
async def test_a_message_that_broke_off_while_it_was_written_may_have_gone_out(
    sms: AtomParkSms, monkeypatch: pytest.MonkeyPatch, error: type[httpx.RequestError]
) -> None:
    monkeypatch.setattr(client.AtomParkClient, "_exchange", AsyncMock(side_effect=error("")))
    with pytest.raises(Ambiguous):
        await sms.send(PHONE, "Вітаємо", KEY)


@pytest.mark.parametrize(("limit", "value"), [("_WHOLE_CALL", 0.1), ("_TIMEOUT", httpx.Timeout(0.1))])
async def test_an_answer_too_late_is_ambiguous(
    provider: Provider, sms: AtomParkSms, monkeypatch: pytest.MonkeyPatch, limit: str, value: object
) -> None:
    monkeypatch.setattr(client, limit, value)
    await provider.fault(kind="slow", seconds=0.3)
    with pytest.raises(Ambiguous):
        await sms.send(PHONE, "Вітаємо", KEY)


async def test_nobody_listening_is_for_later(http: httpx.AsyncClient) -> None:
    with pytest.raises(Unavailable) as trouble:
        await sender("http://127.0.0.1:1", http).send(PHONE, "Вітаємо", KEY)
    assert trouble.value.code == "ConnectError"


@pytest.mark.parametrize("fault", [{"kind": "lost_answer"}, {"kind": "server_error", "status": 502}])
async def test_a_reading_is_repeated(provider: Provider, sms: AtomParkSms, fault: dict[str, Any]) -> None:
    await provider.fault(times=2, **fault)
    assert await sms.balance() == Decimal("500.00")


@asynccontextmanager
async def _answering(**answer: Any) -> AsyncIterator[AtomParkSms]:
    async def answered(_: web.Request) -> web.Response:
        return web.Response(**answer)

    app = web.Application()
    app.router.add_post("/sms/3.0/{action}", answered)
    async with serving(app) as address, httpx.AsyncClient(verify=NO_TLS, follow_redirects=True) as http:
        yield sender(address, http)


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        ({"text": '{"result": {"id": 7}}'}, None, "7"),
        ({"text": '{"result": {"id": "7"}, "error": ""}'}, None, "7"),
        ({"text": '{"result": {}}'}, Ambiguous, "no campaign id"),
        ({"text": '{"result": {"id": true}}'}, Ambiguous, "no campaign id"),
        ({"text": '{"result": "ok"}'}, Ambiguous, "broken answer"),
        ({"text": "<html>"}, Ambiguous, "broken answer"),
        ({"text": "null"}, Ambiguous, "broken answer"),
        ({"text": "[" * 100_000}, Ambiguous, "broken answer"),
        ({"text": "x" * 1_100_000}, Ambiguous, "broken answer"),
        ({"text": '{"error": "no money", "code": "305", "result": {"id": 7}}'}, Rejected, "no_funds"),
        ({"text": '{"result": {"error": "no sender", "code": 300}}'}, Rejected, "bad_sender"),
        ({"text": '{"result": {"error": "no sender"}, "code": "300"}'}, Rejected, "bad_sender"),
        ({"text": '{"error": "?"}'}, Rejected, "config_or_unknown"),
        ({"text": '{"error": "?", "code": "x"}'}, Rejected, "config_or_unknown"),
        ({"text": '{"error": "?", "code": "' + "9" * 5000 + '"}'}, Rejected, "config_or_unknown"),
        ({"text": "", "status": 500}, Ambiguous, "http 500"),
        ({"text": "", "status": 503}, Unavailable, "http 503"),
        ({"text": "", "status": 429}, Unavailable, "http 429"),
        ({"text": "", "status": 404}, Rejected, "http 404"),
        ({"headers": {"Location": "http://127.0.0.1:1/"}, "status": 307}, Rejected, "http 307"),
    ],
)
async def test_an_answer_means_one_thing(
    answer: dict[str, Any], error: type[OutsideError] | None, code: str | int
) -> None:
    async with _answering(**answer) as sms:
        assert await _outcome(sms) == (error, code)


async def _outcome(sms: AtomParkSms) -> tuple[type[OutsideError] | None, str | int | None]:
    try:
        return None, (await sms.send(PHONE, "Вітаємо", KEY)).id
    except OutsideError as error:
        return type(error), error.code


@pytest.mark.parametrize("balance", ['"NaN"', '"x"', "null", '""', '"Infinity"'])
async def test_a_balance_that_is_no_number_is_for_later(balance: str) -> None:
    async with _answering(text=f'{{"result": {{"balance_currency": {balance}}}}}') as sms:
        with pytest.raises(Unavailable):
            await sms.balance()


async def test_a_balance_written_as_a_number_stays_exact() -> None:
    async with _answering(text='{"result": {"balance_currency": 0.1, "currency": "UAH"}}') as sms:
        assert await sms.balance() == Decimal("0.1")


async def test_keys_phones_and_words_are_in_no_error_and_no_log(provider: Provider, sms: AtomParkSms) -> None:
    await provider.fault(kind="error", code=305, message=f"bad {PHONE} {PUBLIC}")
    with capture_logs() as lines, pytest.raises(Rejected) as refusal:
        await sms.send(PHONE, "Таємниця", KEY)
    told = f"{refusal.value!r} {vars(refusal.value)} {lines}"
    for secret in (PUBLIC, PRIVATE, "671234567", "Таємниця"):
        assert secret not in told


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "http://api.atompark.com"},
        {"base_url": "api.atompark.com"},
        {"sender": ""},
        {"sender": "Комора"},
        {"sender": "KomoraSmakuUA"},
        {"lifetime": 2},
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any]) -> None:
    settings = {"public_key": SecretStr("a"), "private_key": SecretStr("b"), "sender": "Komora"}
    with pytest.raises(ValidationError):
        AtomParkSettings(**settings | changes)

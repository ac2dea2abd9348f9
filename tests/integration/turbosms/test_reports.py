"""What became of messages, by the provider's words."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Rejected, Unavailable
from bot.domain.sms import SmsReport, SmsState
from integrations.turbosms import TurboSms
from integrations.turbosms.values import Statuses, channel, moment
from tests.integration.turbosms.world import PHONE, World, answering


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("Queued", "In Queue", "In Process", "Sent", "sent", "ACCEPTD"), SmsState.ON_ITS_WAY),
        (("Delivered", "DELIVRD", "delivered", " Delivered "), SmsState.DELIVERED),
        (("Read", "READ"), SmsState.SEEN),
        (("Undelivered", "Expired", "Rejected", "Failed", "Cancelled"), SmsState.FAILED),
        (("UNDELIV", "EXPIRED", "REJECTD"), SmsState.FAILED),
    ],
)
def test_every_word_has_its_state(words: tuple[str, ...], state: SmsState) -> None:
    with capture_logs() as lines:
        assert {Statuses().read(word) for word in words} == {state}
    assert lines == []


def test_a_new_word_is_on_its_way_and_is_written_once() -> None:
    statuses = Statuses()
    with capture_logs() as lines:
        assert {statuses.read(word) for word in ("Teleported", "TELEPORTED", "")} == {SmsState.ON_ITS_WAY}
    assert [line["status"] for line in lines] == ["TELEPORTED", ""]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-01-15 12:00:00", datetime(2026, 1, 15, 10, 0, tzinfo=UTC)),
        ("2026-07-15 12:00:00", datetime(2026, 7, 15, 9, 0, tzinfo=UTC)),
        ("", None),
        ("2026-01-15T12:00:00Z", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_a_moment_is_on_the_clock_of_kyiv(said: str, at: datetime | None) -> None:
    assert moment(said) == at


def test_the_way_is_told_by_the_type() -> None:
    types = ("sms", "viber", "DLR_SMS_API", "DLR_SMS_SMPP", "DLR_VIBER_API", "DLR_VIBER_SESSION", "")
    assert [channel(one) for one in types] == ["sms", "viber", "sms", "sms", "viber", "viber", "sms"]


async def test_a_hybrid_tells_by_which_way_it_went(world: World, sms: TurboSms) -> None:
    by_viber = (await sms.send_hybrid(PHONE, "Вітаємо", "k-1", 60)).id
    seen = (await sms.send_hybrid("+380671230011", "Вітаємо", "k-2", 60)).id
    by_sms = (await sms.send_hybrid("+380671230010", "Вітаємо", "k-3", 60)).id
    lost = (await sms.send_hybrid("+380671230012", "Вітаємо", "k-4", 60)).id
    await world.passes(30)
    early = await sms.reports([by_viber, by_sms])
    await world.passes(60)
    late = await sms.reports([by_viber, seen, by_sms, lost])
    assert [(early[one].state, early[one].channel) for one in (by_viber, by_sms)] == [
        (SmsState.DELIVERED, "viber"),
        (SmsState.ON_ITS_WAY, "viber"),
    ]
    assert [(late[one].state, late[one].channel) for one in (by_viber, seen, by_sms, lost)] == [
        (SmsState.DELIVERED, "viber"),
        (SmsState.SEEN, "viber"),
        (SmsState.DELIVERED, "sms"),
        (SmsState.FAILED, "sms"),
    ]


async def test_many_are_asked_a_hundred_at_a_time_and_each_once(world: World, sms: TurboSms) -> None:
    known = (await sms.send(PHONE, "Вітаємо", "k-1")).id
    strangers = [f"stranger-{number}" for number in range(249)]
    told = await sms.reports([*strangers, known, known, "", "no such;id", "x" * 65])
    assert list(told) == [known]
    asked = [
        len(call["answer"]["response_result"]) for call in await world.looks("calls") if "status" in call["method"]
    ]
    assert asked == [100, 100, 50]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ('{"response_code": 0, "response_result": [{"message_id": "m-1", "status": "Read", "type": "viber"}]}', True),
        ('{"response_code": 0, "response_result": {"message_id": "m-1", "status": "Sent"}}', True),
        ('{"response_code": 0, "response_result": [{"message_id": "m-1", "status": null}]}', False),
        ('{"response_code": 0, "response_result": [{"message_id": "m-2", "status": "Read"}]}', False),
        ('{"response_code": 0, "response_result": [{"message_id": "m-1", "response_code": 414}]}', False),
        ('{"response_code": 0, "response_result": [null, 7, "m-1", []]}', False),
        ('{"response_code": 0, "response_result": null}', False),
        ('{"response_code": 414, "response_result": null}', False),
    ],
)
async def test_what_is_not_told_of_a_message_is_left_out(answer: str, told: bool) -> None:
    async with answering(text=answer) as (sms, _):
        assert list(await sms.reports(["m-1"])) == ["m-1"] * told


async def test_a_report_without_a_moment_has_none() -> None:
    answer = '{"response_code": 0, "response_result": [{"message_id": "m-1", "status": "Delivered"}]}'
    async with answering(text=answer) as (sms, _):
        assert await sms.reports(["m-1"]) == {"m-1": SmsReport(SmsState.DELIVERED, None)}


@pytest.mark.parametrize(
    ("balance", "found"),
    [('{"balance": 12.30}', "12.30"), ('{"balance": "12.3"}', "12.3"), ('[{"balance": 7}]', "7")],
)
async def test_a_balance_stays_exact(balance: str, found: str) -> None:
    async with answering(text=f'{{"response_code": 0, "response_result": {balance}}}') as (sms, _):
        assert await sms.balance() == Decimal(found)


@pytest.mark.parametrize("balance", ["null", "{}", '{"balance": "NaN"}', '{"balance": true}', "[]", "[{},{}]"])
async def test_a_balance_that_is_no_number_is_for_later(balance: str) -> None:
    async with answering(text=f'{{"response_code": 0, "response_result": {balance}}}') as (sms, asked):
        with pytest.raises(Unavailable):
            await sms.balance()
        assert len(asked) == 3


async def test_a_refused_question_is_not_repeated() -> None:
    calls: list[Any] = []
    async with answering(text='{"response_code": 301, "response_result": null}') as (sms, asked):
        for ask in (sms.ping(), sms.balance(), sms.reports(["m-1"])):
            with pytest.raises(Rejected):
                await ask
            calls.append(len(asked))
    assert calls == [1, 2, 3]

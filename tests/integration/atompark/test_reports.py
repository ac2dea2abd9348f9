"""What a message cost and what became of it, by the provider's words."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.domain.money import Money
from bot.domain.sms import SmsReport, SmsSent, SmsState
from integrations.atompark import AtomParkSms
from integrations.atompark.values import Statuses, moment, price
from tests.integration.atompark.conftest import NO_TLS, Provider, sender, serving

PHONE = "+380671234567"
NO_DATE = "0000-00-00 00:00:00"


async def test_the_price_and_the_parts_come_with_the_id(provider: Provider, sms: AtomParkSms) -> None:
    assert await sms.send(PHONE, "я" * 71, "k-1") == SmsSent("700001", 2, Money(170, "UAH"))


@pytest.mark.parametrize(
    ("said", "cost"),
    [
        ({"price": "0.85", "currency": "UAH"}, Money(85, "UAH")),
        ({"price": Decimal("0.855"), "currency": "USD"}, Money(86, "USD")),
        ({"price": 2, "currency": "EUR"}, Money(200, "EUR")),
        ({"price": Decimal("8.5E-1"), "currency": "UAH"}, Money(85, "UAH")),
        ({"price": "0.85"}, None),
        ({"price": "0.85", "currency": "uah"}, None),
        ({"price": "0.85", "currency": ["UAH"]}, None),
        ({"price": "-1", "currency": "UAH"}, None),
        ({"price": Decimal("NaN"), "currency": "UAH"}, None),
        ({"price": "1e9", "currency": "UAH"}, None),
        ({"price": True, "currency": "UAH"}, None),
        ({"currency": "UAH"}, None),
        ({"price": "1" * 5000, "currency": "UAH"}, None),
    ],
)
def test_a_price_is_a_sum_with_its_currency_or_nothing(said: dict[str, Any], cost: Money | None) -> None:
    assert price(said) == cost


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("0", SmsState.ON_ITS_WAY),
        (0, SmsState.ON_ITS_WAY),
        ("SENT", SmsState.ON_ITS_WAY),
        ("DELIVERED", SmsState.DELIVERED),
        ("delivered", SmsState.DELIVERED),
        ("NOT_DELIVERED", SmsState.FAILED),
        ("INVALID_PHONE_NUMBER", SmsState.FAILED),
        ("SPAM", SmsState.FAILED),
        ("EXPIRED", SmsState.FAILED),
        ("duplicate", SmsState.FAILED),
        ("LOST_IN_SPACE", SmsState.ON_ITS_WAY),
    ],
)
def test_every_word_has_its_state(word: object, state: SmsState) -> None:
    with capture_logs():
        assert Statuses().read({"status": [word]}) == SmsReport(state, None)


def test_a_new_word_is_written_once() -> None:
    statuses = Statuses()
    with capture_logs() as lines:
        for word in ("LOST", "LOST", "FOUND"):
            statuses.read({"status": [word]})
    assert [(line["event"], line["status"]) for line in lines] == [
        ("atompark status is new", "LOST"),
        ("atompark status is new", "FOUND"),
    ]


@pytest.mark.parametrize("stats", [{}, {"status": []}, {"status": "DELIVERED"}, {"status": None}])
def test_no_status_is_no_report(stats: dict[str, Any]) -> None:
    assert Statuses().read(stats) is None


def test_a_report_is_dated_by_its_end_or_else_by_its_sending() -> None:
    sent, done = "2026-01-01 00:00:01", "2026-01-01 00:00:02"
    whole = {"status": ["DELIVERED"], "sentdate": [sent], "donedate": [done]}
    way = {"status": ["SENT"], "sentdate": [sent], "donedate": [NO_DATE]}
    assert Statuses().read(whole) == SmsReport(SmsState.DELIVERED, datetime(2026, 1, 1, 0, 0, 2, tzinfo=UTC))
    assert Statuses().read(way) == SmsReport(SmsState.ON_ITS_WAY, datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC))
    assert [moment(one) for one in (NO_DATE, "", None, 7, "tomorrow")] == [None] * 5


async def test_reports_are_told_of_what_is_known_there(provider: Provider, sms: AtomParkSms) -> None:
    good = (await sms.send(PHONE, "Вітаємо", "k-1")).id
    bad = (await sms.send("+380671230001", "Вітаємо", "k-2")).id
    waiting = (await sms.send("+380671230007", "Вітаємо", "k-3")).id
    await provider.inbox()  # a minute passes
    told = await sms.reports([good, bad, waiting, "999999", "nonsense", "", good])
    assert {one: report.state for one, report in told.items()} == {
        good: SmsState.DELIVERED,
        bad: SmsState.FAILED,
        waiting: SmsState.ON_ITS_WAY,
    }
    assert {report.channel for report in told.values()} == {"sms"}
    asked = [call["params"] for call in await provider.calls() if call["action"] == "getCampaignDeliveryStats"]
    assert asked == [{"id": one} for one in (good, bad, waiting, "999999")]


async def test_no_ids_are_no_calls(provider: Provider, sms: AtomParkSms) -> None:
    assert await sms.reports([]) == {}
    assert await provider.calls() == []


async def test_a_campaign_that_has_no_phones_yet_is_left_out() -> None:
    async def answered(_: web.Request) -> web.Response:
        return web.json_response({"result": {"phone": [], "status": []}})

    app = web.Application()
    app.router.add_post("/sms/3.0/{action}", answered)
    async with serving(app) as address, httpx.AsyncClient(verify=NO_TLS) as http:
        assert await sender(address, http).reports(["7"]) == {}


async def test_a_ping_asks_once(provider: Provider, sms: AtomParkSms) -> None:
    await sms.ping()
    assert [call["action"] for call in await provider.calls()] == ["getUserBalance"]

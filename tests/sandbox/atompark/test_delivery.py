"""What becomes of a message as time passes."""

import pytest

from tests.sandbox.atompark.conftest import Provider

NO_DATE = "0000-00-00 00:00:00"


async def test_a_message_is_queued_then_sent_then_delivered(provider: Provider) -> None:
    campaign = await provider.sent_id()
    queued = await provider.stats(campaign)
    await provider.control("clock", advance=1)
    sent = await provider.stats(campaign)
    await provider.control("clock", advance=1)
    delivered = await provider.stats(campaign)
    phone, sent_at, done_at = ["380671234567"], ["2026-01-01 00:00:01"], ["2026-01-01 00:00:02"]
    assert queued == {"phone": phone, "sentdate": [NO_DATE], "donedate": [NO_DATE], "status": ["0"]}
    assert sent == {"phone": phone, "sentdate": sent_at, "donedate": [NO_DATE], "status": ["SENT"]}
    assert delivered == {"phone": phone, "sentdate": sent_at, "donedate": done_at, "status": ["DELIVERED"]}


@pytest.mark.parametrize(
    ("ending", "status", "campaign_status", "sent"),
    [
        ("0001", "NOT_DELIVERED", "3", "2026-01-01 00:00:01"),
        ("0002", "INVALID_PHONE_NUMBER", "4", NO_DATE),
        ("0003", "SPAM", "6", NO_DATE),
        ("0004", "EXPIRED", "3", "2026-01-01 00:00:01"),
        ("0005", "duplicate", "3", NO_DATE),
        ("0006", "SENT", "2", "2026-01-01 00:00:01"),
        ("0007", "0", "0", NO_DATE),
    ],
)
async def test_a_phone_with_a_known_ending_meets_its_failure(
    provider: Provider, ending: str, status: str, campaign_status: str, sent: str
) -> None:
    campaign = await provider.sent_id(f"38067123{ending}")
    await provider.control("clock", advance=24 * 3600)
    stats = await provider.stats(campaign)
    info = (await provider.post("getCampaignInfo", id=campaign))["result"]
    assert (stats["status"], stats["sentdate"], info["status"]) == ([status], [sent], campaign_status)
    assert (info["delivered"], await provider.inbox()) == ("0", [])


async def test_a_message_expires_when_its_lifetime_is_over(provider: Provider) -> None:
    wanted = {"sender": "Komora", "text": "Hello", "phone": "380671230004", "datetime": "", "sms_lifetime": "1"}
    campaign = (await provider.post("sendSMS", **wanted))["result"]["id"]
    await provider.control("clock", advance=3599)
    waiting = await provider.stats(campaign)
    await provider.control("clock", advance=1)
    assert (waiting["status"], (await provider.stats(campaign))["status"]) == (["SENT"], ["EXPIRED"])


async def test_a_scheduled_message_waits_for_its_gmt_time(provider: Provider) -> None:
    wanted = {"sender": "Komora", "text": "Hello", "phone": "380671234567", "sms_lifetime": "0"}
    answer = await provider.post("sendSMS", **wanted, datetime="2026-01-01 01:00:00")
    campaign = answer["result"]["id"]
    await provider.control("clock", advance=3599)
    early = (await provider.post("getCampaignInfo", id=campaign))["result"]
    await provider.control("clock", advance=3)
    late = (await provider.post("getCampaignInfo", id=campaign))["result"]
    assert early == {"sent": "0", "delivered": "0", "not_delivered": "0", "price": "0.85", "status": "9"}
    assert late == {"sent": "1", "delivered": "1", "not_delivered": "0", "price": "0.85", "status": "3"}


async def test_the_statistics_of_many_campaigns_come_in_one_answer(provider: Provider) -> None:
    first, second = await provider.sent_id(), await provider.sent_id("380671230001")
    await provider.control("clock", advance=5)
    answer = await provider.post("getcampaigndeliverystatsgroup", id=f"{first}, {second}")
    assert answer["result"]["phone"] == ["380671234567", "380671230001"]
    assert answer["result"]["status"] == ["DELIVERED", "NOT_DELIVERED"]


async def test_statistics_since_a_date_leave_out_what_did_not_change(provider: Provider) -> None:
    campaign = await provider.sent_id()
    await provider.control("clock", advance=5)
    known = await provider.post("getCampaignDeliveryStats", id=campaign, datefrom="2026-01-01 00:00:02")
    nothing = await provider.post("getCampaignDeliveryStats", id=campaign, datefrom="2026-01-01 00:00:03")
    assert (known["result"]["status"], nothing["code"]) == (["DELIVERED"], 322)


@pytest.mark.parametrize("wrong", ["", "0", "-1", "700002", "abc", "9" * 5000, "７００００１"])
async def test_a_campaign_that_is_not_there_has_a_code_per_method(provider: Provider, wrong: str) -> None:
    await provider.sent_id()
    assert (await provider.post("getCampaignInfo", id=wrong))["code"] == 310
    assert (await provider.post("getCampaignDeliveryStats", id=wrong))["code"] == 320
    assert (await provider.post("getcampaigndeliverystatsgroup", id=f"700001,{wrong}"))["code"] == 320

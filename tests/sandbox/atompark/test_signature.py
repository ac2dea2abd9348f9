"""The control sum, against vectors of foreign clients and our own."""

import httpx
import pytest

from sandbox.atompark.signature import control_sum
from tests.sandbox.atompark.conftest import PRIVATE, PUBLIC, Provider

SMS = {"sender": "Agency", "text": "Hello", "phone": "380671234567", "datetime": "", "sms_lifetime": "0"}
GROUP = {
    "sender": "Agency",
    "text": "Hi %1%",
    "phones": '[["380671234567","Olena"],["380501112233","Ivan"]]',
    "datetime": "2026-01-31 09:30:00",
    "sms_lifetime": "0",
}


@pytest.mark.parametrize(
    ("action", "params", "private_key", "expected"),
    [
        ("some_call", {"key": "X", "foo": "bar"}, "Y", "72c28714005950deb5ed6ed80d20a9ad"),
        (
            "getAddressbook",
            {"key": "publicKey", "offset": "2", "test": "1"},
            "privateKey",
            "a1b6f5a0faff9f304ec37a8299fa430b",
        ),
    ],
    ids=["ruby", "node"],
)
def test_the_sum_is_the_one_foreign_clients_compute(
    action: str, params: dict[str, str], private_key: str, expected: str
) -> None:
    assert control_sum(action, params, private_key) == expected


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        ("getUserBalance", {"currency": "UAH"}, "d28c8ea3ce2a03a962bbc32ae24b0dc5"),
        ("sendSMS", SMS, "51c50e30fe98f3cd62b8399a0f2003e9"),
        ("sendSMS", {**SMS, "test": "1"}, "03cc928032ada0227b197282608ab3c6"),
        ("sendSMS", {**SMS, "text": "Рахунок №12 готовий"}, "8d7106a76a447c8dcdc850333cf53289"),
        ("getCampaignDeliveryStats", {"id": "123456"}, "9bad36b333b7816228ff2780ce77c843"),
        ("getCampaignInfo", {"id": "123456"}, "0cc0c3085fc700dad7feb8d4a3cd0710"),
        ("sendSMSGroup", GROUP, "c29b73678e8f4eda442247ff61ecc393"),
    ],
)
def test_the_sum_is_the_one_of_our_own_vectors(action: str, params: dict[str, str], expected: str) -> None:
    assert control_sum(action, {**params, "key": PUBLIC}, PRIVATE) == expected


def test_the_sum_itself_and_a_sent_version_and_action_change_nothing() -> None:
    sent = {"key": PUBLIC, "id": "123456", "version": "3.0", "action": "getCampaignInfo", "sum": "anything"}
    assert control_sum("getCampaignInfo", sent, PRIVATE) == "0cc0c3085fc700dad7feb8d4a3cd0710"


@pytest.mark.parametrize("action", ["sendSMS", "sendsms"])
async def test_the_action_is_hashed_as_the_path_writes_it(provider: Provider, action: str) -> None:
    assert (await provider.post(action, **SMS))["result"]["currency"] == "UAH"


@pytest.mark.parametrize(
    ("key", "signature", "code"),
    [
        ("another", "d28c8ea3ce2a03a962bbc32ae24b0dc5", -1),
        (PUBLIC, "D28C8EA3CE2A03A962BBC32AE24B0DC5", -2),
        (PUBLIC, "51c50e30fe98f3cd62b8399a0f2003e9", -2),
        (PUBLIC, "", -2),
    ],
    ids=["foreign key", "upper case", "of another call", "none"],
)
async def test_a_call_with_a_wrong_key_or_sum_is_refused(
    provider: Provider, key: str, signature: str, code: int
) -> None:
    form = {"key": key, "currency": "UAH", "sum": signature}
    answer = await provider.http.post("/sms/3.0/getUserBalance", data=form)
    assert (answer.status_code, answer.json()["code"]) == (200, code)


async def test_a_changed_value_breaks_the_sum(provider: Provider) -> None:
    form = {**SMS, "key": PUBLIC, "sum": "51c50e30fe98f3cd62b8399a0f2003e9"}
    honest = await provider.http.post("/sms/3.0/sendSMS", data=form)
    forged = await provider.http.post("/sms/3.0/sendSMS", data={**form, "phone": "380501112233"})
    assert "result" in honest.json()
    assert forged.json() == {"error": "Wrong control sum", "code": -2}


async def test_a_get_and_a_multipart_form_are_read_as_well(provider: Provider) -> None:
    form = {"key": PUBLIC, "currency": "UAH", "sum": "d28c8ea3ce2a03a962bbc32ae24b0dc5"}
    by_query = await provider.http.get("/sms/3.0/getUserBalance", params=form)
    parts = {name: (None, value) for name, value in form.items()}
    by_parts = await provider.http.post("/api/sms/3.0/getUserBalance", files=parts)
    expected = {"result": {"balance_currency": "500.00", "currency": "UAH"}}
    assert (by_query.json(), by_parts.json()) == (expected, expected)


async def test_an_unknown_action_and_a_huge_body_are_refused(provider: Provider) -> None:
    assert (await provider.post("sendFax"))["code"] == -3
    huge: httpx.Response = await provider.http.post("/sms/3.0/sendSMS", data={"text": "a" * 1_100_000})
    assert huge.status_code == 413

"""The sum against vectors of two foreign clients and of the protocol's page."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.atompark.signature import signature

PUB = "0123456789abcdef0123456789abcdef"
PRIV = "fedcba9876543210fedcba9876543210"
SMS = {"key": PUB, "sender": "Agency", "text": "Hello", "phone": "380671234567", "datetime": "", "sms_lifetime": "0"}
GROUP = {
    "key": PUB,
    "sender": "Agency",
    "text": "Hi %1%",
    "phones": '[["380671234567","Olena"],["380501112233","Ivan"]]',
    "datetime": "2026-01-31 09:30:00",
    "sms_lifetime": "0",
}


@pytest.mark.parametrize(
    ("action", "params", "private", "expected"),
    [
        ("some_call", {"key": "X", "foo": "bar"}, "Y", "72c28714005950deb5ed6ed80d20a9ad"),
        (
            "getAddressbook",
            {"key": "publicKey", "offset": "2", "test": "1"},
            "privateKey",
            "a1b6f5a0faff9f304ec37a8299fa430b",
        ),
        ("getUserBalance", {"key": PUB, "currency": "UAH"}, PRIV, "d28c8ea3ce2a03a962bbc32ae24b0dc5"),
        ("sendSMS", SMS, PRIV, "51c50e30fe98f3cd62b8399a0f2003e9"),
        ("sendSMS", SMS | {"test": "1"}, PRIV, "03cc928032ada0227b197282608ab3c6"),
        ("sendSMS", SMS | {"text": "Рахунок №12 готовий"}, PRIV, "8d7106a76a447c8dcdc850333cf53289"),
        ("getCampaignDeliveryStats", {"key": PUB, "id": "123456"}, PRIV, "9bad36b333b7816228ff2780ce77c843"),
        ("getCampaignInfo", {"key": PUB, "id": "123456"}, PRIV, "0cc0c3085fc700dad7feb8d4a3cd0710"),
        ("sendSMSGroup", GROUP, PRIV, "c29b73678e8f4eda442247ff61ecc393"),
        (
            "addAddresses",
            {"key": PUB, "id_list": "Array", "email": "Array"},
            PRIV,
            "d968000ba08503977494abc87d8aa096",
        ),
    ],
)
def test_the_sum_is_that_of_the_vector(action: str, params: dict[str, str], private: str, expected: str) -> None:
    assert signature(action, params, private) == expected


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_the_order_of_parameters_does_not_matter(params: dict[str, str]) -> None:
    turned = dict(reversed(params.items()))
    assert signature("x", params, PRIV) == signature("x", turned, PRIV)


def test_the_sum_is_over_raw_values_in_the_order_of_names() -> None:
    base = "sendSMS" + PUB + "380671234567" + "Agency" + "0" + "Hello" + "3.0" + PRIV
    assert signature("sendSMS", SMS, PRIV) == hashlib.md5(base.encode(), usedforsecurity=False).hexdigest()

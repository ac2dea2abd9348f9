"""Settings: the secret never leaves by an open road, and addresses are those the gateway takes."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from integrations.wayforpay import WayForPaySettings


def settings(**changes: Any) -> WayForPaySettings:
    said = {"account": "test_merch_n1", "secret": SecretStr("таємниця"), "domain": "shop.example"}
    return WayForPaySettings(**said | changes)


def test_the_real_gateway_is_meant_unless_said_otherwise() -> None:
    assert settings().api_url == "https://api.wayforpay.com/api"
    assert settings().pay_url == "https://secure.wayforpay.com/pay"
    assert (settings().origin, settings().hold) == ("https://secure.wayforpay.com", False)


def test_this_machine_needs_no_tls() -> None:
    here = settings(api_url="http://127.0.0.1:8090/api/", pay_url="http://localhost:8090/pay")
    assert (here.api_url, here.origin) == ("http://127.0.0.1:8090/api", "http://localhost:8090")


@pytest.mark.parametrize(
    "changes",
    [
        {"account": ""},
        {"account": "a;b"},
        {"secret": SecretStr("")},
        {"domain": ""},
        {"domain": "shop example"},
        {"api_url": "http://api.wayforpay.com/api"},
        {"pay_url": "secure.wayforpay.com/pay"},
        {"pay_url": "https://secure.wayforpay.com/pay?behavior=offline"},
        {"api_url": "https://user:таємниця@api.wayforpay.com/api"},
        {"callback_url": "http://shop.example/wayforpay/callback"},
        {"return_url": "https://shop.example/" + "x" * 236},
    ],
)
def test_what_cannot_work_is_refused_without_the_secret_in_the_message(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(**changes)
    assert "таємниця" not in str(caught.value)


def test_an_address_of_256_characters_is_taken() -> None:
    url = "https://shop.example/" + "x" * 235
    assert settings(return_url=url).return_url == url


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://secure.wayforpay.com/page?vkh=1", True),
        ("https://pay.wayforpay.com/i/1", True),
        ("http://secure.wayforpay.com/page?vkh=1", False),
        ("https://secure.wayforpay.com.evil.example/page", False),
        ("https://evilwayforpay.com/page", False),
        ("https://secure.wayforpay.com@evil.example/page", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_page_of_the_gateway_is_told_from_others(url: str, own: bool) -> None:
    assert settings().is_page(url) is own

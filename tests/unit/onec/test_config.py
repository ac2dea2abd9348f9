"""Settings: the password never leaves by an open road."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from integrations.onec.odata import OnecSettings


def settings(**changes: Any) -> OnecSettings:
    said = {"base_url": "https://1c.example.ua/base", "user": "Обмін", "password": SecretStr("п"), "profile": "ut_ua"}
    return OnecSettings(**said | changes)


@pytest.mark.parametrize(
    "url",
    ["https://1c.example.ua/base", "https://1c.example.ua/base/", "https://1c.example.ua/base/odata/standard.odata/"],
)
def test_the_address_is_what_the_web_client_opens(url: str) -> None:
    assert settings(base_url=url).root == "https://1c.example.ua/base/odata/standard.odata"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/base", "http://localhost/base"])
def test_this_machine_needs_no_tls(url: str) -> None:
    assert settings(base_url=url).base_url == url


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "http://1c.example.ua/base"},
        {"base_url": "https://user:secret@1c.example.ua/base"},
        {"base_url": "https://1c.example.ua/base?x=1"},
        {"user": "a:b"},
        {"user": ""},
        {"profile": "ut11"},
        {"timezone": "Europe/Kiiv"},
    ],
)
def test_what_cannot_work_is_refused_without_the_password_in_the_message(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(**changes)
    assert "secret" not in str(caught.value)


def test_orders_and_payments_stay_drafts_unless_asked_otherwise() -> None:
    assert (settings().post_orders, settings().post_payments) == (False, False)
    assert (settings().date_filter, settings().timezone) == (True, "Europe/Kyiv")

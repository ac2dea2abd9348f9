"""When contracts are signed in Vchasno, and what a check says of it."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from pydantic import ValidationError

import main
from bot import config
from bot.config import Settings
from bot.process import CannotStart
from integrations.vchasno import VchasnoSettings
from tests.support.loopback import NO_TLS, serving

ROOT = Path(__file__).parents[2]
TOKEN = "t0ken-of-the-tests"


def settings(**given: object) -> Settings:
    return Settings.model_validate({"vchasno": {"token": TOKEN, **given}})


async def test_without_a_token_nothing_is_signed() -> None:
    async with httpx.AsyncClient(verify=NO_TLS) as http:
        assert main.signing_of(settings(token=""), http) is None
        assert await main._vchasno(settings(token=""), http) == (
            "вимкнено: немає VCHASNO__TOKEN, договори підписують без Комори"
        )


def test_clients_sign_first_unless_it_is_said_otherwise() -> None:
    assert settings().vchasno.first_sign_by == "recipient"
    assert settings(first_sign_by="owner").vchasno.first_sign_by == "owner"


def test_the_sandbox_has_the_token_of_the_client() -> None:
    assert config.keys(settings())["VCHASNO__TOKEN"] == TOKEN


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"token": "to ken"}, "VCHASNO__TOKEN"),
        ({"token": "ключ"}, "VCHASNO__TOKEN"),
        ({"base_url": "http://edo.vchasno.ua"}, "VCHASNO__BASE_URL"),
        ({"base_url": "https://user@edo.vchasno.ua"}, "VCHASNO__BASE_URL"),
        ({"base_url": "https://edo.vchasno.ua/?a=b"}, "VCHASNO__BASE_URL"),
        ({"base_url": "edo.vchasno.ua"}, "VCHASNO__BASE_URL"),
    ],
)
async def test_what_is_set_wrong_is_named_and_the_token_is_not(given: dict[str, str], name: str) -> None:
    async with httpx.AsyncClient(verify=NO_TLS) as http:
        with pytest.raises(CannotStart) as refusal:
            main.signing_of(settings(**given), http)
    assert str(refusal.value).startswith(f"{name}: ")
    assert given.get("token", TOKEN) not in str(refusal.value)


def test_loopback_may_be_plain() -> None:
    given: dict[str, Any] = {"token": TOKEN, "base_url": "http://127.0.0.1:8090/"}
    assert VchasnoSettings(**given).base_url == "http://127.0.0.1:8090"
    with pytest.raises(ValidationError):
        VchasnoSettings(**given | {"base_url": "http://192.168.0.7"})


# --- a check ---------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def saying(status: int, body: Any) -> AsyncIterator[tuple[Settings, httpx.AsyncClient]]:
    """The settings of a service that says this of its tariffs."""

    async def said(_: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    app = web.Application()
    app.router.add_get("/api/v2/company/billing", said)
    async with serving(app) as address, httpx.AsyncClient(verify=NO_TLS, trust_env=False) as http:
        yield settings(base_url=address), http


LEFT = {"rates": [{"name": "Інтеграція", "type": "integration", "end_date": None}]}


@pytest.mark.parametrize(
    ("status", "body", "line"),
    [
        (
            403,
            {"code": "login_required"},
            "токен не підходить або минув його строк: створіть новий у кабінеті для VCHASNO__TOKEN",
        ),
        (
            403,
            {"code": "access_denied"},
            "немає тарифу «Інтеграція»: підключіть його в кабінеті Вчасно або попросіть пробний",
        ),
        (
            403,
            {"code": ""},
            "працівникові, чий це токен, бракує прав: дайте їх у налаштуваннях співробітника в кабінеті",
        ),
        (404, {}, "не відповідає (not_found): перевірте інтернет і VCHASNO__BASE_URL, спробуйте пізніше"),
        (
            200,
            LEFT | {"limits": {"documents_sent": {"used": 5, "limit": 5}}},
            "документи тарифу вичерпано: поповніть його в кабінеті Вчасно",
        ),
    ],
)
async def test_a_check_has_a_remedy_for_each_trouble(status: int, body: dict[str, Any], line: str) -> None:
    async with saying(status, body) as (given, http):
        with pytest.raises(CannotStart) as refusal:
            await main._vchasno(given, http)
    assert str(refusal.value) == line


async def test_a_check_says_the_tariff_and_what_is_left() -> None:
    async with saying(200, LEFT | {"limits": {"documents_sent": {"used": 5, "limit": 47}}}) as (given, http):
        assert await main._vchasno(given, http) == "тариф «Інтеграція»; документів лишилося 42"


def test_a_check_has_a_line_of_it(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "check"],
        cwd=tmp_path, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "ТАК  Вчасно: вимкнено: немає VCHASNO__TOKEN, договори підписують без Комори" in ended.stdout.splitlines()

"""Which provider of text messages is taken, and that a check reaches the one that is set up."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import main
from bot import config
from bot.config import Settings

ROOT = Path(__file__).parents[2]
ATOMPARK = {"public_key": "open", "private_key": "closed", "sender": "Komora"}
TURBOSMS = {"token": "t0ken", "sender": "Komora"}
KEYS = {"TURBOSMS__TOKEN": "t0ken", "TURBOSMS__SECRET": "s3cret"}
PATIENCE = 60


def settings(**given: object) -> Settings:
    return Settings.model_validate(given)


@pytest.mark.parametrize(
    ("given", "system", "repeatable"),
    [
        ({"atompark": ATOMPARK}, "atompark", False),
        ({"turbosms": TURBOSMS}, "turbosms", True),
        ({"atompark": ATOMPARK, "turbosms": TURBOSMS}, "atompark", False),
    ],
)
async def test_atompark_is_taken_where_it_is_set_up_and_turbosms_else(
    given: dict[str, object], system: str, repeatable: bool
) -> None:
    async with httpx.AsyncClient() as http:
        sms = main.sms_of(settings(**given), http)
    assert sms is not None
    assert (sms.system, sms.repeatable) == (system, repeatable)


async def test_without_either_nothing_is_sent() -> None:
    async with httpx.AsyncClient() as http:
        assert main.sms_of(settings(turbosms={"sender": "Komora"}), http) is None


def test_the_sandbox_has_the_keys_of_the_client() -> None:
    known = config.keys(settings(turbosms={"token": "t0ken", "secret": "s3cret"}))
    assert {name: known[name] for name in KEYS} == KEYS


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """The sandbox as its own process; its address."""
    command = [sys.executable, str(ROOT / "main.py"), "sandbox", "turbosms", "--port", "0"]
    environment = {"PYTHONUTF8": "1", **KEYS}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip().removeprefix("ready ")
        process.terminate()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "ТАК  TurboSMS: 500.00 UAH; без TURBOSMS__VIBER_SENDER лише SMS"),
        ({"TURBOSMS__VIBER_SENDER": "Komora"}, "ТАК  TurboSMS: 500.00 UAH"),
        ({"TURBOSMS__TOKEN": "wrong"}, "НІ   TurboSMS: turbosms user/balance: 301"),
        ({"TURBOSMS__TOKEN": ""}, "ТАК  TurboSMS: вимкнено: немає TURBOSMS__TOKEN"),
    ],
)
def test_a_check_has_a_line_of_it(tmp_path: Path, provider: str, more: dict[str, str], said: str) -> None:
    given = {"PYTHONUTF8": "1", **KEYS, "TURBOSMS__SENDER": "Komora", "TURBOSMS__BASE_URL": provider, **more}
    ended = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "check"],
        cwd=tmp_path, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert said in ended.stdout.splitlines()
    lacking = {"": ", коди через SMS не надсилатимуться"}.get(given["TURBOSMS__TOKEN"], "")
    assert f"ТАК  AtomPark: вимкнено: немає ключів ATOMPARK{lacking}" in ended.stdout.splitlines()

"""What an administrator got wrong is told in one clear line, without a traceback and without a secret."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.meant import MEANT
from main import Now

ROOT = Path(__file__).parents[2]
TOKEN = "7100000001:AAExampleTokenOfTheStartTests1234567"
VIBER = "0123456789abcdef-0123456789abcdef-0123456789abcdef"
PATIENCE = 60


def started(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`main.py` in an empty folder with this environment alone."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env={"PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def refusal(folder: Path, *arguments: str, **environment: str) -> str:
    """What it said, having ended with 1."""
    ended = started(folder, *arguments, **environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOG_LEVEL", "foo", "потрібне одне з DEBUG, INFO, WARNING, ERROR"),
        ("PORT", "99999", "потрібне число від 0 до 65535"),
        ("PORT", "web", "потрібне число від 0 до 65535"),
        ("PROMOTIONS__ONLINE_ORDER_FROM", "завтра", "потрібна дата РРРР-ММ-ДД"),
        ("PROMOTIONS__FLOOR_PERCENT", "101", "потрібен відсоток від 0 до 100"),
        ("TELEGRAM__MODE", "pigeon", "потрібне polling або webhook"),
        ("DELIVERY__WEEKDAYS", "1,8", "потрібні дні тижня через кому від 1 (понеділок) до 7 (неділя), щонайменше один"),
        ("DELIVERY__WEEKDAYS", ",", "потрібні дні тижня через кому від 1 (понеділок) до 7 (неділя), щонайменше один"),
        ("DELIVERY__WEEKDAYS", "Пн", "потрібні дні тижня через кому від 1 (понеділок) до 7 (неділя), щонайменше один"),
        ("COMPANY__OFFER_DAYS", "0", "потрібне число від 1 до 365"),
        ("DELIVERY__CUTOFF", "evening", "потрібен час, наприклад 17:00"),
        ("TELEGRAM__TOKEN", "secret", "токен має вигляд 123456:ABC-def, скопіюйте його від @BotFather повністю"),
        ("TELEGRAM__API_BASE", "http://example.org", "потрібна адреса https"),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    assert refusal(tmp_path, "run", **{"TELEGRAM__TOKEN": TOKEN, name: value}) == f"{name}: {said}.\n"
    assert list(tmp_path.iterdir()) == []


def test_viber_without_a_public_address_is_refused(tmp_path: Path) -> None:
    said = "PUBLIC_URL: Viber працює лише вебхуком, тому потрібна адреса https цього продукту.\n"
    assert refusal(tmp_path, "run", VIBER__TOKEN=VIBER) == said
    assert refusal(tmp_path, "run", VIBER__TOKEN=VIBER, PUBLIC_URL="http://shop.example") == said


def test_a_webhook_without_its_secret_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN, TELEGRAM__MODE="webhook")
    assert said.startswith("TELEGRAM: webhook потребує TELEGRAM__WEBHOOK_SECRET")


def test_keys_of_sms_without_a_sender_are_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN, ATOMPARK__PUBLIC_KEY="open", ATOMPARK__PRIVATE_KEY="closed")
    assert said == (
        "ATOMPARK__SENDER: потрібне зареєстроване альфа-ім’я: до 11 латинських літер і цифр або до 14 цифр.\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SENDER", "Комора", "потрібне зареєстроване альфа-ім’я: до 11 латинських літер і цифр або до 14 цифр"),
        ("SENDER", "", "потрібне зареєстроване альфа-ім’я: до 11 латинських літер і цифр або до 14 цифр"),
        ("TOKEN", "to ken", "токен не містить пропусків і кирилиці, скопіюйте його з кабінету TurboSMS повністю"),
        ("VIBER_SENDER", "k" * 29, "потрібне зареєстроване ім’я для Viber, щонайбільше 28 знаків"),
        ("BASE_URL", "http://example.org", "потрібна адреса https"),
    ],
)
def test_a_second_provider_of_sms_that_is_set_wrong_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    given = {"TURBOSMS__TOKEN": "token", "TURBOSMS__SENDER": "Komora", f"TURBOSMS__{name}": value}
    assert refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN, **given) == f"TURBOSMS__{name}: {said}.\n"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("komora.db", "DATABASE_URL: адреси не розібрати."),
        ("mysql://me:hidden@there/komora", "DATABASE_URL: mysql не підтримується."),
        ("sqlite+aiosqlite:///nowhere/komora.db", "DATABASE_URL: немає теки nowhere. Створіть її або виправте шлях."),
        ("postgresql+psycopg://me:hidden@127.0.0.1:9/komora", "DATABASE_URL: PostgreSQL на 127.0.0.1:9 не приймає."),
    ],
)
@pytest.mark.parametrize("command", [["run"], ["migrate"], ["invite", "0671112011"]])
def test_a_database_out_of_reach_is_named(tmp_path: Path, command: list[str], url: str, said: str) -> None:
    told = refusal(tmp_path, *command, DATABASE_URL=url, TELEGRAM__TOKEN=TOKEN)
    assert told.startswith(said)
    assert "hidden" not in told


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "komora.db").write_text("Замовлення за листопад")
    told = refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN)
    assert told == "DATABASE_URL: komora.db не є базою SQLite. Виправте шлях або поверніть копію бази.\n"
    assert (tmp_path / "komora.db").read_text() == "Замовлення за листопад"


def test_a_port_that_is_taken_is_named(tmp_path: Path, taken_port: str) -> None:
    told = refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN, PORT=taken_port)
    assert told == f"PORT: порт {taken_port} зайнятий іншою програмою. Зупиніть її або задайте інший PORT.\n"


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    told = refusal(tmp_path, "run", TELEGRAM__TOKEN=TOKEN, HOST="192.0.2.1", PORT="0")
    assert told == "HOST: адреси 192.0.2.1 на цій машині немає. Зазвичай потрібне 127.0.0.1.\n"


def test_clients_need_a_file_and_its_price_types(tmp_path: Path) -> None:
    assert refusal(tmp_path, "clients", "nofile.json") == "Немає файла: nofile.json\n"
    told = refusal(tmp_path, "clients", str(ROOT / "sandbox" / "horeca" / "clients.json"))
    assert told.startswith("Немає типу цін ")
    assert told.endswith(": спершу завантажте прайс.\n")


def test_a_check_tells_of_wrong_settings_line_by_line(tmp_path: Path) -> None:
    wrong = {"TELEGRAM__TOKEN": "secret", "ATOMPARK__PUBLIC_KEY": "open", "VIBER__TOKEN": VIBER}
    ended = started(tmp_path, "check", MAIL__URL="smtps://a:secret@127.0.0.1", TURBOSMS__TOKEN="secret", **wrong)
    assert (ended.returncode, ended.stderr) == (1, "")
    told = [line for line in ended.stdout.splitlines() if line.startswith("НІ")]
    assert [line.split(":")[0] for line in told] == [
        "НІ   База даних",
        "НІ   Зображення",
        "НІ   Telegram",
        "НІ   Viber",
        "НІ   AtomPark",
        "НІ   TurboSMS",
        "НІ   Пошта",
    ]
    assert f"MAIL__FROM: {MEANT['MAIL__FROM']}." in ended.stdout
    assert "secret" not in ended.stdout


def test_a_demo_whose_port_is_taken_touches_nothing(taken_port: str, tmp_path: Path) -> None:
    told = refusal(tmp_path, "demo", "--port", taken_port)
    assert told.startswith(f"Порт {taken_port} зайнятий")
    assert told.endswith("Оберіть інший: PORT=8090 make demo\n")
    assert not (ROOT / "var" / "demo" / taken_port).exists()


def test_a_demo_on_an_impossible_port_is_refused_at_once(tmp_path: Path) -> None:
    ended = started(tmp_path, "demo", PORT="99999")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "given", [[], ["0671234567", "--sheet", "qr.pdf"], ["0671234567", "--client", "1"], ["--client", "1"]]
)
def test_an_invitation_is_for_a_phone_or_on_a_sheet(tmp_path: Path, given: list[str]) -> None:
    told = refusal(tmp_path, "invite", *given)
    assert told.startswith("Назвіть телефон (main.py invite 0671234567) або аркуш (main.py invite --sheet qr.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_time_moves_by_what_its_parent_says_and_only_in_the_demos_product(tmp_path: Path) -> None:
    moved = Now()
    moved.move("3600.5\n")
    assert moved.ahead == timedelta(seconds=3600.5)
    for command in ("run", "web", "worker"):
        assert started(tmp_path, command, "--ahead", "5").returncode == 2

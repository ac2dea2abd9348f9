"""The settings of the demo's product: keys made anew each time, and the addresses of the sandboxes."""

import secrets
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.demo.keeper import free_port

KYIV = ZoneInfo("Europe/Kyiv")
MANAGERS_CHAT, FINANCE_CHAT, LAWYERS_CHAT = -1001720000001, -1001720000002, -1001720000003
"""The groups of the wholesaler's own people in the messenger of the demo."""


def made_up_keys() -> dict[str, str]:
    """A key for every system, in the form the real one gives; of mail, which has ports of its own, the addresses."""
    mailbox = f"komora:{secrets.token_urlsafe(16)}@127.0.0.1"
    return {
        "TELEGRAM__TOKEN": f"110201543:{secrets.token_urlsafe(26)[:35]}",
        "VIBER__TOKEN": "-".join(secrets.token_hex(8) for _ in range(3)),
        "ATOMPARK__PUBLIC_KEY": secrets.token_hex(16),
        "ATOMPARK__PRIVATE_KEY": secrets.token_hex(16),
        "WAYFORPAY__ACCOUNT": "gastroopt_demo",
        "WAYFORPAY__SECRET": secrets.token_hex(20),
        "ONEC__USER": "Komora",
        "ONEC__PASSWORD": secrets.token_urlsafe(16),
        "ONEC__PROFILE": "ut_ua",
        "COMPANY__EDRPOU": "41870016",
        "COMPANY__IBAN": "UA213223130000026007233566001",
        "ONEC__EXCHANGE_USER": "1c",
        "ONEC__EXCHANGE_PASSWORD": secrets.token_urlsafe(16),
        "VCHASNO__TOKEN": secrets.token_urlsafe(32),
        "MAIL__URL": f"smtp://{mailbox}:{free_port()}",
        "MAIL__BOUNCES": f"pop3://{mailbox}:{free_port()}/bounces@gastroopt.example",
    }


def environment(
    keys: dict[str, str], company: str, here: str, port: int, folder: Path, pictures: Path
) -> dict[str, str]:
    """The whole environment of the product: `here` is the demo's address, `port` is for the product itself."""
    return keys | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komora.db'}",
        "MEDIA_DIR": str(pictures),
        "FILES_DIR": str(folder / "kept"),
        "LOG_LEVEL": "WARNING",
        "COMPANY__NAME": company,
        "COMPANY__PHONE": "+380441234500",
        "COMPANY__EMAIL": "office@gastroopt.example",
        "COMPANY__ADDRESS": "04071, м. Київ, вул. Ярославська, 10",
        "COMPANY__CITY": "м. Київ",
        "COMPANY__BANK": "АТ КБ «ПриватБанк»",
        "COMPANY__VAT": "328559626101",
        "COMPANY__DIRECTOR": "Мельник Петро Олексійович",
        "COMPANY__DIRECTOR_GENITIVE": "Мельника Петра Олексійовича",
        "TELEGRAM__API_BASE": f"{here}/telegram",
        "VIBER__API_BASE": f"{here}/viber/pa",
        "ATOMPARK__BASE_URL": f"{here}/atompark",
        "ATOMPARK__SENDER": "Komora",
        "WAYFORPAY__API_URL": f"{here}/wayforpay/api",
        "WAYFORPAY__PAY_URL": f"{here}/wayforpay/pay",
        "ONEC__BASE_URL": f"{here}/onec/base",
        "VCHASNO__BASE_URL": f"{here}/vchasno",
        "TELEGRAM__MANAGERS_CHAT": str(MANAGERS_CHAT),
        "TELEGRAM__FINANCE_CHAT": str(FINANCE_CHAT),
        "TELEGRAM__LAWYERS_CHAT": str(LAWYERS_CHAT),
        "NOTICES__WAKES": "00:00",  # who tries it at night is to see what happens
        "NOTICES__SLEEPS": "00:00",
        "REMINDERS__ON": "true",
        "CREDIT__MODE": "warn",
        "MAIL__FROM": f"{company} <orders@gastroopt.example>",
        "MAIL__REPLY_TO": "office@gastroopt.example",
        **promotions(datetime.now(KYIV).date()),
    }


def promotions(today: date) -> dict[str, str]:
    """All of them run for a month from today."""
    return {
        "PROMOTIONS__ONLINE_ORDER_FROM": today.isoformat(),
        "PROMOTIONS__ONLINE_PAYMENT_FROM": today.isoformat(),
        "PROMOTIONS__VCHASNO_PERCENT": "5",
        "PROMOTIONS__FLOOR_PERCENT": "12",
    }

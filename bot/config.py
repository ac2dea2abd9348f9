"""Settings: the only reader of the environment; a section left empty switches its system off."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.meant import MEANT
from bot.process import CannotStart
from bot.sections import Bank, Company, Contracts, Credit, Delivery, Desk, Notices, Promotions, Reminders, Stats, Work


class Mode(StrEnum):
    """How Telegram's updates come."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Telegram(BaseModel):
    token: SecretStr = SecretStr("")
    api_base: str = "https://api.telegram.org"
    mode: Mode = Mode.POLLING
    webhook_secret: SecretStr = SecretStr("")
    managers_chat: str = Field(default="", pattern=r"^(-?\d{1,20})?$", description="the group where managers are told")
    finance_chat: str = Field(
        default="", pattern=r"^(-?\d{1,20})?$", description="the group that hears of money; empty: the managers"
    )
    lawyers_chat: str = Field(
        default="", pattern=r"^(-?\d{1,20})?$", description="the group that approves contracts; empty: the managers"
    )


class Viber(BaseModel):
    token: SecretStr = SecretStr("")
    api_base: str = "https://chatapi.viber.com/pa"
    sender_name: str = Field(default="", max_length=28, description="empty: the company's name, shortened")


class AtomPark(BaseModel):
    public_key: SecretStr = SecretStr("")
    private_key: SecretStr = SecretStr("")
    sender: str = Field(default="", max_length=14)
    base_url: str = "https://api.atompark.com"


class TurboSms(BaseModel):
    """A second provider of SMS, and Viber by phone; `secret` signs its callbacks."""

    token: SecretStr = SecretStr("")
    sender: str = Field(default="", max_length=14)
    viber_sender: str = Field(default="", max_length=28)
    secret: SecretStr = SecretStr("")
    base_url: str = "https://api.turbosms.ua"


class Mail(BaseModel):
    """Letters, by the server at URL; those that come back are read where BOUNCES is given."""

    model_config = ConfigDict(hide_input_in_errors=True)

    url: SecretStr = SecretStr("")
    sender: str = Field(default="", alias="from")
    bounces: SecretStr = SecretStr("")
    reply_to: str = ""


class WayForPay(BaseModel):
    """Paying by card; the callback needs PUBLIC_URL."""

    account: str = ""
    secret: SecretStr = SecretStr("")
    domain: str = ""
    api_url: str = "https://api.wayforpay.com/api"
    pay_url: str = "https://secure.wayforpay.com/pay"


class Vchasno(BaseModel):
    """Signing in Vchasno.EDO, by a token of one employee in one company."""

    token: SecretStr = SecretStr("")
    base_url: str = "https://edo.vchasno.ua"
    first_sign_by: Literal["owner", "recipient"] = Field(default="recipient", description="who signs a contract first")


class Onec(BaseModel):
    """1C or BAS: by OData where BASE_URL is given, by the exchange that 1C itself drives where EXCHANGE_USER is."""

    base_url: str = ""
    user: str = ""
    password: SecretStr = SecretStr("")
    profile: Literal["ut_ua", "bas_ut", "unf", "bp"] = "ut_ua"
    organization: str = ""
    warehouse: str = ""
    post_orders: bool = False
    post_payments: bool = False
    date_filter: bool = True
    exchange_user: str = ""
    exchange_password: SecretStr = SecretStr("")
    events_key: SecretStr = SecretStr("")
    exchange_encoding: Literal["utf-8", "windows-1251"] = "utf-8"
    exchange_version: str = Field(default="2.08", pattern=r"^2\.(0[3-9]|10)$")


class Settings(BaseSettings):
    """Everything an installation can set, from the environment or `.env`, nested by `__`."""

    model_config = SettingsConfigDict(env_file=".env", env_nested_delimiter="__", extra="ignore", env_ignore_empty=True)

    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_url: str = "sqlite+aiosqlite:///komora.db"
    media_dir: Path = Path("media")
    files_dir: Path = Field(default=Path("files"), description="signed documents and what was sent to be signed")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    default_language: str = Field(default="uk", pattern="^(uk|ru|en)$")
    metrics_token: SecretStr = SecretStr("")
    company: Company = Company()
    delivery: Delivery = Delivery()
    work: Work = Work()
    notices: Notices = Notices()
    reminders: Reminders = Reminders()
    desk: Desk = Desk()
    contracts: Contracts = Contracts()
    stats: Stats = Stats()
    telegram: Telegram = Telegram()
    viber: Viber = Viber()
    atompark: AtomPark = AtomPark()
    turbosms: TurboSms = TurboSms()
    mail: Mail = Mail()
    onec: Onec = Onec()
    wayforpay: WayForPay = WayForPay()
    vchasno: Vchasno = Vchasno()
    promotions: Promotions = Promotions()
    credit: Credit = Credit()
    bank: Bank = Bank()


def load(env_file: str | None = ".env") -> Settings:
    """The settings of this process; `env_file` of None leaves the environment alone. Raises CannotStart."""
    try:
        with section(""):
            return Settings(_env_file=env_file)
    except SettingsError as error:
        raise CannotStart(
            "Розділ налаштувань задають по одному, наприклад TELEGRAM__TOKEN=…, а не TELEGRAM=…"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{env_file}: файл не читається. Потрібні дозвіл на читання й кодування UTF-8.") from error


def keys(settings: Settings) -> dict[str, str]:
    """The keys of the outside systems and whose account is at the bank, by their names in the environment."""
    return {
        "TELEGRAM__TOKEN": settings.telegram.token.get_secret_value(),
        "VIBER__TOKEN": settings.viber.token.get_secret_value(),
        "ATOMPARK__PUBLIC_KEY": settings.atompark.public_key.get_secret_value(),
        "ATOMPARK__PRIVATE_KEY": settings.atompark.private_key.get_secret_value(),
        "TURBOSMS__TOKEN": settings.turbosms.token.get_secret_value(),
        "TURBOSMS__SECRET": settings.turbosms.secret.get_secret_value(),
        "WAYFORPAY__ACCOUNT": settings.wayforpay.account,
        "WAYFORPAY__SECRET": settings.wayforpay.secret.get_secret_value(),
        "VCHASNO__TOKEN": settings.vchasno.token.get_secret_value(),
        "ONEC__USER": settings.onec.user,
        "ONEC__PASSWORD": settings.onec.password.get_secret_value(),
        "ONEC__PROFILE": settings.onec.profile,
        "COMPANY__NAME": settings.company.name,
        "COMPANY__EDRPOU": settings.company.edrpou,
        "COMPANY__IBAN": settings.company.iban,
    }


def is_private(url: str) -> bool:
    """Whether nobody can listen in on the way there: https, or this machine."""
    try:
        parts = urlsplit(url)
        loopback = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and loopback)


@contextmanager
def section(name: str) -> Iterator[None]:
    """Raises CannotStart with a sentence for every setting of the section that a model inside refuses."""
    try:
        yield
    except ValidationError as error:
        paths = [[*([name] if name else []), *map(str, one["loc"])] for one in error.errors(include_input=False)]
        wrong = dict.fromkeys("__".join(path[:2]).upper() for path in paths)
        raise CannotStart("\n".join(map(_meant, wrong))) from None


def _meant(name: str) -> str:
    return f"{name}: {MEANT.get(name, 'значення не підходить, приклад є в .env.example')}."

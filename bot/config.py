"""Settings: the only reader of the environment; a section left empty switches its system off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from bot.meant import MEANT, a_month_from, read_dates, read_weekdays, some_weekday
from bot.process import CannotStart


class Mode(StrEnum):
    """How Telegram's updates come."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def _numbers(value: object) -> object:
    return frozenset(int(day) for day in value.split(",") if day.strip()) if isinstance(value, str) else value


_Day = Annotated[int, Field(ge=1, le=7)]
Weekdays = Annotated[frozenset[_Day], NoDecode, BeforeValidator(_numbers), Field(min_length=1)]


class Company(BaseModel):
    """Who sells: shown to clients and written on documents."""

    name: str = "Моя гуртівня"
    edrpou: str = ""
    iban: str = ""
    phone: str = ""
    offer_days: int = Field(default=14, ge=1, le=365)


class Delivery(BaseModel):
    """When orders are taken and driven out; times are Europe/Kyiv."""

    cutoff: time = time(17, 0)
    weekdays: Weekdays = frozenset({1, 2, 3, 4, 5, 6})
    holidays: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset({"01-01", "12-25"}), description="MM-DD every year or YYYY-MM-DD once"
    )
    horizon_days: int = Field(default=14, ge=1, le=60)
    minimum_order: int = Field(default=1500, ge=0, description="hryvnias; a client's own minimum wins")

    _days = field_validator("weekdays", mode="before")(read_weekdays)
    _some_day = field_validator("weekdays")(some_weekday)
    _dates = field_validator("holidays", mode="before")(read_dates)


class Notices(BaseModel):
    """What telling people may cost, in hryvnias, and when they sleep, in Kyiv; both hours the same: never."""

    sms_price: Decimal = Field(default=Decimal("1.20"), ge=0, description="hryvnias for one part of an SMS")
    viber_price: Decimal = Field(default=Decimal("0.95"), ge=0, description="hryvnias outside the 24 h session")
    budget: Decimal | None = Field(default=None, ge=0, description="hryvnias a month; empty: no limit")
    wakes: time = time(8)
    sleeps: time = time(21)


class Work(BaseModel):
    """When the office works, in Kyiv; under martial law public holidays are worked."""

    begins: time = time(9)
    ends: time = time(18)
    weekdays: Annotated[frozenset[int], NoDecode] = Field(default=frozenset({1, 2, 3, 4, 5}), description="ISO days")
    public_holidays: bool = Field(default=False, description="whether public holidays are days off")
    days_off: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), description="MM-DD every year or YYYY-MM-DD once"
    )
    days_worked: Annotated[frozenset[str], NoDecode] = Field(default=frozenset(), description="all the same")

    _days = field_validator("weekdays", mode="before")(read_weekdays)
    _some_day = field_validator("weekdays")(some_weekday)
    _dates = field_validator("days_off", "days_worked", mode="before")(read_dates)

    @model_validator(mode="after")
    def _some_hours(self) -> "Work":
        if self.begins >= self.ends:
            raise ValueError("ends")
        return self


class Reminders(BaseModel):
    """Reminding of debts; off until somebody switches it on."""

    on: bool = False
    ladder: Path | None = Field(default=None, description="a file like handlers/ladder.toml; empty: that one")


class Desk(BaseModel):
    """The staff's talks with clients: how long what may last, in minutes."""

    silence: int = Field(default=120, ge=1, le=10_080)
    asks_again: int = Field(default=15, ge=1, le=10_080, description="of office hours")
    escalates: int = Field(default=60, ge=1, le=10_080, description="of office hours")


class Telegram(BaseModel):
    token: SecretStr = SecretStr("")
    api_base: str = "https://api.telegram.org"
    mode: Mode = Mode.POLLING
    webhook_secret: SecretStr = SecretStr("")
    managers_chat: str = Field(default="", pattern=r"^(-?\d{1,20})?$", description="the group where managers are told")
    finance_chat: str = Field(
        default="", pattern=r"^(-?\d{1,20})?$", description="the group that hears of money; empty: the managers"
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


class Bank(BaseModel):
    """Payments by transfer, out of the bank's statements."""

    to_1c: Literal["careful", "always", "never"] = "careful"
    accounts: str = Field(default="", description="our other accounts, by commas; COMPANY__IBAN is one anyway")
    columns: str = Field(default="", description="columns of a table that are not guessed: date=Дата,amount=E")


class Promotions(BaseModel):
    """What comes off, and when; a promotion without its first day is off."""

    online_order_percent: Decimal = Field(default=Decimal(5), ge=0, le=100, decimal_places=2)
    online_order_from: date | None = None
    online_order_until: date | None = Field(default=None, description="the last day; a month where it is not said")
    online_payment_percent: Decimal = Field(default=Decimal(2), ge=0, le=100, decimal_places=2)
    online_payment_from: date | None = None
    online_payment_until: date | None = Field(default=None, description="the last day; a month where it is not said")
    vchasno_percent: Decimal = Field(default=Decimal(0), ge=0, le=100, decimal_places=2)
    budget: int = Field(default=0, ge=0, description="hryvnias, for each promotion; 0 is no end of it")
    min_order: int = Field(default=0, ge=0, description="hryvnias, before any discount")
    floor_percent: Decimal = Field(default=Decimal(10), ge=0, le=100, decimal_places=2)
    floor_price_type: str = Field(default="", description="no line is sold under its price of this type")

    @model_validator(mode="after")
    def _a_month(self) -> "Promotions":
        for name in ("online_order", "online_payment"):
            begin, until = getattr(self, f"{name}_from"), getattr(self, f"{name}_until")
            if begin is not None and until is None:
                setattr(self, f"{name}_until", a_month_from(begin))
            elif begin is not None and until < begin:
                raise ValueError(f"{name}_until")
        return self


class Credit(BaseModel):
    """Whether clients are warned, before an order, of a credit limit that it is over and of debts that are late."""

    mode: Literal["off", "warn"] = "off"
    overdue_days: int = Field(default=0, ge=0, le=365, description="debts that are later than so many days count")
    overdue_sum: Decimal = Field(default=Decimal(0), ge=0, decimal_places=2, description="hryvnias that are let be")


class Settings(BaseSettings):
    """Everything an installation can set, from the environment or `.env`, nested by `__`."""

    model_config = SettingsConfigDict(env_file=".env", env_nested_delimiter="__", extra="ignore", env_ignore_empty=True)

    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_url: str = "sqlite+aiosqlite:///komora.db"
    media_dir: Path = Path("media")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    default_language: str = Field(default="uk", pattern="^(uk|ru|en)$")
    metrics_token: SecretStr = SecretStr("")
    company: Company = Company()
    delivery: Delivery = Delivery()
    work: Work = Work()
    notices: Notices = Notices()
    reminders: Reminders = Reminders()
    desk: Desk = Desk()
    telegram: Telegram = Telegram()
    viber: Viber = Viber()
    atompark: AtomPark = AtomPark()
    turbosms: TurboSms = TurboSms()
    mail: Mail = Mail()
    onec: Onec = Onec()
    wayforpay: WayForPay = WayForPay()
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

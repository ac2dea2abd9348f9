"""Settings: the only reader of the environment; a section left empty switches its system off."""

from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Mode(StrEnum):
    """How Telegram's updates come."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Company(BaseModel):
    """Who sells: shown to clients and written on documents."""

    name: str = "Моя гуртівня"
    edrpou: str = ""
    phone: str = ""


class Delivery(BaseModel):
    """When orders are taken and driven out; times are Europe/Kyiv."""

    cutoff: time = time(17, 0)
    weekdays: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset({1, 2, 3, 4, 5, 6}), description="ISO days: 1 is Monday"
    )
    holidays: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset({"01-01", "12-25"}), description="MM-DD every year or YYYY-MM-DD once"
    )
    horizon_days: int = Field(default=14, ge=1, le=60)
    minimum_order: int = Field(default=1500, ge=0, description="hryvnias; a client's own minimum wins")

    @field_validator("weekdays", mode="before")
    @classmethod
    def _days(cls, value: object) -> object:
        return frozenset(int(day) for day in value.split(",") if day.strip()) if isinstance(value, str) else value

    @field_validator("holidays", mode="before")
    @classmethod
    def _dates(cls, value: object) -> object:
        if isinstance(value, str):
            value = frozenset(day.strip() for day in value.split(",") if day.strip())
            for day in value:
                date.fromisoformat(day if len(day) == 10 else f"2024-{day}")
        return value


class Telegram(BaseModel):
    token: SecretStr = SecretStr("")
    api_base: str = "https://api.telegram.org"
    mode: Mode = Mode.POLLING
    webhook_secret: SecretStr = SecretStr("")


class Viber(BaseModel):
    token: SecretStr = SecretStr("")
    api_base: str = "https://chatapi.viber.com/pa"
    sender_name: str = Field(default="", max_length=28, description="empty: the company's name, shortened")


class AtomPark(BaseModel):
    public_key: SecretStr = SecretStr("")
    private_key: SecretStr = SecretStr("")
    sender: str = Field(default="", max_length=14)
    base_url: str = "https://api.atompark.com"


class Settings(BaseSettings):
    """Everything an installation can set, from the environment or `.env`, nested by `__`."""

    model_config = SettingsConfigDict(env_file=".env", env_nested_delimiter="__", extra="ignore", env_ignore_empty=True)

    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    database_url: str = "sqlite+aiosqlite:///komora.db"
    media_dir: Path = Path("media")
    log_level: str = "INFO"
    default_language: str = Field(default="uk", pattern="^(uk|ru|en)$")
    metrics_token: SecretStr = SecretStr("")
    company: Company = Company()
    delivery: Delivery = Delivery()
    telegram: Telegram = Telegram()
    viber: Viber = Viber()
    atompark: AtomPark = AtomPark()

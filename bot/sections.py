"""Settings of how the wholesaler works: whom it is, when it delivers and is open, what it gives and what it allows."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator
from pydantic_settings import NoDecode

from bot.meant import a_month_from, read_dates, read_numbers, read_weekdays, read_words

_Day = Annotated[int, Field(ge=1, le=7)]
Weekdays = Annotated[frozenset[_Day], NoDecode, BeforeValidator(read_weekdays), Field(min_length=1)]
Numbers = Annotated[tuple[Annotated[int, Field(ge=1, le=365)], ...], NoDecode, BeforeValidator(read_numbers)]
Days = Annotated[frozenset[str], NoDecode, BeforeValidator(read_dates)]


class Company(BaseModel):
    """Who sells: shown to clients and written on documents."""

    name: str = "Моя гуртівня"
    edrpou: str = ""
    iban: str = ""
    phone: str = ""
    offer_days: int = Field(default=14, ge=1, le=365)
    email: str = ""
    address: str = ""
    city: str = ""
    bank: str = ""
    vat: str = ""
    director: str = ""
    director_genitive: str = ""
    position: str = "директор"
    position_genitive: str = "директора"
    basis: str = "Статуту"


class Delivery(BaseModel):
    """When orders are taken and driven out; times are Europe/Kyiv."""

    cutoff: time = time(17, 0)
    weekdays: Weekdays = frozenset({1, 2, 3, 4, 5, 6})
    holidays: Days = Field(default=frozenset({"01-01", "12-25"}), description="MM-DD every year or YYYY-MM-DD once")
    horizon_days: int = Field(default=14, ge=1, le=60)
    minimum_order: int = Field(default=1500, ge=0, description="hryvnias; a client's own minimum wins")


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
    weekdays: Weekdays = Field(default=frozenset({1, 2, 3, 4, 5}), description="ISO days")
    public_holidays: bool = Field(default=False, description="whether public holidays are days off")
    days_off: Days = Field(default=frozenset(), description="MM-DD every year or YYYY-MM-DD once")
    days_worked: Days = Field(default=frozenset(), description="all the same")

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


class Stats(BaseModel):
    """What the office would spend on what is done by itself: minutes each, and hryvnias an hour."""

    minutes_per_order: int = Field(default=6, ge=0, le=480)
    minutes_per_payment: int = Field(default=4, ge=0, le=480)
    minutes_per_reminder: int = Field(default=5, ge=0, le=480)
    minutes_per_price_list: int = Field(default=5, ge=0, le=480)
    minutes_per_message: int = Field(default=1, ge=0, le=480)
    hour: Decimal = Field(default=Decimal(105), ge=0, le=100_000, decimal_places=2, description="hryvnias")


class Bank(BaseModel):
    """Payments by transfer, out of the bank's statements."""

    to_1c: Literal["careful", "always", "never"] = "careful"
    accounts: str = Field(default="", description="our other accounts, by commas; COMPANY__IBAN is one anyway")
    columns: str = Field(default="", description="columns of a table that are not guessed: date=Дата,amount=E")


class Contracts(BaseModel):
    """Documents that are signed: how long each step may take, and what begins one by itself."""

    review_days: int = Field(default=1, ge=1, le=30, description="working days for a lawyer")
    sign_days: int = Field(default=30, ge=1, le=365, description="days for the client, then it is taken back")
    reminded: Numbers = Field(default=(2, 5, 10), description="days after sending on which the client is reminded")
    starts: Annotated[frozenset[Literal["new", "expiring", "prices"]], NoDecode, BeforeValidator(read_words)] = Field(
        default=frozenset(), description="what begins a document by itself"
    )


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
    """Whether an order over the credit limit, or of a client whose debts are late, is only warned of or held."""

    mode: Literal["off", "warn", "hold"] = "off"
    overdue_days: int = Field(default=0, ge=0, le=365, description="debts that are later than so many days count")
    overdue_sum: Decimal = Field(default=Decimal(0), ge=0, decimal_places=2, description="hryvnias that are let be")
    signed_only: bool = Field(default=False, description="no credit without a signed contract")

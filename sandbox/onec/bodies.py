"""Bodies of the control side's requests, checked."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Money = Annotated[Decimal, Field(ge=0, le=1_000_000_000, decimal_places=2)]
Quantity = Annotated[Decimal, Field(ge=0, le=1_000_000_000, decimal_places=3)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    """Unknown names are refused, so that a misspelled one is noticed."""

    model_config = ConfigDict(extra="forbid")


class Power(Body):
    """`mode`: how it looks while switched off; as it was when not given."""

    on: bool
    mode: Literal["drop", "503", "404"] | None = None


class Password(Body):
    password: Annotated[str, Field(max_length=200)]


class State(Body):
    state: Literal["accepted", "shipped", "closed", "cancelled"]


class ChangedLine(Body):
    line: Annotated[int, Field(ge=1)]
    quantity: Quantity | None = None
    price: Money | None = None


class Lines(Body):
    lines: list[ChangedLine]


class Price(Body):
    """`article` is a reference or a sku, `price_type` a reference or a name."""

    article: Name
    price_type: Name
    price: Money


class Stock(Body):
    article: Name
    quantity: Quantity
    warehouse: str = ""


class Client(Body):
    """What changes in a client; `price_type` is a reference or a name, `until` the last day of its main contract."""

    name: Name | None = None
    full_name: str | None = None
    edrpou: Annotated[str, Field(max_length=10)] | None = None
    price_type: Name | None = None
    payment_days: Annotated[int, Field(ge=0, le=365)] | None = None
    credit_limit: Money | None = None
    until: date | None = None
    phones: list[str] | None = None
    marked: bool | None = None


class OrderLine(Body):
    article: Name
    quantity: Quantity
    price: Money | None = None


class PhoneOrder(Body):
    """An order taken by phone; `counterparty` is a reference or a code by EDRPOU."""

    counterparty: Name
    lines: Annotated[list[OrderLine], Field(min_length=1, max_length=1000)]
    delivery_date: datetime | None = None
    comment: Annotated[str, Field(max_length=1000)] = ""


class PaymentTaken(Body):
    """A bank receipt; `documents` are the shipments it pays, the oldest debts when none are named."""

    counterparty: Name
    amount: Money
    documents: list[str] = []
    purpose: Annotated[str, Field(max_length=1000)] = ""
    number: Annotated[str, Field(max_length=20)] = ""


class Clock(Body):
    advance: Annotated[float, Field(ge=0, le=366 * 86400, allow_inf_nan=False)]


class Callbacks(Body):
    """Only what is given changes. `repeat` sends each message so many times more, `shuffle` the waiting ones out of
    order, `bom` puts a byte order mark before the JSON, `odd_dates` makes dates, numbers and booleans odd."""

    url: Annotated[str, Field(max_length=2000)] | None = None
    user: Annotated[str, Field(max_length=200)] | None = None
    password: Annotated[str, Field(max_length=200)] | None = None
    on: bool | None = None
    repeat: Annotated[int, Field(ge=0, le=10)] | None = None
    shuffle: bool | None = None
    bom: bool | None = None
    odd_dates: bool | None = None

"""A list of clients with their delivery points and people, checked row by row."""

from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from bot.domain.directory import ClientRecord, PastOrder, PersonRecord, PointRecord
from bot.domain.requisites import ClientKind, phone, tax_code

SIZE_LIMIT = 50 * 1024 * 1024


class BrokenClients(Exception):
    """The file is not a list of clients; says where."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)


class _Point(_Strict):
    external_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    address: str


class _Person(_Strict):
    external_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    phone: str
    orders: bool = True
    pays: bool = False
    signs: bool = False

    @model_validator(mode="after")
    def _has_a_phone(self) -> "_Person":
        self.phone = phone(self.phone)
        return self


class _Order(_Strict):
    days_ago: int = Field(ge=0, le=3650)
    person: str
    lines: dict[str, Decimal]


class _Client(_Strict):
    external_id: str = Field(min_length=1)
    kind: ClientKind
    name: str = Field(min_length=1)
    tax_code: str
    price_type: str
    manager: str = ""
    manager_phone: str = ""
    payment_days: int = Field(default=0, ge=0, le=365)
    minimum_order: Decimal | None = Field(default=None, ge=0)
    points: list[_Point] = []
    people: list[_Person] = []
    history: list[_Order] = []

    @model_validator(mode="after")
    def _has_a_code(self) -> "_Client":
        self.tax_code = tax_code(self.tax_code, self.kind)
        return self


def read(path: Path) -> tuple[list[ClientRecord], list[PastOrder]]:
    """The clients, and their orders of the past where the file holds any. Raises BrokenClients."""
    if path.stat().st_size > SIZE_LIMIT:
        raise BrokenClients(f"{path.name}: більший за {SIZE_LIMIT // 1024 // 1024} МБ")
    try:
        rows = TypeAdapter(list[_Client]).validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BrokenClients(f"{path.name}, {place}: {first['msg']}") from None
    orders = [
        PastOrder(row.external_id, order.person, order.days_ago, order.lines) for row in rows for order in row.history
    ]
    return [_record(row) for row in rows], orders


def _record(row: _Client) -> ClientRecord:
    return ClientRecord(
        external_id=row.external_id,
        kind=row.kind,
        name=row.name,
        tax_code=row.tax_code,
        price_type=row.price_type,
        points=tuple(PointRecord(**point.model_dump()) for point in row.points),
        people=tuple(PersonRecord(**person.model_dump()) for person in row.people),
        manager=row.manager,
        manager_phone=row.manager_phone,
        payment_days=row.payment_days,
        minimum_order=row.minimum_order,
    )

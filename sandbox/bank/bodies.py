"""What the control side takes."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit

Name = Annotated[str, Limit(min_length=1, max_length=160)]
Code = Annotated[str, Limit(pattern=r"^(\d{8}|\d{10})?$")]
Money = Annotated[Decimal, Limit(gt=0, max_digits=11, decimal_places=2)]


class Body(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Pay(Body):
    """A transfer to the account; without `iban`, from the account by which that code always pays."""

    name: Name
    code: Code = ""
    amount: Money
    purpose: Annotated[str, Limit(min_length=1, max_length=420)]
    iban: Annotated[str, Limit(max_length=40)] = ""
    number: Annotated[str, Limit(max_length=20)] = ""
    day: date | None = None


class Debt(Body):
    """An open document, to be paid in a way that its client chooses."""

    number: Annotated[str, Limit(min_length=1, max_length=40)]
    day: date
    amount: Money
    name: Name
    code: Code


class Crowd(Body):
    """A day's transfers; the same `seed` makes the same."""

    debts: Annotated[list[Debt], Limit(max_length=500)]
    seed: int = 0
    others: bool = True


class Clock(Body):
    """Time goes forward only."""

    advance: Annotated[float, Limit(ge=0, le=10 * 366 * 86400)]

"""What the documentation leaves open, and what a real shop has switched on or off at the gateway."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """`signature_form`: SETTLE's answer signed as the documentation says (wiki) or as its SDK checks (sdk).

    `callback_form`: raw JSON under a form's content type, under its own or as text; `form_key` is JSON
    percent-encoded as the name of the one field. `empty`: how an absent value is written. `refund_amount`: what a
    callback about a refund carries. `domain`: the only one the shop may use. `balance`: what refunds are paid
    from, None for as much as needed. `require_sums`: the items must make up the amount.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    signature_form: Literal["wiki", "sdk"] = "wiki"
    callback_form: Literal["urlencoded", "json", "text", "form_key"] = "urlencoded"
    empty: Literal["null", "blank"] = "null"
    refund_amount: Literal["order", "refund"] = "order"
    domain: Annotated[str, Field(max_length=255)] = ""
    balance: Annotated[Decimal, Field(ge=0, le=100_000_000)] | None = None
    require_sums: bool = False
    api_allowed: bool = True
    refund_allowed: bool = True

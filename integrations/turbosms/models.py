"""What TurboSMS says: tolerant in, since what is no success comes as null, as another type, or not at all."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _code(value: Any) -> int | None:
    """A number, or a number written as a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    written = value if isinstance(value, str) else ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 6 else None


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return ""
    return str(value)


Code = Annotated[int | None, BeforeValidator(_code)]
Text = Annotated[str, BeforeValidator(_text)]


class Envelope(BaseModel):
    """Every answer: the code of the whole, and what came of it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    response_code: Code = None
    response_result: Any = None

    def rows(self) -> list[dict[str, Any]]:
        """The result as a list of objects."""
        result = self.response_result
        found = result if isinstance(result, list) else [result]
        return [row for row in found if isinstance(row, dict)]


class Row(BaseModel):
    """What became of one recipient, or of one message."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    phone: Text = ""
    message_id: Text = ""
    response_code: Code = None
    status: Text = ""
    type: Text = ""
    sent: Text = ""
    updated: Text = ""
    balance: Text = ""

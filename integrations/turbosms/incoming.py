"""The body of a callback: JSON or a form, as the cabinet is set."""

import json
import re
from typing import Annotated, Any
from urllib.parse import parse_qsl

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from integrations.turbosms.models import Text

BODY_LIMIT = 64 * 1024
_MOST_FIELDS = 100
_NESTED = "data["
_MESSAGE = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)


def _object(value: Any) -> Any:
    """An object, or an object written as a text."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = json.loads(value)
    return value if isinstance(value, dict) else {}


def _message_id(value: Any) -> str:
    """Empty for what is none."""
    return value if isinstance(value, str) and _MESSAGE.fullmatch(value) else ""


class Data(BaseModel):
    """What a delivery report says; read leniently, since no full list of its fields is known."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    message_id: Annotated[str, BeforeValidator(_message_id)] = ""
    status: Text = ""
    dlr_date: Text = ""


class Callback(BaseModel):
    """A callback; only `id` is under its signature."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Text = ""
    signature: Text = ""
    type: Text = ""
    data: Annotated[Data, BeforeValidator(_object)] = Field(default_factory=Data)


def read(raw: bytes) -> Callback:
    """Raises ValueError."""
    text = raw.decode("utf-8-sig").strip()
    try:
        said = json.loads(text) if text.startswith("{") else _form(text)
        return Callback.model_validate(said)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _form(text: str) -> dict[str, Any]:
    """Fields of a form; `data` as JSON, or as PHP writes it, `data[message_id]`."""
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    nested = {
        name.removeprefix(_NESTED).removesuffix("]"): value
        for name, value in fields.items()
        if name.startswith(_NESTED)
    }
    if not fields:
        raise ValueError("empty")
    return {**fields, "data": nested} if nested else dict(fields)

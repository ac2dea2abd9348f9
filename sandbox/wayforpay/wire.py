"""Bodies as they are on the wire: numbers read as the text they were written in, and written as PHP writes them."""

import json
import re
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
_ARRAY = re.compile(r"(\w+)\[\d*\]", re.ASCII)


def read(raw: bytes) -> Json:
    """A JSON object; a number is its literal, for 1000 and 1000.00 differ in a signature.

    Raises ValueError for anything else, half a surrogate pair among it.
    """
    try:
        found = json.loads(raw.decode(), parse_float=str, parse_int=str, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("a JSON object is expected")
    json.dumps(found, ensure_ascii=False).encode()
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def write(value: Any) -> str:
    """JSON with amounts in their shortest form."""
    if isinstance(value, Decimal):
        return text(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{write(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value)


def text(value: object) -> str:
    """A value as it is signed and as it stands in a form: nothing is an empty string, 10.50 is 10.5."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        shortest = format(value, "f")
        return shortest.rstrip("0").rstrip(".") if "." in shortest else shortest
    return str(value)


def form(pairs: list[tuple[str, str]]) -> Json:
    """Fields of a form; `name[]` and `name[0]` gather in a list, of any other name the last one counts."""
    found: Json = {}
    for name, value in pairs:
        array = _ARRAY.fullmatch(name)
        if array:
            held = found.get(array[1])
            found[array[1]] = [*held, value] if isinstance(held, list) else [value]
        else:
            found[name] = value
    return found

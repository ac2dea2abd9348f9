"""PrivatBank's AutoClient answer saved as a file: its fields are headings of a table."""

import json
from collections.abc import Iterator
from typing import Any

from bot.domain.bank import BrokenStatement

Row = tuple[int, list[Any]]


def rows(content: bytes) -> Iterator[Row]:
    """A row of headings, then the transactions. Raises BrokenStatement."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
        found = answer["transactions"]
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenStatement("broken_json", type(error).__name__) from error
    names = list(dict.fromkeys(str(name) for one in found for name in one))
    dated = [name for name in names if name != "DAT_OD" and name.startswith("DAT")]
    names = [name for name in names if name not in dated]  # of its dates, the one that the money moved on
    yield 0, list(names)
    for number, one in enumerate(found, 1):
        yield number, [one.get(name) if isinstance(one.get(name), (str, int, float)) else "" for name in names]

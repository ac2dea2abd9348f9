"""What a request carries: JSON, a form or the address, with names such as `sms[text]` in the last two."""

import json
import re
from collections.abc import Iterable

from aiohttp import web

from sandbox.turbosms import codes
from sandbox.turbosms.codes import Denied

Fields = dict[str, object]
MOST_FIELDS = 20_000
_NESTED = re.compile(r"(\w+)\[(\w*)\]", re.ASCII)


async def fields_of(request: web.Request) -> Fields:
    """Raises Denied 502 for a body that cannot be read, or is no object."""
    if request.method == "GET":
        return _nested(request.query.items())
    if request.content_type != "application/json":
        try:
            form = await request.post()
        except (LookupError, ValueError):
            raise Denied(codes.CANNOT_PARSE) from None
        return _nested((name, value) for name, value in form.items() if isinstance(value, str))
    try:
        read = json.loads(await request.text() or "{}")
    except (ValueError, LookupError, RecursionError):
        raise Denied(codes.CANNOT_PARSE) from None
    if not isinstance(read, dict):
        raise Denied(codes.CANNOT_PARSE)
    return read


def _nested(pairs: Iterable[tuple[str, str]]) -> Fields:
    """`recipients[]` and `recipients[0]` are a list, `sms[text]` is an object; a ttl of digits is a number."""
    fields: Fields = {}
    lists: dict[str, list[str]] = {}
    objects: dict[str, dict[str, object]] = {}
    for name, value in list(pairs)[:MOST_FIELDS]:
        match = _NESTED.fullmatch(name)
        if match is None:
            fields[name] = value
        elif not match[2] or match[2].isdecimal():
            lists.setdefault(match[1], []).append(value)
        else:
            number = match[2] == "ttl" and value.isdecimal() and len(value) < 9
            objects.setdefault(match[1], {})[match[2]] = int(value) if number else value
    return {**fields, **lists, **objects}

"""What the control side was asked: a bounded JSON object (or the query) read field by field."""

import json
from typing import Any

from aiohttp import web

from sandbox.viber.bodies import TooLarge, parse_object, read_bounded
from sandbox.viber.keys import WORLD
from sandbox.viber.person import Person

Json = dict[str, Any]
LARGEST = 256 * 1024


class Wrong(Exception):
    """The request to the control side is not what it takes; the text says why."""


class Asked:
    """Fields of one request; every reader raises `Wrong` when the value is of another kind."""

    def __init__(self, request: web.Request, fields: Json) -> None:
        self.request = request
        self.world = request.app[WORLD]
        self.fields = fields

    def has(self, name: str) -> bool:
        return self.fields.get(name) is not None

    def text(self, name: str, default: str | None = None, longest: int = 7000) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str) or len(value) > longest:
            raise Wrong(f"{name}: text of at most {longest} characters is expected")
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def number(self, name: str, default: float | None = None, lowest: float = 0, highest: float = 1e9) -> float:
        value = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
            raise Wrong(f"{name}: a number from {lowest:g} to {highest:g} is expected")
        return value

    def whole(self, name: str, default: int | None = None, lowest: int = 0, highest: int = 10**9) -> int:
        value = self.number(name, default, lowest, highest)
        if not isinstance(value, int):
            raise Wrong(f"{name}: a whole number is expected")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise Wrong(f"{name}: true or false is expected")
        return value

    def person(self) -> Person:
        """The person named by `user`; an unescaped + that a query turned into a space is forgiven."""
        user = self.text("user")
        found = self.world.people.get(user) or self.world.people.get(user.replace(" ", "+"))
        if found is None:
            raise web.HTTPNotFound(text=json.dumps({"error": "no such user"}), content_type="application/json")
        return found


async def read_asked(request: web.Request) -> Asked:
    """The JSON object of the body; an empty body is an empty object."""
    try:
        raw = await read_bounded(request, LARGEST)
        return Asked(request, parse_object(raw) if raw else {})
    except TooLarge:
        raise Wrong(f"the body is larger than {LARGEST} bytes") from None
    except ValueError:
        raise Wrong("the body is not a JSON object") from None


def query_asked(request: web.Request) -> Asked:
    """The query and the path of a request without a body."""
    return Asked(request, {**request.query, **request.match_info})

"""What the control side was asked: fields of a bounded JSON object, a form or a query, read one by one."""

import json
from typing import Any

from aiohttp import MultipartReader, web

from sandbox.telegram.errors import ApiError
from sandbox.telegram.keys import API, WORLD
from sandbox.telegram.people import Chat, Person
from sandbox.telegram.upload import Upload
from sandbox.telegram.wire import LARGEST_BODY, Form, read_bounded, read_multipart

Json = dict[str, Any]


class Wrong(Exception):
    """The request to the control side is not what it takes; the text says why."""


class Unknown(Exception):
    """There is no such person or chat."""


class Asked:
    """Fields of one request; every reader raises `Wrong` when the value is of another kind."""

    def __init__(self, request: web.Request, fields: Json, files: dict[str, Upload] | None = None) -> None:
        self.request = request
        self.world = request.app[WORLD]
        self.courier = request.app[API].courier
        self.fields = {name: value for name, value in fields.items() if value is not None}
        self.files = files or {}
        self.given = fields

    def has(self, name: str) -> bool:
        return name in self.fields

    def text(self, name: str, default: str | None = None, longest: int = 10_000) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str) or len(value) > longest:
            raise Wrong(f"{name}: text of at most {longest} characters is expected")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number; a form and a query give it as text."""
        value = self.fields.get(name, default)
        if isinstance(value, str) and value.lstrip("-").isdecimal() and len(value) < 20:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(f"{name}: a whole number is expected")
        return value

    def optional_whole(self, name: str) -> int | None:
        return self.whole(name) if self.has(name) else None

    def number(self, name: str, default: float | None = None, lowest: float = 0, highest: float = 1e8) -> float:
        try:
            value = float(str(self.fields.get(name, default)))
        except ValueError:
            value = lowest - 1
        if not lowest <= value <= highest:
            raise Wrong(f"{name}: a number from {lowest:g} to {highest:g} is expected")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise Wrong(f"{name}: true or false is expected")
        return value

    def optional_object(self, name: str) -> Json | None:
        """An object, or None; `true` is an empty object."""
        value = self.fields.get(name)
        if value is None or value is False:
            return None
        if not isinstance(value, dict | bool):
            raise Wrong(f"{name}: an object is expected")
        return value if isinstance(value, dict) else {}

    def person(self) -> Person:
        found = self.world.people.get(self.whole("user"))
        if found is None:
            raise Unknown("no such user")
        return found

    def chat(self) -> Chat:
        """The chat named by `chat`, or the private one of `user`."""
        found = self.world.chats.get(self.whole("chat") if self.has("chat") else self.whole("user"))
        if found is None:
            raise Unknown("no such chat")
        return found


async def read_asked(request: web.Request) -> Asked:
    """A JSON object or a multipart form; an empty body is an empty object."""
    try:
        if request.content_type.startswith("multipart/"):
            form = await read_multipart(MultipartReader(request.headers, request.content))
        else:
            form = Form(_object(await read_bounded(request.content, LARGEST_BODY * 4 // 3)))
    except ApiError as error:
        raise Wrong(error.description) from None
    return Asked(request, form.values, form.files)


def query_asked(request: web.Request) -> Asked:
    """The query and the path of a request without a body."""
    return Asked(request, {**request.query, **request.match_info})


def _object(raw: bytes) -> Json:
    try:
        fields = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError):
        raise Wrong("the body is not JSON") from None
    if not isinstance(fields, dict):
        raise Wrong("the body is not a JSON object")
    return fields

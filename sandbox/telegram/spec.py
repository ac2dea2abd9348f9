"""The published description of the Bot API, and the check of every value against it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.upload import Upload

Json = dict[str, Any]
DEEPEST = 40
WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# The values of `type`, `status` and `source` are not in the description; these unions are told apart by them.
TAGGED = {
    "InputMedia": "type",
    "InputPaidMedia": "type",
    "BotCommandScope": "type",
    "MenuButton": "type",
    "MessageOrigin": "type",
    "ReactionType": "type",
    "ChatMember": "status",
}
STATUSES = {"ChatMemberOwner": "creator", "ChatMemberBanned": "kicked"}


class Mismatch(Exception):
    """A value that is not what the description says; `where` names it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


@cache
def load() -> Json:
    spec: Json = json.loads((Path(__file__).parent / "bot-api-10.3.json").read_text(encoding="utf-8"))
    return spec


@cache
def method_names() -> dict[str, str]:
    """Names as published by names in lower case: the real server does not look at the case."""
    return {name.lower(): name for name in load()["methods"]}


@cache
def _fields(kind: str, name: str) -> dict[str, Json]:
    return {field["name"]: field for field in load()[kind][name]["fields"]}


def decode(method: str, raw: Json) -> Json:
    """Parameters of a call by their declared types. Raises ApiError 400 for a missing, unknown or wrong one."""
    fields = _fields("methods", method)
    for name in raw.keys() - fields.keys():
        raise bad_request(f'parameter "{name[:64]}" is unknown to {method} of {load()["version"]}')
    decoded = {name: _decode(value, fields[name]["types"]) for name, value in raw.items()}
    for name, field in fields.items():
        if field["required"] and name not in decoded:
            raise _missing(name)
        if name in decoded:
            _check_parameter(name, decoded[name], field["types"])
    return decoded


@cache
def parameters(method: str) -> dict[str, list[str]]:
    """Declared types by parameter name."""
    return {name: field["types"] for name, field in _fields("methods", method).items()}


def _missing(name: str) -> ApiError:
    said = {"chat_id": "chat_id is empty", "text": "message text is empty", "photo": "there is no photo in the request"}
    said["document"] = "there is no document in the request"
    return bad_request(said.get(name, f'required parameter "{name}" is missing'))


def _decode(value: Any, types: list[str]) -> Any:
    if not isinstance(value, str) or set(types) <= {"String", "InputFile"}:
        return str(value) if types == ["String"] and isinstance(value, int | float) else value
    if types == ["Boolean"]:
        return WORDS.get(value.lower(), value)
    if types in (["Integer"], ["Float"]):
        return _number(value)
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _number(value: str) -> Any:
    try:
        return json.loads(value.strip())
    except (ValueError, RecursionError):
        return value


def _check_parameter(name: str, value: Any, types: list[str]) -> None:
    try:
        check(value, types, name)
    except Mismatch as mismatch:
        raise bad_request(f"can't parse parameter {mismatch}") from None


def check_type(value: Any, name: str) -> None:
    """Raises Mismatch unless `value` is a correct object of the published type `name`."""
    check(value, [name], name)


def check(value: Any, types: list[str], where: str, depth: int = 0) -> None:
    """Tries every type; the complaint told is the one that got furthest into the value."""
    if depth > DEEPEST:
        raise Mismatch(where, "is nested too deeply")
    complaints: list[Mismatch] = []
    for one in types:
        try:
            return _check_one(value, one, where, depth)
        except Mismatch as mismatch:
            complaints.append(mismatch)
    raise max(complaints, key=lambda mismatch: len(mismatch.where))


def _check_one(value: Any, name: str, where: str, depth: int) -> None:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            raise Mismatch(where, "an array is expected")
        for index, item in enumerate(value):
            check(item, [name.removeprefix("Array of ")], f"{where}[{index}]", depth + 1)
    elif name in ("Integer", "Float", "String", "Boolean", "InputFile"):
        if not _is_plain(value, name):
            raise Mismatch(where, f"{name} is expected")
    else:
        _check_object(value, name, where, depth)


def _is_plain(value: Any, name: str) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "InputFile":
            return isinstance(value, Upload)
        case _:
            return isinstance(value, str)


def _check_object(value: Any, name: str, where: str, depth: int) -> None:
    subtypes = load()["types"][name].get("subtypes")
    if subtypes:
        return check(value, _candidates(value, name, subtypes, where), where, depth)
    if not isinstance(value, dict):
        raise Mismatch(where, f"{name} is expected")
    fields = _fields("types", name)
    if not fields and load()["types"][name].get("subtype_of") is None and name.startswith("InputRich"):
        return None
    for key in value.keys() - fields.keys():
        raise Mismatch(f"{where}.{key[:64]}", f"is unknown to {name}")
    for key, field in fields.items():
        if key in value:
            check(value[key], field["types"], f"{where}.{key}", depth + 1)
        elif field["required"]:
            raise Mismatch(f"{where}.{key}", "is missing")
    return None


def _candidates(value: Any, union: str, subtypes: list[str], where: str) -> list[str]:
    tag = TAGGED.get(union)
    if tag is None or not isinstance(value, dict):
        return subtypes
    fitting = [one for one in subtypes if _tag_value(one, union) == value.get(tag)]
    if not fitting:
        raise Mismatch(f"{where}.{tag}", f"is not a known {union}")
    return fitting


def _tag_value(subtype: str, union: str) -> str:
    name = STATUSES.get(subtype, subtype.removeprefix(union))
    return re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()

"""What 1C's answers other than success mean, and who has to act."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable

SYSTEM = "onec"
TEXT_LIMIT = 300
_LOCKED = ("конфликт блокировок", "конфлікт блокувань", "заблокирован", "заблокован", "превышено время ожидания")
_NAMED = {"15": "exists", "20": "access"}
_OF_SYSTEM = {"unauthorized", "access", "entity"}
_NO_ACCESS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class Refusal(Rejected):
    """1C said no in its own words; `text` is for staff only: it may name people, so it is never logged."""

    def __init__(self, operation: str, code: str, text: str) -> None:
        super().__init__(SYSTEM, operation, code)
        self.text = text
        self.of_system = code.partition(":")[0] in _OF_SYSTEM


class Missing(Rejected):
    """There is no such object there."""

    def __init__(self, operation: str) -> None:
        super().__init__(SYSTEM, operation, "9")


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked: `entity` names the set for people, `lost` is what an unknown outcome means."""

    operation: str
    entity: str
    lost: type[OutsideError]


def error_of(call: Call, status: int, raw: bytes) -> OutsideError:
    """The error of an answer whose status is not a success."""
    code, text = _said(raw)
    if status in _NO_ACCESS:
        return Refusal(call.operation, "access" if code == "20" else "unauthorized", text)
    if status == HTTPStatus.NOT_FOUND:
        return _not_found(call, code, text, raw)
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Refusal(call.operation, "changed_there", text)
    if status in _LATER:
        return Unavailable(SYSTEM, call.operation, f"http {status}")
    if status == HTTPStatus.INTERNAL_SERVER_ERROR and code:
        locked = any(words in text.lower() for words in _LOCKED)
        return Unavailable(SYSTEM, call.operation, "locked") if locked else Refusal(call.operation, code, text)
    if status < 500 or status == HTTPStatus.NOT_IMPLEMENTED:
        return Refusal(call.operation, _NAMED.get(code, code) or f"http {status}", text)
    return call.lost(SYSTEM, call.operation, f"http {status}")


def _not_found(call: Call, code: str, text: str, raw: bytes) -> OutsideError:
    """A page of the web server instead of 1C's own words means that the base is not published now."""
    match code:
        case "":
            broken = raw.lstrip().startswith(b"{")
            return Unavailable(SYSTEM, call.operation, "broken answer" if broken else "publication")
        case "8":
            return Refusal(call.operation, f"entity:{call.entity}", text)
        case "9":
            return Missing(call.operation)
    return Refusal(call.operation, code, text)


def _said(raw: bytes) -> tuple[str, str]:
    """The code and the text of 1C's error; empty where the answer is not one."""
    try:
        answer: Any = json.loads(raw.decode("utf-8-sig"))
        error = answer["odata.error"]
        return str(error["code"]), str(error["message"]["value"])[:TEXT_LIMIT]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""


def ambiguous(write: bool) -> type[OutsideError]:
    """What an unknown outcome is: nothing is lost of a reading."""
    return Ambiguous if write else Unavailable

"""What a request may say: sender, text, phones, dates; a wrong one is refused with the provider's code."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from sandbox.atompark import delivery as words
from sandbox.atompark import segments
from sandbox.atompark.account import Denied
from sandbox.atompark.delivery import Delivery, plan

Params = Mapping[str, str]
Rows = list[tuple[str, str]]
"""Phone and its template variables, `v1;v2`."""

DATE = "%Y-%m-%d %H:%M:%S"
MAX_RECIPIENTS = 5000
_SENDER = re.compile(r"[A-Za-z0-9 ._-]{1,11}|[0-9]{1,14}", re.ASCII)
_PHONE = re.compile(r"380[0-9]{9}|(?!380)[1-9][0-9]{9,14}", re.ASCII)
_VARIABLE = re.compile(r"%([1-9][0-9]?)%", re.ASCII)
_LIFETIMES = frozenset({"", "0", "1", "6", "12", "24"})


def sender(params: Params, *, missing: int) -> str:
    """At most 11 Latin letters and digits (with the marks alpha-names use), or 14 digits."""
    name = params.get("sender", "")
    if not name:
        raise Denied(missing, "Sender is missing")
    if not _SENDER.fullmatch(name):
        raise Denied(missing, "Sender is wrong: at most 11 Latin letters and digits, or 14 digits")
    return name


def text(params: Params, *, missing: int) -> str:
    if not params.get("text", "").strip():
        raise Denied(missing, "Text is missing")
    return params["text"]


def moment(params: Params, name: str, *, wrong: int) -> float:
    """Seconds since the epoch of a GMT date; 0 for an empty one."""
    if not params.get(name):
        return 0.0
    try:
        return datetime.strptime(params[name], DATE).replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Denied(wrong, f"Wrong {name}, expected YYYY-MM-DD HH:MM:SS in GMT") from None


def lifetime(params: Params, *, wrong: int) -> int:
    """Hours a message may wait for its phone; 0 is the longest."""
    written = params.get("sms_lifetime", "")
    if written not in _LIFETIMES:
        raise Denied(wrong, "Wrong sms_lifetime")
    return int(written or 0)


def recipients(params: Params, *, wrong: int) -> Rows:
    """From `phones`, JSON [["phone","v1;v2"],...]."""
    try:
        rows = json.loads(params.get("phones", ""))
        read = [(str(row[0]), str(row[1]) if len(row) > 1 else "") for row in rows if isinstance(row, list) and row]
    except (ValueError, TypeError, RecursionError):
        read = []
    if len(read) > MAX_RECIPIENTS:
        raise Denied(wrong, "Too many recipients")
    return valid(read, wrong=wrong)


def valid(rows: Rows, *, wrong: int) -> Rows:
    """The same rows, if a message can go to at least one of them: digits with the country code, no plus."""
    if not any(_PHONE.fullmatch(phone) for phone, _ in rows):
        raise Denied(wrong, "No valid recipients")
    return rows


def deliveries(rows: Rows, template: str, *, start: float, lifetime: int, wrong: int) -> list[Delivery]:
    """A message for every row, the variables filled in; a wrong or repeated phone has its own outcome."""
    seen: set[str] = set()
    made: list[Delivery] = []
    for phone, variables in rows:
        outcome = None if _PHONE.fullmatch(phone) else words.INVALID
        if phone in seen:
            outcome = words.DUPLICATE
        seen.add(phone)
        filled = _filled(template, variables)
        parts = segments.parts(filled)
        if parts > segments.MAX_PARTS:
            raise Denied(wrong, "The text is too long")
        made.append(plan(phone, filled, parts, start=start, lifetime=lifetime, outcome=outcome))
    return made


def _filled(template: str, variables: str) -> str:
    values = variables.split(";")

    def value(match: re.Match[str]) -> str:
        place = int(match[1])
        return values[place - 1] if place <= len(values) else ""

    return _VARIABLE.sub(value, template) if variables else template

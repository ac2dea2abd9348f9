"""What a request to send says; a wrong one is refused with the provider's code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.atompark.segments import parts
from sandbox.turbosms import codes
from sandbox.turbosms.codes import Denied
from sandbox.turbosms.message import Part

Fields = Mapping[str, object]
KYIV = ZoneInfo("Europe/Kyiv")
MOST_RECIPIENTS = 5000
LONGEST_VIBER_TEXT = 1000
MOST_PARTS = 10
TTL = range(60, 86_401)
USUAL_TTL = 3600
_SENDER = re.compile(r"[A-Za-z0-9 ._-]{1,11}|[0-9]{1,14}", re.ASCII)
PHONE = re.compile(r"380[0-9]{9}|(?!380)[1-9][0-9]{9,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to send, read and checked; `start` is seconds since the epoch, 0 for at once."""

    recipients: list[str]
    sequence: str
    sms: Part | None
    viber: Part | None
    parts: int
    ttl: int | None
    start: float


def sequence_of(fields: Fields) -> str:
    """The customer's own id of the request, empty where there is none."""
    said = fields.get("sequence_id")
    return str(said) if isinstance(said, str | int) and not isinstance(said, bool) else ""


def wanted(fields: Fields) -> Wanted:
    """Values inside `sms` and `viber` win over those beside them. Raises Denied."""
    recipients = _recipients(fields)
    sms, viber = _object(fields, "sms"), _object(fields, "viber")
    if sms is None and viber is None:
        raise Denied(codes.REQUIRED_CONTENT)
    text_message = None if sms is None else _part(fields, sms, longest=0)
    by_viber = None if viber is None else _part(fields, viber, longest=LONGEST_VIBER_TEXT)
    counted = parts(text_message.text) if text_message else 0
    if counted > MOST_PARTS:
        raise Denied(codes.TEXT_TOO_LONG)
    ttl = None if viber is None else _ttl(viber)
    return Wanted(recipients, sequence_of(fields), text_message, by_viber, counted, ttl, _start(fields))


def _recipients(fields: Fields) -> list[str]:
    said = fields.get("recipients")
    listed = [str(one) for one in said] if isinstance(said, list) else [said] if isinstance(said, str) and said else []
    if not listed:
        raise Denied(codes.REQUIRED_RECIPIENT)
    if len(listed) > MOST_RECIPIENTS:
        raise Denied(codes.TOO_MANY_RECIPIENTS)
    return listed


def _object(fields: Fields, name: str) -> Fields | None:
    said = fields.get(name)
    if said is None:
        return None
    if not isinstance(said, dict):
        raise Denied(codes.INVALID_REQUEST)
    return said


def _part(fields: Fields, own: Fields, *, longest: int) -> Part:
    sender, text = own.get("sender", fields.get("sender")), own.get("text", fields.get("text"))
    if not sender:
        raise Denied(codes.REQUIRED_SENDER)
    if not isinstance(sender, str) or not (_SENDER.fullmatch(sender) if not longest else 0 < len(sender) <= 28):
        raise Denied(codes.INVALID_SENDER)
    if not text:
        raise Denied(codes.REQUIRED_TEXT)
    if not isinstance(text, str) or not text.strip():
        raise Denied(codes.INVALID_TEXT)
    if longest and len(text) > longest:
        raise Denied(codes.TEXT_TOO_LONG)
    return Part(sender, text)


def _ttl(viber: Fields) -> int:
    said = viber.get("ttl", USUAL_TTL)
    if not isinstance(said, int) or isinstance(said, bool):
        raise Denied(codes.INVALID_TTL)
    if said not in TTL:
        raise Denied(codes.TTL_OUT_OF_RANGE)
    return said


def _start(fields: Fields) -> float:
    said = fields.get("start_time")
    if not said:
        return 0.0
    try:
        return datetime.strptime(str(said), "%Y-%m-%d %H:%M").replace(tzinfo=KYIV).timestamp()
    except ValueError:
        raise Denied(codes.INVALID_START_TIME) from None

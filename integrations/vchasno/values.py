"""Moments, serial numbers and words of Vchasno as ours."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
_SERIAL = re.compile(r"(?:0[xX])?([0-9A-Fa-f]{1,64})", re.ASCII)
_BETWEEN = re.compile(r"[\s:-]")
_LONGEST_HEXADECIMAL = 40  # digits of the twenty bytes a serial number may have


def moment(said: str) -> datetime | None:
    """ISO 8601; without an offset it is Kyiv's clock. None for what is no moment."""
    try:
        read = datetime.fromisoformat(said)
        return (read if read.tzinfo else read.replace(tzinfo=KYIV)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def end(said: str) -> datetime | None:
    """The last moment of a day where no hour is said."""
    at = moment(said)
    return at + timedelta(days=1, seconds=-1) if at is not None and len(said) == len("2026-12-31") else at


def window(since: datetime, until: datetime) -> tuple[str, str]:
    """Both ends for a service that may read them by either clock: UTC's begins earlier, Kyiv's ends later."""
    last = until + timedelta(minutes=1)
    return since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"), last.astimezone(KYIV).strftime("%Y-%m-%dT%H:%M")


def serial(said: str) -> str:
    """Hexadecimal, upper case, without leading zeros; from a number that is too long to be hexadecimal, too."""
    bare = _BETWEEN.sub("", said)
    if bare.isascii() and bare.isdecimal() and _LONGEST_HEXADECIMAL < len(bare) <= 64:
        return f"{int(bare):X}"
    found = _SERIAL.fullmatch(bare)
    return (found[1].upper().lstrip("0") or "0") if found else ""


def words(text: str, limit: int) -> str:
    """One line that a database and a page take, cut with an ellipsis."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    line = line.encode(errors="replace").decode()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"

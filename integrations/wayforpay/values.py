"""Sums, moments and words of the gateway as ours."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from bot.domain.money import Money

CURRENCY = "UAH"
_SUM = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,20})?", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,9})?", re.ASCII)
_MILLISECONDS = 100_000_000_000
_LAST = 253_402_300_799  # the end of the year 9999


def money(said: str, currency: str = CURRENCY) -> Money | None:
    """None for nothing, for a debt and for what is no number."""
    if not _SUM.fullmatch(said):
        return None
    return Money.of(Decimal(said), currency)


def plain(said: str) -> str:
    """A sum without trailing zeros, as PHP would print the number; anything else as it is."""
    if not _SUM.fullmatch(said) or "." not in said:
        return said
    return said.rstrip("0").rstrip(".")


def moment(said: str) -> datetime | None:
    """From Unix seconds, or milliseconds where they can be nothing else."""
    if not _SECONDS.fullmatch(said):
        return None
    seconds = int(said.partition(".")[0])
    if seconds >= _MILLISECONDS:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LAST else None


def words(text: str, limit: int) -> str:
    """One line that a database and a page take, cut with an ellipsis."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    line = line.encode(errors="replace").decode()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"

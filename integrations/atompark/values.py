"""Prices, moments and statuses of AtomPark as ours."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.domain.money import Money
from bot.domain.sms import SmsReport, SmsState
from bot.logs import log

_SUM = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,20})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_OPEN = frozenset({"0", "SENT"})
_FAILED = frozenset({"NOT_DELIVERED", "INVALID_PHONE_NUMBER", "SPAM", "EXPIRED", "DUPLICATE"})
_MOST_NEW = 20

_log = log("integrations.atompark")


def price(result: Mapping[str, Any]) -> Money | None:
    """What a message costs; None where no sum with its currency is told."""
    said, currency = result.get("price"), result.get("currency")
    written = format(said, "f") if isinstance(said, Decimal) and said.is_finite() else str(said)
    if not _SUM.fullmatch(written) or not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        return None
    return Money.of(Decimal(written), currency)


def moment(said: object) -> datetime | None:
    """From the GMT of the statistics; zeros are a moment that has not come."""
    try:
        return datetime.strptime(str(said), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


class Statuses:
    """Words of the statistics as reports; one never heard of is on its way, and is written once."""

    def __init__(self) -> None:
        self._new: set[str] = set()

    def read(self, stats: Mapping[str, Any]) -> SmsReport | None:
        """The first phone of a campaign, which is the only one of ours; None where there is none."""
        said = _first(stats, "status")
        if said is None:
            return None
        state = self._state(str(said).upper())
        at = moment(_first(stats, "donedate"))
        return SmsReport(state, at or moment(_first(stats, "sentdate")))

    def _state(self, word: str) -> SmsState:
        if word == "DELIVERED":
            return SmsState.DELIVERED
        if word in _FAILED:
            return SmsState.FAILED
        if word not in _OPEN and word not in self._new and len(self._new) < _MOST_NEW:
            self._new.add(word)
            _log.warning("atompark status is new", status=word[:40])
        return SmsState.ON_ITS_WAY


def _first(stats: Mapping[str, Any], name: str) -> object | None:
    column = stats.get(name)
    return column[0] if isinstance(column, list) and column else None

"""Vchasno's refusals and states, and what each means for us."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.domain.signing import DocumentKind, ServiceState
from bot.logs import log

SYSTEM = "vchasno"
LOGIN = "login_required"
TARIFF = "access_denied"
PERMISSION = "permission"
QUOTA = "rate_upload_overlimit"
TOO_MANY = "too_many_requests"
NOT_FOUND = "not_found"

CATEGORIES: Mapping[DocumentKind, int] = MappingProxyType(
    {DocumentKind.CONTRACT: 3, DocumentKind.AMENDMENT: 4, DocumentKind.RECONCILIATION: 16}
)
_STATES: Mapping[str, ServiceState] = MappingProxyType(
    {
        "7000": ServiceState.DRAFT,
        "7001": ServiceState.READY,
        "7002": ServiceState.SENT,
        "7003": ServiceState.SIGNING_OWNER,
        "7004": ServiceState.WAITING_CLIENT,
        "7006": ServiceState.REJECTED,
        "7007": ServiceState.SIGNING_CLIENT,
        "7008": ServiceState.SIGNED,
        "7011": ServiceState.ANNULLED,
    }
)
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_MOST_NEW = 20

_log = log("integrations.vchasno")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked; `lost` is what an unknown outcome means."""

    operation: str
    lost: type[OutsideError] = Unavailable


class States:
    """Codes as states; one never heard of moves nothing, and is written once."""

    def __init__(self) -> None:
        self._new: set[str] = set()

    def read(self, code: str) -> ServiceState:
        known = _STATES.get(code)
        if known is None and code not in self._new and len(self._new) < _MOST_NEW:
            self._new.add(code)
            _log.warning("vchasno state is not known", code=code)
        return known or ServiceState.UNKNOWN


def error_of(call: Call, status: int, said: str) -> OutsideError:
    """The error of an answer that is no success; `said` is its code, which may be empty."""
    if status == 429:
        return Unavailable(SYSTEM, call.operation, TOO_MANY)
    if status == 503:
        return Unavailable(SYSTEM, call.operation, f"http {status}")
    if status >= 500 or status == 408:
        return call.lost(SYSTEM, call.operation, f"http {status}")
    if status in (401, 403):
        return _closed(call, said if said in (LOGIN, TARIFF) else LOGIN if status == 401 else PERMISSION, said)
    if said == QUOTA:
        return _closed(call, QUOTA, said)
    if status == 404:
        return Rejected(SYSTEM, call.operation, NOT_FOUND)
    if status < 400:
        return _closed(call, f"http {status}", said)
    return Rejected(SYSTEM, call.operation, said or f"http {status}")


def word(said: object) -> str:
    """A code as it may stand in a log; empty for anything else."""
    return said if isinstance(said, str) and _WORD.fullmatch(said) else ""


def _closed(call: Call, code: str, said: str) -> Rejected:
    """It will be so for whatever we ask, until somebody acts."""
    _log.critical("vchasno refuses this account", operation=call.operation, code=code, said=said)
    refusal = Rejected(SYSTEM, call.operation, code)
    refusal.of_system = True
    return refusal

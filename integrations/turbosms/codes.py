"""TurboSMS's response codes and what each means for us."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.domain.sms import SmsRefusal
from bot.logs import log

SYSTEM = "turbosms"
OK = 0
UNKNOWN_MESSAGE = 414
DONE_BEFORE = 507
"""This sequence_id was executed already; what came of it stands in the same answer."""
SUCCESS = frozenset({OK, 800, 801, 802, 803})

ACCOUNT = frozenset({103, 105, 106, 301, 424})
"""No token, no access, a closed account: every call will fail until somebody acts."""
LATER = frozenset({503, 504})
"""The network behind would not take it now."""
UNKNOWN_FATE = frozenset({999})
KNOWN = frozenset({104, 107, *range(200, 207), 300, *range(302, 314), *range(400, 428), 500, 501, 502, 505, 506})
_MEANT: Mapping[int, SmsRefusal] = MappingProxyType(
    {
        203: SmsRefusal.NO_FUNDS,
        200: SmsRefusal.BAD_SENDER,
        302: SmsRefusal.BAD_SENDER,
        400: SmsRefusal.BAD_SENDER,
        401: SmsRefusal.BAD_SENDER,
        305: SmsRefusal.BAD_PHONE,
        406: SmsRefusal.BAD_PHONE,
        201: SmsRefusal.BAD_TEXT,
        304: SmsRefusal.BAD_TEXT,
        412: SmsRefusal.BAD_TEXT,
        413: SmsRefusal.BAD_TEXT,
        404: SmsRefusal.OPTED_OUT,
        427: SmsRefusal.REPEATED,
    }
)
_OF_EVERY_MESSAGE = frozenset({SmsRefusal.NO_FUNDS, SmsRefusal.BAD_SENDER})

_log = log("integrations.turbosms")


def error_of(operation: str, code: int | None, lost: type[OutsideError]) -> OutsideError:
    """The error of an answer that is no success. `lost` is what an unknown outcome means for this call."""
    if code in LATER:
        return Unavailable(SYSTEM, operation, code)
    if code is None or code in UNKNOWN_FATE or code not in KNOWN | ACCOUNT:
        return lost(SYSTEM, operation, "broken answer" if code is None or code in SUCCESS else code)
    meant = _MEANT.get(code)
    error = Rejected(SYSTEM, operation, code if meant is None else meant.value)
    error.of_system = code in ACCOUNT or meant in _OF_EVERY_MESSAGE
    if error.of_system:
        _log.critical("turbosms sends nothing", operation=operation, code=code, refusal=meant or "account")
    return error

"""The gateway's reason codes and what each means for us."""

from bot.domain.errors import OutsideError, Rejected, Unavailable
from bot.logs import log

SYSTEM = "wayforpay"
OK = 1100
DUPLICATE = 1112
ILLEGAL_STATE = 1126
NOT_FOUND = 1127
REFUND_WAITS = 1138
INVOICE_WAITS = 1151

ALERTS = frozenset({1113, 1117, 1118, 1121})
"""Wrong signature, API closed, shop restricted, no such account: every call will fail until somebody acts."""
LATER = frozenset({1122})
WAITING = frozenset({1131, 1132, 1134, REFUND_WAITS, 1144, 1145, INVOICE_WAITS, 5100})
UNKNOWN_FATE = WAITING | {1129}
"""No state in the answer and no refusal either: 1129 is an error of the gateway's own script."""
DECLINED = frozenset(
    {1101, 1102, 1103, 1104, 1105, 1106, 1108, 1114, 1120, 1124, 1125, 1135, 1137, 1139, 1140, 1142, 1146}
)
FINAL = frozenset(
    {1109, 1110, DUPLICATE, 1115, 1116, 1123, ILLEGAL_STATE, NOT_FOUND, 1128, 1130, 1133, 1136, 1141, 1143}
    | {1147, 1148, 1149}
)
OF_A_PAYMENT = DECLINED | WAITING | LATER
"""Codes that say what became of a payment, not that the question was wrong."""

_log = log("integrations.wayforpay")


def error_of(operation: str, code: int | None, lost: type[OutsideError]) -> OutsideError:
    """The error of an answer that is no success. `lost` is what an unknown outcome means for this call."""
    if code in ALERTS:
        _log.critical("wayforpay refuses this account", operation=operation, code=code)
        refusal = Rejected(SYSTEM, operation, code)
        refusal.of_system = True
        return refusal
    if code in LATER:
        return Unavailable(SYSTEM, operation, code)
    if code in FINAL or code in DECLINED:
        return Rejected(SYSTEM, operation, code)
    return lost(SYSTEM, operation, "broken answer" if code in (None, OK) else code)

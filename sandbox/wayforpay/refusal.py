"""The gateway's own table of reasons, and its refusal."""

from collections.abc import Mapping
from types import MappingProxyType

OK = 1100
IN_PROCESSING = 1131
PENDING = 1134
REFUND_IN_PROCESSING = 1138
AWAITING = 1151

REASONS: Mapping[int, str] = MappingProxyType(
    {
        1100: "Ok",
        1101: "Declined To Card Issuer",
        1102: "Bad CVV2",
        1103: "Expired card",
        1104: "Insufficient Funds",
        1105: "Invalid Card",
        1106: "Exceed Withdrawal Frequency",
        1108: "Three Ds Fail",
        1109: "Format Error",
        1110: "Invalid Currency",
        1112: "Duplicate Order ID",
        1113: "Invalid signature",
        1114: "Fraud",
        1117: "API Not Allowed",
        1118: "Merchant Restriction",
        1120: "Authentication unavailable",
        1121: "Account Not Found",
        1122: "Gate Declined",
        1123: "Refund Not Allowed",
        1124: "Cardholder session expired",
        1125: "Cardholder canceled the request",
        1126: "Illegal Order State",
        1127: "Order Not Found",
        1128: "Refund Limit Exceeded",
        1129: "ScriptError",
        1130: "Invalid Amount",
        1131: "Transaction in processing",
        1134: "Transaction is pending",
        1135: "Card limits failed",
        1136: "Merchant Balance Is Very Small",
        1138: "RefundInProcessing",
        1141: "Partial void is not supported",
        1143: "Invalid phone number",
        1146: "Restricted card",
        1151: "Invoice Is Awaiting For Payment",
    }
)


class Refused(Exception):
    """What the merchant asked for is not done; the code is the gateway's, the words too."""

    def __init__(self, code: int, reason: str = "") -> None:
        self.code = code
        self.reason = reason or REASONS.get(code, "Declined")
        super().__init__(self.reason)


def missing(name: str) -> Refused:
    return Refused(1115, f"Parameter `{name}` is missing")

"""Viber's answer codes and who has to act on each."""

from enum import Enum, IntEnum, auto


class ViberStatus(IntEnum):
    """`status` of an answer; HTTP is 200 even for refusals."""

    OK = 0
    INVALID_URL = 1
    INVALID_AUTH_TOKEN = 2
    BAD_DATA = 3
    MISSING_DATA = 4
    RECEIVER_NOT_REGISTERED = 5
    RECEIVER_NOT_SUBSCRIBED = 6
    ACCOUNT_BLOCKED = 7
    ACCOUNT_NOT_FOUND = 8
    ACCOUNT_SUSPENDED = 9
    WEBHOOK_NOT_SET = 10
    NO_SUITABLE_DEVICE = 11
    TOO_MANY_REQUESTS = 12
    API_VERSION_NOT_SUPPORTED = 13
    INCOMPATIBLE_WITH_VERSION = 14
    ACCOUNT_NOT_AUTHORIZED = 15
    INCHAT_REPLY_NOT_ALLOWED = 16
    ACCOUNT_NOT_INLINE = 17
    NO_PUBLIC_CHAT = 18
    CANNOT_BROADCAST = 19
    BROADCAST_NOT_ALLOWED = 20
    UNSUPPORTED_COUNTRY = 21
    PAYMENT_UNSUPPORTED = 22
    FREE_MESSAGES_EXCEEDED = 23
    NO_BALANCE = 24


class Fate(Enum):
    """What an answer means for the sender."""

    OK = auto()
    RETRY = auto()  # back off and try again
    GONE = auto()  # this person cannot be reached
    MISTAKE = auto()  # our request is wrong: a programmer looks
    STOP = auto()  # the whole channel is out until somebody acts


_NAMES = {status.value: status.name.lower() for status in ViberStatus}
_S = ViberStatus
_GONE = {_S.RECEIVER_NOT_REGISTERED, _S.RECEIVER_NOT_SUBSCRIBED, _S.NO_SUITABLE_DEVICE}
_GONE |= {_S.API_VERSION_NOT_SUPPORTED, _S.UNSUPPORTED_COUNTRY}
_MISTAKE = {_S.BAD_DATA, _S.MISSING_DATA, _S.INCOMPATIBLE_WITH_VERSION, _S.INCHAT_REPLY_NOT_ALLOWED}
_MISTAKE |= {_S.ACCOUNT_NOT_INLINE, _S.NO_PUBLIC_CHAT, _S.CANNOT_BROADCAST, _S.BROADCAST_NOT_ALLOWED}
_MISTAKE |= {_S.PAYMENT_UNSUPPORTED}
_STOP = {_S.INVALID_URL, _S.INVALID_AUTH_TOKEN, _S.ACCOUNT_BLOCKED, _S.ACCOUNT_NOT_FOUND, _S.ACCOUNT_SUSPENDED}
_STOP |= {_S.WEBHOOK_NOT_SET, _S.ACCOUNT_NOT_AUTHORIZED, _S.FREE_MESSAGES_EXCEEDED, _S.NO_BALANCE}


def fate_of(code: int) -> Fate:
    """A code outside the published table is a general error, which Viber asks to repeat."""
    if code == ViberStatus.OK:
        return Fate.OK
    if code in _GONE:
        return Fate.GONE
    if code in _MISTAKE:
        return Fate.MISTAKE
    return Fate.STOP if code in _STOP else Fate.RETRY


def name_of(code: int) -> str:
    """For a log line."""
    return _NAMES.get(code, "general_error")

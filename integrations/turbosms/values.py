"""Words and moments of TurboSMS as ours."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.sms import SMS, VIBER, SmsState
from bot.logs import log

KYIV = ZoneInfo("Europe/Kyiv")
_OPEN = frozenset({"QUEUED", "IN QUEUE", "IN PROCESS", "SENT", "ACCEPTED", "ACCEPTD", "ENROUTE"})
_DELIVERED = frozenset({"DELIVERED", "DELIVRD"})
_SEEN = frozenset({"READ"})
_FAILED = frozenset(
    {"UNDELIVERED", "UNDELIV", "EXPIRED", "REJECTED", "REJECTD", "FAILED", "CANCELLED", "CANCELED", "DELETED"}
)
_MOST_NEW = 20

_log = log("integrations.turbosms")


def moment(said: str) -> datetime | None:
    """From Kyiv's clock; None for what is no moment."""
    try:
        return datetime.strptime(said, "%Y-%m-%d %H:%M:%S").replace(tzinfo=KYIV).astimezone(UTC)
    except ValueError:
        return None


def channel(said: str) -> str:
    """From a type: `sms`, `viber`, `DLR_SMS_API`, `DLR_VIBER_API`."""
    return VIBER if "VIBER" in said.upper() else SMS


class Statuses:
    """Words of the status and of callbacks as states; one never heard of is on its way, and is written once."""

    def __init__(self) -> None:
        self._new: set[str] = set()

    def read(self, said: str) -> SmsState:
        word = said.strip().upper()
        if word in _DELIVERED:
            return SmsState.DELIVERED
        if word in _SEEN:
            return SmsState.SEEN
        if word in _FAILED:
            return SmsState.FAILED
        if word not in _OPEN and word not in self._new and len(self._new) < _MOST_NEW:
            self._new.add(word)
            _log.warning("turbosms status is new", status=word[:40])
        return SmsState.ON_ITS_WAY

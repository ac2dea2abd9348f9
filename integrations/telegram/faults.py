"""What can go wrong with a call, by what has to be done.

OutsideError
├── Unavailable
│   └── TooMany        Telegram names the seconds to wait
├── Rejected
│   └── Refusal        Telegram said no; `description` says why
│       ├── Blocked    the person stopped the bot, is gone, or never began
│       ├── Migrated   the group has a new id
│       ├── Threadless the topic is gone or closed, or the group has none for us
│       ├── Unknown    the token is wrong or withdrawn
│       └── Conflict   another process polls, or a webhook is set
└── Ambiguous          no answer came, or the server broke over a message: it may have happened
"""

from collections.abc import Mapping
from typing import Any

from bot.conversation.messenger import ThreadFault
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable

SYSTEM = "telegram"
_NOT_MODIFIED = "message is not modified"
_UNREACHABLE = ("chat not found", "PEER_ID_INVALID", "user not found")
_THREADS = {
    "message thread not found": ThreadFault.GONE,
    "TOPIC_DELETED": ThreadFault.GONE,
    "TOPIC_ID_INVALID": ThreadFault.GONE,
    "TOPIC_CLOSED": ThreadFault.CLOSED,
    "chat is not a forum": ThreadFault.NO_FORUM,
    "CHAT_NOT_FORUM": ThreadFault.NO_FORUM,
    "not enough rights to create a topic": ThreadFault.NO_FORUM,
    "not enough rights to manage topics": ThreadFault.NO_FORUM,
}
_PICTURES = ("PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "PHOTO_EXT_INVALID", "PHOTO_SAVE_FILE_INVALID")
_FILE_ID = ("wrong file identifier", "wrong remote file", "file reference", "FILE_REFERENCE")


class TooMany(Unavailable):
    """Telegram asks for a pause of `retry_after` seconds."""

    def __init__(self, operation: str, retry_after: float) -> None:
        super().__init__(SYSTEM, operation, 429)
        self.retry_after = retry_after


class Refusal(Rejected):
    """A call that will not do as it is."""

    def __init__(self, operation: str, code: int, description: str) -> None:
        super().__init__(SYSTEM, operation, code)
        self.args = (f"{SYSTEM} {operation}: {code} {description}",)
        self.description = description

    @property
    def is_unmodified(self) -> bool:
        """The edit asked for what is there already."""
        return _NOT_MODIFIED in self.description

    @property
    def is_no_picture(self) -> bool:
        """What was sent as a picture cannot be shown as one."""
        return any(phrase in self.description for phrase in _PICTURES)

    @property
    def forgets_file(self) -> bool:
        """A remembered file_id is good no more."""
        return any(phrase in self.description for phrase in _FILE_ID)


class Blocked(Refusal):
    """Nobody to talk to."""


class Migrated(Refusal):
    """The group lives under another id."""

    def __init__(self, operation: str, code: int, description: str, new_id: int) -> None:
        super().__init__(operation, code, description)
        self.new_id = new_id


class Threadless(Refusal):
    """The topic is in the way; the code is a ThreadFault."""

    def __init__(self, operation: str, code: int, description: str) -> None:
        super().__init__(operation, code, description)
        self.code = next(fault for phrase, fault in _THREADS.items() if phrase in description)


class Unknown(Refusal):
    """No such bot."""

    of_system = True


class Conflict(Refusal):
    """The updates go to somebody else."""


def fault_of(operation: str, status: int, answer: Mapping[str, Any]) -> OutsideError:
    """The error of an answer that is not ok; everything in it is optional but the status."""
    code = answer.get("error_code")
    code = code if isinstance(code, int) else status
    description = str(answer.get("description") or "no description")[:300]
    parameters = answer.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    if isinstance(new_id := parameters.get("migrate_to_chat_id"), int):
        return Migrated(operation, code, description, new_id)
    if code == 429:
        return TooMany(operation, _seconds(parameters.get("retry_after")))
    if code >= 500:
        return broken(operation, code)
    return _refusal(code, description)(operation, code, description)


def broken(operation: str, code: int) -> OutsideError:
    """Of a 5xx: a message may have gone out before it; everything else does no harm when it is asked for again."""
    doubtful = operation.startswith("send")
    return Ambiguous(SYSTEM, operation, code) if doubtful else Unavailable(SYSTEM, operation, code)


def _refusal(code: int, description: str) -> type[Refusal]:
    if any(phrase in description for phrase in _THREADS):
        return Threadless
    if code == 403 or any(phrase in description for phrase in _UNREACHABLE):
        return Blocked
    return {401: Unknown, 404: Unknown, 409: Conflict}.get(code, Refusal)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 < value < 1e6 else 1.0

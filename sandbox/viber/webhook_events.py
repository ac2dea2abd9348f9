"""Bodies of the events that Viber posts to a bot."""

import secrets
from typing import Any

from sandbox.viber.account import Account
from sandbox.viber.person import Person

Json = dict[str, Any]
HOSTNAME = "SN-CHAT-06_"


def profile(person: Person, account: Account) -> Json:
    """`user` or `sender`: the name only for bots that asked for it, a placeholder otherwise."""
    name = person.name if account.send_name else "Subscriber"
    shown = {"id": person.id, "name": name, "language": person.language, "country": person.country}
    return shown | {"api_version": person.api_version}


def event(kind: str, at: int, token: int, **fields: Any) -> Json:
    """What every event has: `at` is milliseconds since the epoch, `token` a 64-bit integer."""
    return {"event": kind, "timestamp": at, "chat_hostname": HOSTNAME, "message_token": token, **fields}


def failed(at: int, token: int, user: str, *, described: bool) -> Json:
    """A message the client could not show; the real event often lacks `desc`."""
    if described:
        return event("failed", at, token, user_id=user, desc="failure description")
    return event("failed", at, token, user_id=user, udid=None)


class Tokens:
    """Message tokens: 64-bit integers well above 2^53, each larger than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: int) -> int:
        self._last = max(self._last + 1, (at << 20) + secrets.randbelow(1 << 20))
        return self._last

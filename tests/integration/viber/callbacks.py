"""Callbacks as Viber makes them, by hand."""

from typing import Any

Json = dict[str, Any]
OLENA = "01234567890A=="
PETRO = "98765432109B=="
MOMENT = 1_795_424_400_000
TOKEN_ID = 4912661846655238145
"""Larger than 2 to the 53rd: a float would lose its last digits."""


def user(who: str = OLENA, **changes: Any) -> Json:
    return {"id": who, "name": "Олена", "language": "uk", "country": "UA", "api_version": 10} | changes


def said(text: str, token: int = TOKEN_ID, who: str = OLENA, **changes: Any) -> Json:
    """A written message."""
    return message({"type": "text", "text": text}, token, who) | changes


def message(content: Json, token: int = TOKEN_ID, who: str = OLENA) -> Json:
    return _common("message", token) | {"sender": user(who), "message": content, "silent": False}


def started(token: int = TOKEN_ID, who: str = OLENA, *, subscribed: bool = False, context: str = "") -> Json:
    """A conversation opened, perhaps by a link with a context."""
    opened = {"type": "open", "user": user(who), "subscribed": subscribed}
    return _common("conversation_started", token) | opened | ({"context": context} if context else {})


def fate(event: str, token: int = TOKEN_ID, who: str = OLENA, **changes: Any) -> Json:
    """delivered, seen, failed, unsubscribed: they name the person by user_id."""
    return _common(event, token) | {"user_id": who} | changes


def subscribed(token: int = TOKEN_ID, who: str = OLENA) -> Json:
    return _common("subscribed", token) | {"user": user(who)}


def _common(event: str, token: int) -> Json:
    return {"event": event, "timestamp": MOMENT, "message_token": token, "chat_hostname": "SN-CHAT-06_"}

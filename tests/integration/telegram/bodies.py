"""Updates as Telegram writes them."""

import json
from typing import Any

Json = dict[str, Any]
DATE = 1_790_000_000
OLYA: Json = {"id": 777, "is_bot": False, "first_name": "Оля", "last_name": "Кіт", "language_code": "uk"}
PRIVATE: Json = {"id": 777, "type": "private", "first_name": "Оля"}
GROUP: Json = {"id": -500, "type": "group", "title": "Склад"}
BOT: Json = {"id": 1, "is_bot": True, "first_name": "Комора", "username": "komora_bot"}


def update(number: int = 1, **what: Any) -> str:
    return json.dumps({"update_id": number, **what})


def message(number: int = 1, *, chat: Json = PRIVATE, sender: Json = OLYA, **content: Any) -> str:
    return update(number, message={"message_id": 5, "date": DATE, "chat": chat, "from": sender, **content})


def tap(
    number: int = 1, *, data: str | None = "~x1:1", query: str = "q1", under: Json | None = None, **more: Any
) -> str:
    shown = {"message_id": 9, "date": DATE, "chat": PRIVATE, "from": BOT, "text": "меню"} if under is None else under
    body = {"id": query, "from": OLYA, "message": shown, "chat_instance": "3", "data": data, **more}
    return update(number, callback_query=body)


def membership(number: int = 1, *, chat: Json = PRIVATE, status: str = "kicked") -> str:
    extra = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": chat,
        "from": OLYA,
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **extra},
    }
    return update(number, my_chat_member=change)

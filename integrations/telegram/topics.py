"""Topics of a forum: made, named, opened again; and what a group lets us do."""

from typing import Any

from aiogram.methods import (
    CreateForumTopic,
    EditForumTopic,
    GetChat,
    GetChatMember,
    GetMe,
    PinChatMessage,
    ReopenForumTopic,
    TelegramMethod,
)

from bot.conversation.messenger import PlaceRights
from bot.domain.errors import Ambiguous, Rejected
from integrations.telegram.client import BotApi
from integrations.telegram.faults import SYSTEM, Refusal
from integrations.telegram.outbox import Outbox

TITLE_LIMIT = 128
_ADMINISTRATORS = ("creator", "administrator")
_AWAY = ("left", "kicked")


class ForumTopics:
    """The trait of Telegram's groups that other messengers lack."""

    def __init__(self, outbox: Outbox, api: BotApi) -> None:
        self._outbox = outbox
        self._api = api

    async def open(self, place: str, title: str) -> str:
        made = await self._outbox.call(place, CreateForumTopic(chat_id=_chat(place), name=_title(title)))
        thread = made.get("message_thread_id") if isinstance(made, dict) else None
        if not isinstance(thread, int):
            raise Ambiguous(SYSTEM, "createForumTopic", "unreadable answer")
        return str(thread)

    async def rename(self, place: str, thread: str, title: str) -> None:
        renamed = EditForumTopic(chat_id=_chat(place), message_thread_id=int(thread), name=_title(title))
        await self._unless_so(place, renamed)

    async def reopen(self, place: str, thread: str) -> None:
        await self._unless_so(place, ReopenForumTopic(chat_id=_chat(place), message_thread_id=int(thread)))

    async def pin(self, place: str, message_id: str) -> None:
        pinned = PinChatMessage(chat_id=_chat(place), message_id=int(message_id), disable_notification=True)
        await self._outbox.call(place, pinned)

    async def rights(self, place: str) -> PlaceRights:
        chat, me = await self._api.call(GetChat(chat_id=_chat(place))), await self._api.call(GetMe())
        if not isinstance(chat, dict) or not isinstance(me, dict):
            raise Ambiguous(SYSTEM, "getChat", "unreadable answer")
        member = await self._api.call(GetChatMember(chat_id=_chat(place), user_id=int(me["id"])))
        standing: dict[str, Any] = member if isinstance(member, dict) else {}
        rules = standing.get("status") in _ADMINISTRATORS
        return PlaceRights(
            title=str(chat.get("title") or ""),
            member=standing.get("status") not in _AWAY,
            forum=chat.get("is_forum") is True,
            topics=rules and standing.get("can_manage_topics", True) is not False,
            pins=rules and standing.get("can_pin_messages", True) is not False,
        )

    async def _unless_so(self, place: str, method: TelegramMethod[Any]) -> None:
        """What is so already is no trouble."""
        try:
            await self._outbox.call(place, method)
        except Refusal as refusal:
            if "TOPIC_NOT_MODIFIED" not in refusal.description:
                raise


def _chat(place: str) -> int:
    try:
        return int(place)
    except ValueError:
        raise Rejected(SYSTEM, "topics", "not a chat id") from None


def _title(title: str) -> str:
    return " ".join(title.split())[:TITLE_LIMIT] or "…"

"""Where a call is aimed: the chat by its id, and whether the bot may write there."""

from typing import Any

from sandbox.telegram.errors import ApiError, bad_request, forbidden, not_done_here
from sandbox.telegram.people import Chat, Message
from sandbox.telegram.world import World

Json = dict[str, Any]
NOT_DONE = (
    "business_connection_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "suggested_post_parameters",
    "inline_message_id",
    "rich_message",
)


def find_chat(world: World, chat_id: int | str) -> Chat:
    """Raises ApiError 400 for a chat the bot has never met or that moved to a supergroup."""
    chat = world.chats.get(_number(world, chat_id))
    if chat is None or not _is_met(world, chat):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, description, {"migrate_to_chat_id": chat.migrated_to})
    return chat


def writable_chat(world: World, asked: Json) -> Chat:
    """The chat of `chat_id`. Raises ApiError 400, 403 where the bot cannot write, 501 for what is not done here."""
    for name in NOT_DONE:
        if name in asked:
            raise not_done_here(name)
    chat = find_chat(world, asked["chat_id"])
    if chat.person is not None:
        _check_person(chat)
    elif chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {_kind(chat)} chat")
    elif chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {_kind(chat)} chat")
    return chat


def _check_person(chat: Chat) -> None:
    assert chat.person is not None
    if chat.person.deactivated:
        raise forbidden("user is deactivated")
    if chat.person.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.opened:
        raise forbidden("bot can't initiate conversation with a user")


def own_message(world: World, chat: Chat, message_id: int | None, purpose: str) -> Message:
    """The bot's own message. Raises ApiError 400: not there, or somebody else's."""
    message = chat.messages.get(message_id) if message_id is not None else None
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    if message.wire["from"]["id"] != world.bot_id:
        raise bad_request(f"message can't be {purpose}ed")
    return message


def _number(world: World, chat_id: int | str) -> int:
    if isinstance(chat_id, int):
        return chat_id
    if chat_id.lstrip("-").isdecimal():
        return int(chat_id)
    wanted = chat_id.removeprefix("@").lower()
    people = (one.id for one in world.people.values() if chat_id.startswith("@") and one.username.lower() == wanted)
    return next(people, 0)


def _is_met(world: World, chat: Chat) -> bool:
    """A person is known to the bot who wrote to it or shares a group with it."""
    if chat.person is None or chat.opened or chat.person.blocked:
        return True
    return any(chat.id in group.members for group in world.chats.values() if group.person is None)


def _kind(chat: Chat) -> str:
    return "supergroup" if chat.kind == "supergroup" else "group"

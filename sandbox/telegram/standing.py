"""The bot's own standing in a chat, and the update that tells it of a change."""

from typing import Any

from sandbox.telegram.people import RIGHTS, Chat, Person
from sandbox.telegram.world import World

Json = dict[str, Any]


def bot_member(world: World, status: str, rights: frozenset[str] = RIGHTS) -> Json:
    """The wire's ChatMember of the bot."""
    member: Json = {"user": world.bot(), "status": status}
    match status:
        case "kicked":
            return member | {"until_date": 0}
        case "administrator":
            may = {right: right in rights for right in sorted(RIGHTS)}
            return member | {"can_be_edited": False, "is_anonymous": False} | may
        case _:
            return member


def put_bot(world: World, chat: Chat, actor: Person | None, status: str, rights: frozenset[str] | None = None) -> None:
    """The bot's new standing; a change reaches it as `my_chat_member`, made by `actor` or by itself."""
    before = bot_member(world, chat.bot_status, chat.bot_rights)
    chat.bot_status = status
    chat.bot_rights = chat.bot_rights if rights is None else rights
    after = bot_member(world, status, chat.bot_rights)
    if before != after:
        tell_bot(world, chat, actor, before, after)
        world.feed.tell("standing", chat.id, bot=status, rights=sorted(chat.bot_rights))


def tell_bot(world: World, chat: Chat, actor: Person | None, before: Json, after: Json) -> None:
    """A ChatMemberUpdated about the bot itself."""
    body = {
        "chat": chat.wire(),
        "from": actor.user() if actor else world.bot(),
        "date": world.clock.seconds(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    world.mailbox.put("my_chat_member", chat.id, body)

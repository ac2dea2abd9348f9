"""Control side: accounts and groups."""

from typing import Any

from sandbox.telegram import acting
from sandbox.telegram.control.asked import Asked, Wrong
from sandbox.telegram.methods.commands import commands_for
from sandbox.telegram.people import GENERAL, RIGHTS, Chat, Person
from sandbox.telegram.standing import put_bot
from sandbox.telegram.view import chat_view, person_view

Json = dict[str, Any]
STATUSES = ("member", "administrator", "left", "kicked")


async def add_user(asked: Asked) -> Json:
    person_id = asked.whole("id", asked.world.next_person_id())
    if not 0 < person_id < 2**52:
        raise Wrong("id: a positive number below 2^52 is expected")
    person = Person(
        id=person_id,
        first_name=asked.text("first_name", "Людина", 64) or "Людина",
        last_name=asked.text("last_name", "", 64),
        username=asked.text("username", "", 32),
        language_code=asked.text("language_code", "uk", 8),
        phone=asked.text("phone", "", 20),
    )
    added = asked.world.add_person(person)
    asked.world.feed.tell("resync", added.id)
    return person_view(added)


async def list_users(asked: Asked) -> list[Json]:
    return [person_view(one) for one in asked.world.people.values()]


async def add_chat(asked: Asked) -> Json:
    """A group with its people and the bot, which hears of its coming as of a my_chat_member update."""
    world = asked.world
    kind, status = asked.text("type", "supergroup"), asked.text("bot", "administrator")
    if kind not in ("group", "supergroup") or status not in STATUSES:
        raise Wrong(f"type: group or supergroup; bot: one of {', '.join(STATUSES)}")
    members = _ids(asked, "members")
    chat_id = asked.optional_whole("id")
    if chat_id is not None and (chat_id >= 0 or chat_id in world.chats):
        raise Wrong("id: a free negative number is expected")
    chat = world.add_group(asked.text("title", "Група", 128), kind, chat_id)
    chat.members, chat.administrators = members, members & _ids(asked, "administrators")
    chat.is_forum = kind == "supergroup" and asked.flag("is_forum")
    chat.last_message_id = GENERAL if chat.is_forum else 0
    chat.bot_status = "left"
    put_bot(world, chat, _actor(asked, chat), status, _rights(asked, RIGHTS))
    return chat.wire() | {"members": sorted(members), "bot": status}


async def change_members(asked: Asked) -> Json:
    """People come and go, and the bot's own standing changes."""
    chat = asked.chat()
    if chat.person is not None:
        raise Wrong("chat: a group is expected")
    come, gone = _ids(asked, "add") - chat.members, _ids(asked, "remove") & chat.members
    chat.members = (chat.members | come) - gone
    status = asked.text("bot", chat.bot_status)
    if status not in STATUSES:
        raise Wrong(f"bot: one of {', '.join(STATUSES)}")
    _tell_of(asked, chat, come, gone)
    put_bot(asked.world, chat, _actor(asked, chat), status, _rights(asked, chat.bot_rights))
    asked.world.feed.tell("resync", chat.id)
    return chat.wire() | {"members": sorted(chat.members), "bot": chat.bot_status, "rights": sorted(chat.bot_rights)}


async def list_chats(asked: Asked) -> list[Json]:
    return [
        chat.wire() | {"members": sorted(chat.members), "bot": chat.bot_status, "migrated_to": chat.migrated_to}
        for chat in asked.world.chats.values()
        if chat.person is None
    ]


async def show_chat(asked: Asked) -> Json:
    world, chat = asked.world, asked.chat()
    commands = commands_for(world, chat.person) if chat.person is not None else []
    bot = {"name": world.bot_name, "username": world.bot_username, "id": world.bot_id}
    return chat_view(chat) | {"bot": bot, "commands": commands, "now": world.clock.time()}


async def migrate(asked: Asked) -> Json:
    """The group becomes a supergroup with another id; both chats get their service messages."""
    world, old = asked.world, asked.chat()
    if old.kind != "group" or old.migrated_to is not None:
        raise acting.Impossible("only a group that was not upgraded yet can be")
    new = world.add_group(old.title, "supergroup")
    new.members, new.administrators = set(old.members), set(old.administrators)
    new.bot_status, new.bot_rights = old.bot_status, old.bot_rights
    actor = world.people[min(old.members)].user() if old.members else world.bot()
    for chat, content in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
        world.mailbox.put("message", chat.id, world.post(chat, actor, content).wire)
    old.migrated_to = new.id
    return new.wire()


async def block(asked: Asked) -> Json:
    acting.block(asked.world, asked.person())
    return person_view(asked.person())


async def unblock(asked: Asked) -> Json:
    acting.unblock(asked.world, asked.person())
    return person_view(asked.person())


async def deactivate(asked: Asked) -> Json:
    asked.person().deactivated = True
    return person_view(asked.person())


async def forget(asked: Asked) -> Json:
    """The chat is as before the first message."""
    person = asked.person()
    person.blocked = False
    asked.world.chats[person.id].forget()
    asked.world.feed.tell("resync", person.id)
    return person_view(person)


def _actor(asked: Asked, chat: Chat) -> Person | None:
    return asked.world.people[min(chat.members)] if chat.members else None


def _rights(asked: Asked, before: frozenset[str]) -> frozenset[str]:
    """`rights` are {name: true or false}; those not named stay."""
    wanted = asked.optional_object("rights") or {}
    if not wanted.keys() <= RIGHTS or not all(isinstance(one, bool) for one in wanted.values()):
        raise Wrong(f"rights: an object of {', '.join(sorted(RIGHTS))} is expected")
    return (before | {name for name, given in wanted.items() if given}) - {
        name for name, given in wanted.items() if not given
    }


def _tell_of(asked: Asked, chat: Chat, come: set[int], gone: set[int]) -> None:
    world = asked.world
    for content, people in (("new_chat_members", come), ("left_chat_member", gone)):
        for person in (world.people[one] for one in sorted(people)):
            user = person.user()
            wire = world.post(chat, user, {content: [user] if content == "new_chat_members" else user}).wire
            world.mailbox.put("message", chat.id, wire)


def _ids(asked: Asked, name: str) -> set[int]:
    ids = asked.fields.get(name, [])
    if not isinstance(ids, list) or not all(isinstance(one, int) and one in asked.world.people for one in ids):
        raise Wrong(f"{name}: an array of ids of known users is expected")
    return set(ids)

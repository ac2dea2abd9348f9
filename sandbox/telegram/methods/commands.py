"""The bot's commands by scope and language, and the menu button."""

import json
import re
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Person
from sandbox.telegram.utf16 import utf16_length
from sandbox.telegram.world import World

Json = dict[str, Any]
NAME = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
DEFAULT_SCOPE: Json = {"type": "default"}


async def set_my_commands(call: Call) -> bool:
    commands = call.asked["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = command["command"].removeprefix("/").lower()
        if not NAME.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[_key(call)] = commands
    call.world.feed.tell("commands")
    return True


async def get_my_commands(call: Call) -> list[Json]:
    return call.world.commands.get(_key(call), [])


async def delete_my_commands(call: Call) -> bool:
    call.world.commands.pop(_key(call), None)
    call.world.feed.tell("commands")
    return True


async def set_chat_menu_button(call: Call) -> bool:
    button = call.asked.get("menu_button", {"type": "default"})
    call.world.menu_buttons[_private_chat(call)] = button
    call.world.feed.tell("commands")
    return True


async def get_chat_menu_button(call: Call) -> Json:
    buttons = call.world.menu_buttons
    return buttons.get(_private_chat(call)) or buttons.get(None) or {"type": "commands"}


def commands_for(world: World, person: Person) -> list[Json]:
    """What this person's client offers: the narrowest scope first, the person's language before any."""
    for scope in ({"type": "chat", "chat_id": person.id}, {"type": "all_private_chats"}, DEFAULT_SCOPE):
        for language in (person.language_code[:2], ""):
            found = world.commands.get((json.dumps(scope, sort_keys=True), language))
            if found:
                return found
    return []


def _key(call: Call) -> tuple[str, str]:
    language = call.asked.get("language_code", "")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return json.dumps(call.asked.get("scope", DEFAULT_SCOPE), sort_keys=True), language


def _private_chat(call: Call) -> int | None:
    chat_id: int | None = call.asked.get("chat_id")
    if chat_id is not None and chat_id not in call.world.people:
        raise bad_request("chat not found")
    return chat_id

"""Control side: the people and their chats."""

from typing import Any

from sandbox.viber.asked import Asked, Wrong

Json = dict[str, Any]
TEXTS = {"id": 100, "name": 100, "phone": 20, "language": 10, "country": 2}


async def list_people(asked: Asked) -> Any:
    return [person.view() for person in asked.world.people.values()]


async def add_person(asked: Asked) -> Any:
    """A new person, or other particulars for a known id."""
    fields: Json = {name: asked.text(name, longest=longest) for name, longest in TEXTS.items() if asked.has(name)}
    if asked.has("id") and not fields["id"].strip():
        raise Wrong("id: must not be empty")
    if asked.has("api_version"):
        fields["api_version"] = asked.whole("api_version", lowest=1, highest=99)
    if asked.has("devices"):
        fields["devices"] = asked.whole("devices", lowest=1, highest=5)
    if asked.has("desktop"):
        fields["desktop"] = asked.flag("desktop")
    return asked.world.add_person(fields).view()


async def show_chat(asked: Asked) -> Any:
    person, account = asked.person(), asked.world.account
    bot = {"name": account.name, "avatar": account.avatar, "online": bool(account.webhook)}
    subscription = {"opened": person.opened, "subscribed": person.subscribed, "blocked": person.blocked}
    return {"bot": bot, **subscription, **person.chat_view()}


async def forget(asked: Asked) -> Any:
    person = asked.person()
    person.forget()
    asked.world.feed.tell("chat", person.id)
    return person.view()

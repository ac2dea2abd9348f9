"""Messages and chats as a Telegram client shows them; addresses of files are relative to the sandbox's root."""

from typing import Any

from sandbox.telegram.icons import ICONS
from sandbox.telegram.people import Chat, Message, Person, Topic
from sandbox.telegram.threads import thread_of

Json = dict[str, Any]
AS_ON_THE_WIRE = (
    "message_id",
    "date",
    "edit_date",
    "text",
    "entities",
    "caption",
    "caption_entities",
    "contact",
    "location",
    "media_group_id",
    "message_thread_id",
    "new_chat_title",
)
ABOUT_TOPICS = {
    "forum_topic_closed": "Тему закрито",
    "forum_topic_reopened": "Тему знову відкрито",
    "general_forum_topic_hidden": "Загальну тему приховано",
    "general_forum_topic_unhidden": "Загальну тему показано",
}
ACTIONS = ("url", "callback_data", "web_app", "login_url", "copy_text", "switch_inline_query", "pay")


def chat_view(chat: Chat) -> Json:
    """Everything a client needs to draw the chat."""
    return {
        "chat": chat.wire(),
        "blocked": chat.person is not None and chat.person.blocked,
        "opened": chat.opened,
        "reply_keyboard": chat.reply_keyboard,
        "action": chat.action,
        "pinned": chat.pinned,
        "members": sorted(chat.members),
        "administrators": sorted(chat.administrators),
        "bot_status": chat.bot_status,
        "bot_rights": sorted(chat.bot_rights),
        "topics": [topic_view(one) for one in chat.topics.values()],
        "general": topic_view(chat.general),
        "messages": [message_view(one) for one in chat.messages.values()],
    }


def topic_view(topic: Topic) -> Json:
    return {
        "id": topic.id,
        "name": topic.name,
        "color": topic.colour,
        "icon": ICONS.get(topic.icon, ""),
        "closed": topic.closed,
        "hidden": topic.hidden,
    }


def person_view(person: Person) -> Json:
    return person.user() | {"phone": person.phone, "blocked": person.blocked, "deactivated": person.deactivated}


def message_view(message: Message) -> Json:
    wire = message.wire
    view: Json = {name: wire[name] for name in AS_ON_THE_WIRE if name in wire}
    view["from"] = {key: wire["from"][key] for key in ("id", "is_bot", "first_name") if key in wire["from"]}
    view["from"]["name"] = " ".join(filter(None, (wire["from"]["first_name"], wire["from"].get("last_name"))))
    view["outgoing"] = not wire["from"]["is_bot"]
    view["edited"] = "edit_date" in wire
    if "photo" in wire:
        view["photo"] = _photo(wire["photo"][-1])
    if "document" in wire:
        view["document"] = _document(wire["document"])
    if (thread := thread_of(message)) is not None:
        view["topic"] = thread
    if "forum_topic_created" not in wire.get("reply_to_message", {"forum_topic_created": {}}):
        view["reply_to"] = _quoted(wire["reply_to_message"])
    if "forward_origin" in wire:
        view["forwarded_from"] = _origin_name(wire["forward_origin"])
    if service := _service(wire):
        view["service"] = service
    keyboard = wire.get("reply_markup", {}).get("inline_keyboard", [])
    view["keyboard"] = [[_button(button) for button in row] for row in keyboard]
    return view


def _photo(size: Json) -> Json:
    return {"url": f"_control/files/{size['file_id']}", "width": size["width"], "height": size["height"]}


def _document(document: Json) -> Json:
    url = f"_control/files/{document['file_id']}"
    return {"url": url, "name": document["file_name"], "size": document["file_size"], "mime": document["mime_type"]}


def _quoted(message: Json) -> Json:
    text = message.get("text") or message.get("caption") or ""
    return {"message_id": message["message_id"], "name": message["from"]["first_name"], "text": text[:200]}


def _origin_name(origin: Json) -> str:
    user = origin.get("sender_user")
    return str(user["first_name"] if user else origin.get("sender_user_name", ""))


def _button(button: Json) -> Json:
    kind = next((name for name in ACTIONS if name in button), "other")
    value = button.get(kind)
    shown: Json = {"text": button["text"], "kind": "callback" if kind == "callback_data" else kind}
    if kind in ("callback_data", "url"):
        shown["data" if kind == "callback_data" else "url"] = value
    elif kind == "copy_text" and isinstance(value, dict):
        shown["copy_text"] = value["text"]
    return shown | ({"style": button["style"]} if "style" in button else {})


def _service(wire: Json) -> str:
    """The grey line of a service message, in the client's language."""
    for kind, words in ABOUT_TOPICS.items():
        if kind in wire:
            return words
    if "new_chat_members" in wire:
        return "До групи додано: " + ", ".join(one["first_name"] for one in wire["new_chat_members"])
    if "left_chat_member" in wire:
        return f"Групу залишає {wire['left_chat_member']['first_name']}"
    if "migrate_to_chat_id" in wire or "migrate_from_chat_id" in wire:
        return "Групу перетворено на супергрупу"
    if "pinned_message" in wire:
        return "Закріплено повідомлення"
    if "forum_topic_created" in wire:
        return f"Створено тему «{wire['forum_topic_created']['name']}»"
    if "forum_topic_edited" in wire:
        name = wire["forum_topic_edited"].get("name")
        return f"Тему перейменовано: «{name}»" if name else "Змінено значок теми"
    return ""

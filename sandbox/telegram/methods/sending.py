"""Messages without a file, and the parts every sending method shares."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import check_markup, markup_kind
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat, Message, Topic
from sandbox.telegram.text import text_of
from sandbox.telegram.threads import place

Json = dict[str, Any]
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(call: Call) -> Json:
    chat = call.chat()
    content = text_of(call.asked)
    if "link_preview_options" in call.asked:
        content["link_preview_options"] = call.asked["link_preview_options"]
    return post(call, chat, content)


async def send_location(call: Call) -> Json:
    chat = call.chat()
    latitude, longitude = call.asked["latitude"], call.asked["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong parameter location in request")
    location = {"latitude": latitude, "longitude": longitude}
    optional = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    return post(call, chat, {"location": location | {key: call.asked[key] for key in optional if key in call.asked}})


async def send_contact(call: Call) -> Json:
    chat = call.chat()
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {key: call.asked[key] for key in names if key in call.asked}
    if not contact["phone_number"].strip():
        raise bad_request("phone number is empty")
    if not contact["first_name"].strip():
        raise bad_request("first name is empty")
    return post(call, chat, {"contact": contact})


async def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    if call.asked["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.set_action(chat, call.asked["action"], open_thread(call, chat))
    return True


def post(call: Call, chat: Chat, content: Json) -> Json:
    """Sends one message with the options every sending method has. Returns the wire's Message."""
    check_markup(call.asked.get("reply_markup"), chat)
    place = options(call, chat)
    call.spend(chat)
    return put(call, chat, content | place).wire


def options(call: Call, chat: Chat) -> Json:
    """{reply_to_message?, message_thread_id?, has_protected_content?, ...} Raises ApiError 400."""
    found: Json = {}
    if call.asked.get("protect_content"):
        found["has_protected_content"] = True
    if "message_effect_id" in call.asked:
        found["effect_id"] = call.asked["message_effect_id"]
    thread = open_thread(call, chat)
    lies = place(chat, thread, _replied(call.asked.get("reply_parameters"), chat))
    if thread is None and "is_topic_message" in lies:
        _require_open(chat, chat.topics[lies["message_thread_id"]])
    return found | lies


def open_thread(call: Call, chat: Chat) -> int | None:
    """The topic of `message_thread_id`. Raises ApiError 400: there is none, or the bot may not write in it."""
    thread: int | None = call.asked.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    _require_open(chat, chat.general if thread is None else chat.topics[thread])
    return thread


def _require_open(chat: Chat, topic: Topic) -> None:
    if topic.closed and not chat.bot_may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def _replied(reply: Json | None, chat: Chat) -> Message | None:
    if reply is None or "message_id" not in reply:
        return None
    replied = chat.messages.get(reply["message_id"])
    if replied is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return replied


def put(call: Call, chat: Chat, content: Json) -> Message:
    """The message with its keyboard, in the chat."""
    markup = call.asked.get("reply_markup")
    kind = markup_kind(markup)
    if kind == "inline" and markup is not None and any(markup["inline_keyboard"]):
        content |= {"reply_markup": markup}
    message = call.world.post(chat, call.world.bot(), content, kind)
    if kind == "reply":
        call.world.set_reply_keyboard(chat, markup)
    elif kind == "remove":
        call.world.set_reply_keyboard(chat, None)
    elif kind == "force" and markup is not None:
        call.world.feed.tell("force_reply", chat.id, message_id=message.id, **_placeholder(markup))
    return message


def _placeholder(markup: Json) -> Json:
    return {"placeholder": markup.get("input_field_placeholder", "")}

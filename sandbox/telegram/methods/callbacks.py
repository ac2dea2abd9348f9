"""The answer to a tap: the spinner stops, with a toast or an alert."""

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.methods.call import Call
from sandbox.telegram.utf16 import utf16_length

ANSWERED_WITHIN = 15 * 60
TEXT_LIMIT = 200


async def answer_callback_query(call: Call) -> bool:
    """A query can be answered once, within a quarter of an hour."""
    world, asked = call.world, call.asked
    text = asked.get("text", "")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if "url" in asked and not _own_link(asked["url"], world.bot_username):
        raise bad_request("URL_INVALID")
    query = world.queries.get(asked["callback_query_id"])
    if query is None or query.answer is not None or world.clock.time() - query.at > ANSWERED_WITHIN:
        raise _too_old()
    query.answer = {"text": text, "show_alert": asked.get("show_alert", False), "url": asked.get("url", "")}
    query.done.set()
    details = {"query_id": query.id, "user": query.user, "message_id": query.message_id}
    world.feed.tell("callback_answer", query.chat, **details, **query.answer)
    return True


def _own_link(url: str, username: str) -> bool:
    """A plain button may open only the bot's own start link."""
    return url.startswith((f"https://t.me/{username}?", f"t.me/{username}?", f"tg://resolve?domain={username}"))


def _too_old() -> ApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")

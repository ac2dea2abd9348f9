"""Taking messages away."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat, Message

DELETABLE_SECONDS = 48 * 3600


async def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.messages.get(call.asked["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(call, chat, message):
        raise bad_request("message can't be deleted")
    call.world.delete(chat, [message.id])
    return True


async def delete_messages(call: Call) -> bool:
    """What is not there or cannot be deleted is passed over."""
    chat = call.chat()
    wanted = call.asked["message_ids"]
    if not 1 <= len(wanted) <= 100:
        raise bad_request("wrong number of message identifiers: 1 to 100 are expected")
    found = [chat.messages[one] for one in wanted if one in chat.messages]
    call.world.delete(chat, [one.id for one in found if _deletable(call, chat, one)])
    return True


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    """For 48 hours, and in groups somebody else's only as an administrator."""
    if chat.person is None and chat.bot_may("can_delete_messages"):
        return True
    own = message.wire["from"]["id"] == call.world.bot_id
    fresh = call.world.clock.time() - message.wire["date"] <= DELETABLE_SECONDS
    return fresh and (own or chat.kind == "private")

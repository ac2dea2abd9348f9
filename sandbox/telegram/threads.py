"""In which thread of its chat a message lies."""

from typing import Any

from sandbox.telegram.people import Chat, Message, Topic

Json = dict[str, Any]


def place(chat: Chat, thread: int | None, reply: Message | None) -> Json:
    """Where a message lies. In a topic one that answers nothing answers the message that began the topic;
    out of topics an answer bears the number of its thread, which is no topic."""
    if thread is None and reply is not None:
        thread = thread_of(reply)
    answered = {} if reply is None else {"reply_to_message": quoted(reply)}
    if thread in chat.topics:
        return in_topic(chat, chat.topics[thread]) | answered
    if reply is not None and chat.kind == "supergroup":
        return answered | {"message_thread_id": reply.wire.get("message_thread_id", reply.id)}
    return answered


def thread_of(message: Message) -> int | None:
    """The topic in which it lies."""
    return message.wire.get("message_thread_id") if "is_topic_message" in message.wire else None


def quoted(message: Message) -> Json:
    """A message as it stands in `reply_to_message`: without its own."""
    return {key: value for key, value in message.wire.items() if key != "reply_to_message"}


def in_topic(chat: Chat, topic: Topic) -> Json:
    """What a message in the topic bears that answers no other there; nothing in General."""
    if topic is chat.general:
        return {}
    lies: Json = {"message_thread_id": topic.id, "is_topic_message": True}
    root = chat.messages.get(topic.id)
    return lies | ({"reply_to_message": quoted(root)} if root else {})

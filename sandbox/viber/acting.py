"""What a person does with the bot: opens the chat, writes, taps, shares, blocks; each becomes Viber's event for it."""

from typing import Any

from sandbox.viber.bodies import parse_object
from sandbox.viber.callbacks import Callback
from sandbox.viber.message import Message, read_message
from sandbox.viber.person import Entry, Person
from sandbox.viber.refusal import Refusal
from sandbox.viber.webhook_events import profile
from sandbox.viber.world import World

Json = dict[str, Any]
LARGEST_WELCOME = 30 * 1024


class Impossible(Exception):
    """A person cannot do this in the real client now."""


def open_chat(world: World, person: Person, context: str | None) -> Callback | None:
    """«Message» on the info screen, or a deep link with its context; the bot may welcome in its answer."""
    _require_unblocked(person)
    person.opened = True
    world.feed.tell("chat", person.id)
    fields: Json = {"type": "open", "user": profile(person, world.account), "subscribed": person.subscribed}
    if context is not None:
        fields["context"] = context
    callback = world.emit("conversation_started", person, **fields)
    if callback is not None:
        callback.on_answer = lambda answer: _welcome(world, person, callback, answer)
    return callback


def write(world: World, person: Person, message: Json, *, silent: bool = False) -> Callback | None:
    """Send a message of any inbound type; `silent` hides the bubble, not the event."""
    _require_unblocked(person)
    now = world.clock.time()
    person.writes(now)
    token = world.token()
    entry = Entry(world.next_entry_id(), token, "person", message["type"], _shown(message), world.clock.milliseconds())
    if not silent:
        world.add_entry(person, entry)
    if person.tracking_data is not None:
        message = message | {"tracking_data": person.tracking_data}
    sender = profile(person, world.account)
    callback = world.emit("message", person, token, sender=sender, message=message, silent=silent)
    if callback is not None:
        callback.on_answer = lambda _: _delivered(world, person, entry)
    world.feed.tell("message", person.id, token=str(token))
    return callback


def share_phone(world: World, person: Person, phone: str | None, *, empty: bool) -> Callback | None:
    """A confirmed share-phone button; Viber for desktop shares an empty number."""
    if not any(button.get("ActionType") == "share-phone" for button in buttons_shown(person)):
        raise Impossible("no share-phone button is on the screen; a card from the address book is POST send_contact")
    number = "" if empty or person.desktop else phone if phone is not None else person.phone
    return write(world, person, {"type": "contact", "contact": {"name": person.name, "phone_number": number}})


def tap(world: World, person: Person, button: Json, *, latitude: float, longitude: float) -> Callback | None:
    """What one button does; share-phone counts as confirmed, location-picker as a picked place."""
    kind = button.get("ActionType") or "reply"
    if kind == "none":
        return None
    if kind == "share-phone":
        return share_phone(world, person, None, empty=False)
    silent = button.get("Silent") is True
    if kind == "location-picker":
        location = {"lat": latitude, "lon": longitude}
        return write(world, person, {"type": "location", "location": location}, silent=silent)
    return write(world, person, {"type": "text", "text": button["ActionBody"]}, silent=silent)


def buttons_shown(person: Person) -> list[Json]:
    """Buttons of the current keyboard."""
    return list(person.keyboard["Buttons"]) if person.keyboard else []


def card_buttons(person: Person, message: int) -> list[Json]:
    """Buttons of the rich media message with this id; old messages stay tappable."""
    for entry in person.chat:
        if entry.id == message and entry.kind == "rich_media" and entry.status != "failed":
            return list(entry.content["rich_media"]["Buttons"])
    raise Impossible("no such rich media message is in the chat")


def see(world: World, person: Person) -> Callback | None:
    """The person looks at the chat: one `seen` for the batch, with the token of its last message."""
    unseen = [entry for entry in person.chat if entry.side == "bot" and entry.status == "delivered"]
    for entry in unseen:
        entry.status = "seen"
    if not unseen:
        return None
    world.feed.tell("status", person.id)
    return world.emit("seen", person, unseen[-1].token, user_id=person.id)


def block(world: World, person: Person) -> Callback | None:
    """The person blocks the bot: `unsubscribed`, and no message gets through."""
    was_subscribed = person.subscribed
    person.blocked, person.subscribed = True, False
    world.feed.tell("subscription", person.id, subscribed=False)
    return world.emit("unsubscribed", person, user_id=person.id) if was_subscribed else None


def subscribe(world: World, person: Person) -> Callback | None:
    """«Receive messages», also after a block; tracking data of the conversation is wiped."""
    if person.subscribed:
        raise Impossible("the person is subscribed already")
    person.blocked, person.subscribed, person.opened = False, True, True
    person.tracking_data = None
    world.feed.tell("subscription", person.id, subscribed=True)
    return world.emit("subscribed", person, user=profile(person, world.account))


def report_payment(world: World, person: Person, status: Json) -> Callback | None:
    """`client_status`: the client tells how a payment went."""
    return world.emit("client_status", person, user=profile(person, world.account), status=status)


def _require_unblocked(person: Person) -> None:
    if person.blocked:
        raise Impossible("the person has blocked the bot: POST subscribe first")


def _shown(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "type"}


def _delivered(world: World, person: Person, entry: Entry) -> None:
    entry.status = "delivered"
    world.feed.tell("status", person.id)


def _welcome(world: World, person: Person, callback: Callback, answer: bytes) -> None:
    """Show the message in the body of the answer; a wrong one is only noted in the log of callbacks."""
    if not answer.strip():
        return
    try:
        message = _read_welcome(person, answer)
    except Refusal as refusal:
        callback.attempts[-1]["welcome"] = {"status": refusal.status, "status_message": refusal.message}
    else:
        callback.attempts[-1]["welcome"] = {"status": 0, "status_message": "ok"}
        world.show(person, message, world.token())


def _read_welcome(person: Person, answer: bytes) -> Message:
    if len(answer) > LARGEST_WELCOME:
        raise Refusal(3, "the welcome message is larger than 30 KB")
    try:
        body = parse_object(answer)
    except ValueError:
        raise Refusal(3, "the welcome message is not a JSON object") from None
    if "receiver" in body:
        raise Refusal(3, "a welcome message has no receiver")
    message = read_message(body, sender_required=False)
    if message.level > person.api_version:
        raise Refusal(13)
    return message


def hosted(kind: str, address: str, name: str, size: int, caption: str) -> Json:
    """An inbound message about a file that the sandbox hosts at `address`; `size` in bytes."""
    message: Json = {"type": kind, "media": address, "file_name": name, "size": size}
    if caption:
        message["text"] = caption
    if kind in ("picture", "video"):
        message["thumbnail"] = address
    return message

"""send_message and broadcast_message: whether a message may go to a person, what it costs, and its way there."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sandbox.viber.message import Message, read_message
from sandbox.viber.person import Person
from sandbox.viber.refusal import NAMES, Refusal
from sandbox.viber.webhook_events import HOSTNAME
from sandbox.viber.world import World

Json = dict[str, Any]
HOUR = 3600
MOST_UNANSWERED = 100
MOST_RECEIVERS = 300
MOST_BROADCASTS = 500
BROADCAST_WINDOW = 10


async def send_message(world: World, body: Json) -> Json:
    """Everything the server checks, in its order; raises `Refusal`."""
    _require_webhook(world)
    person = _require_person(world, body.get("receiver"))
    message = read_message(body)
    _require_reachable(person, message)
    _require_patience(world, person)
    billing = _bill(world, person)
    person.unanswered.append(world.clock.time())
    token = world.token()
    world.show(person, message, token)
    return {"message_token": token, "chat_hostname": HOSTNAME, "billing_status": billing}


async def broadcast_message(world: World, body: Json) -> Json:
    """One message to up to 300 people; those who cannot get it are listed in the answer."""
    _require_webhook(world)
    if not world.account.can_broadcast:
        raise Refusal(19)
    _require_broadcast_rate(world)
    receivers = _receivers(body)
    read_message(body)
    token, failures, billing = world.token(), [], 0
    for receiver in receivers:
        try:
            person = _require_person(world, receiver)
            message = read_message(fill_placeholders(body, person))
            _require_reachable(person, message)
            billing = _bill(world, person)
        except Refusal as refusal:
            failures.append({"receiver": receiver, "status": refusal.status, "status_message": refusal.message})
        else:
            world.show(person, message, token)
    answer = {"message_token": token, "chat_hostname": HOSTNAME, "billing_status": billing}
    return answer | {"failed_list": failures}


def fill_placeholders(value: Any, person: Person) -> Any:
    """The three `replace_me_with_…` words, anywhere in the message."""
    if isinstance(value, dict):
        return {name: fill_placeholders(part, person) for name, part in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(part, person) for part in value]
    if not isinstance(value, str):
        return value
    words = {"receiver_id": person.id, "url_encoded_receiver_id": quote(person.id, safe=""), "user_name": person.name}
    return re.sub(
        r"replace_me_with_(url_encoded_receiver_id|receiver_id|user_name)", lambda found: words[found[1]], value
    )


def _require_webhook(world: World) -> None:
    if not world.account.webhook:
        raise Refusal(10)


def _require_person(world: World, receiver: object) -> Person:
    if receiver is None or receiver == "":
        raise Refusal(4, "missing receiver")
    person = world.people.get(receiver) if isinstance(receiver, str) else None
    if person is None:
        raise Refusal(5, NAMES[5])
    return person


def _require_reachable(person: Person, message: Message) -> None:
    if not person.subscribed:
        raise Refusal(6)
    if message.level > person.api_version:
        raise Refusal(13)


def _require_patience(world: World, person: Person) -> None:
    """100 messages an hour without a reply from the person."""
    since = world.clock.time() - HOUR
    while person.unanswered and person.unanswered[0] <= since:
        person.unanswered.popleft()
    if len(person.unanswered) >= MOST_UNANSWERED:
        raise Refusal(12)


def _require_broadcast_rate(world: World) -> None:
    now = world.clock.time()
    recent = [at for at in world.account.broadcasts if at > now - BROADCAST_WINDOW]
    if len(recent) >= MOST_BROADCASTS:
        raise Refusal(12)
    world.account.broadcasts = [*recent, now]


def _receivers(body: Json) -> list[str]:
    receivers = body.get("broadcast_list")
    if receivers is None:
        raise Refusal(4, "missing broadcast_list")
    if not isinstance(receivers, list) or not receivers or not all(isinstance(one, str) for one in receivers):
        raise Refusal(3, "broadcast_list is not valid")
    if len(receivers) > MOST_RECEIVERS:
        raise Refusal(3, f"broadcast_list is longer than {MOST_RECEIVERS}")
    return list(dict.fromkeys(receivers))


def _bill(world: World, person: Person) -> int:
    """billing_status: free in the 24 hours opened by the person's message, then by quota, then by money."""
    account, month = world.account, _month(world.clock.time())
    if person.in_session(world.clock.time()):
        return 2 if account.billable else 1
    used = account.free_used.get(month, 0)
    if used < account.free_quota:
        account.free_used[month] = used + 1
        return 4 if account.billable else 3
    if not account.billable:
        raise Refusal(23)
    if account.balance is not None:
        if account.balance <= 0:
            raise Refusal(24)
        account.balance -= 1
    return 5


def _month(at: float) -> str:
    """The calendar month in UTC, by which Viber counts free messages."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m")

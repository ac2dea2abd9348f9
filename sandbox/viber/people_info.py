"""What a bot may ask about people: their details, rarely, and whether they are online."""

from typing import Any

from sandbox.viber.refusal import Refusal
from sandbox.viber.webhook_events import profile
from sandbox.viber.world import World

Json = dict[str, Any]
DETAILS_WINDOW = 12 * 3600
MOST_DETAILS = 2
MOST_ONLINE_IDS = 100
UNAVAILABLE = 4


async def get_user_details(world: World, body: Json) -> Json:
    """Two calls in 12 hours for one person."""
    user_id = body.get("id")
    if user_id is None:
        raise Refusal(4, "missing id")
    person = world.people.get(user_id) if isinstance(user_id, str) else None
    if person is None:
        raise Refusal(5)
    if not person.subscribed:
        raise Refusal(6)
    now = world.clock.time()
    while person.detail_calls and person.detail_calls[0] <= now - DETAILS_WINDOW:
        person.detail_calls.popleft()
    if len(person.detail_calls) >= MOST_DETAILS:
        raise Refusal(12)
    person.detail_calls.append(now)
    system = "Windows 11" if person.desktop else "Android 14"
    device = {"primary_device_os": system, "viber_version": "23.2.0", "device_type": "Pixel 8", "mcc": 255, "mnc": 1}
    return {"message_token": world.token(), "user": profile(person, world.account) | device}


async def get_online(world: World, body: Json) -> Json:
    """0 online, 4 unavailable for those who are not subscribed."""
    ids = body.get("ids")
    if ids is None:
        raise Refusal(4, "missing ids")
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_ONLINE_IDS or not all(isinstance(one, str) for one in ids):
        raise Refusal(3, "ids is not valid")
    return {"users": [_presence(world, one) for one in ids]}


def _presence(world: World, user_id: str) -> Json:
    person = world.people.get(user_id)
    if person is None or not person.subscribed:
        return {"id": user_id, "online_status": UNAVAILABLE, "online_status_message": "unavailable"}
    return {"id": user_id, "online_status": 0, "online_status_message": "online"}

"""The API side: POST /pa/<method>, the token in the header or in the body, HTTP 200 even for refusals."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.viber import webhook_events
from sandbox.viber.account import ACCEPTED
from sandbox.viber.bodies import TooLarge, parse_object, read_bounded
from sandbox.viber.checks import is_url
from sandbox.viber.faults import Fault
from sandbox.viber.keys import WORLD
from sandbox.viber.people_info import get_online, get_user_details
from sandbox.viber.refusal import NAMES, Refusal
from sandbox.viber.sending import broadcast_message, send_message
from sandbox.viber.webhook_events import HOSTNAME
from sandbox.viber.world import World

Json = dict[str, Any]
LARGEST_BODY = 30 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")
API_HEADER = "X-Viber-Auth-Token"


async def call_method(request: web.Request) -> web.StreamResponse:
    """One API call from the token to the log, with the faults that are on."""
    world = request.app[WORLD]
    endpoint = request.match_info["endpoint"]
    if endpoint not in METHODS or (request.method == "GET" and endpoint != "get_account_info"):
        raise web.HTTPNotFound
    body, refusal = await _read(world, request)
    fault = None if refusal else await _trouble(world, body)
    if fault is not None and fault.kind == "server_error":
        _log(world, endpoint, body, {"status": None, "status_message": "HTTP 500"})
        return web.Response(
            status=500, text="<html><body>Internal Server Error</body></html>", content_type="text/html"
        )
    answer = await _answer(world, endpoint, body, refusal, fault)
    _log(world, endpoint, body, answer)
    if fault is not None and fault.kind == "lost_answer" and request.transport is not None:
        request.transport.abort()
    return web.json_response(answer, dumps=lambda value: json.dumps(value, ensure_ascii=False))


async def _read(world: World, request: web.Request) -> tuple[Json, Refusal | None]:
    try:
        raw = await read_bounded(request, LARGEST_BODY)
    except TooLarge:
        return {}, Refusal(3, "Maximum total JSON size of the request is 30kb")
    try:
        body = parse_object(raw) if raw else {}
    except ValueError:
        return {}, Refusal(3, "request body is not a valid JSON object")
    inside = body.pop("auth_token", None)
    token = request.headers.get(API_HEADER, inside)
    if token is None:
        return body, Refusal(2, "missing_auth_token")
    return body, None if world.account.knows(token) else Refusal(2)


async def _trouble(world: World, body: Json) -> Fault | None:
    receiver = body.get("receiver")
    user = receiver if isinstance(receiver, str) else None
    if slow := world.faults.take(user, "slow"):
        await asyncio.sleep(slow.seconds)
    return world.faults.take(user, "server_error", "status", "lost_answer")


async def _answer(world: World, endpoint: str, body: Json, refusal: Refusal | None, fault: Fault | None) -> Json:
    try:
        if refusal is not None:
            raise refusal
        if fault is not None and fault.kind == "status":
            raise Refusal(fault.status)
        return {"status": 0, "status_message": NAMES[0]} | await METHODS[endpoint](world, body)
    except Refusal as refused:
        message = {} if refused.message is None else {"status_message": refused.message}
        return {"status": refused.status, **message, "chat_hostname": HOSTNAME}


def _log(world: World, endpoint: str, body: Json, answer: Json) -> None:
    at = world.clock.time()
    token = {"message_token": str(answer["message_token"])} if "message_token" in answer else {}
    outcome = {"status": answer["status"], "status_message": answer.get("status_message")}
    world.calls.append({"at": at, "endpoint": endpoint, "request": body, **outcome, **token})
    world.feed.tell("call", None, endpoint=endpoint, **outcome)


async def set_webhook(world: World, body: Json) -> Json:
    """Register, after a handshake at the address itself, or remove with an empty url."""
    url, events = body.get("url"), body.get("event_types")
    if url is None:
        raise Refusal(4, "missing url")
    if url == "":
        world.account.unregister()
        return {"chat_hostname": HOSTNAME, "event_types": []}
    if events is not None and (
        not isinstance(events, list) or not all(isinstance(name, str) and name in ACCEPTED for name in events)
    ):
        raise Refusal(3, "event_types is not valid")
    if not is_url(url) or (urlsplit(url).scheme == "http" and urlsplit(url).hostname not in LOOPBACK):
        raise Refusal(1)
    hello = webhook_events.event("webhook", world.clock.milliseconds(), world.token())
    if not await world.courier.handshake(url, hello):
        raise Refusal(1, None)
    world.account.register(url, events)
    world.account.send_name = body.get("send_name") is True
    world.account.send_photo = body.get("send_photo") is True
    return {"chat_hostname": HOSTNAME, "event_types": list(world.account.event_types)}


async def get_account_info(world: World, body: Json) -> Json:
    account = world.account
    place = {"lon": 30.5234, "lat": 50.4501}
    shown = {"id": account.id, "chat_hostname": HOSTNAME, "name": account.name, "uri": account.uri}
    subscribers = sum(person.subscribed for person in world.people.values())
    kind = {"icon": account.avatar, "background": "", "category": "Food & Beverage", "subcategory": "Wholesale"}
    found = {"location": place, "country": "UA", "webhook": account.webhook, "event_types": list(account.event_types)}
    return shown | kind | found | {"subscribers_count": subscribers, "members": []}


METHODS: dict[str, Callable[[World, Json], Awaitable[Json]]] = {
    "set_webhook": set_webhook,
    "send_message": send_message,
    "broadcast_message": broadcast_message,
    "get_account_info": get_account_info,
    "get_user_details": get_user_details,
    "get_online": get_online,
}

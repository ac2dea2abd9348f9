"""The control side under /_control/: loopback only, JSON, and a list of its own routes."""

import ipaddress
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.viber import control_acts, control_files, control_people, control_state, control_watch, pages
from sandbox.viber.acting import Impossible
from sandbox.viber.asked import Asked, Wrong, query_asked, read_asked

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Asked], Awaitable[Any]]

READS: dict[str, tuple[Act, str]] = {
    "users": (control_people.list_people, "the people who have Viber"),
    "chat": (control_people.show_chat, "the same as chat/{user}: ?user="),
    "chat/{user:.+}": (
        control_people.show_chat,
        "messages as the client shows them, the current keyboard, the subscription",
    ),
    "account": (control_state.show_account, "the bot's account: name, webhook, billing"),
    "calls": (control_watch.list_calls, "API calls, without the token"),
    "callbacks": (control_watch.list_callbacks, "callbacks sent to the bot and its answers: ?user= ?event="),
    "idle": (control_watch.wait_until_idle, "answers when every callback that is due has been tried: ?seconds=5"),
    "faults": (control_state.list_faults, "the troubles that are on"),
    "clock": (control_state.show_clock, "the sandbox's time"),
}
WRITES: dict[str, tuple[Act, str]] = {
    "users": (control_people.add_person, "{id?, name?, phone?, language?, country?, api_version?, desktop?, devices?}"),
    "forget": (control_people.forget, "{user}: the person starts anew, as one who never met the bot"),
    "open": (
        control_acts.open_chat,
        "{user, context?}: conversation_started; its answer may carry the welcome message",
    ),
    "say": (control_acts.say, "{user, text}"),
    "tap": (
        control_acts.tap,
        "{user, index | action_body, message?, silent?, lat?, lon?}: a button of the keyboard or of"
        " the rich media message `message`, or any ActionBody typed by hand",
    ),
    "share_phone": (control_acts.share_phone, "{user, phone?, empty?}: the confirmed share-phone button"),
    "send_contact": (control_acts.send_contact, "{user, phone, name?}: a card from the address book"),
    "send_location": (control_acts.send_location, "{user, lat, lon}"),
    "send_sticker": (control_acts.send_sticker, "{user, sticker_id?}"),
    "send_url": (control_acts.send_url, "{user, url}"),
    "send_picture": (
        control_files.send_picture,
        "{user, name?, content_base64?, text?}, or the raw bytes with ?user=&name=",
    ),
    "send_file": (control_files.send_file, "{user, name?, content_base64?}, or the raw bytes with ?user=&name="),
    "send_video": (control_files.send_video, "{user, name?, content_base64?}, or the raw bytes with ?user=&name="),
    "seen": (control_acts.see, "{user}: the person looks at the chat"),
    "block": (control_acts.block, "{user}: unsubscribed"),
    "subscribe": (control_acts.subscribe, "{user}: subscribed, also after a block"),
    "client_status": (control_acts.report_payment, "{user, code?, tracking_data?}: how a payment went on the client"),
    "account": (
        control_state.change_account,
        "{name?, uri?, avatar?, billable?, free_quota?, balance?, can_broadcast?, callback_timeout?}",
    ),
    "repeat": (control_watch.repeat, "{user}: the last thing the person did is told once more, token and all"),
    "clock": (control_state.advance_clock, "{advance: seconds}: callbacks waiting for that time are tried again"),
    "faults": (control_state.add_fault, "{kind, count?, user?, seconds?, status?}: count 0 is until deleted"),
    "reset": (
        control_state.reset,
        "{webhook?}: people, logs, faults and time as at the start; the webhook too if asked",
    ),
}
DELETES: dict[str, tuple[Act, str]] = {
    "calls": (control_watch.clear_calls, "empty the log of API calls"),
    "callbacks": (control_watch.clear_callbacks, "empty the log of callbacks"),
    "faults": (control_state.clear_faults, "switch every trouble off"),
}
STREAMS: dict[str, tuple[Handler, str]] = {
    "events": (control_watch.stream, "Server-Sent Events of everything that changes: ?user="),
    "phone": (pages.phone_page, "the phone in a browser: ?user="),
    "static/{name}": (pages.static_file, "phone.js and phone.css"),
}


def add_control(app: web.Application) -> None:
    """Add every control route and the list of them."""
    app.router.add_get("/_control/", _index)
    for path, (stream, _) in STREAMS.items():
        app.router.add_get(f"/_control/{path}", stream)
    for path, (act, _) in READS.items():
        app.router.add_get(f"/_control/{path}", _reader(act))
    for path, (act, _) in WRITES.items():
        app.router.add_post(f"/_control/{path}", _writer(act))
    for path, (act, _) in DELETES.items():
        app.router.add_delete(f"/_control/{path}", _reader(act))


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse control requests from other machines and from other sites open in a browser here."""
    if "/_control" in request.path and not _is_near(request):
        return _json({"error": "the control side answers on loopback only"}, 403)
    return await handler(request)


def _is_near(request: web.Request) -> bool:
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    if not isinstance(peer, tuple) or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return False
    address = ipaddress.ip_address(str(peer[0]).split("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _reader(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await _run(act, query_asked(request))

    return handle


def _writer(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        raw_file = request.query.get("user") is not None and not request.content_type.endswith("json")
        try:
            asked = query_asked(request) if raw_file else await read_asked(request)
        except Wrong as wrong:
            return _json({"error": str(wrong)}, 400)
        return await _run(act, asked)

    return handle


async def _run(act: Act, asked: Asked) -> web.StreamResponse:
    try:
        return _json(await act(asked), 200)
    except Wrong as wrong:
        return _json({"error": str(wrong)}, 400)
    except Impossible as impossible:
        return _json({"error": str(impossible)}, 409)
    except OverflowError as full:
        return _json({"error": str(full)}, 429)


async def _index(request: web.Request) -> web.StreamResponse:
    tables: list[tuple[str, Any]] = [("GET", STREAMS), ("GET", READS), ("POST", WRITES), ("DELETE", DELETES)]
    return _json(
        {f"{verb} {path.replace(':.+', '')}": what for verb, table in tables for path, (_, what) in table.items()}
    )


def _json(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=lambda one: json.dumps(one, ensure_ascii=False))

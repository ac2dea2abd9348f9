"""The control side under /_control/: loopback only, JSON, and a list of its own routes."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.loopback import loopback_only
from sandbox.telegram.acting import Impossible
from sandbox.telegram.control import acts, pages, people, state, topics
from sandbox.telegram.control.asked import Asked, Unknown, Wrong, query_asked, read_asked

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Asked], Awaitable[Any]]

READS: dict[str, tuple[Act, str]] = {
    "users": (people.list_users, "the accounts"),
    "chats": (people.list_chats, "the groups"),
    "chat/{chat}": (
        people.show_chat,
        "messages as the client shows them, the reply keyboard, blocked, typing; a private chat has the user's id;"
        " addresses of files are relative to the sandbox's root",
    ),
    "calls": (state.list_calls, "the log of API calls, newest last, without the token: ?method="),
    "updates": (state.list_updates, "updates waiting for the bot"),
    "idle": (state.wait_until_idle, "answers when the webhook took every update: ?seconds=5"),
    "faults": (state.list_faults, "the troubles that are on, and every kind there is"),
    "limits": (state.show_limits, "whether the limits of sending are on"),
    "clock": (state.show_clock, "the sandbox's time"),
}
WRITES: dict[str, tuple[Act, str]] = {
    "users": (people.add_user, "{id?, first_name?, last_name?, username?, language_code?, phone?}"),
    "chats": (
        people.add_chat,
        "{title, type: group|supergroup, id?, members?: [user], administrators?: [user], is_forum?,"
        " bot?: administrator|member|left|kicked, rights?: {can_manage_topics: true|false, ...}}",
    ),
    "members": (
        people.change_members,
        "{chat, add?: [user], remove?: [user], bot?: status, rights?: {can_manage_topics: true|false, ...}}",
    ),
    "create_topic": (topics.create, "{user, chat, name}"),
    "rename_topic": (topics.rename, "{user, chat, thread, name}"),
    "close_topic": (topics.close, "{user, chat, thread, closed?: true}; thread 1 is the General topic"),
    "delete_topic": (topics.delete, "{user, chat, thread}: with its messages, and the bot is told nothing"),
    "migrate": (people.migrate, "{chat}: the group becomes a supergroup"),
    "say": (acts.say, "{user, text, chat?, forward?: {id | first_name}, reply_to?, thread?}"),
    "start": (acts.start, "{user, payload?}: the START button or the bot's link"),
    "edit": (acts.edit, "{user, message_id, text, chat?}: the person edits an own message or the words under its file"),
    "tap": (
        acts.tap,
        "{user, message_id, row, column | data, chat?, wait?: 5}: an inline button, or any data as a hostile client"
        " sends; answers {query_id, answered, text, show_alert, url}",
    ),
    "share_phone": (acts.share_phone, "{user, phone?, contact_user_id?: id|null, forwarded?: {id | first_name}}"),
    "send_photo": (
        acts.send_photo,
        "{user, content_base64, name?, caption?, chat?, reply_to?, thread?}, or a multipart form with a file",
    ),
    "send_file": (
        acts.send_file,
        "{user, content_base64, name?, caption?, chat?, reply_to?, thread?}, or a multipart form with a file",
    ),
    "block": (people.block, "{user}: blocks the bot"),
    "unblock": (people.unblock, "{user}"),
    "deactivate": (people.deactivate, "{user}: the account is deleted"),
    "forget": (people.forget, "{user}: the chat is as before the first message"),
    "faults": (
        state.add_fault,
        "{kind, method?, chat?, count?: 1 (0 until deleted), seconds?, status?}; kinds: see GET faults",
    ),
    "limits": (state.set_limits, "{enabled?, burst?}: limits of sending and the burst of one chat"),
    "repeat": (state.repeat, "{user}: the chat's last update comes at least once more"),
    "clock": (state.advance_clock, "{advance: seconds}"),
    "reset": (
        state.reset,
        "no people, chats, files, logs, faults, updates; the webhook and the commands that the bot set stay",
    ),
}
DELETES: dict[str, tuple[Act, str]] = {
    "calls": (state.clear_calls, "empty the log of API calls"),
    "faults": (state.clear_faults, "switch every trouble off"),
}
STREAMS: dict[str, tuple[Handler, str]] = {
    "events": (
        pages.stream,
        "Server-Sent Events: message, edited, deleted, callback_answer, reply_keyboard, force_reply, chat_action, chat,"
        " pinned, topics, standing, commands, call_error, resync, reset: ?chat=",
    ),
    "phone": (pages.phone_page, "the phone in a browser: ?user=&chat="),
    "files/{id}": (pages.kept_file, "a file by its file_id"),
    "static/{name}": (pages.static_file, "phone.js, phone.css and what they need"),
}


def create_control() -> web.Application:
    """The application to be mounted under /_control/."""
    app = web.Application(middlewares=[loopback_only])
    app.router.add_get("/", _index)
    for path, (stream, _) in STREAMS.items():
        app.router.add_get(f"/{path}", stream)
    for path, (act, _) in READS.items():
        app.router.add_get(f"/{path}", _reader(act))
    for path, (act, _) in WRITES.items():
        app.router.add_post(f"/{path}", _writer(act))
    for path, (act, _) in DELETES.items():
        app.router.add_delete(f"/{path}", _reader(act))
    return app


def _reader(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await _run(act, query_asked(request))

    return handle


def _writer(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            asked = await read_asked(request)
        except Wrong as wrong:
            return _json({"error": str(wrong)}, 400)
        return await _run(act, asked)

    return handle


async def _run(act: Act, asked: Asked) -> web.StreamResponse:
    try:
        return _json(await act(asked), 200)
    except Wrong as wrong:
        return _json({"error": str(wrong)}, 400)
    except Unknown as unknown:
        return _json({"error": str(unknown)}, 404)
    except Impossible as impossible:
        return _json({"error": str(impossible)}, 409)
    except OverflowError as full:
        return _json({"error": str(full)}, 429)


async def _index(request: web.Request) -> web.StreamResponse:
    tables: list[tuple[str, dict[str, tuple[Any, str]]]] = [
        ("GET", STREAMS),
        ("GET", READS),
        ("POST", WRITES),
        ("DELETE", DELETES),
    ]
    return _json({f"{verb} {path}": what for verb, table in tables for path, (_, what) in table.items()})


def _json(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, dumps=lambda one: json.dumps(one, ensure_ascii=False))

"""Control side: time, troubles, limits, what waits for the bot, the log of calls, the beginning anew."""

import asyncio
from contextlib import suppress
from typing import Any

from sandbox.telegram.acting import Impossible
from sandbox.telegram.control.asked import Asked, Wrong
from sandbox.telegram.faults import DEFAULT_SECONDS, KINDS, Fault

Json = dict[str, Any]
LONGEST_WAIT = 60.0


async def show_clock(asked: Asked) -> Json:
    return {"now": asked.world.clock.time()}


async def advance_clock(asked: Asked) -> Json:
    asked.world.clock.advance(asked.number("advance", highest=10 * 365 * 86400))
    return await show_clock(asked)


async def list_faults(asked: Asked) -> Any:
    return {"on": asked.world.faults.view(), "kinds": KINDS}


async def add_fault(asked: Asked) -> Any:
    kind = asked.text("kind")
    if kind not in KINDS:
        raise Wrong(f"kind: one of {', '.join(KINDS)} is expected")
    fault = Fault(
        kind=kind,
        method=asked.text("method", "", 64),
        chat=asked.optional_whole("chat"),
        count=int(asked.number("count", 1)),
        seconds=asked.number("seconds", DEFAULT_SECONDS.get(kind, 0.0), highest=3600),
        status=int(asked.number("status", 500, 500, 599)),
    )
    try:
        asked.world.faults.add(fault)
    except ValueError as full:
        raise Wrong(str(full)) from None
    return asked.world.faults.view()


async def clear_faults(asked: Asked) -> Any:
    asked.world.faults.clear()
    asked.world.mailbox.release_held()
    return []


async def show_limits(asked: Asked) -> Json:
    return {"enabled": asked.world.limits.enabled, "burst": asked.world.limits.burst}


async def set_limits(asked: Asked) -> Json:
    limits = asked.world.limits
    limits.set(asked.flag("enabled", limits.enabled), asked.number("burst", limits.burst, 1, 1e6))
    return await show_limits(asked)


async def list_updates(asked: Asked) -> list[Json]:
    return [entry.update for entry in asked.world.mailbox.pending()]


async def repeat(asked: Asked) -> Json:
    chat = asked.chat()
    if not asked.world.mailbox.repeat(chat.id):
        raise Impossible("the chat has had no update yet")
    return {"ok": True}


async def wait_until_idle(asked: Asked) -> Json:
    """{"idle": false} when updates are still on their way to the webhook after `seconds`."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asked.courier.settled(), min(asked.number("seconds", 5.0), LONGEST_WAIT))
    return {"idle": asked.courier.is_idle()}


async def list_calls(asked: Asked) -> list[Json]:
    method = asked.text("method", "").lower()
    return [call for call in asked.world.calls if method in ("", call["method"].lower())]


async def clear_calls(asked: Asked) -> list[Json]:
    asked.world.calls.clear()
    return []


async def reset(asked: Asked) -> Json:
    asked.world.reset()
    return {"now": asked.world.clock.time()}

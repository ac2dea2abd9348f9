"""Control side: the account, time, troubles, and a fresh start."""

import asyncio
from typing import Any

from sandbox.viber.asked import Asked, Wrong
from sandbox.viber.faults import KINDS, Fault

LONGEST_SLOW = 60


async def show_account(asked: Asked) -> Any:
    return asked.world.account.view()


async def change_account(asked: Asked) -> Any:
    """Only the named fields change; `balance` null is an endless purse."""
    account = asked.world.account
    account.name = asked.text("name", account.name, 75)
    account.uri = asked.text("uri", account.uri, 75)
    account.avatar = asked.text("avatar", account.avatar, 2000)
    account.billable = asked.flag("billable", account.billable)
    account.can_broadcast = asked.flag("can_broadcast", account.can_broadcast)
    account.free_quota = asked.whole("free_quota", account.free_quota)
    account.callback_timeout = asked.number("callback_timeout", account.callback_timeout, 0.05, 60)
    if "balance" in asked.fields:
        account.balance = asked.whole("balance") if asked.has("balance") else None
    asked.world.feed.tell("account")
    return account.view()


async def show_clock(asked: Asked) -> Any:
    return {"now": asked.world.clock.time()}


async def advance_clock(asked: Asked) -> Any:
    """Callbacks whose time has come by then are on their way when this answers."""
    asked.world.clock.advance(asked.number("advance", highest=10**8))
    for _ in range(5):
        await asyncio.sleep(0)
    return {"now": asked.world.clock.time()}


async def list_faults(asked: Asked) -> Any:
    return asked.world.faults.view()


async def add_fault(asked: Asked) -> Any:
    kind = asked.text("kind")
    if kind not in KINDS:
        raise Wrong(f"kind: one of {', '.join(KINDS)} is expected")
    user = asked.person().id if asked.has("user") else None
    seconds, status = asked.number("seconds", 1.0, 0, LONGEST_SLOW), asked.whole("status", 12, 1, 999)
    fault = Fault(kind, asked.whole("count", 1, 0, 10_000), user, seconds, status)
    asked.world.faults.add(fault)
    return fault.view()


async def clear_faults(asked: Asked) -> Any:
    asked.world.faults.clear()
    return []


async def reset(asked: Asked) -> Any:
    await asked.world.reset(webhook=asked.flag("webhook"))
    return {"ok": True}

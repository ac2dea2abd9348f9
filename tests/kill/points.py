"""Where the product can be made to die: each point is one place of the real code, struck while its fuse lies there."""

import asyncio
import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.conversation import pipeline
from bot.db import held_orders, inbox, sqlite
from bot.services import held_orders as held_orders_service
from integrations.telegram import limits, showing
from integrations.viber import outbox, reception

BOOKKEEPING = {"_meet", "_keep", "_kept", "_done", "_sent", "_delivered", "_unreachable", "forget"}
"""Writes of the desk beside the one that carries the turn's effect."""


def lay(point: str, fuse: Path) -> None:
    """Patch the place, once, in this process; it strikes when the fuse is there, and takes the fuse with it."""
    limits.Limits.pause = lambda *_: 0.0  # type: ignore[method-assign]  # a hundred screens in a few seconds
    reception.WELCOME_DEADLINE = 10.0  # a busy machine must not decide which way a welcome goes

    def strike() -> None:
        try:
            fuse.unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    if point == "held":
        _hold(fuse)
    else:
        POINTS[point](strike)


def _before_commit(strike: Callable[[], None]) -> None:
    """The turn's effect is done in its transaction, which is not committed."""
    _around_write(in_transaction=strike, after_commit=lambda: None)


def _after_commit(strike: Callable[[], None]) -> None:
    """The turn's effect is committed; the handler has not drawn the screen yet."""
    _around_write(in_transaction=lambda: None, after_commit=strike)


def _around_write(in_transaction: Callable[[], None], after_commit: Callable[[], None]) -> None:
    write, apply = sqlite.SqliteBooks.write, sqlite.SqliteBooks.apply

    async def struck_write(self: Any, body: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if isinstance(body, functools.partial) or body.__name__ in BOOKKEEPING:  # the worker takes a job by a partial
            return await write(self, body, *args, **kwargs)
        result = await write(self, _then(body, in_transaction), *args, **kwargs)
        after_commit()
        return result

    async def struck_apply(self: Any, turn: Any, effect: Callable[..., Any], view: Callable[..., Any]) -> Any:
        result = await apply(self, turn, effect, _then(view, in_transaction))
        after_commit()
        return result

    sqlite.SqliteBooks.write = struck_write  # type: ignore[method-assign]
    sqlite.SqliteBooks.apply = struck_apply  # type: ignore[method-assign]


def _before_screen(strike: Callable[[], None]) -> None:
    """The kernel has answered; nothing has gone to the messenger."""
    pipeline.Pipeline.answer = _then_async(pipeline.Pipeline.answer, strike)  # type: ignore[method-assign]


def _after_screen(strike: Callable[[], None]) -> None:
    """The screen is out; the event is still in the inbox, or its webhook not answered."""
    showing.Showing.show = _then_async(showing.Showing.show, strike)  # type: ignore[method-assign]
    outbox.Outbox.deliver = _then_async(outbox.Outbox.deliver, strike)  # type: ignore[method-assign]
    outbox.Outbox.welcome = _then(outbox.Outbox.welcome, strike)  # type: ignore[method-assign]


def _in_keep(strike: Callable[[], None]) -> None:
    """The event is in the inbox by a transaction that is not committed."""
    inbox.InboxEvents.keep = _then(inbox.InboxEvents.keep, strike)  # type: ignore[method-assign]


def _after_keep(strike: Callable[[], None]) -> None:
    """The event is kept; the messenger has not been told so, and nobody has begun to answer."""
    pipeline.Pipeline.keep = _then_async(pipeline.Pipeline.keep, strike)  # type: ignore[method-assign]


def _hold(fuse: Path) -> None:
    """Not a death: a turn stays in hand as long as the fuse is there, and tells so by a file beside it."""
    answer = pipeline.Pipeline.answer

    async def held_answer(self: Any, event: Any) -> Any:
        while _burns(fuse):  # noqa: ASYNC110 a file is the only thing two processes share
            await asyncio.sleep(0.01)
        return await answer(self, event)

    pipeline.Pipeline.answer = held_answer  # type: ignore[method-assign]


def _burns(fuse: Path) -> bool:
    burns = fuse.exists()
    if burns:
        fuse.with_suffix(".held").touch()
    return burns


def _then(call: Callable[..., Any], what: Callable[[], None]) -> Any:
    @functools.wraps(call)
    def called(*args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        what()
        return result

    return called


def _then_async(call: Callable[..., Any], what: Callable[[], None]) -> Any:
    @functools.wraps(call)
    async def called(*args: Any, **kwargs: Any) -> Any:
        result = await call(*args, **kwargs)
        what()
        return result

    return called


def _in_release(strike: Callable[[], None]) -> None:
    """A held order is let go by a transaction that is not committed."""
    held_orders.HeldOrders.release = _then(held_orders.HeldOrders.release, strike)  # type: ignore[method-assign]


def _after_release(strike: Callable[[], None]) -> None:
    """It is let go; the job that did it does not know that it is done."""
    service = held_orders_service.HeldOrders
    service.examine = _then_async(service.examine, strike)  # type: ignore[method-assign]


def _by_hand(strike: Callable[[], None]) -> None:
    """Nowhere by itself: the test decides when."""


POINTS = {
    "by_hand": _by_hand,
    "before_commit": _before_commit,
    "after_commit": _after_commit,
    "before_screen": _before_screen,
    "after_screen": _after_screen,
    "in_keep": _in_keep,
    "after_keep": _after_keep,
    "in_release": _in_release,
    "after_release": _after_release,
}

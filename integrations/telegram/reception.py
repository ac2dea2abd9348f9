"""One turn, whichever way its update came: the desk answers, the screen goes out, the button stops spinning."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aiogram.methods import AnswerCallbackQuery

from bot.conversation.event import Event, Kind
from bot.conversation.messenger import Desk
from bot.domain.errors import OutsideError
from bot.logs import log
from integrations.telegram.client import BotApi
from integrations.telegram.faults import TooMany
from integrations.telegram.lines import Lines
from integrations.telegram.outbox import Outbox
from integrations.telegram.rendering import answer_callback
from integrations.telegram.updates import CHANNEL, Closed, Gone, Incoming, Moved

_AT_ONCE = 32
_log = log("integrations.telegram")


@dataclass(frozen=True, slots=True)
class Reply:
    """The effects are committed; `toast` is to be called, `shown` ends when the screen is out or given up."""

    toast: AnswerCallbackQuery | None = None
    shown: asyncio.Future[str] | None = None


class Reception:
    """Different chats in parallel, a few at once; one chat in order."""

    def __init__(self, desk: Desk, api: BotApi, outbox: Outbox) -> None:
        self.lines = Lines()
        self._desk = desk
        self._api = api
        self._outbox = outbox
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def turn(self, incoming: Incoming) -> Reply:
        """To be called within the chat's line. Raises whatever the desk raises."""
        async with self._places:
            match incoming.news:
                case Event() as event:
                    return await self._answered(event, incoming)
                case Moved(old, new):
                    await self._outbox.moved(old, new)
                case Gone(chat):
                    await self._desk.unreachable(CHANNEL, chat)
                case Closed(chat, thread, closed):
                    await self._desk.thread_closed(CHANNEL, chat, thread, closed=closed)
                case None:
                    pass
        return Reply(answer_callback(incoming.callback) if incoming.callback else None)

    async def _answered(self, event: Event, incoming: Incoming) -> Reply:
        screen = await self._desk.answer(event)
        toast = None
        if incoming.callback is not None:
            toast = answer_callback(incoming.callback, screen.notice if screen else "")
        if screen is None:
            return Reply(toast)
        if event.kind is Kind.TAPPED and screen.notice:
            screen = replace(screen, notice="")
        await self._outbox.settle(incoming.chat)
        sent = self._outbox.put(incoming.chat, screen, event.origin, insists=True, thread=event.thread)
        sent.add_done_callback(partial(_watch, incoming.chat))
        return Reply(toast, sent)

    async def stop_spinning(self, toast: AnswerCallbackQuery) -> None:
        """Answer a tap by a call of its own; a tap too old to be answered is no trouble."""
        try:
            await self._api.call(toast)
        except TooMany as error:
            self._outbox.block_all(error.retry_after)
        except OutsideError as error:
            _log.info("telegram tap not answered", reason=str(error)[:150])

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run it to its end, or to the end of `stop`."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def in_hand(self) -> set[asyncio.Task[Any]]:
        return self._tasks

    async def stop(self, grace: float) -> None:
        """Finish what is in hand; what is left after `grace` seconds is cancelled and stays with its sender."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=grace)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _watch(chat: str, sent: asyncio.Future[str]) -> None:
    error = None if sent.cancelled() else sent.exception()
    if isinstance(error, OutsideError):
        _log.warning("telegram screen not shown", chat=chat, kind=type(error).__name__, reason=str(error)[:200])
    elif error is not None:
        _log.error("telegram screen not shown", chat=chat, kind=type(error).__name__)

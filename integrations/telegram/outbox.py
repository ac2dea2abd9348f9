"""Screens on their way: in order for each chat, within Telegram's limits, tried again where that helps."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiogram.methods import TelegramMethod

from bot.conversation.event import Origin
from bot.conversation.messenger import Desk
from bot.conversation.screen import Attachment, Screen, Show
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.logs import log
from integrations.telegram.client import BotApi
from integrations.telegram.faults import SYSTEM, Blocked, Migrated, TooMany
from integrations.telegram.limits import Limits
from integrations.telegram.remembered import Remembered
from integrations.telegram.showing import Address, Showing
from integrations.telegram.tempo import Tempo
from integrations.telegram.updates import CHANNEL

_BACKLOG = 8
_MOVES = 1000
_log = log("integrations.telegram")


@dataclass(slots=True, eq=False)
class _Parcel:
    """`insists`: somebody waits for it, so twice is better than never."""

    screen: Screen
    origin: Origin | None
    insists: bool
    thread: int | None = None
    reply_to: int | None = None
    done: asyncio.Future[str] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def is_outdated_by(self, newer: "_Parcel") -> bool:
        """Both go into the same message, so only the newer would be seen."""
        both = (self, newer)
        return (
            self.origin is not None
            and self.origin == newer.origin
            and all(parcel.screen.show is Show.REPLACE for parcel in both)
            and not isinstance(self.screen.media, Attachment)
        )


class Outbox:
    """A queue and, while it is not empty, one task for each chat."""

    def __init__(self, api: BotApi, desk: Desk, tempo: Tempo) -> None:
        self._showing = Showing(api)
        self._desk = desk
        self._tempo = tempo
        self._limits = Limits()
        self._moves: Remembered[str, str] = Remembered(_MOVES)
        self._queues: dict[str, deque[_Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(
        self,
        chat: str,
        screen: Screen,
        origin: Origin | None = None,
        *,
        insists: bool = False,
        thread: str = "",
        reply_to: str = "",
    ) -> asyncio.Future[str]:
        """To the end of the chat's queue; what comes back raises Unavailable, Rejected or Ambiguous when awaited."""
        parcel = _Parcel(screen, origin, insists, _message(thread), _message(reply_to))
        chat = self._moves.get(chat) or chat
        queue = self._queues.get(chat)
        if queue is not None:
            queue.append(parcel)
            return parcel.done
        self._queues[chat] = deque([parcel])
        task = asyncio.create_task(self._drain(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return parcel.done

    async def call(self, chat: str, method: TelegramMethod[Any]) -> Any:
        """Something else that counts as a message to the chat; waits for its place. Raises as `call` of the API."""
        await asyncio.sleep(self._limits.pause(chat, _now()))
        self._limits.take(chat, _now())
        try:
            return await self._showing.call(method)
        except TooMany as error:
            self._limits.block(chat, _now() + error.retry_after)
            raise

    async def renew(self, chat: str, message: str, screen: Screen) -> bool:
        """An earlier message as it is now, beside whatever waits in the chat's queue."""
        self._limits.take(chat, _now())
        return await self._showing.renew(_number(chat), message, screen)

    async def settle(self, chat: str) -> None:
        """Wait while the chat has too many screens on their way."""
        while (queue := self._queues.get(chat)) and len(queue) > _BACKLOG:
            await asyncio.wait({queue[0].done})

    async def moved(self, chat: str, new_id: str) -> None:
        """The group has a new id, for the desk and for what is sent to it under the old one."""
        await self._desk.moved(CHANNEL, chat, new_id)
        self._moves.put(chat, new_id)

    def block_all(self, seconds: float) -> None:
        """Telegram asked for a pause without naming a chat."""
        self._limits.block(None, _now() + seconds)

    async def stop(self, grace: float) -> None:
        """What is not sent in `grace` seconds is cancelled."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=grace)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _drain(self, chat: str) -> None:
        queue = self._queues[chat]
        try:
            while queue:
                await self._settle(chat, queue)
        finally:
            del self._queues[chat]
            for parcel in queue:
                parcel.done.cancel()

    async def _settle(self, chat: str, queue: deque[_Parcel]) -> None:
        """The first of the queue leaves it, one way or another."""
        parcel = queue[0]
        try:
            message = ""
            if not parcel.done.done():  # nobody waits for it any more
                message = await self._deliver(chat, parcel, queue)
        except Exception as error:
            if not parcel.done.done():
                parcel.done.set_exception(error)
        else:
            if not parcel.done.done():
                parcel.done.set_result(message)
        queue.popleft()

    async def _deliver(self, chat: str, parcel: _Parcel, queue: deque[_Parcel]) -> str:
        """The message in which it stands; none where something newer took its place."""
        deadline = _now() + self._tempo.longest_wait
        failures = 0
        while True:
            if _is_outdated(queue) or not await self._place(chat, queue, deadline):
                return ""
            try:
                return await self._once(chat, parcel)
            except TooMany as error:
                self._limits.block(chat, _now() + error.retry_after)
            except (Unavailable, Ambiguous) as error:
                failures += 1
                if failures >= self._tempo.sends or (isinstance(error, Ambiguous) and not parcel.insists):
                    raise
                await asyncio.sleep(self._tempo.pause(failures))

    async def _place(self, chat: str, queue: deque[_Parcel], deadline: float) -> bool:
        """Wait for a place under the limits. False where something newer has come meanwhile; raises Unavailable."""
        while pause := self._limits.pause(chat, _now(), queue[0].insists):
            if _now() + pause > deadline:
                raise Unavailable(SYSTEM, "send", "too many messages")
            await asyncio.sleep(pause)
            if _is_outdated(queue):
                return False
        self._limits.take(chat, _now())
        return True

    async def _once(self, chat: str, parcel: _Parcel) -> str:
        try:
            message = await self._showing.show(
                Address(_number(chat), parcel.thread, parcel.reply_to), parcel.screen, parcel.origin
            )
        except Blocked:
            await self._desk.unreachable(CHANNEL, chat)
            raise
        except Migrated as moved:
            _log.info("telegram group moved", chat=chat, to=moved.new_id)
            await self.moved(chat, str(moved.new_id))
            return await self._showing.show(Address(moved.new_id, parcel.thread), parcel.screen, None)
        in_place = parcel.origin is not None and parcel.origin.message_id == message
        if message and (parcel.screen.about or in_place):
            await self._desk.shown(CHANNEL, chat, message, parcel.screen.about)
        return message


def _is_outdated(queue: deque[_Parcel]) -> bool:
    return len(queue) > 1 and queue[0].is_outdated_by(queue[1])


def _number(chat: str) -> int:
    try:
        return int(chat)
    except ValueError:
        raise Rejected(SYSTEM, "send", "not a chat id") from None


def _message(written: str) -> int | None:
    """A message or a topic as Telegram numbers it; None where another messenger named it."""
    return int(written) if written.isdecimal() and len(written) < 16 else None


def _now() -> float:
    return asyncio.get_running_loop().time()

"""Updates waiting for the bot, and the long poll that hands them out."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.clock import Clock
from sandbox.telegram.errors import conflict
from sandbox.telegram.faults import Faults

Json = dict[str, Any]
KEPT_SECONDS = 24 * 3600
KEPT_UPDATES = 10_000
LONGEST_POLL = 50
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_ID = 700_000_001


@dataclass(slots=True)
class Entry:
    """One update; `again` is how many more times it will be delivered after it was confirmed."""

    id: int
    chat: int | None
    update: Json
    at: float
    again: int = 0


class Mailbox:
    """Pending updates in order, for 24 hours at most, by polling or for the courier."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock, self._faults = clock, faults
        self._entries: dict[int, Entry] = {}
        self._by_chat: dict[int | None, dict[int, Entry]] = {}
        self._latest: dict[int | None, Entry] = {}
        self._held: list[Entry] = []
        self._release: asyncio.Task[None] | None = None
        self._last_id = FIRST_ID - 1
        self._poll: asyncio.Future[str] | None = None
        self.allowed: list[str] = []
        self.arrived = asyncio.Event()

    def put(self, kind: str, chat: int | None, body: Json) -> None:
        """A new update, unless the bot did not ask for its kind."""
        if not self._wanted(kind):
            return
        self._last_id += 1
        entry = Entry(self._last_id, chat, {"update_id": self._last_id, kind: body}, self._clock.time())
        self._latest[chat] = entry
        if self._faults.of_update("duplicate_update", chat):
            entry.again = 1
        held = self._faults.of_update("reorder_updates", chat) if not self._held else None
        if held is not None:
            self._held.append(entry)
            self._release = asyncio.create_task(self._release_later(held.seconds))
            return
        self._add(entry)
        self.release_held()

    def repeat(self, chat: int) -> bool:
        """Bring the chat's last update at least once more, as after a lost confirmation; False where there was none."""
        last = self._latest.get(chat)
        if last is None:
            return False
        last.again = 1
        self._add(last)
        return True

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _add(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self._by_chat.setdefault(entry.chat, {})[entry.id] = entry
        while len(self._entries) > KEPT_UPDATES:
            self.remove(next(iter(self._entries.values())))
        self.arrived.set()

    async def _release_later(self, seconds: float) -> None:
        await self._clock.until(self._clock.time() + seconds)
        self.release_held()

    def release_held(self) -> None:
        while self._held:
            self._add(self._held.pop(0))

    def remove(self, entry: Entry) -> None:
        self._entries.pop(entry.id, None)
        of_chat = self._by_chat.get(entry.chat, {})
        of_chat.pop(entry.id, None)
        if not of_chat:
            self._by_chat.pop(entry.chat, None)

    def delivered(self, entry: Entry) -> None:
        """Confirmed by the bot: gone, or kept to be delivered once more."""
        if entry.again:
            entry.again -= 1
        else:
            self.remove(entry)

    def _expire(self) -> None:
        oldest = self._clock.time() - KEPT_SECONDS
        while (first := next(iter(self._entries.values()), None)) and first.at < oldest:
            self.remove(first)

    def pending(self) -> list[Entry]:
        self._expire()
        return [*self._entries.values(), *self._held]

    def is_empty(self) -> bool:
        return not self._entries and not self._held

    def chats(self) -> Iterator[int | None]:
        yield from list(self._by_chat)

    def first_of(self, chat: int | None) -> Entry | None:
        """The oldest update of the chat that is not past its time."""
        self._expire()
        return next(iter(self._by_chat.get(chat, {}).values()), None)

    def clear(self) -> None:
        self._entries.clear()
        self._by_chat.clear()
        self._latest.clear()
        self._held.clear()

    def close(self) -> None:
        if self._release is not None:
            self._release.cancel()

    async def poll(self, offset: int, limit: int, patience: float) -> list[Json]:
        """getUpdates. Raises ApiError 409 when another poll or a webhook takes over."""
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._confirm(offset)
        poll = self._poll = asyncio.get_running_loop().create_future()
        deadline = asyncio.get_running_loop().time() + min(patience, LONGEST_POLL)
        try:
            while not (ready := self._ready(limit)) and (left := deadline - asyncio.get_running_loop().time()) > 0:
                await self._wait(poll, left)
        finally:
            if self._poll is poll:
                self._poll = None
        return ready

    async def _wait(self, poll: "asyncio.Future[str]", seconds: float) -> None:
        self.arrived.clear()
        waiter: asyncio.Future[Any] = asyncio.ensure_future(self.arrived.wait())
        try:
            await asyncio.wait([poll, waiter], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()
            with suppress(asyncio.CancelledError):
                await waiter
        if poll.done():
            raise conflict(poll.result())

    def interrupt(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    def _confirm(self, offset: int) -> None:
        """Every update below `offset` is confirmed; a negative one keeps only that many of the last."""
        entries = self.pending()
        if offset < 0:
            offset = entries[offset].id if len(entries) >= -offset else 0
        for entry in [one for one in entries if one.id < offset and one.id in self._entries]:
            self.delivered(entry)

    def _ready(self, limit: int) -> list[Json]:
        self._expire()
        return [entry.update for entry in islice(self._entries.values(), limit)]

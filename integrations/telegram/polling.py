"""Updates fetched, by one process at a time: kept first, and only then is Telegram told that they arrived."""

import asyncio
import json
from typing import Any

from aiogram.methods import DeleteWebhook, GetUpdates

from bot.conversation.messenger import Desk
from bot.domain.errors import Ambiguous
from bot.logs import log
from bot.ports import Clock
from integrations.telegram.client import BotApi
from integrations.telegram.faults import SYSTEM, Conflict
from integrations.telegram.inbox import Inbox
from integrations.telegram.stubborn import Stubborn
from integrations.telegram.tempo import Tempo
from integrations.telegram.updates import ALLOWED, CHANNEL, lean

_BATCH = 100
_SLACK = 15.0
_TASK = "telegram updates"
_log = log("integrations.telegram")


class Polling:
    """Runs until stopped; holds one long request open."""

    def __init__(self, api: BotApi, desk: Desk, inbox: Inbox, stubborn: Stubborn, now: Clock, tempo: Tempo) -> None:
        self._api = api
        self._desk = desk
        self._inbox = inbox
        self._stubborn = stubborn
        self._now = now
        self._tempo = tempo
        self._leading = False
        self._offset: int | None = None
        self._fetching: asyncio.Task[list[Any]] | None = None

    async def open(self) -> None:
        """Updates come by asking only where there is no webhook."""
        await self._api.call(DeleteWebhook())

    async def run(self) -> None:
        while await self._stubborn.until_done(self._step):
            pass

    def interrupt(self) -> None:
        """End the long request; what it would have brought comes with the next start."""
        if self._fetching is not None:
            self._fetching.cancel()

    async def resign(self) -> None:
        """To be called when nothing is in hand: the next process takes over what was left in the inbox."""
        self._leading = False
        await self._desk.resign(_TASK)

    async def _step(self) -> None:
        if not await self._leads():
            await self._stubborn.rest(self._tempo.standby)
            return
        await self._inbox.room()
        batch = await self._fetch()
        if not batch:
            return
        numbered = [update for update in batch if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        if len(numbered) < len(batch):
            _log.error("telegram updates without a number", count=len(batch) - len(numbered))
        if not numbered:
            raise Ambiguous(SYSTEM, "getUpdates", "unreadable answer")
        numbered.sort(key=lambda update: update["update_id"])
        events = [(str(update["update_id"]), json.dumps(lean(update))) for update in numbered]
        kept = await self._desk.keep(CHANNEL, events, self._now())
        self._offset = numbered[-1]["update_id"] + 1
        for one in kept:
            self._inbox.take(one)

    async def _leads(self) -> bool:
        """What the one before us left is taken before anything new, so that everybody is answered in order."""
        before, self._leading = self._leading, False
        if await self._desk.leads(_TASK):
            if not before:
                await self._inbox.replay(alone=True)
                _log.info("telegram updates are fetched here")
            self._leading = True
        elif before:
            _log.warning("telegram updates are fetched by another process now")
        return self._leading

    async def _fetch(self) -> list[Any]:
        self._fetching = asyncio.create_task(self._call())
        try:
            return await self._fetching
        except asyncio.CancelledError:
            if self._stubborn.ended:
                return []
            raise
        finally:
            self._fetching = None

    async def _call(self) -> list[Any]:
        asked = GetUpdates(limit=_BATCH, timeout=self._tempo.long_poll, allowed_updates=ALLOWED)
        if self._offset is not None:
            asked.offset = self._offset
        try:
            batch = await self._api.call(asked, patience=self._tempo.long_poll + _SLACK)
        except Conflict as conflict:
            if "webhook" in conflict.description:
                await self.open()
            raise
        return batch if isinstance(batch, list) else []

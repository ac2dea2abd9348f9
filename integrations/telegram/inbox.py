"""Updates kept by the desk, answered one by one and then let go; a crash on the way repeats, never loses."""

import asyncio

from bot.conversation.messenger import Desk, Kept
from bot.logs import log
from bot.ports import Clock
from integrations.telegram.reception import Reception, Reply
from integrations.telegram.rendering import answer_callback
from integrations.telegram.tempo import Tempo
from integrations.telegram.updates import CHANNEL, Incoming, read

_LIMIT = 1000
_log = log("integrations.telegram")


class Inbox:
    """Works off what was kept, here or by a process that lives no more."""

    def __init__(self, desk: Desk, reception: Reception, now: Clock, tempo: Tempo) -> None:
        self._desk = desk
        self._reception = reception
        self._now = now
        self._tempo = tempo

    async def replay(self, *, alone: bool = False) -> None:
        """Take what was accepted and is nobody's any more; `alone`: whatever is not ours."""
        for kept in await self._desk.kept(CHANNEL, alone=alone):
            self.take(kept)

    async def look_around(self) -> None:
        """Again and again until cancelled; it also keeps the others away from what is ours."""
        while True:
            await asyncio.sleep(self._tempo.look_around)
            try:
                await self.replay()
            except Exception as error:
                _log.error("telegram inbox not looked through", kind=type(error).__name__)

    def take(self, kept: Kept) -> None:
        self._reception.spawn(self._work(kept))

    async def room(self) -> None:
        """Wait while more is in hand than is sound."""
        while len(self._reception.in_hand) >= _LIMIT:
            await asyncio.wait(self._reception.in_hand, return_when=asyncio.FIRST_COMPLETED)

    async def _work(self, kept: Kept) -> None:
        incoming = read(kept.body, self._now())
        if incoming is not None:
            async with self._reception.lines.turn(incoming.chat):
                reply = await self._turn(incoming)
            if reply is None:
                return
            await self._finish(reply)
        await self._leave(kept)

    async def _turn(self, incoming: Incoming) -> Reply | None:
        """None when it cannot be done now: it stays in the inbox for the next start."""
        for pause in (*self._tempo.answers, None):
            try:
                return await self._reception.turn(incoming)
            except Exception as error:
                _log.error("telegram turn failed", kind=type(error).__name__, again=pause is not None)
            if pause is not None:
                await asyncio.sleep(pause)
        if incoming.callback is not None:
            await self._reception.stop_spinning(answer_callback(incoming.callback))
        return None

    async def _finish(self, reply: Reply) -> None:
        if reply.toast is not None:
            await self._reception.stop_spinning(reply.toast)
        if reply.shown is not None:
            await asyncio.wait({reply.shown})

    async def _leave(self, kept: Kept) -> None:
        try:
            await self._desk.done(kept.id)
        except Exception as error:
            _log.error("telegram update stays in the inbox", kept=kept.id, kind=type(error).__name__)

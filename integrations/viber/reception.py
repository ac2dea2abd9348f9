"""What arrives: kept first, answered in the background; a started conversation is answered on the spot."""

import asyncio

from viberbot.api.event_type import EventType

from bot.conversation.event import Event
from bot.conversation.messenger import Delivery, Desk, Kept
from bot.conversation.screen import Screen
from bot.domain.errors import OutsideError, Unavailable
from bot.logs import log
from bot.ports import Clock
from integrations.viber.lanes import Lanes
from integrations.viber.models import Callback, key_of, read_callback
from integrations.viber.outbox import Outbox
from integrations.viber.reading import CHANNEL, event_of
from integrations.viber.rendering import Message

WELCOME_DEADLINE = 0.8
"""Seconds; Viber shows the welcome only from the answer itself and does not say how long it waits."""
PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds between tries of one reply, while the person's later words wait behind it."""
_FAULTS = 3
"""Of these pauses so many for a fault of our own, which seldom passes and must not hold the person up."""
LOOK_AROUND = 10.0
"""Seconds between looks for what a process that died left behind."""
WORKERS = 16
WAITING = 2000
_WELCOMES = 200
_GRACE = 10.0
_DELIVERIES = {
    EventType.DELIVERED: Delivery.DELIVERED,
    EventType.SEEN: Delivery.SEEN,
    EventType.FAILED: Delivery.FAILED,
}
_log = log("integrations.viber")


class Busy(Exception):
    """More is waiting than is sound: Viber is to call again."""


class Reception:
    """Takes callbacks whose signature was checked."""

    def __init__(self, desk: Desk, outbox: Outbox, now: Clock) -> None:
        self._desk = desk
        self._outbox = outbox
        self._now = now
        self._lanes: Lanes[Kept] = Lanes(self._work, workers=WORKERS, limit=WAITING)
        self._welcomes: set[asyncio.Task[Screen | None]] = set()
        self._looking: asyncio.Task[None] | None = None
        self._open = True

    async def start(self) -> None:
        """Begin with what an earlier process accepted and did not finish."""
        await self._take_over()
        self._lanes.start()
        self._looking = asyncio.create_task(self._look_around())

    async def stop(self) -> None:
        """Take nothing more, finish what is at hand; the rest stays in the inbox for the next start."""
        self._open = False
        if self._welcomes:
            await asyncio.wait(self._welcomes, timeout=_GRACE)
        for task in list(self._welcomes):
            task.cancel()
        await self._lanes.stop(_GRACE)
        if self._looking is not None:
            self._looking.cancel()

    async def _take_over(self) -> None:
        """What nobody who lives holds."""
        for kept in await self._desk.kept(CHANNEL):
            self._lanes.put(_person(kept) or "", kept)

    async def _look_around(self) -> None:
        """Until cancelled; it also keeps the others away from what is ours."""
        while True:
            await asyncio.sleep(LOOK_AROUND)
            try:
                await self._take_over()
            except Exception as error:
                _log.error("viber inbox not looked through", kind=type(error).__name__)

    async def take(self, callback: Callback, body: str) -> Message | None:
        """What to answer in the body, if anything. Raises Busy."""
        match callback.event:
            case EventType.DELIVERED | EventType.SEEN | EventType.FAILED:
                await self._delivered(callback)
            case EventType.CONVERSATION_STARTED:
                return await self._started(callback, body)
            case EventType.MESSAGE | EventType.SUBSCRIBED | EventType.UNSUBSCRIBED:
                await self._keep(callback, body)
            case EventType.WEBHOOK:
                pass
            case unknown:
                _log.info("viber unknown event", kind=(unknown or "")[:40])
        return None

    async def _delivered(self, callback: Callback) -> None:
        if callback.event == EventType.FAILED:
            _log.warning("viber message failed", message=callback.message_token, desc=(callback.desc or "")[:200])
        if callback.message_token and callback.event:
            await self._desk.delivered(CHANNEL, callback.message_token, _DELIVERIES[callback.event])

    async def _keep(self, callback: Callback, body: str) -> None:
        if callback.person_id is None:
            _log.warning("viber callback without a person", kind=callback.event)
            return
        if not self._open or self._lanes.full:
            raise Busy
        for kept in await self._desk.keep(CHANNEL, [(key_of(callback, body), body)], self._now()):
            self._lanes.put(callback.person_id, kept)

    async def _started(self, callback: Callback, body: str) -> Message | None:
        if callback.person_id is None:
            _log.warning("viber callback without a person", kind=callback.event)
            return None
        if not self._open or len(self._welcomes) >= _WELCOMES:
            raise Busy
        deadline = asyncio.get_running_loop().time() + WELCOME_DEADLINE
        key = key_of(callback, body)
        event = event_of(callback, key, self._now())
        if event is None:
            return None
        kept = await self._desk.keep(CHANNEL, [(key, body)], self._now())
        self._outbox.heard(callback)
        answering = asyncio.create_task(self._desk.answer(event))
        self._welcomes.add(answering)
        answering.add_done_callback(self._welcomes.discard)
        await asyncio.wait({answering}, timeout=max(deadline - asyncio.get_running_loop().time(), 0))
        if not answering.done() or answering.cancelled() or answering.exception() is not None:
            answering.add_done_callback(lambda task: self._put_off(task, event, kept))
            return None
        return await self._welcome(event, answering.result(), kept)

    async def _welcome(self, event: Event, screen: Screen | None, kept: list[Kept]) -> Message | None:
        message = self._outbox.welcome(event.sender.external_id, screen) if screen else None
        for one in kept:
            await self._desk.done(one.id)
        return message

    def _put_off(self, answering: "asyncio.Task[Screen | None]", event: Event, kept: list[Kept]) -> None:
        """Too late for the body: it goes the way of every other callback, and the same event has no second effect."""
        if answering.cancelled():
            return
        if error := answering.exception():
            _log.error("viber welcome not answered", kind=type(error).__name__)
        for one in kept:
            self._lanes.put(event.sender.external_id, one)

    async def _work(self, kept: Kept, tries: int) -> float | None:
        """One kept callback; whatever goes wrong is tried again, later and later, before it is given up."""
        try:
            await self._reply(kept)
        except Unavailable as error:
            if tries < len(PAUSES):
                return PAUSES[tries]
            _log.error("viber reply given up", code=error.code)
        except OutsideError as error:
            _log.warning("viber reply not shown", kind=type(error).__name__, code=error.code)
        except Exception:
            _log.exception("viber callback not answered", kept=kept.id)
            return PAUSES[tries] if tries < len(PAUSES[:_FAULTS]) else None  # stays in the inbox for the next start
        await self._leave(kept)
        return None

    async def _leave(self, kept: Kept) -> None:
        try:
            await self._desk.done(kept.id)
        except Exception:
            _log.exception("viber callback stays in the inbox", kept=kept.id)

    async def _reply(self, kept: Kept) -> None:
        try:
            callback = read_callback(kept.body)
        except ValueError:
            _log.error("viber kept callback cannot be read", kept=kept.id)
            return
        event = event_of(callback, key_of(callback, kept.body), self._now())
        if event is None:
            return
        self._outbox.heard(callback)
        screen = await self._desk.answer(event)
        started = callback.event == EventType.CONVERSATION_STARTED
        if screen is not None and (callback.subscribed or not started):
            await self._outbox.deliver(event.sender.external_id, screen, insists=True)


def _person(kept: Kept) -> str | None:
    try:
        return read_callback(kept.body).person_id
    except ValueError:
        return None

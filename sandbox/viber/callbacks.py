"""Callbacks to the bot's webhook: signed, in order for each user, and repeated while they are refused."""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from yarl import URL

from sandbox.clock import Clock
from sandbox.viber.account import Account
from sandbox.viber.faults import Faults
from sandbox.viber.feed import Feed

Json = dict[str, Any]
DELAYS = (10, 60, 300, 600, 900, 900, 900, 900, 900)
LARGEST_ANSWER = 64 * 1024
LANE_LENGTH = 1000
OF_MESSAGES = ("delivered", "seen", "failed")
LOG_LENGTH = 1000
HOLD = 10


@dataclass
class Callback:
    """One event on its way to the bot; a repetition has the same body, so the same message_token."""

    id: int
    event: str
    user: str
    body: Json
    on_answer: Callable[[bytes], None] | None = None
    state: Literal["queued", "waiting", "delivered", "given_up", "dropped", "forged"] = "queued"
    attempts: list[Json] = field(default_factory=list)
    next_at: float | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def view(self) -> Json:
        shown = {"id": self.id, "event": self.event, "user": self.user, "state": self.state, "next_at": self.next_at}
        return shown | {"message_token": str(self.body["message_token"]), "body": self.body, "attempts": self.attempts}


@dataclass
class Lane:
    """The callbacks of one user that are due, one at a time; `held` is one kept back to come out of order."""

    due: deque[Callback] = field(default_factory=deque)
    held: Callback | None = None
    running: bool = False


def signature(token: str, body: bytes) -> str:
    """X-Viber-Content-Signature: lowercase hex HMAC-SHA256 of the raw body, keyed with the bot's token."""
    return hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


class Courier:
    """Delivers callbacks; one that waits for its next try does not hold up those behind it."""

    def __init__(self, account: Account, clock: Clock, faults: Faults, feed: Feed, token: Callable[[], int]) -> None:
        self._account, self._clock, self._faults, self._feed, self._token = account, clock, faults, feed, token
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._count = 0
        self.log: deque[Callback] = deque(maxlen=LOG_LENGTH)

    def send(self, body: Json, user: str, on_answer: Callable[[bytes], None] | None = None) -> Callback:
        """Queue an event for the bot; `on_answer` gets the body of the first 200."""
        callback = self._record(body, user, on_answer)
        lane = self._lanes.setdefault(user, Lane())
        if len(lane.due) >= LANE_LENGTH:
            callback.state = "dropped"
            callback.answered.set()
        else:
            self._enqueue(lane, callback)
        return callback

    def repeat(self, user: str) -> Callback | None:
        """Tell the last thing the user did once more, as after a lost answer; None where there was nothing."""
        last = next((one for one in reversed(self.log) if one.user == user and one.event not in OF_MESSAGES), None)
        if last is not None:
            self._enqueue(self._lanes.setdefault(user, Lane()), last)
        return last

    async def handshake(self, url: str, body: Json) -> bool:
        """The synchronous `webhook` event of set_webhook: True when the address answered 200."""
        callback = self._record(body, "")
        status, _ = await self._attempt(callback, body, url, self._account.token)
        callback.state = "delivered" if status == 200 else "given_up"
        return status == 200

    async def settled(self) -> None:
        """Wait until every callback that is due has been tried; those waiting for a later try do not count."""
        await self._quiet.wait()

    async def close(self) -> None:
        """Drop what is queued or waiting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for callback in self.log:
            if callback.state in ("queued", "waiting"):
                callback.state = "dropped"
                callback.answered.set()
        self._lanes.clear()
        self._quiet.set()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _record(self, body: Json, user: str, on_answer: Callable[[bytes], None] | None = None) -> Callback:
        self._count += 1
        callback = Callback(self._count, body["event"], user, body, on_answer)
        self.log.append(callback)
        return callback

    def _enqueue(self, lane: Lane, callback: Callback) -> None:
        lane.due.append(callback)
        if not lane.running:
            lane.running = True
            self._quiet.clear()
            self._start(self._run(lane))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: Lane) -> None:
        try:
            while lane.due:
                await self._next(lane, lane.due.popleft())
        finally:
            lane.running = False
            if not any(other.running for other in self._lanes.values()):
                self._quiet.set()

    async def _next(self, lane: Lane, callback: Callback) -> None:
        """Deliver it, then the one held back before it; or hold it back itself when that fault is on."""
        if lane.held is None and not callback.attempts and self._faults.take(callback.user, "reorder_callbacks"):
            lane.held = callback
            self._start(self._later(lane, callback, self._clock.time() + HOLD))
            return
        await self._deliver(lane, callback)
        if lane.held is not None:
            lane.due.appendleft(lane.held)
            lane.held = None

    async def _later(self, lane: Lane, callback: Callback, moment: float) -> None:
        callback.next_at = moment
        await self._clock.until(moment)
        if callback is lane.held:
            lane.held = None
            self._enqueue(lane, callback)
        elif callback.state == "waiting":
            self._enqueue(lane, callback)

    async def _deliver(self, lane: Lane, callback: Callback) -> None:
        if self._faults.take(callback.user, "forged_signature"):
            await self._forge(callback)
        status, answer = await self._try(callback)
        callback.next_at = None
        if status == 200:
            callback.state = "delivered"
            if callback.on_answer is not None:
                callback.on_answer(answer)
                callback.on_answer = None
            if self._faults.take(callback.user, "duplicate_callback"):
                await self._attempt(callback, callback.body, self._account.webhook, self._account.token)
        elif len(callback.attempts) > len(DELAYS):
            callback.state = "given_up"
        else:
            callback.state = "waiting"
            self._start(self._later(lane, callback, self._clock.time() + DELAYS[len(callback.attempts) - 1]))
        callback.answered.set()
        self._feed.tell("callback", callback.user, event=callback.event, state=callback.state, id=callback.id)

    async def _try(self, callback: Callback) -> tuple[int | None, bytes]:
        if self._faults.take(callback.user, "lost_callback"):
            callback.attempts.append({"at": self._clock.time(), "status": None, "error": "lost on the way"})
            return None, b""
        return await self._attempt(callback, callback.body, self._account.webhook, self._account.token)

    async def _forge(self, callback: Callback) -> None:
        """A copy with a token of its own, signed with a key that is not the bot's: an attack to be refused."""
        forged = self._record(callback.body | {"message_token": self._token()}, callback.user)
        forged.state = "forged"
        await self._attempt(forged, forged.body, self._account.webhook, "not-the-token-of-this-bot")
        forged.answered.set()

    async def _attempt(self, callback: Callback, body: Json, url: str, key: str) -> tuple[int | None, bytes]:
        attempt: Json = {"at": self._clock.time(), "status": None, "error": ""}
        callback.attempts.append(attempt)
        if not url:
            attempt["error"] = "no webhook is set"
            return None, b""
        raw = json.dumps(body, ensure_ascii=False).encode()
        try:
            attempt["status"], answer = await self._post(url, raw, signature(key, raw))
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            attempt["error"] = type(error).__name__
            return None, b""
        return attempt["status"], answer

    async def _post(self, url: str, raw: bytes, sign: str) -> tuple[int, bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {"Content-Type": "application/json", "X-Viber-Content-Signature": sign}
        timeout = aiohttp.ClientTimeout(total=self._account.callback_timeout)
        address = URL(url).update_query(sig=sign)
        async with self._session.post(
            address, data=raw, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            answer = bytearray()
            async for chunk in response.content.iter_chunked(8192):
                answer += chunk
                if len(answer) > LARGEST_ANSWER:
                    raise ValueError("the answer is too long")
            return response.status, bytes(answer)

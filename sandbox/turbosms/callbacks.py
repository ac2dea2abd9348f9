"""Callbacks about delivery: signed, repeated by the vendor's schedule, and spoilt where a fault wants it."""

import asyncio
import heapq
import itertools
import uuid
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.turbosms import message as words
from sandbox.turbosms.faults import Faults
from sandbox.turbosms.message import VIBER, Message, Step
from sandbox.turbosms.methods import written
from sandbox.turbosms.settings import Settings
from sandbox.turbosms.signature import sign

KEPT = 1000
MINUTE = 60.0
GAPS = tuple(minutes * MINUTE for minutes in (1, 3, 5, 10, 15, 20, 30, 60, 120))
PATIENCE = 10.0
OK = 200
SMPP = MappingProxyType(
    {
        words.DELIVERED: "DELIVRD",
        words.UNDELIVERED: "UNDELIV",
        words.EXPIRED: "EXPIRED",
        words.REJECTED: "REJECTD",
        words.READ: "READ",
    }
)
Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class Callback:
    """One notice. `state`: waiting, accepted, given_up; a spoilt one is sent once and expects to be refused."""

    id: str
    type: str
    date: str
    data: Json
    state: str = "waiting"
    signature: str = ""
    next_at: float | None = None
    attempts: list[Json] = field(default_factory=list)

    def view(self) -> Json:
        return {
            "id": self.id,
            "type": self.type,
            "data": self.data,
            "state": self.state,
            "next_at": self.next_at,
            "attempts": list(self.attempts),
        }


class Courier:
    """Carries callbacks; each goes its own way, so that one may overtake another."""

    def __init__(self, secret: str, clock: Clock, faults: Faults) -> None:
        self.settings = Settings()
        self.journal: deque[Callback] = deque(maxlen=KEPT)
        self._secret = secret
        self._clock, self._faults = clock, faults
        self._due: list[tuple[float, int, Callback]] = []
        self._order = itertools.count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def tell(self, message: Message, step: Step) -> None:
        """Tells of a status that is an end, if there is an address."""
        if not self.settings.callback_url or step.status not in words.FINAL:
            return
        said = SMPP[step.status] if self.settings.words == "smpp" else step.status
        data = {"message_id": message.id, "status": said, "dlr_date": written(step.at)}
        kind = "DLR_VIBER_API" if step.channel == VIBER else "DLR_SMS_API"
        true = self._made(str(uuid.uuid4()), kind, data)
        turn = [true]
        if self._faults.take("forged_signature"):
            forged = self._made(true.id, kind, data, state="forged")
            forged.signature = sign("not-the-secret", true.id, self.settings.signature)
            turn.insert(0, forged)
        if self._faults.take("other_message"):
            other = data | {"message_id": str(uuid.uuid4())}
            turn.append(self._made(true.id, kind, other, state="forged"))
        self._start(self._in_turn(turn))

    def send_due(self) -> None:
        """Starts every callback whose time has come."""
        while self._due and self._due[0][0] <= self._clock.time():
            moment, _, callback = heapq.heappop(self._due)
            if callback.next_at == moment:
                self._start(self._deliver(callback))

    def resend(self, id: str) -> None:
        """By hand, as the cabinet can. Raises ValueError."""
        found = [one for one in self.journal if one.id == id and one.state != "forged"]
        if not found:
            raise ValueError("no such callback")
        found[-1].state = "waiting"
        self._start(self._deliver(found[-1]))

    async def settled(self) -> None:
        """Nothing is under way; what waits for its time still waits."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))
            self.send_due()

    def reset(self) -> None:
        self.settings = Settings()
        for task in self._tasks:
            task.cancel()
        self._due.clear()
        self.journal.clear()

    async def close(self) -> None:
        tasks = list(self._tasks)
        self.reset()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _made(self, id: str, kind: str, data: Json, state: str = "waiting") -> Callback:
        made = Callback(id, kind, written(self._clock.time()), data, state)
        made.signature = sign(self._secret, id, self.settings.signature)
        self.journal.append(made)
        return made

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, callbacks: list[Callback]) -> None:
        for callback in callbacks:
            await self._deliver(callback)

    async def _deliver(self, callback: Callback) -> None:
        if callback.state not in {"waiting", "forged"}:
            return
        callback.next_at = None
        tries = sum("copy" not in one for one in callback.attempts) + 1
        attempt: Json = {"at": self._clock.time(), "try": tries, "status": None, "problem": ""}
        callback.attempts.append(attempt)
        if callback.state == "waiting" and self._faults.take("lost_callback"):
            attempt["problem"] = "lost on the way"
        else:
            await self._post(callback, attempt)
        if callback.state == "forged":
            return
        self._judge(callback, attempt)
        again = self._faults.take("repeat_callback")
        for _ in range(again.copies if again else 0):
            more = {"at": self._clock.time(), "try": tries, "status": None, "problem": "", "copy": True}
            callback.attempts.append(more)
            await self._post(callback, more)

    def _judge(self, callback: Callback, attempt: Json) -> None:
        if not attempt["problem"]:
            callback.state = "accepted"
        elif attempt["try"] > len(GAPS):
            callback.state = "given_up"
        else:
            callback.next_at = self._clock.time() + GAPS[attempt["try"] - 1]
            heapq.heappush(self._due, (callback.next_at, next(self._order), callback))
            self._clock.wake()

    async def _post(self, callback: Callback, attempt: Json) -> None:
        """One delivery; `problem` stays empty when the customer answered 200."""
        body = {
            "id": callback.id,
            "signature": callback.signature,
            "type": callback.type,
            "date": callback.date,
            "try": attempt["try"],
        }
        sent: Json = {"json": body | {"data": callback.data}}
        if self.settings.callback_form == "form":
            nested = {f"data[{name}]": value for name, value in callback.data.items()}
            sent = {"data": {name: str(value) for name, value in (body | nested).items()}}
        if self._session is None:
            connector = aiohttp.TCPConnector(force_close=True)
            self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=PATIENCE))
        try:
            async with self._session.post(self.settings.callback_url, allow_redirects=False, **sent) as answer:
                attempt["status"] = answer.status
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            attempt["problem"] = type(error).__name__
            return
        attempt["problem"] = "" if answer.status == OK else f"HTTP {answer.status}"

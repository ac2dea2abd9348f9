"""Callbacks to serviceUrl: signed, repeated until a signed acceptance comes back, and spoilt where a fault wants it."""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import aiohttp

from sandbox.clock import Clock
from sandbox.wayforpay import state
from sandbox.wayforpay.faults import Faults
from sandbox.wayforpay.feed import Feed
from sandbox.wayforpay.order import APPROVED, Order
from sandbox.wayforpay.settings import Settings
from sandbox.wayforpay.signature import ACK, STATE, is_signed, sign
from sandbox.wayforpay.wire import Json, read, write

KEPT = 1000
MINUTE = 60.0
GAPS = (2 * MINUTE, 10 * MINUTE, 20 * MINUTE)
LATER_GAP = 30 * MINUTE
GIVEN_UP_AFTER = 4 * 24 * 3600.0
HELD_BACK = 60.0
PATIENCE = 20.0
LARGEST_ANSWER = 64 * 1024
TYPES = {
    "urlencoded": "application/x-www-form-urlencoded",
    "form_key": "application/x-www-form-urlencoded",
    "json": "application/json",
    "text": "text/plain",
}


@dataclass(slots=True, eq=False)
class Callback:
    """One notice. `state`: waiting, accepted, given_up; forged ones are sent once and expect to be refused."""

    id: int
    url: str
    body: Json
    made_at: float
    state: str = "waiting"
    next_at: float | None = None
    attempts: list[Json] = field(default_factory=list)

    def view(self) -> Json:
        body = {name: str(one) if isinstance(one, Decimal) else one for name, one in self.body.items()}
        body.pop("products", None)
        return {
            "id": self.id,
            "reference": self.body["orderReference"],
            "status": self.body["transactionStatus"],
            "url": self.url,
            "state": self.state,
            "next_at": self.next_at,
            "body": body,
            "attempts": list(self.attempts),
        }


class Courier:
    """Carries callbacks; each goes its own way, so that one may overtake another."""

    def __init__(self, account: str, secret: str, clock: Clock, faults: Faults, feed: Feed) -> None:
        self.settings = Settings()
        self.journal: deque[Callback] = deque(maxlen=KEPT)
        self._account, self._secret = account, secret
        self._clock, self._faults, self._feed = clock, faults, feed
        self._due: list[tuple[float, int, Callback]] = []
        self._ids = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._held: list[Callback] = []

    def tell(self, order: Order, part: Decimal | None) -> None:
        """Tells the shop of the order's state, if it left an address."""
        if not order.wanted.service_url:
            return
        body = state.callback(order, self._account)
        if part is not None and self.settings.refund_amount == "refund":
            body["amount"] = part
        callback = self._made(order.wanted.service_url, body)
        reference = order.wanted.reference
        turn = [self._made(order.wanted.service_url, forged, "forged") for forged in self._forged(body, reference)]
        if self._faults.take("reorder_callbacks", reference=reference):
            self._held.append(callback)
            self._push(callback, self._clock.time() + HELD_BACK)
        else:
            turn += [callback, *self._overtaken(reference)]
        if order.status == APPROVED and self._faults.take("late_declined", reference=reference):
            late = body | {"transactionStatus": "Declined", "reasonCode": 1101, "reason": "Declined To Card Issuer"}
            late |= {"authCode": "", "fee": Decimal(0), "processingDate": body["processingDate"] - 60}
            turn.append(self._made(order.wanted.service_url, late))
        self._start(self._in_turn(turn))

    def send_due(self) -> None:
        """Starts every callback whose time has come."""
        while self._due and self._due[0][0] <= self._clock.time():
            moment, _, callback = heapq.heappop(self._due)
            if callback.next_at == moment:
                self._held = [one for one in self._held if one is not callback]
                self._start(self._deliver(callback))

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
        self._held.clear()
        self.journal.clear()

    async def close(self) -> None:
        tasks = list(self._tasks)
        self.reset()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _made(self, url: str, body: Json, kind: str = "waiting") -> Callback:
        callback = Callback(next(self._ids), url, body, self._clock.time(), kind)
        callback.body = {name: self._value(value) for name, value in body.items()}
        wrong = kind == "forged" and body.get("merchantSignature")
        callback.body["merchantSignature"] = wrong or sign(self._secret, callback.body, STATE)
        self.journal.append(callback)
        return callback

    def _value(self, value: Any) -> Any:
        return "" if value is None and self.settings.empty == "blank" else value

    def _forged(self, body: Json, reference: str) -> list[Json]:
        """What an attacker or a mistake would send before the true one."""
        made: list[Json] = []
        if self._faults.take("forged_signature", reference=reference):
            made.append(body | {"merchantSignature": sign("not-the-secret", body, STATE)})
        if self._faults.take("wrong_amount", reference=reference):
            made.append(body | {"amount": body["amount"] - Decimal("0.01")})
        if self._faults.take("other_account", reference=reference):
            made.append(body | {"merchantAccount": f"{self._account}_other"})
        return made

    def _overtaken(self, reference: str) -> list[Callback]:
        """What was held back until a later one of the same order has gone."""
        found = [one for one in self._held if one.body["orderReference"] == reference]
        self._held = [one for one in self._held if one not in found]
        return found

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _push(self, callback: Callback, moment: float) -> None:
        callback.next_at = moment
        heapq.heappush(self._due, (moment, callback.id, callback))
        self._clock.wake()

    async def _in_turn(self, callbacks: list[Callback]) -> None:
        for callback in callbacks:
            await self._deliver(callback)

    async def _deliver(self, callback: Callback) -> None:
        reference = callback.body["orderReference"]
        if callback.state not in {"waiting", "forged"}:
            return
        callback.next_at = None
        attempt: Json = {"at": self._clock.time(), "status": None, "problem": "", "answer": ""}
        callback.attempts.append(attempt)
        if callback.state == "waiting" and self._faults.take("lost_callback", reference=reference):
            attempt["problem"] = "lost on the way"
        else:
            await self._post(callback, attempt)
        if callback.state == "waiting":
            self._judge(callback, attempt)
            again = self._faults.take("repeat_callback", reference=reference)
            for _ in range(again.copies if again else 0):
                more = attempt | {"at": self._clock.time(), "problem": "", "copy": True}
                callback.attempts.append(more)
                await self._post(callback, more)
        self._feed.tell("callback", callback.view())

    def _judge(self, callback: Callback, attempt: Json) -> None:
        if not attempt["problem"]:
            callback.state = "accepted"
            return
        tries = sum("copy" not in one for one in callback.attempts)
        gap = GAPS[tries - 1] if tries <= len(GAPS) else LATER_GAP
        if self._clock.time() + gap > callback.made_at + GIVEN_UP_AFTER:
            callback.state = "given_up"
        else:
            self._push(callback, self._clock.time() + gap)

    async def _post(self, callback: Callback, attempt: Json) -> None:
        """One delivery; `problem` stays empty when the shop accepted it with a right signature."""
        raw = write(callback.body).encode()
        if self.settings.callback_form == "form_key":
            raw = quote(raw, safe="").encode() + b"="
        if self._session is None:
            connector = aiohttp.TCPConnector(force_close=True)
            self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=PATIENCE))
        headers = {"Content-Type": TYPES[self.settings.callback_form]}
        try:
            async with self._session.post(callback.url, data=raw, headers=headers, allow_redirects=False) as answer:
                attempt["status"] = answer.status
                told = bytearray()
                async for chunk in answer.content.iter_chunked(8192):
                    told += chunk
                    if len(told) > LARGEST_ANSWER:
                        break
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            attempt["problem"] = type(error).__name__
            return
        attempt["answer"] = bytes(told[:1000]).decode("utf-8", "replace")
        attempt["problem"] = self._problem(answer.status, bytes(told), callback.body["orderReference"])

    def _problem(self, status: int, told: bytes, reference: str) -> str:
        if status != 200:
            return f"HTTP {status}"
        try:
            answer = read(told)
        except ValueError:
            return "no JSON in the answer"
        if answer.get("orderReference") != reference or answer.get("status") != "accept":
            return "not an acceptance of this order"
        return "" if is_signed(self._secret, answer, ACK, answer.get("signature")) else "wrong signature"

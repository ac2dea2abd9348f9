"""Call-backs: what changes in the base is POSTed to the product, as a 1C programmer would send it."""

import asyncio
import base64
import json
import random
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.onec.bodies import Callbacks
from sandbox.onec.changes import Event
from sandbox.onec.infobase import Base
from sandbox.onec.messages import TYPES, message, oddly

KEPT = 500
WAITING = 1000
PAUSES = (0.2, 1.0, 5.0, 15.0)
LONGEST_PAUSE = 60.0
PATIENCE = 20.0


@dataclass(slots=True)
class Told:
    """One message and what came of it: queued, delivered, refused (4xx) or waiting."""

    body: dict[str, Any]
    state: str = "queued"
    attempts: list[dict[str, Any]] = field(default_factory=list)

    def view(self) -> dict[str, Any]:
        return {"state": self.state, "body": self.body, "attempts": self.attempts}


@dataclass(slots=True)
class Settings:
    """Where to and how."""

    url: str = ""
    user: str = ""
    password: str = ""
    on: bool = False
    repeat: int = 0
    shuffle: bool = False
    bom: bool = False
    odd_dates: bool = False


class Courier:
    """Sends one message at a time, over a connection of its own; a 5xx or no answer is tried again, a 4xx never."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self.settings = Settings()
        self.journal: deque[Told] = deque(maxlen=KEPT)
        self._queue: deque[Told] = deque(maxlen=WAITING)
        self._task: asyncio.Task[None] | None = None
        base.world.changes.subscribe(self._hear)

    def view(self) -> dict[str, Any]:
        one = self.settings
        told = {name: getattr(one, name) for name in ("url", "user", "on", "repeat", "shuffle", "bom", "odd_dates")}
        return told | {"waiting": len(self._queue), "journal": [one.view() for one in self.journal]}

    def set(self, wanted: Callbacks) -> None:
        """Only what is given changes."""
        for name, value in wanted.model_dump(exclude_none=True).items():
            setattr(self.settings, name, value)

    def reset(self) -> None:
        self.settings = Settings()
        self.journal.clear()
        self._queue.clear()
        self._stop()

    async def close(self) -> None:
        task = self._stop()
        if task is not None:
            with suppress(asyncio.CancelledError):
                await task

    def _stop(self) -> "asyncio.Task[None] | None":
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
        return task

    def _hear(self, event: Event) -> None:
        """Queues the event; what the product itself wrote is told too, as a subscription in the base would."""
        if not self.settings.on or not self.settings.url or event.kind not in TYPES:
            return
        body = message(self._base, event, str(uuid.uuid4()))
        for _ in range(1 + self.settings.repeat):
            told = Told(body)
            self.journal.append(told)
            self._queue.append(told)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        await asyncio.sleep(0)
        while self._queue:
            if self.settings.shuffle:
                random.shuffle(self._queue)
            told = self._queue.popleft()
            while self.settings.on and not await self._tried(told):
                tries = len(told.attempts)
                await asyncio.sleep(PAUSES[tries - 1] if tries <= len(PAUSES) else LONGEST_PAUSE)

    async def _tried(self, told: Told) -> bool:
        """True when it need not be sent again."""
        attempt: dict[str, Any] = {"at": self._base.world.now().isoformat(), "status": 0}
        told.attempts.append(attempt)
        try:
            attempt["status"], attempt["reply"] = await self._post(told.body)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            attempt["error"] = type(error).__name__
        status = int(attempt["status"])
        told.state = "delivered" if status == 200 else "refused" if 400 <= status < 500 else "waiting"
        return told.state != "waiting"

    async def _post(self, body: dict[str, Any]) -> tuple[int, str]:
        settings = self.settings
        text = json.dumps(oddly(body) if settings.odd_dates else body, ensure_ascii=False)
        headers = {"Content-Type": "text/plain" if settings.odd_dates else "application/json", "Connection": "close"}
        if settings.user:
            pair = f"{settings.user}:{settings.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        raw = (("\ufeff" if settings.bom else "") + text).encode()
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(settings.url, data=raw, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status, (await answer.content.read(300)).decode("utf-8", "replace")

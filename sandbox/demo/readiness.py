"""Is the product up: asked of its `/readyz`, bounded in time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import ClientError, ClientSession, ClientTimeout

State = Literal["starting", "ready", "down"]
TIMEOUT = ClientTimeout(total=1)
PATIENCE = 60.0


@dataclass(slots=True)
class Readiness:
    """Asks the product; one that has never answered counts as starting for a minute. `now` is monotonic seconds."""

    product_url: str
    now: Callable[[], float] = time.monotonic
    _seen: bool = False
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._since = self.now()

    async def state(self, http: ClientSession) -> State:
        try:
            async with http.get(f"{self.product_url.rstrip('/')}/readyz", timeout=TIMEOUT) as answer:
                self._seen = True
                return "ready" if answer.ok else "starting"
        except (ClientError, TimeoutError):
            is_young = self.now() - self._since < PATIENCE
            return "starting" if is_young and not self._seen else "down"

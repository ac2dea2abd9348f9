"""Delivery to the webhook: in order within a chat, chats side by side, again with a growing delay until 2XX."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, MultipartReader

from sandbox.clock import Clock
from sandbox.telegram.errors import ApiError
from sandbox.telegram.mailbox import Entry, Mailbox
from sandbox.telegram.webhook import Webhook
from sandbox.telegram.wire import LARGEST_FORM, Form, parse_body, read_bounded, read_multipart

Json = dict[str, Any]
Reply = Callable[[Form], Awaitable[None]]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the name of a header
TIMEOUT = ClientTimeout(total=60)
FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
LONGEST_ASKED_DELAY = 3600.0
GONE_FOR = 23 * 3600


class Courier:
    """Carries the mailbox to the webhook; `reply` does a method call that came in the body of an answer."""

    def __init__(self, clock: Clock, mailbox: Mailbox, reply: Reply) -> None:
        self._clock, self._mailbox, self._reply = clock, mailbox, reply
        self._rounds: dict[int | None, asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._http: ClientSession | None = None
        self._room = asyncio.Semaphore(1)
        self._moved = asyncio.Event()
        self.webhook: Webhook | None = None

    async def point_at(self, webhook: Webhook | None) -> None:
        """Deliver there from now on, or nowhere."""
        await self._stop()
        self.webhook = webhook
        if webhook is not None:
            self._room = asyncio.Semaphore(webhook.max_connections)
            self._http = self._http or ClientSession(timeout=TIMEOUT, cookie_jar=DummyCookieJar())
            self._watch = asyncio.create_task(self._watch_mailbox())

    async def close(self) -> None:
        await self._stop()
        if self._http is not None:
            await self._http.close()

    def is_idle(self) -> bool:
        """Nothing waits, or nothing can be delivered."""
        return self.webhook is None or (not self._rounds and self._mailbox.is_empty())

    async def settled(self) -> None:
        """Returns once everything that waited was taken."""
        while not self.is_idle():
            self._moved.clear()
            await self._moved.wait()

    async def _stop(self) -> None:
        tasks = [*self._rounds.values(), *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._rounds.clear()
        self._watch = None
        self._moved.set()

    async def _watch_mailbox(self) -> None:
        while True:
            self._mailbox.arrived.clear()
            for chat in self._mailbox.chats():
                if chat not in self._rounds:
                    self._rounds[chat] = asyncio.create_task(self._round(chat))
            await self._mailbox.arrived.wait()

    async def _round(self, chat: int | None) -> None:
        """Delivers what waits in one chat, one after another."""
        delay = FIRST_DELAY
        try:
            while (entry := self._mailbox.first_of(chat)) and self.webhook is not None:
                async with self._room:
                    asked = await self._deliver(self.webhook, entry)
                if asked is None:
                    self._mailbox.delivered(entry)
                    delay = FIRST_DELAY
                else:
                    await self._clock.until(self._clock.time() + (asked or delay))
                    delay = min(delay * 2, LONGEST_DELAY)
        finally:
            self._rounds.pop(chat, None)
            self._moved.set()

    async def _deliver(self, webhook: Webhook, entry: Entry) -> float | None:
        """None when the bot took it, else the seconds it asked to wait, 0 when it did not say."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        assert self._http is not None
        try:
            post = self._http.post(webhook.url, json=entry.update, headers=headers, ssl=False, allow_redirects=False)
            async with post as response:
                if 200 <= response.status < 300:
                    webhook.gone_since = None
                    await self._take_reply(response)
                    return None
                return self._refused(webhook, response)
        except TimeoutError:
            webhook.fail(self._clock.time(), "Read timeout expired")
        except (ClientError, OSError):
            webhook.fail(self._clock.time(), "Connection refused")
        return 0.0

    async def _take_reply(self, response: ClientResponse) -> None:
        try:
            if response.content_type.startswith("multipart/"):
                form = await read_multipart(MultipartReader(response.headers, response.content))
            else:
                form = parse_body(await read_bounded(response.content, LARGEST_FORM), response.content_type)
        except ApiError:
            return
        if "method" in form.values:
            await self._reply(form)

    def _refused(self, webhook: Webhook, response: ClientResponse) -> float:
        now = self._clock.time()
        webhook.fail(now, f"Wrong response from the webhook: {response.status} {response.reason}")
        if response.status != 410:
            webhook.gone_since = None
        elif webhook.gone_since is None:
            webhook.gone_since = now
        elif now - webhook.gone_since >= GONE_FOR:
            self.webhook = None
        asked = response.headers.get("Retry-After", "")
        return min(float(asked), LONGEST_ASKED_DELAY) if asked.isdecimal() else 0.0

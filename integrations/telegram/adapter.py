"""Telegram as a messenger of the application."""

import asyncio

from aiogram.methods import GetMe
from aiohttp import web

from bot.conversation.event import File
from bot.conversation.messenger import Desk
from bot.conversation.screen import Screen, Traits
from bot.domain.errors import Ambiguous, Unavailable
from bot.ports import Clock
from integrations.telegram.client import BotApi
from integrations.telegram.config import TelegramSettings
from integrations.telegram.faults import SYSTEM
from integrations.telegram.files import Files
from integrations.telegram.inbox import Inbox
from integrations.telegram.keyboard import ROW_WIDTH
from integrations.telegram.outbox import Outbox
from integrations.telegram.polling import Polling
from integrations.telegram.reception import Reception
from integrations.telegram.rendering import CAPTION_LIMIT, TEXT_LIMIT
from integrations.telegram.stubborn import Stubborn
from integrations.telegram.tempo import Tempo
from integrations.telegram.topics import ForumTopics
from integrations.telegram.updates import CHANNEL, PAYLOAD
from integrations.telegram.webhook import PATH, Webhook


class TelegramMessenger:
    """Shows screens in Telegram and brings what people do there to the desk."""

    channel = CHANNEL
    traits = Traits(
        can_edit=True,
        keeps_menu=True,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        label_limit=25,
        rows=8,
        row_width=ROW_WIDTH,
        quotes=True,
    )

    def __init__(self, settings: TelegramSettings, desk: Desk, *, now: Clock, tempo: Tempo | None = None) -> None:
        tempo = tempo or Tempo()
        self._polls = settings.mode == "polling"
        self._tempo = tempo
        self._api = BotApi(settings, tempo.patience)
        self._outbox = Outbox(self._api, desk, tempo)
        self._reception = Reception(desk, self._api, self._outbox)
        self.topics = ForumTopics(self._outbox, self._api)
        self._files = Files(self._api)
        self._stubborn = Stubborn(tempo)
        self._inbox = Inbox(desk, self._reception, now, tempo)
        self._polling = Polling(self._api, desk, self._inbox, self._stubborn, now, tempo)
        self._webhook = Webhook(settings, self._api, self._reception, now, tempo)
        self._username = ""
        self._running: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    @property
    def stopped(self) -> str | None:
        """Why no updates come any more (a wrong token), or None."""
        return self._stubborn.reason

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [] if self._polls else [web.post(PATH, self._webhook.handle)]

    async def start(self) -> None:
        """Answer what an earlier process left and open the source of updates.

        Returns after the first try; while Telegram is away it is tried again in the background.
        """
        await self._inbox.replay()
        self._looking = asyncio.create_task(self._inbox.look_around())
        self._running = asyncio.create_task(self._run())
        await self._stubborn.tried.wait()

    async def stop(self) -> None:
        """Take nothing more and finish what is in hand, for ten seconds at most."""
        self._webhook.accepting = False
        self._stubborn.end(self._stubborn.reason)
        self._polling.interrupt()
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=self._tempo.grace)
            self._running.cancel()
        await self._reception.stop(self._tempo.grace)
        await self._outbox.stop(self._tempo.grace)
        await self._api.close()
        if self._looking is not None:
            self._looking.cancel()
        if self._running is not None and self._polls:
            await self._polling.resign()

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        """Raises Unavailable, Rejected, Ambiguous."""
        return await self._outbox.put(external_id, screen, thread=thread, reply_to=reply_to)

    async def fetch(self, file: File) -> bytes:
        """Raises Unavailable, Rejected."""
        return await self._files.fetch(file)

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        """Raises Unavailable, Rejected, Ambiguous."""
        return await self._outbox.renew(external_id, message_id, screen)

    async def check(self) -> str:
        """The bot's username, asked of Telegram. Raises Unavailable, Rejected."""
        me = await self._api.call(GetMe())
        username = me.get("username") if isinstance(me, dict) else None
        if not isinstance(username, str):
            raise Ambiguous(SYSTEM, "getMe", "unreadable answer")
        self._username = username
        return username

    def start_link(self, token: str) -> str:
        """A link that opens the chat and brings the token of at most 64 characters A-Z a-z 0-9 _ -.

        Raises Unavailable before the first good `check`, ValueError for a token Telegram would not bring.
        """
        if not PAYLOAD.fullmatch(token):
            raise ValueError("a start token has 1-64 characters A-Z a-z 0-9 _ -")
        return f"{self.chat_link()}?start={token}"

    def chat_link(self) -> str:
        """A link that only opens the chat. Raises Unavailable before the first good `check`."""
        if not self._username:
            raise Unavailable(SYSTEM, "start_link", "the bot's name is not known yet")
        return f"https://t.me/{self._username}"

    async def _run(self) -> None:
        if await self._stubborn.until_done(self._open) and self._polls:
            await self._polling.run()

    async def _open(self) -> None:
        await self.check()
        await (self._polling.open() if self._polls else self._webhook.open())

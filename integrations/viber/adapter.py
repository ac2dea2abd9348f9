"""Viber as a messenger of the application."""

from urllib.parse import quote, urlencode

import httpx
from aiohttp import web
from viberbot.api.event_type import EventType

from bot.conversation.event import File
from bot.conversation.messenger import Desk
from bot.conversation.screen import Screen, Traits
from bot.domain.errors import Unavailable
from bot.ports import Clock
from integrations.viber.client import SYSTEM, ViberClient
from integrations.viber.config import ViberSettings
from integrations.viber.fetching import Files
from integrations.viber.keyboard import COLUMNS, MAX_ROWS
from integrations.viber.outbox import Outbox
from integrations.viber.reading import CHANNEL
from integrations.viber.reception import Reception
from integrations.viber.rendering import CAPTION_LIMIT, TEXT_LIMIT, Look
from integrations.viber.webhook import PATH, Webhook

_EVENTS = (EventType.DELIVERED, EventType.SEEN, EventType.FAILED, EventType.CONVERSATION_STARTED)


class ViberMessenger:
    """Shows screens in Viber and brings what people do there to the desk."""

    channel = CHANNEL
    topics = None
    traits = Traits(
        can_edit=False,
        keeps_menu=False,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        label_limit=25,
        rows=MAX_ROWS,
        row_width=COLUMNS,
    )

    def __init__(self, settings: ViberSettings, desk: Desk, http: httpx.AsyncClient, *, now: Clock) -> None:
        folders = (f"{settings.public_url}/media", f"{settings.public_url}/files") if settings.public_url else ("", "")
        look = Look(settings.sender_name, *folders)
        self._settings = settings
        self._client = ViberClient(settings, http)
        self._outbox = Outbox(self._client, desk, look, now)
        self._reception = Reception(desk, self._outbox, now)
        self._webhook = Webhook(settings.token, self._reception)
        self._files = Files(settings, http)
        self._uri = ""

    @property
    def stopped(self) -> str | None:
        """Why the whole channel sends nothing, or None; a good `check` ends it."""
        return self._client.stopped

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [web.post(PATH, self._webhook.handle)]

    async def start(self) -> None:
        """Answer what an earlier process left and be ready for callbacks; call before the web server listens."""
        await self._reception.start()

    async def register(self) -> None:
        """Point Viber at our webhook. Call once the web server listens: Viber calls back before it answers.

        Raises Unavailable, Rejected.
        """
        await self.check()
        await self._client.set_webhook(f"{self._settings.public_url}{PATH}", _EVENTS)

    async def stop(self) -> None:
        """Take nothing more and finish what is at hand, for ten seconds at most."""
        await self._reception.stop()

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        """Viber has neither groups of ours nor quotes. Raises Unavailable, Rejected, Ambiguous."""
        return await self._outbox.deliver(external_id, screen)

    async def fetch(self, file: File) -> bytes:
        """Raises Unavailable, Rejected."""
        return await self._files.fetch(file)

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        """Viber edits nothing."""
        return False

    async def check(self) -> str:
        """The bot's name, asked of Viber; ends a stop. Raises Unavailable, Rejected."""
        account = await self._client.get_account_info()
        self._uri = account.uri or self._uri
        return account.name

    def start_link(self, token: str) -> str:
        """A link that opens the chat and brings the token. Raises Unavailable before the first good `check`."""
        return f"{self.chat_link()}&{urlencode({'context': token}, quote_via=quote)}"

    def chat_link(self) -> str:
        """A link that only opens the chat. Raises Unavailable before the first good `check`."""
        if not self._uri:
            raise Unavailable(SYSTEM, "start_link", "the account's uri is not known yet")
        return f"viber://pa?{urlencode({'chatURI': self._uri}, quote_via=quote)}"

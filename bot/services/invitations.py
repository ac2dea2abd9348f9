"""The personal link of one person, made when it is written down for them, and where every chat of ours begins."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.errors import OutsideError
from bot.domain.job import Postponed
from bot.logs import log
from bot.ports import ChatLinks, Clock
from bot.services.joining import let_in

JOIN = "/join"
"""Where a page of ours opens the chats."""
TOKEN_BYTES = 16
"""22 letters: a text message is paid by its length."""
ASKED_AGAIN = timedelta(minutes=5)
PREFERRED = "telegram"
"""Where it is connected, the link of a text message leads there: it is opened everywhere and costs us nothing."""
logger = log("invitations")


class Chats:
    """The chats that a link can open; each messenger is asked for its name once.

    `public_url` is the address of our own pages: an address of Viber's own kind is opened by neither mail programs nor
    text messages, so it stands on a page of ours where there is one.
    """

    def __init__(self, public_url: str = "") -> None:
        self._public = public_url.rstrip("/") if public_url.startswith("https:") else ""
        self._messengers: list[ChatLinks] = []
        self._named: set[str] = set()
        self._asking = asyncio.Lock()

    def connect(self, messengers: Sequence[ChatLinks]) -> None:
        self._messengers = sorted(messengers, key=lambda one: (one.channel != PREFERRED, one.channel))

    @property
    def any(self) -> bool:
        """Whether some messenger is set up."""
        return bool(self._messengers)

    async def personal(self, token: str) -> dict[str, str]:
        """The links that bring the token, by channel, the preferred first; none where no messenger answers."""
        return {
            one.channel: self.page(token) if one.channel == "viber" and self._public else one.start_link(token)
            for one in await self._answering()
        }

    async def plain(self) -> dict[str, str]:
        """The same without a token: where they lead, the phone tells who somebody is."""
        return {one.channel: one.chat_link() for one in await self._answering()}

    async def behind(self, token: str) -> dict[str, str]:
        """The messengers' own addresses for the token, for our page to open."""
        return {one.channel: one.start_link(token) for one in await self._answering()}

    def page(self, token: str) -> str:
        return f"{self._public}{JOIN}/{token}"

    @property
    def permanent(self) -> str:
        """The address that opens our chats for ever, to be printed; empty without an address of our own."""
        return f"{self._public}{JOIN}" if self._public else ""

    async def _answering(self) -> list[ChatLinks]:
        async with self._asking:
            for messenger in self._messengers:
                if messenger.channel in self._named:
                    continue
                try:
                    await messenger.check()
                except OutsideError as error:
                    logger.warning("no links: the messenger does not say its name", error=str(error))
                else:
                    self._named.add(messenger.channel)
        return [one for one in self._messengers if one.channel in self._named]


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person's own links by channel, the preferred first, and until when they are good."""

    links: Mapping[str, str] = field(repr=False)
    until: datetime


class Invitations:
    """Draws invitations."""

    def __init__(self, books: Books, chats: Chats, now: Clock) -> None:
        self._books = books
        self._now = now
        self.chats = chats

    async def draw(self, person_id: UUID) -> Invitation | None:
        """A new token each time, and those before it stay good: an earlier message may have arrived.

        None for somebody who has joined meanwhile. Raises Postponed while no messenger says its name.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        links = await self.chats.personal(token)
        if not links:
            raise Postponed(self._now() + ASKED_AGAIN)
        until = await self._books.write(_let_in, token, person_id, self._now())
        return Invitation(links, until) if until else None


def _let_in(tx: Tx, token: str, person_id: UUID, now: datetime) -> datetime | None:
    return None if tx.invitations.has_joined(person_id) else let_in(tx, token, person_id, now)

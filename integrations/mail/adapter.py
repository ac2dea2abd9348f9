"""Mail as the sender of letters."""

import asyncio
import ssl
from collections.abc import Collection, Mapping, Sequence

import certifi

from bot.domain.mail import Bounce, Letter, message_id
from bot.logs import log
from bot.ports import Clock
from integrations.mail.addresses import wire_address
from integrations.mail.config import MailSettings
from integrations.mail.mailbox import Mailbox
from integrations.mail.message import SYSTEM, composed
from integrations.mail.returned import bounces_of
from integrations.mail.submission import Submission

_log = log("integrations.mail")


class Mail:
    """Implements MailSender."""

    system = SYSTEM

    def __init__(self, settings: MailSettings, now: Clock, tls: ssl.SSLContext | None) -> None:
        context = tls or _authorities()
        self._settings = settings
        self._now = now
        self._sender = wire_address(settings.return_path) or ""
        self._domain = (wire_address(settings.address) or "").rpartition("@")[2]
        self._submission = Submission(settings.server, self._domain, context)
        self._mailbox = Mailbox(settings.mailbox, context) if settings.mailbox else None
        self._reading = asyncio.Lock()
        self._given: dict[str, frozenset[Bounce]] = {}
        self._strange: set[str] = set()

    async def ping(self) -> None:
        """Connects and logs in. Raises Unavailable, Rejected."""
        async with self._submission.opened("ping"):
            pass

    async def check(self) -> str:
        """Who sends where, and where returns are read with their number; both servers let us in.

        Raises Unavailable, Rejected.
        """
        await self._submission.may_send(self._sender)
        server, mailbox = self._settings.server, self._settings.mailbox
        found = f"{self._settings.address} → {server.host}:{server.port}"
        if self._mailbox and mailbox:
            found += f"; {self._sender} ← {mailbox.host}:{mailbox.port} ({await self._in_mailbox(self._mailbox)})"
        return found

    def identity(self, key: str) -> str:
        """Known before the letter is sent, so that one that comes back is known even if we never heard that it left."""
        return message_id(key, self._domain)

    async def send(self, letter: Letter) -> str:
        """Returns the Message-ID. Raises Unavailable, Rejected, Ambiguous."""
        identity, recipient, whole = await asyncio.to_thread(composed, letter, self._settings, self._now())
        await self._submission.hand_over(self._sender, recipient, whole)
        return identity

    async def bounces(self) -> Sequence[Bounce]:
        """A hundred letters of the mailbox at most. What is no failure of ours is left there and not read again in
        this life. Raises Unavailable, Rejected."""
        if self._mailbox is None:
            return ()
        async with self._reading:
            present, found = await asyncio.to_thread(self._read, self._mailbox, {*self._given, *self._strange})
            self._given = {name: given for name, given in self._given.items() if name in present}
            self._given |= {name: frozenset(given) for name, given in found.items() if given}
            self._strange = (self._strange & present) | {name for name, given in found.items() if not given}
        return tuple(dict.fromkeys(one for given in self._given.values() for one in sorted(given, key=repr)))

    async def forget(self, bounces: Sequence[Bounce]) -> None:
        """Deletes the letters that said nothing but these. Raises Unavailable, Rejected."""
        told = frozenset(bounces)
        async with self._reading:
            gone = [name for name, given in self._given.items() if given <= told]
            if self._mailbox is None or not gone:
                return
            await asyncio.to_thread(self._mailbox.delete, gone)
            for name in gone:
                del self._given[name]

    def _read(self, mailbox: Mailbox, known: Collection[str]) -> tuple[set[str], Mapping[str, Sequence[Bounce]]]:
        present, letters = mailbox.read(known)
        return present, {name: _understood(letter, self._domain) for name, letter in letters.items()}

    async def _in_mailbox(self, mailbox: Mailbox) -> int:
        async with self._reading:
            return await asyncio.to_thread(mailbox.count)


def _understood(letter: bytes, domain: str) -> Sequence[Bounce]:
    """A letter that breaks the reading is like one that says nothing: the others are not to wait for it."""
    try:
        return bounces_of(letter, domain)
    except Exception as error:
        _log.warning("a returned letter cannot be read", error=type(error).__name__)
        return ()


def _authorities() -> ssl.SSLContext:
    """Those of the system, and those that come with us where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context

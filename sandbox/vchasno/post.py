"""Letters of the service: kept in an outbox, and handed to a mail server of this machine where one is named."""

import asyncio
import ipaddress
import itertools
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

SENDER = "no-reply@vchasno.example"
KEPT = 500
TIMEOUT = 5.0


@dataclass(slots=True, eq=False)
class Letter:
    """One invitation; `state`: kept where no server is named, going, handed, failed."""

    id: int
    to: str
    subject: str
    text: str
    link: str
    document_id: str
    at: datetime
    state: str = "kept"

    def view(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "to": self.to,
            "subject": self.subject,
            "text": self.text,
            "link": self.link,
            "document_id": self.document_id,
            "at": self.at.isoformat(),
            "state": self.state,
        }


class Post:
    """The outbox, and the way out of it."""

    def __init__(self) -> None:
        self.url = ""
        self.letters: deque[Letter] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)
        self._going: set[asyncio.Task[None]] = set()

    def name_server(self, url: str) -> None:
        """`smtp://user:password@127.0.0.1:port`, empty for none. Raises ValueError for any other machine."""
        if url:
            parts = urlsplit(url)
            host = parts.hostname or ""
            if parts.scheme != "smtp" or parts.port is None or not (host == "localhost" or _is_loopback(host)):
                raise ValueError("url: smtp://user:password@127.0.0.1:port")
        self.url = url

    def send(self, to: str, subject: str, text: str, link: str, document_id: str, at: datetime) -> Letter:
        letter = Letter(next(self._numbers), to, subject, text, link, document_id, at)
        self.letters.append(letter)
        if self.url:
            letter.state = "going"
            task = asyncio.get_running_loop().create_task(self._hand(letter))
            self._going.add(task)
            task.add_done_callback(self._going.discard)
        return letter

    async def settled(self) -> None:
        """No letter is on its way."""
        while self._going:
            await asyncio.wait(set(self._going))

    async def _hand(self, letter: Letter) -> None:
        parts = urlsplit(self.url)
        user = unquote(parts.username) if parts.username else None
        try:
            await aiosmtplib.send(
                _message(letter), hostname=parts.hostname, port=parts.port, username=user,
                password=unquote(parts.password or "") if user else None, use_tls=False, start_tls=False,
                timeout=TIMEOUT,
            )  # fmt: skip
        except (aiosmtplib.SMTPException, OSError, ValueError):
            letter.state = "failed"
        else:
            letter.state = "handed"


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Вчасно (пісочниця) <{SENDER}>"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.document_id}.{letter.id}@vchasno.example>"
    message.set_content(letter.text)
    return message


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

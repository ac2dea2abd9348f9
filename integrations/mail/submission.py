"""One conversation with the mail server: in, a letter handed over, out."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiosmtplib

from bot.domain.errors import Ambiguous, Rejected, Unavailable
from integrations.mail.config import Server
from integrations.mail.message import SYSTEM
from integrations.mail.replies import refusal, troubles

CONNECTING = 10.0
COMMAND = 30.0
WRITING = 120.0
ANSWERING = 120.0
LEAVING = 2.0
"""Seconds of each phase. The answer to a whole letter takes longest: servers look for viruses before it."""
_LOOK_EVERY = 0.02
_PERIOD = re.compile(rb"(?m)^\.")


class Submission:
    """Opens a connection for each letter: one in a minute is the way of this trade, and none has to be kept alive."""

    def __init__(self, server: Server, local_name: str, tls: ssl.SSLContext) -> None:
        self._server = server
        self._local_name = local_name
        self._tls = tls

    @asynccontextmanager
    async def opened(self, operation: str) -> AsyncIterator[aiosmtplib.SMTP]:
        """Let in and over TLS, or on this machine. Raises Unavailable, Rejected."""
        server = self._server
        smtp = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            local_hostname=self._local_name,
            timeout=COMMAND,
            use_tls=server.tls,
            start_tls=not (server.tls or server.is_loopback),
            tls_context=self._tls,
        )
        try:
            with troubles(operation):
                async with asyncio.timeout(CONNECTING + COMMAND):
                    await smtp.connect(timeout=CONNECTING)
                    if smtp.is_ehlo_or_helo_needed:
                        await smtp.ehlo()
            yield smtp
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=LEAVING)
        finally:
            transport = smtp.transport
            smtp.close()
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()  # what nobody reads any more would hold the connection open

    async def may_send(self, sender: str) -> None:
        """That the server takes letters of this sender from us. Raises Unavailable, Rejected."""
        async with self.opened("check") as smtp:
            with troubles("check"):
                await smtp.mail(sender)
                await smtp.rset()

    async def hand_over(self, sender: str, recipient: str, letter: bytes) -> None:
        """Raises Unavailable, Rejected; Ambiguous once the last dot is on its way and no answer came."""
        async with self.opened("send") as smtp:
            with troubles("mail"):
                await smtp.mail(sender, options=_size(smtp, letter))
            with troubles("rcpt"):
                await smtp.rcpt(recipient)
            with troubles("data"):
                begun = await smtp.execute_command(b"DATA")
                if begun.code != 354:
                    raise refusal("data", begun.code, begun.message)
                await _write(smtp, letter)


async def _write(smtp: aiosmtplib.SMTP, letter: bytes) -> None:
    """Everything but the last dot first: as long as that has not left, the server cannot have taken the letter.

    aiosmtplib writes both at once, and then a connection that died in the middle looks like one that died after it.
    """
    protocol = smtp.protocol
    if protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("before the letter")
    answer = asyncio.create_task(protocol.read_response())
    is_whole = False
    try:
        await asyncio.sleep(0)  # the answer is awaited before anything is written, so that an early one is heard
        protocol.write(_PERIOD.sub(b"..", letter if letter.endswith(b"\r\n") else letter + b"\r\n"))
        async with asyncio.timeout(WRITING):
            await _left(smtp, answer)
        if not answer.done():
            protocol.write(b".\r\n")
            is_whole = True
        async with asyncio.timeout(ANSWERING):
            said = await answer
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        lost = Ambiguous if is_whole else Unavailable
        raise lost(SYSTEM, "data", type(error).__name__) from None
    finally:
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)
    if not (is_whole and 200 <= said.code <= 299):
        raise _unaccepted(said, is_whole)


def _unaccepted(said: aiosmtplib.SMTPResponse, is_whole: bool) -> Exception:
    if is_whole and not 400 <= said.code <= 599:
        return Ambiguous(SYSTEM, "data", "broken answer")
    return refusal("data", said.code, said.message)


async def _left(smtp: aiosmtplib.SMTP, answer: "asyncio.Task[aiosmtplib.SMTPResponse]") -> None:
    """Until what was written is with the operating system, or the server said something."""
    transport = smtp.transport
    while (  # noqa: ASYNC110  a transport tells its protocol alone that it is empty
        isinstance(transport, asyncio.WriteTransport) and transport.get_write_buffer_size() and not answer.done()
    ):
        await asyncio.sleep(_LOOK_EVERY)


def _size(smtp: aiosmtplib.SMTP, letter: bytes) -> list[str]:
    """Told beforehand where the server wants to know. Raises Rejected where it will not take so much."""
    if not smtp.supports_extension("size"):
        return []
    most = smtp.esmtp_extensions.get("size", "")
    if most.isdecimal() and 0 < int(most) < len(letter):
        raise Rejected(SYSTEM, "send", "too big")
    return [f"SIZE={len(letter)}"]

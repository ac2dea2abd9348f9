"""The server's side of SMTP: who may send, what is refused, what is taken and what becomes of it."""

import asyncio
import hmac
import logging
import ssl
from typing import Any
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.mail import recipients
from sandbox.mail.faults import Fault
from sandbox.mail.office import Office
from sandbox.mail.reading import read
from sandbox.mail.returns import AFTER, report

LARGEST = 35 * 1024 * 1024
MOST_RECIPIENTS = 100
NEEDED = ("from", "date", "message-id")
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it would tell of every command


class Handler:
    """The hooks of aiosmtpd; each returns the answer."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        fault = await self._met("ehlo", server)
        return [fault.reply] if fault and fault.kind == "refuse" else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._office.user and not session.authenticated:
            return self._office.called("MAIL", "530 5.7.0 Authentication required")
        fault = await self._met("mail", server)
        if fault and fault.kind == "refuse":
            return self._office.called("MAIL", fault.reply)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._office.called("MAIL", "250 2.1.0 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = await self._met("rcpt", server)
        reply = fault.reply if fault and fault.kind == "refuse" else self._admitted(envelope, address)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self._office.called("RCPT", reply)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        fault = await self._met("data", server)
        kinds = {recipients.kind(address) for address in envelope.rcpt_tos}
        refusal = fault.reply if fault and fault.kind == "refuse" else self._refusal(envelope, kinds)
        if refusal:
            return self._office.called("DATA", refusal)
        number = self._take(envelope)
        if (fault and fault.kind == "lost_answer") or recipients.LOST in kinds:
            self._office.called("DATA", "")
            await _end(server)
        if recipients.SLOW in kinds:
            await asyncio.sleep(recipients.SLOW_FOR)
        return self._office.called("DATA", f"250 2.0.0 Taken as {number}")

    async def _met(self, stage: str, server: SMTP) -> Fault | None:
        fault = self._office.faults.take(stage)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop":
            self._office.called(stage.upper(), "")
            await _end(server)
        return fault

    def _admitted(self, envelope: Envelope, address: str) -> str:
        kind = recipients.kind(address)
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if "@" not in address:
            return "553 5.1.3 The address has no domain"
        if kind == recipients.GREYLISTED and not self._office.knows(envelope.mail_from or "", address):
            return "451 4.7.1 Greylisted, come again"
        return recipients.ANSWERS.get(kind, recipients.Answer()).rcpt or "250 2.1.5 OK"

    def _refusal(self, envelope: Envelope, kinds: set[str]) -> str:
        for kind in kinds & set(recipients.ANSWERS):
            return recipients.ANSWERS[kind].data
        letter = read(_content(envelope))
        missing = [name for name in NEEDED if not letter.header(name)]
        return f"554 5.6.0 The letter lacks {', '.join(missing)}" if missing else ""

    def _take(self, envelope: Envelope) -> int:
        office, sender, raw = self._office, envelope.mail_from or "", _content(envelope)
        received = office.letters.take(sender, tuple(envelope.rcpt_tos), raw, office.moment())
        for address in envelope.rcpt_tos:
            kind = recipients.kind(address)
            if status := recipients.RETURNED.get(kind):
                back = report(
                    sender, address, raw, status=status, is_plain=kind == "bounce-plain", at=office.moment(),
                    number=received.id,
                )  # fmt: skip
                office.returns.expect(back, office.now() + AFTER)
        return received.id


class SmtpServer:
    """The port, and the connections to end with it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._handler = Handler(office)
        self._servers: list[asyncio.Server] = []
        self._open: WeakSet[SMTP] = WeakSet()

    async def listen(self, port: int, *, tls: ssl.SSLContext | None = None, at_once: bool = False) -> int:
        """Returns the port. With `tls` STARTTLS is offered, or TLS begins `at_once`."""
        loop = asyncio.get_running_loop()

        def connection() -> SMTP:
            made = SMTP(
                self._handler, hostname="mail.sandbox.example", ident="Komora sandbox", data_size_limit=LARGEST,
                timeout=60, auth_require_tls=False, auth_callback=self._lets_in, enable_SMTPUTF8=True, loop=loop,
                tls_context=None if at_once else tls,
            )  # fmt: skip
            self._open.add(made)
            return made

        server = await loop.create_server(connection, "127.0.0.1", port, ssl=tls if at_once else None)
        self._servers.append(server)
        found: int = server.sockets[0].getsockname()[1]
        return found

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for connection in list(self._open):
            if connection.transport is not None:
                _abort(connection)
        for server in self._servers:
            await server.wait_closed()
        await asyncio.sleep(0)

    def _lets_in(self, mechanism: str, login: bytes, password: bytes) -> bool:
        office = self._office
        right = hmac.compare_digest(login, office.user.encode()) & hmac.compare_digest(
            password, office.password.encode()
        )
        return not office.user or right


def _content(envelope: Envelope) -> bytes:
    content: Any = envelope.original_content
    return bytes(content or b"")


def _abort(connection: SMTP) -> None:
    transport: Any = connection.transport
    transport.abort()


async def _end(connection: SMTP) -> None:
    """Without a word; aiosmtpd cancels the hook when it finds the connection gone."""
    _abort(connection)
    await asyncio.Event().wait()

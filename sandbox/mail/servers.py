"""The ports beside the pages, open as long as the application is served."""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

from aiohttp import web

from sandbox.mail.office import Office
from sandbox.mail.pop3 import Pop3Server
from sandbox.mail.smtp import SmtpServer

OFFICE = web.AppKey("office", Office)


def open_servers(
    office: Office, smtp_port: int, pop3_port: int, tls: ssl.SSLContext | None
) -> Callable[[web.Application], AsyncIterator[None]]:
    """For `cleanup_ctx`; raises OSError where a port is taken."""

    async def opened(_: web.Application) -> AsyncIterator[None]:
        smtp, pop3 = SmtpServer(office), Pop3Server(office)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(smtp.close)
            stack.push_async_callback(pop3.close)
            office.ports = {
                "smtp": await smtp.listen(smtp_port, tls=tls),
                "pop3": await pop3.listen(pop3_port),
            }
            if tls:
                office.ports["smtps"] = await smtp.listen(0, tls=tls, at_once=True)
                office.ports["pop3s"] = await pop3.listen(0, tls=tls)
            yield

    return opened

"""A mail server and everybody's mailboxes on one machine: SMTP in, POP3 for what comes back, pages to read by."""

import ssl
import time
from collections.abc import Callable
from urllib.parse import quote

from aiohttp import web

from sandbox.loopback import loopback_only
from sandbox.mail.control import control_app
from sandbox.mail.office import Office
from sandbox.mail.pages import page_routes
from sandbox.mail.servers import OFFICE, open_servers

__all__ = ["addresses", "create_app"]

MAX_BODY = 1024 * 1024


def create_app(
    user: str,
    password: str,
    *,
    smtp_port: int = 0,
    pop3_port: int = 0,
    tls: ssl.SSLContext | None = None,
    now: Callable[[], float] = time.time,
) -> web.Application:
    """The pages at `/`, the control side at `/_control/`; SMTP and POP3 on ports of their own while it is served.

    Port 0 is chosen by the system. With `tls` SMTP offers STARTTLS, and there are ports with TLS from the first byte.
    `now` gives seconds since the epoch.
    """
    office = Office(user, password, now)
    app = web.Application(client_max_size=MAX_BODY, middlewares=[loopback_only])
    app[OFFICE] = office
    app.add_routes(page_routes(office))
    app.add_subapp("/_control/", control_app(office))
    app.cleanup_ctx.append(open_servers(office, smtp_port, pop3_port, tls))
    return app


def addresses(app: web.Application) -> dict[str, str]:
    """What belongs into the settings, by name of the scheme, once the application is served."""
    office = app[OFFICE]
    who = f"{quote(office.user, safe='')}:{quote(office.password, safe='')}@" if office.user else ""
    return {scheme: f"{scheme}://{who}127.0.0.1:{port}" for scheme, port in office.ports.items()}

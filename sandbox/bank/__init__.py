"""A Ukrainian bank with one account: transfers come in and go out, and its statement is a file in four forms."""

import time
from collections.abc import Callable

from aiohttp import web

from sandbox.bank.accounts import Party
from sandbox.bank.control import control_app
from sandbox.bank.ledger import Ledger
from sandbox.bank.pages import page_routes

MAX_BODY = 1024 * 1024
IBAN, CODE, NAME = "UA213223130000026007233566001", "41870016", "ТОВ «ГастроОпт Демо»"


def create_app(
    iban: str = IBAN, code: str = CODE, name: str = NAME, *, now: Callable[[], float] = time.time
) -> web.Application:
    """Statements at `/statement.{csv,xlsx,txt,xml}`, the control side at `/_control/`.

    `iban`, `code` and `name` are the account holder's; `now` gives seconds since the epoch.
    """
    ledger = Ledger(Party(name or NAME, code or CODE, (iban or IBAN).replace(" ", "")), now)
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_routes(page_routes(ledger))
    app.add_subapp("/_control/", control_app(ledger))
    return app

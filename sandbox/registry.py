"""Every sandbox by its name: how to make it from the keys, and which path its system's setting wants."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from aiohttp import web


class Sandbox(NamedTuple):
    """One outside system; `path` follows the sandbox's address in the setting of that system.

    One with ports of its own tells their addresses by `addresses` once it is served; then the first belongs there.
    """

    make: Callable[[], web.Application]
    path: str = ""
    addresses: Callable[[web.Application], Mapping[str, str]] | None = None

    def told(self, app: web.Application, port: int) -> str:
        """What belongs into the settings, in one line; `port` is where the application is served."""
        here = f"http://127.0.0.1:{port}{self.path}"
        return " ".join([*(self.addresses(app).values() if self.addresses else ()), here])


def sandboxes(
    keys: Mapping[str, str], *, wholesaler: Path | None = None, now: Callable[[], float] = time.time
) -> dict[str, Sandbox]:
    """`keys` are settings by their names in the environment, such as TELEGRAM__TOKEN; one not given is empty.

    `wholesaler` is a folder of data for the base of 1C, which is small without it; `now` gives the time for all,
    in seconds since the epoch.
    """

    def telegram() -> web.Application:
        from sandbox.telegram import create_app

        return create_app(keys.get("TELEGRAM__TOKEN", ""), now=now)

    def viber() -> web.Application:
        from sandbox.viber import create_app

        return create_app(keys.get("VIBER__TOKEN", ""), now=now)

    def atompark() -> web.Application:
        from sandbox.atompark import create_app

        return create_app(keys.get("ATOMPARK__PUBLIC_KEY", ""), keys.get("ATOMPARK__PRIVATE_KEY", ""), now=now)

    def turbosms() -> web.Application:
        from sandbox.turbosms import create_app

        return create_app(keys.get("TURBOSMS__TOKEN", ""), keys.get("TURBOSMS__SECRET", ""), now=now)

    def onec() -> web.Application:
        from sandbox.onec import create_app

        user, password, profile = (keys.get(f"ONEC__{name}", "") for name in ("USER", "PASSWORD", "PROFILE"))

        def moment() -> datetime:
            return datetime.fromtimestamp(now(), UTC)

        return create_app(user, password, profile=profile or "ut_ua", data=wholesaler, now=moment)

    def wayforpay() -> web.Application:
        from sandbox.wayforpay import create_app

        return create_app(keys.get("WAYFORPAY__ACCOUNT", ""), keys.get("WAYFORPAY__SECRET", ""), now=now)

    def bank() -> web.Application:
        from sandbox.bank import create_app

        iban, code, name = (keys.get(f"COMPANY__{part}", "") for part in ("IBAN", "EDRPOU", "NAME"))
        return create_app(iban, code, name, now=now)

    def vchasno() -> web.Application:
        from sandbox.vchasno import create_app

        token, code, name = (keys.get(key, "") for key in ("VCHASNO__TOKEN", "COMPANY__EDRPOU", "COMPANY__NAME"))
        return create_app(token, code, name, now=now)

    def mail() -> web.Application:
        from sandbox.mail import create_app

        smtp, pop3 = (urlsplit(keys.get(name, "")) for name in ("MAIL__URL", "MAIL__BOUNCES"))
        user, password = unquote(smtp.username or "komora"), unquote(smtp.password or "sandbox")
        return create_app(user, password, smtp_port=smtp.port or 0, pop3_port=pop3.port or 0, now=now)

    def mail_addresses(app: web.Application) -> Mapping[str, str]:
        from sandbox.mail import addresses

        return addresses(app)

    return {
        "telegram": Sandbox(telegram),
        "wayforpay": Sandbox(wayforpay),
        "viber": Sandbox(viber, "/pa"),
        "atompark": Sandbox(atompark),
        "turbosms": Sandbox(turbosms),
        "onec": Sandbox(onec, "/base"),
        "bank": Sandbox(bank),
        "mail": Sandbox(mail, addresses=mail_addresses),
        "vchasno": Sandbox(vchasno),
    }

"""A 1C:Enterprise base from the other side: OData, the exchange client and call-backs, on one machine."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from sandbox.onec.exchange_port import Exchange

MAX_BODY = 16 * 1024 * 1024


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    user: str,
    password: str,
    *,
    profile: str = "ut_ua",
    data: Path | None = None,
    exchange: Exchange | None = None,
    now: Callable[[], datetime] = utc_now,
) -> web.Application:
    """The base published at `/base`, its interface at `/base/odata/standard.odata/`, its control side at `/_control/`.

    Empty user and password let anyone in. `data` is a folder of demo data, otherwise a small base is built in.
    """
    from sandbox.onec.sandbox import Sandbox

    return Sandbox(user, password, profile, data, exchange, now).application(MAX_BODY)

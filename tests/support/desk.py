"""The whole product but its messengers: books, services, router and pipeline, as main.py puts them together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from bot.conversation.pipeline import Pipeline
from bot.db.books import Books
from bot.domain.delivery import DeliveryRules
from bot.domain.money import Money
from bot.ports import Accounting
from handlers.app import App, Company, build_app
from handlers.errors import trouble
from handlers.menu import calm, frame
from handlers.routing import build_router
from tests.support.gateway import Gateway

RULES = DeliveryRules(time(17, 0), frozenset({1, 2, 3, 4, 5, 6}), frozenset({"01-01", "12-25"}), 14)
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Clock:
    """Time that moves when told."""

    def __init__(self, moment: datetime = MONDAY_MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


class Sms:
    """An SMS sender whose messages can be read."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send(self, phone: str, text: str) -> str:
        self.sent.append((phone, text))
        return str(len(self.sent))


@dataclass
class Office:
    """One wholesaler's running product, without its messengers."""

    books: Books
    app: App
    pipeline: Pipeline[App]
    clock: Clock
    sms: Sms
    gateway: Gateway | None = None


def open_office(
    books: Books,
    media: Path,
    clock: Clock | None = None,
    *,
    burst: int = 1000,
    accounting: Accounting | None = None,
    staff: Mapping[str, str] | None = None,
    gateway: Gateway | None = None,
) -> Office:
    """With a gateway people can pay by card."""
    clock, sms = clock or Clock(), Sms()
    company = Company("ГастроОпт", "+380440000000")
    app = build_app(
        books, RULES, Money.of(1500), company, media, now=clock, sms=sms, accounting=accounting, gateway=gateway,
        public_url="https://bot.example.ua",
    )  # fmt: skip
    pipeline = Pipeline(
        books, build_router(), app, now=clock, frame=frame, trouble=trouble, calm=calm, burst=burst, staff=staff
    )
    return Office(books, app, pipeline, clock, sms, gateway)

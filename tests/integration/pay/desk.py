"""A pay desk whose links are put by the test, and a gateway that is a page of one word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from bot.domain.money import Money
from bot.domain.payment import Payee, PayLine, PayState, PayView
from bot.web.pay import pay_routes
from tests.support.desk import Clock
from tests.support.loopback import serving

TOKEN = "Zk3vQ1yT8sLw0aXb9cDe7f"
COMPANY = Payee("ТОВ «Смачна гуртівня»", "32855961", "UA723220010000026002360009669")
UNPAID = PayView(
    state=PayState.UNPAID,
    amount=Money.of("12345.50"),
    purpose="Оплата за замовлення № К-000123 від 23.11.2026, у т.ч. ПДВ",
    lives_until=datetime(2026, 11, 25, 15, 0, tzinfo=UTC),
    items=(
        PayLine("Замовлення К-000123 від 23.11", Money.of("12000.00")),
        PayLine("Борг за видатковою 871", Money.of("345.50")),
    ),
    client_name="Кав’ярня «Ранкова кава» <Поділ>",
    order_number="К-000123",
)

GATEWAY = '<!doctype html><title>Gateway</title><link rel="icon" href="data:,"><h1>Card</h1>'


@dataclass
class Desk:
    """Remembers what it was asked."""

    gateway: str = ""
    links: dict[str, PayView] = field(default_factory=lambda: {TOKEN: UNPAID})
    trouble: Exception | None = None
    asked: list[str] = field(default_factory=list)
    started: list[tuple[str, str, Money]] = field(default_factory=list)

    async def page(self, token: str) -> PayView | None:
        self.asked.append(token)
        return self.links.get(token)

    async def start(self, token: str, language: str, shown: Money) -> str:
        if self.trouble:
            raise self.trouble
        self.started.append((token, language, shown))
        return f"{self.gateway}/page?vkh=1"


@dataclass
class Shop:
    """The pay page on a port, its desk and its time."""

    address: str
    desk: Desk
    clock: Clock
    gateway: str

    @property
    def link(self) -> str:
        return f"{self.address}/pay/{TOKEN}"


@asynccontextmanager
async def open_shop(company: Payee = COMPANY) -> AsyncIterator[Shop]:
    """A gateway and a pay page, each an origin of its own."""
    outside = web.Application()
    outside.router.add_get("/page", _gateway)
    async with serving(outside) as gateway:
        desk, clock = Desk(gateway), Clock()
        app = web.Application()
        app.add_routes(pay_routes(desk, company, origin=gateway, now=clock))
        async with serving(app) as address:
            yield Shop(address, desk, clock, gateway)


async def _gateway(_: web.Request) -> web.Response:
    return web.Response(text=GATEWAY, content_type="text/html")

"""The gateway's sandbox, and the product's books, webhook and pay page in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from aiohttp import web

from bot.domain.money import Money
from bot.domain.payment import Payee
from bot.services.cards_reconciliation import CardReconciliation, CardsCompared
from bot.services.money_moves import MOVE, MoneyMoves, Wanted
from bot.services.paid import WITHDRAW, Paid
from bot.services.payment_view import PaymentView
from bot.services.payments import CHECK, Payments
from bot.web.pay import pay_routes
from integrations.wayforpay import CALLBACK, WayForPay, WayForPayWebhook, connect
from sandbox.wayforpay import create_app
from tests.integration.wayforpay.world import ACCOUNT, SECRET, settings
from tests.services.backroom import Backroom
from tests.services.cashbox import OKSANA
from tests.support.loopback import door, serving

SUM = Money.of("1149.60")


@dataclass
class CardShop:
    """An order of 1149.60 hryvnias, paid at the sandbox."""

    room: Backroom
    http: httpx.AsyncClient
    gateway: str
    ours: str
    provider: WayForPay
    payments: Payments
    moves: MoneyMoves
    order_id: UUID

    async def token(self) -> str:
        _, address = await self.payments.offer(await self.room.order(self.order_id))
        assert address is not None
        return address.rpartition("/")[2]

    async def start(self) -> str:
        """Through the page; the reference of the attempt."""
        before = {one["reference"] for one in await self.orders()}
        token = await self.token()
        page = await self.payments.page(token)
        assert page is not None
        answer = await self.http.post(f"{self.ours}/pay/{token}/card?sum={page.due_by_card.kopiykas}")
        assert answer.status_code == 303
        (new,) = {one["reference"] for one in await self.orders()} - before
        return str(new)

    async def pays(self) -> str:
        reference = await self.start()
        await self.acts("pay", reference=reference)
        await self.hears()
        return reference

    async def hears(self) -> None:
        """Whatever the gateway had to say has come, and what follows is done."""
        assert (await self.http.get(f"{self.gateway}/_control/idle")).json() == {"idle": True}
        await self.room.run(CHECK, self.payments.check)
        await self.room.run(WITHDRAW, self.payments.withdraw)

    async def acts(self, act: str, **said: Any) -> None:
        (await self.http.post(f"{self.gateway}/_control/{act}", json=said)).raise_for_status()

    async def orders(self) -> list[dict[str, Any]]:
        return list((await self.http.get(f"{self.gateway}/_control/orders")).json()["orders"])

    async def calls(self, operation: str) -> int:
        said = (await self.http.get(f"{self.gateway}/_control/calls")).json()["calls"]
        return sum(1 for one in said if one["operation"] == operation)

    async def tells(self, raw: bytes) -> int:
        """Somebody posts this to our callback; the status of the answer."""
        return (await self.http.post(f"{self.ours}{CALLBACK}", content=raw)).status_code

    async def paid(self) -> Paid:
        return await self.payments.paid(self.order_id)

    async def asks(self, reference: str, wanted: Wanted) -> PaymentView:
        view = await self.moves.named(reference)
        return await self.moves.ask(view.id, wanted, OKSANA)

    async def moves_on(self) -> int:
        return await self.room.run(MOVE, self.moves.run)

    async def compares(self) -> CardsCompared:
        return await CardReconciliation(self.room.books, self.provider, self.room.clock).compare()

    async def nothing_happened(self) -> bool:
        """Nobody was told, nothing goes to 1C, nothing was paid."""
        paid = await self.paid()
        return not (await self.room.told() or await self.room.told_staff() or paid.charged or paid.kept)


@asynccontextmanager
async def open_card_shop(room: Backroom, http: httpx.AsyncClient) -> AsyncIterator[CardShop]:
    taken, ours = door()
    async with serving(create_app(ACCOUNT, SECRET, now=lambda: room.clock().timestamp())) as gateway:
        known = settings(gateway, ours)
        provider = connect(known, http, now=room.clock)
        payments = Payments(room.books, provider, room.clock, public_url=ours, payee="ГастроОпт", connected=True)
        moves = MoneyMoves(room.books, provider, room.clock, connected=True)
        webhook = WayForPayWebhook(known, payments.told, room.clock, back=payments.back)
        app = web.Application()
        payee = Payee("ГастроОпт", "32855961", "UA723220010000026002360009669")
        app.add_routes([*webhook.routes(), *pay_routes(payments, payee, origin=gateway, now=room.clock)])
        async with serving(app, taken):
            shop = CardShop(room, http, gateway, ours, provider, payments, moves, await room.handed())
            try:
                yield shop
            finally:
                assert (await http.get(f"{gateway}/_control/idle")).json() == {"idle": True}

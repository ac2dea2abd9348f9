"""Callbacks as a gateway sends them: repeated, out of order, several at once, and forged ones among them."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import httpx
from aiohttp import web

import sandbox.wayforpay
from bot.db.tx import Tx
from bot.domain.money import Money
from bot.services.pay_links import opened, order_key, order_target
from bot.services.payments import CHECK, Payments
from bot.services.receipts import RECEIVE, Receipts
from integrations.wayforpay import CALLBACK, WayForPayWebhook, connect
from sandbox.wayforpay import state
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.order import Order, Wanted
from sandbox.wayforpay.signature import STATE, sign
from sandbox.wayforpay.wire import Json, write
from tests.db.people import OLENA, RANOK
from tests.db.test_orders import line, place
from tests.integration.wayforpay.world import ACCOUNT, SECRET, settings
from tests.services.backroom import Backroom
from tests.support.loopback import client, serving
from tests.support.wholesaler import uid

PAID, UNPAID, REPEATED, CLIENTS = 40, 6, 14, 6
SUM = Decimal("189.50")


@dataclass
class Shop:
    """The door for callbacks, and the gateway behind it."""

    room: Backroom
    payments: Payments
    gateway: Merchant
    http: httpx.AsyncClient
    door: str

    async def attempt(self, number: int) -> Order:
        """An order with an attempt that waits at the gateway."""
        reference = await self.room.books.write(self._attempt, number)
        items = (("Замовлення", SUM, Decimal(1)),)
        wanted = Wanted(reference, SUM, "UAH", items, "shop.example", 1_795_600_000, 86_400.0)
        return self.gateway.gateway.register(wanted, invoice=False)

    def _attempt(self, tx: Tx, number: int) -> str:
        now = self.room.clock()
        order = place(tx, RANOK, line(uid("11011"), "11011", "1", "189.50"), total=Money.of("189.50"), at=now)
        view = tx.orders.view(order, RANOK.id)
        assert view is not None
        link = opened(tx, order_key(order), RANOK.id, (order_target(view),), now)
        reference = f"K-{number:06}-1-0123456789abcdef"
        tx.payments.add_attempt(link.id, reference, Money.of("189.50"), now, now + timedelta(hours=1), "uk")
        return reference

    async def told(self, bodies: list[bytes]) -> Counter[int]:
        """From several clients at once; how many of each status."""
        left, statuses = list(bodies), Counter[int]()

        async def send() -> None:
            while left:
                answer = await self.http.post(f"{self.door}{CALLBACK}", content=left.pop())
                statuses[answer.status_code] += 1

        await asyncio.gather(*(send() for _ in range(CLIENTS)))
        return statuses


@asynccontextmanager
async def shop(room: Backroom) -> AsyncIterator[Shop]:
    app = sandbox.wayforpay.create_app(ACCOUNT, SECRET)
    async with serving(app) as gateway, client() as http:
        known = settings(gateway)
        payments = Payments(
            room.books, connect(known, http, now=room.clock), room.clock,
            public_url="https://bot.example.ua", payee="ГастроОпт", connected=True,
        )  # fmt: skip
        webhook = WayForPayWebhook(known, payments.told, room.clock, back=payments.back)
        ours = web.Application()
        ours.add_routes(webhook.routes())
        async with serving(ours) as door:
            yield Shop(room, payments, app[MERCHANT], http, door)


def true(order: Order) -> bytes:
    return _signed(state.callback(order, ACCOUNT))


def forged(order: Order, turn: int) -> bytes:
    """By turns: another key, another sum under the true signature, another shop."""
    body = state.callback(order, ACCOUNT) | {"transactionStatus": "Approved", "reasonCode": 1100}
    if turn % 3 == 0:
        return _signed(body, "not-the-secret")
    if turn % 3 == 1:
        return write(body | {"amount": Decimal(1), "merchantSignature": sign(SECRET, body, STATE)}).encode()
    return _signed(body | {"merchantAccount": f"{ACCOUNT}_other"})


def _signed(body: Json, secret: str = SECRET) -> bytes:
    return write(body | {"merchantSignature": sign(secret, body, STATE)}).encode()


async def test_callbacks_in_any_order_and_number_count_each_payment_once(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "1")
    async with shop(backroom) as ours:
        paid = [await ours.attempt(number) for number in range(PAID)]
        unpaid = [await ours.attempt(PAID + number) for number in range(UNPAID)]
        for order in paid:
            ours.gateway.gateway.approve(order)
        chance = random.Random(60)
        bodies = [true(order) for order in (*paid, *chance.sample(paid, REPEATED))]
        bodies += [forged(order, turn) for turn, order in enumerate(unpaid)]
        chance.shuffle(bodies)
        assert await ours.told(bodies) == {200: PAID + REPEATED, 403: UNPAID}
        await backroom.run(CHECK, ours.payments.check)
        await backroom.run(RECEIVE, Receipts(backroom.books, backroom.ledger, backroom.clock).receive)
        references = sorted(order.wanted.reference for order in paid)
        assert await backroom.books.read(_booked) == [(reference, "paid", 18950) for reference in references]
        assert sorted(backroom.ledger.taken) == references
        told = await backroom.told()
        assert {one.to for one in told} == {"telegram:1"}
        assert len(told) == len({one.about for one in told}) == PAID
        assert len(await backroom.told_staff()) == PAID
        assert await backroom.books.read(_stirred) == references


def _booked(tx: Tx) -> list[tuple[str, str, int]]:
    rows = tx._connection.exec_driver_sql(
        "SELECT reference, outcome, amount FROM payment_events ORDER BY reference, position"
    )
    return [(row.reference, row.outcome, int(row.amount)) for row in rows]


def _stirred(tx: Tx) -> list[str]:
    rows = tx._connection.exec_driver_sql(
        "SELECT reference FROM pay_attempts WHERE stirred_at IS NOT NULL ORDER BY reference"
    )
    return list(rows.scalars())

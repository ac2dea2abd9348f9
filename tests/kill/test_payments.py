"""The product killed between a callback and the books: the money is in them once, and in 1C once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

import sandbox.onec
import sandbox.wayforpay
from bot.db.models import Client
from bot.db.tx import Tx
from bot.domain.money import Money
from bot.services.pay_links import opened, order_key, order_target
from sandbox.wayforpay import state
from sandbox.wayforpay.faults import Fault
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.order import Wanted
from sandbox.wayforpay.signature import STATE
from sandbox.wayforpay.wire import write
from tests.db.people import RANOK
from tests.db.test_orders import line, place
from tests.kill.errand import Errand, errand, now
from tests.kill.nursery import Nursery
from tests.kill.world import SIGKILL
from tests.support.loopback import client, serving
from tests.support.wholesaler import uid

ACCOUNT, SECRET, REFERENCE = "kill_merchant", "kill-secret", "K-000001-1-0123456789abcdef"
SUM = Decimal("189.50")
KEYS = ("kill", "kill")


@dataclass
class Till:
    """An attempt that was paid at the gateway, of an order whose client 1C knows; the product has not heard of it."""

    product: Errand
    gateway: Merchant
    http: httpx.AsyncClient
    onec: str

    async def told(self) -> int:
        """The gateway's callback; 0 where the product died of it."""
        order = self.gateway.gateway.require(REFERENCE)
        body = write(self.gateway.signed(state.callback(order, ACCOUNT), STATE))
        try:
            return (await self.http.post(f"{self.product.here}/wayforpay/callback", content=body)).status_code
        except httpx.TransportError:
            return 0

    async def is_in_1c(self) -> bool:
        jobs = "SELECT 1 FROM jobs WHERE name IN ('check_payment', 'receive_payment')"
        return bool(self.product.rows("SELECT 1 FROM payment_documents")) and not self.product.rows(jobs)

    async def reckon(self) -> tuple[list[Any], list[str], list[Any]]:
        """What the books keep of it, the sums of 1C's documents, and the notices."""
        listed = await self.http.get(f"{self.onec}/_control/documents", params={"kind": "payment"})
        ours = [one["total"] for one in listed.raise_for_status().json()["documents"] if one["from_site"]]
        books = self.product.rows("SELECT reference, outcome, amount FROM payment_events")
        return books, ours, self.product.rows("SELECT DISTINCT kind, count(*) FROM dispatches GROUP BY person_id")


ONCE = ([(REFERENCE, "paid", 18950)], ["189.50"], [("order_paid", 1)])


@asynccontextmanager
async def till(folder: Path, nursery: Nursery, point: str) -> AsyncIterator[Till]:
    app = sandbox.wayforpay.create_app(ACCOUNT, SECRET)
    async with (
        serving(app) as pay, serving(sandbox.onec.create_app(*KEYS)) as onec, client() as http,
        errand(folder, nursery, point, **_settings(pay, onec)) as product,
    ):  # fmt: skip
        known = (await http.get(f"{onec}/_control/counterparties")).raise_for_status().json()["counterparties"]
        await product.prepare(_attempt, known[0]["ref"])
        gateway = app[MERCHANT]
        wanted = Wanted(
            REFERENCE, SUM, "UAH", (("Замовлення", SUM, Decimal(1)),), "kill.example", int(now().timestamp()), 3600.0
        )
        gateway.gateway.approve(gateway.gateway.register(wanted, invoice=False))
        await product.start()
        yield Till(product, gateway, http, onec)


def _settings(pay: str, onec: str) -> dict[str, str]:
    return {
        "WAYFORPAY__ACCOUNT": ACCOUNT, "WAYFORPAY__SECRET": SECRET, "WAYFORPAY__DOMAIN": "kill.example",
        "WAYFORPAY__API_URL": f"{pay}/api", "WAYFORPAY__PAY_URL": f"{pay}/pay", "ONEC__BASE_URL": f"{onec}/base",
        "ONEC__USER": KEYS[0], "ONEC__PASSWORD": KEYS[1],
        "COMPANY__EDRPOU": "31451288", "COMPANY__IBAN": "UA213223130000026007233566001",
    }  # fmt: skip


def _attempt(tx: Tx, client_ref: str) -> None:
    order = place(tx, RANOK, line(uid("11011"), "11011", "1", "189.50"), total=Money.of("189.50"), at=now())
    tx._connection.execute(update(Client).where(Client.id == RANOK.id).values(external_id=client_ref))
    view = tx.orders.view(order, RANOK.id)
    assert view is not None
    link = opened(tx, order_key(order), RANOK.id, (order_target(view),), now())
    tx.payments.add_attempt(link.id, REFERENCE, Money.of("189.50"), now(), now() + timedelta(hours=1), "uk")


async def test_a_death_between_the_answer_and_the_look_at_the_gateway_costs_nothing(
    folder: Path, nursery: Nursery
) -> None:
    async with till(folder, nursery, "by_hand") as money:
        money.gateway.faults.add(Fault(kind="slow", operation="CHECK_STATUS", seconds=30))

        async def is_being_looked_at() -> bool:
            return not money.gateway.faults.view()

        assert await money.told() == 200
        await money.product.until(is_being_looked_at)
        await money.product.dies()
        assert money.product.rows("SELECT 1 FROM payment_events") == []
        await money.product.start()
        await money.product.until(money.is_in_1c)
        assert await money.reckon() == ONCE


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
async def test_a_callback_that_the_product_dies_of_comes_again_and_counts_once(
    point: str, folder: Path, nursery: Nursery
) -> None:
    async with till(folder, nursery, point) as money:
        money.product.fuse.touch()
        assert await money.told() == 0
        assert await nursery.ended() == SIGKILL
        money.product.point = "by_hand"
        await money.product.start()
        assert await money.told() == 200
        await money.product.until(money.is_in_1c)
        assert await money.reckon() == ONCE

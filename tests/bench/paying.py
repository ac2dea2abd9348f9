"""Attempts to pay that a gateway and the books of a firm know, and the callbacks of them, true and forged."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr

from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.services.pay_links import opened, order_key, order_target
from bot.services.take_in import TakeIn
from integrations.onec import odata
from sandbox.wayforpay import state
from sandbox.wayforpay.order import Wanted
from sandbox.wayforpay.signature import STATE, sign
from sandbox.wayforpay.wire import write
from tests.bench.firm import ACCOUNT, PASSWORD, SECRET, USER, Firm

SUM = Decimal("1250.50")


@dataclass(frozen=True, slots=True)
class Post:
    """A callback on the wire. A forged one is of an attempt that nobody has paid."""

    reference: str
    raw: bytes
    forged: bool = False


def now() -> datetime:
    return datetime.now(UTC)


async def settle_in(firm: Firm) -> list[UUID]:
    """Clients as 1C has them, the first person of each on Telegram."""
    given = odata.OnecSettings(base_url=f"{firm.onec}/base", user=USER, password=SecretStr(PASSWORD), profile="ut_ua")
    async with firm.books() as books:
        for subject in (Subject.CATALOGUE, Subject.CLIENTS):
            await TakeIn(books, odata.connect(given, firm.http), now).pull(subject)
        payers = await books.write(_sign_in)
    for number, (_, name) in enumerate(payers, 1):
        firm.has_telegram(number, name)
    return [client for client, _ in payers]


def _sign_in(tx: Tx) -> list[tuple[UUID, str]]:
    """The account's number is the place in the list; whoever else belongs to the client hears of nothing."""
    rows = tx._connection.exec_driver_sql(
        "SELECT m.client_id, m.person_id, p.name FROM memberships m JOIN people p ON p.id = m.person_id"
        " JOIN clients c ON c.id = m.client_id WHERE p.active AND c.active GROUP BY m.client_id"
        " HAVING count(DISTINCT p.id) > 0 ORDER BY m.client_id"
    ).all()
    seen: dict[str, tuple[UUID, str]] = {}
    for client, person, name in rows:
        if person not in seen:
            seen[person] = (UUID(client), name)
            tx.accounts.meet("telegram", str(len(seen)), name, now(), None)
            tx.accounts.sign_in("telegram", str(len(seen)), UUID(person), now())
    return list(seen.values())


async def attempts(firm: Firm, clients: list[UUID], count: int) -> list[str]:
    """So many orders with an attempt to pay each, known to the gateway and not paid yet; their references."""

    def made(tx: Tx) -> list[str]:
        return [_attempt(tx, clients[number % len(clients)]) for number in range(count)]

    async with firm.books() as books:
        references = await books.write(made)
    for reference in references:
        wanted = Wanted(
            reference, SUM, "UAH", (("Замовлення", SUM, Decimal(1)),), "bench.example", int(time.time()), 86_400.0
        )  # fmt: skip
        firm.gateway.gateway.register(wanted, invoice=False)
    return references


def _attempt(tx: Tx, client: UUID) -> str:
    order_id, number, at = uuid4(), tx.orders.next_number(), now()
    values = {
        "id": order_id, "number": number, "cart_id": order_id, "client_id": client, "placed_by": None,
        "channel": "past", "price_type_id": None, "placed_at": at, "note": "", "total": Money.of(str(SUM)),
        "point_id": None, "delivery_name": "Кухня", "delivery_address": "Київ", "delivery_date": at.date(),
    }  # fmt: skip
    line = {
        "article_id": None, "sku": "1", "name": "Товар", "base_unit": "шт", "unit": "b", "quantity": Decimal(1),
        "price": Money.of(str(SUM)), "discount": ZERO, "amount": Money.of(str(SUM)), "vat": Decimal(20),
    }  # fmt: skip
    tx.orders.enter(values, [line], State.PLACED)
    order = tx.orders.view(order_id, client)
    assert order is not None
    link = opened(tx, order_key(order_id), client, (order_target(order),), at)
    reference = f"{number}-1-{uuid4().hex[:16]}"
    tx.payments.add_attempt(link.id, reference, Money.of(str(SUM)), at, at + timedelta(days=1), "uk")
    return reference


def pay(firm: Firm, references: list[str]) -> list[Post]:
    """They are paid at the gateway; what it would tell of each."""
    orders = [firm.gateway.gateway.require(reference) for reference in references]
    for order in orders:
        firm.gateway.gateway.approve(order)
    return [Post(order.wanted.reference, _signed(state.callback(order, ACCOUNT))) for order in orders]


def forge(firm: Firm, references: list[str]) -> list[Post]:
    """By turns: another key, another sum under the signature of the true one, another shop."""
    made = []
    for turn, reference in enumerate(references):
        order = firm.gateway.gateway.require(reference)
        body = state.callback(order, ACCOUNT) | {"transactionStatus": "Approved", "reasonCode": 1100}
        if turn % 3 == 0:
            raw = _signed(body, "not-the-secret")
        elif turn % 3 == 1:
            signature = sign(SECRET, body, STATE)
            raw = write(body | {"amount": Decimal(1), "merchantSignature": signature}).encode()
        else:
            raw = _signed(body | {"merchantAccount": f"{ACCOUNT}_other"})
        made.append(Post(reference, raw, forged=True))
    return made


def _signed(body: dict[str, Any], secret: str = SECRET) -> bytes:
    return write(body | {"merchantSignature": sign(secret, body, STATE)}).encode()

"""Debts of every configuration paid from the chat: 1C closes them, and the balance is right before and after a pull."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import update

from bot.db.books import Books
from bot.db.models import Client
from bot.db.opening import open_books
from bot.domain.accounting import Subject
from bot.domain.money import Money
from bot.domain.payment import Outcome
from bot.services.receipts import Receipts
from bot.services.take_in import TakeIn
from tests.db.people import RANOK
from tests.integration.onec.world import Base, opened
from tests.services.backroom import Backroom
from tests.services.cashbox import PUBLIC, Cashbox

DEBT = Money.of("583.40")
"""What the café owes by its one shipment."""


@pytest.fixture
async def books(filled_sqlite: str) -> AsyncIterator[Books]:
    opened_books = open_books(filled_sqlite)
    yield opened_books
    await opened_books.close()


@pytest.fixture(params=["ut_ua", "bas_ut", "unf", "bp"])
async def base(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http, request.param) as base:
        yield base


class Debtor:
    """The café of our books is the one of the base."""

    def __init__(self, books: Books, base: Base, *, posts: bool) -> None:
        self.base = base
        self.box = Cashbox(Backroom(books))
        accounting = base.accounting(post_payments=posts)
        self.box.receipts = Receipts(books, accounting, self.box.room.clock)
        self._take_in = TakeIn(books, accounting, self.box.room.clock)

    async def pulls(self) -> None:
        self.box.room.later(minutes=1)
        await self._take_in.pull(Subject.RECEIVABLES)

    async def owes(self) -> list[Money]:
        return [rest for _, rest in await self.box.owed()]

    async def pays(self, typed: str) -> str:
        link = await self.box.pay_sum(typed)
        return await self.box.pays(link.address.removeprefix(f"{PUBLIC}/pay/"))


async def debtor(books: Books, base: Base, *, posts: bool = True) -> Debtor:
    named = update(Client).where(Client.id == RANOK.id).values(external_id=await base.counterparty())
    await books.write(lambda tx: tx._connection.execute(named).rowcount)
    return Debtor(books, base, posts=posts)


async def test_a_debt_is_paid_in_parts_and_a_part_goes_back(books: Books, base: Base) -> None:
    cafe = await debtor(books, base)
    await cafe.pulls()
    assert await cafe.owes() == [DEBT]
    reference = await cafe.pays("183.40")
    assert await cafe.owes() == [Money.of(400)]
    await cafe.box.hands()
    assert await base.debt() == "400.00"
    assert await cafe.owes() == [Money.of(400)]
    await cafe.pulls()
    assert await cafe.owes() == [Money.of(400)]
    await cafe.pays("400")
    assert await cafe.owes() == []
    await cafe.box.hands()
    await cafe.pulls()
    assert (await base.debt(), await cafe.owes()) == ("0.00", [])
    await cafe.box.says(reference, Outcome.PAID, refunded=Money.of("83.40"))
    await cafe.box.hands()
    await cafe.pulls()
    assert (await base.debt(), await cafe.owes()) == ("83.40", [Money.of("83.40")])


async def test_until_the_accountant_posts_the_payment_nobody_is_asked_twice(books: Books, base: Base) -> None:
    cafe = await debtor(books, base, posts=False)
    await cafe.pulls()
    await cafe.pays("583,40")
    await cafe.box.hands()
    await cafe.pulls()
    assert (await base.debt(), await cafe.owes()) == ("583.40", [])
    (document,) = await base.payments()
    await base.act(document["ref"], "post")
    await cafe.box.looks()
    await cafe.pulls()
    assert (await base.debt(), await cafe.owes()) == ("0.00", [])
    unseen = await books.read(lambda tx: tx.money.unseen(RANOK.id))
    assert unseen == {}

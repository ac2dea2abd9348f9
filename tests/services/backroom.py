"""Where the wholesaler's books meet its ledger: the services that stand between them, and what they leave behind."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update

from bot.db.books import Books
from bot.db.dispatches import DispatchRow
from bot.db.models import Article, Client, Price, PriceType, Stock, Warehouse
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, OrderRecord, OrderRecordLine, Subject
from bot.domain.client import Buyer
from bot.domain.difference import DifferenceView
from bot.domain.dispatch import CHATS, Terms
from bot.domain.job import Job, JobView, Queue, Run
from bot.domain.money import Money
from bot.domain.order import OrderView, State
from bot.services.dispatch import Dispatching
from bot.services.handover import SUBMIT, HandOver, hand_over
from bot.services.notices import ROUTE, TELL, TELL_STAFF
from bot.services.order_news import OrderNews
from bot.services.price_check import PriceCheck
from bot.services.reconciliation import Reconciliation
from bot.services.silence import Silence
from bot.services.standing import Standing
from bot.services.take_in import TakeIn
from tests.db.people import OLENA, RANOK
from tests.db.test_orders import delivery, line, place
from tests.support.accounting import Ledger
from tests.support.desk import MONDAY_MORNING, RULES, Clock
from tests.support.wholesaler import SORTS, uid

TUESDAY = date(2026, 11, 24)
MILK, CREAM, FLOUR = "a-10661", "a-11011", "a-60010"
"""Articles as the ledger names them."""


class Told(NamedTuple):
    """A notice that somebody is to get: `to` is an account or a desk, `about` its subject."""

    to: str
    kind: str
    about: str


class Backroom:
    """One database, one ledger, one clock."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.ledger = Ledger()
        self.clock = Clock()
        self.take_in = TakeIn(books, self.ledger, self.clock)
        self.handover = HandOver(books, self.ledger, self.clock)
        self.news = OrderNews(books, self.clock)
        self.reconciliation = Reconciliation(books, self.ledger, self.clock)
        self.standing = Standing(books, self.clock, connected=True)
        self.price_check = PriceCheck(books, RULES, self.clock, self.take_in)
        self.silence = Silence(books, self.clock)
        self.dispatching = Dispatching(books, Terms(ways=CHATS), self.clock)
        self._ran: set[str] = set()

    def later(self, **span: float) -> None:
        self.clock.moment += timedelta(**span)

    async def pull(self, subject: Subject, **how: Any) -> Any:
        return await self.take_in.pull(subject, **how)

    # --- orders -------------------------------------------------------------------------------------------------------

    async def place(self, *lines: Any, buyer: Buyer = RANOK, **changes: Any) -> UUID:
        """An order by Olena, with the job that takes it to the ledger."""

        def placed(tx: Tx) -> UUID:
            order_id = place(tx, buyer, *lines, at=self.clock(), **changes)
            hand_over(tx, order_id, 1)
            return order_id

        return await self.books.write(placed)

    async def unsent(self, **changes: Any) -> UUID:
        """An order for which there is no job."""
        return await self.books.write(lambda tx: place(tx, **changes))

    async def handed(self, *lines: Any, **changes: Any) -> UUID:
        """An order that is in the ledger already."""
        order_id = await self.place(*lines, **changes)
        await self.submit()
        return order_id

    async def amend(self, order_id: UUID, *lines: Any, total: str = "189.50", **changes: Any) -> None:
        """Olena changes her order, by default to one litre of cream."""
        values = delivery(total=Money.of(total), **changes)

        def amended(tx: Tx) -> None:
            state, revision = tx.orders.state(order_id), tx.orders.revision(order_id)
            new = tx.orders.amend(order_id, state, revision, lines or (ONE_CREAM,), values, self.clock(), OLENA)
            assert new == revision + 1
            hand_over(tx, order_id, new)

        await self.books.write(amended)

    async def cancel(self, order_id: UUID) -> None:
        def cancelled(tx: Tx) -> None:
            assert tx.orders.set_state(
                order_id, tx.orders.state(order_id), State.CANCELLED, self.clock(), OLENA, revise=True
            )
            hand_over(tx, order_id, tx.orders.revision(order_id))

        await self.books.write(cancelled)

    async def order(self, order_id: UUID, buyer: Buyer = RANOK) -> OrderView:
        found = await self.books.read(lambda tx: tx.orders.view(order_id, buyer.id))
        assert found is not None
        return found

    async def link(self, order_id: UUID) -> DocumentLink:
        found = await self.books.read(lambda tx: tx.documents.link(order_id))
        assert found is not None
        return found

    async def handed_revision(self, order_id: UUID) -> int:
        return await self.books.read(lambda tx: tx.documents.handed_revision(order_id))

    # --- clients and goods --------------------------------------------------------------------------------------------

    async def client(self, external_id: str) -> Any:
        """The row of a client."""
        found = select(Client.__table__).where(Client.external_id == external_id)
        return await self.books.read(lambda tx: tx._connection.execute(found).one())

    async def price(self, sku: str, price: str | None, price_type: str = "wholesale") -> None:
        """What an article costs from now on; None takes it out of the price list."""
        whose = (Price.article_id == uid(sku), Price.price_type_id == uid(price_type))
        change = update(Price).where(*whose).values(price=Money.of(price)) if price else delete(Price).where(*whose)
        await self.books.write(lambda tx: tx._connection.execute(change).rowcount)

    async def stock(self, sku: str, quantity: str) -> None:
        change = update(Stock).where(Stock.article_id == uid(sku)).values(quantity=Decimal(quantity))
        await self.books.write(lambda tx: tx._connection.execute(change).rowcount)

    # --- jobs ---------------------------------------------------------------------------------------------------------

    async def jobs(self, name: str) -> list[JobView]:
        """Oldest first."""
        listed = await self.books.read(lambda tx: tx.jobs.list(limit=1000))
        return [job for job in reversed(listed) if job.name == name]

    async def run(self, name: str, handler: Callable[[Run], Awaitable[None]]) -> int:
        """Every job of this name that has not ended yet, in order; one that raises has not ended."""
        waiting = [job for job in await self.jobs(name) if job.id not in self._ran]
        for job in waiting:
            await handler(run_of(job))
            self._ran.add(job.id)
        return len(waiting)

    async def submit(self) -> int:
        """Every order that waits for it goes to the ledger."""
        return await self.run(SUBMIT, self.handover.submit)

    # --- what people hear ---------------------------------------------------------------------------------------------

    async def route(self) -> None:
        """Every notice gets its way, if there is one."""
        await self.run(ROUTE, self.dispatching.route)

    async def release(self) -> None:
        """The look at what is held."""
        await self.dispatching.release(Run("0", Job("release", Queue.LOCAL, {}, key="release"), 1))

    async def dispatches(self) -> list[DispatchRow]:
        """Those on their way, in the order in which they leave."""
        await self.route()
        found = [UUID(str(job.args["dispatch"])) for job in await self.jobs(TELL)]
        return await self.books.read(lambda tx: [row for one in found if (row := tx.dispatches.row(one))])

    async def told(self) -> list[Told]:
        """Clients, in the order of the notices."""
        return [
            Told(f"{row.way}:{row.address}", row.notice.kind.value, row.notice.about) for row in await self.dispatches()
        ]

    async def told_staff(self) -> list[Told]:
        return [
            Told(str(job.args["desk"]), str(job.args["kind"]), str(job.args["about"]))
            for job in await self.jobs(TELL_STAFF)
        ]

    async def differences(self) -> list[DifferenceView]:
        """The open ones."""
        return await self.reconciliation.open()

    async def sign_in(self, person_id: UUID, channel: str, external_id: str, at: datetime = MONDAY_MORNING) -> None:
        def signed_in(tx: Tx) -> None:
            tx.accounts.meet(channel, external_id, "", at, None)
            tx.accounts.sign_in(channel, external_id, person_id, at)

        await self.books.write(signed_in)


ONE_CREAM = line(uid("11011"), "11011", "1", "189.50")


def connect(tx: Tx) -> None:
    """The wholesaler's articles, clients and price types get the ids that the ledger calls them."""
    connection = tx._connection
    for sort in SORTS:
        connection.execute(update(Article).where(Article.sku == sort.sku).values(external_id=f"a-{sort.sku}"))
    for name, ref in (("Кафе «Ранок»", "ranok"), ("Готель «Дніпро»", "dnipro")):
        connection.execute(update(Client).where(Client.id == uid(name)).values(external_id=ref))
    for name in ("wholesale", "vip"):
        connection.execute(update(PriceType).where(PriceType.id == uid(name)).values(external_id=f"t-{name}"))
    connection.execute(update(Warehouse).values(external_id="w-main"))


def run_of(job: JobView) -> Run:
    return Run(job.id, Job(job.name, job.queue, job.args, job.key, job.lock), job.attempts + 1)


def record_line(article: str, quantity: str, price: str) -> OrderRecordLine:
    amount = Money.of(price).times(Decimal(quantity))
    return OrderRecordLine(article, f"Назва {article}", Decimal(quantity), Money.of(price), amount)


def phone_order(
    name: str = "phone", *lines: OrderRecordLine, at: datetime = MONDAY_MORNING, **changes: Any
) -> OrderRecord:
    """A document that the office entered for the café: two cartons of milk."""
    lines = lines or (record_line(MILK, "24", "47.90"),)
    values: dict[str, Any] = {
        "link": DocumentLink(str(uid(name)), f"ГО-{name}", "p1"),
        "placed_at": at,
        "client": "ranok",
        "state": State.ACCEPTED,
        "total": sum((one.amount for one in lines), Money(0)),
        "lines": lines,
        "delivery_date": TUESDAY,
    }
    return OrderRecord(**values | changes)

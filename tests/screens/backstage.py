"""The wholesaler behind the previews: the real product over SQLite, and hands that make things happen to it."""

import re
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Concatenate
from uuid import UUID

from sqlalchemy import update

from bot.conversation.pipeline import Pipeline
from bot.db.books import Books, P, T
from bot.db.models import Article, Revision
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.credit import CreditRules
from bot.domain.delivery import DeliveryRules
from bot.domain.dialogue import Turn
from bot.domain.dispatch import Terms
from bot.domain.money import Money
from bot.domain.promotion import VCHASNO, Applies, Promotion, Rules
from bot.domain.quantity import Unit
from bot.domain.sms import SmsReport, SmsSent, segments
from bot.services.arrivals import came
from bot.services.kept_files import KeptFiles
from bot.services.papers import Papers
from handlers.app import App, Company, build_app
from handlers.errors import trouble
from handlers.menu import calm, frame
from handlers.preview import walk
from handlers.preview.stage import CHANNEL, Preview
from handlers.routing import build_router
from integrations import chart, docx, paper
from keyboards.actions import Confirm
from tests.conftest import create_schema
from tests.screens.longest import CAST, fill, ordinary
from tests.screens.office import STAFF, OfficeHands
from tests.screens.sample import PICTURES
from tests.support.accounting import Ledger
from tests.support.desk import RULES, Clock, files_in
from tests.support.gateway import Gateway
from tests.support.signing import Notary
from tests.support.wholesaler import uid

COMPANY = Company("ГастроОпт", "+380441234500")
NEVER = replace(RULES, weekdays=frozenset())
PACKS = Decimal(1000)
FEW = {
    CAST.loose: Decimal("0.5"), CAST.scarce: Decimal(8), CAST.absent: Decimal(40), CAST.withdrawn: Decimal(10),
}  # fmt: skip


async def previews(language: str) -> list[Preview]:
    """Every screen in the language, over books of its own."""
    async with _opened() as (books, folder):
        return await walk(Hands(books, language, folder), CAST)


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Books, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'komora.db'}"
        create_schema(url)
        books = open_books(url)
        try:
            await books.write(fill)
            yield books, Path(folder)
        finally:
            await books.close()


class Hands:
    """The backstage of one walk."""

    def __init__(self, books: Books, language: str, folder: Path) -> None:
        self._books = books
        files = files_in(folder, Clock())
        self._kept = folder / "kept"
        self._papers = Papers(paper.draw, files, chart.draw)
        self._failing = FailingBooks(books)
        self._clock = Clock()
        self._sms = Sms()
        ledger, gateway, notary = Ledger(), Gateway(), Notary()
        self._app = self._open(RULES, self._sms, ledger, gateway, notary)
        self.language = language
        self.desk = self._pipeline(self._app)
        self.hasty = self._pipeline(self._app, burst=0)
        self.without_sms = self._pipeline(self._open(RULES, None))
        self.without_days = self._pipeline(self._open(NEVER, self._sms))
        unconnected = self._pipeline(self._open(RULES, self._sms))
        self.office = OfficeHands(books, self._app, ledger, gateway, self._clock, unconnected, language, files, notary)

    def now(self) -> datetime:
        return self._clock()

    def wait(self, span: timedelta) -> None:
        self._clock.moment += span

    def code(self, phone: str) -> str:
        found = re.search(r"\d{6}", self._sms.sent[phone])
        assert found
        return found[0]

    def books_fail(self, error: Exception | None) -> None:
        self._failing.error = error

    def sms_fail(self, error: Exception | None) -> None:
        self._sms.error = error

    async def invite(self, phone: str) -> str:
        return await self._app.joining.invite(uid(f"person {phone}"))

    async def confirm(self, account: str) -> Confirm:
        cart = await self._app.carts.view(await self._buyer(account), self.language)
        assert cart is not None
        return Confirm(cart.id, cart.version, cart.total.kopiykas)

    async def fill_cart(self, account: str, lines: int, *skus: str) -> None:
        buyer = await self._buyer(account)
        packs = [(row["sku"], PACKS * Decimal(row["pack_size"] or 1)) for row in ordinary()[:lines]]
        await self._books.write(_fill_cart, buyer, packs + [(sku, FEW[sku]) for sku in skus], self._clock())

    async def promotes(self, account: str) -> None:
        buyer, day = await self._buyer(account), self._clock().date()
        offers, until = self._app.promotions, day + timedelta(days=30)
        offers.rules = Rules(
            (
                Promotion("online_order", Decimal(5), Applies.ONLINE_ORDER, day, until),
                Promotion("online_payment", Decimal(2), Applies.ONLINE_PAYMENT, day, until),
                Promotion(VCHASNO, Decimal(5), Applies.GRANT, once_per_client=True),
            ),
            Decimal(11),
        )
        await self._books.write(lambda tx: offers.grant(tx, buyer.id, VCHASNO, ""))

    async def withdraws(self, sku: str) -> None:
        await self._books.write(_withdraw, uid(sku))

    async def _buyer(self, account: str) -> Buyer:
        identity = await self._books.read(lambda tx: tx.accounts.identity(CHANNEL, account))
        return identity.require_buyer()

    def _open(
        self,
        rules: DeliveryRules,
        sms: "Sms | None",
        ledger: Ledger | None = None,
        gateway: Gateway | None = None,
        notary: Notary | None = None,
    ) -> App:
        return build_app(
            self._failing, rules, Money.of(1500), COMPANY, PICTURES, now=self._clock, sms=sms, accounting=ledger,
            gateway=gateway, public_url="https://bot.example.ua", papers=self._papers,
            terms=Terms(budget=Money.of(18)), credit=CreditRules(on=True),
            groups={desk: (CHANNEL, group) for group, desk in STAFF.items()}, documents=docx.Templates(),
            signing=notary, kept=KeptFiles(self._kept),
        )  # fmt: skip

    def _pipeline(self, app: App, burst: int = 10_000) -> Pipeline[App]:
        return Pipeline(
            self._failing, build_router(), app, now=self._clock, frame=frame, trouble=trouble, calm=calm, came=came,
            default_language=self.language, burst=burst, staff=STAFF,
        )  # fmt: skip


class Sms:
    """Keeps the last message to each phone, unless told to fail."""

    system = "sms"
    repeatable = False

    def __init__(self) -> None:
        self.sent: dict[str, str] = {}
        self.error: Exception | None = None

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        if self.error is not None:
            raise self.error
        self.sent[phone] = text
        return SmsSent(key, segments(text), None)

    async def reports(self, ids: Sequence[str]) -> Mapping[str, SmsReport]:
        return {}

    async def ping(self) -> None:
        pass

    async def balance(self) -> Decimal:
        return Decimal(100)

    async def check(self) -> str:
        return "100.00 UAH"


class FailingBooks:
    """Real books whose writes fail while there is an error to fail with."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.error: Exception | None = None

    async def read(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._books.read(body, *args, **kwargs)

    async def write(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._fail()
        return await self._books.write(body, *args, **kwargs)

    async def apply(self, turn: Turn, effect: Callable[[Tx], object], view: Callable[[Tx], T]) -> T:
        self._fail()
        return await self._books.apply(turn, effect, view)

    async def leads(self, name: str) -> bool:
        return await self._books.leads(name)

    async def resign(self, name: str) -> None:
        await self._books.resign(name)

    async def close(self) -> None:
        await self._books.close()

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


def _fill_cart(tx: Tx, buyer: Buyer, lines: list[tuple[str, Decimal]], at: datetime) -> None:
    cart_id = tx.carts.require_current(buyer.id, at)
    tx.carts.clear(cart_id)
    for sku, quantity in lines:
        unit = Unit.BASE if sku == CAST.loose else Unit.PACK
        tx.carts.set_line(cart_id, uid(sku), quantity, unit, at, present=Decimal(0))


def _withdraw(tx: Tx, article_id: UUID) -> None:
    tx._connection.execute(update(Article).where(Article.id == article_id).values(active=False))
    tx._connection.execute(update(Revision).values(value=Revision.value + 1))

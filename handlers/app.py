"""What all handlers are written against."""

from dataclasses import dataclass
from pathlib import Path

from bot.conversation.context import Context
from bot.conversation.router import Router
from bot.db.books import Books
from bot.domain.delivery import DeliveryRules
from bot.domain.dispatch import SMS_PRICE
from bot.domain.money import Money
from bot.ports import Accounting, Clock, PaymentProvider, SmsSender
from bot.services import Services
from bot.services.browsing import Browsing
from bot.services.carts import Carts
from bot.services.dead_letters import DeadLetters
from bot.services.joining import Joining
from bot.services.journal import Journal
from bot.services.ordering import Ordering
from bot.services.payments import Payments
from bot.services.price_check import PriceCheck
from bot.services.price_news import PriceNews
from bot.services.reconciliation import Reconciliation
from bot.services.search import Search
from bot.services.standing import Standing
from bot.services.switches import Switches
from bot.services.watching import Watching


@dataclass(frozen=True, slots=True)
class Company:
    """The wholesaler as clients see it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class App(Services):
    """The services, and what is the same on every screen."""

    company: Company
    media: Path


def build_app(
    books: Books,
    rules: DeliveryRules,
    minimum: Money,
    company: Company,
    media: Path,
    *,
    now: Clock,
    sms: SmsSender | None = None,
    accounting: Accounting | None = None,
    gateway: PaymentProvider | None = None,
    public_url: str = "",
    sms_price: Money = SMS_PRICE,
) -> App:
    """The services over the books; without SMS or a book of record they do without."""
    carts = Carts(books, rules, minimum, now)
    standing = Standing(books, now, connected=accounting is not None)
    return App(
        joining=Joining(books, sms, company=company.name, now=now),
        browsing=Browsing(books, Search(books)),
        carts=carts,
        ordering=Ordering(books, carts, rules, standing),
        standing=standing,
        price_check=PriceCheck(books, rules, now),
        reconciliation=Reconciliation(books, accounting, now),
        dead_letters=DeadLetters(books, now),
        payments=Payments(
            books, gateway, now, public_url=public_url, payee=company.name, connected=accounting is not None
        ),
        watching=Watching(books),
        price_news=PriceNews(books, standing, now),
        switches=Switches(books),
        journal=Journal(books, now, sms_price),
        company=company,
        media=media,
    )


Ctx = Context[App]
AppRouter = Router[App]

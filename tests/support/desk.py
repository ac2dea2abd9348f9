"""The whole product but its messengers: books, services, router and pipeline, as main.py puts them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path

from bot.conversation.pipeline import Pipeline
from bot.db.books import Books
from bot.domain.credit import CreditRules
from bot.domain.delivery import DeliveryRules
from bot.domain.money import Money
from bot.domain.sms import SmsReport, SmsSent, SmsState, segments
from bot.ports import Accounting
from bot.services.arrivals import came
from bot.services.bank import BankTerms, ReadStatement
from bot.services.kept_files import KeptFiles
from bot.services.papers import Papers
from bot.services.private_files import PrivateFiles
from handlers.app import App, Company, build_app
from handlers.errors import trouble
from handlers.menu import calm, frame
from handlers.routing import build_router
from integrations import chart, docx, paper
from tests.support.gateway import Gateway
from tests.support.signing import Notary

RULES = DeliveryRules(time(17, 0), frozenset({1, 2, 3, 4, 5, 6}), frozenset({"01-01", "12-25"}), 14)
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Clock:
    """Time that moves when told."""

    def __init__(self, moment: datetime = MONDAY_MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


class Sms:
    """An SMS sender whose messages can be read; a key sends once."""

    system = "sms"
    repeatable = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.keys: list[str] = []

    async def send(self, phone: str, text: str, key: str) -> SmsSent:
        if key not in self.keys:
            self.keys.append(key)
            self.sent.append((phone, text))
        return SmsSent(str(self.keys.index(key) + 1), segments(text), None)

    async def reports(self, ids: Sequence[str]) -> Mapping[str, SmsReport]:
        there = {str(number + 1) for number in range(len(self.sent))}
        return {one: SmsReport(SmsState.DELIVERED, None) for one in ids if one in there}

    async def ping(self) -> None:
        pass

    async def balance(self) -> Decimal:
        return Decimal(100)

    async def check(self) -> str:
        return "100.00 UAH"


@dataclass
class Office:
    """One wholesaler's running product, without its messengers."""

    books: Books
    app: App
    pipeline: Pipeline[App]
    clock: Clock
    sms: Sms
    files: PrivateFiles
    gateway: Gateway | None = None
    signing: Notary | None = None


def papers_in(folder: Path, clock: Clock) -> Papers:
    """Papers drawn into a new folder there."""
    return Papers(paper.draw, files_in(folder, clock), chart.draw)


def files_in(folder: Path, clock: Clock) -> PrivateFiles:
    place = folder / "files"
    place.mkdir()
    return PrivateFiles(place, clock)


def open_office(
    books: Books,
    media: Path,
    clock: Clock | None = None,
    *,
    burst: int = 1000,
    accounting: Accounting | None = None,
    staff: Mapping[str, str] | None = None,
    gateway: Gateway | None = None,
    bank: BankTerms | None = None,
    statements: ReadStatement | None = None,
    topics: bool = False,
    signing: Notary | None = None,
    credit: CreditRules = CreditRules(on=True),  # noqa: B008 frozen
) -> Office:
    """With a gateway people can pay by card, with `statements` files of a bank are read; with `topics` the staff's
    groups answer clients; with `signing` documents are signed.
    """
    clock, sms = clock or Clock(), Sms()
    company = Company("ГастроОпт", "+380440000000")
    files = files_in(media, clock)
    app = build_app(
        books, RULES, Money.of(1500), company, media, now=clock, sms=sms, accounting=accounting, gateway=gateway,
        public_url="https://bot.example.ua", papers=Papers(paper.draw, files, chart.draw), credit=credit,
        bank=bank, statements=statements,
        groups={desk: ("telegram", group) for group, desk in (staff or {}).items()} if topics else None,
        signing=signing, kept=KeptFiles(media / "kept"), documents=docx.Templates(),
    )  # fmt: skip
    pipeline = Pipeline(
        books,
        build_router(),
        app,
        now=clock,
        frame=frame,
        trouble=trouble,
        calm=calm,
        came=came,
        burst=burst,
        staff=staff,
    )
    return Office(books, app, pipeline, clock, sms, files, gateway, signing)

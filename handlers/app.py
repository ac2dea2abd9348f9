"""What all handlers are written against."""

from dataclasses import dataclass
from pathlib import Path

from bot.conversation.context import Context
from bot.conversation.router import Router
from bot.db.books import Books
from bot.domain.credit import CreditRules
from bot.domain.delivery import DeliveryRules
from bot.domain.desk import DeskRules
from bot.domain.dispatch import Terms
from bot.domain.envelope import EnvelopeRules
from bot.domain.figures import Norms
from bot.domain.ladder import Ladder
from bot.domain.ladder_file import read_ladder
from bot.domain.money import Money
from bot.domain.notice import LAWYERS
from bot.domain.promotion import Rules
from bot.domain.requisites import ClientKind
from bot.domain.template.facts import PartyFacts
from bot.ports import Accounting, Clock, PaymentProvider, SmsSender
from bot.ports.documents import DocumentTemplates, ToPdf
from bot.ports.signing import Signing
from bot.services import Services
from bot.services.balance import Balance
from bot.services.bank import BankDesk, BankTerms, ReadStatement, Returning, TransferNews
from bot.services.browsing import Browsing
from bot.services.campaigns import Campaigns
from bot.services.carts import Carts
from bot.services.client_requisites import ClientRequisites
from bot.services.contract_facts import ContractFactsBook
from bot.services.credit import Credit
from bot.services.credit_gate import CreditGate
from bot.services.dead_letters import DeadLetters
from bot.services.desk import Groups, StaffDesk
from bot.services.desk_answers import DeskAnswers
from bot.services.desk_money import DeskMoney
from bot.services.desk_orders import DeskOrders
from bot.services.desk_people import DeskPeople
from bot.services.digest import Digest
from bot.services.envelopes import EnvelopeDesk, SignPage
from bot.services.figures import OwnerFigures
from bot.services.forecast import Forecasts
from bot.services.held_orders import HeldOrders
from bot.services.invitations import Chats, Invitations
from bot.services.joining import Joining
from bot.services.journal import Journal
from bot.services.kept_files import KeptFiles
from bot.services.ladders import Ladders
from bot.services.money_moves import MoneyMoves
from bot.services.ordering import Ordering
from bot.services.papers import Papers
from bot.services.payments import Payments
from bot.services.price_check import PriceCheck
from bot.services.price_news import PriceNews
from bot.services.price_sheets import PriceSheets
from bot.services.promises import Promises
from bot.services.promotions import Promotions
from bot.services.proofs import Proofs
from bot.services.reconciliation import Reconciliation
from bot.services.reminder_desk import ReminderDesk
from bot.services.reminders import Reminders
from bot.services.search import Search
from bot.services.standing import Standing
from bot.services.statements import Statements
from bot.services.stop_list import StopList
from bot.services.switches import Switches
from bot.services.templates import Templates
from bot.services.watching import Watching

LADDER = Path(__file__).parent / "ladder.toml"
SAMPLES = Path(__file__).parent / "contract_samples"


@dataclass(frozen=True, slots=True)
class Company:
    """The wholesaler as clients see it, with the requisites to be paid by.

    An offer stands for `offer_days`, its first one included.
    """

    name: str
    phone: str
    offer_days: int = 14
    edrpou: str = ""
    iban: str = ""


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
    papers: Papers | None = None,
    promotions: Rules = Rules(),  # noqa: B008 frozen
    terms: Terms | None = None,
    credit: CreditRules = CreditRules(),  # noqa: B008 frozen
    ladder: Ladder | None = None,
    reminding: bool = True,
    bank: BankTerms | None = None,
    statements: ReadStatement | None = None,
    groups: Groups | None = None,
    desk_rules: DeskRules | None = None,
    signing: Signing | None = None,
    kept: KeptFiles | None = None,
    envelopes: EnvelopeRules = EnvelopeRules(),  # noqa: B008 frozen
    documents: DocumentTemplates | None = None,
    to_pdf: ToPdf | None = None,
    party: PartyFacts | None = None,
    place: str = "",
    norms: Norms = Norms(),  # noqa: B008 frozen
) -> App:
    """The services over the books; without SMS or a book of record they do without.

    `terms` are those of messages, with the ways that are set up and the office's hours. Debtors are reminded by the
    `ladder`, ours where none is given, if `reminding`. Chats are connected once the messengers are there. `statements`
    reads a file of a bank; `groups` are the desks of the staff. With a service of `signing` documents are signed there,
    and `kept` holds their files; `documents` are filled from templates, with the wholesaler as `party` at a `place`.
    `norms` say what is saved.
    """
    chats, terms, papers = Chats(public_url), terms or Terms(), papers or Papers()
    offers = Promotions(promotions, now)
    carts = Carts(books, rules, minimum, now, offers)
    connected = accounting is not None
    desk = StaffDesk(books, groups or {}, desk_rules or DeskRules(), now)
    standing = Standing(books, now, connected=connected)
    payments = Payments(
        books, gateway, now, public_url=public_url, payee=company.name, connected=connected, promotions=offers
    )
    balance = Balance(books, payments, standing, now)
    gate = CreditGate(credit, standing, rules, now)
    ladders = Ladders(books, ladder or default_ladder(), now)
    work, kept = terms.work, kept or KeptFiles(media / "kept")
    sheets = PriceSheets(books, now)
    party = party or PartyFacts(company.name, ClientKind.LEGAL, company.edrpou, phone=company.phone, iban=company.iban)
    facts = ContractFactsBook(books, sheets, standing, party, place, accounting)
    search, ordering = Search(books), Ordering(books, carts, rules, standing, gate)
    no_lawyers = groups is not None and LAWYERS not in groups
    return App(
        joining=Joining(books, sms, company=company.name, now=now, desk=desk),
        desk=desk,
        answers=DeskAnswers(books),
        desk_money=DeskMoney(books, payments, desk, now),
        desk_orders=DeskOrders(books, carts, ordering, search, now),
        desk_people=DeskPeople(books),
        browsing=Browsing(books, search),
        carts=carts,
        ordering=ordering,
        standing=standing,
        price_check=PriceCheck(books, rules, now, promotions=offers, gate=gate),
        reconciliation=Reconciliation(books, accounting, now),
        digest=Digest(books, standing, work.is_working, now),
        figures=OwnerFigures(books, norms, work.is_working, now),
        credit=Credit(books, credit, payments, standing, now),
        held_orders=HeldOrders(books, gate, balance, payments),
        dead_letters=DeadLetters(books, now),
        payments=payments,
        balance=balance,
        money_moves=MoneyMoves(books, gateway, now, connected=connected, promotions=offers),
        price_sheets=sheets,
        papers=papers,
        promotions=offers,
        watching=Watching(books),
        price_news=PriceNews(books, standing, now),
        statements=Statements(books, standing, now, accounting),
        switches=Switches(books),
        journal=Journal(books, now, terms.sms),
        invitations=Invitations(books, chats, now),
        campaigns=Campaigns(books, chats, terms, now),
        stop_list=StopList(books, now),
        ladders=ladders,
        reminders=Reminders(books, ladders, payments, standing, work, now, on=reminding),
        proofs=Proofs(papers),
        promises=Promises(books, ladders, work, now),
        reminder_desk=ReminderDesk(books, standing, work, now, on=reminding),
        forecasts=Forecasts(books, ladders, standing, work, now),
        bank=BankDesk(books, accounting, now, bank, statements),
        transfers=TransferNews(books, standing, now),
        returning=Returning(books, now),
        envelopes=EnvelopeDesk(books, kept, envelopes, now, on=signing is not None, managers_too=no_lawyers),
        sign_page=SignPage(books, signing, now, public_url=public_url, company=company.name),
        templates=Templates(books, documents, to_pdf, facts, papers, SAMPLES, now),
        requisites=ClientRequisites(books, now),
        company=company,
        media=media,
    )


def default_ladder() -> Ladder:
    """The one that comes with the product."""
    return read_ladder(LADDER.read_text("utf-8"))


Ctx = Context[App]
AppRouter = Router[App]

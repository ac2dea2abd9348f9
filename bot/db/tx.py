"""What a transaction body works with: one repository per aggregate over one connection."""

from functools import cached_property

from sqlalchemy import Connection

from bot.db.accounts import Accounts
from bot.db.bank import Bank
from bot.db.bank_money import BankMoney
from bot.db.bank_returns import BankReturns
from bot.db.campaigns import Campaigns
from bot.db.card_discounts import CardDiscounts
from bot.db.carts import Carts
from bot.db.catalogue import Catalogue
from bot.db.clients import Clients
from bot.db.contract_documents import ContractDocuments
from bot.db.contract_parties import ContractParties
from bot.db.debt_days import DebtDays
from bot.db.desk import DeskTopics
from bot.db.dialogues import Dialogues
from bot.db.differences import Differences
from bot.db.directory import DirectoryTables
from bot.db.discounts import Discounts
from bot.db.dispatches import Dispatches
from bot.db.envelopes import Envelopes
from bot.db.figures import FigureTables
from bot.db.handover import OrderDocuments
from bot.db.held_orders import HeldOrders
from bot.db.inbox import InboxEvents
from bot.db.invitations import Invitations
from bot.db.jobs.jobs import Jobs
from bot.db.jobs.limits import Limits
from bot.db.jobs.opening import jobs_of
from bot.db.jobs.schedules import Processes, Schedules
from bot.db.jobs.systems import Systems
from bot.db.journal import Journal
from bot.db.known_prices import KnownPrices
from bot.db.ladder_changes import LadderChanges
from bot.db.lost_messages import LostMessages
from bot.db.money import MoneyIn
from bot.db.order_drafts import OrderDrafts
from bot.db.orders import Orders
from bot.db.pay_links import PayLinks
from bot.db.payable import PayableOrders
from bot.db.payments import Payments
from bot.db.people import People
from bot.db.priced import PricedArticles
from bot.db.pricelist import PriceListTables
from bot.db.promises import Promises
from bot.db.promotion_costs import PromotionCosts
from bot.db.pulls import Pulls
from bot.db.reach import Reach
from bot.db.receivables import Receivables
from bot.db.relayed import Relayed
from bot.db.reminders import Reminders
from bot.db.settlements import Settlements
from bot.db.shown_orders import ShownOrders
from bot.db.staff import StaffTables
from bot.db.statements import Statements
from bot.db.templates import Templates
from bot.db.untold import Untold
from bot.db.upkeep import Upkeep
from bot.db.watches import Watches


class Tx:
    """One transaction; a body is a plain function over it and cannot await, so nothing slow holds a lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self._connection)

    @cached_property
    def campaigns(self) -> Campaigns:
        return Campaigns(self._connection)

    @cached_property
    def bank(self) -> Bank:
        return Bank(self._connection)

    @cached_property
    def bank_money(self) -> BankMoney:
        return BankMoney(self._connection)

    @cached_property
    def bank_returns(self) -> BankReturns:
        return BankReturns(self._connection)

    @cached_property
    def card_discounts(self) -> CardDiscounts:
        return CardDiscounts(self._connection)

    @cached_property
    def carts(self) -> Carts:
        return Carts(self._connection)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self._connection)

    @cached_property
    def clients(self) -> Clients:
        return Clients(self._connection)

    @cached_property
    def contract_parties(self) -> ContractParties:
        return ContractParties(self._connection)

    @cached_property
    def contract_documents(self) -> ContractDocuments:
        return ContractDocuments(self._connection)

    @cached_property
    def debt_days(self) -> DebtDays:
        return DebtDays(self._connection)

    @cached_property
    def desk(self) -> DeskTopics:
        return DeskTopics(self._connection)

    @cached_property
    def dialogues(self) -> Dialogues:
        return Dialogues(self._connection)

    @cached_property
    def differences(self) -> Differences:
        return Differences(self._connection)

    @cached_property
    def directory(self) -> DirectoryTables:
        return DirectoryTables(self._connection)

    @cached_property
    def discounts(self) -> Discounts:
        return Discounts(self._connection)

    @cached_property
    def dispatches(self) -> Dispatches:
        return Dispatches(self._connection)

    @cached_property
    def documents(self) -> OrderDocuments:
        return OrderDocuments(self._connection)

    @cached_property
    def envelopes(self) -> Envelopes:
        return Envelopes(self._connection)

    @cached_property
    def figures(self) -> FigureTables:
        return FigureTables(self._connection)

    @cached_property
    def held_orders(self) -> HeldOrders:
        return HeldOrders(self._connection)

    @cached_property
    def inbox(self) -> InboxEvents:
        return InboxEvents(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._connection)

    @cached_property
    def jobs(self) -> Jobs:
        return jobs_of(self._connection)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._connection)

    @cached_property
    def known_prices(self) -> KnownPrices:
        return KnownPrices(self._connection)

    @cached_property
    def ladder_changes(self) -> LadderChanges:
        return LadderChanges(self._connection)

    @cached_property
    def limits(self) -> Limits:
        return Limits(self._connection)

    @cached_property
    def order_drafts(self) -> OrderDrafts:
        return OrderDrafts(self._connection)

    @cached_property
    def people(self) -> People:
        return People(self._connection)

    @cached_property
    def untold(self) -> Untold:
        return Untold(self._connection)

    @cached_property
    def lost_messages(self) -> LostMessages:
        return LostMessages(self._connection)

    @cached_property
    def money(self) -> MoneyIn:
        return MoneyIn(self._connection)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self._connection)

    @cached_property
    def pay_links(self) -> PayLinks:
        return PayLinks(self._connection)

    @cached_property
    def payable(self) -> PayableOrders:
        return PayableOrders(self._connection)

    @cached_property
    def payments(self) -> Payments:
        return Payments(self._connection)

    @cached_property
    def priced(self) -> PricedArticles:
        return PricedArticles(self._connection)

    @cached_property
    def pricelist(self) -> PriceListTables:
        return PriceListTables(self._connection)

    @cached_property
    def processes(self) -> Processes:
        return Processes(self._connection)

    @cached_property
    def promises(self) -> Promises:
        return Promises(self._connection)

    @cached_property
    def promotion_costs(self) -> PromotionCosts:
        return PromotionCosts(self._connection)

    @cached_property
    def pulls(self) -> Pulls:
        return Pulls(self._connection)

    @cached_property
    def reach(self) -> Reach:
        return Reach(self._connection)

    @cached_property
    def receivables(self) -> Receivables:
        return Receivables(self._connection)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._connection)

    @cached_property
    def relayed(self) -> Relayed:
        return Relayed(self._connection)

    @cached_property
    def schedules(self) -> Schedules:
        return Schedules(self._connection)

    @cached_property
    def settlements(self) -> Settlements:
        return Settlements(self._connection)

    @cached_property
    def shown_orders(self) -> ShownOrders:
        return ShownOrders(self._connection)

    @cached_property
    def staff(self) -> StaffTables:
        return StaffTables(self._connection)

    @cached_property
    def statements(self) -> Statements:
        return Statements(self._connection)

    @cached_property
    def systems(self) -> Systems:
        return Systems(self._connection)

    @cached_property
    def templates(self) -> Templates:
        return Templates(self._connection)

    @cached_property
    def upkeep(self) -> Upkeep:
        return Upkeep(self._connection)

    @cached_property
    def watches(self) -> Watches:
        return Watches(self._connection)

"""Does: one class per feature, one method a transaction; records, never sends."""

from dataclasses import dataclass

from bot.services.balance import Balance
from bot.services.bank import BankDesk, Returning, TransferNews
from bot.services.browsing import Browsing
from bot.services.campaigns import Campaigns
from bot.services.carts import Carts
from bot.services.client_requisites import ClientRequisites
from bot.services.credit import Credit
from bot.services.dead_letters import DeadLetters
from bot.services.desk import StaffDesk
from bot.services.desk_answers import DeskAnswers
from bot.services.desk_money import DeskMoney
from bot.services.desk_orders import DeskOrders
from bot.services.desk_people import DeskPeople
from bot.services.digest import Digest
from bot.services.envelopes import EnvelopeDesk, SignPage
from bot.services.figures import OwnerFigures
from bot.services.forecast import Forecasts
from bot.services.held_orders import HeldOrders
from bot.services.invitations import Invitations
from bot.services.joining import Joining
from bot.services.journal import Journal
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
from bot.services.standing import Standing
from bot.services.statements import Statements
from bot.services.stop_list import StopList
from bot.services.switches import Switches
from bot.services.templates import Templates
from bot.services.watching import Watching


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers may ask for."""

    joining: Joining
    desk: StaffDesk
    answers: DeskAnswers
    desk_money: DeskMoney
    desk_orders: DeskOrders
    desk_people: DeskPeople
    browsing: Browsing
    carts: Carts
    ordering: Ordering
    standing: Standing
    price_check: PriceCheck
    reconciliation: Reconciliation
    credit: Credit
    held_orders: HeldOrders
    dead_letters: DeadLetters
    digest: Digest
    figures: OwnerFigures
    payments: Payments
    price_sheets: PriceSheets
    papers: Papers
    promotions: Promotions
    balance: Balance
    money_moves: MoneyMoves
    watching: Watching
    price_news: PriceNews
    statements: Statements
    switches: Switches
    journal: Journal
    invitations: Invitations
    campaigns: Campaigns
    stop_list: StopList
    ladders: Ladders
    reminders: Reminders
    promises: Promises
    proofs: Proofs
    reminder_desk: ReminderDesk
    forecasts: Forecasts
    bank: BankDesk
    transfers: TransferNews
    returning: Returning
    envelopes: EnvelopeDesk
    templates: Templates
    requisites: ClientRequisites
    sign_page: SignPage

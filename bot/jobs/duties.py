"""Everything the background does: each job's handler, when what is asked for, and which lane it runs in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.delivery import DeliveryRules
from bot.domain.desk_jobs import AMEND, BRING, CARD, CARRY, DESK_WATCH, POST, SAY
from bot.domain.dispatch import Terms, Way
from bot.domain.job import Job, JobView, Patience, Queue
from bot.jobs.gate import Gate
from bot.jobs.handling import Handler, Lane
from bot.jobs.hours import (
    ALLOWANCE_WATCHED,
    CARDS_RECONCILED,
    CHECKED,
    DEBTS_LOOKED_AT,
    DIGESTED,
    ENVELOPES_REMINDED,
    ENVELOPES_STARTED,
    FAILURES_TOLD,
    FAR,
    FIGURED,
    GATHERED,
    HELD,
    LOOKED_AT,
    NEWS_TOLD,
    PULLS,
    RECONCILED,
    REGISTERED_LOOKED_FOR,
    SWEPT,
    UNSURE_TOLD,
)
from bot.jobs.relaying import Relaying, desk_given_up
from bot.jobs.scheduling import Schedule
from bot.jobs.settling import OnDead
from bot.jobs.telling import Telling
from bot.ports import Accounting, Clock, MailSender, PaymentProvider, SmsSender
from bot.services.bank import BankDesk
from bot.services.bank.booking import RECEIVE_BANK, TAKE_BACK
from bot.services.bank.receipts import LOOK_BANK, BankReceipts
from bot.services.bank.settling import SETTLE_BANK
from bot.services.campaigns import STEP as CAMPAIGN_STEP
from bot.services.campaigns import Campaigns
from bot.services.cards_reconciliation import RECONCILE_CARDS, CardReconciliation
from bot.services.contract_record import RECORD_CONTRACT, ContractRecords
from bot.services.desk import StaffDesk
from bot.services.desk_watch import DeskWatch
from bot.services.digest import DIGEST, Digest
from bot.services.dispatch import RELEASE, Dispatching, given_up
from bot.services.envelopes import EnvelopeJobs
from bot.services.envelopes.allowance import WATCH_ALLOWANCE
from bot.services.envelopes.following import POLL, SWEEP
from bot.services.envelopes.recording import GATHER_CONTRACTS, Recording, recorded
from bot.services.envelopes.reminding import REMIND as REMIND_OF_ENVELOPES
from bot.services.envelopes.starting import START
from bot.services.envelopes.steps import FILL, KEEP, LOOK, SEND, UPLOAD
from bot.services.envelopes.steps import TAKE_BACK as TAKE_BACK_ENVELOPE
from bot.services.figures import FIGURES, OwnerFigures
from bot.services.handover import GATHER, SUBMIT, HandOver, buried
from bot.services.held_orders import HeldOrders
from bot.services.journal import FAILURES, UNSURE, Journal
from bot.services.look_again import EXAMINE
from bot.services.money_moves import MOVE, MoneyMoves
from bot.services.notices import RENEW, ROUTE, TELL, TELL_STAFF
from bot.services.paid import WITHDRAW
from bot.services.payments import CHECK as CHECK_PAYMENT
from bot.services.payments import REMIND, Payments
from bot.services.payments import WATCH as WATCH_PAYMENTS
from bot.services.price_check import CHECK, PriceCheck, check_job
from bot.services.price_news import PRICE_NEWS, PriceNews, price_news_job
from bot.services.promotions import Promotions
from bot.services.receipts import LOOK as LOOK_AT_PAYMENTS
from bot.services.receipts import RECEIVE, Receipts
from bot.services.reconciliation import RECONCILE, Reconciliation
from bot.services.registrations import LOOK_REGISTERED, Registrations, look_job
from bot.services.reminders import LOOK_AT_DEBTS, REMIND_ALL, REMIND_CLIENT, Reminders
from bot.services.returns import BOUNCES, REPORTS, Returns
from bot.services.silence import WATCH, Silence
from bot.services.standing import SYSTEM, Standing
from bot.services.take_in import PULL, TakeIn, pull_job

CALLS_AT_ONCE = 4
"""1C gives every call a session; more at once only make each other wait. What comes in leaves one to what goes out."""
CARDS_AT_ONCE = 4
SIGNED_AT_ONCE = 2
ASKED_AGAIN = Patience(lasts=timedelta(hours=1), longest_pause=timedelta(minutes=5), buried=False)
"""With what comes in: the next tick asks for it anyway, and what failed is noted with its subject."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What a worker needs to know."""

    handlers: Mapping[str, Handler]
    schedules: Sequence[Schedule]
    lanes: Mapping[Queue, Lane]
    on_dead: OnDead


def duties(
    books: Books,
    telling: Telling[Any],
    accounting: Accounting | None,
    rules: DeliveryRules,
    now: Clock,
    *,
    gateway: PaymentProvider | None = None,
    payments: Payments | None = None,
    campaigns: Campaigns | None = None,
    terms: Terms | None = None,
    sms: SmsSender | None = None,
    mail: MailSender | None = None,
    promotions: Promotions | None = None,
    moves: MoneyMoves | None = None,
    reminders: Reminders | None = None,
    bank: BankDesk | None = None,
    relaying: Relaying[Any] | None = None,
    figures: OwnerFigures | None = None,
    envelopes: EnvelopeJobs | None = None,
    held: HeldOrders | None = None,
    desk: StaffDesk | None = None,
) -> Duties:
    """Without a book of record and a gateway only notices are left."""
    silence = Silence(books, now)
    dispatching = Dispatching(books, replace(terms or Terms(), ways=frozenset(telling.carriers)), now)
    handlers: dict[str, Handler] = {
        ROUTE: dispatching.route,
        RELEASE: dispatching.release,
        TELL: telling.tell,
        TELL_STAFF: telling.tell_staff,
        RENEW: telling.renew,
        WATCH: silence.run,
        PRICE_NEWS: PriceNews(books, Standing(books, now, connected=accounting is not None), now).run,
        FAILURES: Journal(books, now).tell_failures,
        UNSURE: Journal(books, now).tell_unsure,
    }
    schedules = [
        _schedule(RELEASE, "* * * * *", partial(_local, RELEASE)),
        _schedule(PRICE_NEWS, NEWS_TOLD, price_news_job),
        _schedule(FAILURES, FAILURES_TOLD, partial(_local, FAILURES)),
        _schedule(UNSURE, UNSURE_TOLD, partial(_local, UNSURE)),
    ]
    if held is not None:
        handlers[EXAMINE] = held.examine
    if campaigns is not None:
        handlers[CAMPAIGN_STEP] = campaigns.step
    handlers |= _of_debts_and_figures(reminders, figures)
    due = {LOOK_AT_DEBTS: DEBTS_LOOKED_AT, FIGURES: FIGURED}
    schedules += [_schedule(name, cron, partial(_local, name)) for name, cron in due.items() if name in handlers]
    if relaying is not None and desk is not None:
        handlers |= _at_the_desk(relaying) | {DESK_WATCH: DeskWatch(books, desk, now).run}
        schedules.append(_schedule(DESK_WATCH, "* * * * *", partial(_local, DESK_WATCH)))
    lanes = {Queue.LOCAL: Lane(2)} | _ways(books, telling, now)
    returns = Returns(books, now, sms, mail)
    if sms is not None:
        handlers[REPORTS] = returns.reports
        schedules.append(_schedule(REPORTS, "* * * * *", partial(_on, Queue.SMS, REPORTS)))
    if mail is not None:
        handlers[BOUNCES] = returns.bounces
        schedules.append(_schedule(BOUNCES, "*/5 * * * *", partial(_on, Queue.MAIL, BOUNCES)))
    if accounting is not None:
        take_in, handover = TakeIn(books, accounting, now), HandOver(books, accounting, now)
        receipts = Receipts(books, accounting, now)
        handlers |= {
            SUBMIT: handover.submit,
            PULL: take_in.run,
            CHECK: PriceCheck(books, rules, now, take_in, promotions).run,
            RECONCILE: Reconciliation(books, accounting, now).run,
            GATHER: handover.gather,
            RECEIVE: receipts.receive,
            GATHER_CONTRACTS: Recording(books, now).gather,
            RECORD_CONTRACT: ContractRecords(books, accounting, now, then=recorded).record,
            LOOK_AT_PAYMENTS: receipts.look,
            DIGEST: Digest(books, Standing(books, now, connected=True), (terms or Terms()).work.is_working, now).run,
        }
        schedules += [
            *(_schedule(f"pull_{one.value}", cron, partial(pull_job, one)) for one, cron in PULLS.items()),
            _schedule("pull_past_orders", FAR, partial(pull_job, Subject.ORDERS, far=True)),
            _schedule(RECONCILE, RECONCILED, partial(_on, Queue.ONEC_IN, RECONCILE)),
            _schedule(DIGEST, DIGESTED, partial(_local, DIGEST)),
            _schedule(GATHER, GATHERED, partial(_local, GATHER)),
            _schedule(GATHER_CONTRACTS, "* * * * *", partial(_local, GATHER_CONTRACTS)),
            _schedule(CHECK, CHECKED, check_job),
            _schedule(LOOK_AT_PAYMENTS, LOOKED_AT, partial(_on, Queue.ONEC_IN, LOOK_AT_PAYMENTS)),
        ]
        if bank is not None:
            transfers = BankReceipts(books, accounting, bank.settling, now)
            handlers |= {
                SETTLE_BANK: bank.settle,
                RECEIVE_BANK: transfers.receive,
                TAKE_BACK: transfers.take_back,
                LOOK_BANK: transfers.look,
            }
            schedules.append(_schedule(LOOK_BANK, LOOKED_AT, partial(_on, Queue.ONEC_IN, LOOK_BANK)))
        gate = Gate(SYSTEM, accounting.ping, books, now, told=silence.told)
        lanes |= {Queue.ONEC: Lane(CALLS_AT_ONCE, gate), Queue.ONEC_IN: Lane(CALLS_AT_ONCE - 1, gate, ASKED_AGAIN)}
    if envelopes is not None:
        if promotions is not None:
            found = Registrations(books, envelopes.signing, promotions, now)
            handlers[LOOK_REGISTERED] = found.look
            schedules.append(_schedule(LOOK_REGISTERED, REGISTERED_LOOKED_FOR, look_job))
        handlers |= _of_envelopes(envelopes)
        schedules += [
            _schedule(POLL, "* * * * *", partial(_on, Queue.SIGNING, POLL)),
            _schedule(SWEEP, SWEPT, partial(_on, Queue.SIGNING, SWEEP)),
            _schedule(START, ENVELOPES_STARTED, partial(_local, START)),
            _schedule(WATCH_ALLOWANCE, ALLOWANCE_WATCHED, partial(_on, Queue.SIGNING, WATCH_ALLOWANCE)),
            _schedule(REMIND_OF_ENVELOPES, ENVELOPES_REMINDED, partial(_local, REMIND_OF_ENVELOPES)),
        ]
        lanes[Queue.SIGNING] = Lane(SIGNED_AT_ONCE, Gate(envelopes.signing.system, envelopes.signing.ping, books, now))
    if gateway is not None and payments is not None and moves is not None:
        handlers |= {
            CHECK_PAYMENT: payments.check,
            WATCH_PAYMENTS: payments.watch,
            WITHDRAW: payments.withdraw,
            REMIND: payments.remind,
            MOVE: moves.run,
            RECONCILE_CARDS: CardReconciliation(books, gateway, now).run,
        }
        schedules += [
            _schedule(WATCH_PAYMENTS, "*/2 * * * *", partial(_local, WATCH_PAYMENTS)),
            _schedule(REMIND, HELD, partial(_local, REMIND)),
            _schedule(RECONCILE_CARDS, CARDS_RECONCILED, partial(_on, Queue.CARDS, RECONCILE_CARDS)),
        ]
        lanes[Queue.CARDS] = Lane(CARDS_AT_ONCE, Gate(gateway.system, gateway.ping, books, now))

    def dead(tx: Tx, job: JobView) -> None:
        given_up(tx, job)
        desk_given_up(tx, job)
        buried(tx, job, now())

    return Duties(handlers, schedules, lanes, dead)


def _of_debts_and_figures(reminders: Reminders | None, figures: OwnerFigures | None) -> dict[str, Handler]:
    found: dict[str, Handler] = {FIGURES: figures.run} if figures else {}
    if reminders is not None:
        found |= {LOOK_AT_DEBTS: reminders.look, REMIND_ALL: reminders.remind_all, REMIND_CLIENT: reminders.remind}
    return found


def _of_envelopes(jobs: EnvelopeJobs) -> dict[str, Handler]:
    return {
        FILL: jobs.filling.fill,
        UPLOAD: jobs.sending.upload,
        SEND: jobs.sending.send,
        TAKE_BACK_ENVELOPE: jobs.sending.take_back,
        LOOK: jobs.following.look,
        POLL: jobs.following.poll,
        SWEEP: jobs.following.sweep,
        KEEP: jobs.keeping.keep,
        REMIND_OF_ENVELOPES: jobs.reminding.run,
        START: jobs.starting.run,
        WATCH_ALLOWANCE: jobs.allowance.run,
    }


def _at_the_desk(relaying: Relaying[Any]) -> dict[str, Handler]:
    posts = relaying.posts
    return {
        BRING: posts.bring,
        POST: posts.post,
        CARD: posts.card,
        CARRY: relaying.carry,
        AMEND: relaying.amend,
        SAY: relaying.say,
    }


def _ways(books: Books, telling: Telling[Any], now: Clock) -> dict[Queue, Lane]:
    """A lane each, so that the silence of one holds up nobody on another; also of a way that is set up no more."""
    return {
        Queue(way.value): Lane(carrier.at_once, Gate(way.value, carrier.ping, books, now)) if carrier else Lane(1)
        for way in Way
        for carrier in [telling.carriers.get(way)]
    }


def _schedule(name: str, cron: str, job: Callable[[datetime], Job]) -> Schedule:
    """A day of silence leaves one job, not one for every tick."""
    return Schedule(name, cron, job, one_at_a_time=True)


def _on(queue: Queue, name: str, tick: datetime) -> Job:
    return Job(name, queue, {}, key=f"{name}:{tick.isoformat()}", lock=name)


_local = partial(_on, Queue.LOCAL)

"""For managers: background work that was given up, once more or for good."""

from collections.abc import Awaitable, Callable, Mapping

from bot.conversation.event import Event
from bot.conversation.screen import Screen
from bot.domain.job import JobState, JobView
from bot.domain.notice import MANAGERS
from bot.i18n import Translator, marked
from bot.services.campaigns import STEP
from bot.services.cards_reconciliation import RECONCILE_CARDS
from bot.services.contract_record import RECORD_CONTRACT
from bot.services.envelopes.recording import GATHER_CONTRACTS
from bot.services.handover import GATHER, SUBMIT
from bot.services.money_moves import MOVE
from bot.services.notices import TELL, TELL_STAFF
from bot.services.paid import WITHDRAW
from bot.services.payments import CHECK as CHECK_PAYMENT
from bot.services.price_check import CHECK
from bot.services.receipts import LOOK, RECEIVE
from bot.services.reconciliation import RECONCILE
from bot.services.reminders import LOOK_AT_DEBTS, REMIND_ALL, REMIND_CLIENT
from bot.services.silence import WATCH
from bot.services.take_in import PULL
from handlers.app import AppRouter, Ctx
from handlers.staff.reasons import reason
from handlers.wording import lines, paragraphs
from keyboards import staff as keyboard
from keyboards.staff_actions import DropJob, ReplayJob

router: AppRouter = AppRouter()
NAMES: Mapping[str, str] = {
    SUBMIT: marked("an order to 1C"),
    PULL: marked("taking in from 1C"),
    CHECK: marked("checking prices after a silence"),
    RECONCILE: marked("comparing orders with 1C"),
    TELL: marked("a message to a client"),
    TELL_STAFF: marked("a message to staff"),
    WATCH: marked("watching whether 1C answers"),
    STEP: marked("telling many people something"),
    GATHER: marked("gathering orders that wait for 1C"),
    CHECK_PAYMENT: marked("asking the gateway about a payment"),
    WITHDRAW: marked("withdrawing a payment that is of no use"),
    MOVE: marked("giving money back, or taking what is held"),
    RECEIVE: marked("a payment to 1C"),
    GATHER_CONTRACTS: marked("gathering signed contracts that wait for 1C"),
    RECORD_CONTRACT: marked("a signed contract to 1C, number {number}"),
    LOOK: marked("looking whether payments are posted in 1C"),
    LOOK_AT_DEBTS: marked("looking whether debtors are to be reminded"),
    REMIND_ALL: marked("reminding debtors"),
    REMIND_CLIENT: marked("reminding a debtor"),
    RECONCILE_CARDS: marked("comparing payments with the gateway"),
}


@router.staff(MANAGERS, ReplayJob)
async def replay(_: Event, ctx: Ctx, action: ReplayJob) -> Screen:
    return await _decided(ctx, action.job, ctx.services.dead_letters.replay, marked("Tried again by {who}: {name}."))


@router.staff(MANAGERS, DropJob)
async def drop(_: Event, ctx: Ctx, action: DropJob) -> Screen:
    return await _decided(ctx, action.job, ctx.services.dead_letters.drop, marked("Given up by {who}: {name}."))


def dead_letter_screen(ctx: Ctx, job: JobView) -> Screen:
    """What was given up, why, and the two ways on."""
    tr = ctx.tr
    text = paragraphs(
        tr.say("<b>Background work was given up: {name}</b>", name=_name(tr, job)),
        lines(
            tr.say("Its number: <code>{id}</code>", id=job.id),
            tr.say("Tries: {attempts}", attempts=job.attempts),
            tr.say("The reason: {error}", error=reason(tr, job.error)),
        ),
    )
    rows = keyboard.dead_letter(tr, job.id) if job.state is JobState.DEAD else keyboard.decided(tr)
    return Screen(text, rows)


async def _decided(ctx: Ctx, job_id: str, decide: Callable[[str], Awaitable[bool]], done: str) -> Screen:
    """Who decided what; where somebody else was faster, that it is decided."""
    job = await ctx.services.dead_letters.require(job_id)
    said = done if job.state is JobState.DEAD and await decide(job_id) else marked("Decided already: {name}.")
    text = ctx.tr.say(said, name=_name(ctx.tr, job), who=ctx.event.sender.name)
    return Screen(text, keyboard.decided(ctx.tr))


def _name(tr: Translator, job: JobView) -> str:
    return tr.label(NAMES[job.name], number=job.args.get("number", "")) if job.name in NAMES else job.name

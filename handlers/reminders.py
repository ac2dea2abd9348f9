"""A reminder of debts in a chat, a letter and a text message, and what a client answers to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Screen, Show
from bot.domain.catalogue import page_count
from bot.domain.dispatch import KYIV, SMS_PARTS
from bot.domain.ladder import Level
from bot.domain.money import Money, total
from bot.domain.notice import Notice
from bot.domain.promises import PaidClaimView, Proof
from bot.domain.receivable import Debt
from bot.domain.sms import segments
from bot.domain.workdays import Workdays
from bot.i18n import Translator
from bot.services.promises import Days
from bot.services.reminders import ReminderView
from handlers.app import AppRouter, Ctx
from handlers.balance import debt_line, payer
from handlers.days import read_day
from handlers.wording import excerpt, lines, numbered, paragraphs
from keyboards import reminders as keyboard
from keyboards.reminder_actions import (
    AskDispute,
    AskPaid,
    AskPromise,
    AskQuestion,
    MakePromise,
    SaidPaid,
)

router: AppRouter = AppRouter()
PAID, PROMISE, DISPUTE = "said paid", "promise", "dispute"
PAGE = 8
SHOWN = 20
DAYS_BEFORE = 3
IN_BRACES = {name: f"{{{name}}}" for name in ("company", "total", "link")}
"""Our own words of an SMS are filled in later, as those of a level are."""


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A reminder as an SMS; where the level's words did not fit, it is a few of ours and not its `own`.

    `text` is as it reads on a screen; what is sent has blanks that a phone knows.
    """

    text: str
    own: bool

    @property
    def sent(self) -> str:
        return self.text.replace("\u00a0", " ")


# --- the reminder -----------------------------------------------------------------------------------------------------


async def reminder(ctx: Ctx, notice: Notice) -> Screen | None:
    """None where nothing is to be said any more."""
    view = await _drawn(ctx, notice)
    if view is None or ctx.who.buyer is None:
        return None
    text = reminder_text(ctx.tr, view.level, view.debts, ctx.who.buyer.name, ctx.services.company.name, view.days)
    return Screen(text, keyboard.reminder(ctx.tr, view.address, view.to_pay))


async def brief(ctx: Ctx, notice: Notice) -> str | None:
    """A text message of two parts at most: the level's own words where they fit, else a few of ours."""
    view = await _drawn(ctx, notice)
    if view is None or ctx.who.buyer is None:
        return None
    tr, company = ctx.tr, ctx.services.company.name
    if view.address is None:
        said = tr.label("{company}: to pay {sum}. Thank you!", company=company, sum=_sum(tr, view.to_pay))
        return f"{said} {ctx.services.company.phone}".strip()
    words = sms_words(tr, view.level)
    values = facts(tr, view.debts, ctx.who.buyer.name, company, view.days)
    return text_message(tr, words, values, view.address, view.to_pay).sent


def text_message(tr: Translator, words: str, values: Mapping[str, str], link: str, to_pay: Money) -> TextMessage:
    """Within two parts: the company's name is cut where need be, the link never."""
    company = values["company"]
    for length in range(len(company), 0, -1):
        short = {**values, "company": company if length == len(company) else excerpt(company, length)}
        message = TextMessage(words.format(**short, link=link), own=True)
        if segments(message.sent) <= SMS_PARTS:
            return message
    return TextMessage(f"{tr.money(to_pay)}: {link}", own=False)


def sms_words(tr: Translator, level: Level) -> str:
    """The level's own, or ours where it has none in this language."""
    return level.sms.get(tr.language) or tr.label("{company}: to pay {total}. {link}", **IN_BRACES)


def reminder_text(
    tr: Translator, level: Level, debts: Sequence[Debt], client: str, company: str, days: int, most: int = SHOWN
) -> Markup:
    """The words of a level, as this client reads them; also what finance looks at before saving them."""
    words = level.texts.get(tr.language) or level.texts["uk"]
    said = Markup.escape(words.format(**facts(tr, debts, client, company, days)))
    more = len(debts) - most
    sum_ = total(tuple(debt.rest for debt in debts))
    return paragraphs(
        said,
        lines(
            *(Markup("• {}").format(debt_line(tr, debt)) for debt in debts[:most]),
            tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
        ),
        tr.say("Together: <b>{sum}</b>", sum=tr.money(sum_)) if len(debts) > 1 else None,
    )


def facts(tr: Translator, debts: Sequence[Debt], client: str, company: str, days: int) -> dict[str, str]:
    """What stands in the braces of a level's words."""
    overdue = total(tuple(debt.rest for debt in debts if debt.overdue))
    due = min((debt.due for debt in debts if debt.due), default=None)
    return {
        "client": client,
        "company": company,
        "total": tr.money(total(tuple(debt.rest for debt in debts))),
        "overdue": tr.money(overdue),
        "due": tr.calendar_day(due) if due else "",
        "days": str(abs(days)),
    }


async def promise_kept(ctx: Ctx, notice: Notice) -> Screen:
    hold = await ctx.services.promises.promised(UUID(notice.about))
    text = ctx.tr.say(
        "<b>Thank you for keeping your word.</b> Everything promised for {day} is paid.",
        day=ctx.tr.calendar_day(hold.day),
    )
    return Screen(text, keyboard.answered(ctx.tr))


async def _drawn(ctx: Ctx, notice: Notice) -> ReminderView | None:
    if ctx.who.buyer is None:
        return None
    return await ctx.services.reminders.draw(UUID(notice.about), ctx.who.buyer)


# --- it is paid -------------------------------------------------------------------------------------------------------


@router.tap(AskPaid)
async def ask_paid(_: Event, ctx: Ctx, __: AskPaid) -> Screen:
    await ctx.services.promises.debts(payer(ctx))
    ctx.ask(PAID)
    text = paragraphs(
        ctx.tr.say("<b>Thank you! When was it paid?</b>"),
        ctx.tr.say("Choose or type the day, for example <b>25/11</b>, or send a photo or a file of the payment order."),
    )
    today = ctx.now.astimezone(KYIV).date()
    return Screen(text, keyboard.paid_days(ctx.tr, today, _before(ctx.services.reminders.work, today)), show=Show.SEND)


@router.tap(SaidPaid)
async def said_paid(_: Event, ctx: Ctx, action: SaidPaid) -> Screen:
    return await _paid_on(ctx, action.day)


@router.step(PAID)
async def typed_paid(event: Event, ctx: Ctx) -> Screen:
    return replace(await _paid_on(ctx, read_day(event.text, ctx.now.astimezone(KYIV).date())), show=Show.SEND)


@router.file_step(PAID)
async def sent_proof(event: Event, ctx: Ctx) -> Screen:
    file = event.file
    proof = Proof(event.sender.channel, file.kind, file.name[:200], file.ref) if file and file.ref else None
    person = ctx.who.require_person()
    claim = await ctx.services.promises.sent_proof(ctx.turn, payer(ctx), person, proof, event.text)
    return replace(_claimed(ctx.tr, claim), show=Show.SEND)


async def _paid_on(ctx: Ctx, day: date) -> Screen:
    person = ctx.who.require_person()
    return _claimed(ctx.tr, await ctx.services.promises.said_paid(ctx.turn, payer(ctx), person, day))


def _claimed(tr: Translator, claim: PaidClaimView) -> Screen:
    text = paragraphs(
        tr.say("<b>Thank you, we have noted it.</b>"),
        tr.say(
            "Our accountants will look for the payment. We will not remind you through {day}.",
            day=tr.day(claim.until),
        ),
    )
    return Screen(text, keyboard.answered(tr))


# --- it will be paid --------------------------------------------------------------------------------------------------


@router.tap(AskPromise)
async def ask_promise(_: Event, ctx: Ctx, __: AskPromise) -> Screen:
    days = await ctx.services.promises.days(payer(ctx))
    ctx.ask(PROMISE)
    return Screen(_promise_question(ctx.tr, days), keyboard.promise_days(ctx.tr, days.offered), show=Show.SEND)


@router.tap(MakePromise)
async def make_promise(_: Event, ctx: Ctx, action: MakePromise) -> Screen:
    return await _promised(ctx, action.day)


@router.step(PROMISE)
async def typed_promise(event: Event, ctx: Ctx) -> Screen:
    day = read_day(event.text, ctx.now.astimezone(KYIV).date(), ahead=True)
    return replace(await _promised(ctx, day), show=Show.SEND)


async def _promised(ctx: Ctx, day: date) -> Screen:
    tr, person = ctx.tr, ctx.who.require_person()
    promise = await ctx.services.promises.promise(ctx.turn, payer(ctx), person, day)
    text = paragraphs(
        tr.say("<b>Agreed: {sum} on {day}.</b>", sum=tr.money(promise.total), day=tr.day(promise.day)),
        tr.say("Thank you! Until then we will not remind you of payment."),
    )
    return Screen(text, keyboard.answered(tr))


def _promise_question(tr: Translator, days: Days) -> Markup:
    now = tr.say("Now it is promised for {day}.", day=tr.day(days.promise.day)) if days.promise is not None else None
    return paragraphs(
        tr.say("<b>When will you pay {sum}?</b>", sum=tr.money(days.total)),
        now,
        tr.say("Choose the day or type it, not later than {day}.", day=tr.calendar_day(days.latest)),
    )


# --- a question -------------------------------------------------------------------------------------------------------


@router.tap(AskQuestion)
async def ask_question(_: Event, ctx: Ctx, action: AskQuestion) -> Screen:
    debts = await ctx.services.promises.debts(payer(ctx))
    if len(debts) == 1:
        return _about(ctx, debts[0])
    pages = page_count(len(debts), PAGE)
    page = min(max(action.page, 0), pages - 1)
    shown, start = debts[page * PAGE : (page + 1) * PAGE], page * PAGE + 1
    text = paragraphs(
        ctx.tr.say("<b>Which document is it about?</b>"), numbered([debt_line(ctx.tr, debt) for debt in shown], start)
    )
    return Screen(text, keyboard.questions(ctx.tr, shown, start, page, pages))


@router.tap(AskDispute)
async def ask_dispute(_: Event, ctx: Ctx, action: AskDispute) -> Screen:
    return _about(ctx, await ctx.services.promises.debt(payer(ctx), action.mark))


@router.step(DISPUTE)
async def typed_dispute(event: Event, ctx: Ctx) -> Screen:
    mark = int(ctx.who.dialogue.data.get("mark", "0"))
    person = ctx.who.require_person()
    dispute = await ctx.services.promises.dispute(ctx.turn, payer(ctx), person, mark, event.text)
    text = paragraphs(
        ctx.tr.say("<b>Thank you, the manager has it and will answer you.</b>"),
        ctx.tr.say(
            "{document}: we will not remind you of it until that is settled.", document=ctx.tr.document(*dispute.called)
        ),
    )
    return Screen(text, keyboard.answered(ctx.tr), show=Show.SEND)


def _about(ctx: Ctx, debt: Debt) -> Screen:
    ctx.ask(DISPUTE, mark=str(debt.mark))
    text = paragraphs(debt_line(ctx.tr, debt), ctx.tr.say("<b>What is wrong with it?</b> Write in your own words."))
    return Screen(text, keyboard.asked(ctx.tr), show=Show.SEND)


def _before(work: Workdays, today: date) -> list[date]:
    days: list[date] = []
    for _ in range(DAYS_BEFORE):
        days.append(work.last_working(days[-1] if days else today))
    return days


def _sum(tr: Translator, sum_: Money) -> str:
    return tr.money(sum_).replace("\u00a0", " ")

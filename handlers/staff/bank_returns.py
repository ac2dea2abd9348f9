"""What finance reads of money of transfers that goes back to the payer, and how a payment is headed."""

from markupsafe import Markup

from bot.conversation.screen import Rows, Screen
from bot.db.bank_returns import ReturnRow
from bot.domain.bank import ReturnReason, ReturnState
from bot.domain.money import Money
from bot.i18n import Translator, marked
from bot.services.bank import LineView, Overview
from handlers.app import Ctx
from handlers.wording import excerpt, lines, paragraphs
from keyboards import staff_bank as keyboard

SAID = 300
"""Characters of a purpose."""
STATES = {
    ReturnState.OPEN: marked("<b>To be returned: {sum}</b>, {why} ({name}, {moment})"),
    ReturnState.RETURNED: marked("Returned: {sum}, {why} ({name}, {moment})"),
    ReturnState.CALLED_OFF: marked("Not returned after all: {sum}, {why} ({name}, {moment})"),
}


def return_screen(ctx: Ctx, view: LineView) -> Screen:
    """How much, and why: all of it by a button, a part or another reason by the command."""
    tr, number, free = ctx.tr, view.row.number, view.returnable
    because = tr.label("paid twice")
    text = paragraphs(
        heading(tr, view),
        tr.say("<b>What goes back, and why?</b> Free: {sum}. By a button all of it.", sum=tr.money(free)),
        tr.say(
            "A part, or another reason: <code>{command}</code>",
            command=f"/platnyku {number} {tr.money(free)} {because}",
        ),
        tr.say("The money leaves from the bank; here it is noted until you press that it is returned."),
    )
    return Screen(text, keyboard.why_back(tr, number, free))


def returns_of(tr: Translator, view: LineView) -> Markup | None:
    return lines(*(_return(tr, one) for one in view.returns)) if view.returns else None


def return_rows(tr: Translator, view: LineView) -> Rows:
    """What may be done about it by now."""
    number, last = view.row.number, view.returning
    if last is not None:
        return keyboard.goes_back(tr, number, last.position)
    gone = [one for one in view.returns if one.state is ReturnState.RETURNED]
    undo = keyboard.went_back(tr, number, gone[-1].position) if gone else ()
    return (*undo, *(keyboard.may_go_back(tr, number) if view.returnable else ()))


def returns_of_all(tr: Translator, view: Overview) -> Markup | None:
    count, sum_ = view.to_return
    if not count:
        return None
    more = count - len(view.returning)
    return lines(
        tr.say("<b>To be returned: {n}, {sum}</b>", n=count, sum=tr.money(sum_)),
        *(
            Markup("<b>№{}</b> {}: {}, {}").format(
                row.number, excerpt(row.line.payer or "—", 40), tr.money(one.amount), why(tr, one)
            )
            for row, one in view.returning
        ),
        tr.plural("… and {n} more", "… and {n} more", more) if more > 0 else None,
    )


def why(tr: Translator, one: ReturnRow) -> str:
    """In the reader's language where it was one of ours."""
    if one.reason in set(ReturnReason):
        return tr.label(keyboard.REASONS[ReturnReason(one.reason)]).lower()
    return excerpt(one.reason, 100)


def _return(tr: Translator, one: ReturnRow) -> Markup:
    name, at = (one.ended_by, one.ended_at) if one.ended_at is not None else (one.asked_by, one.asked_at)
    return tr.say(STATES[one.state], sum=tr.money(one.amount), why=why(tr, one), name=name, moment=tr.moment(at))


def heading(tr: Translator, view: LineView) -> Markup:
    line, sum_ = view.row.line, view.row.line.amount
    who = [line.payer or tr.label("the payer is not named"), line.payer_code, line.payer_account]
    return lines(
        tr.say(
            "<b>Payment №{number}, {sum}</b>, {day}",
            number=view.row.number,
            sum=tr.money(sum_) if sum_.currency == "UAH" else f"{sum_.amount} {sum_.currency}",
            day=tr.calendar_day(line.booked_on),
        ),
        Markup.escape(", ".join(one for one in who if one)),
        Markup("<i>{}</i>").format(excerpt(line.purpose, SAID)) if line.purpose else None,
    )


def typed(sum_: Money) -> str:
    """A sum as one would type it: whole hryvnias without kopiykas."""
    return f"{sum_.amount:f}".removesuffix(".00")

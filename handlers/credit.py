"""What stands in the way of an order, or holds it: the limit, what is used of it, what is late, and what to pay."""

from markupsafe import Markup

from bot.domain.credit import HeldState, Trouble
from bot.domain.money import ZERO
from bot.domain.order import OrderView
from bot.i18n import Translator
from bot.services.credit import CreditView
from handlers.wording import lines


def warning(tr: Translator, view: CreditView) -> Markup:
    """With numbers for those who may know of debts alone."""
    if not view.may_see and view.holds:
        return tr.say(
            "<b>We shall take this order, and hold it because of debts.</b> "
            "Those who pay for the client see them in My balance."
        )
    if not view.may_see:
        return tr.say(
            "<b>The office may hold this order because of debts.</b> "
            "Those who pay for the client see them in My balance."
        )
    trouble = view.trouble
    return lines(
        tr.say("<b>We shall take this order, and hold it until it fits:</b>")
        if view.holds
        else tr.say("<b>The office may hold this order:</b>"),
        reasons(tr, trouble),
        tr.say("Pay {sum} of the debts, and nothing holds it.", sum=tr.money(trouble.to_pay))
        if trouble.to_pay and not trouble.beside
        else tr.say(
            "Pay {sum} of the debts, and {rest} in advance for orders that have not left, and nothing holds it.",
            sum=tr.money(trouble.to_pay),
            rest=tr.money(trouble.beside),
        )
        if trouble.to_pay
        else tr.say(
            "Pay {rest} in advance for orders that have not left, and nothing holds it.", rest=tr.money(trouble.beside)
        ),
    )


def waiting(tr: Translator, order: OrderView, view: CreditView | None) -> Markup | None:
    """Why an order waits, by now; None for one that does not."""
    if order.held is HeldState.UNCHECKED:
        return tr.say(
            "Debts could not be checked just now. We shall check them, and tell you if the order has to wait."
        )
    if order.held is None:
        return None
    heading = tr.say("It is kept whole, and does not ship yet.")
    if view is None:
        return lines(heading, tr.say("Nothing stands in its way any more: it goes on within minutes."))
    if not view.may_see:
        return lines(heading, tr.say("It waits because of debts. Those who pay for the client see them in My balance."))
    return lines(heading, reasons(tr, view.trouble), needed(tr, view.trouble))


def reasons(tr: Translator, trouble: Trouble) -> Markup:
    return lines(
        _over(tr, trouble) if trouble.over else None,
        tr.say("• overdue: <b>{sum}</b>", sum=tr.money(trouble.late)) if trouble.late else None,
    )


def needed(tr: Translator, trouble: Trouble) -> Markup:
    """The sum that lets it go; where there are two reasons, that it is the larger one."""
    sum_ = tr.money(trouble.enough)
    said = (
        tr.say("It goes as soon as <b>{sum}</b> has come in: that is enough for both.", sum=sum_)
        if trouble.over and trouble.late
        else tr.say("It goes as soon as <b>{sum}</b> has come in.", sum=sum_)
    )
    if not trouble.beside or not trouble.to_pay:
        return said
    return lines(
        said,
        tr.say(
            "Of that {sum} is for debts, and {rest} in advance for orders that have not left.",
            sum=tr.money(trouble.to_pay),
            rest=tr.money(trouble.beside),
        ),
    )


def _over(tr: Translator, trouble: Trouble) -> Markup | None:
    if trouble.limit is None:
        return None
    if trouble.unsigned:
        return tr.say(
            "• there is no signed contract yet, so goods are paid before they leave: <b>{over}</b>. "
            "A contract is asked for in More, Documents.",
            over=tr.money(trouble.over),
        )
    return tr.say(
        "• credit limit {limit}, used {used}, this order {order}: <b>{over}</b> over it",
        limit=tr.money(trouble.limit),
        used=tr.money(max(trouble.used, ZERO)),
        order=tr.money(trouble.order),
        over=tr.money(trouble.over),
    )
